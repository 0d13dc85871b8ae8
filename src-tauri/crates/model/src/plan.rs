//! What will be made on the engine, and what speaks against it: computed by the crate `plan`, carried out elsewhere.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{ByteSize, FaultCode, ImageReference, NodeId, Secret, ServiceName};

/// Labels by which Freehold finds its containers again.
pub mod label {
    /// The node's id.
    pub const NODE: &str = "freehold.node";
    /// The service's name.
    pub const SERVICE: &str = "freehold.service";
    /// Hash of the plan that the container was made from.
    pub const SPEC: &str = "freehold.spec";
    /// The data folder (an id kept in it) that the container belongs to; two Freeholds may share one engine.
    pub const INSTANCE: &str = "freehold.instance";
}

/// Everything a node needs on the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct NodePlan {
    /// The node.
    pub node: NodeId,
    /// Its containers, in start order.
    pub containers: Vec<ContainerPlan>,
}

/// One container, ready to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContainerPlan {
    /// The container's name on the engine; people see it, Freehold never looks it up.
    pub name: String,
    /// The service it is.
    pub service: ServiceName,
    /// Its image.
    pub image: ImageReference,
    /// Program.
    pub entrypoint: Vec<String>,
    /// Arguments.
    pub args: Vec<String>,
    /// Environment, `NAME=value`.
    pub env: Vec<String>,
    /// `uid:gid` inside the container; `None` with [`ContainerPlan::keep_id`] off means the image's own.
    pub user: String,
    /// Rootless Podman: map the caller's id to the same id inside.
    pub keep_id: bool,
    /// What outlives the container.
    pub mounts: Vec<MountPlan>,
    /// Files written for it, mounted read-only.
    #[serde(default)]
    pub files: Vec<FilePlan>,
    /// What it may use of the machine. Not part of the plan's fingerprint: it is changed on the running container.
    #[serde(default, skip_serializing)]
    pub limits: Limits,
    /// Ports published on this machine.
    pub ports: Vec<PortPlan>,
    /// The engine network it joins.
    pub network: String,
    /// Names under which others on that network reach it.
    pub aliases: Vec<String>,
    /// Writable temporary folders.
    pub tmpfs: Vec<String>,
    /// Root file system is read-only.
    pub read_only_root: bool,
    /// Capabilities kept.
    pub cap_add: Vec<String>,
    /// Most processes.
    pub pids_limit: u32,
    /// Signal for a clean stop.
    pub stop_signal: String,
    /// Time for a clean stop.
    pub stop_grace: Duration,
    /// Labels, [`label`] among them.
    pub labels: BTreeMap<String, String>,
}

/// A folder or volume in a container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MountPlan {
    /// Where the bytes are.
    pub source: MountSource,
    /// Path in the container.
    pub target: String,
}

/// A file that is written for a container before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePlan {
    /// Path in the container.
    pub target: String,
    /// Path on this machine, of mode 0600 and the container's user.
    pub source: PathBuf,
    /// Hash of its text: a new text makes another plan.
    pub hash: String,
    /// Its text. Never part of what is written about a plan.
    #[serde(skip)]
    pub content: Secret,
}

/// What a container may use of the machine; nothing set: all of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Thousandths of a processor.
    pub millicpus: Option<u32>,
    /// Memory.
    pub memory: Option<ByteSize>,
}

/// Where a mount's bytes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MountSource {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A named volume of the engine (engines that run in a virtual machine).
    Volume(String),
}

/// A published port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortPlan {
    /// The port's name in the catalog.
    pub name: String,
    /// Port in the container.
    pub container: u16,
    /// Address on this machine.
    pub address: IpAddr,
    /// Port on this machine.
    pub host: u16,
    /// Published for UDP as well as TCP.
    #[serde(default)]
    pub udp: bool,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Works, with a drawback.
    Warning,
    /// Cannot work.
    Blocker,
}

/// Something that preflight found, shown before anything is pulled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Which check found it, for example `disk`.
    pub check: String,
    /// One sentence: what was found, with numbers.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// For a blocker: the fault an install would end with.
    pub fault: Option<FaultCode>,
}

/// Sizes that a plan comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Needs {
    /// Disk space in the end.
    pub disk: ByteSize,
    /// Growth per month.
    pub disk_per_month: ByteSize,
    /// Memory.
    pub ram: ByteSize,
    /// First download.
    pub download: ByteSize,
}
