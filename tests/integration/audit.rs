//! The audit and the outage drill over a home as a person has one, and a real node.

use freehold_tests::sandbox::{Sandbox, outcome};
use serde_json::Value;

const KEY: &str = "0123456789abcdef0123456789abcdef";

fn put(path: &std::path::Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Runs a command with a variable in its environment, as a shell would have set it.
fn run(sandbox: &Sandbox, args: &[&str]) -> Value {
    let mut command = sandbox.command();
    command.env(
        "SOLANA_RPC_URL",
        format!("https://mainnet.helius-rpc.com/?api-key={KEY}"),
    );
    let output = command.arg("--json").args(args).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!printed.contains(KEY), "a key was printed by {args:?}");
    outcome(args, &output).ok()
}

fn row<'a>(report: &'a Value, list: &str, who: &str) -> &'a Value {
    let rows = report[list].as_array().unwrap();
    let found = rows.iter().find(|row| row["who"] == who || row["name"] == who);
    found.unwrap_or_else(|| panic!("{who} is missing in {report}"))
}

#[test]
fn a_machine_is_audited_and_a_drill_asks_what_is_left() {
    let Some(sandbox) = Sandbox::new() else { return };
    let home = sandbox.home();
    put(
        &home.join(".bashrc"),
        &format!("export ETH_RPC_URL=https://mainnet.infura.io/v3/{KEY}\n"),
    );
    put(
        &home.join(".bitcoin/bitcoin.conf"),
        "regtest=1\n[regtest]\nrpcconnect=btc.getblock.io\nrpcport=443\n",
    );
    let install = [
        "install",
        "bitcoin-core",
        "--network",
        "regtest",
        "--name",
        "mine",
        "--wait",
        "ready",
        "--yes",
    ];
    sandbox.run(&install).ok();

    let before = run(&sandbox, &["audit"]);
    assert_eq!(row(&before, "rows", "ETH_RPC_URL")["provider_id"], "infura");
    assert_eq!(
        row(&before, "rows", "SOLANA_RPC_URL")["read_from"][0]["kind"],
        "process"
    );
    assert_eq!(before["now"], before["before"], "nothing was switched");
    let own = before["now"]["own"].as_u64().unwrap();

    let switch = [
        "wallet",
        "switch",
        "bitcoin-cli",
        "--node",
        "mine",
        "--network",
        "regtest",
        "--yes",
    ];
    sandbox.run(&switch).ok();
    let after = run(&sandbox, &["audit"]);
    let rows = after["rows"].as_array().unwrap();
    let switched = rows
        .iter()
        .find(|row| row["id"] == "wallet:bitcoin-cli:regtest")
        .unwrap();
    assert_eq!(
        (&switched["verdict"], &switched["node"]),
        (&"own".into(), &"mine".into()),
        "{switched}"
    );
    assert!(
        switched["endpoint_before"]
            .as_str()
            .unwrap()
            .contains("btc.getblock.io"),
        "{switched}"
    );
    assert_eq!(after["now"]["own"].as_u64(), Some(own + 1), "{}", after["now"]);
    assert_eq!(after["before"], before["now"], "the score before is what it was");

    let drill = run(&sandbox, &["drill", "--without", "amazon"]);
    assert_eq!(
        row(&drill, "endpoints", "ETH_RPC_URL")["outcome"],
        "probably_stops",
        "a hint is never sure"
    );
    let endpoints = drill["endpoints"].as_array().unwrap();
    let local = endpoints
        .iter()
        .find(|row| row["id"] == "wallet:bitcoin-cli:regtest")
        .unwrap();
    assert_eq!(
        (&local["outcome"], &local["proof"]["height"]),
        (&"goes_on".into(), &0.into()),
        "{local}"
    );
    assert_eq!(row(&drill, "nodes", "mine")["proof"]["answered"], true);
    assert!(!drill["sources"].as_array().unwrap().is_empty());
    let sure = run(&sandbox, &["drill", "--without", "infura"]);
    assert_eq!(row(&sure, "endpoints", "ETH_RPC_URL")["outcome"], "stops");

    sandbox.run(&["stop", "mine"]).ok();
    let stopped = std::time::Instant::now();
    while sandbox.run(&["status", "mine"]).ok()["status"]["state"] != "stopped" {
        assert!(stopped.elapsed() < std::time::Duration::from_secs(60), "it stops");
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    let drill = run(&sandbox, &["drill", "--without", "google"]);
    let endpoints = drill["endpoints"].as_array().unwrap();
    let local = endpoints
        .iter()
        .find(|row| row["id"] == "wallet:bitcoin-cli:regtest")
        .unwrap();
    assert_eq!(local["outcome"], "does_not_answer", "{local}");
    assert_eq!(row(&drill, "nodes", "mine")["running"], false);

    let refused = sandbox.run(&["drill", "--without", "amazn"]).fault("bad-request");
    assert!(
        refused["message"].as_str().unwrap().contains("did you mean `amazon`?"),
        "{refused}"
    );
}
