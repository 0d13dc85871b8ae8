//! A wallet that runs is switched and put back when it closes, also where Freehold was started again meanwhile; everything
//! that was switched can be put back at once.

use std::os::unix::net::UnixListener;
use std::path::Path;
use std::time::Duration;

use freehold_tests::home::Wallets;
use freehold_tests::look::wallet_row;
use freehold_tests::sandbox::Sandbox;
use freehold_tests::server::Server;
use freehold_tests::wait::patiently;
use serde_json::Value;

use super::crash::NODE;
use super::credentials::switch;

/// Freehold looks every two seconds whether a wallet has closed.
const DONE_WITHIN: Duration = Duration::from_secs(20);
/// As long as this nothing may happen while the wallet runs.
const STAYS: Duration = Duration::from_secs(5);

fn row(sandbox: &Sandbox) -> Value {
    wallet_row(sandbox, "sparrow", "regtest")
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    patiently(what, DONE_WITHIN, || is_so().then_some(()));
}

#[test]
fn a_wallet_that_runs_is_changed_when_it_closes_and_everything_goes_back_at_once() {
    let Some(sandbox) = Sandbox::new() else { return };
    let wallets = Wallets::write(&sandbox.home()).unwrap();
    let before = wallets.all_files().unwrap();
    sandbox.install_regtest();
    let lock = wallets.sparrow.with_file_name("sparrow.lock");
    let held = UnixListener::bind(&lock).unwrap();
    let original = bytes(&wallets.sparrow);

    let server = Server::start(&sandbox);
    let change = sandbox
        .run(&["wallet", "switch", "sparrow", "--node", NODE, "--when-closed", "--yes"])
        .ok();
    assert!(change["waiting"] == true && change["changed"] == false, "{change}");
    assert!(row(&sandbox)["waiting"].as_str().unwrap().contains("When it closes"));
    std::thread::sleep(STAYS);
    assert_eq!(bytes(&wallets.sparrow), original, "it runs still");
    drop(server);
    // What was asked for is still meant after a start.
    let server = Server::start(&sandbox);
    assert!(row(&sandbox)["waiting"].is_string());
    drop(held);
    until("Sparrow closed, and is switched", || {
        bytes(&wallets.sparrow) != original
    });
    until("the row waits no more", || row(&sandbox)["waiting"].is_null());
    assert_eq!(row(&sandbox)["can_revert"], true);

    // Everything back, with one wallet that runs.
    switch(&sandbox, "bitcoin-cli");
    std::fs::remove_file(&lock).unwrap();
    let held = UnixListener::bind(&lock).unwrap();
    let switched = bytes(&wallets.sparrow);
    let report = sandbox.run(&["wallet", "revert", "--all", "--yes"]).ok();
    assert_eq!(report["failed"], Value::Array(Vec::new()), "{report}");
    assert_eq!(report["done"].as_array().unwrap().len(), 2, "{report}");
    assert_eq!(bytes(&wallets.sparrow), switched, "it runs still");
    drop(held);
    until("Sparrow closed, and is put back", || {
        bytes(&wallets.sparrow) == original
    });
    until("the row waits no more", || row(&sandbox)["waiting"].is_null());
    std::fs::remove_file(&lock).unwrap();
    assert_eq!(wallets.all_files().unwrap(), before, "byte for byte as before");
    let report = sandbox.run(&["wallet", "revert", "--all", "--yes"]).ok();
    assert_eq!(report["done"], Value::Array(Vec::new()), "{report}");
    drop(server);
}
