//! Wallets on the wire.

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
    pub leftovers: Vec<String>,
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
}

/// Asks for a revert.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevertRequest {
    /// Wallet id.
    pub wallet: String,
    /// Network; the one that was switched when there is only one.
    #[serde(default)]
    pub network: Option<String>,
}

/// What would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WalletDiff {
    /// Wallet id.
    pub wallet: String,
    /// Network.
    pub network: String,
    /// The file.
    pub file: String,
    /// The lines, secrets masked.
    pub lines: Vec<DiffLineView>,
    /// Nothing would change.
    pub unchanged: bool,
    /// The file would be made (switch) or taken away (revert).
    pub creates_or_removes_file: bool,
    /// What to know about it.
    pub notes: Vec<String>,
    /// Why it could not be done now (for example: the wallet runs).
    pub blocked: Option<super::FaultView>,
    /// Where it would point afterwards.
    pub endpoint: Option<String>,
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
    /// The file.
    pub file: String,
    /// Whether the file was written.
    pub changed: bool,
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
    /// The file.
    pub file: String,
    /// `prepared`, `applied`, `reverted`, `abandoned`.
    pub state: String,
    /// Where it was pointed.
    pub endpoint: Option<String>,
}
