//! Wallets on the wire.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Every wallet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WalletList {
    /// One row for each wallet and network.
    pub wallets: Vec<WalletView>,
}

/// A wallet on one network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WalletView {
    /// Wallet id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Network.
    pub network: String,
    /// Whether its settings exist on this machine.
    pub found: bool,
    /// Its settings files.
    pub files: Vec<String>,
    /// Endpoint in use, without secrets.
    pub endpoint: Option<String>,
    /// Who answers there: one of your nodes' names, a provider, or unknown.
    pub provider: Option<String>,
    /// True: somebody else's server. False: your own. Absent: unknown.
    pub hosted: Option<bool>,
    /// Your node that it uses.
    pub node: Option<String>,
    /// Whether it runs now.
    pub running: bool,
    /// `file`, `prompt`, `guide` or `no`.
    pub switchable: String,
    /// One sentence about the row.
    pub why: String,
    /// Freehold switched it and can put it back.
    pub can_revert: bool,
    /// Protocols it can use.
    pub protocols: Vec<String>,
    /// What goes on contacting others after a switch.
    pub leftovers: Vec<LeftoverView>,
    /// Further endpoints that it uses, without secrets.
    pub others: Vec<String>,
    /// What else to know, for example which environment variable beats its file.
    pub notes: Vec<String>,
    /// What will be done when it closes, in a sentence.
    pub waiting: Option<String>,
    /// Your nodes that it could be pointed at, by id.
    pub nodes: Vec<String>,
    /// It has no fixed place: a switch names the file.
    pub takes_file: bool,
    /// When it was last seen at one of your nodes, in milliseconds since 1970, to ten seconds; absent where that is not
    /// known.
    pub last_used_at: Option<i64>,
    /// How `last_used_at` is known, in a sentence.
    pub use_note: Option<String>,
    /// What is wrong with a wallet that Freehold switched, in a sentence: it runs and does not ask its node, or its
    /// settings point elsewhere again.
    pub attention: Option<String>,
}

/// Something that a wallet goes on asking others for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftoverView {
    /// What, for example `exchange rates`.
    pub what: String,
    /// Whom, where the host is known.
    pub host: Option<String>,
    /// How to turn it off.
    pub off: Option<String>,
}

/// Names a wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WalletRequest {
    /// Wallet id.
    pub wallet: String,
}

/// Asks for a switch. Exactly one of `node` and `to` is given.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SwitchRequest {
    /// Wallet id.
    pub wallet: String,
    /// One of your nodes.
    #[serde(default)]
    pub node: Option<String>,
    /// Any endpoint, for example `bitcoin+http://127.0.0.1:8332`.
    #[serde(default)]
    pub to: Option<String>,
    /// With `to`: user name.
    #[serde(default)]
    pub user: Option<String>,
    /// With `to`: file that holds the password.
    #[serde(default)]
    pub password_file: Option<String>,
    /// Network; the node's, or mainnet.
    #[serde(default)]
    pub network: Option<String>,
    /// Switch also where the node certainly lacks what the wallet needs.
    #[serde(default)]
    pub anyway: bool,
    /// For a wallet without a fixed place: its file.
    #[serde(default)]
    pub file: Option<String>,
    /// While the wallet runs: wait and make the change when it closes.
    #[serde(default)]
    pub when_closed: bool,
}

/// Asks for a revert.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevertRequest {
    /// Wallet id.
    pub wallet: String,
    /// Network; the one that was switched when there is only one.
    #[serde(default)]
    pub network: Option<String>,
    /// For a wallet without a fixed place: its file; the one that was switched when there is only one.
    #[serde(default)]
    pub file: Option<String>,
    /// While the wallet runs: wait and put it back when it closes.
    #[serde(default)]
    pub when_closed: bool,
}

/// Names a wallet's network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WaitingRequest {
    /// Wallet id.
    pub wallet: String,
    /// Network.
    pub network: String,
}

/// What came of putting every wallet back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RevertAllReport {
    /// The wallets that are back, or will be when they close.
    pub done: Vec<WalletChange>,
    /// The wallets that are not.
    pub failed: Vec<RevertFailure>,
}

/// A wallet that was not put back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RevertFailure {
    /// Wallet id.
    pub wallet: String,
    /// Network.
    pub network: String,
    /// Why.
    pub fault: super::FaultView,
}

/// What would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WalletDiff {
    /// Wallet id.
    pub wallet: String,
    /// Network.
    pub network: String,
    /// Its files, the settings first.
    pub files: Vec<WalletFileDiff>,
    /// Nothing would change.
    pub unchanged: bool,
    /// With a revert: the exact bytes would be back (false: only our keys would be put back).
    pub exact: bool,
    /// What to know about it.
    pub notes: Vec<String>,
    /// Why it could not be done now (for example: the wallet runs).
    pub blocked: Option<super::FaultView>,
    /// Where it would point afterwards.
    pub endpoint: Option<String>,
    /// What the node lacks and the wallet needs.
    pub lacks: Vec<LackView>,
}

/// What would change in one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WalletFileDiff {
    /// The file.
    pub file: String,
    /// The lines, secrets masked.
    pub lines: Vec<DiffLineView>,
    /// Nothing would change.
    pub unchanged: bool,
    /// The file would be made.
    pub is_made: bool,
    /// The file would be taken away.
    pub goes: bool,
}

/// Something that a wallet needs and that a node lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LackView {
    /// `wallet-functions`, `block-filters`, `transaction-index`, `full-blocks`, `bloom-filters`, `peer-port` or
    /// `at-least-version`.
    pub need: String,
    /// One or two sentences for people.
    pub sentence: String,
    /// True: the node is set so that it lacks it, and a switch is refused unless asked for all the same. False: told only,
    /// since nobody can be sure or no setting of yours decides it.
    pub blocks: bool,
    /// What would mend it.
    pub fix: Option<NodeFix>,
}

/// A change of a node's options that gives a wallet what it needs: what `node_change` is called with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NodeFix {
    /// The node's id.
    pub node: String,
    /// Options with their new values.
    pub set: BTreeMap<String, String>,
    /// The heaviest effect: `none`, `restart`, `reindex` or `resync`.
    pub effect: String,
    /// What that means, one sentence each.
    pub consequences: Vec<String>,
    /// Nodes that would be stopped and started with it, by id.
    pub restarts: Vec<String>,
    /// The same on the command line.
    pub command: String,
}

/// A line of a diff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiffLineView {
    /// What happens to it.
    pub kind: DiffKind,
    /// The line.
    pub text: String,
}

/// What happens to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiffKind {
    /// Stays.
    Context,
    /// Goes.
    Removed,
    /// Comes.
    Added,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WalletChange {
    /// Wallet id.
    pub wallet: String,
    /// Network.
    pub network: String,
    /// The files that were written or taken away; its settings where none was.
    pub files: Vec<String>,
    /// Whether any file was written.
    pub changed: bool,
    /// It runs: the change is made when it closes.
    pub waiting: bool,
    /// With a revert: the exact bytes are back (false: only our keys were put back).
    pub exact: bool,
    /// The endpoint's height, asked for after the change; absent after a revert.
    pub height: Option<u64>,
    /// What to know about it.
    pub notes: Vec<String>,
}

/// What was done to a wallet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WalletHistory {
    /// Newest first.
    pub entries: Vec<WalletHistoryEntry>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WalletHistoryEntry {
    /// Journal id.
    pub id: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Network.
    pub network: String,
    /// The files.
    pub files: Vec<String>,
    /// `prepared`, `applied`, `reverted`, `abandoned`.
    pub state: String,
    /// Where it was pointed.
    pub endpoint: Option<String>,
}
