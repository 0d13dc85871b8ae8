//! Services that are more than one chain or none. The answers are written by hand after the clients' documents.

use freehold_model::spec::ProbeKind;
use freehold_model::{Endpoint, Protocol, Stage};
use freehold_probe::identify;
use serde_json::json;

use crate::answers::{ago, error, identity, node, read, status, with};

#[tokio::test]
async fn kubo_is_ready_when_it_has_peers() {
    let kind = ProbeKind::Kubo;
    let table = json!({
        "POST /api/v0/version": {"Version": "0.42.0", "Repo": "18"},
        "POST /api/v0/swarm/peers?direction=true": {"Peers": [{"Peer": "a", "Direction": 1}, {"Peer": "b", "Direction": 2}]},
        "POST /api/v0/repo/stat?size-only=true": {"RepoSize": 9_500_000_000_u64, "StorageMax": 10_000_000_000_u64},
    });
    let ready = read(kind, table.clone(), |_| {}).await.unwrap();
    assert_eq!(
        (ready.stage, ready.version.as_str(), ready.peers_in, ready.peers_out),
        (Stage::Ready, "0.42.0", 1, 1)
    );
    assert_eq!(ready.warnings, ["Its store holds 9.5 GB of 10.0 GB."]);
    let alone = with(
        &table,
        json!({"POST /api/v0/swarm/peers?direction=true": {"Peers": null}}),
    );
    assert_eq!(
        read(kind, alone.clone(), |_| {}).await.unwrap().stage,
        Stage::PreHeaders
    );
    assert_eq!(
        read(kind, alone, |target| target.needs_peers = false)
            .await
            .unwrap()
            .stage,
        Stage::Ready
    );
    let offline = status(
        500,
        json!({"Message": "this command must be run in online mode", "Code": 1}),
    );
    let offline = with(&table, json!({"POST /api/v0/swarm/peers?direction=true": offline}));
    assert_eq!(
        read(kind, offline, |target| target.needs_peers = false)
            .await
            .unwrap()
            .stage,
        Stage::Ready
    );

    let node = node(table).await;
    let endpoint = Endpoint {
        protocol: Protocol::IpfsHttp,
        host: node.address.ip().to_string(),
        port: node.address.port(),
        credential: None,
    };
    assert_eq!(identify(&endpoint, &[]).await.unwrap().version, "0.42.0");
}

#[tokio::test]
async fn an_arweave_node_is_ready_with_a_young_block_and_peers() {
    let kind = ProbeKind::Arweave;
    let table = json!({
        "GET /info": {"network": "arweave.N.1", "version": 5, "release": 86, "height": 1_800_000, "current": "abc-_1", "blocks": 1_800_000,
            "peers": 300, "queue_length": 0},
        "GET /block/hash/abc-_1": {"timestamp": ago(100)},
    });
    let ready = read(kind, table.clone(), |_| {}).await.unwrap();
    assert_eq!(
        (ready.stage, ready.height, ready.chain.as_str(), ready.version.as_str()),
        (Stage::Ready, 1_800_000, "arweave.N.1", "86")
    );
    let old = with(&table, json!({"GET /block/hash/abc-_1": {"timestamp": ago(10_000)}}));
    assert_eq!(read(kind, old, |_| {}).await.unwrap().stage, Stage::Blocks);
    let joining = with(
        &table,
        json!({"GET /info": {"network": "arweave.N.1", "height": -1, "peers": 4}}),
    );
    let joining = read(kind, joining, |_| {}).await.unwrap();
    assert_eq!((joining.stage, joining.height), (Stage::PreHeaders, 0));
    let local = json!({"GET /info": {"network": "arlocal.N.1", "version": 1, "release": 1, "height": 0, "current": "x", "blocks": 0, "peers": 0}});
    assert_eq!(
        read(kind, local, |target| target.needs_peers = false)
            .await
            .unwrap()
            .stage,
        Stage::Ready
    );
}

#[tokio::test]
async fn an_ar_io_gateway_is_ready_when_it_is_healthy() {
    let kind = ProbeKind::Arweave;
    let table = json!({
        "GET /ar-io/info": {"processId": "p", "release": "r74"},
        "GET /ar-io/healthcheck": {"status": "healthy", "uptime": 12},
        "GET /info": {"network": "arweave.N.1", "height": 1_800_000, "current": "abc"},
    });
    let ready = read(kind, table.clone(), |_| {}).await.unwrap();
    assert_eq!(
        (ready.stage, ready.version.as_str(), ready.height),
        (Stage::Ready, "r74", 1_800_000)
    );
    let ill = status(
        503,
        json!({"status": "unhealthy", "reasons": ["Last block received more than 60 minutes ago"]}),
    );
    let ill = read(kind, with(&table, json!({"GET /ar-io/healthcheck": ill})), |_| {})
        .await
        .unwrap();
    assert_eq!((ill.stage, ill.percent), (Stage::Indexing, None));
    assert_eq!(ill.warnings, ["Last block received more than 60 minutes ago"]);
}

#[tokio::test]
async fn avalanche_is_ready_when_its_three_chains_are() {
    // The fake node answers one method alike for every chain, so one table stands for all of them.
    let table = |done: bool| {
        json!({
            "info.isBootstrapped": {"isBootstrapped": done}, "info.peers": {"numPeers": "700"},
            "info.getNodeVersion": {"version": "avalanchego/1.14.1"}, "info.getNetworkName": {"networkName": "mainnet"},
            "eth_getBlockByNumber": {"number": "0x64", "hash": "0xc", "timestamp": format!("0x{:x}", ago(5))},
            "eth_chainId": "0xa86a", "GET /ext/health": {"healthy": done},
        })
    };
    let kind = ProbeKind::Avalanche;
    let check = identity("eth_chainId", json!([]), None, json!("0xa86a"));
    let ready = read(kind, table(true), |target| target.identity = vec![check])
        .await
        .unwrap();
    assert_eq!(
        (ready.stage, ready.height, ready.peers_out, ready.version.as_str()),
        (Stage::Ready, 100, 700, "1.14.1")
    );
    let busy = read(kind, table(false), |_| {}).await.unwrap();
    assert_eq!(
        (busy.stage, busy.percent, busy.detail.as_deref()),
        (Stage::Blocks, None, Some("chains to go: P, X, C"))
    );
    let alone = with(&table(false), json!({"info.peers": error(-32000, "no")}));
    assert_eq!(read(kind, alone, |_| {}).await.unwrap().stage, Stage::PreHeaders);
    let ill = with(
        &table(true),
        json!({"GET /ext/health": status(503, json!({"healthy": false}))}),
    );
    assert_eq!(
        read(kind, ill, |_| {}).await.unwrap().warnings,
        ["It calls itself unhealthy."]
    );
}

#[tokio::test]
async fn a_port_that_takes_connections_is_ready() {
    let report = read(ProbeKind::Port, json!({}), |_| {}).await.unwrap();
    assert_eq!((report.stage, report.percent), (Stage::Ready, Some(100.0)));
}
