//! The audit: whom every wallet, tool, variable and node on this machine asks, and whose ground that is.
//!
//! Two rules. Nothing leaves the machine: everything here works on names and on the table of providers, and there is no
//! call that opens a connection or looks a name up. And nothing that it gives holds a secret: paths, queries and user names of
//! addresses never leave `audit/address.rs`.

mod address;
mod assignment;
mod environment;
mod listed;
mod mesc;
mod node;
mod row;
mod score;
mod variable;
mod wallets;

use std::path::PathBuf;

pub use node::{NodeAsks, NodeUse};
pub use row::{AuditRow, Ground, Source, SourceKind, UserKind, Verdict};
pub use score::Score;
pub use variable::is_audited_variable;

use crate::find::WalletRow;
use crate::guide::Guide;
use crate::journal::Journal;
use crate::place::Places;
use crate::provider::{Cloud, Provider, providers};

/// What an audit looks at beside the files of the home.
#[derive(Clone, Copy)]
pub struct AuditInput<'a> {
    /// The home, and the variables that the host passed in.
    pub places: &'a Places,
    /// The wallets, as [`crate::find()`] gives them.
    pub wallets: &'a [WalletRow],
    /// The wallets without a settings file, each with the path by which it is known to be here.
    pub guided: &'a [(&'static Guide, Option<PathBuf>)],
    /// What was switched.
    pub journal: Option<&'a Journal>,
    /// Whom the user's nodes ask.
    pub nodes: &'a [NodeUse],
    /// Whether a host and port is a node of the user.
    pub own: &'a dyn Fn(&str, u16) -> bool,
}

/// The result. No text in it holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The endpoints: wallets first, then tools, variables, nodes.
    pub rows: Vec<AuditRow>,
    /// What goes on beside them.
    pub leftovers: Vec<Leftover>,
    /// Files that should have been read and were not.
    pub unread: Vec<Unread>,
}

/// A call to others that goes on beside the endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// Wallet id.
    pub wallet: String,
    /// The wallet's name.
    pub name: String,
    /// What it asks for.
    pub what: String,
    /// The host, where that is known.
    pub host: Option<String>,
    /// Who runs it.
    pub provider: Option<&'static Provider>,
    /// How to turn it off.
    pub how_off: Option<String>,
}

/// A file that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub why: String,
}

/// Looks at everything. Reads files of the home; changes nothing, asks nobody.
pub fn audit(input: AuditInput<'_>) -> Audit {
    let wallets = wallets::wallets(input.wallets, input.places, input.journal, input.own);
    let guided = wallets::guided(input.guided, input.own);
    let environment = environment::environment(input.places, input.own);
    let mut rows = wallets.rows;
    rows.extend(guided.rows);
    rows.extend(environment.rows);
    rows.extend(
        input
            .nodes
            .iter()
            .enumerate()
            .map(|(at, used)| node::row(at, used, input.own)),
    );
    rows.sort_by_key(|row| row.kind);
    let mut leftovers = wallets.leftovers;
    leftovers.extend(guided.leftovers);
    let mut unread = wallets.unread;
    unread.extend(environment.unread);
    Audit {
        rows,
        leftovers,
        unread,
    }
}

impl Audit {
    /// How much stands on own ground now.
    pub fn now(&self) -> Score {
        Score::of(
            self.rows
                .iter()
                .map(|row| &row.now)
                .filter(|used| used.counted)
                .map(|used| used.verdict),
        )
    }

    /// The same with every switch by Freehold taken back.
    pub fn before(&self) -> Score {
        let grounds = self.rows.iter().map(AuditRow::before_or_now);
        Score::of(grounds.filter(|used| used.counted).map(|used| used.verdict))
    }

    /// The providers that something here is at, in the order of the table.
    pub fn providers_here(&self) -> Vec<&'static Provider> {
        let is_here = |provider: &&Provider| {
            self.rows
                .iter()
                .any(|row| row.now.provider.is_some_and(|used| used.id == provider.id))
        };
        providers().iter().filter(is_here).collect()
    }

    /// Whether something here is at a provider that runs, or probably runs, in a cloud.
    pub fn is_cloud_here(&self, cloud: Cloud) -> bool {
        self.providers_here()
            .iter()
            .any(|provider| provider.operated_by == Some(cloud) || provider.clouds.contains(&cloud))
    }
}

#[cfg(test)]
mod tests;
