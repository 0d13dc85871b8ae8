//! The engine goes away and comes back while Freehold runs.
//!
//! The test puts a small relay between Freehold and the real engine, so that no other test's engine is disturbed: when
//! the relay ends, the engine is gone for this Freehold alone.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use freehold_tests::relay::Relay;
use freehold_tests::sandbox::Sandbox;
use freehold_tests::server::Server;

/// The promise: status says so within five seconds.
const PROMISE: Duration = Duration::from_secs(5);

fn state(sandbox: &Sandbox) -> String {
    let seen = sandbox.run(&["status", "bitcoin-core-regtest"]).ok();
    seen["status"]["state"].as_str().unwrap().to_owned()
}

fn within(limit: Duration, what: &str, is_true: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    while !is_true() {
        assert!(start.elapsed() < limit, "{what} took longer than {limit:?}");
        std::thread::yield_now();
    }
    start.elapsed()
}

#[test]
fn an_engine_that_goes_away_is_noticed_within_five_seconds_and_found_again() {
    let Some(sandbox) = Sandbox::new() else { return };
    let real = PathBuf::from(sandbox.environment.engine.strip_prefix("unix://").expect("a socket"));
    let socket = sandbox.data().join("relay.sock");
    let address = format!("unix://{}", socket.display());
    let relay = Relay::start(&socket, &real);
    let server = Server::start_at(&sandbox, &address);
    sandbox.install_regtest();

    drop(relay);
    let noticed = within(PROMISE, "noticing that the engine is gone", || {
        state(&sandbox) == "unknown"
    });
    let refused = sandbox.run(&["install", "bitcoin-core", "--network", "regtest", "--yes"]);
    refused.fault("engine-unreachable");

    let relay = Relay::start(&socket, &real);
    let found = within(PROMISE, "finding the engine again", || state(&sandbox) == "ready");
    println!("noticed after {noticed:?}, found again after {found:?}");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
    drop(server);
    drop(relay);
    assert!(!Path::new(&socket).exists() || std::fs::remove_file(&socket).is_ok());
}
