//! The disks that new chain data can go to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where new chain data can go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiskChoices {
    /// Every disk of this machine that chain data could be kept on: the usable ones first, there the roomiest.
    pub disks: Vec<DiskChoice>,
    /// The folder that new chain data goes to now.
    pub folder: String,
}

/// A disk, and the folder on it that new chain data would go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiskChoice {
    /// Where it is mounted.
    pub mount_point: String,
    /// File system.
    pub file_system: String,
    /// `ssd`, `hdd`, `removable`, `network` or `unknown`.
    pub kind: String,
    /// Size in bytes.
    pub total: u64,
    /// Free bytes.
    pub available: u64,
    /// The folder on it; each node gets a folder of its own inside.
    pub folder: String,
    /// What the setting `chain_data_dir` would be; empty for Freehold's own folder.
    pub setting: String,
    /// A folder on it that is there already, in which its speed can be measured.
    pub measure_in: String,
    /// New chain data goes here now.
    pub is_current: bool,
    /// Why it cannot be used as it is, in one sentence; absent where it can.
    pub problem: Option<String>,
    /// The exact command that mends that, where there is one.
    pub mend: Option<String>,
}
