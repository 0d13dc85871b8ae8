//! What the machine and its nodes use.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// This machine now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MachineView {
    /// Percent of the whole machine.
    pub cpu_percent: Option<f64>,
    /// Logical processors.
    pub cpus: u32,
    /// Memory in use.
    pub memory_used: u64,
    /// Memory.
    pub memory_total: u64,
    /// Bytes received over the network a second.
    pub net_in_rate: Option<f64>,
    /// Bytes sent over the network a second.
    pub net_out_rate: Option<f64>,
    /// Bytes read from disks a second.
    pub disk_read_rate: Option<f64>,
    /// Bytes written to disks a second.
    pub disk_write_rate: Option<f64>,
    /// True while it runs on its battery; absent where it has none or that is not known.
    pub on_battery: Option<bool>,
    /// True while the network connection is metered; absent where that is not known.
    pub metered: Option<bool>,
    /// Disks.
    pub disks: Vec<DiskView>,
}

/// A disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiskView {
    /// Where it is mounted.
    pub mount_point: String,
    /// File system.
    pub file_system: String,
    /// `ssd`, `hdd` or `unknown`.
    pub kind: String,
    /// Size in bytes.
    pub total: u64,
    /// Free bytes.
    pub available: u64,
    /// Earliest time until it is full, in seconds; absent where it does not fill or nobody can tell yet.
    pub full_in_low_s: Option<u64>,
    /// Latest time until it is full, in seconds.
    pub full_in_high_s: Option<u64>,
    /// `fine`, `filling` (warn), `low` (free some now) or `stopped` (nodes on it were stopped).
    pub level: String,
    /// What can be done, where something should be.
    pub advice: Option<String>,
}

/// What a node uses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NodeUsage {
    /// The node.
    pub node: String,
    /// Percent of one core, all services together.
    pub cpu_percent: Option<f64>,
    /// Memory in bytes.
    pub memory_bytes: Option<u64>,
    /// Disk in bytes.
    pub disk_bytes: Option<u64>,
    /// Bytes received over the network a second.
    pub net_in_rate: Option<f64>,
    /// Bytes sent over the network a second.
    pub net_out_rate: Option<f64>,
    /// Bytes read from disks a second.
    pub disk_read_rate: Option<f64>,
    /// Bytes written to disks a second.
    pub disk_write_rate: Option<f64>,
}

/// Machine and nodes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ResourceReport {
    /// This machine.
    pub machine: MachineView,
    /// Every running node.
    pub nodes: Vec<NodeUsage>,
}

/// The outcome of a look over everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DoctorReport {
    /// True while no check failed.
    pub healthy: bool,
    /// The checks.
    pub checks: Vec<DoctorCheck>,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DoctorCheck {
    /// Its name.
    pub name: String,
    /// `ok`, `warning` or `failed`.
    pub outcome: String,
    /// What was found.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
}
