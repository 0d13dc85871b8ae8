//! LND and Core Lightning. The answers are written by hand after the clients' documents.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use freehold_model::spec::ProbeKind;
use freehold_model::{ProbeFailure, Stage};
use freehold_probe::{Probe, Target};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixListener;

use crate::answers::{NOW, ago, identity, read, status};
use crate::server::{Answer, FakeNode};

fn lnd(state: &str, changes: Value) -> Value {
    let mut info = json!({"version": "0.21.2-beta commit=v0.21.2-beta", "block_height": 900, "block_hash": "00aa", "num_peers": 3,
        "synced_to_chain": true, "synced_to_graph": true, "best_header_timestamp": ago(60).to_string(),
        "chains": [{"chain": "bitcoin", "network": "mainnet"}]});
    for (key, value) in changes.as_object().unwrap() {
        info[key] = value.clone();
    }
    json!({"GET /v1/state": {"state": state}, "GET /v1/getinfo": info})
}

#[tokio::test]
async fn lnd_waits_for_its_owner_before_it_is_anything_else() {
    for (state, why) in [("NON_EXISTING", "made"), ("LOCKED", "unlocked")] {
        // No question about the chain is put before the wallet is open.
        let check = identity("GET /v1/nothing", json!([]), None, json!("x"));
        let report = read(ProbeKind::Lnd, lnd(state, json!({})), |target| {
            target.identity = vec![check];
        })
        .await
        .unwrap();
        assert_eq!((report.stage, report.percent), (Stage::NeedsOwner, None));
        assert!(report.detail.unwrap().contains(why));
    }
    let starting = read(ProbeKind::Lnd, lnd("UNLOCKED", json!({})), |_| {})
        .await
        .unwrap_err();
    assert!(matches!(starting, ProbeFailure::WarmingUp { .. }), "{starting}");
}

#[tokio::test]
async fn lnd_is_as_far_as_its_node() {
    let height = Arc::new(AtomicU64::new(900));
    let upstream = |target: &mut Target| target.upstream_height = Some(Arc::clone(&height));
    let check = identity(
        "GET /v1/getinfo",
        json!([]),
        Some("/chains/0/network"),
        json!("mainnet"),
    );
    let ready = read(ProbeKind::Lnd, lnd("SERVER_ACTIVE", json!({})), |target| {
        upstream(target);
        target.identity = vec![check];
    })
    .await
    .unwrap();
    assert_eq!(
        (ready.stage, ready.version.as_str(), ready.peers_out),
        (Stage::Ready, "0.21.2-beta", 3)
    );
    let behind = lnd("RPC_ACTIVE", json!({"block_height": 450, "synced_to_chain": false}));
    let behind = read(ProbeKind::Lnd, behind, upstream).await.unwrap();
    assert_eq!(
        (behind.stage, behind.percent, behind.target),
        (Stage::Blocks, Some(50.0), Some(900))
    );
}

#[tokio::test]
async fn a_wrong_macaroon_is_a_refusal_and_tls_is_named() {
    let refused = json!({"code": 2, "message": "verification failed: signature mismatch after caveat verification", "details": []});
    let table = json!({"GET /v1/state": {"state": "SERVER_ACTIVE"}, "GET /v1/getinfo": status(500, refused)});
    assert_eq!(
        read(ProbeKind::Lnd, table, |_| {}).await.unwrap_err(),
        ProbeFailure::AuthenticationFailed
    );
    let table = json!({"GET /v1/state": status(400, json!("Client sent an HTTP request to an HTTPS server.\n"))});
    let failure = read(ProbeKind::Lnd, table, |_| {}).await.unwrap_err();
    assert!(failure.to_string().contains("--no-rest-tls"), "{failure}");
}

#[tokio::test]
async fn the_macaroon_goes_into_its_header_in_hex_and_only_with_getinfo() {
    let node = FakeNode::start(|question| {
        let shows = question
            .head
            .to_ascii_lowercase()
            .contains("grpc-metadata-macaroon: 5f5f636f6f6b69655f5f3a38633266396164310a");
        match (question.line(), shows) {
            ("GET /v1/state", false) => Answer::Http(200, br#"{"state":"SERVER_ACTIVE"}"#.to_vec()),
            ("GET /v1/getinfo", true) => {
                Answer::Http(200, lnd("", json!({}))["GET /v1/getinfo"].to_string().into_bytes())
            }
            _ => Answer::Http(401, Vec::new()),
        }
    })
    .await;
    let mut target = node.of_kind(ProbeKind::Lnd);
    target.token = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/zebra-by-hand/cookie"));
    assert_eq!(Probe::new(target).read(NOW).await.unwrap().stage, Stage::Ready);
}

/// A lightningd that answers every call on its socket alike.
async fn lightningd(
    answer: &'static str,
    change: impl FnOnce(&mut Target),
) -> Result<freehold_model::ProbeReport, ProbeFailure> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lightning-rpc");
    let listener = UnixListener::bind(&path).unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1024];
            let _asked = stream.read(&mut asked).await.unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let mut target = Target::new(ProbeKind::CoreLightning, "127.0.0.1", 0);
    target.token = Some(path);
    change(&mut target);
    Probe::new(target).read(NOW).await
}

#[tokio::test]
async fn core_lightning_is_ready_without_its_warnings() {
    let done = "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\n\"blockheight\":900,\"network\":\"bitcoin\",\"version\":\"v26.06.8\",\"num_peers\":2}}\n\n";
    let check = identity("getinfo", json!([]), Some("/network"), json!("bitcoin"));
    let ready = lightningd(done, |target| target.identity = vec![check]).await.unwrap();
    assert_eq!(
        (ready.stage, ready.height, ready.version.as_str()),
        (Stage::Ready, 900, "26.06.8")
    );
    let check = identity("getinfo", json!([]), Some("/network"), json!("testnet4"));
    let wrong = lightningd(done, |target| target.identity = vec![check])
        .await
        .unwrap_err();
    assert!(matches!(wrong, ProbeFailure::WrongChain { .. }), "{wrong}");
    let behind = r#"{"id":0,"result":{"blockheight":450,"network":"bitcoin","warning_lightningd_sync":"Still loading latest blocks from bitcoind."}}"#;
    let behind = lightningd(behind, |target| {
        target.upstream_height = Some(Arc::new(AtomicU64::new(900)));
    })
    .await
    .unwrap();
    assert_eq!((behind.stage, behind.percent), (Stage::Blocks, Some(50.0)));
    assert!(behind.detail.unwrap().starts_with("Still loading"));
}

#[tokio::test]
async fn core_lightning_that_is_not_there_or_not_itself_is_told_apart() {
    let mut target = Target::new(ProbeKind::CoreLightning, "127.0.0.1", 0);
    target.token = Some("/nowhere/lightning-rpc".into());
    let silent = Probe::new(target).read(NOW).await.unwrap_err();
    assert!(
        matches!(silent, ProbeFailure::Silent { ref reason } if reason.contains("socket")),
        "{silent}"
    );
    for answer in [
        "SSH-2.0\n",
        "{}",
        "[1]",
        r#"{"id":0,"result":{}}"#,
        r#"{"id":0,"error":{"code":-32601,"message":"Unknown"}}"#,
    ] {
        let failure = lightningd(answer, |_| {}).await.unwrap_err();
        assert!(
            matches!(failure, ProbeFailure::Unreadable { .. }),
            "{answer}: {failure}"
        );
    }
    assert!(matches!(
        lightningd("", |_| {}).await.unwrap_err(),
        ProbeFailure::Silent { .. }
    ));
}
