//! What Freehold did.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for what was done. Nothing set: everything, the newest 200 first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActivityRequest {
    /// Most entries; 200 when absent, 10,000 at most.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub limit: Option<u32>,
    /// Only entries about this node or wallet.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub subject: Option<String>,
    /// Only entries of these kinds; empty: all.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<ActivityKind>>")]
    pub kinds: Vec<ActivityKind>,
    /// Only entries that hold this text, in capitals or not.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub text: Option<String>,
    /// Only entries at or after this time, in milliseconds since 1970.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub since: Option<i64>,
    /// Only entries before this time, in milliseconds since 1970.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<i64>,
    /// Only entries older than the one with this id: the next page.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub before: Option<i64>,
}

/// What was done, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ActivityList {
    /// The entries.
    pub entries: Vec<ActivityEntry>,
    /// There are older ones that fit: ask again with `before`.
    #[serde(default)]
    pub more: bool,
    /// Every node and wallet that any entry is about, by id.
    #[serde(default)]
    pub subjects: Vec<String>,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActivityEntry {
    /// Counts up.
    pub id: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What sort of thing.
    pub kind: ActivityKind,
    /// The node's or wallet's id.
    pub subject: Option<String>,
    /// One sentence.
    pub text: String,
    /// What is another than before, where that is known.
    #[serde(default)]
    pub changes: Vec<ActivityChange>,
}

/// One value that is another one since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActivityChange {
    /// What has the value, for people.
    pub what: String,
    /// The value before; absent where there was none or nobody knows it.
    pub old: Option<String>,
    /// The value since; absent where there is none any more.
    pub new: Option<String>,
}

/// What sort of thing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A node was added, started, stopped, removed.
    Node,
    /// A wallet was switched or put back.
    Wallet,
    /// The engine came or went.
    Engine,
    /// Something failed.
    Fault,
    /// Settings were changed.
    Settings,
    /// Something worth knowing happened by itself: a node is synced, a disk fills, an update is there.
    Notice,
}

/// Asks for a file of what was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActivityExportRequest {
    /// Which entries; all that fit, whatever its `limit` says.
    pub filter: ActivityRequest,
    /// `json` or `csv`.
    pub format: ActivityFormat,
    /// Where the file goes.
    pub target: FileTarget,
}

/// How exported entries are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActivityFormat {
    /// A list of entries as on this wire.
    Json,
    /// A table for a spreadsheet.
    Csv,
}

/// Where a file goes that the user asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileTarget {
    /// Absolute path that the user chose; absent: the file comes back in the answer, for a browser to keep.
    #[serde(default)]
    pub path: Option<String>,
    /// The user agreed to replace a file that is there.
    #[serde(default)]
    pub replace: bool,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedFile {
    /// A name for it.
    pub name: String,
    /// Where it is; absent where it comes back in the answer.
    pub path: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// Its bytes in Base64, where no path was named.
    pub content: Option<String>,
}
