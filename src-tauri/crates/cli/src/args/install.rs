//! What to install.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::key_value;

/// What to install.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct InstallArgs {
    /// Catalog id, for example bitcoin-core
    pub(crate) id: String,
    /// mainnet, testnet4, signet, regtest …; the entry's first without
    #[arg(long, value_name = "NAME")]
    pub(crate) network: Option<String>,
    /// Name of the node
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Set an option; see `freehold catalog show ID`. For a secret, KEY=@FILE reads the value from a file
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    pub(crate) options: Vec<(String, String)>,
    /// For a node that this one needs: one of yours, or `new`; a fitting one is chosen without
    #[arg(long = "with", value_name = "NAME=NODE|new", value_parser = needed)]
    pub(crate) needs: Vec<(String, String)>,
    /// Folder for the chain data
    #[arg(long, value_name = "DIR", conflicts_with = "adopt")]
    pub(crate) data: Option<PathBuf>,
    /// Use this data folder, which an earlier node or another program left, where it is
    #[arg(long, value_name = "DIR")]
    pub(crate) adopt: Option<PathBuf>,
    /// Measure the disk for a few seconds and estimate the first sync from that
    #[arg(long)]
    pub(crate) measure: bool,
}

/// How far to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WaitFor {
    /// Its containers run.
    Started,
    /// It is at the tip.
    Ready,
}

fn needed(text: &str) -> Result<(String, String), String> {
    let (name, node) = key_value(text).map_err(|_| "write it as NAME=NODE or NAME=new")?;
    if node.is_empty() {
        return Err("name one of your nodes after `=`, or write `new`".to_owned());
    }
    Ok((name, node))
}
