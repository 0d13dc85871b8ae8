//! What every test here stands on: a sandbox and the window on it.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use freehold_tests::browser::{Browser, Window};
use freehold_tests::environment::Environment;
use freehold_tests::evidence::explained;
use freehold_tests::home::Wallets;
use freehold_tests::page::Page;
use freehold_tests::sandbox::Sandbox;

/// Fields are dropped in this order: the window, then the sandbox with its nodes.
pub(crate) struct Stage {
    pub(crate) browser: Browser,
    pub(crate) sandbox: Sandbox,
    pub(crate) wallets: Wallets,
    pub(crate) artifacts: PathBuf,
}

impl Stage {
    async fn open(environment: Environment, name: &str, engine: Option<&str>) -> Result<Self> {
        let var = |name: &str| std::env::var_os(name).with_context(|| format!("`cargo xtask test` sets {name}"));
        let driver = PathBuf::from(var("FREEHOLD_TEST_TOOLS")?)
            .join("bin")
            .join("tauri-driver");
        let display = var("FREEHOLD_TEST_DISPLAY")?.to_string_lossy().into_owned();
        let artifacts = environment.artifacts.join("window");
        let logs = artifacts.join("logs").join(name);
        std::fs::create_dir_all(&logs)?;
        let sandbox = Sandbox::with(environment);
        let wallets = Wallets::write(&sandbox.home())?;
        let engine = engine.unwrap_or(&sandbox.environment.engine);
        let window = Window {
            driver,
            application: sandbox.environment.programs.join("freehold-desktop"),
            args: vec![
                "--data-dir".into(),
                sandbox.data().into(),
                "--home".into(),
                sandbox.home().into(),
                "--engine".into(),
                engine.into(),
                "--catalog".into(),
                sandbox.environment.overlay.clone().into(),
            ],
            display,
        };
        Ok(Self {
            browser: Browser::window(&window, &logs).await?,
            sandbox,
            wallets,
            artifacts,
        })
    }

    pub(crate) fn page(&self) -> &Page {
        &self.browser.page
    }
}

/// Runs a test in a fresh window, with the provided engine or another one; does nothing where none is provided.
pub(crate) async fn in_window(
    name: &str,
    engine: Option<&str>,
    test: impl AsyncFnOnce(&Stage) -> Result<()>,
) -> Result<()> {
    let Some(environment) = Environment::find() else {
        return Ok(());
    };
    let stage = Stage::open(environment, name, engine).await?;
    let outcome = test(&stage).await;
    let failed = stage.artifacts.join("failed");
    explained(outcome, &failed, name, stage.page(), &stage.sandbox).await?;
    stage.sandbox.assert_nothing_left();
    stage.browser.end().await
}
