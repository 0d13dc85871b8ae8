//! The real Electrum through the real electrs to the real bitcoind, on a private chain: before a switch, switched, reverted.
//!
//! `FREEHOLD_TEST_ELECTRUM`, `FREEHOLD_TEST_ELECTRS` and `FREEHOLD_TEST_BITCOIN` (the folder of bitcoind and bitcoin-cli)
//! name the programs; without them the tests here say so and are left out. "Somebody else's server" is an electrs at
//! 127.0.0.2, so that Electrum's own words tell the two apart.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use freehold_model::Checkpoint;
use freehold_wallets::{SystemProcesses, WalletError, apply, plan_switch};
use serde_json::{Value, json};

use crate::home::{Home, NOW, endpoint, network, wallet};

/// Each program answers within seconds on an idle machine; tests run beside builds.
const WITHIN: Duration = Duration::from_secs(90);

/// An output that anybody may spend: mining needs no wallet.
const MINE_TO: &str = "raw(51)#8lvh9jxk";

struct Programs {
    electrum: PathBuf,
    electrs: PathBuf,
    bitcoin: PathBuf,
}

fn programs() -> Option<Programs> {
    let named = |variable: &str| {
        let found = std::env::var_os(variable).map(PathBuf::from);
        if found.is_none() {
            println!("left out: {variable} is not set");
        }
        found
    };
    Some(Programs {
        electrum: named("FREEHOLD_TEST_ELECTRUM")?,
        electrs: named("FREEHOLD_TEST_ELECTRS")?,
        bitcoin: named("FREEHOLD_TEST_BITCOIN")?,
    })
}

fn free_port(host: &str) -> u16 {
    TcpListener::bind((host, 0)).unwrap().local_addr().unwrap().port()
}

/// Asks again until there is an answer.
fn until<T>(what: &str, mut ask: impl FnMut() -> Result<T, String>) -> T {
    let start = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return answer,
            Err(said) => assert!(start.elapsed() < WITHIN, "{what}: still {said}"),
        }
        std::thread::park_timeout(Duration::from_millis(200));
    }
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(command: &mut Command, log: Option<&Path>) -> Running {
    let output = || {
        log.map_or_else(Stdio::null, |log| {
            File::options().create(true).append(true).open(log).unwrap().into()
        })
    };
    Running(
        command
            .stdin(Stdio::null())
            .stdout(output())
            .stderr(output())
            .spawn()
            .unwrap(),
    )
}

/// bitcoind on a chain of its own.
struct Chain {
    _process: Running,
    cli: PathBuf,
    folder: tempfile::TempDir,
    rpc: u16,
    p2p: u16,
}

impl Chain {
    fn start(programs: &Programs) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (rpc, p2p) = (free_port("127.0.0.1"), free_port("127.0.0.1"));
        let mut command = Command::new(programs.bitcoin.join("bitcoind"));
        command
            .args([
                "-regtest",
                "-server",
                "-rpcuser=u",
                "-rpcpassword=p",
                "-dnsseed=0",
                "-listenonion=0",
                "-dbcache=16",
            ])
            .args([
                format!("-datadir={}", folder.path().display()),
                format!("-rpcport={rpc}"),
                format!("-bind=127.0.0.1:{p2p}"),
            ]);
        let chain = Self {
            _process: start(&mut command, None),
            cli: programs.bitcoin.join("bitcoin-cli"),
            folder,
            rpc,
            p2p,
        };
        until("bitcoind", || chain.ask(&["getblockcount"]));
        chain
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new(&self.cli)
            .args([
                "-regtest",
                "-rpcuser=u",
                "-rpcpassword=p",
                &format!("-rpcport={}", self.rpc),
            ])
            .arg(format!("-datadir={}", self.folder.path().display()))
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(text(&output.stderr))
        }
    }

    fn height(&self) -> u64 {
        self.ask(&["getblockcount"]).unwrap().parse().unwrap()
    }
}

/// An electrs with its own log.
struct Server {
    _process: Running,
    folder: tempfile::TempDir,
    port: u16,
}

impl Server {
    fn start(programs: &Programs, chain: &Chain, host: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port(host);
        let at = |name: &str| folder.path().join(name);
        crate::home::put(&at("electrs.toml"), "auth = \"u:p\"\n");
        let mut command = Command::new(&programs.electrs);
        command.args(["--network=regtest", "--log-filters=DEBUG"]).args([
            format!("--conf={}", at("electrs.toml").display()),
            format!("--db-dir={}", at("db").display()),
            format!("--daemon-dir={}", folder.path().display()),
            format!("--daemon-rpc-addr=127.0.0.1:{}", chain.rpc),
            format!("--daemon-p2p-addr=127.0.0.1:{}", chain.p2p),
            format!("--electrum-rpc-addr={host}:{port}"),
        ]);
        let process = start(command.current_dir(folder.path()), Some(&at("log")));
        until("electrs", || {
            TcpStream::connect((host, port)).map_err(|error| error.to_string())
        });
        Self {
            _process: process,
            folder,
            port,
        }
    }

    /// How often somebody has connected, in the server's own words.
    fn connections(&self) -> usize {
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap();
        log.lines()
            .filter(|line| line.contains("electrs::server") && line.ends_with(": connected"))
            .count()
    }
}

/// Electrum in a home, with nothing but the network on its command line.
struct Client<'a> {
    program: &'a Path,
    home: &'a Home,
}

impl Client<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.program);
        command
            .arg("--regtest")
            .args(arguments)
            .env_clear()
            .env("HOME", &self.home.places.home)
            .env("PATH", "/usr/bin:/bin")
            .stdin(Stdio::null());
        command
    }

    fn ask(&self, arguments: &[&str]) -> Result<Value, String> {
        let output = self.command(arguments).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        if output.status.success() {
            Ok(serde_json::from_str(&text).unwrap_or_else(|_| json!(text.trim())))
        } else {
            Err(format!("{text}{}", String::from_utf8_lossy(&output.stderr)))
        }
    }

    /// Starts it and waits until it says that it is connected.
    fn run(&self) -> Session<'_> {
        let session = Session {
            client: self,
            process: start(&mut self.command(&["daemon"]), None),
        };
        until("Electrum", || session.info_if(|info| info["connected"] == json!(true)));
        session
    }
}

/// Electrum's daemon while it runs.
struct Session<'a> {
    client: &'a Client<'a>,
    process: Running,
}

impl Session<'_> {
    fn info_if(&self, is_right: impl Fn(&Value) -> bool) -> Result<Value, String> {
        let info = self.client.ask(&["getinfo"])?;
        if is_right(&info) {
            Ok(info)
        } else {
            Err(info.to_string())
        }
    }

    /// Where it is connected, once it has every block.
    fn server_at(&self, height: u64) -> Value {
        let is_there =
            |info: &Value| info["blockchain_height"] == json!(height) && info["server_height"] == json!(height);
        let info = until("Electrum's blocks", || self.info_if(is_there));
        assert_eq!(info["auto_connect"], json!(false), "{info}");
        info["server"].clone()
    }

    /// Ends it in good order, so that it writes its settings.
    fn stop(mut self) {
        self.client.ask(&["stop"]).unwrap();
        until("Electrum's end", || match self.process.0.try_wait() {
            Ok(Some(_)) => Ok(()),
            other => Err(format!("{other:?}")),
        });
    }
}

#[test]
fn a_switched_electrum_asks_the_node_and_a_reverted_one_does_not() {
    let Some(programs) = programs() else { return };
    let chain = Chain::start(&programs);
    chain.ask(&["generatetodescriptor", "3", MINE_TO]).unwrap();
    let others = Server::start(&programs, &chain, "127.0.0.2");
    let own = Server::start(&programs, &chain, "127.0.0.1");
    let home = Home::new();
    let client = Client {
        program: &programs.electrum,
        home: &home,
    };
    let before = json!({"auto_connect": false, "config_version": 3, "oneserver": true, "server": format!("127.0.0.2:{}:t", others.port), "x_kept": [1.50, "é"]});
    home.put(
        ".electrum/regtest/config",
        serde_json::to_string_pretty(&before).unwrap(),
    );
    client.ask(&["--offline", "create"]).unwrap();
    let address = client.ask(&["--offline", "listaddresses"]).unwrap()[0]
        .as_str()
        .unwrap()
        .to_owned();
    let to = endpoint(&format!("electrum+tcp://127.0.0.1:{}", own.port), None);

    // Before: somebody else's server.
    let session = client.run();
    assert_eq!(session.server_at(3), json!("127.0.0.2"));
    let at_own = own.connections();
    // While it runs the change would be lost, so it is refused.
    let plan = plan_switch(
        wallet("electrum"),
        &home.places,
        &network("regtest"),
        &to,
        &SystemProcesses,
    )
    .unwrap();
    let refused = apply(&plan, &home.journal, &SystemProcesses, NOW, &Checkpoint::none()).unwrap_err();
    assert!(matches!(&refused, WalletError::Running { .. }), "{refused}");
    session.stop();
    assert_eq!(own.connections(), at_own, "our node was not asked");

    // Switched: our node, in Electrum's words, in the node's, and by the money that only the chain can tell of.
    let plan = plan_switch(
        wallet("electrum"),
        &home.places,
        &network("regtest"),
        &to,
        &SystemProcesses,
    )
    .unwrap();
    apply(&plan, &home.journal, &SystemProcesses, NOW, &Checkpoint::none())
        .unwrap()
        .unwrap();
    let at_others = others.connections();
    let session = client.run();
    assert_eq!(session.server_at(3), json!("127.0.0.1"));
    chain.ask(&["generatetoaddress", "101", &address]).unwrap();
    assert_eq!(session.server_at(104), json!("127.0.0.1"));
    client.ask(&["load_wallet"]).unwrap();
    let total = |balance: &Value| -> f64 {
        let parts = balance.as_object().into_iter().flatten();
        parts
            .filter_map(|(_, amount)| amount.as_str()?.parse::<f64>().ok())
            .sum()
    };
    until("the balance", || {
        let balance = client.ask(&["getbalance"])?;
        if (total(&balance) - 5050.0).abs() < 1e-8 {
            Ok(())
        } else {
            Err(balance.to_string())
        }
    });
    assert_eq!(chain.height(), 104);
    session.stop();
    assert!(own.connections() > at_own, "our node was asked");
    assert_eq!(others.connections(), at_others, "nobody else was");
    let kept: Value = serde_json::from_str(&home.text(".electrum/regtest/config").unwrap()).unwrap();
    assert_eq!(
        kept["server"],
        json!(format!("127.0.0.1:{}:t", own.port)),
        "Electrum keeps the server as it is"
    );
    assert_eq!(kept["x_kept"], json!([1.50, "é"]));

    // Reverted: as before, and our node hears nothing more, not even whether it is there.
    home.revert("electrum", "regtest").unwrap().unwrap();
    let reverted: Value = serde_json::from_str(&home.text(".electrum/regtest/config").unwrap()).unwrap();
    for key in ["server", "auto_connect", "oneserver"] {
        assert_eq!(reverted[key], before[key], "{key}");
    }
    let at_own = own.connections();
    let session = client.run();
    assert_eq!(session.server_at(104), json!("127.0.0.2"));
    session.stop();
    assert_eq!(own.connections(), at_own, "our node was not asked");
    assert!(others.connections() > at_others);
}

#[test]
fn an_electrum_without_a_file_asks_the_node_from_its_first_start_on() {
    let Some(programs) = programs() else { return };
    let chain = Chain::start(&programs);
    chain.ask(&["generatetodescriptor", "7", MINE_TO]).unwrap();
    let own = Server::start(&programs, &chain, "127.0.0.1");
    // The second is a file as people write it by hand: Electrum would take it for one of 2017 and turn `:t` into `:s`.
    for original in [None, Some("{\n    \"use_exchange_rate\": false\n}")] {
        let home = Home::new();
        if let Some(text) = original {
            home.put(".electrum/regtest/config", text);
        }
        let to = endpoint(&format!("electrum+tcp://127.0.0.1:{}", own.port), None);
        home.switch("electrum", "regtest", &to).unwrap().unwrap();
        if original.is_none() {
            assert_eq!(home.mode(".electrum/regtest/config"), 0o600);
            assert_eq!(home.mode(".electrum/regtest"), 0o700);
        }
        let client = Client {
            program: &programs.electrum,
            home: &home,
        };
        let session = client.run();
        assert_eq!(session.server_at(7), json!("127.0.0.1"));
        session.stop();
        home.revert("electrum", "regtest").unwrap().unwrap();
        let left: Value = serde_json::from_str(&home.text(".electrum/regtest/config").unwrap()).unwrap();
        assert!(
            left.get("server").is_none() && left.get("oneserver").is_none(),
            "{left}"
        );
    }
}
