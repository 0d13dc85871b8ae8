//! The command line's grammar. Stable: scripts rely on it.

use std::path::PathBuf;

use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand, ValueEnum};

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
#[derive(Debug, Clone, ClapArgs)]
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
    /// Install a node and start it
    Install {
        #[command(flatten)]
        what: InstallArgs,
        /// Wait until the node has started or is at the tip
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
    /// URLs and credentials that a wallet can use
    Endpoints {
        /// One node; all without
        node: Option<String>,
    },
    /// Every wallet on this machine and whom it asks
    Wallets,
    /// Point a wallet at a node, or put it back
    #[command(subcommand)]
    Wallet(WalletCommand),
    /// What Freehold did, newest first
    Activity {
        /// How many entries
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
    /// What machine and nodes use
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
    /// Set an option; see `freehold catalog show ID`
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_value)]
    pub(crate) options: Vec<(String, String)>,
    /// Folder for the chain data
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}

fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

/// How far to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WaitFor {
    /// Its containers run.
    Started,
    /// It is at the tip.
    Ready,
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

/// About one wallet.
#[derive(Debug, Subcommand)]
pub(crate) enum WalletCommand {
    /// Show what a switch would change
    Diff(SwitchArgs),
    /// Point a wallet at a node
    Switch {
        #[command(flatten)]
        what: SwitchArgs,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Put a wallet's settings back
    Revert {
        /// Wallet id
        wallet: String,
        /// Network; the switched one without
        #[arg(long, value_name = "NAME")]
        network: Option<String>,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// What was done to a wallet
    History {
        /// Wallet id
        wallet: String,
    },
}

/// Where to point a wallet.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct SwitchArgs {
    /// Wallet id; see `freehold wallets`
    pub(crate) wallet: String,
    /// One of your nodes
    #[arg(long, value_name = "NODE", conflicts_with = "to", required_unless_present = "to")]
    pub(crate) node: Option<String>,
    /// Any endpoint, for example bitcoin+http://127.0.0.1:8332
    #[arg(long, value_name = "URL")]
    pub(crate) to: Option<String>,
    /// User name at the endpoint
    #[arg(long, value_name = "NAME", requires = "to", requires = "password_file")]
    pub(crate) user: Option<String>,
    /// File that holds the password
    #[arg(long, value_name = "FILE", requires = "user")]
    pub(crate) password_file: Option<PathBuf>,
    /// Network; the node's, or mainnet
    #[arg(long, value_name = "NAME")]
    pub(crate) network: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_grammar_is_sound() {
        Args::command().debug_assert();
    }
}
