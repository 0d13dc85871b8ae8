//! One node's task: look, decide, act, look again.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use freehold_engine::{Engine, EngineState};
use freehold_model::plan::NodePlan;
use freehold_model::{
    Fault, Limits, NodeId, NodeRecord, NodeSpec, NodeStatus, PullProgress, ServiceObservation, Timestamp,
};
use freehold_plan::ResolvedOptions;
use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::act::{Hands, StepError};
use crate::decide::Action;
use crate::fleet::{AskedProbe, Fleet, FleetContext, FleetEvent, Message};
use crate::history::History;
use crate::hold::Hold;
use crate::needs::Surroundings;
use crate::snapshot::{NodeSnapshot, ProbeView};
use crate::status::InFlight;

mod change;
mod limits;
mod look;
mod prove;
mod publish;
mod target;

/// The engine tells what happens to a container, and that it was away; in case it forgets, the task looks by itself about
/// this often.
const LOOK_AGAIN: Duration = Duration::from_mins(5);
/// Nodes that began together look at different times, within this part of [`LOOK_AGAIN`]: fifty questions at once would be
/// felt.
const SPREAD: f64 = 0.4;

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
    fleet: Fleet,
    context: FleetContext,
    record: NodeRecord,
    spec: Option<Arc<NodeSpec>>,
    orders: mpsc::Receiver<Message>,
    wake: Arc<Notify>,
    /// What nodes that follow this one read.
    height: Arc<AtomicU64>,
    probe: AskedProbe,
    events: broadcast::Sender<FleetEvent>,
    token: CancellationToken,
    view: watch::Sender<NodeSnapshot>,
    engine: watch::Receiver<EngineState>,
    history: History,
    /// Failures of steps of an update or a move, which say nothing about the node itself.
    change_history: History,
    /// The greatest height that the release now running has told: a release that has halted stays so when it is stopped.
    seen_height: u64,
    /// When a service was last seen to start, or was started: what it said before is no cause of its end.
    started_at: Option<Timestamp>,
    /// A change of the record could not be kept: nothing more is done before this instant.
    keep_again_at: Option<Timestamp>,
    /// Every container is made from today's plan.
    plan_is_current: bool,
    services: Vec<ServiceObservation>,
    plan: Option<NodePlan>,
    options: Option<ResolvedOptions>,
    hold: Option<Hold>,
    surroundings: Surroundings,
    /// The last update that was taken back, told to whoever waits for it.
    last_update_failure: Option<Fault>,
    /// The limits that this task gave to containers, each with the start since which the container runs.
    limits: BTreeMap<String, (Timestamp, Limits)>,
    in_flight: Option<InFlight>,
    /// The last exit that was counted as a failure, so that it is counted once.
    counted_exit: Option<Timestamp>,
    /// A stop has just been carried out: the exit that is seen next was asked for.
    stopped_by_us: bool,
    probing: Option<Probing>,
    checked_at: Option<Timestamp>,
    /// The last look left nothing to do.
    is_settled: bool,
    /// Nothing gave a reason for the next look.
    makes_sure: bool,
}

/// The task's ends of what connects it to the fleet.
pub(crate) struct TaskEnds {
    pub(crate) orders: mpsc::Receiver<Message>,
    pub(crate) wake: Arc<Notify>,
    pub(crate) height: Arc<AtomicU64>,
    pub(crate) probe: AskedProbe,
    pub(crate) events: broadcast::Sender<FleetEvent>,
    pub(crate) token: CancellationToken,
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
    pub(crate) fn new(fleet: Fleet, record: NodeRecord, ends: TaskEnds) -> (Self, watch::Receiver<NodeSnapshot>) {
        let context = fleet.context().clone();
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
            update_failure: None,
            goes_down: false,
        };
        let (view, receiver) = watch::channel(first);
        let engine = context.engine.state();
        let task = Self {
            fleet,
            context,
            record,
            spec,
            orders: ends.orders,
            wake: ends.wake,
            height: ends.height,
            probe: ends.probe,
            events: ends.events,
            token: ends.token,
            view,
            engine,
            history: History::default(),
            change_history: History::default(),
            seen_height: 0,
            started_at: None,
            keep_again_at: None,
            plan_is_current: false,
            services: Vec::new(),
            plan: None,
            options: None,
            hold: None,
            surroundings: Surroundings::none(),
            last_update_failure: None,
            limits: BTreeMap::new(),
            in_flight: None,
            counted_exit: None,
            stopped_by_us: false,
            probing: None,
            checked_at: None,
            is_settled: false,
            makes_sure: false,
        };
        (task, receiver)
    }

    /// Runs until the node is removed or Freehold ends.
    pub(crate) async fn run(mut self) -> Ending {
        loop {
            let engine = self.connected();
            let action = match &engine {
                _ if self.record.external.is_some() => Some(self.look_at_external()),
                Some(engine) => self.look(engine).await,
                None => None,
            };
            self.publish();
            self.is_settled = matches!(action, Some(Action::Rest));
            let ending = match (engine, action) {
                (_, Some(Action::Rest)) => self.rest(None).await,
                (_, Some(Action::WaitUntil(at))) => self.rest(Some(at)).await,
                (_, Some(Action::Forget { .. })) if self.record.external.is_some() => self.forget_external(),
                (Some(engine), Some(action)) => self.carry_out(&engine, action).await,
                // Without an engine, or when it failed to answer: until it says something.
                _ => self.rest(None).await,
            };
            if let Some(ending) = ending {
                return ending;
            }
        }
    }

    /// A node that somebody else runs leaves nothing but its record and a password.
    fn forget_external(&mut self) -> Option<Ending> {
        let id = &self.record.id;
        let gone =
            freehold_store::secret::forget(&self.context.layout, id).and_then(|()| self.context.store.forget_node(id));
        match gone {
            Ok(()) => self.done(&Action::Forget { erase_data: false }),
            Err(error) => {
                self.note_failure(self.context.clock.now(), error.to_fault());
                None
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
        let longest = look_again(&self.record.id);
        let pause = until.map_or(longest, |at| at.since(self.context.clock.now()).min(longest));
        let alarm = tokio::time::sleep(pause);
        tokio::pin!(alarm);
        loop {
            let probe = self.probing.as_ref().map(|probing| probing.view.clone());
            tokio::select! {
                message = self.orders.recv() => { self.accept(message?); return None; }
                () = self.wake.notified() => return None,
                () = &mut alarm => { self.makes_sure = self.is_settled; return None; }
                changed = self.engine.changed() => { if changed.is_err() { return Some(Ending::Cancelled); } return None; }
                Ok(()) = self.context.conditions.changed() => {
                    if self.hold_changed() { return None; }
                }
                () = self.token.cancelled() => return Some(Ending::Cancelled),
                () = changed(probe) => {
                    if let Some(probing) = &mut self.probing { probing.view.mark_unchanged(); }
                    self.publish();
                    if self.has_proof_to_judge() { return None; }
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
        let (copied, mut copied_seen) = watch::channel((0, 0));
        let fleet = self.fleet.clone();
        let hands = Hands {
            context: &context,
            fleet: &fleet,
            engine,
            record: &record,
            spec: spec.as_deref(),
        };
        self.in_flight = Some(match &action {
            // The old version goes on meanwhile, and that is what people see.
            Action::Fetch(_) if self.is_alive() => InFlight::Other,
            Action::Pull(_) | Action::Fetch(_) => InFlight::Pull(PullProgress::default()),
            Action::Stop(service) => InFlight::Stop {
                since: now,
                kill_at: now.plus(hands.grace(service)),
            },
            Action::CopyData => InFlight::Move { done: 0, total: 0 },
            _ => InFlight::Other,
        });
        self.publish();
        let mut on_progress = |now: PullProgress| drop(progress.send(now));
        let step = async {
            match &action {
                Action::Pull(service) => hands.pull(service, &mut on_progress).await,
                Action::Fetch(service) => hands.fetch(service, &mut on_progress).await,
                Action::CopyData => hands.copy_data(copied).await,
                Action::EraseOldData => hands.erase_old().await,
                Action::Create(service) => hands.create(service).await,
                Action::Start(service) => hands.start(service, &seen).await,
                Action::Stop(service) => hands.stop(service, &seen).await,
                Action::Remove(service) => hands.remove(service, &seen).await,
                Action::Forget { erase_data } => hands.forget(*erase_data).await,
                Action::SwitchVersion | Action::RestartStopped | Action::Rest | Action::WaitUntil(_) => Ok(()),
            }
        };
        tokio::pin!(step);
        let outcome = loop {
            tokio::select! {
                outcome = &mut step => break outcome,
                message = self.orders.recv() => {
                    self.accept(message?);
                    if action.can_be_dropped() && !self.still_wants(&action) {
                        self.in_flight = None;
                        return None;
                    }
                    self.publish();
                }
                Ok(()) = progress_seen.changed() => {
                    let now = progress_seen.borrow_and_update().clone();
                    if matches!(self.in_flight, Some(InFlight::Pull(_))) {
                        self.in_flight = Some(InFlight::Pull(now));
                        self.publish();
                    }
                }
                Ok(()) = copied_seen.changed() => {
                    let (done, total) = *copied_seen.borrow_and_update();
                    self.in_flight = Some(InFlight::Move { done, total });
                    self.publish();
                }
                () = self.wake.notified(), if matches!(action, Action::Fetch(_)) => {
                    // The old version goes on meanwhile, unless it has ended: then it is looked after first.
                    if self.has_ended(engine).await {
                        self.in_flight = None;
                        return None;
                    }
                }
                Ok(()) = self.context.conditions.changed(), if action.can_be_dropped() => {
                    if self.hold_changed() {
                        self.in_flight = None;
                        return None;
                    }
                }
                () = self.token.cancelled() => return Some(Ending::Cancelled),
            }
        };
        self.in_flight = None;
        match outcome {
            Ok(()) => {
                let ending = self.done(&action);
                match self.keep_again_at.take() {
                    Some(at) if ending.is_none() => self.rest(Some(at)).await,
                    _ => ending,
                }
            }
            Err(StepError::EngineAway) => {
                self.context.engine.check_now();
                tokio::time::sleep(Duration::from_millis(200)).await;
                None
            }
            Err(StepError::Fault(fault)) => {
                let now = self.context.clock.now();
                if action.is_change() {
                    self.note_change_failure(now, fault.clone());
                } else {
                    self.note_failure(now, fault.clone());
                }
                if matches!(action, Action::Start(_)) {
                    // The engine shows a start that failed as an exit too; it is the same failure.
                    self.counted_exit = Some(now);
                }
                if self.give_up_change(&action, &fault) {
                    return None;
                }
                // A stop or removal that failed is tried again like anything else, but decisions for those do not look
                // at the retry time: wait here.
                let looks_at_retry = matches!(
                    action,
                    Action::Pull(_)
                        | Action::Fetch(_)
                        | Action::Create(_)
                        | Action::Start(_)
                        | Action::CopyData
                        | Action::EraseOldData
                );
                if !looks_at_retry {
                    return self.rest(self.history.retry_at()).await;
                }
                None
            }
        }
    }
}

/// How long a node rests at most: [`LOOK_AGAIN`], some a little less and some a little more, each always the same.
fn look_again(id: &NodeId) -> Duration {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    let part = hasher.finish() as f64 / u64::MAX as f64;
    LOOK_AGAIN.mul_f64(1.0 + SPREAD * (part - 0.5))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use freehold_model::NodeId;

    use super::{LOOK_AGAIN, look_again};

    #[test]
    fn nodes_that_began_together_look_again_one_after_another() {
        let id = |number: u32| NodeId::try_new(format!("bitcoin-core-{number}")).unwrap();
        let pauses: Vec<_> = (0..50).map(|number| look_again(&id(number))).collect();
        assert!(
            pauses
                .iter()
                .all(|pause| (LOOK_AGAIN.mul_f64(0.8)..=LOOK_AGAIN.mul_f64(1.2)).contains(pause)),
            "{pauses:?}"
        );
        let tenths: BTreeSet<_> = pauses
            .iter()
            .map(|pause| pause.as_secs() / (LOOK_AGAIN.as_secs() / 25))
            .collect();
        assert!(tenths.len() >= 8, "they share the time: {pauses:?}");
        assert_eq!(look_again(&id(7)), pauses[7]);
    }
}
