//! How a node's record changes: by orders, and by steps that are done.

use freehold_model::{DesiredState, Fault, MovePhase, NodeRecord, UpdatePhase, Version};

use super::{Ending, NodeTask};
use crate::decide::Action;
use crate::fleet::{FleetEvent, FleetEventKind, Message, Order, SupervisorError};

/// Between tries to keep a change of the record, on a disk that is full for example.
const KEEP_AGAIN: std::time::Duration = std::time::Duration::from_secs(10);

impl NodeTask {
    /// Notes what a step has done.
    pub(super) fn done(&mut self, action: &Action) -> Option<Ending> {
        let name = self.record.name.clone();
        match action {
            Action::Pull(service) => {
                let image = self.record.images.get(service);
                let image = image.map(|image| format!("{}:{}", image.repository, image.tag));
                self.did(format!(
                    "{name}: {} was pulled and its digest checked",
                    image.unwrap_or_default()
                ));
            }
            Action::Start(service) => self.did(format!("{name}: {service} was started")),
            Action::Stop(service) => {
                self.stopped_by_us = true;
                self.did(format!("{name}: {service} was stopped cleanly"));
            }
            Action::RestartStopped => {
                self.keep(|record| record.restart_pending = false);
            }
            Action::SwitchVersion => self.switch_version(),
            Action::CopyData => self.switch_folder(),
            Action::EraseOldData => {
                let stays = self
                    .record
                    .moving
                    .as_ref()
                    .and_then(|moving| moving.from_adopted.values().next().cloned());
                if self.keep(|record| record.moving = None) {
                    self.context.checkpoint.reached("move.done");
                    self.did(match stays {
                        Some(folder) => format!(
                            "{name}: its data was moved; {} is not Freehold's and stays",
                            folder.display()
                        ),
                        None => format!("{name}: its data was moved; the old folder is gone"),
                    });
                }
            }
            Action::Forget { erase_data } => {
                let what = if *erase_data {
                    "removed with its chain data"
                } else {
                    "removed; its chain data stays"
                };
                self.did(format!("{name} was {what}"));
                return Some(Ending::Gone);
            }
            Action::Fetch(_) | Action::Create(_) | Action::Remove(_) | Action::Rest | Action::WaitUntil(_) => {}
        }
        None
    }

    /// Puts the new images in the place of the old ones and lets the node start again with them. On a way back, the
    /// options and needs of that version come with them.
    fn switch_version(&mut self) {
        let now = self.context.clock.now();
        let ready_within = self.spec.as_deref().map(|spec| spec.update.ready_within.duration());
        let good_until = self.good_until();
        let is_kept = self.keep(|record| {
            let Some(update) = record.update.as_mut() else { return };
            if record.images == update.images {
                record.update = None;
                return;
            }
            let before = Version {
                images: std::mem::replace(&mut record.images, update.images.clone()),
                options: record.options.clone(),
                needs: record.needs.clone(),
                good_until: record.good_until.clone(),
                replaced: now,
            };
            match update.back_to.take() {
                Some(version) => {
                    record.options = version.options;
                    record.needs = version.needs;
                    record.good_until = version.good_until;
                }
                None => record.good_until = good_until.unwrap_or_default(),
            }
            record.previous = Some(before);
            update.phase = UpdatePhase::Proving {
                until: now.plus(ready_within.unwrap_or_default()),
            };
            record.restart_pending = record.desired == DesiredState::Running;
        });
        if is_kept {
            self.seen_height = 0;
            self.context.checkpoint.reached("update.switched");
        }
    }

    /// The copy is complete: from now on the node uses it, and the old folder waits for the proof.
    fn switch_folder(&mut self) {
        let is_kept = self.keep(|record| {
            if let Some(moving) = record.moving.as_mut() {
                record.data_dir.clone_from(&moving.to);
                record.adopted.clear();
                moving.phase = MovePhase::Proving;
            }
        });
        if is_kept {
            self.context.checkpoint.reached("move.switched");
            // From here on the folder is the node's own. A mark that stays does no harm.
            let _ = crate::marker::clear(&self.record.data_dir);
            self.did(format!(
                "{}: its data was copied and checked; the old folder stays until the node has answered",
                self.record.name
            ));
        }
    }

    /// Keeps a change of the record; a change that cannot be kept is a failure and does not hold.
    /// False where it could not be kept: nothing is built on it then, and the next try waits.
    pub(super) fn keep(&mut self, change: impl FnOnce(&mut NodeRecord)) -> bool {
        let mut record = self.record.clone();
        change(&mut record);
        if record == self.record {
            return true;
        }
        match self.context.store.put_node(&record) {
            Ok(()) => {
                self.record = record;
                true
            }
            Err(error) => {
                let now = self.context.clock.now();
                self.note_change_failure(now, error.to_fault());
                self.keep_again_at = Some(now.plus(KEEP_AGAIN));
                false
            }
        }
    }

    /// Keeps an order, then answers it.
    pub(super) fn accept(&mut self, message: Message) {
        let mut record = self.record.clone();
        if matches!(record.desired, DesiredState::Removed { .. }) {
            let again = matches!(message.order, Order::Desire(DesiredState::Removed { .. }));
            if !again {
                let _ = message.reply.send(Err(SupervisorError::BeingRemoved(record.id)));
                return;
            }
        }
        let edited = match message.order {
            Order::Desire(desired) => {
                // A restart that has not stopped anything yet still has to: what runs is made from an older plan.
                record.desired = desired;
                Ok(())
            }
            Order::Restart => {
                record.desired = DesiredState::Running;
                record.restart_pending = true;
                Ok(())
            }
            Order::Edit(edit) => edit(&mut record),
        };
        let kept = edited
            .map_err(SupervisorError::Refused)
            .and_then(|()| self.context.store.put_node(&record).map_err(SupervisorError::from));
        if kept.is_ok() {
            if record.update.is_some() && record.update != self.record.update {
                self.last_update_failure = None;
            }
            self.context.checkpoint.reached("order.recorded");
            self.record = record;
            // Today's catalog entry applies from the next start on.
            self.spec = (self.context.find_spec)(&self.record.client).or_else(|| self.spec.take());
            self.history.clear();
            self.change_history.clear();
            self.fleet.wake_neighbours(&self.record);
        }
        self.publish();
        // Whoever asked may have gone.
        let _ = message.reply.send(kept);
    }

    /// Whether a step that may be dropped is still what the record asks for.
    pub(super) fn still_wants(&self, action: &Action) -> bool {
        match action {
            Action::Pull(_) => self.record.desired == DesiredState::Running,
            // An order to stop, start or remove is not kept waiting for a download; what was fetched is not fetched twice.
            Action::Fetch(_) => self.record.update.is_some() && self.record.desired == DesiredState::Running,
            Action::CopyData => {
                let is_copied = |moving: &freehold_model::PendingMove| moving.phase == MovePhase::Copying;
                !matches!(self.record.desired, DesiredState::Removed { .. })
                    && self.record.moving.as_ref().is_some_and(is_copied)
            }
            _ => true,
        }
    }

    /// Notes a failure of a step of an update or a move: it says nothing about the node itself.
    pub(super) fn note_change_failure(&mut self, now: freehold_model::Timestamp, fault: Fault) {
        self.tell(FleetEventKind::Failed(format!(
            "{}: {}",
            self.record.name,
            fault.message()
        )));
        self.change_history.note_failure(now, fault, 0.0);
    }

    pub(super) fn note_failure(&mut self, now: freehold_model::Timestamp, fault: Fault) {
        let mut random = [0_u8; 1];
        // Without random bytes the nodes only retry in step.
        let _ = getrandom::fill(&mut random);
        tracing::warn!(node = %self.record.id, code = fault.code.as_str(), "step failed");
        self.tell(FleetEventKind::Failed(format!(
            "{}: {}",
            self.record.name,
            fault.message()
        )));
        self.history.note_failure(now, fault, f64::from(random[0]) / 255.0);
    }

    pub(super) fn did(&self, what: String) {
        tracing::info!(node = %self.record.id, "{what}");
        self.tell(FleetEventKind::Did(what));
    }

    pub(super) fn tell(&self, kind: FleetEventKind) {
        // Nobody may be listening; whoever listens later asks for everything.
        let _ = self.events.send(FleetEvent {
            node: self.record.id.clone(),
            kind,
        });
    }
}
