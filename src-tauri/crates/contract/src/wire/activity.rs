//! What Freehold did.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for what was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActivityRequest {
    /// Most entries; 200 when absent.
    #[serde(default)]
    pub limit: Option<u32>,
    /// Only entries about this node or wallet.
    #[serde(default)]
    pub subject: Option<String>,
}

/// What was done, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ActivityList {
    /// The entries.
    pub entries: Vec<ActivityEntry>,
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
