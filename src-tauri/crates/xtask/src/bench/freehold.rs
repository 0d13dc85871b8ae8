//! Freehold's own side of each figure, through its command line (design, section 13) and nothing else.

use std::path::PathBuf;
use std::process::Child;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::Setting;
use crate::app;
use crate::http::Request;
use crate::process::{Program, end};
use crate::{files, platform, wait};

/// Starting a node whose image is there takes a second; a slow machine gets more.
const INSTALLS_WITHIN: Duration = Duration::from_secs(30);
const HOST_ANSWERS_WITHIN: Duration = Duration::from_mins(1);

/// Freehold with a data folder of its own, so that a person's nodes are neither counted nor touched.
#[derive(Debug)]
pub(super) struct Freehold {
    program: PathBuf,
    folder: PathBuf,
    engine: String,
    overlay: PathBuf,
}

impl Freehold {
    /// A new, empty Freehold; `name` keeps the figures apart.
    pub(super) fn new(setting: &Setting<'_>, name: &str) -> Result<Self> {
        let places = &setting.session.places;
        let folder = places.state.join("bench").join(name);
        files::remove_dir(&folder)?;
        files::create_dir(&folder.join("home"))?;
        let program = app::cli(places, true);
        if !program.is_file() {
            bail!("{} was not built", program.display());
        }
        Ok(Self {
            program,
            folder,
            engine: setting.engine.url.clone(),
            overlay: setting.images.overlay.clone(),
        })
    }

    /// A call with the options that every call needs.
    pub(super) fn call(&self) -> Program {
        let program = Program::new(&self.program)
            .arg("--json")
            .arg("--data-dir")
            .arg(self.folder.join("data"));
        let program = program.arg("--home").arg(self.folder.join("home"));
        program
            .arg("--engine")
            .arg(&self.engine)
            .arg("--catalog")
            .arg(&self.overlay)
    }

    /// Installs one regtest node and waits until its container runs.
    pub(super) fn install(&self, name: &str) -> Result<()> {
        let install = self
            .call()
            .args(["install", "bitcoin-core", "--network", "regtest", "--name", name]);
        install.args(["--wait", "started", "--yes"]).output(INSTALLS_WITHIN)?;
        Ok(())
    }

    /// Removes one node with its data.
    pub(super) fn erase(&self, name: &str) -> Result<()> {
        self.call().args(["erase", name, "--yes"]).output(INSTALLS_WITHIN)?;
        Ok(())
    }

    /// Where the headless host listens for commands and hands out events.
    pub(super) fn control_socket(&self) -> PathBuf {
        self.folder.join("data").join("control.sock")
    }

    /// The id in the labels of everything that it makes; `None` before its first start.
    pub(super) fn instance(&self) -> Option<String> {
        let text = std::fs::read_to_string(self.folder.join("data").join("instance")).ok()?;
        Some(text.trim().to_owned())
    }

    /// What the host says of every node.
    pub(super) fn nodes(&self) -> Result<Value> {
        let request = Request {
            method: "POST",
            ..Request::get("/api/node_list")
        };
        let response = platform::socket_request(&self.control_socket(), &request)??;
        serde_json::from_slice(&response.body).context("the host's answer is not JSON")
    }

    /// Starts the headless host and waits until it answers.
    pub(super) fn serve(&self) -> Result<Host> {
        let mut host = self.spawn()?;
        let answers = wait::until(HOST_ANSWERS_WITHIN, Duration::from_millis(100), || {
            host.check()?;
            // The command line would own the folder itself while no host does.
            Ok(self.nodes().is_ok().then_some(()))
        })?;
        answers.with_context(|| format!("`freehold serve` did not answer, see {}", host.log.display()))?;
        Ok(host)
    }

    /// Starts the headless host and does not wait for it.
    pub(super) fn spawn(&self) -> Result<Host> {
        let log = self.folder.join("serve.log");
        let child = self.call().args(["serve", "--listen", "127.0.0.1:0"]).spawn(&log)?;
        Ok(Host { child, log })
    }
}

impl Drop for Freehold {
    /// Two hundred nodes leave gigabytes; what came of a figure is in its report.
    fn drop(&mut self) {
        if let Err(error) = files::remove_dir(&self.folder.join("data")) {
            eprintln!("      the data of this figure could not be removed: {error:#}");
        }
    }
}

/// A running headless host; it ends when this is dropped, and its nodes go on.
#[derive(Debug)]
pub(super) struct Host {
    child: Child,
    log: PathBuf,
}

impl Host {
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Fails if it has ended by itself.
    pub(super) fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("`freehold serve` ended ({status}): {}", files::tail(&self.log, 10)),
        }
    }

    /// Ends it without giving it the time to do anything, as a crash would.
    pub(super) fn kill(mut self) -> Result<()> {
        self.child.kill().context("`freehold serve` cannot be killed")?;
        self.child.wait().context("`freehold serve` cannot be waited for")?;
        Ok(())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}
