//! About the logins of a node.

use clap::{Args as ClapArgs, Subcommand};

/// About the logins of a node.
#[derive(Debug, Subcommand)]
pub(crate) enum CredentialCommand {
    /// Who may log in at a node, and what has become of it
    List {
        /// The node
        node: String,
    },
    /// Take a login back; the node restarts without that user
    Revoke(CredentialArgs),
    /// Give a login a new password; the wallet's settings follow
    Rotate(CredentialArgs),
}

/// Which login.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct CredentialArgs {
    /// The node
    pub(crate) node: String,
    /// Whose login, for example sparrow; see `freehold credential list`
    pub(crate) consumer: String,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
}
