//! Nodes among each other: what one waits for, and which still need it.

use freehold_model::spec::{DependencyLevel, NodeSpec};
use freehold_model::{NodeRecord, NodeStatus, ObservedState, Stage};

use crate::NodeSnapshot;
use crate::decide::Leave;
use crate::fleet::Fleet;

/// What the other nodes mean for one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Surroundings {
    /// Whether it may run.
    pub(crate) leave: Leave,
    /// What it waits for, as the rest of "waits for ...".
    pub(crate) waits_for: Option<String>,
    /// Nodes that need it still run.
    pub(crate) is_needed_now: bool,
}

impl Surroundings {
    /// A node that has nothing to do with any other.
    pub(crate) fn none() -> Self {
        Self {
            leave: Leave::Run,
            waits_for: None,
            is_needed_now: false,
        }
    }
}

/// Looks at the nodes that this one needs, and at those that need it.
pub(crate) fn look(fleet: &Fleet, record: &NodeRecord, spec: Option<&NodeSpec>) -> Surroundings {
    let mut found = Surroundings {
        leave: Leave::Run,
        waits_for: None,
        is_needed_now: fleet.any_node(|other| needs(&other.record, record) && may_be_alive(other)),
    };
    for dependency in spec.into_iter().flat_map(|spec| &spec.dependencies) {
        let Some(id) = record.needs.get(&dependency.name) else {
            continue;
        };
        let (leave, waits_for) = fleet
            .with_node(id, |needed| standing(needed, dependency.level))
            .unwrap_or_else(|| (Leave::Wait, Some(format!("the node `{id}`, which is not there"))));
        if found.leave == Leave::Run || leave == Leave::Stop {
            found.leave = leave;
        }
        found.waits_for = found.waits_for.or(waits_for);
    }
    found
}

fn needs(record: &NodeRecord, other: &NodeRecord) -> bool {
    record.needs.values().any(|needed| *needed == other.id)
}

fn is_alive(node: &NodeSnapshot) -> bool {
    node.services
        .iter()
        .any(|service| matches!(service.state, ObservedState::Running { .. } | ObservedState::Paused))
}

/// One that was not looked at yet may run.
fn may_be_alive(node: &NodeSnapshot) -> bool {
    node.checked_at.is_none() || is_alive(node)
}

/// What a needed node means for the one that needs it.
fn standing(needed: &NodeSnapshot, level: DependencyLevel) -> (Leave, Option<String>) {
    let name = &needed.record.name;
    if needed.goes_down {
        return (Leave::Stop, Some(format!("{name}, which is stopped")));
    }
    let report = needed.probe.report.as_ref().filter(|_| needed.probe.failure.is_none());
    let is_there = match level {
        DependencyLevel::Started => is_alive(needed),
        DependencyLevel::Healthy => report.is_some(),
        DependencyLevel::Synced => report.is_some_and(|report| report.stage == Stage::Ready),
    };
    if is_there && !matches!(needed.status, NodeStatus::WrongChain { .. }) {
        return (Leave::Run, None);
    }
    let until = match (level, report.and_then(|report| report.percent)) {
        (DependencyLevel::Synced, Some(percent)) => format!("{name} to be synced ({percent:.1} % now)"),
        (DependencyLevel::Synced, None) => format!("{name} to be synced"),
        (DependencyLevel::Started | DependencyLevel::Healthy, _) => format!("{name} to answer"),
    };
    (Leave::Wait, Some(until))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use freehold_model::{ClientId, Network, NodeId, ProbeReport, ServiceName, ServiceObservation, Timestamp};

    use super::*;
    use crate::ProbeView;

    fn node(stage: Option<Stage>) -> NodeSnapshot {
        let record = NodeRecord::new(
            NodeId::try_new("bitcoin").unwrap(),
            ClientId::try_new("bitcoin-core").unwrap(),
            Network::mainnet(),
            PathBuf::from("/data"),
            Timestamp(0),
        );
        NodeSnapshot {
            record,
            spec: None,
            services: vec![ServiceObservation {
                service: ServiceName::try_new("bitcoind").unwrap(),
                state: ObservedState::Running { since: Timestamp(0) },
                container: None,
                spec: None,
                image: None,
                pid: None,
                limits: freehold_model::Limits::default(),
            }],
            status: NodeStatus::Ready,
            probe: ProbeView {
                report: stage.map(|stage| ProbeReport {
                    stage,
                    height: 1,
                    target: None,
                    percent: Some(61.2),
                    detail: None,
                    peers_in: 0,
                    peers_out: 0,
                    version: String::new(),
                    chain: String::new(),
                    tip_age: None,
                    tip: String::new(),
                    size_on_disk: None,
                    pruned: false,
                    warnings: Vec::new(),
                }),
                ..ProbeView::default()
            },
            checked_at: None,
            update_failure: None,
            goes_down: false,
        }
    }

    #[test]
    fn each_level_waits_for_its_own_thing() {
        for (stage, level, expected) in [
            (None, DependencyLevel::Started, Leave::Run),
            (None, DependencyLevel::Healthy, Leave::Wait),
            (Some(Stage::Blocks), DependencyLevel::Healthy, Leave::Run),
            (Some(Stage::Blocks), DependencyLevel::Synced, Leave::Wait),
            (Some(Stage::Ready), DependencyLevel::Synced, Leave::Run),
        ] {
            assert_eq!(standing(&node(stage), level).0, expected, "{stage:?} {level:?}");
        }
        let (_, words) = standing(&node(Some(Stage::Blocks)), DependencyLevel::Synced);
        assert!(words.unwrap().contains("61.2 %"));
    }

    #[test]
    fn whatever_needs_a_node_that_stops_has_to_stop_before_it() {
        let mut stopping = node(Some(Stage::Ready));
        stopping.goes_down = true;
        assert_eq!(standing(&stopping, DependencyLevel::Started).0, Leave::Stop);
    }
}
