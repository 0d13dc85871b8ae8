//! The interface over the host without a core (`ui/dev`): states that no real node gives on demand, and many nodes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::sync::OnceCell;

use crate::page::Page;
use crate::process::{Running, free_port, output};
use crate::wait::until;

/// Building takes a few seconds; more on a busy machine.
const BUILDS_WITHIN: Duration = Duration::from_mins(2);
/// The server reads its settings, and no more.
const STARTS_WITHIN: Duration = Duration::from_secs(60);

/// Built once for all tests of a program.
static BUILT: OnceCell<PathBuf> = OnceCell::const_new();

/// A server of that interface on this machine. Ended when dropped.
#[derive(Debug)]
pub struct FakeHost {
    _server: Running,
    port: u16,
}

impl FakeHost {
    /// Builds the interface into `artifacts`, optimised as for everybody, and serves it.
    pub async fn start(artifacts: &Path, logs: &Path) -> Result<Self> {
        let folder = BUILT.get_or_try_init(async || build(artifacts)).await?;
        let port = free_port()?;
        let mut command = vite();
        command
            .args(["preview", "--host", "127.0.0.1", "--strictPort", "--outDir"])
            .arg(folder)
            .args(["--port", &port.to_string()]);
        let server = Running::start(command, &logs.join(format!("preview-{port}.log")))?;
        let listens = async || Ok(std::net::TcpStream::connect(("127.0.0.1", port)).ok());
        until("the interface is served", STARTS_WITHIN, listens).await?;
        Ok(Self { _server: server, port })
    }

    /// Opens a screen of a scenario; the scenarios are in `ui/dev/scenarios.ts`.
    pub async fn open(&self, page: &Page, scenario: &str, hash: &str) -> Result<()> {
        // An address that differs only after the number sign would not load the page again.
        page.open("about:blank").await?;
        let port = self.port;
        page.open(&format!("http://127.0.0.1:{port}/?fake={scenario}{hash}"))
            .await
    }
}

fn build(artifacts: &Path) -> Result<PathBuf> {
    let folder = artifacts.join("fake-host");
    let mut command = vite();
    // The mode lets the host without a core in; what is built is still what production gets.
    command
        .args([
            "build",
            "--mode",
            "development",
            "--logLevel",
            "warn",
            "--emptyOutDir",
            "--outDir",
        ])
        .arg(&folder);
    output(command, None, BUILDS_WITHIN).context("the interface over its fake host")?;
    Ok(folder)
}

fn vite() -> Command {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui");
    let mut command = Command::new("node");
    command.arg(ui.join("node_modules/vite/bin/vite.js")).current_dir(ui);
    command
}
