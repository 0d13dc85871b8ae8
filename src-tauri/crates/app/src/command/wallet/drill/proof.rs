//! Asks what stands on the user's own ground how it is, now. Only addresses of this machine are asked.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use freehold_contract::DrillProof;
use freehold_model::spec::{IdentityCheck, NodeSpec};
use freehold_model::{Credential, Endpoint, ObservedState, ProbeFailure, Protocol};
use freehold_store::{Layout, secret};
use freehold_supervisor::{EXTERNAL_PASSWORD, NodeSnapshot};
use freehold_wallets::{Ground, is_this_machine};
use futures_util::future::join_all;

use super::super::view::own_node;

/// An answer that takes longer than this is none.
const LIMIT: Duration = Duration::from_secs(10);

/// What can be asked.
#[derive(Debug, Clone)]
pub(super) struct Place {
    endpoint: Endpoint,
    path: String,
    identity: Vec<IdentityCheck>,
}

impl Place {
    /// The same for two rows that use the same endpoint.
    pub(super) fn key(&self) -> String {
        format!("{}{}", self.endpoint, self.path)
    }
}

/// What a probe can ask for a chain.
const fn can_ask(protocol: Protocol) -> bool {
    matches!(
        protocol,
        Protocol::BitcoinHttp
            | Protocol::ElectrumTcp
            | Protocol::EvmHttp
            | Protocol::EvmWs
            | Protocol::MoneroHttp
            | Protocol::SolanaHttp
            | Protocol::IpfsHttp
            | Protocol::BeaconHttp
            | Protocol::ArweaveHttp
            | Protocol::KaspaWs
            | Protocol::LndHttp
    )
}

/// Where an endpoint on own ground can be asked: on this machine only.
pub(super) fn place_of(used: &Ground, nodes: &[NodeSnapshot], layout: &Layout) -> Option<Place> {
    let host = used.host.as_deref().filter(|host| is_this_machine(host))?;
    if let Some(node) = used.port.and_then(|port| own_node(nodes, host, port)) {
        let place = node_places(node, layout).find(|place| Some(place.endpoint.port) == used.port);
        // A port of the node that nobody can be asked at: the node itself is asked.
        return place.or_else(|| node_place(node, layout));
    }
    let protocol = used.protocol.filter(|protocol| can_ask(*protocol))?;
    let endpoint = Endpoint {
        protocol,
        host: host.to_owned(),
        port: used.port.or_else(|| default_port(protocol))?,
        credential: None,
    };
    Some(Place {
        endpoint,
        path: String::new(),
        identity: Vec::new(),
    })
}

/// The port that a client uses where none is written.
const fn default_port(protocol: Protocol) -> Option<u16> {
    match protocol {
        Protocol::BitcoinHttp => Some(8332),
        Protocol::EvmHttp | Protocol::SolanaHttp => Some(80),
        _ => None,
    }
}

/// Where a node that runs can be asked; `None` where it does not run, or nothing that it offers can be asked.
pub(super) fn node_place(node: &NodeSnapshot, layout: &Layout) -> Option<Place> {
    let is_running = |seen: &freehold_model::ServiceObservation| matches!(seen.state, ObservedState::Running { .. });
    if node.record.external.is_none() && !node.services.iter().any(is_running) {
        return None;
    }
    node_places(node, layout).next()
}

fn node_places<'a>(node: &'a NodeSnapshot, layout: &'a Layout) -> impl Iterator<Item = Place> + 'a {
    let record = &node.record;
    let spec = node.spec.as_deref();
    let options = spec.and_then(|spec| freehold_plan::resolve(spec, &record.network, &record.options).ok());
    let offered = spec
        .into_iter()
        .flat_map(|spec| &spec.endpoints)
        .filter(move |offered| {
            let is_offered =
                |spec, options| freehold_plan::active_endpoints(spec, options).any(|active| active == *offered);
            can_ask(offered.protocol)
                && (record.external.is_some()
                    || spec
                        .zip(options.as_ref())
                        .is_some_and(|(spec, options)| is_offered(spec, options)))
        });
    offered.filter_map(move |offered| {
        let spec = spec?;
        let endpoint = Endpoint {
            protocol: offered.protocol,
            host: record
                .external
                .as_ref()
                .map_or_else(|| "127.0.0.1".to_owned(), |external| external.host.clone()),
            port: *record.ports.get(&offered.port)?,
            credential: credential(node, spec, &offered.port, layout),
        };
        let network = spec.network(&record.network);
        Some(Place {
            endpoint,
            path: offered.path.clone(),
            identity: network.map(|network| network.identity.clone()).unwrap_or_default(),
        })
    })
}

/// The credential by which Freehold's own probe asks.
fn credential(node: &NodeSnapshot, spec: &NodeSpec, port: &str, layout: &Layout) -> Option<Credential> {
    let id = &node.record.id;
    if let Some(external) = &node.record.external {
        let password = secret::load_named(layout, id, EXTERNAL_PASSWORD)
            .ok()
            .flatten()
            .unwrap_or_default();
        return external.user.clone().map(|user| Credential { user, password });
    }
    let probe = spec.probes().find(|probe| probe.port == port)?;
    if let Some(consumer) = &probe.consumer {
        let kept = secret::load_or_make(layout, id, consumer).ok()?;
        return Some(Credential {
            user: kept.consumer,
            password: kept.password,
        });
    }
    let password = secret::load_named(layout, id, probe.secret.as_deref()?)
        .ok()
        .flatten()?;
    Some(Credential {
        user: probe.user.clone().unwrap_or_default(),
        password,
    })
}

/// Asks every place once, all at the same time.
pub(super) async fn ask_all(places: Vec<Place>) -> BTreeMap<String, DrillProof> {
    let each: BTreeMap<String, Place> = places.into_iter().map(|place| (place.key(), place)).collect();
    join_all(each.into_iter().map(ask_named)).await.into_iter().collect()
}

async fn ask_named((key, place): (String, Place)) -> (String, DrillProof) {
    let proof = ask(&place).await;
    (key, proof)
}

async fn ask(place: &Place) -> DrillProof {
    let begun = Instant::now();
    let asked = freehold_probe::identify_at(&place.endpoint, &place.path, &place.identity);
    let answer = tokio::time::timeout(LIMIT, asked).await;
    let mut proof = DrillProof {
        asked: place.key(),
        answered: true,
        chain: None,
        height: None,
        ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        why: None,
    };
    match answer {
        Ok(Ok(identity)) => {
            proof.chain = Some(identity.chain);
            proof.height = Some(identity.height);
        }
        Ok(Err(ProbeFailure::AuthenticationFailed)) => {
            proof.why = Some("it wants a password that Freehold does not have".to_owned());
        }
        Ok(Err(ProbeFailure::WarmingUp { message })) => proof.why = Some(format!("it is still starting ({message})")),
        Ok(Err(ProbeFailure::WrongChain { expected, found })) => {
            proof.why = Some(format!("it follows another chain (expected {expected}, found {found})"));
        }
        Ok(Err(ProbeFailure::Silent { reason })) => {
            proof.answered = false;
            proof.why = Some(reason);
        }
        Ok(Err(ProbeFailure::Unreadable { reason })) => {
            proof.answered = false;
            proof.why = Some(format!("something else answers there ({reason})"));
        }
        Err(_) => {
            proof.answered = false;
            proof.why = Some(format!("nothing came back within {} s", LIMIT.as_secs()));
        }
    }
    proof
}

#[cfg(test)]
mod tests {
    use super::{Place, ask_all};
    use freehold_model::Endpoint;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    fn place(url: &str) -> Place {
        Place {
            endpoint: url.parse::<Endpoint>().unwrap(),
            path: String::new(),
            identity: Vec::new(),
        }
    }

    /// A port that nobody listens at, and one where a server asks for a password.
    #[tokio::test]
    async fn silence_and_a_wanted_password_are_two_things() {
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let strict = server.local_addr().unwrap();
        let answers = async {
            loop {
                let (mut stream, _) = server.accept().await.unwrap();
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let _ = stream
                    .write_all(b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                    .await;
            }
        };
        let places = [
            place(&format!("bitcoin+http://{silent}")),
            place(&format!("bitcoin+http://{strict}")),
        ];
        let proofs = tokio::select! {
            proofs = ask_all(places.to_vec()) => proofs,
            () = answers => unreachable!(),
        };
        let silent = &proofs[&places[0].key()];
        assert!(
            !silent.answered && silent.height.is_none() && silent.why.is_some(),
            "{silent:?}"
        );
        let strict = &proofs[&places[1].key()];
        assert!(strict.answered && strict.height.is_none(), "{strict:?}");
        assert!(strict.why.as_deref().unwrap().contains("password"), "{strict:?}");
    }
}
