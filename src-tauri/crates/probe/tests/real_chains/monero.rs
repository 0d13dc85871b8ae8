//! monerod: a private chain, a peer that catches up, and its digest.

use std::path::Path;

use freehold_model::spec::ProbeKind;
use freehold_model::{Credential, ProbeFailure, Secret, Stage};
use freehold_probe::{Probe, Target};
use serde_json::json;

use crate::program::{Program, free_port, identity, is_ready, named, now, post, read_until};

/// regtest takes mainnet's addresses. This one is the Monero project's own, for donations.
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

fn credential(password: &str) -> Credential {
    Credential {
        user: "u".to_owned(),
        password: Secret::new(password),
    }
}

fn target(port: u16, needs_peers: bool) -> Target {
    Target {
        needs_peers,
        identity: identity("get_info", json!([]), "/nettype", json!("fakechain")),
        ..Target::new(ProbeKind::Monerod, "127.0.0.1", port)
    }
}

async fn mine(port: u16, blocks: u32) {
    let params = json!({"amount_of_blocks": blocks, "wallet_address": MINE_TO});
    let call = json!({"jsonrpc": "2.0", "id": 0, "method": "generateblocks", "params": params});
    let answer = post(port, "/json_rpc", &call).await;
    assert_eq!(answer["result"]["status"], "OK", "{answer}");
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
    with_login.credential = Some(credential("hunter2"));
    let probe = Probe::new(with_login.clone());
    let (there, ..) = read_until(&probe, is_ready).await;
    assert_eq!(there.height, 121, "read through the digest: {there:?}");
    for wrong in [Some(credential("wrong")), None] {
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
    let listed = probe.peers(now()).await;
    assert!(listed.told && !listed.list.is_empty(), "{listed:?}");
    assert!(
        listed
            .list
            .iter()
            .all(|peer| peer.address.starts_with("127.0.0.1:") && peer.direction.is_some() && peer.received.is_some()),
        "{listed:?}"
    );
}
