//! Readings out of real replies of bitcoind 31 (captured from a build of its sources on regtest) and replies of older
//! versions written by hand.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::server::{FakeNode, json_rpc};
use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage, Timestamp};
use freehold_probe::{METHODS, Probe, Target, identify};
use serde_json::{Value, json};

const REGTEST_GENESIS: &str = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";

/// The `result` in a captured reply.
fn fixture(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let reply: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    reply["result"].clone()
}

/// A node that answers with the fixtures of one moment: `(getblockchaininfo, getnetworkinfo, getpeerinfo)`.
async fn node(chain: &str, network: &str, peers: Option<&str>) -> FakeNode {
    let (chain, network) = (fixture(chain), fixture(network));
    let peers = peers.map(fixture);
    FakeNode::start(json_rpc(move |method, _| match method {
        "getblockchaininfo" => Ok(chain.clone()),
        "getnetworkinfo" => Ok(network.clone()),
        "getpeerinfo" => peers.clone().ok_or(-1),
        "getblockhash" => Ok(json!(REGTEST_GENESIS)),
        _ => Err(-32601),
    }))
    .await
}

/// Two minutes after the captured tip.
fn soon_after(chain: &str) -> Timestamp {
    Timestamp((fixture(chain)["time"].as_i64().unwrap() + 120) * 1000)
}

async fn read_31(moment: &str, peers: Option<&str>, needs_peers: bool) -> ProbeReport {
    let chain = format!("bitcoind-31/getblockchaininfo-{moment}.json");
    let network = format!("bitcoind-31/getnetworkinfo-{moment}.json");
    let node = node(&chain, &network, peers).await;
    Probe::new(node.target(needs_peers))
        .read(soon_after(&chain))
        .await
        .unwrap()
}

#[tokio::test]
async fn every_moment_of_a_real_download_is_called_what_it_is() {
    for (moment, stage, percent, height, target) in [
        ("pre-headers", Stage::PreHeaders, 0.0, 0, None),
        ("headers", Stage::Headers, 0.0, 0, Some(2000)),
        ("blocks", Stage::Blocks, 46.29, 1363, Some(4000)),
        ("done", Stage::Ready, 100.0, 4000, Some(4000)),
    ] {
        let peers = format!("bitcoind-31/getpeerinfo-{moment}.json");
        let report = read_31(moment, Some(&peers), true).await;
        assert_eq!(
            (report.stage, report.height, report.target),
            (stage, height, target),
            "{moment}"
        );
        assert!(
            (report.percent.unwrap() - percent).abs() < 1e-9,
            "{moment}: {:?}",
            report.percent
        );
        assert_eq!((report.peers_in, report.peers_out), (0, 1), "{moment}");
    }
}

#[tokio::test]
async fn a_report_holds_what_the_node_said() {
    let report = read_31("done", Some("bitcoind-31/getpeerinfo-done.json"), true).await;
    assert_eq!((report.version.as_str(), report.chain.as_str()), ("31.99.0", "regtest"));
    assert_eq!(report.tip_age, Some(Duration::from_mins(2)));
    assert_eq!(report.tip.len(), 64, "a block's hash");
    assert!(report.size_on_disk.unwrap().bytes() > 0 && !report.pruned);
    assert_eq!(
        report.warnings.len(),
        1,
        "the same warning of two replies is one: {:?}",
        report.warnings
    );
}

#[tokio::test]
async fn an_empty_chain_is_ready_alone_and_beside_an_empty_peer_but_not_before_the_peer_has_spoken() {
    assert_eq!(read_31("empty", None, false).await.stage, Stage::Ready, "alone");
    let report = read_31("pre-headers", Some("bitcoind-31/getpeerinfo-empty-peer.json"), true).await;
    assert_eq!(
        (report.stage, report.height, report.target),
        (Stage::Ready, 0, Some(0)),
        "the peer has nothing"
    );
    let report = read_31("pre-headers", Some("bitcoind-31/getpeerinfo-pre-headers.json"), true).await;
    assert_eq!(report.stage, Stage::PreHeaders, "the peer has not answered yet");
    let report = read_31("empty", None, true).await;
    assert_eq!(
        (report.stage, report.percent),
        (Stage::PreHeaders, Some(0.0)),
        "no peer at all"
    );
}

#[tokio::test]
async fn version_24_in_the_middle_of_mainnet() {
    let node = node(
        "bitcoind-24-by-hand/getblockchaininfo-blocks.json",
        "bitcoind-24-by-hand/getnetworkinfo.json",
        None,
    )
    .await;
    let report = Probe::new(node.target(true))
        .read(Timestamp(1_720_000_000_000))
        .await
        .unwrap();
    assert_eq!(
        (report.stage, report.target, report.version.as_str()),
        (Stage::Blocks, Some(820_000), "24.0.1")
    );
    assert!((report.percent.unwrap() - 4.12).abs() < 1e-9, "{:?}", report.percent);
    assert!(report.pruned);
    assert_eq!(
        report.warnings,
        ["Unknown new rules activated (versionbit 28)"],
        "a text, not a list"
    );
    assert!(
        !node.asked().contains(&"getpeerinfo".to_owned()),
        "the long list is asked for only when it matters"
    );
}

#[tokio::test]
async fn headers_that_are_checked_beforehand_are_no_progress_yet() {
    let node = node(
        "bitcoind-24-by-hand/getblockchaininfo-presync.json",
        "bitcoind-24-by-hand/getnetworkinfo.json",
        Some("bitcoind-24-by-hand/getpeerinfo-presync.json"),
    )
    .await;
    let report = Probe::new(node.target(true))
        .read(Timestamp(1_720_000_000_000))
        .await
        .unwrap();
    assert_eq!((report.stage, report.target), (Stage::PreHeaders, Some(850_123)));
    assert!(
        report.percent.unwrap().abs() < 1e-9,
        "bitcoind says a verification progress of 1 here, shown {:?}",
        report.percent
    );
}

#[tokio::test]
async fn back_after_a_week_the_peers_show_what_is_missing() {
    let node = node(
        "bitcoind-24-by-hand/getblockchaininfo-behind.json",
        "bitcoind-24-by-hand/getnetworkinfo.json",
        Some("bitcoind-24-by-hand/getpeerinfo-behind.json"),
    )
    .await;
    let report = Probe::new(node.target(true))
        .read(Timestamp(1_719_700_000_000))
        .await
        .unwrap();
    assert_eq!(
        (report.stage, report.target),
        (Stage::Blocks, Some(850_123)),
        "one of three peers lies"
    );
    assert!((report.percent.unwrap() - 99.87).abs() < 1e-9, "{:?}", report.percent);
}

#[tokio::test]
async fn version_0_20_lacks_fields_and_is_read_all_the_same() {
    let node = node(
        "bitcoind-0.20-by-hand/getblockchaininfo-done.json",
        "bitcoind-0.20-by-hand/getnetworkinfo.json",
        None,
    )
    .await;
    let report = Probe::new(node.target(true))
        .read(Timestamp(1_719_501_800_000))
        .await
        .unwrap();
    assert_eq!((report.stage, report.version.as_str()), (Stage::Ready, "20.2.0"));
    assert_eq!((report.peers_in, report.peers_out), (0, 8));
    assert_eq!(
        report.tip_age,
        Some(Duration::from_mins(30)),
        "by the median time, for want of a better one"
    );
}

fn genesis_check(hash: &str) -> Vec<IdentityCheck> {
    let check = json!({"method": "getblockhash", "params": [0], "equals": hash});
    vec![serde_json::from_value(check).unwrap()]
}

#[tokio::test]
async fn another_chain_is_refused_by_its_first_block() {
    let node = node(
        "bitcoind-31/getblockchaininfo-done.json",
        "bitcoind-31/getnetworkinfo-done.json",
        Some("bitcoind-31/getpeerinfo-done.json"),
    )
    .await;
    let wrong = ProbeFailure::WrongChain {
        expected: "00ff".to_owned(),
        found: REGTEST_GENESIS.to_owned(),
    };
    let target = Target {
        identity: genesis_check("00ff"),
        ..node.target(true)
    };
    let now = soon_after("bitcoind-31/getblockchaininfo-done.json");
    assert_eq!(Probe::new(target).read(now).await.unwrap_err(), wrong);
    assert_eq!(
        identify(&node.endpoint(), &genesis_check("00ff")).await.unwrap_err(),
        wrong
    );
    let identity = identify(&node.endpoint(), &genesis_check(REGTEST_GENESIS))
        .await
        .unwrap();
    assert_eq!(
        (identity.chain.as_str(), identity.height, identity.version.as_str()),
        ("regtest", 4000, "31.99.0")
    );
    assert_eq!(identity.subversion, "/Satoshi:31.99.0/");
    assert_eq!(
        identity.is_wallet_enabled,
        Some(false),
        "this build has no wallet (method not found)"
    );
}

#[tokio::test]
async fn the_chain_is_proven_once_again_after_a_while_and_when_a_question_comes_within_reach() {
    let height = Arc::new(AtomicU64::new(10));
    let at = Arc::clone(&height);
    let chain = fixture("bitcoind-31/getblockchaininfo-done.json");
    let network = fixture("bitcoind-31/getnetworkinfo-empty.json");
    let node = FakeNode::start(json_rpc(move |method, params| match method {
        "getblockchaininfo" => {
            let mut chain = chain.clone();
            chain["blocks"] = json!(at.load(Ordering::SeqCst));
            Ok(chain)
        }
        "getnetworkinfo" => Ok(network.clone()),
        "getblockhash" if params[0] == 0 => Ok(json!("genesis")),
        "getblockhash" => Ok(json!("fork")),
        _ => Err(-32601),
    }))
    .await;
    let mut identity = genesis_check("genesis");
    let later = json!({"method": "getblockhash", "params": [100], "equals": "ours", "from_height": 100});
    identity.push(serde_json::from_value(later).unwrap());
    let probe = Probe::new(Target {
        identity,
        ..node.target(false)
    });
    let proofs = || node.asked().iter().filter(|method| *method == "getblockhash").count();

    let start = 1_800_000_000_000;
    probe.read(Timestamp(start)).await.unwrap();
    probe.read(Timestamp(start + 1000)).await.unwrap();
    assert_eq!(
        proofs(),
        1,
        "proven once, and the block not yet reached is not asked for"
    );
    probe.read(Timestamp(start + 600_000)).await.unwrap();
    assert_eq!(proofs(), 2, "proven again after a while");
    height.store(100, Ordering::SeqCst);
    let failure = probe.read(Timestamp(start + 601_000)).await.unwrap_err();
    let wrong = ProbeFailure::WrongChain {
        expected: "ours".to_owned(),
        found: "fork".to_owned(),
    };
    assert_eq!(failure, wrong, "the fork shows as soon as its block is there");
}

#[tokio::test]
async fn many_readings_use_one_connection() {
    let node = node(
        "bitcoind-31/getblockchaininfo-done.json",
        "bitcoind-31/getnetworkinfo-done.json",
        Some("bitcoind-31/getpeerinfo-done.json"),
    )
    .await;
    let probe = Probe::new(node.target(true));
    for second in 0..10 {
        let now = soon_after("bitcoind-31/getblockchaininfo-done.json").plus(Duration::from_secs(second));
        assert_eq!(probe.read(now).await.unwrap().stage, Stage::Ready);
    }
    assert_eq!(node.connections(), 1);
    assert!(
        node.asked().iter().all(|method| METHODS.contains(&method.as_str())),
        "the node's user may call no other"
    );
}

#[tokio::test]
async fn waiting_tells_the_tip_to_new_nodes_and_asks_old_ones_first() {
    let new = node(
        "bitcoind-31/getblockchaininfo-done.json",
        "bitcoind-31/getnetworkinfo-done.json",
        None,
    )
    .await;
    let probe = Probe::new(new.target(false));
    probe.read(Timestamp(1_800_000_000_000)).await.unwrap();
    // This node does not know the call, so it is a wait without news.
    probe
        .wait_for_change(REGTEST_GENESIS, Duration::from_millis(100))
        .await
        .unwrap();
    assert_eq!(new.asked().last().unwrap(), "waitfornewblock");

    let old = node(
        "bitcoind-0.20-by-hand/getblockchaininfo-done.json",
        "bitcoind-0.20-by-hand/getnetworkinfo.json",
        None,
    )
    .await;
    let probe = Probe::new(old.target(false));
    probe
        .wait_for_change(REGTEST_GENESIS, Duration::from_secs(1))
        .await
        .unwrap();
    assert_eq!(
        old.asked(),
        ["getblockchaininfo"],
        "the tip is another already: no wait"
    );
}
