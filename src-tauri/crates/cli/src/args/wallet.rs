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
        /// Set the node first so that it has what the wallet needs
        #[arg(long, requires = "node", conflicts_with = "anyway")]
        fix: bool,
        /// Switch also where the node lacks what the wallet needs
        #[arg(long)]
        anyway: bool,
        /// While the wallet runs: make the change when it closes
        #[arg(long)]
        when_closed: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Put a wallet's settings back
    Revert {
        /// Wallet id
        #[arg(required_unless_present = "all")]
        wallet: Option<String>,
        /// Put every wallet back that was switched, for example before Freehold is uninstalled
        #[arg(long, conflicts_with_all = ["wallet", "network", "file"])]
        all: bool,
        /// The file that was switched, of a wallet without a fixed place
        #[arg(long, value_name = "PATH")]
        file: Option<PathBuf>,
        /// While the wallet runs: put it back when it closes
        #[arg(long)]
        when_closed: bool,
        /// Network; the switched one without
        #[arg(long, value_name = "NAME")]
        network: Option<String>,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// The steps for a wallet without a file that could be edited
    Guide {
        /// Wallet id; see `freehold wallets`
        wallet: String,
        /// One of your nodes; the first that fits without
        #[arg(long, value_name = "NODE")]
        node: Option<String>,
    },
    /// Make a page that asks a browser's wallet to use a node, print its address, and wait for the outcome
    Prompt {
        /// Wallet id: metamask
        wallet: String,
        /// One of your nodes
        #[arg(long, value_name = "NODE")]
        node: String,
    },
    /// A link for a wallet on a telephone
    Phone {
        /// Wallet id: bluewallet, fully-noded or cake-mobile
        wallet: String,
        /// One of your nodes
        #[arg(long, value_name = "NODE")]
        node: String,
        /// A way of your own to the node, such as an onion address or one inside a VPN; your own network without
        #[arg(long, value_name = "HOST[:PORT]")]
        address: Option<String>,
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
    /// The file, of a wallet without a fixed place (hardhat, web3-env, monero-wallet-cli)
    #[arg(long, value_name = "PATH")]
    pub(crate) file: Option<PathBuf>,
}
