//! The declarative probe, over answers as chains that this program has no kind for give them (written by hand after their
//! documents).

use freehold_model::expression::check;
use freehold_model::spec::{JsonProbe, ProbeKind};
use freehold_model::{ProbeFailure, ProbeReport, Stage};
use freehold_probe::Probe;
use serde_json::{Value, json};

use crate::answers::{NOW, ago, error, identity, node, read, status, with};
use crate::server::{Answer, FakeNode};

fn declared(probe: Value) -> JsonProbe {
    let probe: JsonProbe = serde_json::from_value(probe).unwrap();
    assert_eq!(check(&probe), Ok(()));
    probe
}

/// CometBFT: the chains of the Cosmos family.
fn cosmos() -> JsonProbe {
    declared(json!({
        "requests": {"status": {"path": "/status"}, "net": {"path": "/net_info", "optional": true}},
        "height": "num(status#/result/sync_info/latest_block_height)",
        "ready": "status#/result/sync_info/catching_up == false && height > 0 && age(tip_time) < 60 && (peers_out > 0 || !needs_peers)",
        "peers_out": "num(net#/result/n_peers)",
        "version": "status#/result/node_info/version",
        "chain": "status#/result/node_info/network",
        "tip": "status#/result/sync_info/latest_block_hash",
        "tip_time": "status#/result/sync_info/latest_block_time",
    }))
}

fn cosmos_answers(catching_up: bool, time: &str) -> Value {
    json!({
        "GET /status": {"result": {"node_info": {"network": "cosmoshub-4", "version": "0.38.17"}, "sync_info": {
            "latest_block_height": "27000000", "latest_block_hash": "AB12", "latest_block_time": time, "catching_up": catching_up}}},
        "GET /net_info": {"result": {"n_peers": "12"}},
    })
}

async fn read_with(probe: &JsonProbe, table: Value, needs_peers: bool) -> Result<ProbeReport, ProbeFailure> {
    let probe = probe.clone();
    read(ProbeKind::Json, table, |target| {
        target.json = Some(probe);
        target.needs_peers = needs_peers;
    })
    .await
}

#[tokio::test]
async fn a_chain_without_a_kind_is_read_by_its_declaration() {
    let young = "2025-12-31T23:59:55.5Z";
    let ready = read_with(&cosmos(), cosmos_answers(false, young), true).await.unwrap();
    assert_eq!(
        (ready.stage, ready.height, ready.peers_out, ready.percent),
        (Stage::Ready, 27_000_000, 12, Some(100.0))
    );
    assert_eq!(
        (ready.chain.as_str(), ready.version.as_str(), ready.tip.as_str()),
        ("cosmoshub-4", "0.38.17", "AB12")
    );
    assert_eq!(ready.tip_age.unwrap().as_millis(), 4500);
    let syncing = read_with(&cosmos(), cosmos_answers(true, young), true).await.unwrap();
    assert_eq!(
        (syncing.stage, syncing.percent),
        (Stage::Blocks, None),
        "no total, no percent"
    );
    let lonely = with(
        &cosmos_answers(false, young),
        json!({"GET /net_info": status(500, json!("no"))}),
    );
    let lonely = read_with(&cosmos(), lonely, true).await.unwrap();
    assert_eq!(
        (lonely.stage, lonely.peers_out),
        (Stage::Blocks, 0),
        "unknown peers are no reason to be ready"
    );
    let stale = cosmos_answers(false, "2025-12-31T22:00:00Z");
    assert_eq!(read_with(&cosmos(), stale, true).await.unwrap().stage, Stage::Blocks);
}

/// Substrate: JSON-RPC.
fn polkadot() -> JsonProbe {
    declared(json!({
        "requests": {"health": {"rpc": "system_health"}, "sync": {"rpc": "system_syncState"}, "version": {"rpc": "system_version"},
            "chain": {"rpc": "system_chain"}},
        "height": "sync#/currentBlock", "target": "sync#/highestBlock", "peers_out": "health#/peers", "version": "version#",
        "chain": "chain#",
        "warnings": "if(health#/peers == 0, 'It has no peers.', null)",
    }))
}

#[tokio::test]
async fn percent_and_readiness_are_made_of_height_and_target() {
    let table = |current: u64, peers: u64| {
        json!({"system_health": {"peers": peers, "isSyncing": current < 1000, "shouldHavePeers": true},
            "system_syncState": {"startingBlock": 0, "currentBlock": current, "highestBlock": 1000}, "system_version": "1.19.0-abc",
            "system_chain": "Polkadot"})
    };
    let half = read_with(&polkadot(), table(500, 9), true).await.unwrap();
    assert_eq!(
        (half.stage, half.percent, half.target, half.chain.as_str()),
        (Stage::Blocks, Some(50.0), Some(1000), "Polkadot")
    );
    let done = read_with(&polkadot(), table(1000, 9), true).await.unwrap();
    assert_eq!((done.stage, done.percent), (Stage::Ready, Some(100.0)));
    let alone = read_with(&polkadot(), table(1000, 0), true).await.unwrap();
    assert_eq!((alone.stage, alone.percent), (Stage::Blocks, Some(99.99)));
    assert_eq!(alone.warnings, ["It has no peers."]);
    assert_eq!(
        read_with(&polkadot(), table(1000, 0), false).await.unwrap().stage,
        Stage::Ready
    );
    let empty = read_with(&polkadot(), table(0, 0), true).await.unwrap();
    assert_eq!((empty.stage, empty.percent), (Stage::PreHeaders, Some(0.0)));
    let nothing = with(
        &table(0, 0),
        json!({"system_syncState": {"currentBlock": 0, "highestBlock": 0}}),
    );
    assert_ne!(
        read_with(&polkadot(), nothing, false).await.unwrap().stage,
        Stage::Ready,
        "0 of 0 is nothing yet"
    );
}

#[tokio::test]
async fn a_failing_request_fails_the_reading_unless_it_is_optional() {
    let table = json!({"system_health": error(-32000, "not now"), "system_version": "x", "system_chain": "x"});
    let failure = read_with(&polkadot(), table, true).await.unwrap_err();
    assert!(
        matches!(failure, ProbeFailure::Unreadable { ref reason } if reason.contains("not now")),
        "{failure}"
    );
    let missing = json!({"GET /status": {"result": {}}});
    let failure = read_with(&cosmos(), missing, true).await.unwrap_err();
    assert!(
        matches!(failure, ProbeFailure::Unreadable { ref reason } if reason.contains("height")),
        "{failure}"
    );
    let starting = json!({"GET /status": status(503, json!({"message": "node is starting"}))});
    let failure = read_with(&cosmos(), starting, true).await.unwrap_err();
    assert!(matches!(failure, ProbeFailure::WarmingUp { .. }), "{failure}");
}

#[tokio::test]
async fn texts_headers_bodies_and_warm_up_words() {
    let probe = declared(json!({
        "requests": {
            "height": {"path": "/height", "answer": "text"},
            "info": {"path": "/info", "body": {"want": "all"}, "headers": {"Accept": "application/nostr+json"}},
        },
        "height": "num(height#)", "percent": "height / 40", "ready": "info#/done",
        "warming_up": "if(info#/state == 'loading', 'Loading ' + info#/what, false)",
        "size_on_disk": "info#/gb * 1000000000",
    }));
    let node = |state: &'static str, done: Value| async move {
        FakeNode::start(move |question| match question.line() {
            "GET /height" => Answer::Http(200, b" 1234\n".to_vec()),
            "POST /info" if question.body["want"] == "all" && question.head.contains("application/nostr+json") => {
                let info = json!({"state": state, "what": "the index", "done": done, "gb": 1.5});
                Answer::Http(200, info.to_string().into_bytes())
            }
            _ => Answer::Http(404, Vec::new()),
        })
        .await
    };
    let read = |node: FakeNode| {
        let mut target = node.of_kind(ProbeKind::Json);
        target.json = Some(probe.clone());
        async move {
            let outcome = Probe::new(target).read(NOW).await;
            drop(node);
            outcome
        }
    };
    let report = read(node("", json!(false)).await).await.unwrap();
    assert_eq!(
        (report.stage, report.height, report.percent),
        (Stage::Blocks, 1234, Some(30.85))
    );
    assert_eq!(report.size_on_disk.unwrap().0, 1_500_000_000);
    let unknown = read(node("", Value::Null).await).await.unwrap();
    assert_eq!(unknown.stage, Stage::Blocks, "unknown is not ready");
    let failure = read(node("loading", Value::Null).await).await.unwrap_err();
    assert_eq!(failure.to_string(), "the node is still starting: Loading the index");
}

#[tokio::test]
async fn identity_is_an_expression() {
    let node = node(cosmos_answers(false, "2025-12-31T23:59:55Z")).await;
    let mut target = node.of_kind(ProbeKind::Json);
    target.json = Some(cosmos());
    target.identity = vec![identity(
        "status#/result/node_info/network",
        json!([]),
        None,
        json!("cosmoshub-4"),
    )];
    assert!(Probe::new(target.clone()).read(NOW).await.is_ok());
    target.identity[0].equals = json!("osmosis-1");
    let wrong = Probe::new(target).read(NOW).await.unwrap_err();
    assert!(
        matches!(wrong, ProbeFailure::WrongChain { ref found, .. } if found == "cosmoshub-4"),
        "{wrong}"
    );
}

#[tokio::test]
async fn values_made_of_each_other_end() {
    // The catalog refuses such a probe; a reading must still come back.
    let probe: JsonProbe = serde_json::from_value(json!({
        "requests": {"a": {"path": "/a"}}, "height": "a#/h", "target": "percent + target", "percent": "target + target + percent",
    }))
    .unwrap();
    let report = read_with(&probe, json!({"GET /a": {"h": ago(0)}}), true).await.unwrap();
    assert_eq!((report.percent, report.target), (None, None));
}
