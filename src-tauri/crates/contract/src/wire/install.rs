//! Preflight and install.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DiskSpeedView, OptionChangeView};

/// What to install.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InstallRequest {
    /// Catalog id.
    pub client: String,
    /// Network; the entry's first when absent.
    #[serde(default)]
    pub network: Option<String>,
    /// Name for people; made from client and network when absent.
    #[serde(default)]
    pub name: Option<String>,
    /// Options that differ from the defaults, as `--set` writes them.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// Folder for chain data; inside Freehold's folder when absent.
    #[serde(default)]
    pub data_dir: Option<String>,
    /// For each node that it needs (by the dependency's name): the id of one of yours, or `new`. A fitting one is chosen
    /// when absent.
    #[serde(default)]
    pub needs: BTreeMap<String, String>,
    /// Numbers for published ports, by the port's name; the usual ones when absent.
    #[serde(default)]
    pub ports: BTreeMap<String, u16>,
    /// An existing data folder of this client, used where it is.
    #[serde(default)]
    pub adopt: Option<String>,
    /// Measure the disk and estimate the first sync from that.
    #[serde(default)]
    pub measure: bool,
    /// Consent to warnings (blockers are never overridden).
    #[serde(default)]
    pub accept_warnings: bool,
}

/// What an install would come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PreflightReport {
    /// The id that the node would get.
    pub node: String,
    /// Network it would be on.
    pub network: String,
    /// False while a blocker stands.
    pub can_install: bool,
    /// What was found, worst first.
    pub findings: Vec<FindingView>,
    /// What it needs.
    pub needs: NeedsView,
    /// Folder of the chain data.
    pub data_dir: String,
    /// Free bytes there; absent where unknown.
    pub disk_available: Option<u64>,
    /// Every option with the value it would have.
    pub options: Vec<ResolvedOptionView>,
    /// Images that would be pulled, as `repository:tag@digest`.
    pub images: Vec<String>,
    /// Ports on this machine by name.
    pub ports: BTreeMap<String, u16>,
    /// The nodes that it needs.
    pub dependencies: Vec<DependencyView>,
    /// The disk's speed, where it was measured.
    pub disk_speed: Option<DiskSpeedView>,
    /// The first sync on this machine, as a range with its reason; absent where nothing can be said.
    pub first_sync: Option<SyncEstimate>,
}

/// A node that another one needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DependencyView {
    /// Name of the dependency in the catalog entry.
    pub name: String,
    /// Catalog id of the needed node.
    pub client: String,
    /// What it is needed for, as the rest of a sentence.
    pub purpose: String,
    /// The id of the node that would be used, or that would be made.
    pub node: String,
    /// It would be installed too.
    pub is_new: bool,
    /// Options that would be changed on it.
    pub changes: Vec<OptionChangeView>,
    /// Your other nodes that could be used instead.
    pub others: Vec<String>,
}

/// How long the first sync takes on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncEstimate {
    /// At the earliest, in seconds.
    pub low_s: u64,
    /// At the latest, in seconds.
    pub high_s: u64,
    /// What bounds it and what the estimate rests on.
    pub because: String,
}

/// Something preflight found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FindingView {
    /// `note`, `warning` or `blocker`.
    pub severity: String,
    /// Which check.
    pub check: String,
    /// One sentence with numbers.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// For a blocker: the fault's code.
    pub code: Option<String>,
    /// What would mend it, best first; each is one change of the request.
    pub fixes: Vec<FixView>,
}

/// One change that mends what preflight found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FixView {
    /// `option` (set an option), `folder` (put the data elsewhere), `port` (publish a port under another number), `need` (use
    /// another node, or a new one) or `engine` (get a container engine).
    pub kind: String,
    /// The option's id, the port's name or the dependency's name; empty for the others.
    pub name: String,
    /// The value to put there.
    pub value: String,
    /// Further options that have to be set with it, by id.
    pub also: BTreeMap<String, String>,
    /// For an option: its label and the value's label, and those of the further ones. For a folder: the disk and its free space in bytes.
    pub words: Vec<String>,
}

/// What a node needs, in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NeedsView {
    /// Disk in the end.
    pub disk: u64,
    /// Growth per month.
    pub disk_per_month: u64,
    /// Memory.
    pub ram: u64,
    /// First download.
    pub download: u64,
    /// First sync, in words.
    pub first_sync: String,
    /// Day of the figures.
    pub as_of: String,
}

/// An option and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResolvedOptionView {
    /// Id.
    pub id: String,
    /// Value as `--set` writes it.
    pub value: String,
    /// Set by a rule: why.
    pub because: Option<String>,
    /// Offered with the present choices.
    pub offered: bool,
}
