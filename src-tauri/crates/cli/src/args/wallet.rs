//! About wallets.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

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
