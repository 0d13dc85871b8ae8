//! The real monero-wallet-cli against the real monerod on an offline testnet, by what its command `status` says.
//!
//! `FREEHOLD_TEST_MONEROD` and `FREEHOLD_TEST_MONERO_WALLET_CLI` name the programs; without them the test here says so.

use std::ffi::OsString;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::home::{Home, endpoint};

/// monerod answers within seconds on an idle machine; tests run beside builds.
const UP_WITHIN: Duration = Duration::from_mins(2);

const FILE: &str = "monero/wallet.conf";

/// A node that ends with the test.
struct Node {
    process: Child,
    port: u16,
    _dir: tempfile::TempDir,
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn start(program: &OsString, login: &str) -> Node {
    let dir = tempfile::tempdir().unwrap();
    let (port, peers) = (free_port(), free_port());
    let process = Command::new(program)
        .args(["--testnet", "--offline", "--no-zmq", "--non-interactive", "--data-dir"])
        .arg(dir.path())
        .args([&format!("--rpc-bind-port={port}"), &format!("--p2p-bind-port={peers}")])
        .args(["--p2p-bind-ip=127.0.0.1", &format!("--rpc-login={login}")])
        .env("HOME", dir.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let node = Node {
        process,
        port,
        _dir: dir,
    };
    let begin = Instant::now();
    while TcpStream::connect(("127.0.0.1", node.port)).is_err() {
        assert!(begin.elapsed() < UP_WITHIN, "monerod does not answer at its port");
        std::thread::park_timeout(Duration::from_millis(100));
    }
    node
}

/// What the wallet says about its connection, started with nothing but its file.
fn status(program: &OsString, home: &Home) -> String {
    let wallet = home.dir.path().join("wallet");
    let is_new = !wallet.with_extension("keys").exists();
    let output = Command::new(program)
        .arg("--config-file")
        .arg(home.path(FILE))
        .arg(if is_new {
            "--generate-new-wallet"
        } else {
            "--wallet-file"
        })
        .arg(&wallet)
        .args(["--password=x", "--mnemonic-language=English", "--log-file"])
        .arg(home.dir.path().join("wallet.log"))
        .args(["--command", "status"])
        .env("HOME", home.dir.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = text.lines().rev().find(|line| line.starts_with("Refreshed "));
    said.unwrap_or_else(|| panic!("the wallet says: {text} {}", String::from_utf8_lossy(&output.stderr)))
        .to_owned()
}

#[test]
fn a_switched_file_makes_the_wallet_talk_to_the_node() {
    let named = |variable: &str| {
        let found = std::env::var_os(variable).filter(|path| Path::new(path).is_file());
        if found.is_none() {
            println!("skipped: {variable} does not name a program");
        }
        found
    };
    let (Some(monerod), Some(wallet)) = (named("FREEHOLD_TEST_MONEROD"), named("FREEHOLD_TEST_MONERO_WALLET_CLI"))
    else {
        return;
    };
    let node = start(&monerod, "wallet:p4ss-of-the-wallet");
    let mut home = Home::new();
    home.places.chosen = Some(home.path(FILE));
    let original = format!(
        "# mine\ntestnet=1\ndaemon-host = 127.0.0.1\ndaemon-port={} # nobody\nlog-level=0",
        free_port()
    );
    home.put(FILE, &original);
    let to = endpoint(
        &format!("monero+http://127.0.0.1:{}", node.port),
        Some(("wallet", "p4ss-of-the-wallet")),
    );

    assert!(
        status(&wallet, &home).contains("no daemon connected"),
        "nobody listens where the file points"
    );
    home.switch("monero-wallet-cli", "testnet", &to)
        .unwrap()
        .expect("the file changes");
    let said = status(&wallet, &home);
    assert!(
        said.contains("synced, daemon RPC"),
        "with our login at our node: {said}"
    );
    home.revert("monero-wallet-cli", "testnet").unwrap();
    assert_eq!(
        home.text(FILE).as_deref(),
        Some(original.as_str()),
        "byte for byte as before"
    );
    assert!(
        status(&wallet, &home).contains("no daemon connected"),
        "after the revert it is not our node"
    );
}
