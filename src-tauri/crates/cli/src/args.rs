//! The command line's grammar. Stable: scripts rely on it.

mod credential;
mod install;
mod node;
mod wallet;

use std::path::PathBuf;

use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand};

pub(crate) use credential::{CredentialArgs, CredentialCommand};
pub(crate) use install::{InstallArgs, WaitFor};
pub(crate) use node::{AdoptableArgs, AttachArgs, ChangeArgs, MoveArgs};
pub(crate) use wallet::{SwitchArgs, WalletCommand};

/// Run your own node and point your wallets at it.
#[derive(Debug, Parser)]
#[command(name = "freehold", version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What holds for every command.
#[derive(Debug, Clone, Default, ClapArgs)]
pub(crate) struct Global {
    /// Print one JSON document and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Freehold's own folder
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// The home in which wallets are looked for
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) home: Option<PathBuf>,
    /// The container engine: unix://…, tcp://…, ssh://…
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) engine: Option<String>,
    /// Your own catalog folder, on top of the built-in catalog
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) catalog: Option<PathBuf>,
    /// Say less
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more; twice for everything
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// What can be installed
    #[command(subcommand)]
    Catalog(CatalogCommand),
    /// What an install would come to; changes nothing
    Preflight(InstallArgs),
    /// Install a node, with those that it needs, and start it
    Install {
        #[command(flatten)]
        what: InstallArgs,
        /// Wait until the node and those installed with it have started or are at the tip
        #[arg(long, value_enum, default_value_t = WaitFor::Started, value_name = "STATE")]
        wait: WaitFor,
        /// Accept warnings without asking
        #[arg(long)]
        yes: bool,
    },
    /// How your nodes are
    Status {
        /// One node; all without
        node: Option<String>,
        /// Keep showing it
        #[arg(long)]
        watch: bool,
    },
    /// Start a node
    Start {
        /// The node
        node: String,
    },
    /// Stop a node cleanly
    Stop {
        /// The node
        node: String,
    },
    /// Stop and start a node
    Restart {
        /// The node
        node: String,
    },
    /// Remove a node; its chain data stays
    Remove {
        /// The node
        node: String,
    },
    /// Remove a node and its chain data
    Erase {
        /// The node
        node: String,
        /// Yes, erase the chain data
        #[arg(long)]
        yes: bool,
    },
    /// Update a node to what the catalog names; a version that does not work is taken back
    Update {
        /// The node
        node: String,
        /// Only say what would change
        #[arg(long, conflicts_with = "yes")]
        check: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Go back to the version before the last update
    Rollback {
        /// The node
        node: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Change options of a node
    Set(ChangeArgs),
    /// Move a node's data to another folder
    Move(MoveArgs),
    /// Watch a node that somebody else runs on this machine, and offer it to wallets
    Attach(AttachArgs),
    /// Data folders and running nodes of this machine that a node could be made from
    Adoptable(AdoptableArgs),
    /// A node's log
    Logs {
        /// The node
        node: String,
        /// The service; the first without
        #[arg(long, value_name = "NAME")]
        service: Option<String>,
        /// Go on with new lines
        #[arg(short, long)]
        follow: bool,
        /// How many of the last lines
        #[arg(long, default_value_t = 200, value_name = "N")]
        tail: u32,
    },
    /// The last crashes of a node, with the last lines of its log
    Crashes {
        /// The node
        node: String,
    },
    /// Whom a node is connected to, as far as its client tells
    Peers {
        /// The node
        node: String,
    },
    /// How a node's sync and its use of the machine went
    History {
        /// One node; the whole machine without
        node: Option<String>,
        /// How many hours back
        #[arg(long, default_value_t = 24, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        hours: u32,
    },
    /// URLs and credentials that a wallet can use
    Endpoints {
        /// One node; all without
        node: Option<String>,
    },
    /// The logins of a node: who has one, take one back, give a new password
    #[command(subcommand)]
    Credential(CredentialCommand),
    /// Every wallet on this machine and whom it asks
    Wallets,
    /// Point a wallet at a node, or put it back
    #[command(subcommand)]
    Wallet(WalletCommand),
    /// Whom every wallet, tool, variable and node on this machine asks, and how much of it is your own
    Audit,
    /// Pretend that a cloud or a provider is gone: what would stop, and what answers now
    Drill {
        /// amazon, google, microsoft, cloudflare, or a provider's id; without it, those that can be named
        #[arg(long, value_name = "WHO")]
        without: Option<String>,
    },
    /// What Freehold did, newest first
    Activity {
        /// How many entries
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
        /// Only about this node or wallet
        #[arg(long, value_name = "ID")]
        subject: Option<String>,
        /// Only entries that hold this text
        #[arg(long, value_name = "TEXT")]
        text: Option<String>,
    },
    /// What helps to find out what is wrong, with secrets and names hidden; shown, or saved as one file
    Support {
        /// Save it there, as .tar.gz
        #[arg(long, value_name = "PATH")]
        save: Option<PathBuf>,
    },
    /// What machine and nodes use, and when a disk will be full
    Resources,
    /// Look over engine, folder, clock, disks and catalog
    Doctor,
    /// Serve the window's interface to a browser on this machine
    Serve {
        /// unix:PATH or 127.0.0.1:PORT; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS")]
        listen: String,
    },
}

/// About the catalog.
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogCommand {
    /// Every entry
    List,
    /// One entry with its options
    Show {
        /// Catalog id
        id: String,
    },
    /// Check a folder of catalog files
    Check {
        /// The folder
        dir: PathBuf,
    },
}

/// `KEY=VALUE`; the value may be empty, the key may not.
fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
    let key = key.trim();
    if key.is_empty() {
        return Err("the name before `=` is missing".to_owned());
    }
    Ok((key.to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod guide_tests;
#[cfg(test)]
mod tests;
