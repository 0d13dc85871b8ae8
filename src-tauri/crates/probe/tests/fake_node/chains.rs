//! Chains: what each client says at its tip, half-way, and when its own figures lie. The answers of anvil and monerod are
//! captured; the others are written by hand after the clients' documents.

use std::path::Path;
use std::time::Duration;

use freehold_model::spec::ProbeKind;
use freehold_model::{Endpoint, ProbeFailure, Protocol, Stage};
use freehold_probe::{Probe, Target, identify};
use serde_json::{Value, json};

use crate::answers::{NOW, ago, error, identity, node, read, status, with};

fn fixture(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let reply: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    if reply["error"].is_null() {
        reply["result"].clone()
    } else {
        json!({"__error": reply["error"]})
    }
}

fn anvil() -> Value {
    [
        "eth_syncing",
        "eth_blockNumber",
        "eth_getBlockByNumber",
        "net_peerCount",
        "web3_clientVersion",
        "eth_chainId",
    ]
    .into_iter()
    .map(|method| (method.to_owned(), fixture(&format!("anvil-1.7.1/{method}.json"))))
    .collect()
}

fn geth() -> Value {
    json!({
        "eth_syncing": false, "eth_blockNumber": "0x1406f40", "net_peerCount": "0x19", "eth_chainId": "0x1",
        "web3_clientVersion": "Geth/v1.17.5-stable/linux-amd64/go1.24.1",
        "eth_getBlockByNumber": {"number": "0x1406f40", "hash": "0xabc", "timestamp": format!("0x{:x}", ago(12))},
    })
}

#[tokio::test]
async fn anvil_is_ready_and_its_missing_peer_count_is_no_warning() {
    let report = read(ProbeKind::EthereumExecution, anvil(), |target| {
        target.needs_peers = false;
    })
    .await
    .unwrap();
    assert_eq!(
        (report.stage, report.height, report.percent),
        (Stage::Ready, 1, Some(100.0))
    );
    assert_eq!(
        (report.version.as_str(), report.chain.as_str(), report.peers_out),
        ("1.7.1", "31337", 0)
    );
    assert!(report.warnings.is_empty() && report.tip.starts_with("0x"), "{report:?}");
}

#[tokio::test]
async fn not_syncing_means_the_tip_only_with_a_young_block() {
    let kind = ProbeKind::EthereumExecution;
    let ready = read(kind, geth(), |_| {}).await.unwrap();
    assert_eq!(
        (ready.stage, ready.peers_out, ready.tip_age),
        (Stage::Ready, 25, Some(Duration::from_secs(12)))
    );
    let old = json!({"eth_getBlockByNumber": {"hash": "0xabc", "timestamp": format!("0x{:x}", ago(600))}});
    let waiting = read(kind, with(&geth(), old), |_| {}).await.unwrap();
    assert_eq!(
        (waiting.stage, waiting.percent),
        (Stage::Blocks, None),
        "nobody has told it of newer blocks"
    );
    let empty = json!({"eth_blockNumber": "0x0", "eth_getBlockByNumber": {"hash": "0xabc", "timestamp": "0x0"}});
    let empty = read(kind, with(&geth(), empty), |_| {}).await.unwrap();
    assert_eq!(
        (empty.stage, empty.percent),
        (Stage::PreHeaders, Some(0.0)),
        "`false` at block 0 is no tip"
    );
    let alone = json!({"eth_syncing": error(-32603, "no peer available for synchronization")});
    let alone = read(kind, with(&geth(), alone), |_| {}).await.unwrap();
    assert_eq!(alone.stage, Stage::PreHeaders);
    let half = json!({"eth_syncing": {"currentBlock": "0x32", "highestBlock": "0x64"}, "eth_blockNumber": "0x32"});
    let half = read(kind, with(&geth(), half), |_| {}).await.unwrap();
    assert_eq!(
        (half.stage, half.percent, half.target),
        (Stage::Blocks, Some(50.0), Some(100))
    );
}

#[tokio::test]
async fn the_wrong_chain_is_named() {
    let node = node(geth()).await;
    let mut target = node.of_kind(ProbeKind::EthereumExecution);
    target.identity = vec![identity("eth_chainId", json!([]), None, json!("0x88bb0"))];
    let failure = Probe::new(target).read(NOW).await.unwrap_err();
    let wrong = ProbeFailure::WrongChain {
        expected: "0x88bb0".to_owned(),
        found: "0x1".to_owned(),
    };
    assert_eq!(failure, wrong);
    let endpoint = |protocol| Endpoint {
        protocol,
        host: node.address.ip().to_string(),
        port: node.address.port(),
        credential: None,
    };
    let identity = [identity("eth_chainId", json!([]), None, json!("0x1"))];
    let found = identify(&endpoint(Protocol::EvmHttp), &identity).await.unwrap();
    assert_eq!((found.chain.as_str(), found.height), ("1", 21_000_000));
}

fn beacon() -> Value {
    json!({
        "GET /eth/v1/node/syncing": {"data": {"head_slot": "1000", "sync_distance": "0", "is_syncing": false,
            "is_optimistic": false, "el_offline": false}},
        "GET /eth/v1/node/health": status(200, json!("")),
        "GET /eth/v1/node/peer_count": {"data": {"connected": "40", "disconnected": "3"}},
        "GET /eth/v1/node/version": {"data": {"version": "Lighthouse/v8.2.2-95a5c3b/x86_64-linux"}},
        "GET /eth/v1/config/deposit_contract": {"data": {"chain_id": "1", "address": "0x00"}},
        "GET /eth/v1/beacon/headers/head": {"data": {"root": "0xroot"}},
        "GET /eth/v1/beacon/genesis": {"data": {"genesis_validators_root": "0x4b363db9"}},
    })
}

#[tokio::test]
async fn a_beacon_node_is_ready_only_with_its_execution_client() {
    let kind = ProbeKind::EthereumBeacon;
    let check = identity(
        "GET /eth/v1/beacon/genesis",
        json!([]),
        Some("/data/genesis_validators_root"),
        json!("0x4b363db9"),
    );
    let ready = read(kind, beacon(), |target| target.identity = vec![check])
        .await
        .unwrap();
    assert_eq!((ready.stage, ready.height, ready.peers_out), (Stage::Ready, 1000, 40));
    assert_eq!(
        (ready.version.as_str(), ready.chain.as_str(), ready.tip.as_str()),
        ("8.2.2", "1", "0xroot")
    );

    let syncing = |data: Value| json!({"GET /eth/v1/node/syncing": {"data": data}});
    let half = syncing(json!({"head_slot": "500", "sync_distance": "500", "is_syncing": true}));
    let half = read(kind, with(&beacon(), half), |_| {}).await.unwrap();
    assert_eq!(
        (half.stage, half.percent, half.target),
        (Stage::Blocks, Some(50.0), Some(1000))
    );
    let optimistic =
        syncing(json!({"head_slot": "1000", "sync_distance": "0", "is_syncing": false, "is_optimistic": true}));
    let optimistic = read(kind, with(&beacon(), optimistic), |_| {}).await.unwrap();
    assert_eq!((optimistic.stage, optimistic.percent), (Stage::Blocks, Some(99.99)));
    assert!(optimistic.detail.unwrap().contains("execution client"));
    let offline = syncing(json!({"head_slot": "1000", "sync_distance": "0", "is_syncing": false, "el_offline": true}));
    let offline = read(kind, with(&beacon(), offline), |_| {}).await.unwrap();
    assert!(
        offline.stage == Stage::Blocks && offline.warnings[0].contains("execution client"),
        "{offline:?}"
    );
    let unwell = json!({"GET /eth/v1/node/health": status(206, json!(""))});
    assert_eq!(
        read(kind, with(&beacon(), unwell), |_| {}).await.unwrap().stage,
        Stage::Blocks
    );
    let starting = json!({"GET /eth/v1/node/syncing": status(503, json!({"code": 503, "message": "beacon chain is not initialized"}))});
    let starting = read(kind, with(&beacon(), starting), |_| {}).await.unwrap_err();
    assert!(
        matches!(starting, ProbeFailure::WarmingUp { ref message } if message.contains("not initialized")),
        "{starting}"
    );
}

#[tokio::test]
async fn a_pair_is_ready_when_both_are() {
    let [execution, consensus] = [node(geth()).await, node(beacon()).await];
    let pair = |consensus: Target| Target {
        companions: vec![Target {
            label: "consensus".to_owned(),
            ..consensus
        }],
        ..execution.of_kind(ProbeKind::EthereumExecution)
    };
    let ready = Probe::new(pair(consensus.of_kind(ProbeKind::EthereumBeacon)))
        .read(NOW)
        .await
        .unwrap();
    assert_eq!((ready.stage, ready.height), (Stage::Ready, 21_000_000));
    let refusing = node(json!({"GET /eth/v1/node/syncing": status(401, json!("no"))})).await;
    let report = Probe::new(pair(refusing.of_kind(ProbeKind::EthereumBeacon)))
        .read(NOW)
        .await
        .unwrap();
    assert_eq!(
        (report.stage, report.height, report.percent),
        (Stage::Blocks, 21_000_000, None)
    );
    assert_eq!(report.warnings, ["consensus: the node refuses the password"]);
}

#[tokio::test]
async fn op_node_measures_itself_by_its_own_clock() {
    let block = |number: u64, age: i64| json!({"unsafe_l2": {"hash": "0xl2", "number": number, "timestamp": ago(age)}});
    let table = json!({
        "optimism_syncStatus": block(500, 2), "optimism_version": "v1.19.2", "opp2p_peerStats": {"connected": 9},
        "optimism_rollupConfig": {"genesis": {"l2": {"number": 0}, "l2_time": ago(2000)}, "block_time": 2, "l2_chain_id": 10},
    });
    let kind = ProbeKind::OpNode;
    let ready = read(kind, table.clone(), |_| {}).await.unwrap();
    assert_eq!(
        (ready.stage, ready.chain.as_str(), ready.peers_out),
        (Stage::Ready, "10", 9)
    );
    let half = read(
        kind,
        with(&table, json!({"optimism_syncStatus": block(500, 1000)})),
        |_| {},
    )
    .await
    .unwrap();
    assert_eq!(
        (half.stage, half.percent, half.target),
        (Stage::Blocks, Some(50.0), Some(1000))
    );
    let empty = read(kind, with(&table, json!({"optimism_syncStatus": block(0, 2)})), |_| {})
        .await
        .unwrap();
    assert_ne!(
        empty.stage,
        Stage::Ready,
        "the first block is not the tip, however young"
    );
}

fn monerod(changes: Value) -> Value {
    let mut info = fixture("monerod-0.18.0.0/get_info-offline.json");
    for (key, value) in changes.as_object().unwrap() {
        info[key] = value.clone();
    }
    json!({"get_info": info, "get_last_block_header": {"block_header": {"timestamp": ago(60)}}})
}

#[tokio::test]
async fn monerod_calls_itself_synchronized_too_early() {
    let kind = ProbeKind::Monerod;
    let private = read(kind, monerod(json!({})), |target| target.needs_peers = false)
        .await
        .unwrap();
    assert_eq!(
        (private.stage, private.height, private.version.as_str()),
        (Stage::Ready, 1, "0.18.0.0")
    );
    let captured = read(kind, monerod(json!({})), |_| {}).await.unwrap();
    assert_eq!(
        captured.stage,
        Stage::PreHeaders,
        "synchronized at height 1, offline and without peers"
    );
    assert!(captured.warnings[0].contains("--offline"), "{captured:?}");
    let on_main = json!({"nettype": "mainnet", "offline": false, "height": 1, "outgoing_connections_count": 3});
    let early = read(kind, monerod(on_main), |_| {}).await.unwrap();
    assert_ne!(early.stage, Stage::Ready, "no peer has said how much there is");
    let half = json!({"nettype": "mainnet", "height": 50, "target_height": 100, "synchronized": false, "busy_syncing": true,
        "outgoing_connections_count": 3});
    let half = read(kind, monerod(half), |_| {}).await.unwrap();
    assert_eq!(
        (half.stage, half.percent, half.target, half.peers_out),
        (Stage::Blocks, Some(50.0), Some(100), 3)
    );
    let done = json!({"nettype": "mainnet", "height": 100, "target_height": 0, "synchronized": true, "outgoing_connections_count": 3});
    let done = read(kind, monerod(done), |_| {}).await.unwrap();
    assert_eq!(
        (done.stage, done.percent, done.target),
        (Stage::Ready, Some(100.0), Some(100))
    );
}

#[tokio::test]
async fn monerod_on_its_restricted_port_tells_no_peers() {
    let mut table = monerod(json!({}));
    table["get_info"] = fixture("monerod-0.18.0.0/get_info-restricted.json");
    table["get_info"]["nettype"] = json!("mainnet");
    table["get_info"]["height"] = json!(3_000_000);
    let report = read(ProbeKind::Monerod, table, |_| {}).await.unwrap();
    assert_eq!(
        (report.stage, report.size_on_disk),
        (Stage::Ready, None),
        "0 peers means unknown there"
    );
}

#[tokio::test]
async fn monerod_that_is_busy_is_starting() {
    for table in [
        monerod(json!({"status": "BUSY"})),
        json!({"get_info": error(-9, "Core is busy")}),
    ] {
        let failure = read(ProbeKind::Monerod, table, |_| {}).await.unwrap_err();
        assert!(matches!(failure, ProbeFailure::WarmingUp { .. }), "{failure}");
    }
    let check = identity("get_info", json!([]), Some("/nettype"), json!("mainnet"));
    let wrong = read(ProbeKind::Monerod, monerod(json!({})), |target| {
        target.identity = vec![check];
    })
    .await
    .unwrap_err();
    assert!(
        matches!(wrong, ProbeFailure::WrongChain { ref found, .. } if found == "fakechain"),
        "{wrong}"
    );
}

fn zebra() -> Value {
    json!({
        "getblockchaininfo": {"chain": "main", "blocks": 3_600_000, "headers": 3_600_000, "estimatedheight": 3_600_001,
            "verificationprogress": 0.999, "bestblockhash": "00aa", "size_on_disk": 260_000_000_000_u64},
        "getpeerinfo": [{"addr": "1.2.3.4:8233", "inbound": false}, {"addr": "1.2.3.5:8233", "inbound": true}],
        "getinfo": {"build": "7.0.0", "subversion": "/Zebra:7.0.0/"},
        "getblockheader": {"hash": "00aa", "time": ago(30)},
    })
}

#[tokio::test]
async fn zebra_without_peers_is_at_the_beginning_whatever_its_progress_says() {
    let kind = ProbeKind::Zebra;
    let ready = read(kind, zebra(), |_| {}).await.unwrap();
    assert_eq!(
        (ready.stage, ready.peers_in, ready.peers_out, ready.version.as_str()),
        (Stage::Ready, 1, 1, "7.0.0")
    );
    let lie = json!({"getpeerinfo": [], "getblockchaininfo": {"chain": "main", "blocks": 0, "headers": 0,
        "estimatedheight": 6_648_554, "verificationprogress": 1.0, "bestblockhash": "00aa"}});
    let lie = read(kind, with(&zebra(), lie), |_| {}).await.unwrap();
    assert_eq!(
        (lie.stage, lie.percent, lie.target),
        (Stage::PreHeaders, Some(0.0), Some(6_648_554))
    );
    let half = json!({"getblockheader": {"time": ago(100_000_000)}, "getblockchaininfo": {"chain": "main", "blocks": 900_000,
        "estimatedheight": 3_600_000, "bestblockhash": "00aa"}});
    let half = read(kind, with(&zebra(), half), |_| {}).await.unwrap();
    assert_eq!((half.stage, half.percent), (Stage::Blocks, Some(25.0)));
}

#[tokio::test]
async fn zebra_without_any_block_is_known_by_its_chains_first_one() {
    let state = json!({"getpeerinfo": [], "getblockchaininfo": {"chain": "main", "blocks": 0, "headers": 0,
        "estimatedheight": 0, "verificationprogress": 0.0, "bestblockhash": "00aa"},
        "getblockhash": error(-1, "No blocks in state"), "getblockheader": error(-5, "block height not in best chain")});
    let table = with(&zebra(), state);
    for (hash, is_right) in [("00aa", true), ("00bb", false)] {
        let question = identity("getblockhash", json!([0]), None, json!(hash));
        let report = read(ProbeKind::Zebra, table.clone(), |target| {
            target.identity = vec![question];
        })
        .await;
        match report {
            Ok(report) => assert!(is_right && report.stage == Stage::PreHeaders, "{report:?}"),
            Err(failure) => assert!(
                !is_right && matches!(failure, ProbeFailure::WrongChain { .. }),
                "{failure}"
            ),
        }
    }
    let blocks = json!({"getblockhash": error(-1, "No blocks in state")});
    let question = identity("getblockhash", json!([0]), None, json!("00aa"));
    let unclear = read(ProbeKind::Zebra, with(&zebra(), blocks), |target| {
        target.identity = vec![question];
    })
    .await;
    assert!(
        matches!(unclear, Err(ProbeFailure::Unreadable { .. })),
        "its tip is another block: {unclear:?}"
    );
}

#[tokio::test]
async fn zebra_is_asked_with_its_cookie() {
    let node = node(zebra()).await;
    let mut target = node.of_kind(ProbeKind::Zebra);
    target.token = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/zebra-by-hand/cookie"));
    assert!(Probe::new(target.clone()).read(NOW).await.is_ok());
    target.token = Some("/nowhere/.cookie".into());
    let failure = Probe::new(target).read(NOW).await.unwrap_err();
    assert!(
        matches!(failure, ProbeFailure::WarmingUp { ref message } if message.contains(".cookie")),
        "{failure}"
    );
}

#[tokio::test]
async fn solana_tells_what_is_behind() {
    let table = json!({"getHealth": "ok", "getSlot": 300, "getVersion": {"solana-core": "2.3.13"}, "getGenesisHash": "5eykt",
        "getClusterNodes": [{"pubkey": "a"}, {"pubkey": "b"}]});
    let kind = ProbeKind::Solana;
    let ready = read(kind, table.clone(), |_| {}).await.unwrap();
    assert_eq!(
        (ready.stage, ready.height, ready.chain.as_str(), ready.peers_out),
        (Stage::Ready, 300, "5eykt", 1)
    );
    let behind = json!({"getHealth": {"__error": {"code": -32005, "message": "Node is behind by 100 slots", "data": {"numSlotsBehind": 100}}}});
    let behind = read(kind, with(&table, behind), |_| {}).await.unwrap();
    assert_eq!(
        (behind.stage, behind.percent, behind.target),
        (Stage::Blocks, Some(75.0), Some(400))
    );
    let alone = with(&table, json!({"getClusterNodes": [{"pubkey": "a"}]}));
    assert_ne!(read(kind, alone.clone(), |_| {}).await.unwrap().stage, Stage::Ready);
    assert_eq!(
        read(kind, alone, |target| target.needs_peers = false)
            .await
            .unwrap()
            .stage,
        Stage::Ready
    );
}

#[tokio::test]
async fn litecoin_dogecoin_and_bitcoin_cash_are_read_like_bitcoin() {
    for (subversion, number, extra, version) in [
        (
            "/LitecoinCore:0.21.2.1/",
            210_201,
            json!({"initialblockdownload": false}),
            "0.21.2.1",
        ),
        // Dogecoin Core 1.14 has no `initialblockdownload` in some builds, and does not tell connections apart.
        ("/Shibetoshi:1.14.9/", 1_140_900, json!({}), "1.14.9"),
        (
            "/Bitcoin Cash Node:29.0.0(EB32.0)/",
            29_000_000,
            json!({"initialblockdownload": false}),
            "29.0.0",
        ),
    ] {
        let chain = |blocks: u64, progress: f64| {
            let fixed = json!({"chain": "main", "blocks": blocks, "headers": 900, "bestblockhash": "00aa",
                "verificationprogress": progress, "mediantime": ago(3000)});
            with(&fixed, extra.clone())
        };
        let table = |blocks, progress| {
            json!({"getblockchaininfo": chain(blocks, progress), "getpeerinfo": [{"startingheight": 900, "synced_headers": 900}],
                "getnetworkinfo": {"version": number, "subversion": subversion, "connections": 8}})
        };
        let ready = read(ProbeKind::Bitcoind, table(900, 1.0), |_| {}).await.unwrap();
        assert_eq!(
            (ready.stage, ready.version.as_str(), ready.peers_out),
            (Stage::Ready, version, 8),
            "{subversion}"
        );
        let third = read(ProbeKind::Bitcoind, table(300, 0.21), |_| {}).await.unwrap();
        assert_eq!(
            (third.stage, third.percent),
            (Stage::Blocks, Some(21.0)),
            "{subversion}"
        );
    }
}

#[tokio::test]
async fn a_node_of_the_old_family_says_that_it_starts() {
    let table = json!({"getblockchaininfo": error(-28, "Rescanning...")});
    let failure = read(ProbeKind::Zebra, table, |_| {}).await.unwrap_err();
    assert_eq!(
        failure,
        ProbeFailure::WarmingUp {
            message: "Rescanning...".to_owned()
        }
    );
}
