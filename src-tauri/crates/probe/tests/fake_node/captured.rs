//! Replies as real programs gave them, on private chains and without public peers; each folder of `tests/fixtures` is
//! named after program and version.

use std::path::Path;

use freehold_model::spec::ProbeKind;
use freehold_model::{ProbeFailure, ProbeReport, Stage};
use serde_json::{Value, json};

use crate::answers::{identity, read};

/// A captured reply.
pub(crate) fn whole(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A table of answers out of a folder of fixtures; `moment` ends the files' names. A captured error stays one.
fn table(program: &str, methods: &[&str], moment: &str) -> Value {
    let answer = |method: &str| match whole(&format!("{program}/{method}{moment}.json")) {
        reply if reply["error"].is_object() => json!({"__error": reply["error"]}),
        reply => reply["result"].clone(),
    };
    let rows = methods.iter().map(|method| ((*method).to_owned(), answer(method)));
    rows.collect()
}

async fn core(program: &str, moment: &str, needs_peers: bool) -> ProbeReport {
    let methods = ["getblockchaininfo", "getnetworkinfo", "getpeerinfo"];
    let table = table(program, &methods, &format!("-{moment}"));
    let report = read(ProbeKind::Bitcoind, table, |target| {
        target.needs_peers = needs_peers;
    });
    report.await.unwrap()
}

#[tokio::test]
async fn nodes_that_call_themselves_complete_from_the_first_block_on_are_not_believed() {
    for (program, version, moment, stage, height, target, percent) in [
        ("bcoin-1.0.2", "1.0.2", "empty", Stage::PreHeaders, 0, None, 0.0),
        ("bcoin-1.0.2", "1.0.2", "blocks", Stage::Blocks, 1711, Some(2000), 85.55),
        ("bcoin-1.0.2", "1.0.2", "done", Stage::Ready, 2000, Some(2000), 100.0),
        (
            "litecoind-0.21.2.1",
            "0.21.2.1",
            "empty",
            Stage::PreHeaders,
            0,
            None,
            0.0,
        ),
        (
            "litecoind-0.21.2.1",
            "0.21.2.1",
            "blocks",
            Stage::Blocks,
            175,
            Some(600),
            29.16,
        ),
        (
            "litecoind-0.21.2.1",
            "0.21.2.1",
            "done",
            Stage::Ready,
            600,
            Some(600),
            100.0,
        ),
    ] {
        let said = &whole(&format!("{program}/getblockchaininfo-{moment}.json"))["result"];
        if height > 0 {
            assert_eq!(said["verificationprogress"], 1, "{program} {moment}");
        }
        let report = core(program, moment, true).await;
        assert_eq!(
            (report.stage, report.height, report.target, report.percent),
            (stage, height, target, Some(percent)),
            "{program} {moment}"
        );
        assert_eq!((report.version.as_str(), report.chain.as_str()), (version, "regtest"));
        assert_eq!(report.peers_out, u32::from(height > 0), "{program} {moment}");
    }
    for program in ["bcoin-1.0.2", "litecoind-0.21.2.1"] {
        assert_eq!(core(program, "empty", false).await.stage, Stage::Ready, "alone");
    }
}

#[tokio::test]
async fn zebrad_says_that_it_is_complete_with_nobody_there_and_is_not_believed() {
    let methods = [
        "getblockchaininfo",
        "getinfo",
        "getpeerinfo",
        "getblockhash",
        "getblockheader",
    ];
    let genesis = |hash: &str| vec![identity("getblockhash", json!([0]), None, json!(hash))];
    let (main, regtest) = (
        "00040fe8ec8471911baa1db1266ea15dd06b4a8a5c453883c000b031973dce08",
        "029f11d80ef9765602235e1bc9727e3eb6ba20839319f761fee920d63401e327",
    );
    for (moment, needs_peers, hash, stage, height, percent) in [
        ("empty", true, main, Stage::PreHeaders, 0, 0.0),
        ("blocks", true, regtest, Stage::Blocks, 20, 0.0),
        ("blocks", false, regtest, Stage::Ready, 20, 100.0),
    ] {
        let table = table("zebrad-7.0.0", &methods, &format!("-{moment}"));
        let report = read(ProbeKind::Zebra, table.clone(), |target| {
            (target.needs_peers, target.identity) = (needs_peers, genesis(hash));
        });
        let report = report.await.unwrap();
        assert_eq!(
            (report.stage, report.height, report.percent, report.version.as_str()),
            (stage, height, Some(percent), "7.0.0"),
            "{moment}"
        );
        let other = if hash == main { regtest } else { main };
        let wrong = read(ProbeKind::Zebra, table, |target| target.identity = genesis(other));
        assert!(matches!(wrong.await, Err(ProbeFailure::WrongChain { .. })), "{moment}");
    }
}

#[tokio::test]
async fn a_solana_validator_alone_is_ready_only_where_no_peers_are_needed() {
    let methods = [
        "getHealth",
        "getSlot",
        "getVersion",
        "getGenesisHash",
        "getClusterNodes",
    ];
    let table = table("solana-2.3.13", &methods, "");
    for (needs_peers, is_ready) in [(true, false), (false, true)] {
        let report = read(ProbeKind::Solana, table.clone(), |target| {
            target.needs_peers = needs_peers;
        });
        let report = report.await.unwrap();
        assert_eq!(report.stage == Stage::Ready, is_ready, "{report:?}");
        assert_eq!(
            (report.height, report.version.as_str(), report.peers_out),
            (4, "2.3.13", 0)
        );
        assert_eq!(report.chain, "3iR1tVQFdDYQZ6BS2bzRYeSbKqLwAHDWCwRbNTPfKKq6");
    }
}

#[tokio::test]
async fn ethereumjs_says_by_an_error_that_it_has_no_peer() {
    let methods = [
        "eth_blockNumber",
        "eth_chainId",
        "eth_getBlockByNumber",
        "eth_syncing",
        "net_peerCount",
        "web3_clientVersion",
    ];
    let table = table("ethereumjs-0.10.5", &methods, "");
    let report = read(ProbeKind::EthereumExecution, table, |_| {}).await.unwrap();
    assert_eq!(
        (report.stage, report.percent, report.height),
        (Stage::PreHeaders, Some(0.0), 0),
        "{report:?}"
    );
    assert_eq!((report.version.as_str(), report.chain.as_str()), ("0.10.5", "11155111"));
}

#[tokio::test]
async fn arlocal_has_no_block_to_ask_for_and_is_ready() {
    let table = json!({"GET /info": whole("arlocal-1.1.66/info.json")});
    let alone = |target: &mut freehold_probe::Target| target.needs_peers = false;
    let report = read(ProbeKind::Arweave, table, alone).await.unwrap();
    assert_eq!(
        (report.stage, report.chain.as_str()),
        (Stage::Ready, "arlocal.N.1"),
        "{report:?}"
    );
}

#[tokio::test]
async fn js_ipfs_answers_like_kubo_but_tells_no_direction() {
    for (peers, stage, outgoing) in [
        ("none", Stage::PreHeaders, 0),
        ("in", Stage::Ready, 1),
        ("out", Stage::Ready, 1),
    ] {
        let table = json!({
            "POST /api/v0/version": whole("js-ipfs-0.66.1/version.json"),
            "POST /api/v0/swarm/peers?direction=true": whole(&format!("js-ipfs-0.66.1/peers-{peers}.json")),
            "POST /api/v0/repo/stat?size-only=true": whole("js-ipfs-0.66.1/repo-stat.json"),
        });
        let report = read(ProbeKind::Kubo, table, |_| {}).await.unwrap();
        assert_eq!(
            (report.stage, report.peers_in, report.peers_out),
            (stage, 0, outgoing),
            "{peers}"
        );
        assert_eq!(report.version, "0.18.1");
        assert_eq!(
            report.size_on_disk.map(freehold_model::ByteSize::bytes),
            Some(11_512),
            "numbers are texts"
        );
        assert!(report.warnings.is_empty(), "its limit is as good as none: {report:?}");
    }
}
