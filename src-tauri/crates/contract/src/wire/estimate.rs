//! How long first syncs would take on this machine, for the whole catalog at once.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DiskSpeedView, SyncEstimate};

/// Asks for the estimates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncEstimatesRequest {
    /// Measure the disk for chain data now, for a few seconds; else the last measurement counts, if there was one.
    #[serde(default)]
    pub measure: bool,
}

/// First syncs of every entry, with default options on its first network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncEstimates {
    /// The folder whose disk was measured.
    pub folder: String,
    /// The disk's speed; absent while it was not measured.
    pub speed: Option<DiskSpeedView>,
    /// When it was measured, in milliseconds since 1970.
    pub measured_at: Option<i64>,
    /// One for each entry that something can be said about; empty while the disk was not measured.
    pub entries: Vec<EntryEstimate>,
}

/// The first sync of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EntryEstimate {
    /// Catalog id.
    pub client: String,
    /// How long it takes.
    pub estimate: SyncEstimate,
}
