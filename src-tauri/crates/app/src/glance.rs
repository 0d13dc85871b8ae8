//! How everything is, at a glance: what an icon can show, made without the cost of a whole view.

use freehold_engine::EngineState;
use freehold_model::{DesiredState, NodeStatus, ObservedState};
use freehold_supervisor::NodeSnapshot;

use crate::App;

/// How everything is.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance {
    /// The container engine does not answer.
    pub engine_is_down: bool,
    /// Every node, in the order of their ids.
    pub nodes: Vec<NodeGlance>,
}

/// How a node is.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeGlance {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its state, named as in `StatusView`.
    pub state: &'static str,
    /// How far its sync is, 0 to 100, while it syncs and can tell.
    pub percent: Option<f64>,
    /// It should run.
    pub is_wanted: bool,
    /// A container of it runs.
    pub is_alive: bool,
    /// Somebody else runs it: it is watched, never started or stopped.
    pub is_external: bool,
}

impl App {
    /// How everything is now.
    pub fn glance(&self) -> Glance {
        Glance {
            engine_is_down: matches!(*self.0.link.state().borrow(), EngineState::Down { .. }),
            nodes: self.0.fleet.map_nodes(of_node),
        }
    }
}

fn of_node(node: &NodeSnapshot) -> NodeGlance {
    let alive = |state: &ObservedState| matches!(state, ObservedState::Running { .. });
    NodeGlance {
        id: node.record.id.to_string(),
        name: node.record.name.clone(),
        state: node.status.name(),
        percent: match node.status {
            NodeStatus::Syncing { progress, .. } => progress,
            _ => None,
        },
        is_wanted: node.record.desired == DesiredState::Running,
        is_alive: node.services.iter().any(|service| alive(&service.state)),
        is_external: node.record.external.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use freehold_model::DesiredState;

    use super::of_node;
    use crate::test_node::{ready, syncing};

    #[test]
    fn a_glance_says_what_the_icon_shows() {
        let syncing = of_node(&syncing("a", 5));
        assert_eq!((syncing.state, syncing.percent), ("syncing", Some(50.0)));
        let mut stopping = ready("a", 5);
        stopping.record.desired = DesiredState::Stopped;
        let stopping = of_node(&stopping);
        assert!(!stopping.is_wanted && stopping.is_alive);
        assert_eq!(stopping.percent, None, "a node at the tip does not sync");
    }
}
