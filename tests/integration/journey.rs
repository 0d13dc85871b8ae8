//! From nothing to a synced node and a switched wallet, and back to nothing.

use std::time::{Duration, Instant};

use freehold_tests::sandbox::Sandbox;
use serde_json::Value;

/// Blocks that the miner makes: the second node takes a few seconds for them, so that its progress can be seen.
const BLOCKS: u32 = 3000;

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// Mines through the miner's `bitcoin-cli` credential, as its user would.
fn mine(sandbox: &Sandbox, blocks: u32) {
    sandbox
        .run(&["wallet", "switch", "bitcoin-cli", "--node", "miner", "--yes"])
        .ok();
    for _ in 0..blocks.div_ceil(500) {
        sandbox
            .bitcoin_cli(&["generatetodescriptor", "500", "raw(51)#8lvh9jxk"])
            .expect("the miner mines");
    }
    sandbox.run(&["wallet", "revert", "bitcoin-cli", "--yes"]).ok();
}

#[test]
fn a_node_syncs_from_another_and_a_wallet_is_switched_to_it_and_back() {
    let Some(sandbox) = Sandbox::new() else { return };
    let config = sandbox.home().join(".bitcoin/bitcoin.conf");
    std::fs::create_dir_all(config.parent().unwrap()).unwrap();
    let original = b"# mine\r\nserver=1\r\n[regtest]\r\nrpcport=19999 \r\n\r\n# the end";
    std::fs::write(&config, original).unwrap();

    let miner = sandbox
        .run(&[
            "install",
            "bitcoin-core",
            "--network",
            "regtest",
            "--name",
            "miner",
            "--wait",
            "ready",
            "--yes",
        ])
        .ok();
    assert_eq!(
        miner["status"]["state"], "ready",
        "a private chain without peers is complete: {miner}"
    );
    mine(&sandbox, BLOCKS);

    // The second node is looked at from another process while it is installed, as a person would.
    let mut install = sandbox.command();
    install.args([
        "--json",
        "install",
        "bitcoin-core",
        "--network",
        "regtest",
        "--name",
        "mine",
    ]);
    install.args(["--set", "addnode=miner:18444", "--wait", "ready", "--yes"]);
    let installing = install
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let readings = watch_sync(&sandbox);
    let installed = freehold_tests::sandbox::outcome(&["install"], &installing.wait_with_output().unwrap()).ok();

    let between = readings
        .iter()
        .filter(|reading| **reading > 0.0 && **reading < 100.0)
        .count();
    assert!(between > 0, "the sync was never seen under way: {readings:?}");
    assert!(
        readings.windows(2).all(|pair| pair[0] <= pair[1]),
        "progress went backwards: {readings:?}"
    );
    assert_eq!(installed["status"]["state"], "ready");
    assert_eq!(installed["height"], BLOCKS, "it has every block");
    assert_eq!(
        installed["services"][0]["digest"],
        text(&miner["services"][0]["digest"]),
        "pulled by the same digest"
    );
    assert!(
        sandbox
            .environment
            .image
            .ends_with(text(&installed["services"][0]["digest"])),
        "the catalog's digest"
    );

    let diff = sandbox.run(&["wallet", "diff", "bitcoin-cli", "--node", "mine"]).ok();
    let password = std::fs::read_to_string(sandbox.data().join("secrets/mine/bitcoin-cli.password")).unwrap();
    assert!(
        !diff.to_string().contains(password.trim()),
        "a diff never shows the password"
    );
    assert_eq!(std::fs::read(&config).unwrap(), original, "a diff changes nothing");

    let switched = sandbox
        .run(&["wallet", "switch", "bitcoin-cli", "--node", "mine", "--yes"])
        .ok();
    assert_eq!(
        switched["height"], BLOCKS,
        "the endpoint itself was asked after the switch"
    );
    assert_eq!(
        sandbox.bitcoin_cli(&["getblockcount"]),
        Ok(BLOCKS.to_string()),
        "the real tool reads our node's tip"
    );
    let refused = sandbox.bitcoin_cli(&["stop"]);
    assert!(refused.is_err(), "a wallet's credential cannot stop the node");
    let again = std::fs::metadata(&config).unwrap().modified().unwrap();
    sandbox
        .run(&["wallet", "switch", "bitcoin-cli", "--node", "mine", "--yes"])
        .ok();
    assert_eq!(
        std::fs::metadata(&config).unwrap().modified().unwrap(),
        again,
        "switching twice does not touch the file"
    );

    let reverted = sandbox.run(&["wallet", "revert", "bitcoin-cli", "--yes"]).ok();
    assert_eq!(reverted["exact"], true);
    assert_eq!(std::fs::read(&config).unwrap(), original, "the exact bytes are back");
    assert!(
        sandbox.bitcoin_cli(&["getblockcount"]).is_err(),
        "and the tool no longer reaches our node"
    );

    let stopped = sandbox.run(&["stop", "mine"]).ok();
    assert_eq!(stopped["status"]["state"], "stopped");
    let started = sandbox.run(&["start", "mine"]).ok();
    assert_eq!(started["desired"], "running");
    let removed = sandbox.run(&["remove", "mine"]).ok();
    let chain = std::path::Path::new(text(&removed["data_dir"])).join("chain");
    assert!(chain.join("regtest/blocks").exists(), "remove keeps the chain data");
    let erased = sandbox.run(&["erase", "miner", "--yes"]).ok();
    assert!(
        erased["data_bytes"].as_u64().unwrap() > 1_000_000,
        "says how many bytes went: {erased}"
    );
    assert!(
        !std::path::Path::new(text(&erased["data_dir"])).exists(),
        "erase takes the chain data"
    );
    sandbox.assert_nothing_left();
}

/// Percent of the node `mine` while it syncs, until it is ready.
fn watch_sync(sandbox: &Sandbox) -> Vec<f64> {
    let mut readings = Vec::new();
    let until = Instant::now() + Duration::from_secs(90);
    while Instant::now() < until {
        let seen = sandbox.run(&["status", "mine"]);
        match seen.json["status"]["state"].as_str() {
            Some("syncing") => readings.push(seen.json["status"]["progress"].as_f64().unwrap()),
            Some("ready") => return readings,
            _ => {}
        }
    }
    panic!("the node did not become ready; last progress: {:?}", readings.last());
}

#[test]
fn a_new_start_adopts_what_runs_and_a_second_owner_is_refused() {
    let Some(sandbox) = Sandbox::new() else { return };
    let installed = sandbox.install_regtest();
    let container = &installed["services"][0]["container"];
    let adopted = sandbox.run(&["status", "bitcoin-core-regtest"]).ok();
    assert_eq!(
        adopted["services"][0]["container"], *container,
        "the next process finds the same container"
    );
    assert_eq!(adopted["status"]["state"], "ready");

    let mut server = sandbox
        .command()
        .args(["serve", "--json"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(server.stdout.take().unwrap()), &mut line).unwrap();
    let second = sandbox.run(&["serve"]);
    let through = sandbox.run(&["status", "bitcoin-core-regtest"]);
    // End it before anything is asserted, so that a failure leaves no process.
    server.kill().unwrap();
    server.wait().unwrap();
    second.fault("already-running");
    assert_eq!(
        through.ok()["status"]["state"],
        "ready",
        "the command line talks to the owner"
    );
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn restart_gives_a_new_start_and_keeps_the_data() {
    let Some(sandbox) = Sandbox::new() else { return };
    let before = sandbox.install_regtest();
    let after = sandbox.run(&["restart", "bitcoin-core-regtest"]).ok();
    let started = |node: &Value| node["services"][0]["started_at"].as_i64().unwrap();
    assert!(started(&after) > started(&before), "it was started anew");
    let activity = sandbox.run(&["activity"]).ok();
    let failures = activity["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["kind"] == "fault")
        .count();
    assert_eq!(failures, 0, "a stop that was asked for is no failure: {activity}");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn the_real_home_is_never_touched() {
    let Some(sandbox) = Sandbox::new() else { return };
    let fake = tempfile::tempdir().unwrap();
    // The process's own HOME is an empty folder here: whatever it wrote there would be seen.
    let run = |args: &[&str]| {
        let output = sandbox
            .command()
            .env("HOME", fake.path())
            .arg("--json")
            .args(args)
            .output()
            .unwrap();
        freehold_tests::sandbox::outcome(args, &output).ok()
    };
    run(&freehold_tests::sandbox::INSTALL_REGTEST);
    run(&[
        "wallet",
        "switch",
        "bitcoin-cli",
        "--node",
        "bitcoin-core-regtest",
        "--yes",
    ]);
    run(&["wallet", "revert", "bitcoin-cli", "--yes"]);
    run(&["erase", "bitcoin-core-regtest", "--yes"]);
    let written: Vec<_> = std::fs::read_dir(fake.path()).unwrap().collect();
    assert!(written.is_empty(), "the real home was touched: {written:?}");
    sandbox.assert_nothing_left();
}

#[test]
fn commands_at_the_same_time_take_turns() {
    let Some(sandbox) = Sandbox::new() else { return };
    let children: Vec<_> = (0..8)
        .map(|_| {
            let mut status = sandbox.command();
            status.args(["--json", "status"]).stdout(std::process::Stdio::piped());
            status.stderr(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        freehold_tests::sandbox::outcome(&["status"], &output).ok();
    }
}
