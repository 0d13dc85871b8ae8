//! The probe against real bitcoinds. Runs when `FREEHOLD_TEST_BITCOIND` names the program, or `FREEHOLD_TEST_IMAGES` a
//! JSON file whose key `bitcoind` does; else says that it was left out.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail by panicking, as the test does"
)]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use freehold_model::spec::{IdentityCheck, ProbeKind};
use freehold_model::{Credential, Endpoint, ProbeFailure, ProbeReport, Protocol, Secret, Stage, Timestamp};
use freehold_probe::rpc::Client;
use freehold_probe::{Direction, Probe, Target, identify};
use serde_json::{Value, json};

const REGTEST_GENESIS: &str = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";
const MAINNET_GENESIS: &str = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
/// An output that anybody may spend: mining needs no wallet.
const MINE_TO: &str = "raw(51)#8lvh9jxk";

fn bitcoind() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("FREEHOLD_TEST_BITCOIND") {
        return Some(path.into());
    }
    let images = std::fs::read(std::env::var_os("FREEHOLD_TEST_IMAGES")?).unwrap();
    let images: Value = serde_json::from_slice(&images).unwrap();
    images["bitcoind"].as_str().map(PathBuf::from)
}

/// One bitcoind on a private chain; ended, by its id, with the value.
struct Node {
    program: Child,
    folder: tempfile::TempDir,
    rpc: u16,
    p2p: u16,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Node {
    fn start(bitcoind: &Path, args: &[&str]) -> Self {
        Self::start_in(bitcoind, tempfile::tempdir().unwrap(), args)
    }

    fn start_in(bitcoind: &Path, folder: tempfile::TempDir, args: &[&str]) -> Self {
        let (rpc, p2p) = (free_port(), free_port());
        let program = Command::new(bitcoind)
            .args([
                "-regtest",
                "-server",
                "-rpcuser=u",
                "-rpcpassword=hunter2",
                "-dbcache=16",
                "-par=1",
                "-listenonion=0",
            ])
            .args([
                format!("-datadir={}", folder.path().display()),
                format!("-rpcport={rpc}"),
            ])
            .args([format!("-port={p2p}"), format!("-bind=127.0.0.1:{p2p}")])
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self {
            program,
            folder,
            rpc,
            p2p,
        }
    }

    fn credential(password: &str) -> Credential {
        Credential {
            user: "u".to_owned(),
            password: Secret::new(password),
        }
    }

    fn endpoint(&self, password: &str) -> Endpoint {
        Endpoint {
            protocol: Protocol::BitcoinHttp,
            host: "127.0.0.1".to_owned(),
            port: self.rpc,
            credential: Some(Self::credential(password)),
        }
    }

    fn probe(&self, needs_peers: bool) -> Probe {
        Probe::new(Target {
            credential: Some(Self::credential("hunter2")),
            identity: genesis(REGTEST_GENESIS),
            needs_peers,
            ..Target::new(ProbeKind::Bitcoind, "127.0.0.1", self.rpc)
        })
    }

    async fn mine(&self, blocks: u32) {
        let client = Client::new(&self.endpoint("hunter2"));
        let limit = Duration::from_mins(1);
        client
            .call_within("generatetodescriptor", json!([blocks, MINE_TO]), limit)
            .await
            .unwrap();
    }

    /// Ends the node in good order and gives its folder back.
    fn stop(mut self) -> tempfile::TempDir {
        self.terminate();
        let empty = tempfile::tempdir().unwrap();
        std::mem::replace(&mut self.folder, empty)
    }

    fn terminate(&mut self) {
        let _gone = Command::new("kill").arg(self.program.id().to_string()).status();
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline {
            if self.program.try_wait().unwrap().is_some() {
                return;
            }
            std::thread::yield_now();
        }
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if self.program.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.terminate();
        }
    }
}

fn genesis(hash: &str) -> Vec<IdentityCheck> {
    let check = json!({"method": "getblockhash", "params": [0], "equals": hash});
    vec![serde_json::from_value(check).unwrap()]
}

fn now() -> Timestamp {
    Timestamp::from_system(SystemTime::now())
}

/// Reads until `is_enough`, for at most a minute; gives every outcome on the way.
async fn read_until(
    probe: &Probe,
    is_enough: impl Fn(&ProbeReport) -> bool,
) -> (ProbeReport, Vec<ProbeReport>, Vec<ProbeFailure>) {
    let (mut reports, mut failures) = (Vec::new(), Vec::new());
    let deadline = Instant::now() + Duration::from_mins(1);
    while Instant::now() < deadline {
        match probe.read(now()).await {
            Ok(report) if is_enough(&report) => return (report, reports, failures),
            Ok(report) => reports.push(report),
            Err(failure) => failures.push(failure),
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not within a minute; last: {:?}, {:?}", reports.last(), failures.last());
}

fn is_ready(report: &ProbeReport) -> bool {
    report.stage == Stage::Ready
}

#[tokio::test]
async fn a_second_node_is_seen_catching_up_with_the_first() {
    let Some(bitcoind) = bitcoind() else {
        println!("left out: neither FREEHOLD_TEST_BITCOIND nor FREEHOLD_TEST_IMAGES is set");
        return;
    };
    let first = Node::start(&bitcoind, &[]);
    let (empty, ..) = read_until(&first.probe(false), |_| true).await;
    assert_eq!(
        (empty.stage, empty.height, empty.percent),
        (Stage::Ready, 0, Some(100.0)),
        "complete without any block"
    );
    first.mine(2000).await;

    let addnode = format!("-addnode=127.0.0.1:{}", first.p2p);
    let second = Node::start(&bitcoind, &[&addnode]);
    let (ready, reports, _) = read_until(&second.probe(true), is_ready).await;
    assert_eq!(
        (ready.height, ready.percent, ready.peers_out),
        (2000, Some(100.0), 1),
        "{ready:?}"
    );
    assert!(
        reports
            .iter()
            .any(|report| report.percent.is_some_and(|percent| percent > 0.0 && percent < 100.0)),
        "seen half-way: {reports:?}"
    );
    assert!(
        reports.windows(2).all(|pair| pair[0].height <= pair[1].height),
        "never backwards"
    );
    let (tip, ..) = read_until(&first.probe(false), |_| true).await;
    assert_eq!(ready.tip, tip.tip, "ready means the same tip");

    // Started again with its peer gone, it cannot know; with the peer there, it is ready although no block comes.
    let folder = second.stop();
    let second = Node::start_in(&bitcoind, folder, &[&addnode]);
    let (again, ..) = read_until(&second.probe(true), is_ready).await;
    assert_eq!(again.height, 2000, "a complete chain is ready after a restart");
}

#[tokio::test]
async fn two_empty_nodes_are_ready_together() {
    let Some(bitcoind) = bitcoind() else { return };
    let first = Node::start(&bitcoind, &[]);
    // bitcoind tries a peer that does not listen yet again only after a minute.
    read_until(&first.probe(false), is_ready).await;
    let second = Node::start(&bitcoind, &[&format!("-addnode=127.0.0.1:{}", first.p2p)]);
    let (ready, ..) = read_until(&second.probe(true), is_ready).await;
    assert_eq!((ready.height, ready.target), (0, Some(0)));
    let listed = second.probe(true).peers(now()).await;
    assert!(listed.told && listed.untold.is_empty(), "{listed:?}");
    let [peer] = listed.list.as_slice() else {
        panic!("{listed:?}")
    };
    assert_eq!(
        (peer.address.as_str(), peer.direction),
        (format!("127.0.0.1:{}", first.p2p).as_str(), Some(Direction::Out))
    );
    assert!(
        peer.client.is_some() && peer.received > Some(0) && peer.since.is_some(),
        "{peer:?}"
    );
    let seen = first.probe(true).peers(now()).await;
    assert_eq!(seen.list[0].direction, Some(Direction::In), "{seen:?}");
    let lonely = Node::start(&bitcoind, &["-connect=0"]);
    let (report, ..) = read_until(&lonely.probe(true), |_| true).await;
    assert_eq!(
        (report.stage, report.percent),
        (Stage::PreHeaders, Some(0.0)),
        "nobody has said that the chain is empty"
    );
}

#[tokio::test]
async fn silence_warm_up_wrong_password_and_wrong_chain_are_told_apart() {
    let Some(bitcoind) = bitcoind() else { return };
    let node = Node::start(&bitcoind, &[]);
    let probe = node.probe(false);
    let (_, _, failures) = read_until(&probe, is_ready).await;
    assert!(
        failures
            .iter()
            .any(|failure| matches!(failure, ProbeFailure::Silent { .. })),
        "before it listens"
    );
    node.mine(2000).await;

    let wrong = identify(&node.endpoint("wrong"), &[]).await.unwrap_err();
    assert_eq!(wrong, ProbeFailure::AuthenticationFailed);
    let wrong = identify(&node.endpoint("hunter2"), &genesis(MAINNET_GENESIS))
        .await
        .unwrap_err();
    assert!(
        matches!(wrong, ProbeFailure::WrongChain { ref found, .. } if found == REGTEST_GENESIS),
        "{wrong}"
    );
    let identity = identify(&node.endpoint("hunter2"), &genesis(REGTEST_GENESIS))
        .await
        .unwrap();
    assert_eq!((identity.chain.as_str(), identity.height), ("regtest", 2000));

    // Checking all 2,000 blocks at the start takes long enough to be seen.
    let rpc = node.rpc;
    let folder = node.stop();
    let gone = identify(
        &Endpoint {
            port: rpc,
            ..dead_endpoint()
        },
        &[],
    )
    .await
    .unwrap_err();
    assert!(
        matches!(gone, ProbeFailure::Silent { .. }),
        "a stopped node is silent: {gone}"
    );
    let node = Node::start_in(&bitcoind, folder, &["-checkblocks=0", "-checklevel=4"]);
    let (_, _, failures) = read_until(&node.probe(false), is_ready).await;
    let warming = failures
        .iter()
        .any(|failure| matches!(failure, ProbeFailure::WarmingUp { .. }));
    assert!(warming, "bitcoind says that it starts: {failures:?}");
}

fn dead_endpoint() -> Endpoint {
    Endpoint {
        protocol: Protocol::BitcoinHttp,
        host: "127.0.0.1".to_owned(),
        port: 1,
        credential: Some(Node::credential("hunter2")),
    }
}

#[tokio::test]
async fn a_forbidden_method_is_named_as_such() {
    let Some(bitcoind) = bitcoind() else { return };
    let node = Node::start(&bitcoind, &["-rpcwhitelist=u:getblockcount", "-rpcwhitelistdefault=0"]);
    let deadline = Instant::now() + Duration::from_secs(30);
    let failure = loop {
        let failure = identify(&node.endpoint("hunter2"), &[]).await.unwrap_err();
        if matches!(failure, ProbeFailure::Unreadable { .. }) || Instant::now() > deadline {
            break failure;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert!(
        failure.to_string().contains("method is not allowed for this user"),
        "{failure}"
    );
    let listed = node.probe(true).peers(now()).await;
    assert!(!listed.told, "{listed:?}");
    assert!(
        listed.untold[0].why.contains("may not call `getpeerinfo`"),
        "{listed:?}"
    );
}

#[tokio::test]
async fn a_new_block_ends_the_wait_at_once() {
    let Some(bitcoind) = bitcoind() else { return };
    let node = Node::start(&bitcoind, &[]);
    let probe = node.probe(false);
    let (mut report, ..) = read_until(&probe, is_ready).await;

    let start = Instant::now();
    for other in [MAINNET_GENESIS, "", "no hash"] {
        probe.wait_for_change(other, Duration::from_secs(20)).await.unwrap();
    }
    assert!(start.elapsed() < Duration::from_secs(2), "the tip is another already");

    let start = Instant::now();
    probe
        .wait_for_change(&report.tip, Duration::from_secs(2))
        .await
        .unwrap();
    assert!(
        start.elapsed() >= Duration::from_millis(1900),
        "no block, so the whole time passes"
    );

    let mut slowest = Duration::ZERO;
    for height in 1..=20 {
        let waiting = async {
            probe
                .wait_for_change(&report.tip, Duration::from_secs(20))
                .await
                .unwrap();
            let report = probe.read(now()).await.unwrap();
            (Instant::now(), report)
        };
        let mining = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            node.mine(1).await;
            Instant::now()
        };
        let ((seen, after), mined) = tokio::join!(waiting, mining);
        assert_eq!(after.height, height, "the reading after the wait has the block");
        report = after;
        slowest = slowest.max(seen.saturating_duration_since(mined));
    }
    println!("slowest of 20 blocks: {slowest:?} after the node had it");
    assert!(slowest < Duration::from_millis(300), "{slowest:?}");
}
