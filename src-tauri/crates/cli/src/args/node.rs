//! What to change about a node, and what to make one from.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::key_value;

/// Which options of which node.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct ChangeArgs {
    /// The node
    pub(crate) node: String,
    /// The new value; nothing after `=` goes back to the default. For a secret, KEY=@FILE reads the value from a file
    #[arg(required = true, value_name = "KEY=VALUE", value_parser = key_value)]
    pub(crate) options: Vec<(String, String)>,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Which node's data goes where.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct MoveArgs {
    /// The node
    pub(crate) node: String,
    /// The new folder, empty or not there yet
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
}

/// A node that somebody else runs.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct AttachArgs {
    /// Catalog id, for example bitcoin-core
    pub(crate) id: String,
    /// Where it answers, for example bitcoin+http://127.0.0.1:8332
    #[arg(long, value_name = "URL")]
    pub(crate) to: String,
    /// Its network; the entry's first without
    #[arg(long, value_name = "NAME")]
    pub(crate) network: Option<String>,
    /// Name of the node
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// User name at its RPC
    #[arg(long, value_name = "NAME", requires = "password_file")]
    pub(crate) user: Option<String>,
    /// File that holds the password
    #[arg(long, value_name = "FILE", requires = "user")]
    pub(crate) password_file: Option<PathBuf>,
}

/// Where to look for what a node could be made from.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct AdoptableArgs {
    /// Catalog id; all without
    pub(crate) id: Option<String>,
    /// A folder to look at, beside the usual places
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}
