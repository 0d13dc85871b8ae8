//! One node's task: look, decide, act, look again.

use std::sync::Arc;
use std::time::Duration;

use freehold_engine::{Engine, EngineState};
use freehold_model::plan::{NodePlan, label};
use freehold_model::{
    DesiredState, Fault, NodeRecord, NodeSpec, NodeStatus, ObservedState, PullProgress, ServiceObservation, Timestamp,
};
use freehold_store::secret;
use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::act::{Hands, StepError};
use crate::decide::{Action, ServiceSituation, Situation, decide};
use crate::fleet::{FleetContext, FleetEvent, FleetEventKind, Message, Order, SupervisorError};
use crate::history::History;
use crate::snapshot::{NodeSnapshot, ProbeView};
use crate::status::{Evidence, InFlight, derive};
use crate::{cause, probing};

/// Events can be missed; this often the task looks by itself.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// Log lines read for the cause of a crash.
const LAST_LINES: u32 = 60;

/// How a task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The node was removed.
    Gone,
    /// Freehold ends.
    Cancelled,
}

impl Ending {
    pub(crate) fn is_gone(self) -> bool {
        self == Self::Gone
    }
}

pub(crate) struct NodeTask {
    context: FleetContext,
    record: NodeRecord,
    spec: Option<Arc<NodeSpec>>,
    orders: mpsc::Receiver<Message>,
    wake: Arc<Notify>,
    events: broadcast::Sender<FleetEvent>,
    token: CancellationToken,
    view: watch::Sender<NodeSnapshot>,
    engine: watch::Receiver<EngineState>,
    history: History,
    services: Vec<ServiceObservation>,
    plan: Option<NodePlan>,
    in_flight: Option<InFlight>,
    /// The last exit that was counted as a failure, so that it is counted once.
    counted_exit: Option<Timestamp>,
    probing: Option<Probing>,
    checked_at: Option<Timestamp>,
}

/// A running probe and the container start it belongs to.
struct Probing {
    started: Timestamp,
    view: watch::Receiver<ProbeView>,
    token: CancellationToken,
    /// Owns the task: dropped with it.
    _task: tokio_util::task::AbortOnDropHandle<()>,
}

impl NodeTask {
    pub(crate) fn new(
        context: FleetContext,
        record: NodeRecord,
        orders: mpsc::Receiver<Message>,
        wake: Arc<Notify>,
        events: broadcast::Sender<FleetEvent>,
        token: CancellationToken,
    ) -> (Self, watch::Receiver<NodeSnapshot>) {
        let spec = (context.find_spec)(&record.client);
        let first = NodeSnapshot {
            record: record.clone(),
            spec: spec.clone(),
            services: Vec::new(),
            status: NodeStatus::Unknown { why: "it has not been looked at yet".to_owned() },
            probe: ProbeView::default(),
            checked_at: None,
        };
        let (view, receiver) = watch::channel(first);
        let engine = context.engine.state();
        let task = Self {
            context,
            record,
            spec,
            orders,
            wake,
            events,
            token,
            view,
            engine,
            history: History::default(),
            services: Vec::new(),
            plan: None,
            in_flight: None,
            counted_exit: None,
            probing: None,
            checked_at: None,
        };
        (task, receiver)
    }

    /// Runs until the node is removed or Freehold ends.
    pub(crate) async fn run(mut self) -> Ending {
        loop {
            let engine = self.connected();
            let action = match &engine {
                Some(engine) => self.look(engine).await,
                None => None,
            };
            self.publish();
            let ending = match (engine, action) {
                (Some(engine), Some(action)) => match action {
                    Action::Rest => self.rest(None).await,
                    Action::WaitUntil(at) => self.rest(Some(at)).await,
                    action => self.carry_out(&engine, action).await,
                },
                // Without an engine, or when it failed to answer: until it says something.
                _ => self.rest(None).await,
            };
            if let Some(ending) = ending {
                return ending;
            }
        }
    }

    fn connected(&mut self) -> Option<Engine> {
        match &*self.engine.borrow_and_update() {
            EngineState::Connected(engine) => Some(engine.clone()),
            EngineState::Looking | EngineState::Down { .. } => None,
        }
    }

    /// Asks the engine and decides. `None`: the engine did not answer.
    async fn look(&mut self, engine: &Engine) -> Option<Action> {
        let observed = engine.observe_node(&self.context.instance, &self.record.id).await.ok()?;
        let now = self.context.clock.now();
        self.checked_at = Some(now);
        let hands = Hands { context: &self.context, engine, record: &self.record, spec: self.spec.as_deref() };
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
            let planned = plan.as_ref().ok().and_then(|plan| plan.containers.iter().find(|made| made.service == name));
            let plan_is_current = planned.is_none_or(|planned| planned.labels.get(label::SPEC) == seen.spec.as_ref());
            situations.push(ServiceSituation { name, state: seen.state.clone(), plan_is_current, image_is_there });
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
        if self.record.desired != DesiredState::Running || self.record.restart_pending {
            return;
        }
        let is_first_look = self.view.borrow().checked_at.is_none();
        let mut youngest = None;
        for seen in &self.services {
            match &seen.state {
                ObservedState::Running { since } => youngest = youngest.max(Some(*since)),
                ObservedState::Exited { code, oom_killed, at, error } => {
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
                ObservedState::Absent | ObservedState::Created | ObservedState::Paused | ObservedState::Changing => return,
            }
        }
        if let Some(since) = youngest {
            self.history.note_healthy(since, now);
        }
    }

    fn note_failure(&mut self, now: Timestamp, fault: Fault) {
        let mut random = [0_u8; 1];
        // Without random bytes the nodes only retry in step.
        let _ = getrandom::fill(&mut random);
        tracing::warn!(node = %self.record.id, code = fault.code.as_str(), "step failed");
        self.tell(FleetEventKind::Failed(format!("{}: {}", self.record.name, fault.message())));
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
        let Some((started, target)) = started.zip(self.target()) else { return };
        let (sender, view) = watch::channel(ProbeView::default());
        let token = self.token.child_token();
        #[expect(clippy::disallowed_methods, reason = "the handle below owns the task and aborts it when dropped")]
        let task = tokio::spawn(probing::run(target, self.context.clock.clone(), sender, token.clone()));
        let task = tokio_util::task::AbortOnDropHandle::new(task);
        self.probing = Some(Probing { started, view, token, _task: task });
    }

    fn target(&self) -> Option<freehold_probe::Target> {
        let spec = self.spec.as_ref()?;
        let network = spec.network(&self.record.network)?;
        let port = *self.record.ports.get(&spec.probe.port)?;
        let credential = spec.probe.consumer.as_ref().and_then(|consumer| {
            let kept = secret::load_or_make(&self.context.layout, &self.record.id, consumer).ok()?;
            Some(freehold_model::Credential { user: consumer.clone(), password: kept.password })
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
    fn needs_peers(&self) -> bool {
        let network = self.spec.as_ref().and_then(|spec| spec.network(&self.record.network));
        let named = self.record.options.iter().any(|(option, value)| option.as_str() == "addnode" && !value.is_empty());
        network.is_none_or(|network| network.needs_peers) || named
    }

    /// Waits for a reason to look again. `Some` ends the task.
    async fn rest(&mut self, until: Option<Timestamp>) -> Option<Ending> {
        let pause = until.map_or(LOOK_AGAIN, |at| at.since(self.context.clock.now()).min(LOOK_AGAIN));
        let alarm = tokio::time::sleep(pause);
        tokio::pin!(alarm);
        loop {
            let probe = self.probing.as_ref().map(|probing| probing.view.clone());
            tokio::select! {
                message = self.orders.recv() => { self.accept(message?); return None; }
                () = self.wake.notified() => return None,
                () = &mut alarm => return None,
                changed = self.engine.changed() => { if changed.is_err() { return Some(Ending::Cancelled); } return None; }
                () = self.token.cancelled() => return Some(Ending::Cancelled),
                () = changed(probe) => {
                    if let Some(probing) = &mut self.probing { probing.view.mark_unchanged(); }
                    self.publish();
                }
            }
        }
    }

    /// Carries out one step while orders are still heard. `Some` ends the task.
    async fn carry_out(&mut self, engine: &Engine, action: Action) -> Option<Ending> {
        let now = self.context.clock.now();
        let context = self.context.clone();
        let record = self.record.clone();
        let spec = self.spec.clone();
        let seen = self.services.clone();
        let (progress, mut progress_seen) = watch::channel(PullProgress::default());
        let hands = Hands { context: &context, engine, record: &record, spec: spec.as_deref() };
        self.in_flight = Some(match &action {
            Action::Pull(_) => InFlight::Pull(PullProgress::default()),
            Action::Stop(service) => InFlight::Stop { kill_at: now.plus(hands.grace(service)) },
            _ => InFlight::Other,
        });
        self.publish();
        let mut on_progress = |now: PullProgress| drop(progress.send(now));
        let step = async {
            match &action {
                Action::Pull(service) => hands.pull(service, &mut on_progress).await,
                Action::Create(service) => hands.create(service).await,
                Action::Start(service) => hands.start(service, &seen).await,
                Action::Stop(service) => hands.stop(service, &seen).await,
                Action::Remove(service) => hands.remove(service, &seen).await,
                Action::Forget { erase_data } => hands.forget(*erase_data).await,
                Action::RestartStopped | Action::Rest | Action::WaitUntil(_) => Ok(()),
            }
        };
        tokio::pin!(step);
        let outcome = loop {
            tokio::select! {
                outcome = &mut step => break outcome,
                message = self.orders.recv() => {
                    self.accept(message?);
                    if action.can_be_dropped() && self.record.desired != DesiredState::Running {
                        self.in_flight = None;
                        return None;
                    }
                    self.publish();
                }
                Ok(()) = progress_seen.changed() => {
                    let now = progress_seen.borrow_and_update().clone();
                    self.in_flight = Some(InFlight::Pull(now));
                    self.publish();
                }
                () = self.token.cancelled() => return Some(Ending::Cancelled),
            }
        };
        self.in_flight = None;
        match outcome {
            Ok(()) => self.done(&action),
            Err(StepError::EngineAway) => {
                self.context.engine.check_now();
                tokio::time::sleep(Duration::from_millis(200)).await;
                None
            }
            Err(StepError::Fault(fault)) => {
                let now = self.context.clock.now();
                self.note_failure(now, fault);
                // A stop or removal that failed is tried again like anything else, but decisions for those do not look
                // at the retry time: wait here.
                if !matches!(action, Action::Pull(_) | Action::Create(_) | Action::Start(_)) {
                    return self.rest(self.history.retry_at()).await;
                }
                None
            }
        }
    }

    fn done(&mut self, action: &Action) -> Option<Ending> {
        let name = self.record.name.clone();
        match action {
            Action::Pull(service) => {
                let image = self.record.images.get(service).map(|image| format!("{}:{}", image.repository, image.tag));
                self.did(format!("{name}: {} was pulled and its digest checked", image.unwrap_or_default()));
            }
            Action::Start(service) => self.did(format!("{name}: {service} was started")),
            Action::Stop(service) => self.did(format!("{name}: {service} was stopped cleanly")),
            Action::RestartStopped => {
                let mut record = self.record.clone();
                record.restart_pending = false;
                match self.context.store.put_node(&record) {
                    Ok(()) => self.record = record,
                    Err(error) => self.note_failure(self.context.clock.now(), error.to_fault()),
                }
            }
            Action::Forget { erase_data } => {
                let what = if *erase_data { "removed with its chain data" } else { "removed; its chain data stays" };
                self.did(format!("{name} was {what}"));
                return Some(Ending::Gone);
            }
            Action::Create(_) | Action::Remove(_) | Action::Rest | Action::WaitUntil(_) => {}
        }
        None
    }

    /// Keeps an order, then answers it.
    fn accept(&mut self, message: Message) {
        let mut record = self.record.clone();
        if matches!(record.desired, DesiredState::Removed { .. }) {
            let again = matches!(message.order, Order::Desire(DesiredState::Removed { .. }));
            if !again {
                let _ = message.reply.send(Err(SupervisorError::BeingRemoved(record.id)));
                return;
            }
        }
        match message.order {
            Order::Desire(desired) => {
                record.desired = desired;
                record.restart_pending = false;
            }
            Order::Restart => {
                record.desired = DesiredState::Running;
                record.restart_pending = true;
            }
        }
        let kept = self.context.store.put_node(&record).map_err(SupervisorError::from);
        if kept.is_ok() {
            self.context.checkpoint.reached("order.recorded");
            self.record = record;
            // Today's catalog entry applies from the next start on.
            self.spec = (self.context.find_spec)(&self.record.client).or_else(|| self.spec.take());
            self.history.clear();
        }
        self.publish();
        // Whoever asked may have gone.
        let _ = message.reply.send(kept);
    }

    fn did(&self, what: String) {
        tracing::info!(node = %self.record.id, "{what}");
        self.tell(FleetEventKind::Did(what));
    }

    fn tell(&self, kind: FleetEventKind) {
        // Nobody may be listening; whoever listens later asks for everything.
        let _ = self.events.send(FleetEvent { node: self.record.id.clone(), kind });
    }

    /// Publishes the node's view if it changed.
    fn publish(&mut self) {
        let probe = self.probing.as_ref().map(|probing| probing.view.borrow().clone()).unwrap_or_default();
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
            status = NodeStatus::Unknown { why: "it has not been looked at yet".to_owned() };
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

/// Completes at the probe's next reading; never without a probe.
async fn changed(view: Option<watch::Receiver<ProbeView>>) {
    match view {
        Some(mut view) => {
            if view.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
        None => std::future::pending().await,
    }
}

async fn last_lines(engine: &Engine, container: &str) -> Vec<String> {
    let query = freehold_engine::LogQuery { after: None, tail: LAST_LINES, wait: Duration::ZERO };
    match engine.logs(container, &query).await {
        Ok(page) => page.lines.into_iter().map(|line| line.text).collect(),
        Err(_) => Vec::new(),
    }
}
