//! An immutable view of one node.

use std::sync::Arc;

use freehold_model::{
    EtaRange, Fault, NodeRecord, NodeSpec, NodeStatus, ProbeFailure, ProbeReport, ServiceObservation, Timestamp,
};

/// Everything that is known about a node now.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeSnapshot {
    /// What is kept about it.
    pub record: NodeRecord,
    /// Its catalog entry, unless the catalog no longer has it.
    pub spec: Option<Arc<NodeSpec>>,
    /// Its containers.
    pub services: Vec<ServiceObservation>,
    /// What people see.
    pub status: NodeStatus,
    /// What the node says about itself.
    pub probe: ProbeView,
    /// When the engine last told about it.
    pub checked_at: Option<Timestamp>,
    /// It has to stop, or stands still: whatever needs it stops before it.
    pub goes_down: bool,
    /// Why the last update was taken back; forgotten with the next one.
    pub update_failure: Option<Fault>,
}

/// The last answers of a node.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProbeView {
    /// The last reading; kept while later tries fail, until the node stops.
    pub report: Option<ProbeReport>,
    /// Why the last try gave no reading.
    pub failure: Option<ProbeFailure>,
    /// Since when tries fail.
    pub failing_since: Option<Timestamp>,
    /// How long the sync still takes.
    pub eta: Option<EtaRange>,
    /// Nothing has moved for long although there are peers.
    pub stalled: bool,
    /// When the node was last asked.
    pub at: Option<Timestamp>,
}
