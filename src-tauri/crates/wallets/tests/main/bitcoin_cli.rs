//! The real bitcoin-cli against the real bitcoind on regtest, each with a throw-away folder and ports of 127.0.0.1.
//!
//! `FREEHOLD_TEST_BITCOIN` names the folder of both programs; without it the tests here say so and pass.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use freehold_wallets::Login;

use crate::home::{Home, endpoint, network, wallet};

/// bitcoind answers within a second or two on an idle machine; tests run beside builds.
const UP_WITHIN: Duration = Duration::from_mins(1);

fn programs() -> Option<PathBuf> {
    let found = std::env::var_os("FREEHOLD_TEST_BITCOIN").map(PathBuf::from);
    if found.is_none() {
        println!("skipped: FREEHOLD_TEST_BITCOIN does not name a folder with bitcoind and bitcoin-cli");
    }
    found
}

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

fn start(programs: &Path, user: &str, password: &str) -> Node {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let process = Command::new(programs.join("bitcoind"))
        .arg(format!("-datadir={}", dir.path().display()))
        .args([
            "-regtest",
            "-listen=0",
            "-server=1",
            "-dnsseed=0",
            "-printtoconsole=0",
            "-rpcbind=127.0.0.1",
        ])
        .args(["-rpcallowip=127.0.0.1", &format!("-rpcport={port}")])
        .args([&format!("-rpcuser={user}"), &format!("-rpcpassword={password}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    Node {
        process,
        port,
        _dir: dir,
    }
}

/// Runs bitcoin-cli in the home, with nothing but the network on its command line.
fn ask(programs: &Path, home: &Home, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(programs.join("bitcoin-cli"))
        .args(arguments)
        .env_clear()
        .env("HOME", &home.places.home)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).trim().to_owned(),
    )
}

fn ask_until_up(programs: &Path, home: &Home, arguments: &[&str]) -> String {
    let start = Instant::now();
    loop {
        let (is_done, text) = ask(programs, home, arguments);
        if is_done {
            return text;
        }
        assert!(start.elapsed() < UP_WITHIN, "bitcoin-cli still says: {text}");
        std::thread::park_timeout(Duration::from_millis(100));
    }
}

const GENESIS: &str = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";

#[test]
fn a_switched_conf_makes_bitcoin_cli_talk_to_the_node() {
    let Some(programs) = programs() else { return };
    let password = "p-w=[x];\"y\" z";
    let node = start(&programs, "wallet", password);
    let to = endpoint(
        &format!("bitcoin+http://127.0.0.1:{}", node.port),
        Some(("wallet", password)),
    );
    for original in [
        None,
        Some(""),
        Some("server=1\r\n# note\r\n[main]\r\nrpcport=1\r\n"),
        Some("rpcconnect=127.0.0.2\nrpcport=1\nrpcuser=a\nrpcpassword=b"),
        Some("regtest.rpcport=1\n[regtest]\nrpcport=2\nnorpcport=1\nrpcpassword=old\nnorpcpassword=1\n[signet]\n"),
        Some(
            "norpcconnect=1\nnorpcuser=1\n[regtest]\nnorpcconnect=1 # off\nrpccookiefile=/nowhere\n[main]\n[regtest]\nrpcuser = x # y",
        ),
        Some("[regtest]\nrpcport=1\nrpcport=2\nrpcconnect=127.0.0.3:9\nnorpcport=0\n"),
    ] {
        let home = Home::new();
        if let Some(text) = original {
            home.put(".bitcoin/bitcoin.conf", text);
        }
        home.switch("bitcoin-cli", "regtest", &to)
            .unwrap()
            .expect("the file changes");
        assert_eq!(
            ask_until_up(&programs, &home, &["-regtest", "getblockhash", "0"]),
            GENESIS,
            "{original:?}"
        );
        home.revert("bitcoin-cli", "regtest").unwrap();
        assert_eq!(home.text(".bitcoin/bitcoin.conf").as_deref(), original);
        assert!(
            !ask(&programs, &home, &["-regtest", "getblockhash", "0"]).0,
            "after the revert it is not our node"
        );
    }
    // The file itself selects the network: plain bitcoin-cli then works too.
    let home = Home::new();
    home.put(".bitcoin/bitcoin.conf", "regtest=1\n");
    home.switch("bitcoin-cli", "regtest", &to).unwrap();
    assert_eq!(ask_until_up(&programs, &home, &["getblockhash", "0"]), GENESIS);
}

#[test]
fn what_we_read_is_where_bitcoin_cli_connects() {
    let Some(programs) = programs() else { return };
    for (text, on, option) in [
        ("rpcport=5\nrpcport=6\n", "mainnet", "-chain=main"),
        ("rpcport=5\n[main]\nrpcport=7\n", "mainnet", "-chain=main"),
        ("rpcport=5\nrpcconnect=127.0.0.2\n", "regtest", "-regtest"),
        ("regtest.rpcport=9\n[regtest]\nrpcport=7\n", "regtest", "-regtest"),
        ("[regtest]\nnorpcport=1\nrpcport=7\n", "regtest", "-regtest"),
        ("[test] # x\r\nrpcconnect = 127.0.0.3:9 # y\r\n", "testnet", "-testnet"),
        ("rpcconnect=::1\n", "signet", "-signet"),
        ("\u{feff}rpcport=5\nrpcconnect=127.0.0.4\n", "testnet4", "-testnet4"),
        ("norpcport=0\n", "mainnet", "-chain=main"),
        ("[]\nrpcport=5\n[main]\n", "mainnet", "-chain=main"),
    ] {
        let home = Home::new();
        home.put(".bitcoin/bitcoin.conf", text);
        let seen = wallet("bitcoin-cli")
            .inspect(&freehold_wallets::Files::single(Some(text.as_bytes())), &network(on))
            .unwrap()
            .endpoint
            .unwrap();
        assert_eq!(seen.login, Login::Cookie);
        let (is_done, said) = ask(&programs, &home, &[option, "getblockcount"]);
        assert!(!is_done, "nothing listens there: {said}");
        // bitcoin-cli says where it tried.
        let place = format!("server {}:{} ", seen.host, seen.port);
        assert!(
            said.contains(&place),
            "{text:?}: we read {place}, bitcoin-cli says {said}"
        );
    }
}

#[test]
fn what_we_refuse_bitcoin_cli_refuses() {
    let Some(programs) = programs() else { return };
    for text in ["broken\n", "-server=1\n", "a=1\nrpcpassword=x#y\n", "[main\n"] {
        let home = Home::new();
        home.put(".bitcoin/bitcoin.conf", text);
        assert!(
            wallet("bitcoin-cli")
                .inspect(
                    &freehold_wallets::Files::single(Some(text.as_bytes())),
                    &network("regtest")
                )
                .is_err()
        );
        let (_, said) = ask(&programs, &home, &["-regtest", "getblockcount"]);
        assert!(
            said.contains("Error reading configuration file: parse error on line"),
            "{said}"
        );
        assert_eq!(fs::read(home.path(".bitcoin/bitcoin.conf")).unwrap(), text.as_bytes());
    }
}
