//! A driven browser: Chromium through chromedriver, or Freehold's own window through tauri-driver.
//!
//! Drivers get ports and folders of their own, so that several run side by side; they end with this value.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::page::Page;
use crate::process::{Running, free_port};
use crate::wait::until;

/// A cold start of a browser on a busy machine with two processors.
const STARTS_WITHIN: Duration = Duration::from_secs(60);

/// Everything that makes Chromium quiet and alone: no updates, no first-run pages, and no host but this machine.
const CHROMIUM_FLAGS: [&str; 14] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-breakpad",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--hide-scrollbars",
    // A page that asks anybody else gets an error in its console, which fails the test.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/// A driver with one session.
#[derive(Debug)]
pub struct Browser {
    /// What it shows.
    pub page: Page,
    /// Ended in this order: first the driver, then the folder it uses.
    driver: Running,
    _folder: TempDir,
}

impl Browser {
    /// A fresh Chromium without a window. The driver's log goes to `logs`.
    pub async fn chromium(logs: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("freehold-chromium-").tempdir()?;
        let port = free_port()?;
        let mut command = Command::new("chromedriver");
        command
            .arg(format!("--port={port}"))
            .env("HOME", folder.path())
            // The browser leaves files where temporary files go.
            .env("TMPDIR", folder.path());
        let driver = Running::start(command, &logs.join(format!("chromedriver-{port}.log")))?;
        let mut flags: Vec<String> = CHROMIUM_FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", folder.path().join("profile").display()));
        let wanted = json!({
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        Self::connect(driver, folder, port, &wanted, true).await
    }

    /// Freehold's own window on a virtual display.
    pub async fn window(window: &Window, logs: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("freehold-window-").tempdir()?;
        let (port, native) = (free_port()?, free_port()?);
        // A bus of its own: the tray icon needs one, and the person's is left alone.
        let mut command = Command::new("dbus-run-session");
        command
            .arg("--")
            .arg(&window.driver)
            .arg("--port")
            .arg(port.to_string())
            .arg("--native-port")
            .arg(native.to_string())
            .env("DISPLAY", &window.display)
            .env("HOME", folder.path())
            .env("TMPDIR", folder.path())
            // Places and caches of the window belong into its folder, also where the caller's environment names others.
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CACHE_HOME")
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11");
        if let Some(data) = &window.usual_data {
            let places = folder.path().join(".local/share");
            std::fs::create_dir_all(&places)?;
            std::os::unix::fs::symlink(data, places.join("freehold"))?;
        }
        let driver = Running::start(command, &logs.join(format!("tauri-driver-{port}.log")))?;
        let args: Vec<_> = window.args.iter().map(|arg| arg.to_string_lossy()).collect();
        // No `browserName`: WebKitWebDriver then finds no match.
        let wanted = json!({ "tauri:options": { "application": window.application, "args": args } });
        Self::connect(driver, folder, port, &wanted, false).await
    }

    async fn connect(driver: Running, folder: TempDir, port: u16, wanted: &Value, is_chromium: bool) -> Result<Self> {
        let wanted: Map<_, _> = wanted.as_object().cloned().unwrap_or_default();
        // tauri-driver takes connections before the driver behind it does: the first ones may fail.
        let client = until("a browser session", STARTS_WITHIN, async || {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(wanted.clone());
            let client = builder.connect(&format!("http://127.0.0.1:{port}")).await;
            client.map(Some).map_err(|error| anyhow!("{error}"))
        });
        let client = client
            .await
            .with_context(|| format!("the driver's log is {}", driver.log().display()))?;
        Ok(Self {
            page: Page::new(client, is_chromium),
            driver,
            _folder: folder,
        })
    }

    /// The driver's process id; the browser and its pages descend from it.
    pub fn id(&self) -> u32 {
        self.driver.id()
    }

    /// Closes the session, then the driver.
    pub async fn end(mut self) -> Result<()> {
        self.page.close().await?;
        // Drivers are ended by signal and say nothing by how they end.
        let _status = self.driver.end();
        Ok(())
    }
}

/// What is needed to open Freehold's window.
#[derive(Debug, Clone)]
pub struct Window {
    /// `tauri-driver`.
    pub driver: PathBuf,
    /// `freehold-desktop`.
    pub application: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// The X display, for example `:99`.
    pub display: String,
    /// What stands where its user's own folder is looked for, when its arguments name none.
    pub usual_data: Option<PathBuf>,
}
