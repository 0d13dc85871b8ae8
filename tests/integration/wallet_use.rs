//! Proof of use: a call with a wallet's login is seen in the node's own log, Freehold's own calls are not, and settings
//! that somebody changes back are noticed.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use freehold_tests::home::Wallets;
use freehold_tests::look::{text, wallet_row};
use freehold_tests::sandbox::Sandbox;
use freehold_tests::server::Server;
use serde_json::Value;

use super::crash::NODE;
use super::credentials::{credential, list, sparrow_login, status, switch};

/// A use is shown within this time.
const SEEN_WITHIN: Duration = Duration::from_secs(15);
/// Freehold's own calls end this long before another call can be told from them.
const APART: Duration = Duration::from_secs(4);

fn sparrow(sandbox: &Sandbox) -> Value {
    wallet_row(sandbox, "sparrow", "regtest")
}

/// Asks for the row until it is so.
fn until(sandbox: &Sandbox, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let row = sparrow(sandbox);
        if is_so(&row) {
            return row;
        }
        assert!(begun.elapsed() < SEEN_WITHIN, "{what}: {row}");
        std::thread::sleep(Duration::from_millis(500));
    }
}

/// In place, as a wallet saves its settings.
fn save(path: &Path, bytes: &[u8]) {
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(bytes).unwrap();
}

fn told(sandbox: &Sandbox, words: &str) -> usize {
    let entries = sandbox.run(&["activity"]).ok();
    entries.to_string().matches(words).count()
}

#[test]
fn a_wallets_call_is_seen_at_its_node_and_settings_changed_back_are_noticed() {
    let Some(sandbox) = Sandbox::new() else { return };
    let wallets = Wallets::write(&sandbox.home()).unwrap();
    sandbox.install_regtest();
    let server = Server::start(&sandbox);
    switch(&sandbox, "sparrow");
    std::thread::sleep(APART);
    let row = sparrow(&sandbox);
    assert_eq!(
        row["last_used_at"],
        Value::Null,
        "only Freehold has asked, to prove the endpoint: {row}"
    );

    assert_eq!(status(&sparrow_login(&wallets), "getblockcount", &sandbox), 200);
    let row = until(&sandbox, "the call is seen", |row| row["last_used_at"].is_i64());
    assert!(text(&row["use_note"]).contains("its own log"), "{row}");
    assert_eq!(row["attention"], Value::Null, "{row}");
    let used = credential(&list(&sandbox), "sparrow")["last_used_at"].clone();
    assert_eq!(used, row["last_used_at"]);
    let log = sandbox.run(&["logs", NODE]).ok().to_string();
    assert!(log.contains("user=sparrow"), "the wallet's call is in the node's log");
    assert!(!log.contains("user=freehold"), "Freehold's own are left out");

    let switched = std::fs::read(&wallets.sparrow).unwrap();
    let mut elsewhere: Value = serde_json::from_slice(&switched).unwrap();
    elsewhere["coreServer"] = "http://192.0.2.7:8332".into();
    save(&wallets.sparrow, &serde_json::to_vec_pretty(&elsewhere).unwrap());
    let row = until(&sandbox, "the change is noticed", |row| row["attention"].is_string());
    assert!(text(&row["attention"]).contains("192.0.2.7:8332"), "{row}");
    assert_eq!(told(&sandbox, "192.0.2.7:8332"), 1, "told once");
    save(&wallets.sparrow, &switched);
    until(&sandbox, "that it is back is noticed", |row| row["attention"].is_null());

    drop(server);
    assert_eq!(
        sparrow(&sandbox)["last_used_at"],
        used,
        "known without the Freehold that saw it"
    );
    sandbox.run(&["wallet", "revert", "sparrow", "--yes"]).ok();
    assert_eq!(sparrow(&sandbox)["attention"], Value::Null);
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}
