//! A Bitcoin Core that runs on this machine without Freehold: what a person had before.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::process::{A_MOMENT, Running, free_port, output};
use crate::sandbox::Sandbox;
use crate::wait::patiently;

/// Starting on an empty folder takes under a second.
const STARTS_WITHIN: Duration = Duration::from_secs(30);
/// What its owner has set there; all of it holds for every network.
const SETTINGS: &str = "# my own node\ndbcache=100\nmaxconnections=16\n";
/// Its login.
const USER: &str = "somebody";
const PASSWORD: &str = "a-password-of-their-own";

/// A bitcoind on regtest with a folder of its own. Ended when dropped.
#[derive(Debug)]
pub struct OutsideNode {
    process: Running,
    cli: PathBuf,
    folder: PathBuf,
    /// Its RPC port on 127.0.0.1.
    pub port: u16,
}

impl OutsideNode {
    /// Starts it with its data in `folder` and waits until it answers.
    pub fn start(sandbox: &Sandbox, folder: &Path) -> Result<Self> {
        let port = free_port()?;
        std::fs::create_dir_all(folder)?;
        #[expect(clippy::disallowed_methods, reason = "a test's own file need not survive a crash")]
        std::fs::write(folder.join("bitcoin.conf"), SETTINGS)?;
        let mut program = Command::new(&sandbox.environment.bitcoind);
        program.args(["-regtest", "-server=1", "-listen=0"]);
        program.arg(format!("-datadir={}", folder.display()));
        program.args([
            format!("-rpcuser={USER}"),
            format!("-rpcpassword={PASSWORD}"),
            format!("-rpcport={port}"),
        ]);
        let log = sandbox.data().with_extension("outside.log");
        let process = Running::start(program, &log)?;
        let node = Self {
            process,
            cli: sandbox.environment.bitcoin_cli.clone(),
            folder: folder.to_path_buf(),
            port,
        };
        patiently("the outside node answers", STARTS_WITHIN, || {
            node.call(&["getblockcount"]).ok()
        });
        Ok(node)
    }

    /// Runs one RPC.
    pub fn call(&self, args: &[&str]) -> Result<String> {
        let mut command = Command::new(&self.cli);
        command
            .args(["-regtest", "-rpcconnect=127.0.0.1"])
            .arg(format!("-datadir={}", self.folder.display()));
        command.args([
            format!("-rpcuser={USER}"),
            format!("-rpcpassword={PASSWORD}"),
            format!("-rpcport={}", self.port),
        ]);
        command.args(args);
        Ok(String::from_utf8(output(command, None, A_MOMENT)?)?.trim().to_owned())
    }

    /// Mines blocks that anybody can spend.
    pub fn mine(&self, count: u32) -> Result<()> {
        self.call(&["generatetodescriptor", &count.to_string(), "raw(51)#8lvh9jxk"])?;
        Ok(())
    }

    /// Its user name and the file that holds its password.
    pub fn login(&self) -> Result<(&'static str, PathBuf)> {
        let file = self.folder.with_extension("password");
        #[expect(clippy::disallowed_methods, reason = "a test's own file need not survive a crash")]
        std::fs::write(&file, format!("{PASSWORD}\n")).context("the password's file")?;
        Ok((USER, file))
    }

    /// Stops it cleanly; its folder stays.
    pub fn stop(mut self) -> Result<()> {
        self.process.end()?;
        Ok(())
    }
}

impl Drop for OutsideNode {
    fn drop(&mut self) {
        let _missing_is_fine = std::fs::remove_file(self.process.log());
    }
}
