//! Whom a node is connected to.

use freehold_contract::{NodeRequest, PeerList, PeerView};
use freehold_model::{Fault, Timestamp};
use freehold_probe::{Direction, Peer, Peers};

use crate::App;

/// More than anybody looks through; an IPFS node may have thousands.
const MOST_PEERS: usize = 1000;

impl App {
    /// Whom a node is connected to, asked now.
    pub async fn node_peers(&self, request: NodeRequest) -> Result<PeerList, Fault> {
        let node = self.find_node(&request.node)?;
        let now = self.0.config.clock.now();
        let found = self.0.fleet.peers(&node.record.id).await;
        Ok(list(node.record.id.to_string(), found, now))
    }
}

fn list(node: String, found: Option<Peers>, at: Timestamp) -> PeerList {
    let Some(found) = found else {
        return PeerList {
            node,
            known: false,
            why: vec!["The node does not run, so it has no connections.".to_owned()],
            peers: Vec::new(),
            more: 0,
            at: at.0,
        };
    };
    let untold = found.untold.iter().map(|untold| match untold.service.as_str() {
        "" => sentence(&untold.why),
        service => sentence(&format!("{service}: {}", untold.why)),
    });
    PeerList {
        node,
        known: found.told,
        why: untold.collect(),
        more: u32::try_from(found.list.len().saturating_sub(MOST_PEERS)).unwrap_or(u32::MAX),
        peers: found.list.iter().take(MOST_PEERS).map(view).collect(),
        at: at.0,
    }
}

fn view(peer: &Peer) -> PeerView {
    PeerView {
        service: (!peer.service.is_empty()).then(|| peer.service.clone()),
        address: peer.address.clone(),
        direction: peer.direction.map(|way| match way {
            Direction::In => "in".to_owned(),
            Direction::Out => "out".to_owned(),
        }),
        client: peer.client.clone(),
        height: peer.height,
        ping_ms: peer.ping.map(|ping| ping.as_secs_f64() * 1000.0),
        received: peer.received,
        sent: peer.sent,
        since: peer.since.map(|since| since.0),
    }
}

/// A reason as a sentence of its own.
fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    let text = format!("{}{}", first.unwrap_or_default(), letters.as_str());
    if text.ends_with('.') { text } else { text + "." }
}

#[cfg(test)]
mod tests {
    use freehold_model::Timestamp;
    use freehold_probe::{Direction, Peer, Peers, Untold};

    use super::{MOST_PEERS, list};

    #[test]
    fn a_node_that_does_not_run_is_not_one_without_peers() {
        let none = list("a".to_owned(), None, Timestamp(7));
        assert!(!none.known && none.peers.is_empty() && none.at == 7);
        assert_eq!(none.why, ["The node does not run, so it has no connections."]);
    }

    #[test]
    fn each_service_that_lists_nobody_is_named_with_its_reason() {
        let untold = |service: &str| Untold {
            service: service.to_owned(),
            why: "it lists nobody".to_owned(),
        };
        let peer = Peer {
            service: "consensus".to_owned(),
            address: "1.2.3.4:9000".to_owned(),
            direction: Some(Direction::In),
            ..Peer::default()
        };
        let found = Peers {
            told: true,
            list: vec![peer],
            untold: vec![untold("execution")],
        };
        let both = list("a".to_owned(), Some(found), Timestamp(0));
        assert!(both.known);
        assert_eq!(both.why, ["Execution: it lists nobody."]);
        assert_eq!(both.peers[0].service.as_deref(), Some("consensus"));
        assert_eq!(both.peers[0].direction.as_deref(), Some("in"));
        let alone = Peers {
            untold: vec![untold("")],
            ..Peers::default()
        };
        let alone = list("a".to_owned(), Some(alone), Timestamp(0));
        assert_eq!((alone.known, alone.why), (false, vec!["It lists nobody.".to_owned()]));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let found = Peers {
            told: true,
            list: vec![Peer::default(); MOST_PEERS + 3],
            untold: Vec::new(),
        };
        let many = list("a".to_owned(), Some(found), Timestamp(0));
        assert_eq!((many.peers.len(), many.more), (MOST_PEERS, 3));
    }
}
