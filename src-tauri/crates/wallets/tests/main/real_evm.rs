//! The real cast and the real web3.py against a real Anvil: where they look before a switch, after it and after the revert,
//! by what they print themselves.
//!
//! `FREEHOLD_TEST_ANVIL`, `FREEHOLD_TEST_CAST` and `FREEHOLD_TEST_WEB3_PYTHON` (a Python with web3 and python-dotenv) name
//! the programs; without them the tests here say so and are left out.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use freehold_wallets::plan_switch;

use crate::home::{Home, Processes, endpoint, network, wallet};

/// Anvil answers within a second on an idle machine; tests run beside builds.
const UP_WITHIN: Duration = Duration::from_mins(1);

fn program(variable: &str) -> Option<PathBuf> {
    let found = std::env::var_os(variable).map(PathBuf::from);
    if found.is_none() {
        println!("skipped: {variable} does not name a program");
    }
    found
}

/// A chain that ends with the test.
struct Chain {
    process: Child,
    port: u16,
    /// No other chain of this machine has this number: what prints it has asked this one.
    id: u32,
    _dir: tempfile::TempDir,
}

impl Drop for Chain {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn start(anvil: &Path) -> Chain {
    let dir = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let id = 7_000_000 + u32::from(port);
    let process = Command::new(anvil)
        .args(["--silent", "--host", "127.0.0.1", "--port", &port.to_string()])
        .args(["--chain-id", &id.to_string()])
        .env_clear()
        .env("HOME", dir.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < UP_WITHIN, "Anvil does not listen");
        std::thread::park_timeout(Duration::from_millis(100));
    }
    Chain {
        process,
        port,
        id,
        _dir: dir,
    }
}

/// What a program prints in the home, with nothing else in its environment.
fn output(command: &mut Command, home: &Home, env: &[(&str, &str)]) -> String {
    let output = command
        .env_clear()
        .env("HOME", &home.places.home)
        .env("PATH", "/usr/bin:/bin")
        .envs(env.iter().copied())
        .current_dir(&home.places.home)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat())
        .trim()
        .to_owned()
}

#[test]
fn cast_follows_the_switch_and_the_revert() {
    let (Some(anvil), Some(cast)) = (program("FREEHOLD_TEST_ANVIL"), program("FREEHOLD_TEST_CAST")) else {
        return;
    };
    let chain = start(&anvil);
    let id = chain.id.to_string();
    let to = endpoint(&format!("evm+http://127.0.0.1:{}", chain.port), None);
    for before in [
        None,
        Some(
            "# mine\r\n[profile.default]\r\nsrc = 'src'\r\n\r\n[rpc_endpoints]\r\ndevnet = \"http://127.0.0.1:9\" # dead\r\n",
        ),
        Some("profile.default.eth_rpc_url = \"devnet\"\nrpc_endpoints = { devnet = \"http://127.0.0.1:9\" }"),
    ] {
        let mut home = Home::new();
        if let Some(text) = before {
            home.put(".foundry/foundry.toml", text);
        }
        let ask = |home: &Home, arguments: &[&str], env: &[(&str, &str)]| {
            output(Command::new(&cast).args(arguments), home, env)
        };
        assert_ne!(ask(&home, &["chain-id"], &[]), id, "its default is another node");
        home.switch("foundry", "devnet", &to).unwrap().unwrap();
        assert_eq!(ask(&home, &["chain-id"], &[]), id);
        assert!(ask(&home, &["rpc", "web3_clientVersion"], &[]).starts_with("\"anvil/v"));
        if before.is_some() {
            assert_eq!(
                ask(&home, &["chain-id", "--rpc-url", "devnet"], &[]),
                id,
                "by its name, too"
            );
        }
        // The environment beats the file: the tool says so by failing, Freehold before by a note.
        let dead = ("ETH_RPC_URL", "http://127.0.0.1:9");
        assert_ne!(ask(&home, &["chain-id"], &[dead]), id);
        home.places.env.insert(dead.0.to_owned(), dead.1.to_owned());
        let plan = plan_switch(
            wallet("foundry"),
            &home.places,
            &network("devnet"),
            &to,
            &Processes::default(),
        )
        .unwrap();
        let note = plan.notes.iter().find(|note| note.contains("ETH_RPC_URL"));
        assert!(
            note.is_some_and(|note| note.contains("beats the file")),
            "{:?}",
            plan.notes
        );
        home.revert("foundry", "devnet").unwrap();
        assert_eq!(home.text(".foundry/foundry.toml").as_deref(), before);
        assert_ne!(ask(&home, &["chain-id"], &[]), id, "no longer after the revert");
    }
}

/// Loads the file and asks the node that web3.py finds by itself.
const LOADED: &str = "import sys, dotenv\ndotenv.load_dotenv(sys.argv[1])\nfrom web3.auto import w3\nprint(w3.eth.chain_id, w3.client_version)";

/// The same without loading: the shell did.
const FROM_SHELL: &str =
    "from web3 import Web3, HTTPProvider\nfrom web3.auto import w3\nprint(w3.eth.chain_id, w3.client_version)";

#[test]
fn web3_follows_the_switch_and_the_revert() {
    let (Some(anvil), Some(python)) = (program("FREEHOLD_TEST_ANVIL"), program("FREEHOLD_TEST_WEB3_PYTHON")) else {
        return;
    };
    let chain = start(&anvil);
    let id = chain.id.to_string();
    let to = endpoint(&format!("evm+http://127.0.0.1:{}", chain.port), None);
    for before in [
        None,
        Some(
            "export DEBUG=1 # mine\nexport WEB3_PROVIDER_URI='http://127.0.0.1:9'\nexport WEB3_HTTP_PROVIDER_URI=http://127.0.0.1:9\n",
        ),
    ] {
        let mut home = Home::new();
        let file = home.path("project/.env");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        if let Some(text) = before {
            home.put("project/.env", text);
        }
        home.places.chosen = Some(file.clone());
        let python_says = |home: &Home, env: &[(&str, &str)]| {
            output(Command::new(&python).args(["-c", LOADED]).arg(&file), home, env)
        };
        let shell_says = |home: &Home| {
            let script = format!(
                "set -a; [ ! -f '{0}' ] || . '{0}'; exec '{1}' -c '{FROM_SHELL}'",
                file.display(),
                python.display()
            );
            output(Command::new("/bin/sh").args(["-c", &script]), home, &[])
        };
        let is_ours = |text: &str| text.starts_with(&format!("{id} anvil/"));
        assert!(!is_ours(&python_says(&home, &[])), "its default is another node");
        home.switch("web3-env", "devnet", &to).unwrap().unwrap();
        for said in [python_says(&home, &[]), shell_says(&home)] {
            assert!(is_ours(&said), "{said}");
        }
        if before.is_none() {
            let said = python_says(&home, &[("WEB3_PROVIDER_URI", "http://127.0.0.1:9")]);
            assert!(!is_ours(&said), "the environment beats the file: {said}");
        }
        home.revert("web3-env", "devnet").unwrap();
        assert_eq!(home.text("project/.env").as_deref(), before);
        for said in [python_says(&home, &[]), shell_says(&home)] {
            assert!(!is_ours(&said), "no longer after the revert: {said}");
        }
    }
}
