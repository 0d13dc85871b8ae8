//! Nodes on the wire.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FaultView;

/// Names a node, by id or name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NodeRequest {
    /// Id or name.
    pub node: String,
}

/// Asks for chain data to be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EraseRequest {
    /// Id or name.
    pub node: String,
    /// Must be true.
    pub confirmed: bool,
}

/// Every node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NodeList {
    /// The nodes.
    pub nodes: Vec<NodeView>,
}

/// One node, as it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NodeView {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Catalog id.
    pub client: String,
    /// The client's name.
    pub client_name: String,
    /// Chain id.
    pub chain: String,
    /// Network.
    pub network: String,
    /// `running`, `stopped` or `removed`.
    pub desired: String,
    /// What people see.
    pub status: StatusView,
    /// Blocks checked.
    pub height: Option<u64>,
    /// Height to reach.
    pub target: Option<u64>,
    /// Connections that others opened.
    pub peers_in: Option<u32>,
    /// Connections that the node opened.
    pub peers_out: Option<u32>,
    /// Client version as the node says it.
    pub version: Option<String>,
    /// Seconds since the tip was made.
    pub tip_age_s: Option<u64>,
    /// What the node itself warns about.
    pub warnings: Vec<String>,
    /// Bytes of chain data as the node counts them.
    pub chain_bytes: Option<u64>,
    /// Old blocks are dropped.
    pub pruned: Option<bool>,
    /// Containers.
    pub services: Vec<ServiceView>,
    /// What wallets can be pointed at.
    pub endpoints: Vec<EndpointView>,
    /// Options that differ from the defaults.
    pub options: BTreeMap<String, String>,
    /// Folder of the chain data.
    pub data_dir: String,
    /// When it was added, in milliseconds since 1970.
    pub created: i64,
    /// When the status was last checked, in milliseconds since 1970; absent before the first check.
    pub checked_at: Option<i64>,
    /// True for a node that somebody else runs: it is watched, never started or stopped.
    pub external: bool,
    /// Nodes that it needs, by id.
    pub needs: Vec<String>,
    /// Nodes that need it, by id.
    pub needed_by: Vec<String>,
    /// True where the catalog names other images than it runs.
    pub update_available: bool,
    /// The version that a rollback would go back to.
    pub previous_version: Option<String>,
    /// An update on its way: `fetching` or `proving`.
    pub update_phase: Option<String>,
    /// Why the last update was taken back.
    pub update_fault: Option<FaultView>,
    /// A move on its way: `copying`, `proving` or `erasing`.
    pub move_phase: Option<String>,
}

/// What people see of a node's state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StatusView {
    /// `pulling`, `starting`, `syncing`, `ready`, `degraded`, `moving`, `paused`, `stopping`, `stopped`, `retrying`,
    /// `failed`, `wrong-chain`, `expired`, `unknown`.
    pub state: String,
    /// 0 to 100 while pulling, syncing or moving, 100 when ready; absent where nobody can tell.
    pub progress: Option<f64>,
    /// `pre-headers`, `headers`, `state`, `blocks`, `indexing`, `needs-owner`, `ready`.
    pub stage: Option<String>,
    /// Earliest end of the sync, in seconds.
    pub eta_low_s: Option<u64>,
    /// Latest end of the sync, in seconds.
    pub eta_high_s: Option<u64>,
    /// What bounds the estimate.
    pub eta_bound_by: Option<String>,
    /// Why it is in this state, in one sentence.
    pub why: Option<String>,
    /// With `failed` and `retrying`: the fault.
    pub fault: Option<FaultView>,
    /// With `pulling`: layers and bytes.
    pub pull: Option<PullView>,
    /// With `stopping`: when it was asked to, in milliseconds since 1970; absent while others have to stop first.
    pub since: Option<i64>,
    /// With `stopping`: when it would be killed, in milliseconds since 1970.
    pub kill_at: Option<i64>,
    /// With `retrying`: when, in milliseconds since 1970.
    pub retry_at: Option<i64>,
    /// With `retrying`: tries so far.
    pub attempt: Option<u32>,
    /// With `moving`: bytes there and checked.
    pub moved_bytes: Option<u64>,
    /// With `moving`: bytes in all.
    pub move_bytes: Option<u64>,
}

/// How far a pull is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PullView {
    /// `repository:tag`.
    pub image: String,
    /// Bytes downloaded.
    pub downloaded: u64,
    /// Bytes to download, as far as known.
    pub total: Option<u64>,
    /// Bytes a second.
    pub rate: Option<f64>,
    /// Layers.
    pub layers: Vec<LayerView>,
}

/// One layer of a pull.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LayerView {
    /// Short id.
    pub id: String,
    /// `waiting`, `downloading`, `verifying`, `extracting`, `done`.
    pub phase: String,
    /// Bytes done in this phase.
    pub current: u64,
    /// Bytes in this phase, where the engine tells.
    pub total: Option<u64>,
}

/// One container.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ServiceView {
    /// Its name.
    pub name: String,
    /// `repository:tag`.
    pub image: String,
    /// Digest it is pinned to.
    pub digest: String,
    /// `absent`, `created`, `running`, `exited`, `paused`, `changing`, `unknown`.
    pub state: String,
    /// Percent of one core.
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
    /// When it started, in milliseconds since 1970.
    pub started_at: Option<i64>,
    /// Container id, short.
    pub container: Option<String>,
}

/// Something a wallet can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndpointView {
    /// The node.
    pub node: String,
    /// Name for people.
    pub name: String,
    /// Who this credential is for, for example `sparrow`.
    pub consumer: String,
    /// In the scheme that `--to` takes.
    pub endpoint: String,
    /// As programs write it.
    pub url: String,
    /// User name.
    pub user: Option<String>,
    /// File of mode 0600 that holds the password.
    pub password_file: Option<String>,
    /// What the credential may do.
    pub class: Option<String>,
}

/// Endpoints of one node or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndpointRequest {
    /// Id or name; all when absent.
    #[serde(default)]
    pub node: Option<String>,
}

/// Endpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndpointList {
    /// The endpoints.
    pub endpoints: Vec<EndpointView>,
}

/// Asks for an endpoint's address as a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndpointCodeRequest {
    /// Id or name of the node.
    pub node: String,
    /// Whose endpoint.
    pub consumer: String,
    /// As programs write it; one that the node offers to that consumer.
    pub url: String,
    /// With user name and password in it. Only for showing it to the user who asked.
    #[serde(default)]
    pub with_login: bool,
}

/// An endpoint's address as a picture.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndpointCode {
    /// What the picture says.
    pub text: String,
    /// Whether it holds a password.
    pub secret: bool,
    /// An SVG with its quiet zone.
    pub qr_svg: String,
}

/// Asks for a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialRequest {
    /// The node.
    pub node: String,
    /// Whose credential.
    pub consumer: String,
}

/// A password, for the user who asked to see it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RevealedCredential {
    /// User name.
    pub user: String,
    /// Password.
    pub password: String,
}

/// What a removal did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RemovalReport {
    /// The node.
    pub node: String,
    /// True once containers and record are gone; false while it still stops.
    pub done: bool,
    /// Folder of the chain data.
    pub data_dir: String,
    /// Bytes there (kept by `remove`, freed by `erase`).
    pub data_bytes: u64,
    /// Whether the chain data was erased.
    pub erased: bool,
}

/// Asks for log lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogRequest {
    /// The node.
    pub node: String,
    /// The service; the first when absent.
    #[serde(default)]
    pub service: Option<String>,
    /// Cursor of the page before; without it the last lines are given.
    #[serde(default)]
    pub after: Option<String>,
    /// Without a cursor: how many lines; 200 when absent.
    #[serde(default)]
    pub tail: Option<u32>,
    /// With a cursor: wait up to this many milliseconds for a new line.
    #[serde(default)]
    pub wait_ms: Option<u32>,
}

/// Log lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogPage {
    /// The lines, oldest first.
    pub lines: Vec<LogLineView>,
    /// Cursor for the next page.
    pub cursor: Option<String>,
    /// Whether the container still runs, so that more lines may come.
    pub live: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogLineView {
    /// When the engine got it, RFC 3339.
    pub at: String,
    /// `out` or `err`.
    pub stream: String,
    /// The text without control characters.
    pub text: String,
}
