//! Three words for a node's state: desired (asked for), observed (what the engine says), status (what people see).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::plan::Limits;
use crate::{Fault, ServiceName, Stage, Timestamp};

/// What the user asked for. Persisted before anything is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DesiredState {
    /// The node's containers should run.
    Running,
    /// They should be stopped; data and record stay.
    Stopped,
    /// Containers and record should go.
    Removed {
        /// Chain data goes too.
        erase_data: bool,
    },
}

/// What the engine says about one service now. Never persisted.
#[derive(Debug, Clone, PartialEq)]
pub enum ObservedState {
    /// There is no container.
    Absent,
    /// Made, never started.
    Created,
    /// Running.
    Running {
        /// When it started.
        since: Timestamp,
    },
    /// Ended.
    Exited {
        /// Exit code; 137 after SIGKILL.
        code: i64,
        /// The kernel ended it for want of memory.
        oom_killed: bool,
        /// When.
        at: Timestamp,
        /// The engine's own error, for example when the start itself failed.
        error: String,
    },
    /// Frozen by somebody.
    Paused,
    /// In the engine's own hands: removing, restarting.
    Changing,
}

/// A service as seen on the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceObservation {
    /// Which service.
    pub service: ServiceName,
    /// Its state.
    pub state: ObservedState,
    /// The container's id, where there is one.
    pub container: Option<String>,
    /// Its `freehold.spec` label.
    pub spec: Option<String>,
    /// The image's id on the engine.
    pub image: Option<String>,
    /// The process's id on this machine, where the engine shares it.
    pub pid: Option<u32>,
    /// What it may use, as the engine keeps it with the container; Podman keeps only what it was made with.
    pub limits: Limits,
}

/// What one layer of a pull is doing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerProgress {
    /// Short layer id.
    pub id: String,
    /// What is done with it.
    pub phase: LayerPhase,
    /// Bytes done in this phase.
    pub current: u64,
    /// Bytes in this phase; `None` where the engine does not tell (Podman).
    pub total: Option<u64>,
}

/// What is done with a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerPhase {
    /// Waits for its turn.
    Waiting,
    /// Is being downloaded.
    Downloading,
    /// Is being checked.
    Verifying,
    /// Is being unpacked.
    Extracting,
    /// Is there.
    Done,
}

/// How far a pull is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PullProgress {
    /// The image, as `repository:tag`.
    pub image: String,
    /// Layers, in the image's order.
    pub layers: Vec<LayerProgress>,
    /// Bytes downloaded.
    pub downloaded: u64,
    /// Bytes to download, as far as known.
    pub total: Option<u64>,
    /// Bytes a second over the last seconds; `None` until known.
    pub rate: Option<f64>,
}

/// When something will be done, as an honest range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EtaRange {
    /// At the earliest.
    pub low: Duration,
    /// At the latest.
    pub high: Duration,
    /// What bounds it, in a few words.
    pub bound_by: Option<String>,
}

/// What people see. Derived from desired and observed state, the probe and history; never stored, never set by hand.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeStatus {
    /// An image is on its way.
    Pulling {
        /// How far.
        progress: PullProgress,
    },
    /// Containers are being made or the node does not answer yet.
    Starting {
        /// What is going on, where known (for example the node's own warm-up message).
        detail: Option<String>,
    },
    /// The node answers and catches up.
    Syncing {
        /// 0 to 100; `None` where the node cannot tell.
        progress: Option<f64>,
        /// What it is doing.
        stage: Stage,
        /// More about that, where the node tells.
        detail: Option<String>,
        /// How long still, once that is stable.
        eta: Option<EtaRange>,
    },
    /// At the tip.
    Ready,
    /// Works with a drawback.
    Degraded {
        /// Which.
        why: String,
    },
    /// Its data is on the way to another folder.
    Moving {
        /// Bytes there and checked.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// Is held back by a rule that the user set, or to save the data; goes on by itself.
    Paused {
        /// Why, in one sentence.
        why: String,
    },
    /// Is writing its state to disk.
    Stopping {
        /// When it was asked to stop; `None` where it waits for nodes that need it to stop first.
        since: Option<Timestamp>,
        /// When it would be killed; `None` before it was asked.
        kill_at: Option<Timestamp>,
    },
    /// Stopped, as asked.
    Stopped,
    /// Failed and will be tried again.
    RetryingAt {
        /// When.
        at: Timestamp,
        /// How many tries so far.
        attempt: u32,
        /// Why.
        fault: Fault,
    },
    /// Failed, and trying again would not help.
    Failed {
        /// Why.
        fault: Fault,
    },
    /// Follows another chain than it should.
    WrongChain {
        /// What was expected and found.
        why: String,
    },
    /// The release has stopped by design.
    Expired {
        /// Why.
        why: String,
    },
    /// The engine does not answer, so nobody knows.
    Unknown {
        /// Why.
        why: String,
    },
}

impl NodeStatus {
    /// The state's stable name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pulling { .. } => "pulling",
            Self::Starting { .. } => "starting",
            Self::Syncing { .. } => "syncing",
            Self::Ready => "ready",
            Self::Degraded { .. } => "degraded",
            Self::Moving { .. } => "moving",
            Self::Paused { .. } => "paused",
            Self::Stopping { .. } => "stopping",
            Self::Stopped => "stopped",
            Self::RetryingAt { .. } => "retrying",
            Self::Failed { .. } => "failed",
            Self::WrongChain { .. } => "wrong-chain",
            Self::Expired { .. } => "expired",
            Self::Unknown { .. } => "unknown",
        }
    }
}
