//! A login for each wallet: its own methods, taken back without touching the others, and given a new password that the
//! wallet's settings follow.

use std::os::unix::net::UnixListener;
use std::path::Path;

use base64::Engine as _;
use freehold_tests::home::{BITCOIN_CONF, SPARROW_CONFIG, Wallets};
use freehold_tests::http::request;
use freehold_tests::look::{show, text};
use freehold_tests::sandbox::Sandbox;
use serde_json::{Value, json};

use super::crash::{NODE, run};

/// The status of one call with this login.
fn ask(node: &Value, login: &str, method: &str) -> u16 {
    let url = node["endpoints"].as_array().unwrap()[0]["url"].as_str().unwrap();
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    let token = base64::engine::general_purpose::STANDARD.encode(login);
    let headers = [("Host", address), ("Authorization", &format!("Basic {token}"))];
    let body = json!({ "jsonrpc": "1.0", "id": 1, "method": method, "params": [] }).to_string();
    request(address, "POST /", &headers, &body).unwrap().status
}

pub(super) fn status(login: &str, method: &str, sandbox: &Sandbox) -> u16 {
    ask(&show(sandbox, NODE), login, method)
}

pub(super) fn sparrow_login(wallets: &Wallets) -> String {
    let settings: Value = serde_json::from_slice(&std::fs::read(&wallets.sparrow).unwrap()).unwrap();
    text(&settings["coreAuth"]).to_owned()
}

fn bitcoin_cli_login(wallets: &Wallets) -> String {
    let conf = std::fs::read_to_string(&wallets.bitcoin_conf).unwrap();
    let value = |key: &str| {
        let line = conf.lines().find(|line| line.starts_with(key)).unwrap();
        line.split_once('=').unwrap().1.trim().to_owned()
    };
    format!("{}:{}", value("rpcuser"), value("rpcpassword"))
}

pub(super) fn switch(sandbox: &Sandbox, wallet: &str) {
    sandbox.run(&["wallet", "switch", wallet, "--node", NODE, "--yes"]).ok();
}

pub(super) fn credential(list: &Value, consumer: &str) -> Value {
    let rows = list["credentials"].as_array().unwrap();
    rows.iter().find(|row| row["consumer"] == consumer).unwrap().clone()
}

pub(super) fn list(sandbox: &Sandbox) -> Value {
    sandbox.run(&["credential", "list", NODE]).ok()
}

fn change(sandbox: &Sandbox, action: &str, consumer: &str) -> Value {
    sandbox.run(&["credential", action, NODE, consumer, "--yes"]).ok()
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

#[test]
fn one_login_is_taken_back_and_another_gets_a_new_password() {
    let Some(sandbox) = Sandbox::new() else { return };
    let wallets = Wallets::write(&sandbox.home()).unwrap();
    sandbox.install_regtest();
    let fresh = list(&sandbox);
    assert_eq!(credential(&fresh, "sparrow")["state"], "not-handed-out", "{fresh}");
    assert_eq!(credential(&fresh, "freehold")["can_revoke"], false);

    switch(&sandbox, "bitcoin-cli");
    switch(&sandbox, "sparrow");
    let (sparrow, cli) = (sparrow_login(&wallets), bitcoin_cli_login(&wallets));
    let handed = list(&sandbox);
    for (consumer, file) in [("sparrow", &wallets.sparrow), ("bitcoin-cli", &wallets.bitcoin_conf)] {
        let row = credential(&handed, consumer);
        assert_eq!(row["state"], "active", "{row}");
        assert!(
            row["handed_out_at"].is_i64() && row["methods"].as_u64().unwrap() > 20,
            "{row}"
        );
        assert_eq!(row["files"], json!([file.display().to_string()]), "{row}");
    }
    let class = |list: &Value, consumer| text(&credential(list, consumer)["class"]).to_owned();
    assert_ne!(
        class(&handed, "sparrow"),
        class(&handed, "wasabi"),
        "each has its own methods"
    );
    for login in [&sparrow, &cli] {
        assert_eq!(status(login, "getblockcount", &sandbox), 200);
        assert_eq!(status(login, "stop", &sandbox), 403, "no wallet may stop the node");
    }
    assert_eq!(show(&sandbox, NODE)["status"]["state"], "ready");

    taken_back(&sandbox, &wallets, &sparrow, &cli);
    given_again(&sandbox, &wallets, &sparrow, &cli);
    renewed(&sandbox, &wallets, &cli);
    not_while_it_runs(&sandbox, &wallets);

    // Whatever happened to the passwords in between: back is what was there before Freehold.
    sandbox.run(&["wallet", "revert", "bitcoin-cli", "--yes"]).ok();
    sandbox.run(&["wallet", "revert", "sparrow", "--yes"]).ok();
    assert_eq!(bytes(&wallets.bitcoin_conf), BITCOIN_CONF.as_bytes());
    assert_eq!(bytes(&wallets.sparrow), SPARROW_CONFIG.as_bytes());
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

fn taken_back(sandbox: &Sandbox, wallets: &Wallets, sparrow: &str, cli: &str) {
    let (conf, settings) = (bytes(&wallets.bitcoin_conf), bytes(&wallets.sparrow));
    let unasked = sandbox
        .run(&["credential", "revoke", NODE, "sparrow"])
        .fault("confirmation-needed");
    assert!(text(&unasked["message"]).contains("started again"), "{unasked}");
    assert_eq!(
        status(sparrow, "getblockcount", sandbox),
        200,
        "nothing has happened yet"
    );

    let after = change(sandbox, "revoke", "sparrow");
    assert_eq!(credential(&after, "sparrow")["state"], "revoked", "{after}");
    assert_eq!(status(sparrow, "getblockcount", sandbox), 401);
    assert_eq!(status(cli, "getblockcount", sandbox), 200);
    assert_eq!(
        bytes(&wallets.bitcoin_conf),
        conf,
        "the other's password stays, byte for byte"
    );
    assert_eq!(
        bytes(&wallets.sparrow),
        settings,
        "nobody has touched the wallet's settings"
    );
    let rows = sandbox.run(&["wallets"]).ok();
    let mut rows = rows["wallets"].as_array().unwrap().iter();
    let row = rows.find(|row| row["id"] == "sparrow" && row["network"] == "regtest");
    let why = text(&row.unwrap()["why"]);
    assert!(why.contains("no longer lets it in"), "{why}");
    let offered = sandbox.run(&["endpoints", NODE]).ok();
    let offered = offered["endpoints"].as_array().unwrap();
    assert!(
        offered.iter().all(|row| row["consumer"] != "sparrow"),
        "it is offered to nobody"
    );
    let again = ["wallet", "switch", "sparrow", "--node", NODE, "--yes"];
    sandbox.run(&again).fault("credential-revoked");

    for (consumer, code) in [
        ("sparrow", "not-supported"),
        ("freehold", "not-supported"),
        ("nobody", "bad-request"),
    ] {
        sandbox
            .run(&["credential", "revoke", NODE, consumer, "--yes"])
            .fault(code);
    }
}

fn given_again(sandbox: &Sandbox, wallets: &Wallets, sparrow: &str, cli: &str) {
    let after = change(sandbox, "rotate", "sparrow");
    assert_eq!(credential(&after, "sparrow")["state"], "active", "{after}");
    let new = sparrow_login(wallets);
    assert_ne!(new, sparrow);
    assert_eq!(status(&new, "getblockcount", sandbox), 200);
    assert_eq!(status(sparrow, "getblockcount", sandbox), 401);
    assert_eq!(status(cli, "getblockcount", sandbox), 200);
}

fn renewed(sandbox: &Sandbox, wallets: &Wallets, cli: &str) {
    change(sandbox, "rotate", "bitcoin-cli");
    let new = bitcoin_cli_login(wallets);
    assert_ne!(new, cli);
    assert_eq!(
        status(cli, "getblockcount", sandbox),
        401,
        "the old password is refused"
    );
    assert_eq!(
        sandbox.bitcoin_cli(&["getblockcount"]).unwrap(),
        "0",
        "the program has the new one"
    );
    let activity = sandbox.run(&["activity"]).ok().to_string();
    assert!(activity.contains("new password"), "{activity}");
    assert!(!activity.contains(new.split_once(':').unwrap().1), "no secret is told");
}

fn not_while_it_runs(sandbox: &Sandbox, wallets: &Wallets) {
    let login = sparrow_login(wallets);
    let settings = bytes(&wallets.sparrow);
    let lock = wallets.sparrow.with_file_name("sparrow.lock");
    let held = UnixListener::bind(&lock).unwrap();
    sandbox
        .run(&["credential", "rotate", NODE, "sparrow", "--yes"])
        .fault("wallet-running");
    assert_eq!(status(&login, "getblockcount", sandbox), 200, "nothing was changed");
    assert_eq!(bytes(&wallets.sparrow), settings);
    drop(held);
    std::fs::remove_file(lock).unwrap();
}

#[test]
fn a_new_password_survives_a_kill_at_every_step() {
    let Some(sandbox) = Sandbox::new() else { return };
    let wallets = Wallets::write(&sandbox.home()).unwrap();
    sandbox.install_regtest();
    switch(&sandbox, "bitcoin-cli");
    let request = json!({ "node": NODE, "consumer": "bitcoin-cli", "confirmed": true });
    for step in [
        "credential.rotation.recorded",
        "credential.rotation.made",
        "credential.rotation.told",
        "credential.rotation.taken",
        "credential.rotation.followed",
    ] {
        let old = bitcoin_cli_login(&wallets);
        let (_, killed) = run(&sandbox, step, "credential_rotate", &request, "rotated");
        assert!(killed, "the kill at {step} did not happen");
        run(&sandbox, "", "", &json!({}), "rotated");
        let new = bitcoin_cli_login(&wallets);
        assert_ne!(new, old, "killed at {step}");
        assert_eq!(status(&old, "getblockcount", &sandbox), 401, "killed at {step}");
        let height = sandbox.bitcoin_cli(&["getblockcount"]);
        assert_eq!(height.as_deref(), Ok("0"), "killed at {step}");
        println!("credential_rotate: killed at {step}, carried on");
    }
    sandbox.run(&["wallet", "revert", "bitcoin-cli", "--yes"]).ok();
    assert_eq!(bytes(&wallets.bitcoin_conf), BITCOIN_CONF.as_bytes());
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn what_a_wallet_needs_is_told_before_and_mended_with_one_word() {
    let Some(sandbox) = Sandbox::new() else { return };
    let wallets = Wallets::write(&sandbox.home()).unwrap();
    let install = [
        "install",
        "bitcoin-core",
        "--network",
        "regtest",
        "--yes",
        "--wait",
        "ready",
    ];
    sandbox.run(&[&install[..], &["--set", "wallet=off"]].concat()).ok();

    let ask = ["--node", NODE];
    let diff = sandbox.run(&[&["wallet", "diff", "sparrow"], &ask[..]].concat()).ok();
    let lack = &diff["lacks"][0];
    assert_eq!(
        (text(&lack["need"]), lack["blocks"].as_bool()),
        ("wallet-functions", Some(true))
    );
    assert_eq!(lack["fix"]["set"], json!({ "wallet": "on" }), "{diff}");
    assert_eq!(lack["fix"]["command"], format!("freehold set {NODE} wallet=on"));
    let refused = [&["wallet", "switch", "sparrow", "--yes"], &ask[..]].concat();
    let fault = sandbox.run(&refused).fault("wallet-needs");
    assert!(fault["hints"].to_string().contains("wallet=on"), "{fault}");
    assert_eq!(bytes(&wallets.sparrow), SPARROW_CONFIG.as_bytes());

    sandbox.run(&[&refused[..], &["--fix"]].concat()).ok();
    assert_eq!(
        show(&sandbox, NODE)["options"].get("wallet").and_then(Value::as_str),
        Some("on")
    );
    assert_ne!(bytes(&wallets.sparrow), SPARROW_CONFIG.as_bytes());
    sandbox.run(&["wallet", "revert", "sparrow", "--yes"]).ok();
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}
