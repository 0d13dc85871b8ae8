//! What a node's task tells: its view, whenever that is news.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use freehold_engine::EngineState;
use freehold_model::{DesiredState, MovePhase, NodeStatus, ProbeReport};

use super::NodeTask;
use crate::decide::Leave;
use crate::fleet::FleetEventKind;
use crate::snapshot::{NodeSnapshot, ProbeView};
use crate::status::{Evidence, InFlight, derive};

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
        let is_external = self.record.external.is_some();
        let halted = self.is_halted();
        let evidence = Evidence {
            desired: self.record.desired,
            services: &self.services,
            in_flight: self.in_flight.as_ref(),
            history: &self.history,
            probe: &probe,
            hold: self.hold.as_ref(),
            waits_for: self.surroundings.waits_for.as_deref(),
            silent_while: self.silent_while(),
            halted: halted.as_deref(),
            engine_away: away.as_deref().filter(|_| !is_external),
            needs_peers: self.needs_peers(),
            now: self.context.clock.now(),
        };
        let mut status = if is_external {
            crate::status::derive_external(&evidence)
        } else {
            derive(&evidence)
        };
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
            update_failure: self.last_update_failure.clone(),
            goes_down: self.goes_down(),
        };
        let changed = self.view.send_if_modified(|view| {
            let changed = is_news(view, &next);
            *view = next;
            changed
        });
        let height = next_height(&self.view.borrow());
        self.height.store(height, Ordering::Relaxed);
        self.seen_height = self.seen_height.max(height);
        if changed {
            if matches!(self.view.borrow().status, NodeStatus::Ready) {
                self.context.checkpoint.reached("node.ready");
            }
            self.fleet.wake_neighbours(&self.record);
            self.tell(FleetEventKind::Changed);
        }
    }

    /// Whether nodes that need this one have to stop: because it is to stop, is held back, or stops for one it needs itself.
    fn goes_down(&self) -> bool {
        let record = &self.record;
        let is_copied = record
            .moving
            .as_ref()
            .is_some_and(|moving| moving.phase == MovePhase::Copying);
        record.desired != DesiredState::Running
            || record.restart_pending
            || is_copied
            || self.hold.is_some()
            || self.surroundings.leave == Leave::Stop
            || matches!(self.in_flight, Some(InFlight::Stop { .. }))
    }

    /// What silence means for this node, in the catalog's words.
    fn silent_while(&self) -> Option<&str> {
        self.spec.as_deref()?.probe.silent_while.as_deref()
    }
}

fn next_height(view: &NodeSnapshot) -> u64 {
    view.probe.report.as_ref().map_or(0, |report| report.height)
}

/// Whether anything changed beyond the time of looking.
fn is_news(before: &NodeSnapshot, after: &NodeSnapshot) -> bool {
    before.checked_at.is_some() != after.checked_at.is_some()
        || before.status != after.status
        || before.services != after.services
        || before.record != after.record
        || before.update_failure != after.update_failure
        || before.goes_down != after.goes_down
        || before.spec.as_ref().map(Arc::as_ptr) != after.spec.as_ref().map(Arc::as_ptr)
        || probe_is_news(&before.probe, &after.probe)
}

fn probe_is_news(before: &ProbeView, after: &ProbeView) -> bool {
    before.failure != after.failure
        || before.failing_since != after.failing_since
        || before.eta != after.eta
        || before.stalled != after.stalled
        || match (&before.report, &after.report) {
            (Some(before), Some(after)) => report_is_news(before, after),
            (before, after) => before.is_some() != after.is_some(),
        }
}

/// The age of the tip grows by itself and is no news.
fn report_is_news(before: &ProbeReport, after: &ProbeReport) -> bool {
    let without_age = ProbeReport {
        tip_age: before.tip_age,
        ..after.clone()
    };
    *before != without_age
}
