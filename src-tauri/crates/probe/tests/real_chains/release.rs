//! Programs that take half an hour to build: Zebra and Solana's test validator. They are tested before a release.

use std::path::Path;
use std::time::{Duration, Instant};

use freehold_model::spec::ProbeKind;
use freehold_model::{Credential, Endpoint, ProbeFailure, Protocol, Secret, Stage};
use freehold_probe::rpc::{CallError, Client};
use freehold_probe::{Probe, Target, identify};
use serde_json::{Value, json};

use crate::program::{Program, free_port, identity, is_ready, named, now, post, read_until, write};

const ZCASH_GENESIS: &str = "00040fe8ec8471911baa1db1266ea15dd06b4a8a5c453883c000b031973dce08";
const ZCASH_REGTEST_GENESIS: &str = "029f11d80ef9765602235e1bc9727e3eb6ba20839319f761fee920d63401e327";

/// Starts a zebrad that asks nobody on the network.
fn zebra(zebrad: &Path, network: &str, rpc: u16) -> Program {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().display();
    // Where what blocks earn would go; mainnet refuses an address of a test chain.
    let mining = match network {
        "Regtest" => "[mining]\nminer_address = \"t27eWDgjFYJGVXmzrXeVjnb5J3uXDM9xH9v\"\n",
        _ => "",
    };
    let settings = format!(
        "[network]\nnetwork = \"{network}\"\nlisten_addr = \"127.0.0.1:{}\"\ninitial_mainnet_peers = []\n\
         initial_testnet_peers = []\ncache_dir = false\n\
         [state]\ncache_dir = \"{place}\"\n\
         [rpc]\nlisten_addr = \"127.0.0.1:{rpc}\"\nenable_cookie_auth = true\ncookie_dir = \"{place}\"\n\
         {mining}[tracing]\nuse_color = false\n",
        free_port()
    );
    write(&folder.path().join("zebrad.toml"), &settings);
    Program::start_in(folder, zebrad, |folder| {
        let settings = folder.join("zebrad.toml").display().to_string();
        vec!["--config".to_owned(), settings, "start".to_owned()]
    })
}

fn zebra_target(node: &Program, rpc: u16, needs_peers: bool, genesis: &str) -> Target {
    Target {
        token: Some(node.folder.path().join(".cookie")),
        identity: identity("getblockhash", json!([0]), "", json!(genesis)),
        needs_peers,
        ..Target::new(ProbeKind::Zebra, "127.0.0.1", rpc)
    }
}

/// A zebrad that has just written its first block refuses for a moment to mine, as if there were none: the block is in
/// its database before the part that mines hears of it.
const FIRST_BLOCK_IS_HEARD_OF: Duration = Duration::from_secs(20);

/// A call of zebrad beside the probe's.
async fn zebra_call(node: &Program, rpc: u16, method: &str, params: Value) -> Value {
    let cookie = std::fs::read_to_string(node.folder.path().join(".cookie")).unwrap();
    let (user, password) = cookie.trim().split_once(':').unwrap();
    let client = Client::new(&Endpoint {
        protocol: Protocol::BitcoinHttp,
        host: "127.0.0.1".to_owned(),
        port: rpc,
        credential: Some(Credential {
            user: user.to_owned(),
            password: Secret::new(password),
        }),
    });
    let limit = Duration::from_mins(1);
    let start = Instant::now();
    loop {
        match client.call_within(method, params.clone(), limit).await {
            Ok(value) => return value,
            Err(CallError::Rpc { message, .. })
                if message.contains("state is empty") && start.elapsed() < FIRST_BLOCK_IS_HEARD_OF =>
            {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(error) => panic!("{method}: {error:?}"),
        }
    }
}

#[tokio::test]
async fn zebra_on_a_private_chain_is_ready_and_tells_its_blocks() {
    let Some(zebrad) = named("FREEHOLD_TEST_ZEBRAD") else {
        return;
    };
    let rpc = free_port();
    let node = zebra(&zebrad, "Regtest", rpc);
    let target = zebra_target(&node, rpc, false, ZCASH_REGTEST_GENESIS);
    let probe = Probe::new(target.clone());
    let (empty, _, failures) = read_until(&probe, is_ready).await;
    assert_eq!((empty.height, empty.version.as_str()), (0, "7.0.0"), "{empty:?}");
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure, ProbeFailure::Silent { .. } | ProbeFailure::WarmingUp { .. })),
        "{failures:?}"
    );

    // It has no peer and no block but the first, and says that its chain is complete.
    let said = zebra_call(&node, rpc, "getblockchaininfo", json!([])).await;
    assert_eq!(
        (said["verificationprogress"].as_f64(), said["blocks"].as_u64()),
        (Some(1.0), Some(0)),
        "{said}"
    );
    let following = Probe::new(zebra_target(&node, rpc, true, ZCASH_REGTEST_GENESIS));
    let waiting = following.read(now()).await.unwrap();
    assert_eq!(
        (waiting.stage, waiting.percent),
        (Stage::PreHeaders, Some(0.0)),
        "{waiting:?}"
    );

    zebra_call(&node, rpc, "generate", json!([20])).await;
    let (made, ..) = read_until(&probe, |report| report.height == 20).await;
    assert_eq!((made.stage, made.percent), (Stage::Ready, Some(100.0)), "{made:?}");
    assert!(made.tip != empty.tip && made.tip_age.is_some(), "{made:?}");

    let wrong = zebra_target(&node, rpc, false, ZCASH_GENESIS);
    let wrong = Probe::new(wrong).read(now()).await.unwrap_err();
    assert!(
        matches!(wrong, ProbeFailure::WrongChain { ref found, .. } if found == ZCASH_REGTEST_GENESIS),
        "{wrong}"
    );
    let old = node.folder.path().join("old");
    write(&old, "__cookie__:of another run");
    let refused = Probe::new(Target {
        token: Some(old),
        ..target
    });
    let refused = refused.read(now()).await.unwrap_err();
    assert_eq!(refused, ProbeFailure::AuthenticationFailed);
}

#[tokio::test]
async fn zebra_on_mainnet_without_a_peer_is_at_the_beginning() {
    let Some(zebrad) = named("FREEHOLD_TEST_ZEBRAD") else {
        return;
    };
    let rpc = free_port();
    let node = zebra(&zebrad, "Mainnet", rpc);
    let probe = Probe::new(zebra_target(&node, rpc, true, ZCASH_GENESIS));
    let (report, _, failures) = read_until(&probe, |_| true).await;
    assert_eq!(
        (report.stage, report.percent, report.height, report.peers_out),
        (Stage::PreHeaders, Some(0.0), 0, 0),
        "{report:?}"
    );
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure, ProbeFailure::Silent { .. } | ProbeFailure::WarmingUp { .. })),
        "no block is there yet, and that is no failure: {failures:?}"
    );
    let other = Probe::new(zebra_target(&node, rpc, true, ZCASH_REGTEST_GENESIS));
    let wrong = other.read(now()).await.unwrap_err();
    assert!(matches!(wrong, ProbeFailure::WrongChain { .. }), "{wrong}");
}

#[tokio::test]
async fn a_solana_validator_is_healthy_and_its_slots_rise() {
    let Some(validator) = named("FREEHOLD_TEST_SOLANA") else {
        return;
    };
    let [rpc, faucet, gossip] = std::array::from_fn(|_| free_port());
    let _validator = Program::start(&validator, |folder| {
        let pairs = [
            ("--ledger", folder.join("ledger").display().to_string()),
            ("--bind-address", "127.0.0.1".to_owned()),
            ("--rpc-port", rpc.to_string()),
            ("--faucet-port", faucet.to_string()),
            ("--gossip-port", gossip.to_string()),
        ];
        let pairs = pairs.into_iter().flat_map(|(name, value)| [name.to_owned(), value]);
        pairs.chain(["--log".to_owned()]).collect()
    });
    let genesis = |hash: &Value| identity("getGenesisHash", json!([]), "", hash.clone());
    let target = Target {
        needs_peers: false,
        ..Target::new(ProbeKind::Solana, "127.0.0.1", rpc)
    };
    let probe = Probe::new(target.clone());
    let (first, _, failures) = read_until(&probe, |report| is_ready(report) && report.height > 0).await;
    assert_eq!(
        (first.version.as_str(), first.percent),
        ("2.3.13", Some(100.0)),
        "{first:?}"
    );
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure, ProbeFailure::Silent { .. } | ProbeFailure::WarmingUp { .. })),
        "{failures:?}"
    );
    let start = Instant::now();
    let (later, reports, _) = read_until(&probe, |report| report.height >= first.height + 10).await;
    println!("solana: ten slots in {:?}", start.elapsed());
    assert!(
        reports.windows(2).all(|pair| pair[0].height <= pair[1].height),
        "{reports:?}"
    );
    assert!(
        is_ready(&later) && later.tip != first.tip && later.chain == first.chain,
        "{later:?}"
    );
    probe
        .wait_for_change(&later.tip, Duration::from_secs(20))
        .await
        .unwrap();
    assert!(probe.read(now()).await.unwrap().height > later.height);

    let call = json!({"jsonrpc": "2.0", "id": 0, "method": "getGenesisHash", "params": []});
    let hash = post(rpc, "/", &call).await["result"].clone();
    assert_eq!(hash, first.chain.as_str());
    let known = Target {
        identity: genesis(&hash),
        ..target.clone()
    };
    assert!(Probe::new(known).read(now()).await.is_ok());
    let wrong = Target {
        identity: genesis(&json!("5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d")),
        ..target.clone()
    };
    let wrong = Probe::new(wrong).read(now()).await.unwrap_err();
    assert!(matches!(wrong, ProbeFailure::WrongChain { .. }), "{wrong}");
    let alone = Target {
        needs_peers: true,
        ..target
    };
    let alone = Probe::new(alone).read(now()).await.unwrap();
    assert_ne!(alone.stage, Stage::Ready, "a cluster of one: {alone:?}");

    let endpoint = Endpoint {
        protocol: Protocol::SolanaHttp,
        host: "127.0.0.1".to_owned(),
        port: rpc,
        credential: None,
    };
    let found = identify(&endpoint, &genesis(&hash)).await.unwrap();
    assert_eq!((found.version.as_str(), found.chain), ("2.3.13", first.chain));
}
