//! What a new version or a new folder has to show before the old one is given up.

use freehold_model::{
    DesiredState, Fault, FaultCode, GoodUntil, MovePhase, ProbeFailure, Stage, Timestamp, UpdatePhase, Version,
};

use super::NodeTask;
use crate::decide::{Action, Leave};

/// Failed starts after which a new version or folder is taken back.
const TRIES: u32 = 3;

/// What a proof has come to.
#[derive(Debug, Clone, PartialEq)]
enum Verdict {
    /// Not yet.
    Open,
    /// It works.
    Proven,
    /// It does not: why.
    Refuted(String),
}

impl NodeTask {
    /// Judges an update, a move and arguments of one start, as far as there is anything to judge.
    pub(super) fn judge(&mut self, now: Timestamp) {
        // What runs must be what is judged, not a container of an older plan.
        if self.record.desired != DesiredState::Running || self.record.restart_pending || !self.plan_is_current {
            return;
        }
        if !self.record.once_args.is_empty() && self.answers() {
            self.keep(|record| record.once_args.clear());
        }
        self.judge_update(now);
        self.judge_move(now);
    }

    /// Whether a reading may settle something.
    pub(super) fn has_proof_to_judge(&self) -> bool {
        let is_proving = |phase: &UpdatePhase| matches!(phase, UpdatePhase::Proving { .. });
        !self.record.once_args.is_empty()
            || self
                .record
                .update
                .as_ref()
                .is_some_and(|update| is_proving(&update.phase))
            || self
                .record
                .moving
                .as_ref()
                .is_some_and(|moving| moving.phase == MovePhase::Proving)
    }

    fn judge_update(&mut self, now: Timestamp) {
        let Some(update) = self.record.update.clone() else {
            return;
        };
        let UpdatePhase::Proving { until } = update.phase else {
            return;
        };
        let is_back = |stage: Stage| !update.was_ready || stage == Stage::Ready || stage == Stage::NeedsOwner;
        let mut verdict = self.verdict(is_back);
        if verdict == Verdict::Open && self.is_late(until, now) {
            verdict = Verdict::Refuted("it was not ready in time".to_owned());
        }
        let name = self.record.name.clone();
        match verdict {
            Verdict::Open => {}
            Verdict::Proven => {
                if !self.keep(|record| record.update = None) {
                    return;
                }
                self.context.checkpoint.reached("update.proven");
                let versions: Vec<&str> = self.record.images.values().map(|image| image.tag.as_str()).collect();
                let what = if update.is_rollback {
                    "is back at"
                } else {
                    "was updated to"
                };
                self.did(format!("{name} {what} {}", versions.join(", ")));
            }
            Verdict::Refuted(why) => self.take_back(now, &why),
        }
    }

    /// Whether the time for a proof is over. It counts only while the node has run: not while it was stopped, asleep, held
    /// back or waiting for another.
    fn is_late(&self, until: Timestamp, now: Timestamp) -> bool {
        let Some(probing) = &self.probing else { return false };
        let within = self
            .spec
            .as_deref()
            .map(|spec| spec.update.ready_within.duration())
            .unwrap_or_default();
        now > until.max(probing.started.plus(within)) && self.surroundings.leave == Leave::Run
    }

    /// The old images and options come back by themselves.
    fn take_back(&mut self, now: Timestamp, why: &str) {
        let is_kept = self.keep(|record| {
            let Some(before) = record.previous.take() else { return };
            let failed = Version {
                images: std::mem::replace(&mut record.images, before.images),
                options: std::mem::replace(&mut record.options, before.options),
                needs: std::mem::replace(&mut record.needs, before.needs),
                good_until: std::mem::replace(&mut record.good_until, before.good_until),
                replaced: now,
            };
            record.refused = failed.images.values().map(|image| image.digest.clone()).collect();
            let was_rollback = record.update.take().is_some_and(|update| update.is_rollback);
            // After a failed way back, the version that was left stays on record as the one to go to.
            if was_rollback {
                record.previous = Some(failed);
            }
            record.restart_pending = true;
        });
        if !is_kept {
            return;
        }
        self.seen_height = 0;
        self.history.clear();
        self.context.checkpoint.reached("update.taken-back");
        let fault = Fault::new(FaultCode::UpdateFailed)
            .with("node", &self.record.name)
            .with("reason", why.trim_end_matches('.'));
        self.tell(crate::fleet::FleetEventKind::Failed(fault.message()));
        self.last_update_failure = Some(fault);
    }

    /// After a step of an update or a move that failed for good, the node goes on as it was. True where it does.
    pub(super) fn give_up_change(&mut self, action: &Action, fault: &Fault) -> bool {
        let is_over = self.change_history.gave_up() || self.change_history.attempt() >= TRIES;
        match action {
            Action::Fetch(_) | Action::SwitchVersion if is_over => {
                self.keep(|record| record.update = None);
                self.last_update_failure = Some(
                    Fault::new(FaultCode::UpdateFailed)
                        .with("node", &self.record.name)
                        .with("reason", fault.message().trim_end_matches('.')),
                );
            }
            Action::CopyData if is_over => {
                self.keep(|record| record.moving = None);
            }
            Action::EraseOldData if is_over => {
                let from = self
                    .record
                    .moving
                    .as_ref()
                    .map(|moving| moving.from.display().to_string());
                self.keep(|record| record.moving = None);
                self.did(format!(
                    "{}: its data was moved; the old folder {} could not be erased and stays",
                    self.record.name,
                    from.unwrap_or_default()
                ));
            }
            _ => return false,
        }
        self.change_history.clear();
        true
    }

    fn judge_move(&mut self, now: Timestamp) {
        let Some(moving) = self
            .record
            .moving
            .clone()
            .filter(|moving| moving.phase == MovePhase::Proving)
        else {
            return;
        };
        let mut verdict = self.verdict(|_| true);
        if verdict == Verdict::Open && self.is_late(Timestamp(0), now) {
            verdict = Verdict::Refuted("it did not answer in time from the new folder".to_owned());
        }
        match verdict {
            Verdict::Open => {}
            Verdict::Proven => {
                let is_kept = self.keep(|record| {
                    if let Some(moving) = record.moving.as_mut() {
                        moving.phase = MovePhase::Erasing;
                    }
                });
                if is_kept {
                    self.context.checkpoint.reached("move.proven");
                }
            }
            Verdict::Refuted(why) => {
                self.keep(|record| {
                    record.data_dir.clone_from(&moving.from);
                    record.adopted.clone_from(&moving.from_adopted);
                    record.moving = None;
                    record.restart_pending = true;
                });
                self.history.clear();
                let fault = Fault::new(FaultCode::MoveFailed)
                    .with("path", moving.to.display())
                    .with("reason", why.trim_end_matches('.'));
                self.tell(crate::fleet::FleetEventKind::Failed(format!(
                    "{}: {}",
                    self.record.name,
                    fault.message()
                )));
            }
        }
    }

    fn verdict(&self, is_back: impl Fn(Stage) -> bool) -> Verdict {
        // A port that somebody else holds for the moment says nothing about the new version or folder.
        let is_port = self
            .history
            .fault()
            .is_some_and(|fault| fault.code == FaultCode::PortInUse);
        if self.history.gave_up() || (self.history.attempt() >= TRIES && !is_port) {
            let why = self.history.fault().map(Fault::message).unwrap_or_default();
            return Verdict::Refuted(why);
        }
        let Some(probing) = &self.probing else {
            return Verdict::Open;
        };
        let view = probing.view.borrow();
        if let Some(failure @ ProbeFailure::WrongChain { .. }) = &view.failure {
            return Verdict::Refuted(failure.to_string());
        }
        match &view.report {
            Some(report) if view.failure.is_none() && is_back(report.stage) => Verdict::Proven,
            Some(_) | None => Verdict::Open,
        }
    }

    /// The node has answered since its last start.
    fn answers(&self) -> bool {
        self.probing
            .as_ref()
            .is_some_and(|probing| probing.view.borrow().report.is_some())
    }

    /// Until when today's catalog entry is good.
    pub(super) fn good_until(&self) -> Option<GoodUntil> {
        let (date, height) = self.spec.as_deref()?.good_until(&self.record.network);
        Some(GoodUntil {
            date: date.map(str::to_owned),
            height,
        })
    }
}
