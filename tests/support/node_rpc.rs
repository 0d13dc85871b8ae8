//! How a node's own command line reaches it, with a credential that Freehold hands out.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use tempfile::TempDir;

use crate::process::{A_MOMENT, output};
use crate::sandbox::Sandbox;

/// `bitcoin-cli` with one credential and no settings file.
pub struct NodeRpc {
    program: PathBuf,
    /// Without settings of its own, so that only the flags count.
    datadir: TempDir,
    port: String,
    user: String,
    password: String,
}

impl NodeRpc {
    /// The credential of `consumer`, as `freehold endpoints` tells it.
    pub fn of(sandbox: &Sandbox, node: &str, consumer: &str) -> Result<Self> {
        let list = sandbox.run(&["endpoints", node]).ok();
        let row = list["endpoints"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|row| row["consumer"] == consumer)
            .with_context(|| format!("{node} offers nothing to {consumer}"))?;
        let text = |key: &str| row[key].as_str().with_context(|| format!("the endpoint has no {key}"));
        let (url, file) = (text("url")?, text("password_file")?);
        let (_, port) = url.rsplit_once(':').with_context(|| format!("no port in {url}"))?;
        let password = std::fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
        Ok(Self {
            program: sandbox.environment.bitcoin_cli.clone(),
            datadir: tempfile::tempdir()?,
            port: port.trim_end_matches('/').to_owned(),
            user: text("user")?.to_owned(),
            password: password.trim().to_owned(),
        })
    }

    /// The password, to look for it where it must not be.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// Runs one RPC; the password goes through standard input.
    pub fn call(&self, args: &[&str]) -> Result<String> {
        let mut command = Command::new(&self.program);
        command
            .arg(format!("-datadir={}", self.datadir.path().display()))
            .args(["-regtest", "-stdinrpcpass", "-rpcconnect=127.0.0.1"])
            .arg(format!("-rpcport={}", self.port))
            .arg(format!("-rpcuser={}", self.user))
            .args(args);
        let input = format!("{}\n", self.password);
        let answer = output(command, Some(input.as_bytes()), A_MOMENT)?;
        Ok(String::from_utf8(answer)?.trim().to_owned())
    }

    /// Mines `count` blocks to an output that anybody can spend; no wallet is needed.
    pub fn mine(&self, count: u32) -> Result<()> {
        self.call(&["generatetodescriptor", &count.to_string(), "raw(51)#8lvh9jxk"])?;
        Ok(())
    }

    /// The hash of the newest block.
    pub fn tip(&self) -> Result<String> {
        self.call(&["getbestblockhash"])
    }
}
