//! What every test here stands on: a sandbox and the window on it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use freehold_tests::browser::{Browser, Window};
use freehold_tests::environment::Environment;
use freehold_tests::evidence::explained;
use freehold_tests::home::Wallets;
use freehold_tests::page::Page;
use freehold_tests::process::output;
use freehold_tests::sandbox::Sandbox;
use freehold_tests::{cpu, desktop};

/// It hands its argument over and ends.
const SECOND_ENDS_WITHIN: Duration = Duration::from_secs(20);

/// Fields are dropped in this order: the window, then the sandbox with its nodes.
pub(crate) struct Stage {
    pub(crate) browser: Browser,
    pub(crate) sandbox: Sandbox,
    pub(crate) wallets: Wallets,
    pub(crate) artifacts: PathBuf,
    window: Window,
}

/// Whose folder the window works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folder {
    /// One that is named by hand: another Freehold beside the usual one.
    Named,
    /// The usual one of its user, which there is one window for.
    Usual,
}

impl Stage {
    async fn open(environment: Environment, name: &str, engine: Option<&str>, folder: Folder) -> Result<Self> {
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
        let mut window = Window {
            driver,
            application: sandbox.environment.programs.join("freehold-desktop"),
            args: vec![
                "--home".into(),
                sandbox.home().into(),
                "--engine".into(),
                engine.into(),
                "--catalog".into(),
                sandbox.environment.overlay.clone().into(),
            ],
            display,
            usual_data: None,
        };
        match folder {
            Folder::Named => window.args.extend(["--data-dir".into(), sandbox.data().into()]),
            Folder::Usual => window.usual_data = Some(sandbox.data()),
        }
        Ok(Self {
            browser: Browser::window(&window, &logs).await?,
            sandbox,
            wallets,
            artifacts,
            window,
        })
    }

    pub(crate) fn page(&self) -> &Page {
        &self.browser.page
    }

    /// Asks the window to close, as its cross does.
    pub(crate) fn press_cross(&self) -> Result<()> {
        desktop::press_cross(&self.window.display, &cpu::family(self.browser.id())?)
    }

    /// The process of the window; `None` once it has ended.
    pub(crate) fn process(&self) -> Result<Option<u32>> {
        let program = self.window.application.canonicalize()?;
        let is_it = |id: &u32| std::fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|found| found == program);
        let family: BTreeSet<u32> = cpu::family(self.browser.id())?;
        Ok(family.into_iter().find(is_it))
    }

    /// Starts the program once more as the same user, with another argument, and waits until that second start has ended.
    pub(crate) fn start_again(&self, argument: Option<&str>) -> Result<()> {
        let first = self.process()?.context("the window is open")?;
        let surroundings = std::fs::read(format!("/proc/{first}/environ"))?;
        let mut command = Command::new(&self.window.application);
        command.env_clear().args(&self.window.args).args(argument);
        for pair in surroundings.split(|byte| *byte == 0) {
            let pair = String::from_utf8_lossy(pair);
            if let Some((name, value)) = pair.split_once('=') {
                // The driver's own socket belongs to the first.
                if !name.starts_with("WEBKIT_INSPECTOR") && !name.starts_with("TAURI_") {
                    command.env(name, value);
                }
            }
        }
        output(command, None, SECOND_ENDS_WITHIN).context("the second start ends by itself")?;
        Ok(())
    }
}

/// Runs a test in a fresh window, with the provided engine or another one; does nothing where none is provided.
pub(crate) async fn in_window(
    name: &str,
    engine: Option<&str>,
    test: impl AsyncFnOnce(&Stage) -> Result<()>,
) -> Result<()> {
    on_folder(name, engine, Folder::Named, test).await
}

/// The same with the user's usual folder, of which there is one window.
pub(crate) async fn in_usual_window(name: &str, test: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    on_folder(name, None, Folder::Usual, test).await
}

async fn on_folder(
    name: &str,
    engine: Option<&str>,
    folder: Folder,
    test: impl AsyncFnOnce(&Stage) -> Result<()>,
) -> Result<()> {
    let Some(environment) = Environment::find() else {
        return Ok(());
    };
    let stage = Stage::open(environment, name, engine, folder).await?;
    let outcome = test(&stage).await;
    let failed = stage.artifacts.join("failed");
    explained(outcome, &failed, name, stage.page(), &stage.sandbox).await?;
    stage.sandbox.assert_nothing_left();
    let has_ended = stage.process()?.is_none();
    let closed = stage.browser.end().await;
    // Who quits the window takes the driver's session away.
    if has_ended { Ok(()) } else { closed }
}
