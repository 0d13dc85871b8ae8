//! monerod: a private chain, a peer that catches up, and its digest.

use std::path::Path;

use freehold_model::spec::ProbeKind;
use freehold_model::{Credential, Endpoint, ProbeFailure, Protocol, Secret, Stage};
use freehold_probe::{Probe, Target, identify};
use serde_json::json;

use crate::program::{Program, free_port, identity, is_ready, named, now, read_until};

/// A donation address of a regtest kind does not exist: regtest takes mainnet addresses. This is the Monero project's own.
const MINE_TO: &str = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";

struct Ports {
    rpc: u16,
    p2p: u16,
}

fn start(monerod: &Path, folder: tempfile::TempDir, ports: &Ports, more: &[String]) -> Program {
    Program::start_in(folder, monerod, |folder| {
        let mut args: Vec<String> = [
            "--regtest",
            "--keep-fakechain",
            "--fixed-difficulty=1",
            "--rpc-bind-ip=127.0.0.1",
            "--p2p-bind-ip=127.0.0.1",
            "--no-zmq",
            "--disable-dns-checkpoints",
            "--check-updates=disabled",
            "--no-igd",
            "--allow-local-ip",
            "--disable-rpc-ban",
            "--non-interactive",
        ]
        .map(str::to_owned)
        .to_vec();
        args.push(format!("--data-dir={}", folder.display()));
        args.push(format!("--rpc-bind-port={}", ports.rpc));
        args.push(format!("--p2p-bind-port={}", ports.p2p));
        args.extend_from_slice(more);
        args
    })
}

fn credential(password: &str) -> Option<Credential> {
    Some(Credential {
        user: "u".to_owned(),
        password: Secret::new(password),
    })
}

fn target(port: u16, needs_peers: bool) -> Target {
    Target {
        needs_peers,
        identity: identity("get_info", json!([]), "/nettype", json!("fakechain")),
        ..Target::new(ProbeKind::Monerod, "127.0.0.1", port)
    }
}

/// A wait that mining is done in: through the probe's own client, which speaks to monerod as to any other.
async fn mine(port: u16, blocks: u32) {
    let endpoint = Endpoint {
        protocol: Protocol::MoneroHttp,
        host: "127.0.0.1".to_owned(),
        port,
        credential: None,
    };
    let question = identity(
        "generateblocks",
        json!([{"amount_of_blocks": blocks, "wallet_address": MINE_TO}]),
        "/status",
        json!("OK"),
    );
    identify(&endpoint, &question).await.unwrap();
}

#[tokio::test]
async fn a_second_monerod_is_seen_catching_up() {
    let Some(monerod) = named("FREEHOLD_TEST_MONEROD") else {
        return;
    };
    let [first, second] = [(), ()].map(|()| Ports {
        rpc: free_port(),
        p2p: free_port(),
    });
    // Without a peer it mines only when told to stay off the network.
    let alone = start(
        &monerod,
        tempfile::tempdir().unwrap(),
        &first,
        &["--offline".to_owned()],
    );
    let (empty, ..) = read_until(&Probe::new(target(first.rpc, false)), is_ready).await;
    assert_eq!((empty.height, empty.chain.as_str()), (1, "fakechain"));
    let waiting = Probe::new(target(first.rpc, true)).read(now()).await.unwrap();
    assert_ne!(waiting.stage, Stage::Ready, "`synchronized` without any peer");
    for _ in 0..6 {
        mine(first.rpc, 20).await;
    }
    let folder = alone.stop();

    let peer = |ports: &Ports| vec![format!("--add-exclusive-node=127.0.0.1:{}", ports.p2p)];
    let login = "--rpc-login=u:hunter2".to_owned();
    let _first = start(&monerod, folder, &first, &[peer(&second), vec![login]].concat());
    let mut with_login = target(first.rpc, false);
    with_login.credential = credential("hunter2");
    let probe = Probe::new(with_login.clone());
    let (there, ..) = read_until(&probe, is_ready).await;
    assert_eq!(there.height, 121, "read through the digest: {there:?}");
    for wrong in [credential("wrong"), None] {
        with_login.credential = wrong;
        let failure = Probe::new(with_login.clone()).read(now()).await.unwrap_err();
        assert_eq!(failure, ProbeFailure::AuthenticationFailed);
    }

    let _second = start(&monerod, tempfile::tempdir().unwrap(), &second, &peer(&first));
    let (ready, reports, _) = read_until(&Probe::new(target(second.rpc, true)), |report| {
        is_ready(report) && report.height > 1
    })
    .await;
    assert_eq!((ready.height, ready.percent), (121, Some(100.0)), "{ready:?}");
    assert!(
        reports.iter().all(|report| !is_ready(report)),
        "never ready before: {reports:?}"
    );
    let seen = reports
        .iter()
        .any(|report| report.percent.is_some_and(|percent| percent > 0.0));
    println!("monerod: {} readings on the way, half-way seen: {seen}", reports.len());
    assert_eq!(ready.tip, probe.read(now()).await.unwrap().tip);
}
