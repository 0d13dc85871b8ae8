//! A Freehold of its own for one test: folders, command line, and nothing left behind.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

use crate::environment::Environment;
use crate::overlay::Overlay;
use crate::pending::Pending;

/// Rounds in which every node can be taken away, however they need each other.
const DEEPEST: usize = 4;

/// Installs the usual node and waits until it is ready.
pub const INSTALL_REGTEST: [&str; 7] = [
    "install",
    "bitcoin-core",
    "--network",
    "regtest",
    "--wait",
    "ready",
    "--yes",
];

/// Own data folder and home. Dropped, it removes every node it made.
#[derive(Debug)]
pub struct Sandbox {
    /// What `cargo xtask test` provides.
    pub environment: Environment,
    data: tempfile::TempDir,
    home: tempfile::TempDir,
    overlay: Overlay,
}

/// How a command ended.
#[derive(Debug)]
pub struct Outcome {
    /// Exit code.
    pub code: i32,
    /// The JSON document on stdout.
    pub json: Value,
    /// The error stream.
    pub progress: String,
}

impl Outcome {
    /// The answer of a command that must succeed.
    pub fn ok(self) -> Value {
        assert_eq!(self.code, 0, "the command failed: {} {}", self.json, self.progress);
        self.json
    }

    /// The fault of a command that must fail with exit code 1 and this code.
    pub fn fault(self, code: &str) -> Value {
        assert_eq!(
            self.code, 1,
            "expected the fault {code}, got {} {}",
            self.json, self.progress
        );
        let fault = self.json["fault"].clone();
        assert_eq!(fault["code"], code, "{fault}");
        assert!(
            !fault["message"].as_str().unwrap_or("").is_empty(),
            "a fault says what happened: {fault}"
        );
        assert!(
            fault["hints"].as_array().is_some_and(|hints| !hints.is_empty()),
            "a fault says what to do: {fault}"
        );
        fault
    }
}

impl Sandbox {
    /// A fresh one; `None` outside `cargo xtask test`.
    pub fn new() -> Option<Self> {
        Some(Self::with(Environment::find()?))
    }

    /// A fresh one in known surroundings.
    pub fn with(environment: Environment) -> Self {
        let folder = |name: &str| {
            tempfile::Builder::new()
                .prefix(name)
                .tempdir()
                .expect("a temporary folder")
        };
        let overlay = Overlay::copy_of(&environment.overlay);
        Self {
            environment,
            data: folder("freehold-data-"),
            home: folder("freehold-home-"),
            overlay,
        }
    }

    /// This sandbox's own catalog folder.
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// Freehold's own folder.
    pub fn data(&self) -> PathBuf {
        self.data.path().to_owned()
    }

    /// The home in which wallets are looked for.
    pub fn home(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    /// `freehold` with this sandbox's folders, engine and catalog.
    pub fn command(&self) -> Command {
        let mut command = self.bare_command();
        command
            .arg("--engine")
            .arg(&self.environment.engine)
            .arg("--catalog")
            .arg(self.overlay.path());
        command
    }

    /// `freehold` with this sandbox's folders only.
    pub fn bare_command(&self) -> Command {
        let mut command = Command::new(self.environment.programs.join("freehold"));
        command
            .arg("--data-dir")
            .arg(self.data.path())
            .arg("--home")
            .arg(self.home.path());
        // Nothing of the real user's surroundings may be found.
        command.env_remove("XDG_CONFIG_HOME").env_remove("DOCKER_HOST");
        command
    }

    /// Runs `freehold --json ARGS`.
    pub fn run(&self, args: &[&str]) -> Outcome {
        self.begin(args).finish()
    }

    /// Starts `freehold --json ARGS` and lets it go on beside the test.
    pub fn begin(&self, args: &[&str]) -> Pending {
        let mut command = self.command();
        command.arg("--json");
        Pending::start(command, args)
    }

    /// Installs the usual node, `bitcoin-core-regtest`, and waits until it is ready.
    pub fn install_regtest(&self) -> Value {
        self.install_regtest_with(&[]).ok()
    }

    /// The same with further arguments; what became of it.
    pub fn install_regtest_with(&self, more: &[&str]) -> Outcome {
        self.run(&[&INSTALL_REGTEST[..], more].concat())
    }

    /// The id in the labels of this sandbox's containers.
    pub fn instance(&self) -> Option<String> {
        let text = std::fs::read_to_string(self.data.path().join("instance")).ok()?;
        Some(text.trim().to_owned())
    }

    /// `docker ARGS` at the engine; the text it prints.
    pub fn engine(&self, args: &[&str]) -> String {
        let output = Command::new("docker")
            .arg("--host")
            .arg(&self.environment.engine)
            .args(args)
            .output();
        let output = output.expect("the docker client runs");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Ids of what carries this sandbox's label on the engine.
    pub fn leftovers(&self) -> Vec<String> {
        let Some(instance) = self.instance() else {
            return Vec::new();
        };
        let label = format!("label=freehold.instance={instance}");
        let containers = self.engine(&["ps", "--all", "--quiet", "--filter", &label]);
        let networks = self.engine(&["network", "ls", "--quiet", "--filter", &label]);
        let volumes = self.engine(&["volume", "ls", "--quiet", "--filter", &label]);
        [containers, networks, volumes]
            .iter()
            .flat_map(|list| list.lines())
            .map(str::to_owned)
            .collect()
    }

    /// Fails when anything is left on the engine.
    pub fn assert_nothing_left(&self) {
        let left = self.leftovers();
        assert!(left.is_empty(), "left behind on the engine: {left:?}");
    }

    /// Takes every node away, with its data where that is Freehold's. Those that others need go after them.
    pub fn erase_all(&self) {
        for _ in 0..DEEPEST {
            let nodes = self.run(&["status"]).json;
            let nodes = nodes["nodes"].as_array().cloned().unwrap_or_default();
            if nodes.is_empty() {
                return;
            }
            for id in nodes.iter().filter_map(|node| node["id"].as_str()) {
                let erased = self.run(&["erase", id, "--yes"]);
                // What was there before Freehold is not its to erase.
                if erased.json["fault"]["code"] == "not-supported" {
                    self.run(&["remove", id]);
                }
            }
        }
    }

    /// `bitcoin-cli` with the `bitcoin.conf` of this sandbox's home, on regtest.
    pub fn bitcoin_cli(&self, args: &[&str]) -> Result<String, String> {
        let output = Command::new(&self.environment.bitcoin_cli)
            .arg(format!("-datadir={}", self.home.path().join(".bitcoin").display()))
            .arg("-regtest")
            .args(args)
            .output()
            .expect("bitcoin-cli runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(text(&output.stderr))
        }
    }
}

/// Reads a finished `freehold --json`.
pub fn outcome(args: &[&str], output: &Output) -> Outcome {
    let text = String::from_utf8_lossy(&output.stdout);
    let progress = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code().unwrap_or(-1);
    let json = if text.trim().is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{args:?} printed something else than one JSON document ({error}): {text}"))
    };
    Outcome { code, json, progress }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.erase_all();
        // What a failed test may have left that Freehold itself does not know any more.
        for id in self.leftovers() {
            self.engine(&["rm", "--force", "--volumes", &id]);
            self.engine(&["network", "rm", &id]);
        }
    }
}
