//! The headless host, `freehold serve`, on a sandbox.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process::Running;
use crate::sandbox::Sandbox;

/// Generous: on a busy machine the first start also makes the database.
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// A running host and its one-time link.
#[derive(Debug)]
pub struct Host {
    /// `http://127.0.0.1:PORT/#token=…`, good for one use.
    pub link: String,
    /// `127.0.0.1:PORT`.
    pub address: String,
    /// The process.
    pub process: Running,
}

impl Host {
    /// Starts it on a free port; its output goes to `log`.
    pub async fn start(sandbox: &Sandbox, log: &Path) -> Result<Self> {
        let mut command = sandbox.command();
        command.args(["serve", "--listen", "127.0.0.1:0", "--json"]);
        let mut process = Running::start(command, log)?;
        let link = process.line(STARTS_WITHIN, |line| {
            let answer: Value = serde_json::from_str(line).ok()?;
            Some(answer.get("link")?.as_str()?.to_owned())
        });
        let link = link.await?;
        let address = link.strip_prefix("http://").and_then(|rest| rest.split_once('/'));
        let address = address.context("the link is an http link")?.0.to_owned();
        Ok(Self { link, address, process })
    }
}
