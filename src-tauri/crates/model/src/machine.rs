//! Facts about the machine and the engine that plans are made from.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::ByteSize;

/// Which engine it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineKind {
    /// Docker Engine, also behind Docker Desktop, Colima, OrbStack.
    Docker,
    /// Podman.
    Podman,
}

/// What is known about the engine once it has answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineFacts {
    /// Docker or Podman.
    pub kind: EngineKind,
    /// Its version, for example `20.10.24`.
    pub version: String,
    /// API version spoken, for example `1.41`.
    pub api_version: String,
    /// Runs without root.
    pub rootless: bool,
    /// Runs on this very machine, so that folders and control groups can be reached (not in a virtual machine, not
    /// remote).
    pub shares_machine: bool,
    /// Where it was reached, for example `unix:///var/run/docker.sock`.
    pub address: String,
    /// Platform of its containers, for example `linux/amd64`.
    pub platform: String,
    /// Processors it can use.
    pub cpus: u64,
    /// Memory it can use.
    pub memory: ByteSize,
    /// `1`, `2` or empty where unknown.
    pub cgroup_version: String,
    /// Its own warnings.
    pub warnings: Vec<String>,
}

impl EngineFacts {
    /// Whether it can limit what a container uses. Without root's rights it cannot on a kernel with the first version of
    /// control groups; there it ignores the limits that a container is made with.
    pub fn can_limit(&self) -> bool {
        !(self.rootless && self.cgroup_version == "1")
    }
}

/// What is known about this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineFacts {
    /// Memory.
    pub memory: ByteSize,
    /// Memory not in use.
    pub memory_available: ByteSize,
    /// Logical processors.
    pub cpus: u32,
    /// The user Freehold runs as.
    pub uid: u32,
    /// Their group.
    pub gid: u32,
    /// Disks.
    pub disks: Vec<DiskFacts>,
}

/// One disk (mounted file system).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskFacts {
    /// Where it is mounted.
    pub mount_point: PathBuf,
    /// Its name.
    pub name: String,
    /// File system, for example `ext4`.
    pub file_system: String,
    /// `ssd`, `hdd` or `unknown`.
    pub kind: String,
    /// Size.
    pub total: ByteSize,
    /// Free for this user.
    pub available: ByteSize,
}
