//! A node's view for tests.

use std::path::PathBuf;
use std::sync::Arc;

use freehold_model::{
    ClientId, Network, NodeId, NodeRecord, NodeSpec, NodeStatus, ObservedState, ProbeReport, ServiceName,
    ServiceObservation, Stage, Timestamp,
};
use freehold_supervisor::{NodeSnapshot, ProbeView};

/// A node with one running service.
pub(crate) fn node(id: &str, status: NodeStatus) -> NodeSnapshot {
    let record = NodeRecord::new(
        NodeId::try_new(id).unwrap(),
        ClientId::try_new("bitcoin-core").unwrap(),
        Network::mainnet(),
        PathBuf::from("/nonexistent").join(id),
        Timestamp(0),
    );
    NodeSnapshot {
        record,
        spec: None,
        services: vec![ServiceObservation {
            service: ServiceName::try_new("bitcoind").unwrap(),
            state: ObservedState::Running { since: Timestamp(0) },
            container: Some(format!("container of {id}")),
            spec: None,
            image: None,
            pid: None,
            limits: freehold_model::Limits::default(),
        }],
        status,
        probe: ProbeView::default(),
        checked_at: Some(Timestamp(0)),
        update_failure: None,
        goes_down: false,
    }
}

/// A node that syncs at this height.
pub(crate) fn syncing(id: &str, height: u64) -> NodeSnapshot {
    let status = NodeStatus::Syncing {
        progress: Some(50.0),
        stage: Stage::Blocks,
        detail: None,
        eta: None,
    };
    with_report(node(id, status), Stage::Blocks, height)
}

/// A node at the tip at this height.
pub(crate) fn ready(id: &str, height: u64) -> NodeSnapshot {
    with_report(node(id, NodeStatus::Ready), Stage::Ready, height)
}

fn with_report(mut node: NodeSnapshot, stage: Stage, height: u64) -> NodeSnapshot {
    node.probe.report = Some(ProbeReport {
        stage,
        height,
        target: None,
        percent: Some(50.0),
        detail: None,
        peers_in: 3,
        peers_out: 8,
        version: String::new(),
        chain: String::new(),
        tip_age: None,
        tip: String::new(),
        size_on_disk: None,
        pruned: false,
        warnings: Vec::new(),
    });
    node
}

/// The catalog's own entry.
pub(crate) fn spec(id: &str) -> Arc<NodeSpec> {
    let catalog = freehold_catalog::Catalog::load(None);
    let found = catalog.entries().find(|entry| entry.spec.id.as_str() == id);
    Arc::new(found.expect("the catalog has it").spec.clone())
}
