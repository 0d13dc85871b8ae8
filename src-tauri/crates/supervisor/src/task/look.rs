//! What a node's task sees: the engine's answer, exits that nobody asked for, and the probe that belongs to it.

use std::time::Duration;

use freehold_engine::Engine;
use freehold_model::plan::label;
use freehold_model::{DesiredState, Fault, ObservedState, ServiceObservation, Timestamp};
use freehold_store::secret;
use tokio::sync::watch;

use super::{NodeTask, Probing};
use crate::act::Hands;
use crate::decide::{Action, ServiceSituation, Situation, decide};
use crate::fleet::FleetEventKind;
use crate::snapshot::ProbeView;
use crate::{cause, probing};

/// Log lines read for the cause of a crash.
const LAST_LINES: u32 = 60;

impl NodeTask {
    /// Asks the engine and decides. `None`: the engine did not answer.
    pub(super) async fn look(&mut self, engine: &Engine) -> Option<Action> {
        let observed = engine
            .observe_node(&self.context.instance, &self.record.id)
            .await
            .ok()?;
        let now = self.context.clock.now();
        self.checked_at = Some(now);
        let hands = Hands {
            context: &self.context,
            engine,
            record: &self.record,
            spec: self.spec.as_deref(),
        };
        let plan = hands.plan();
        let names: Vec<_> = match &self.spec {
            Some(spec) => spec.services.iter().map(|service| service.name.clone()).collect(),
            None => self.record.images.keys().cloned().collect(),
        };
        let mut services = Vec::with_capacity(names.len());
        let mut situations = Vec::with_capacity(names.len());
        for name in names {
            let seen = observed.iter().find(|seen| seen.service == name).cloned();
            let seen = seen.unwrap_or_else(|| ServiceObservation {
                service: name.clone(),
                state: ObservedState::Absent,
                container: None,
                spec: None,
                image: None,
                pid: None,
            });
            let image_is_there = seen.state == ObservedState::Absent && hands.has_image(&name).await.ok()?;
            let planned = plan
                .as_ref()
                .ok()
                .and_then(|plan| plan.containers.iter().find(|made| made.service == name));
            let plan_is_current = planned.is_none_or(|planned| planned.labels.get(label::SPEC) == seen.spec.as_ref());
            situations.push(ServiceSituation {
                name,
                state: seen.state.clone(),
                plan_is_current,
                image_is_there,
            });
            services.push(seen);
        }
        self.services = services;
        self.plan = plan.ok();
        self.count_exits(engine, now).await;
        self.mind_probe();
        Some(decide(&Situation {
            desired: self.record.desired,
            restart_pending: self.record.restart_pending,
            services: situations,
            gave_up: self.history.gave_up(),
            retry_at: self.history.retry_at(),
            now,
        }))
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
        let mut youngest = None;
        for seen in &self.services {
            match &seen.state {
                ObservedState::Running { since } => youngest = youngest.max(Some(*since)),
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
                    // What ended while Freehold was not there (a reboot, mostly) is simply started again.
                    if is_first_look && !oom_killed {
                        return;
                    }
                    let lines = match &seen.container {
                        Some(container) => last_lines(engine, container).await,
                        None => Vec::new(),
                    };
                    let fault = cause::of_exit(&seen.service, *code, *oom_killed, error, &lines);
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

    pub(super) fn note_failure(&mut self, now: Timestamp, fault: Fault) {
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

    /// Starts, keeps or ends the probe so that it belongs to the containers that run.
    fn mind_probe(&mut self) {
        let started = self
            .services
            .iter()
            .map(|seen| match &seen.state {
                ObservedState::Running { since } => Some(*since),
                _ => None,
            })
            .collect::<Option<Vec<_>>>()
            .and_then(|starts| starts.into_iter().max());
        if self.probing.as_ref().map(|probing| probing.started) == started {
            return;
        }
        if let Some(probing) = self.probing.take() {
            probing.token.cancel();
        }
        let Some((started, target)) = started.zip(self.target()) else {
            return;
        };
        let (sender, view) = watch::channel(ProbeView::default());
        let token = self.token.child_token();
        #[expect(
            clippy::disallowed_methods,
            reason = "the handle below owns the task and aborts it when dropped"
        )]
        let task = tokio::spawn(probing::run(target, self.context.clock.clone(), sender, token.clone()));
        let task = tokio_util::task::AbortOnDropHandle::new(task);
        self.probing = Some(Probing {
            started,
            view,
            token,
            _task: task,
        });
    }

    fn target(&self) -> Option<freehold_probe::Target> {
        let spec = self.spec.as_ref()?;
        let network = spec.network(&self.record.network)?;
        let port = *self.record.ports.get(&spec.probe.port)?;
        let credential = spec.probe.consumer.as_ref().and_then(|consumer| {
            let kept = secret::load_or_make(&self.context.layout, &self.record.id, consumer).ok()?;
            Some(freehold_model::Credential {
                user: consumer.clone(),
                password: kept.password,
            })
        });
        Some(freehold_probe::Target {
            kind: spec.probe.kind,
            host: "127.0.0.1".to_owned(),
            port,
            credential,
            identity: network.identity.clone(),
            needs_peers: self.needs_peers(),
        })
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

fn exited_at(seen: &ServiceObservation) -> Option<Timestamp> {
    match &seen.state {
        ObservedState::Exited { at, .. } => Some(*at),
        _ => None,
    }
}

async fn last_lines(engine: &Engine, container: &str) -> Vec<String> {
    let query = freehold_engine::LogQuery {
        after: None,
        tail: LAST_LINES,
        wait: Duration::ZERO,
    };
    match engine.logs(container, &query).await {
        Ok(page) => page.lines.into_iter().map(|line| line.text).collect(),
        Err(_) => Vec::new(),
    }
}
