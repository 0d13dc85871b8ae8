//! bcoin: a Bitcoin node in JavaScript, whose `getblockchaininfo` calls one block of a thousand the whole chain.

use std::path::Path;
use std::time::Duration;

use freehold_model::spec::ProbeKind;
use freehold_model::{Credential, Endpoint, ProbeFailure, Protocol, Secret, Stage};
use freehold_probe::rpc::Client;
use freehold_probe::{Probe, Target, identify};
use serde_json::json;

use crate::program::{Program, free_port, identity, is_ready, named, now, read_until};

const REGTEST_GENESIS: &str = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";
const MAINNET_GENESIS: &str = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
/// An address in bcoin's own form for private chains; nobody has its key.
const MINE_TO: &str = "R9NVxTj2ewfiTUzAfn7FSsq9kxNt6fjaaZ";
const BLOCKS: u64 = 1000;
/// A port at which nothing listens: without any node to follow it would ask for public ones.
const NOBODY: u16 = 1;

struct Ports {
    rpc: u16,
    p2p: u16,
}

fn ports() -> Ports {
    Ports {
        rpc: free_port(),
        p2p: free_port(),
    }
}

/// Starts a node that knows one other. It takes everything from its arguments and nothing from a file.
fn start(script: &Path, ports: &Ports, other: u16) -> Program {
    // Its native parts do not compile on today's Node.js; `env` becomes the program, so that it is ended like any other.
    Program::start(Path::new("env"), |folder| {
        [
            "NODE_BACKEND=js".to_owned(),
            "node".to_owned(),
            script.display().to_string(),
            "--network=regtest".to_owned(),
            "--no-wallet".to_owned(),
            "--api-key=hunter2".to_owned(),
            "--workers=false".to_owned(),
            "--log-file=false".to_owned(),
            "--listen=true".to_owned(),
            "--host=127.0.0.1".to_owned(),
            "--http-host=127.0.0.1".to_owned(),
            format!("--port={}", ports.p2p),
            format!("--http-port={}", ports.rpc),
            format!("--nodes=127.0.0.1:{other}"),
            format!("--prefix={}", folder.display()),
        ]
        .to_vec()
    })
}

fn endpoint(rpc: u16, password: &str) -> Endpoint {
    Endpoint {
        protocol: Protocol::BitcoinHttp,
        host: "127.0.0.1".to_owned(),
        port: rpc,
        credential: Some(Credential {
            user: "u".to_owned(),
            password: Secret::new(password),
        }),
    }
}

fn target(rpc: u16, needs_peers: bool) -> Target {
    Target {
        credential: endpoint(rpc, "hunter2").credential,
        identity: identity("getblockhash", json!([0]), "", json!(REGTEST_GENESIS)),
        needs_peers,
        ..Target::new(ProbeKind::Bitcoind, "127.0.0.1", rpc)
    }
}

async fn mine(rpc: u16, blocks: u64) {
    let client = Client::new(&endpoint(rpc, "hunter2"));
    let params = json!([blocks, MINE_TO]);
    let mined = client.call_within("generatetoaddress", params, Duration::from_mins(1));
    mined.await.unwrap();
}

#[tokio::test]
async fn a_second_bcoin_is_at_the_tip_when_it_has_every_block_and_not_when_it_says_so() {
    let Some(script) = named("FREEHOLD_TEST_BCOIN") else {
        return;
    };
    let [first, second] = [ports(), ports()];
    let _first = start(&script, &first, NOBODY);
    let alone = Probe::new(target(first.rpc, false));
    let (empty, ..) = read_until(&alone, is_ready).await;
    assert_eq!(
        (empty.height, empty.version.as_str(), empty.chain.as_str()),
        (0, "1.0.2", "regtest"),
        "{empty:?}"
    );
    let waiting = Probe::new(target(first.rpc, true)).read(now()).await.unwrap();
    assert_eq!(
        (waiting.stage, waiting.percent),
        (Stage::PreHeaders, Some(0.0)),
        "nobody has said that the chain is empty"
    );
    for _ in 0..4 {
        mine(first.rpc, BLOCKS / 4).await;
    }

    let _second = start(&script, &second, first.p2p);
    let (ready, reports, _) = read_until(&Probe::new(target(second.rpc, true)), is_ready).await;
    assert_eq!(
        (ready.height, ready.target, ready.percent, ready.peers_out),
        (BLOCKS, Some(BLOCKS), Some(100.0), 1),
        "{ready:?}"
    );
    let tip = alone.read(now()).await.unwrap();
    assert_eq!(ready.tip, tip.tip, "ready means the same tip");
    let half_way: Vec<_> = reports
        .iter()
        .filter(|report| (1..BLOCKS).contains(&report.height))
        .collect();
    println!("bcoin: {} readings half-way", half_way.len());
    assert!(!half_way.is_empty(), "seen half-way: {reports:?}");
    for report in half_way {
        let share = report.height as f64 * 100.0 / BLOCKS as f64;
        assert!(
            report.stage == Stage::Blocks && report.percent.is_some_and(|percent| percent <= share),
            "{report:?}"
        );
    }

    let before = alone.read(now()).await.unwrap();
    mine(first.rpc, 1).await;
    alone
        .wait_for_change(&before.tip, Duration::from_secs(20))
        .await
        .unwrap();
    assert_eq!(alone.read(now()).await.unwrap().height, BLOCKS + 1);
}

#[tokio::test]
async fn bcoin_is_identified_and_refuses_a_wrong_password() {
    let Some(script) = named("FREEHOLD_TEST_BCOIN") else {
        return;
    };
    let ports = ports();
    let _node = start(&script, &ports, NOBODY);
    let (_, _, failures) = read_until(&Probe::new(target(ports.rpc, false)), is_ready).await;
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure, ProbeFailure::Silent { .. })),
        "{failures:?}"
    );
    let genesis = |hash: &str| identity("getblockhash", json!([0]), "", json!(hash));
    let found = identify(&endpoint(ports.rpc, "hunter2"), &genesis(REGTEST_GENESIS))
        .await
        .unwrap();
    assert_eq!(
        (
            found.version.as_str(),
            found.subversion.as_str(),
            found.is_wallet_enabled
        ),
        ("1.0.2", "/bcoin:v1.0.2/", Some(false)),
        "it keeps its wallet at another port"
    );
    let wrong = identify(&endpoint(ports.rpc, "hunter2"), &genesis(MAINNET_GENESIS)).await;
    assert!(
        matches!(wrong, Err(ProbeFailure::WrongChain { ref found, .. }) if found == REGTEST_GENESIS),
        "{wrong:?}"
    );
    let refused = identify(&endpoint(ports.rpc, "wrong"), &[]).await.unwrap_err();
    assert_eq!(refused, ProbeFailure::AuthenticationFailed);
}
