//! The real litecoin-cli against the real litecoind on regtest.
//!
//! `FREEHOLD_TEST_LITECOIND` and `FREEHOLD_TEST_LITECOIN_CLI` name the programs; without them the test here says so.

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::home::{Home, endpoint};

/// litecoind answers within a second or two on an idle machine; tests run beside builds.
const UP_WITHIN: Duration = Duration::from_mins(1);

const FILE: &str = ".litecoin/litecoin.conf";

/// Of Litecoin's regtest, from its `chainparams.cpp`.
const GENESIS: &str = "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9";

/// A node that ends with the test.
struct Node(Child);

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs litecoin-cli in the home, with nothing but the network on its command line.
fn ask(program: &OsString, home: &Home) -> (bool, String) {
    let output = Command::new(program)
        .args(["-regtest", "getblockhash", "0"])
        .env_clear()
        .env("HOME", &home.places.home)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat())
        .trim()
        .to_owned();
    (output.status.success(), text)
}

#[test]
fn a_switched_conf_makes_litecoin_cli_talk_to_the_node() {
    let named = |variable: &str| {
        let found = std::env::var_os(variable).filter(|path| Path::new(path).is_file());
        if found.is_none() {
            println!("skipped: {variable} does not name a program");
        }
        found
    };
    let (Some(litecoind), Some(cli)) = (named("FREEHOLD_TEST_LITECOIND"), named("FREEHOLD_TEST_LITECOIN_CLI")) else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let process = Command::new(litecoind)
        .arg(format!("-datadir={}", dir.path().display()))
        .args([
            "-regtest",
            "-listen=0",
            "-server=1",
            "-dnsseed=0",
            "-printtoconsole=0",
            "-rpcbind=127.0.0.1",
        ])
        .args([
            "-rpcallowip=127.0.0.1",
            &format!("-rpcport={port}"),
            "-rpcuser=wallet",
            "-rpcpassword=p-w=[x]; y",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _node = Node(process);
    let to = endpoint(
        &format!("bitcoin+http://127.0.0.1:{port}"),
        Some(("wallet", "p-w=[x]; y")),
    );
    for original in [
        None,
        Some("server=1\r\n# note\r\n[main]\r\nrpcport=1\r\n"),
        Some("rpcconnect=127.0.0.2\nrpcport=1\nrpcuser=a\nrpcpassword=b"),
        Some("regtest.rpcport=1\n[regtest]\nrpcport=2\nnorpcport=1\nrpcpassword=old\nnorpcpassword=1\n[test]\n"),
    ] {
        let home = Home::new();
        if let Some(text) = original {
            home.put(FILE, text);
        }
        assert!(!ask(&cli, &home).0, "before the switch it is not our node");
        home.switch("litecoin-cli", "regtest", &to)
            .unwrap()
            .expect("the file changes");
        let begin = Instant::now();
        loop {
            let (is_done, text) = ask(&cli, &home);
            if is_done {
                assert_eq!(text, GENESIS, "{original:?}");
                break;
            }
            assert!(begin.elapsed() < UP_WITHIN, "litecoin-cli still says: {text}");
            std::thread::park_timeout(Duration::from_millis(100));
        }
        home.revert("litecoin-cli", "regtest").unwrap();
        assert_eq!(home.text(FILE).as_deref(), original);
        assert!(!ask(&cli, &home).0, "after the revert it is not our node");
    }
}
