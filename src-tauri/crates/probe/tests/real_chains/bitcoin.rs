//! Litecoin Core, and electrs on top of Bitcoin Core.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use freehold_model::spec::ProbeKind;
use freehold_model::{Credential, Endpoint, ProbeFailure, Protocol, Secret, Stage};
use freehold_probe::rpc::Client;
use freehold_probe::{Probe, Target, identify};
use serde_json::json;

use crate::program::{Program, free_port, identity, is_ready, named, now, read_until};

const REGTEST_GENESIS: &str = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";
const LITECOIN_REGTEST_GENESIS: &str = "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9";
/// An output that anybody may spend: mining needs no wallet.
const MINE_TO: &str = "raw(51)#8lvh9jxk";

fn endpoint(port: u16) -> Endpoint {
    Endpoint {
        protocol: Protocol::BitcoinHttp,
        host: "127.0.0.1".to_owned(),
        port,
        credential: Some(Credential {
            user: "u".to_owned(),
            password: Secret::new("hunter2"),
        }),
    }
}

/// Starts a node of the family on a private chain.
fn start(program: &Path, rpc: u16, p2p: u16, more: &[String]) -> Program {
    Program::start(program, |folder| {
        let mut args = vec![
            "-regtest".to_owned(),
            "-server".to_owned(),
            "-rpcuser=u".to_owned(),
            "-rpcpassword=hunter2".to_owned(),
            "-dbcache=16".to_owned(),
            "-listenonion=0".to_owned(),
            format!("-datadir={}", folder.display()),
            format!("-rpcport={rpc}"),
            format!("-port={p2p}"),
            format!("-bind=127.0.0.1:{p2p}"),
        ];
        args.extend_from_slice(more);
        args
    })
}

fn target(rpc: u16, needs_peers: bool, genesis: &str) -> Target {
    Target {
        credential: endpoint(rpc).credential,
        identity: identity("getblockhash", json!([0]), "", json!(genesis)),
        needs_peers,
        ..Target::new(ProbeKind::Bitcoind, "127.0.0.1", rpc)
    }
}

async fn mine(rpc: u16, blocks: u32) {
    let limit = Duration::from_mins(1);
    let client = Client::new(&endpoint(rpc));
    client
        .call_within("generatetodescriptor", json!([blocks, MINE_TO]), limit)
        .await
        .unwrap();
}

#[tokio::test]
async fn litecoin_core_catches_up_and_tells_of_a_block() {
    let Some(litecoind) = named("FREEHOLD_TEST_LITECOIND") else {
        return;
    };
    let [rpc, p2p, rpc2, p2p2] = std::array::from_fn(|_| free_port());
    // Without it the chain stops at height 431.
    let mweb = "-vbparams=mweb:-2:0".to_owned();
    let _first = start(&litecoind, rpc, p2p, std::slice::from_ref(&mweb));
    let probe = Probe::new(target(rpc, false, LITECOIN_REGTEST_GENESIS));
    let (empty, _, failures) = read_until(&probe, is_ready).await;
    assert_eq!(
        (empty.height, empty.version.starts_with("0.21")),
        (0, true),
        "{empty:?}"
    );
    assert!(
        failures
            .iter()
            .any(|failure| matches!(failure, ProbeFailure::Silent { .. }))
    );
    mine(rpc, 300).await;
    let _second = start(&litecoind, rpc2, p2p2, &[mweb, format!("-addnode=127.0.0.1:{p2p}")]);
    let second = Probe::new(target(rpc2, true, LITECOIN_REGTEST_GENESIS));
    let (ready, reports, _) = read_until(&second, is_ready).await;
    assert_eq!((ready.height, ready.peers_out), (300, 1), "{ready:?}");
    // It says 1 itself as soon as it has a block.
    let share = |height: u64| Some(height as f64 * 100.0 / 300.0);
    assert!(
        reports.iter().all(|report| report.percent <= share(report.height)),
        "{reports:?}"
    );

    let wrong = Probe::new(target(rpc, false, REGTEST_GENESIS))
        .read(now())
        .await
        .unwrap_err();
    assert!(matches!(wrong, ProbeFailure::WrongChain { .. }), "{wrong}");

    let before = probe.read(now()).await.unwrap();
    let mining = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        mine(rpc, 1).await;
        Instant::now()
    };
    let waiting = async {
        probe
            .wait_for_change(&before.tip, Duration::from_secs(20))
            .await
            .unwrap();
        Instant::now()
    };
    let (mined, seen) = tokio::join!(mining, waiting);
    let delay = seen.saturating_duration_since(mined);
    println!("litecoind: block seen {delay:?} after it was made");
    assert!(delay < Duration::from_millis(300), "{delay:?}");
}

#[tokio::test]
async fn electrs_is_as_far_as_its_node_and_tells_of_a_block() {
    let Some((electrs, bitcoind)) = named("FREEHOLD_TEST_ELECTRS").zip(named("FREEHOLD_TEST_BITCOIND")) else {
        return;
    };
    let [rpc, p2p, port] = std::array::from_fn(|_| free_port());
    let _node = start(&bitcoind, rpc, p2p, &[]);
    let node = Probe::new(target(rpc, false, REGTEST_GENESIS));
    read_until(&node, is_ready).await;
    mine(rpc, 200).await;

    let folder = tempfile::tempdir().unwrap();
    let credentials = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/electrs-by-hand/electrs.toml");
    std::fs::copy(credentials, folder.path().join("electrs.toml")).unwrap();
    let upstream = Arc::new(AtomicU64::new(200));
    let probe = Probe::new(Target {
        upstream_height: Some(Arc::clone(&upstream)),
        identity: identity("server.features", json!([]), "/genesis_hash", json!(REGTEST_GENESIS)),
        ..Target::new(ProbeKind::Electrum, "127.0.0.1", port)
    });
    let _electrs = Program::start_in(folder, &electrs, |folder| {
        vec![
            "--network=regtest".to_owned(),
            format!("--conf={}", folder.join("electrs.toml").display()),
            format!("--db-dir={}", folder.join("db").display()),
            format!("--daemon-dir={}", folder.display()),
            format!("--daemon-rpc-addr=127.0.0.1:{rpc}"),
            format!("--daemon-p2p-addr=127.0.0.1:{p2p}"),
            format!("--electrum-rpc-addr=127.0.0.1:{port}"),
        ]
    });
    let (ready, _, failures) = read_until(&probe, is_ready).await;
    assert_eq!(
        (ready.height, ready.version.starts_with("electrs/")),
        (200, true),
        "{ready:?}"
    );
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure, ProbeFailure::Silent { .. } | ProbeFailure::WarmingUp { .. })),
        "{failures:?}"
    );
    assert_eq!(
        ready.tip,
        node.read(now()).await.unwrap().tip,
        "the hash made of the header is the block's"
    );

    upstream.store(400, Ordering::Relaxed);
    let half = Probe::new(probe.target().clone()).read(now()).await.unwrap();
    assert_eq!((half.stage, half.percent), (Stage::Indexing, Some(50.0)));
    upstream.store(0, Ordering::Relaxed);

    let mining = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        mine(rpc, 1).await;
        Instant::now()
    };
    let waiting = async {
        probe
            .wait_for_change(&ready.tip, Duration::from_secs(30))
            .await
            .unwrap();
        Instant::now()
    };
    let (mined, told) = tokio::join!(mining, waiting);
    println!(
        "electrs: block told {:?} after it was made",
        told.saturating_duration_since(mined)
    );
    assert_eq!(probe.read(now()).await.unwrap().height, 201);

    let endpoint = Endpoint {
        protocol: Protocol::ElectrumTcp,
        port,
        credential: None,
        ..endpoint(rpc)
    };
    let found = identify(
        &endpoint,
        &identity("server.features", json!([]), "/genesis_hash", json!(REGTEST_GENESIS)),
    )
    .await
    .unwrap();
    assert_eq!((found.height, found.chain.as_str()), (201, REGTEST_GENESIS));
}
