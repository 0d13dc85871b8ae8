//! How things went: sync and use of the machine over time.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks how a node went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HistoryRequest {
    /// The node.
    pub node: String,
    /// How many hours back; 24 when absent.
    #[serde(default)]
    pub hours: Option<u32>,
    /// Most points of each curve; 300 when absent.
    #[serde(default)]
    pub points: Option<u32>,
}

/// Asks how the machine went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MachineHistoryRequest {
    /// How many hours back; 24 when absent.
    #[serde(default)]
    pub hours: Option<u32>,
    /// Most points of each curve; 300 when absent.
    #[serde(default)]
    pub points: Option<u32>,
}

/// How a node went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NodeHistory {
    /// Its sync, oldest first.
    pub sync: Vec<SyncPoint>,
    /// What each service used.
    pub services: Vec<ServiceHistory>,
}

/// How far a node was at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct SyncPoint {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Blocks checked.
    pub height: u64,
    /// 0 to 100, where the node could tell.
    pub percent: Option<f64>,
    /// Connections.
    pub peers: u32,
}

/// What a service used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ServiceHistory {
    /// The service.
    pub service: String,
    /// Its use, oldest first.
    pub points: Vec<UsagePoint>,
}

/// What was used around a moment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct UsagePoint {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Percent of one core; of the whole machine for the machine.
    pub cpu_percent: Option<f64>,
    /// Memory in bytes.
    pub memory_bytes: Option<u64>,
    /// Disk in bytes.
    pub disk_bytes: Option<u64>,
    /// Bytes received a second.
    pub net_in_rate: Option<f64>,
    /// Bytes sent a second.
    pub net_out_rate: Option<f64>,
    /// Bytes read from disks a second.
    pub disk_read_rate: Option<f64>,
    /// Bytes written to disks a second.
    pub disk_write_rate: Option<f64>,
}

/// How the machine went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MachineHistory {
    /// Its use, oldest first.
    pub points: Vec<UsagePoint>,
}

/// What a disk can do, measured just now.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct DiskSpeedView {
    /// Bytes written a second, forced to the disk.
    pub write_rate: f64,
    /// Bytes read a second.
    pub read_rate: f64,
    /// Small writes forced to the disk, a second.
    pub fsyncs: f64,
    /// Small reads at random places, a second.
    pub random_reads: f64,
}
