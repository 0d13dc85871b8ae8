//! What a node's task tells: its view, whenever that is news.

use freehold_engine::EngineState;
use freehold_model::{NodeStatus, Timestamp};

use super::NodeTask;
use crate::fleet::FleetEventKind;
use crate::snapshot::NodeSnapshot;
use crate::status::{Evidence, derive};

impl NodeTask {
    /// Publishes the node's view if it changed.
    pub(super) fn publish(&mut self) {
        let probe = self
            .probing
            .as_ref()
            .map(|probing| probing.view.borrow().clone())
            .unwrap_or_default();
        let away = match &*self.engine.borrow() {
            EngineState::Connected(_) => None,
            EngineState::Looking => Some("the container engine is being looked for".to_owned()),
            EngineState::Down { error, .. } => Some(error.to_fault().title()),
        };
        let mut status = derive(&Evidence {
            desired: self.record.desired,
            services: &self.services,
            in_flight: self.in_flight.as_ref(),
            history: &self.history,
            probe: &probe,
            engine_away: away.as_deref(),
            needs_peers: self.needs_peers(),
            now: self.context.clock.now(),
        });
        if away.is_none() && self.checked_at.is_none() && self.in_flight.is_none() {
            status = NodeStatus::Unknown {
                why: "it has not been looked at yet".to_owned(),
            };
        }
        let next = NodeSnapshot {
            record: self.record.clone(),
            spec: self.spec.clone(),
            services: self.services.clone(),
            status,
            probe,
            checked_at: self.checked_at,
        };
        let changed = self.view.send_if_modified(|view| {
            let changed = is_news(view, &next);
            *view = next;
            changed
        });
        if changed {
            if matches!(self.view.borrow().status, NodeStatus::Ready) {
                self.context.checkpoint.reached("node.ready");
            }
            self.tell(FleetEventKind::Changed);
        }
    }
}

/// Whether anything changed beyond the time of looking.
fn is_news(before: &NodeSnapshot, after: &NodeSnapshot) -> bool {
    let without_times = |snapshot: &NodeSnapshot| {
        let mut snapshot = snapshot.clone();
        snapshot.checked_at = snapshot.checked_at.map(|_| Timestamp(0));
        snapshot.probe.at = None;
        if let Some(report) = &mut snapshot.probe.report {
            report.tip_age = None;
        }
        snapshot
    };
    without_times(before) != without_times(after)
}
