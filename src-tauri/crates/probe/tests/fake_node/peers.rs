//! The list of peers: captured replies of real programs, hand-written ones where none was captured, and its absence.

use freehold_model::Timestamp;
use freehold_model::spec::ProbeKind;
use freehold_probe::{Direction, Peer, Peers, Probe, Target};
use serde_json::{Value, json};

use crate::answers::{NOW, error, node, status};
use crate::captured::whole;

async fn peers(kind: ProbeKind, table: Value) -> Peers {
    let node = node(table).await;
    let target = Target::new(kind, node.address.ip().to_string(), node.address.port());
    Probe::new(target).peers(NOW).await
}

/// The only peer of a list that is known.
fn only(peers: &Peers) -> &Peer {
    assert!(peers.told && peers.untold.is_empty(), "{peers:?}");
    let [peer] = peers.list.as_slice() else {
        panic!("{peers:?}")
    };
    peer
}

#[tokio::test]
async fn bitcoind_tells_program_height_ping_and_bytes() {
    let reply = whole("bitcoind-31/getpeerinfo-done.json")["result"].clone();
    let found = peers(ProbeKind::Bitcoind, json!({ "getpeerinfo": reply })).await;
    let peer = only(&found);
    assert_eq!(
        (
            peer.address.as_str(),
            peer.direction,
            peer.client.as_deref(),
            peer.height
        ),
        (
            "127.0.0.1:29444",
            Some(Direction::Out),
            Some("Satoshi:31.99.0"),
            Some(4000)
        )
    );
    assert_eq!((peer.received, peer.sent), (Some(1_322_929), Some(236_632)));
    assert_eq!(peer.ping.map(|ping| ping.as_micros()), Some(1097));
    assert_eq!(peer.since, Some(Timestamp(1_795_337_534_000)));
}

#[tokio::test]
async fn relatives_of_bitcoind_are_read_alike() {
    for program in ["bcoin-1.0.2", "litecoind-0.21.2.1"] {
        let reply = whole(&format!("{program}/getpeerinfo-done.json"))["result"].clone();
        let found = peers(ProbeKind::Bitcoind, json!({ "getpeerinfo": reply })).await;
        let peer = only(&found);
        assert!(
            peer.address.starts_with("127.0.0.1:") || peer.address.contains(':'),
            "{peer:?}"
        );
        assert!(peer.direction.is_some() && peer.client.is_some(), "{program}: {peer:?}");
        let none = whole(&format!("{program}/getpeerinfo-empty.json"))["result"].clone();
        let none = peers(ProbeKind::Bitcoind, json!({ "getpeerinfo": none })).await;
        assert!(
            none.told && none.list.is_empty(),
            "no peers are known to be none: {none:?}"
        );
    }
    let zebra = json!({"getpeerinfo": [{"addr": "1.2.3.4:8233", "inbound": true, "pingtime": 0.05}]});
    let zebra = peers(ProbeKind::Zebra, zebra).await;
    assert_eq!(only(&zebra).direction, Some(Direction::In));
}

#[tokio::test]
async fn a_refusal_is_a_reason_and_not_an_empty_list() {
    for (kind, table) in [
        (ProbeKind::Bitcoind, json!({})),
        (
            ProbeKind::Monerod,
            json!({"get_connections": error(-32601, "Method not found")}),
        ),
        (ProbeKind::EthereumExecution, json!({})),
        (ProbeKind::EthereumBeacon, json!({})),
        (ProbeKind::Arweave, json!({})),
        (ProbeKind::Port, json!({})),
        (
            ProbeKind::Kubo,
            json!({"POST /api/v0/swarm/peers?direction=true&latency=true&identify=true": status(500, json!({"Message": "offline"}))}),
        ),
    ] {
        let found = peers(kind, table).await;
        assert!(!found.told && found.list.is_empty(), "{kind:?}: {found:?}");
        assert_eq!(found.untold.len(), 1, "{kind:?}");
        assert!(found.untold[0].why.len() > 20, "{kind:?}: {found:?}");
    }
    let execution = peers(ProbeKind::EthereumExecution, json!({})).await;
    assert!(execution.untold[0].why.contains("admin_peers"), "{execution:?}");
}

#[tokio::test]
async fn a_silent_node_says_so() {
    let target = Target::new(ProbeKind::Bitcoind, "127.0.0.1", 1);
    let found = Probe::new(target).peers(NOW).await;
    assert!(!found.told);
    assert!(found.untold[0].why.contains("does not answer"), "{found:?}");
}

/// Written by hand after geth's and the beacon API's documents; no client of a public chain was at hand.
#[tokio::test]
async fn services_of_one_node_are_told_apart() {
    let execution = node(json!({"admin_peers": [{
        "name": "Geth/v1.17.5/linux", "network": {"remoteAddress": "9.8.7.6:30303", "inbound": false}}]}))
    .await;
    let consensus = node(json!({"GET /eth/v1/node/peers?state=connected": {"data": [
        {"peer_id": "16Uiu2", "last_seen_p2p_address": "/ip4/7.7.7.7/tcp/9000", "state": "connected", "direction": "inbound"},
        {"peer_id": "16Uiu3", "last_seen_p2p_address": "/ip4/7.7.7.8/tcp/9000", "state": "disconnected", "direction": "outbound"}]}}))
    .await;
    let target = |kind, node: &crate::server::FakeNode, label: &str| {
        let mut target = Target::new(kind, node.address.ip().to_string(), node.address.port());
        target.label = label.to_owned();
        target
    };
    let mut both = target(ProbeKind::EthereumExecution, &execution, "execution");
    both.companions = vec![target(ProbeKind::EthereumBeacon, &consensus, "consensus")];
    let found = Probe::new(both).peers(NOW).await;
    let rows: Vec<_> = found
        .list
        .iter()
        .map(|peer| (peer.service.as_str(), peer.address.as_str(), peer.direction))
        .collect();
    assert_eq!(
        rows,
        [
            ("execution", "9.8.7.6:30303", Some(Direction::Out)),
            ("consensus", "/ip4/7.7.7.7/tcp/9000", Some(Direction::In))
        ]
    );
}

/// Written by hand after monerod's documents.
#[tokio::test]
async fn monerod_tells_height_bytes_and_how_long() {
    let table = json!({"get_connections": {"status": "OK", "connections": [{
        "address": "1.2.3.4:18080", "height": 3_200_000, "incoming": true, "live_time": 60, "recv_count": 10, "send_count": 20}]}});
    let found = peers(ProbeKind::Monerod, table).await;
    let peer = only(&found);
    assert_eq!(
        (peer.height, peer.received, peer.sent),
        (Some(3_200_000), Some(10), Some(20))
    );
    assert_eq!(peer.since, Some(Timestamp(NOW.0 - 60_000)));
    let none = peers(ProbeKind::Monerod, json!({"get_connections": {"status": "OK"}})).await;
    assert!(none.told && none.list.is_empty());
}

#[tokio::test]
async fn kubo_and_js_ipfs_list_their_swarm() {
    let line = "POST /api/v0/swarm/peers?direction=true&latency=true&identify=true";
    let js = peers(ProbeKind::Kubo, json!({line: whole("js-ipfs-0.66.1/peers-out.json")})).await;
    assert!(only(&js).address.starts_with("/ip4/127.0.0.1/tcp/"), "{js:?}");
    // By hand after Kubo's documents.
    let kubo = json!({line: {"Peers": [{"Addr": "/ip4/5.6.7.8/tcp/4001", "Peer": "12D3", "Latency": "41.5ms", "Direction": 2,
        "Identify": {"AgentVersion": "kubo/0.42.0"}}]}});
    let kubo = peers(ProbeKind::Kubo, kubo).await;
    let peer = only(&kubo);
    assert_eq!(
        (peer.direction, peer.client.as_deref()),
        (Some(Direction::Out), Some("kubo/0.42.0"))
    );
    assert_eq!(peer.ping.map(|ping| ping.as_micros()), Some(41_500));
    let none = peers(ProbeKind::Kubo, json!({line: {"Peers": null}})).await;
    assert!(none.told && none.list.is_empty());
}
