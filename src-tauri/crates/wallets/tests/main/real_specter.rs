//! The real Specter Desktop against the real bitcoind on regtest, by the page that it serves.
//!
//! `FREEHOLD_TEST_SPECTER` names a Python that has the package `cryptoadvance.specter` (it needs Python 3.10) and
//! `FREEHOLD_TEST_BITCOIND` the node; without them the test here says so.

use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::home::{Home, endpoint};

/// Specter needs some ten seconds to start on an idle machine.
const UP_WITHIN: Duration = Duration::from_mins(3);

const CONFIG: &str = ".specter/config.json";
const NODE: &str = ".specter/nodes/freehold.json";

/// A program that ends with the test, or before.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The page at `path`; empty as long as nobody serves it.
fn page(port: u16, path: &str) -> String {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return String::new();
    };
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    let mut answer = Vec::new();
    let is_read = stream.write_all(request.as_bytes()).is_ok() && stream.read_to_end(&mut answer).is_ok();
    if is_read {
        String::from_utf8_lossy(&answer).into_owned()
    } else {
        String::new()
    }
}

fn specter(python: &OsString, home: &Home) -> (Running, u16) {
    let port = free_port();
    let process = Command::new(python)
        .args(["-m", "cryptoadvance.specter", "server", "--skiphwiinitialisation"])
        .arg(format!("--port={port}"))
        .env("HOME", &home.places.home)
        .env("SPECTER_DATA_FOLDER", home.path(".specter"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let running = Running(process);
    let begin = Instant::now();
    while !page(port, "/welcome/about").contains("200 OK") {
        assert!(begin.elapsed() < UP_WITHIN, "Specter does not serve its page");
        std::thread::park_timeout(Duration::from_millis(300));
    }
    (running, port)
}

/// What Specter's page says about the chain that it sees, once it has asked its node.
fn is_on_regtest(python: &OsString, home: &Home) -> bool {
    let (_running, port) = specter(python, home);
    page(port, "/welcome/about").contains("Bitcoin Network (Regtest)")
}

#[test]
fn a_switched_specter_shows_the_chain_of_the_node() {
    let named = |variable: &str| {
        let found = std::env::var_os(variable).filter(|path| Path::new(path).is_file());
        if found.is_none() {
            println!("skipped: {variable} does not name a program");
        }
        found
    };
    let (Some(bitcoind), Some(python)) = (named("FREEHOLD_TEST_BITCOIND"), named("FREEHOLD_TEST_SPECTER")) else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let process = Command::new(bitcoind)
        .arg(format!("-datadir={}", dir.path().display()))
        .args([
            "-regtest",
            "-listen=0",
            "-server=1",
            "-dnsseed=0",
            "-printtoconsole=0",
            "-debug=rpc",
        ])
        .args([
            "-rpcbind=127.0.0.1",
            "-rpcallowip=127.0.0.1",
            &format!("-rpcport={port}"),
        ])
        .args(["-rpcuser=of-specter", "-rpcpassword=p4ss-of-the-wallet"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _node = Running(process);
    let home = Home::new();
    // Its first start makes its own settings.
    assert!(!is_on_regtest(&python, &home), "it has no node yet");
    let original = home.text(CONFIG).expect("Specter writes its settings");
    let to = endpoint(
        &format!("bitcoin+http://127.0.0.1:{port}"),
        Some(("of-specter", "p4ss-of-the-wallet")),
    );
    home.switch("specter", "regtest", &to)
        .unwrap()
        .expect("two files change");
    assert!(is_on_regtest(&python, &home), "its page names the chain of our node");
    let asked = || {
        let log = fs::read_to_string(dir.path().join("regtest/debug.log")).unwrap();
        log.matches("user=of-specter").count()
    };
    let by_now = asked();
    assert!(by_now > 0, "and the node saw its login");

    home.revert("specter", "regtest").unwrap();
    let shown: serde_json::Value = serde_json::from_str(&home.text(CONFIG).unwrap()).unwrap();
    let first: serde_json::Value = serde_json::from_str(&original).unwrap();
    assert_eq!(shown["active_node_alias"], first["active_node_alias"]);
    if home.text(NODE).is_none() {
        assert!(!is_on_regtest(&python, &home), "after the revert it is not our node");
        assert_eq!(asked(), by_now, "and it no longer asks it");
    } else {
        panic!("the node's file that the switch made is still there");
    }
}
