//! What every test here stands on: a sandbox, the headless host, a browser with the interface open.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use freehold_tests::browser::Browser;
use freehold_tests::environment::Environment;
use freehold_tests::evidence::explained;
use freehold_tests::home::Wallets;
use freehold_tests::host::Host;
use freehold_tests::page::{Page, SOON};
use freehold_tests::sandbox::Sandbox;
use tokio::sync::RwLock;

/// Fields are dropped in this order: browser, host, and the sandbox with its nodes last.
pub(crate) struct Stage {
    pub(crate) browser: Browser,
    pub(crate) host: Host,
    pub(crate) sandbox: Sandbox,
    pub(crate) wallets: Wallets,
    pub(crate) artifacts: PathBuf,
}

impl Stage {
    async fn open(environment: Environment, name: &str) -> Result<Self> {
        let artifacts = environment.artifacts.join("e2e");
        let logs = artifacts.join("logs").join(name);
        std::fs::create_dir_all(&logs)?;
        let sandbox = Sandbox::with(environment);
        let wallets = Wallets::write(&sandbox.home())?;
        let host = Host::start(&sandbox, &logs.join("host.log")).await?;
        let browser = Browser::chromium(&logs).await?;
        browser.page.resize(1280, 800).await?;
        browser.page.open(&host.link).await?;
        Ok(Self {
            browser,
            host,
            sandbox,
            wallets,
            artifacts,
        })
    }

    pub(crate) fn page(&self) -> &Page {
        &self.browser.page
    }

    /// Where logs of this test's programs go.
    pub(crate) fn logs(&self) -> &Path {
        self.host.process.log().parent().unwrap_or(&self.artifacts)
    }

    /// Waits until the page says that a command was refused with this fault. The refusal itself, which the browser notes
    /// in its console, is the only thing that may stand there.
    pub(crate) async fn refused(&self, command: &str, code: &str) -> Result<()> {
        self.page().attribute_is("fault", "data-code", code, SOON).await?;
        let (path, status) = (format!("/api/{command} "), "status of 422");
        let others = self.page().console().await?;
        let others: Vec<_> = others
            .iter()
            .filter(|line| !(line.contains(&path) && line.contains(status)))
            .collect();
        ensure!(others.is_empty(), "the console says more than the refusal: {others:?}");
        Ok(())
    }

    async fn end(self) -> Result<()> {
        self.sandbox.assert_nothing_left();
        let console = self.page().console().await?;
        ensure!(
            console.is_empty(),
            "the console must stay clean, it says {}",
            console.join("\n")
        );
        self.browser.end().await?;
        let mut host = self.host;
        let status = host.process.end().context("the host ends when it is asked to")?;
        ensure!(status.success(), "the host ends well, not with {status}");
        Ok(())
    }
}

/// Tests share the engine and its images. Whoever takes an image away, to see it pulled, does so while nobody else runs.
static IMAGES: RwLock<()> = RwLock::const_new(());

/// Runs a test on a fresh stage; does nothing where no engine is provided.
pub(crate) async fn on_stage(name: &str, test: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    let _turn = IMAGES.read().await;
    play(name, test).await
}

/// The same while no other test of this program runs.
pub(crate) async fn alone_on_stage(name: &str, test: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    let _turn = IMAGES.write().await;
    play(name, test).await
}

/// The same in changed surroundings, such as another way to the engine.
pub(crate) async fn on_stage_in(
    environment: Environment,
    name: &str,
    test: impl AsyncFnOnce(&Stage) -> Result<()>,
) -> Result<()> {
    let _turn = IMAGES.read().await;
    play_in(environment, name, test).await
}

/// Holds every other test of this program back: for what is measured.
pub(crate) async fn alone() -> impl Drop {
    IMAGES.write().await
}

async fn play(name: &str, test: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    match Environment::find() {
        Some(environment) => play_in(environment, name, test).await,
        None => Ok(()),
    }
}

async fn play_in(environment: Environment, name: &str, test: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    let stage = Stage::open(environment, name).await?;
    let outcome = test(&stage).await;
    let failed = stage.artifacts.join("failed");
    explained(outcome, &failed, name, stage.page(), &stage.sandbox).await?;
    stage.end().await
}
