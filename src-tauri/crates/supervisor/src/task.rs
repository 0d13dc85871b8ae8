//! One node's task: look, decide, act, look again.

use std::sync::Arc;
use std::time::Duration;

use freehold_engine::{Engine, EngineState};
use freehold_model::plan::NodePlan;
use freehold_model::{DesiredState, NodeRecord, NodeSpec, NodeStatus, PullProgress, ServiceObservation, Timestamp};
use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::act::{Hands, StepError};
use crate::decide::Action;
use crate::fleet::{FleetContext, FleetEvent, FleetEventKind, Message, Order, SupervisorError};
use crate::history::History;
use crate::snapshot::{NodeSnapshot, ProbeView};
use crate::status::InFlight;

mod look;
mod publish;

/// Events can be missed; this often the task looks by itself.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

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
    /// A stop has just been carried out: the exit that is seen next was asked for.
    stopped_by_us: bool,
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
            status: NodeStatus::Unknown {
                why: "it has not been looked at yet".to_owned(),
            },
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
            stopped_by_us: false,
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
        let hands = Hands {
            context: &context,
            engine,
            record: &record,
            spec: spec.as_deref(),
        };
        self.in_flight = Some(match &action {
            Action::Pull(_) => InFlight::Pull(PullProgress::default()),
            Action::Stop(service) => InFlight::Stop {
                kill_at: now.plus(hands.grace(service)),
            },
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
                let image = self
                    .record
                    .images
                    .get(service)
                    .map(|image| format!("{}:{}", image.repository, image.tag));
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
                let mut record = self.record.clone();
                record.restart_pending = false;
                match self.context.store.put_node(&record) {
                    Ok(()) => self.record = record,
                    Err(error) => self.note_failure(self.context.clock.now(), error.to_fault()),
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
        let _ = self.events.send(FleetEvent {
            node: self.record.id.clone(),
            kind,
        });
    }
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
