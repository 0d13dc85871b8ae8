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
