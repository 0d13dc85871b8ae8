//! What a node's task sees: the engine's answer, exits that nobody asked for, and the probe that belongs to it.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use freehold_engine::{Engine, EngineError};
use freehold_model::plan::label;
use freehold_model::{
    DesiredState, Limits, ObservedState, PendingUpdate, ServiceName, ServiceObservation, Timestamp, UpdatePhase,
};
use freehold_probe::Probe;
use tokio::sync::watch;

use super::{NodeTask, Probing};
use crate::act::Hands;
use crate::decide::{Action, Leave, ServiceSituation, Situation, UpdateStep, decide};
use crate::fleet::{Crash, FleetEventKind};
use crate::hold::Hold;
use crate::snapshot::ProbeView;
use crate::{cause, probing};

/// Log lines read for the cause of a crash, and kept.
const LAST_LINES: u32 = 200;

impl NodeTask {
    /// Asks the engine and decides. `None`: the engine did not answer.
    pub(super) async fn look(&mut self, engine: &Engine) -> Option<Action> {
        let makes_sure = std::mem::take(&mut self.makes_sure);
        let observed = self.observe(engine, makes_sure).await.ok()?;
        let now = self.context.clock.now();
        self.checked_at = Some(now);
        if makes_sure && self.is_as_before(&observed) {
            self.count_exits(engine, now).await;
            return Some(Action::Rest);
        }
        let fleet = self.fleet.clone();
        let hands = Hands {
            context: &self.context,
            fleet: &fleet,
            engine,
            record: &self.record,
            spec: self.spec.as_deref(),
        };
        let made = hands.plan();
        let planned: Vec<ServiceName> = match &made {
            Ok(made) => made.node.containers.iter().map(|made| made.service.clone()).collect(),
            Err(_) => self.record.images.keys().cloned().collect(),
        };
        // What an earlier choice left behind comes last: it is stopped first and started never.
        let left = observed
            .iter()
            .map(|seen| &seen.service)
            .filter(|name| !planned.contains(name));
        let names: Vec<(ServiceName, bool)> = planned
            .iter()
            .map(|name| (name.clone(), true))
            .chain(left.map(|name| (name.clone(), false)))
            .collect();
        let mut services = Vec::with_capacity(names.len());
        let mut situations = Vec::with_capacity(names.len());
        for (name, is_planned) in names {
            let seen = observed.iter().find(|seen| seen.service == name).cloned();
            let seen = seen.unwrap_or_else(|| absent(&name));
            let image_is_there = seen.state == ObservedState::Absent && hands.has_image(&name).await.ok()?;
            let container = made
                .as_ref()
                .ok()
                .and_then(|made| made.node.containers.iter().find(|made| made.service == name));
            let plan_is_current = container.is_none_or(|planned| planned.labels.get(label::SPEC) == seen.spec.as_ref());
            situations.push(ServiceSituation {
                name,
                state: seen.state.clone(),
                plan_is_current,
                is_planned,
                image_is_there,
            });
            services.push(seen);
        }
        let update = match &self.record.update {
            Some(update) if update.phase == UpdatePhase::Fetching => Some(self.update_step(engine, update).await.ok()?),
            Some(_) | None => None,
        };
        self.services = services;
        match made {
            Ok(made) => {
                self.plan = Some(made.node);
                self.options = Some(made.options);
            }
            // A plan that cannot be made is a failure of the start, told there.
            Err(_) => self.plan = None,
        }
        self.plan_is_current = situations.iter().all(|service| service.plan_is_current);
        self.hold = self.find_hold();
        self.surroundings = crate::needs::look(&self.fleet, &self.record, self.spec.as_deref());
        self.count_exits(engine, now).await;
        self.mind_probe();
        self.mind_limits(engine).await;
        self.judge(now);
        Some(decide(&Situation {
            desired: self.record.desired,
            restart_pending: self.record.restart_pending,
            leave: if self.hold.is_some() {
                Leave::Stop
            } else {
                self.surroundings.leave
            },
            is_needed_now: self.surroundings.is_needed_now,
            update,
            moving: self.record.moving.as_ref().map(|moving| moving.phase),
            services: situations,
            gave_up: self.history.gave_up(),
            retry_at: self.history.retry_at(),
            change_retry_at: self.change_history.retry_at(),
            now,
        }))
    }

    /// What the engine says about the node's containers. A look that nothing gave a reason for asks only about those
    /// that were seen before: with many nodes, finding each among all would be most of what Freehold costs the engine.
    async fn observe(&self, engine: &Engine, makes_sure: bool) -> Result<Vec<ServiceObservation>, EngineError> {
        if makes_sure {
            let known = self.services.iter().map(|seen| seen.container.clone());
            if let Some(known) = known.collect::<Option<Vec<_>>>()
                && !known.is_empty()
                && let Some(observed) = engine.observe_again(&known).await?
            {
                return Ok(observed);
            }
        }
        engine.observe_node(&self.context.instance, &self.record.id).await
    }

    /// Whether everything stands as it did when there was nothing to do. A plan is not made for such a look: it reads each
    /// of the node's passwords.
    fn is_as_before(&self, observed: &[ServiceObservation]) -> bool {
        observed.len() == self.services.len()
            && observed.iter().all(|seen| self.services.contains(seen))
            && self.record.update.is_none()
            && self.record.moving.is_none()
            && self.record.once_args.is_empty()
            && !self.hold_changed()
    }

    /// What is still to be done before the new version can start.
    async fn update_step(&self, engine: &Engine, update: &PendingUpdate) -> Result<UpdateStep, EngineError> {
        for (service, image) in &update.images {
            if engine.find_image(image).await?.is_none() {
                return Ok(UpdateStep::Fetch(service.clone()));
            }
        }
        Ok(UpdateStep::Switch)
    }

    /// Looks at a node that somebody else runs: there is only its probe.
    pub(super) fn look_at_external(&mut self) -> Action {
        self.checked_at = Some(self.context.clock.now());
        self.mind_probe();
        match self.record.desired {
            DesiredState::Removed { .. } => Action::Forget { erase_data: false },
            DesiredState::Running | DesiredState::Stopped => Action::Rest,
        }
    }

    fn find_hold(&self) -> Option<Hold> {
        let (spec, options) = (self.spec.as_deref()?, self.options.as_ref()?);
        let was_disk = matches!(self.hold, Some(Hold::Disk(_)));
        if let Some(why) = self.is_halted() {
            return Some(Hold::Ended(why));
        }
        let conditions = self.context.conditions.borrow();
        crate::hold::reason(&self.record, spec, options, &conditions, was_disk)
    }

    /// Whether the machine's conditions make another answer than before.
    pub(super) fn hold_changed(&self) -> bool {
        let kind = |hold: &Option<Hold>| hold.as_ref().map(std::mem::discriminant);
        kind(&self.find_hold()) != kind(&self.hold)
    }

    /// Why the release has stopped by itself, if it has.
    pub(super) fn is_halted(&self) -> Option<String> {
        crate::ending::halted(&self.record, self.spec.as_deref()?, self.seen_height)
    }

    /// Whether a service that was seen running does not run any more.
    pub(super) async fn has_ended(&self, engine: &Engine) -> bool {
        let Ok(observed) = engine.observe_node(&self.context.instance, &self.record.id).await else {
            return false;
        };
        let runs = |seen: &ServiceObservation| matches!(seen.state, ObservedState::Running { .. });
        let still =
            |before: &ServiceObservation| observed.iter().any(|seen| seen.service == before.service && runs(seen));
        self.services.iter().any(|before| runs(before) && !still(before))
    }

    pub(super) fn is_alive(&self) -> bool {
        let runs = |seen: &ServiceObservation| matches!(seen.state, ObservedState::Running { .. });
        self.services.iter().any(runs)
    }

    /// Counts an exit that nobody asked for as a failure, with its cause; forgets failures after a healthy while.
    async fn count_exits(&mut self, engine: &Engine, now: Timestamp) {
        let is_wanted = self.record.desired == DesiredState::Running && !self.record.restart_pending;
        if !is_wanted || std::mem::take(&mut self.stopped_by_us) {
            self.counted_exit = self
                .services
                .iter()
                .filter_map(exited_at)
                .chain(self.counted_exit)
                .max();
            return;
        }
        let is_first_look = self.view.borrow().checked_at.is_none();
        if is_first_look && !self.services.iter().any(was_killed_for_memory) {
            // What ended while Freehold was not there (a reboot, mostly) is simply started again.
            self.counted_exit = self.services.iter().filter_map(exited_at).max();
        }
        let mut youngest = None;
        for seen in &self.services {
            match &seen.state {
                ObservedState::Running { since } => {
                    youngest = youngest.max(Some(*since));
                    self.started_at = self.started_at.max(Some(*since));
                }
                ObservedState::Exited {
                    code,
                    oom_killed,
                    at,
                    error,
                } => {
                    if self.counted_exit.is_some_and(|counted| *at <= counted) {
                        return;
                    }
                    self.counted_exit = Some(*at);
                    let lines = match &seen.container {
                        Some(container) => last_lines(engine, container, self.started_at).await,
                        None => Vec::new(),
                    };
                    let fault = cause::of_exit(&seen.service, *code, *oom_killed, error, &lines);
                    let fault = cause::with_disk(fault, self.record.chain_folder()).await;
                    self.tell(FleetEventKind::Crashed(Crash {
                        service: seen.service.clone(),
                        at: *at,
                        why: fault.message(),
                        lines,
                    }));
                    self.note_failure(now, fault);
                    return;
                }
                ObservedState::Absent | ObservedState::Created | ObservedState::Paused | ObservedState::Changing => {
                    return;
                }
            }
        }
        if let Some(since) = youngest {
            self.history.note_healthy(since, now);
        }
    }

    /// Starts, keeps or ends the probe so that it belongs to the containers that run.
    fn mind_probe(&mut self) {
        let started = if self.record.external.is_some() {
            Some(self.record.created)
        } else {
            self.all_running_since()
        };
        if self.probing.as_ref().map(|probing| probing.started) == started {
            return;
        }
        if let Some(probing) = self.probing.take() {
            probing.token.cancel();
        }
        self.set_asked(None);
        let Some((started, target)) = started.zip(self.target()) else {
            return;
        };
        let probe = Arc::new(Probe::new(target));
        self.set_asked(Some(probe.clone()));
        let (sender, view) = watch::channel(ProbeView::default());
        let token = self.token.child_token();
        #[expect(
            clippy::disallowed_methods,
            reason = "the handle below owns the task and aborts it when dropped"
        )]
        let task = tokio::spawn(probing::run(probe, self.context.clock.clone(), sender, token.clone()));
        let task = tokio_util::task::AbortOnDropHandle::new(task);
        self.probing = Some(Probing {
            started,
            view,
            token,
            _task: task,
        });
    }

    /// What the fleet asks for peers: the probe that runs, or none.
    fn set_asked(&self, probe: Option<Arc<Probe>>) {
        *self.probe.lock().unwrap_or_else(PoisonError::into_inner) = probe;
    }

    /// Since when every service runs; of an adopted choice's leftovers nothing is asked.
    fn all_running_since(&self) -> Option<Timestamp> {
        let planned = self
            .plan
            .as_ref()
            .map_or(self.services.len(), |plan| plan.containers.len());
        let starts = self.services.iter().take(planned).map(|seen| match &seen.state {
            ObservedState::Running { since } => Some(*since),
            _ => None,
        });
        starts.collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// A private chain needs no peers, unless the user named some.
    pub(super) fn needs_peers(&self) -> bool {
        let network = self.spec.as_ref().and_then(|spec| spec.network(&self.record.network));
        let named = self
            .spec
            .iter()
            .flat_map(|spec| &spec.probe.peer_options)
            .any(|option| self.record.options.get(option).is_some_and(|value| !value.is_empty()));
        network.is_none_or(|network| network.needs_peers) || named
    }
}

fn absent(service: &ServiceName) -> ServiceObservation {
    ServiceObservation {
        service: service.clone(),
        state: ObservedState::Absent,
        container: None,
        spec: None,
        image: None,
        pid: None,
        limits: Limits::default(),
    }
}

fn exited_at(seen: &ServiceObservation) -> Option<Timestamp> {
    match &seen.state {
        ObservedState::Exited { at, .. } => Some(*at),
        _ => None,
    }
}

fn was_killed_for_memory(seen: &ServiceObservation) -> bool {
    matches!(seen.state, ObservedState::Exited { oom_killed: true, .. })
}

/// The last lines that a container has written since its last start, as far as that is known.
async fn last_lines(engine: &Engine, container: &str, since: Option<Timestamp>) -> Vec<String> {
    let query = freehold_engine::LogQuery {
        after: None,
        tail: LAST_LINES,
        wait: Duration::ZERO,
    };
    match engine.logs(container, &query).await {
        Ok(page) => {
            let is_of_this_run = |at: &str| match since {
                // An unreadable time is kept: a line too many does less harm than the cause lost.
                Some(since) => at
                    .parse::<jiff::Timestamp>()
                    .map_or(true, |at| at.as_millisecond() >= since.0),
                None => true,
            };
            page.lines
                .into_iter()
                .filter(|line| is_of_this_run(&line.at))
                .map(|line| line.text)
                .collect()
        }
        Err(_) => Vec::new(),
    }
}
