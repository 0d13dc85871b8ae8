//! How high the peers are, as far as it can be known.
//!
//! What a peer says of itself (`startingheight`) may be a lie; what bitcoind has checked (`synced_headers`) is not.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One entry of `getpeerinfo`.
#[derive(Debug, Deserialize)]
pub(crate) struct PeerReply {
    /// The height that the peer claimed when it connected; -1 or absent (version 31) where unknown.
    #[serde(default)]
    startingheight: Option<i64>,
    /// The last header in common; -1 where none.
    #[serde(default)]
    synced_headers: Option<i64>,
    #[serde(default)]
    synced_blocks: Option<i64>,
    /// Headers whose work is being checked before they are kept (mainnet, from version 24 on); -1 where none.
    #[serde(default)]
    presynced_headers: Option<i64>,
    /// Bytes received, by kind of message.
    #[serde(default)]
    bytesrecv_per_msg: BTreeMap<String, u64>,
}

/// A `headers` message that carries one header has at least these many bytes.
const ONE_HEADER: u64 = 81;

impl PeerReply {
    /// The height that bitcoind has checked of this peer.
    fn checked(&self) -> Option<u64> {
        [self.synced_headers, self.synced_blocks]
            .into_iter()
            .filter_map(height)
            .max()
    }

    /// The peer was asked for headers and had none: it is at the first block, or behind us.
    fn has_nothing_for_us(&self) -> bool {
        self.bytesrecv_per_msg
            .get("headers")
            .is_some_and(|bytes| *bytes < ONE_HEADER)
    }
}

fn height(value: Option<i64>) -> Option<u64> {
    value.and_then(|value| u64::try_from(value).ok())
}

/// What the peers say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct PeerHeights {
    /// The height to reach by what peers have; `None` where no peer has said anything yet.
    pub(crate) announced: Option<u64>,
    /// Headers are being checked before they are kept.
    pub(crate) is_presyncing: bool,
}

impl PeerHeights {
    /// Sums up `getpeerinfo` of a node that has `headers` headers.
    pub(crate) fn of(peers: &[PeerReply], headers: u64) -> Self {
        let checked = peers.iter().filter_map(PeerReply::checked).max();
        let mut claims: Vec<u64> = peers.iter().filter_map(|peer| height(peer.startingheight)).collect();
        claims.sort_unstable();
        // The middle one, so that a single liar among three does not keep the node from ever being ready.
        let claimed = claims.get(claims.len() / 2).copied();
        let silent = peers.iter().any(PeerReply::has_nothing_for_us).then_some(0);
        let presynced = peers.iter().filter_map(|peer| height(peer.presynced_headers)).max();
        Self {
            announced: checked.max(claimed).max(silent),
            is_presyncing: presynced.is_some_and(|height| height > headers),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{PeerHeights, PeerReply};

    fn heights(peers: serde_json::Value) -> PeerHeights {
        let peers: Vec<PeerReply> = serde_json::from_value(peers).unwrap();
        PeerHeights::of(&peers, 0)
    }

    #[test]
    fn nothing_is_known_before_a_peer_has_spoken() {
        assert_eq!(heights(json!([])).announced, None);
        assert_eq!(
            heights(json!([{"synced_headers": -1, "startingheight": -1}])).announced,
            None
        );
        assert_eq!(heights(json!([{}])).announced, None, "every field may be missing");
    }

    #[test]
    fn one_liar_among_three_is_not_believed() {
        let peers = json!([{"startingheight": 900}, {"startingheight": 99_999_999}, {"startingheight": 901}]);
        assert_eq!(heights(peers).announced, Some(901));
    }

    #[test]
    fn a_peer_that_had_no_header_for_us_has_spoken() {
        let peers = json!([{"synced_headers": -1, "synced_blocks": -1, "bytesrecv_per_msg": {"headers": 22}}]);
        assert_eq!(heights(peers).announced, Some(0));
        let peers = json!([{"synced_headers": -1, "bytesrecv_per_msg": {"headers": 162_003}}]);
        assert_eq!(heights(peers).announced, None, "headers have come but are not read yet");
    }

    #[test]
    fn headers_being_checked_beforehand_are_seen() {
        assert!(heights(json!([{"presynced_headers": 450_000}])).is_presyncing);
        assert!(!heights(json!([{"presynced_headers": -1}])).is_presyncing);
    }
}
