//! All nodes together: one task each, orders in, views out.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use freehold_engine::EngineLink;
use freehold_model::{Checkpoint, ClientId, DesiredState, Fault, NodeId, NodeRecord, NodeSpec, ServiceName, Timestamp};
use freehold_probe::{Peers, Probe};
use freehold_store::{Layout, Store, StoreError};
use tokio::sync::{Notify, broadcast, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::task::{NodeTask, TaskEnds};
use crate::{Conditions, NodeSnapshot};

/// Events kept for a slow listener before it must ask for everything again.
const EVENT_BUFFER: usize = 1024;
/// Orders waiting for one node.
const ORDER_BUFFER: usize = 16;

/// Reads the time; passed in, so that tests can set it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that asks `read`.
    pub fn new(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

type FindSpec = Arc<dyn Fn(&ClientId) -> Option<Arc<NodeSpec>> + Send + Sync>;

/// What every node's task works with.
#[derive(Clone)]
pub struct FleetContext {
    /// The engine, there or not.
    pub engine: EngineLink,
    /// Records and activity.
    pub store: Arc<Store>,
    /// Freehold's folder.
    pub layout: Layout,
    /// The id in the containers' labels.
    pub instance: String,
    /// The user Freehold runs as.
    pub uid: u32,
    /// Their group.
    pub gid: u32,
    /// The catalog.
    pub find_spec: FindSpec,
    /// The time.
    pub clock: Clock,
    /// Steps, for fault-injection tests.
    pub checkpoint: Checkpoint,
    /// What the machine is like, as far as it decides whether nodes may run.
    pub conditions: watch::Receiver<Conditions>,
}

impl fmt::Debug for FleetContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FleetContext")
            .field("instance", &self.instance)
            .finish_non_exhaustive()
    }
}

/// Something that happened to a node.
#[derive(Debug, Clone)]
pub struct FleetEvent {
    /// Which node.
    pub node: NodeId,
    /// What.
    pub kind: FleetEventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum FleetEventKind {
    /// Its view changed.
    Changed,
    /// It is gone.
    Gone,
    /// Freehold did something worth keeping: one sentence.
    Did(String),
    /// Something failed: one sentence.
    Failed(String),
    /// A service ended although nobody asked for it.
    Crashed(Crash),
}

/// The end of a service that nobody asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Crash {
    /// Which service.
    pub service: ServiceName,
    /// When.
    pub at: Timestamp,
    /// Why, in one sentence.
    pub why: String,
    /// The last lines of its log, oldest first.
    pub lines: Vec<String>,
}

/// What an order can be refused with.
#[derive(Debug, thiserror::Error)]
pub enum SupervisorError {
    /// There is no such node.
    #[error("there is no node `{0}`")]
    NoSuchNode(NodeId),
    /// A node with that id is there already.
    #[error("there is a node `{0}` already")]
    Exists(NodeId),
    /// The node is being removed.
    #[error("the node `{0}` is being removed")]
    BeingRemoved(NodeId),
    /// The order could not be kept, so it was not accepted.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The change does not fit the node as it is now.
    #[error("the change is refused: {}", .0.message())]
    Refused(Fault),
    /// The node's task has ended.
    #[error("the task of node `{0}` has ended")]
    TaskEnded(NodeId),
}

/// An order to one node's task.
pub(crate) enum Order {
    Desire(DesiredState),
    Restart,
    Edit(Edit),
}

/// A change of a node's record, made by its own task so that no two cross.
type Edit = Box<dyn FnOnce(&mut NodeRecord) -> Result<(), Fault> + Send>;

pub(crate) struct Message {
    pub(crate) order: Order,
    pub(crate) reply: oneshot::Sender<Result<(), SupervisorError>>,
}

/// The probe of a node while it runs, shared by its task and the fleet.
pub(crate) type AskedProbe = Arc<Mutex<Option<Arc<Probe>>>>;

struct Member {
    height: Arc<AtomicU64>,
    probe: AskedProbe,
    orders: mpsc::Sender<Message>,
    view: watch::Receiver<NodeSnapshot>,
    wake: Arc<Notify>,
}

struct Shared {
    context: FleetContext,
    members: Mutex<BTreeMap<NodeId, Member>>,
    events: broadcast::Sender<FleetEvent>,
    tracker: TaskTracker,
    token: CancellationToken,
}

/// The handle to all nodes. Cheap to clone.
#[derive(Clone)]
pub struct Fleet(Arc<Shared>);

impl fmt::Debug for Fleet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fleet")
            .field("nodes", &self.members().len())
            .finish_non_exhaustive()
    }
}

impl Fleet {
    /// Starts a task for every record in the store; containers that already run are adopted by their labels.
    pub fn start(context: FleetContext, tracker: TaskTracker, token: CancellationToken) -> Result<Self, StoreError> {
        let records = context.store.nodes()?;
        let (events, _) = broadcast::channel(EVENT_BUFFER);
        let fleet = Self(Arc::new(Shared {
            context,
            members: Mutex::default(),
            events,
            tracker,
            token,
        }));
        for record in records {
            fleet.spawn(record);
        }
        fleet.spawn_waker();
        Ok(fleet)
    }

    /// Adds a node: on return its record is on the disk and its task runs.
    pub fn install(&self, record: NodeRecord) -> Result<(), SupervisorError> {
        if self.members().contains_key(&record.id) {
            return Err(SupervisorError::Exists(record.id));
        }
        self.0.context.store.put_node(&record)?;
        self.0.context.checkpoint.reached("install.recorded");
        self.spawn(record);
        Ok(())
    }

    /// Gives an order. On return it is on the disk; carrying it out goes on by itself.
    pub async fn desire(&self, node: &NodeId, desired: DesiredState) -> Result<(), SupervisorError> {
        self.order(node, Order::Desire(desired)).await
    }

    /// Stops and starts a node.
    pub async fn restart(&self, node: &NodeId) -> Result<(), SupervisorError> {
        self.order(node, Order::Restart).await
    }

    /// Changes a node's record: its options, an update, a move. On return the change is on the disk; carrying it out goes
    /// on by itself.
    pub async fn edit(
        &self,
        node: &NodeId,
        edit: impl FnOnce(&mut NodeRecord) -> Result<(), Fault> + Send + 'static,
    ) -> Result<(), SupervisorError> {
        self.order(node, Order::Edit(Box::new(edit))).await
    }

    async fn order(&self, node: &NodeId, order: Order) -> Result<(), SupervisorError> {
        let orders = self.members().get(node).map(|member| member.orders.clone());
        let orders = orders.ok_or_else(|| SupervisorError::NoSuchNode(node.clone()))?;
        let ended = |_| SupervisorError::TaskEnded(node.clone());
        let (reply, answer) = oneshot::channel();
        orders
            .send(Message { order, reply })
            .await
            .map_err(|_| SupervisorError::TaskEnded(node.clone()))?;
        answer.await.map_err(ended)?
    }

    /// The views of every node, by id.
    pub fn snapshots(&self) -> Vec<NodeSnapshot> {
        self.members()
            .values()
            .map(|member| member.view.borrow().clone())
            .collect()
    }

    /// The view of one node, kept up to date.
    pub fn watch(&self, node: &NodeId) -> Option<watch::Receiver<NodeSnapshot>> {
        self.members().get(node).map(|member| member.view.clone())
    }

    /// Looks at the view of one node without copying it.
    pub fn with_node<T>(&self, node: &NodeId, look: impl FnOnce(&NodeSnapshot) -> T) -> Option<T> {
        let view = self.members().get(node)?.view.clone();
        let found = look(&view.borrow());
        Some(found)
    }

    /// Looks at the view of every node, in the order of their ids, without copying it. `look` must not ask the fleet.
    pub fn map_nodes<T>(&self, look: impl Fn(&NodeSnapshot) -> T) -> Vec<T> {
        self.members()
            .values()
            .map(|member| look(&member.view.borrow()))
            .collect()
    }

    /// Whether any node's view is like this.
    pub fn any_node(&self, is_so: impl Fn(&NodeSnapshot) -> bool) -> bool {
        self.members().values().any(|member| is_so(&member.view.borrow()))
    }

    /// Whom a node is connected to, asked now over the probe's own connection. `None` while the node does not run.
    pub async fn peers(&self, node: &NodeId) -> Option<Peers> {
        let shared = self.members().get(node)?.probe.clone();
        let probe = shared.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        Some(probe.peers(self.0.context.clock.now()).await)
    }

    /// The nodes that need this one.
    pub fn needed_by(&self, node: &NodeId) -> Vec<NodeId> {
        let needs = |member: &Member| member.view.borrow().record.needs.values().any(|needed| needed == node);
        let members = self.members();
        let found = members.iter().filter(|(_, member)| needs(member));
        found.map(|(id, _)| id.clone()).collect()
    }

    /// Something that concerns every node has changed.
    pub fn wake_all(&self) {
        self.wake(None);
    }

    /// The height that a node has reached, 0 while unknown; kept up to date by its task.
    pub(crate) fn height(&self, node: &NodeId) -> Option<Arc<AtomicU64>> {
        Some(self.members().get(node)?.height.clone())
    }

    /// Wakes the nodes that need this one, and those that it needs.
    pub(crate) fn wake_neighbours(&self, record: &NodeRecord) {
        for (id, member) in &*self.members() {
            let is_neighbour = record.needs.values().any(|needed| needed == id)
                || member
                    .view
                    .borrow()
                    .record
                    .needs
                    .values()
                    .any(|needed| *needed == record.id);
            if is_neighbour {
                member.wake.notify_one();
            }
        }
    }

    pub(crate) fn context(&self) -> &FleetContext {
        &self.0.context
    }

    /// What happens from now on.
    pub fn events(&self) -> broadcast::Receiver<FleetEvent> {
        self.0.events.subscribe()
    }

    fn spawn(&self, record: NodeRecord) {
        let (orders, inbox) = mpsc::channel(ORDER_BUFFER);
        let wake = Arc::new(Notify::new());
        let height = Arc::new(AtomicU64::new(0));
        let probe = AskedProbe::default();
        let ends = TaskEnds {
            orders: inbox,
            wake: wake.clone(),
            height: height.clone(),
            probe: probe.clone(),
            events: self.0.events.clone(),
            token: self.0.token.child_token(),
        };
        let (task, view) = NodeTask::new(self.clone(), record.clone(), ends);
        self.members().insert(
            record.id.clone(),
            Member {
                height,
                probe,
                orders,
                view,
                wake,
            },
        );
        let fleet = self.clone();
        self.0.tracker.spawn(async move {
            let id = record.id;
            if task.run().await.is_gone() {
                fleet.members().remove(&id);
                // Nobody may be listening; the event is only a convenience.
                let _ = fleet.0.events.send(FleetEvent {
                    node: id,
                    kind: FleetEventKind::Gone,
                });
            }
        });
    }

    /// Passes the engine's events on as mere wake-ups; on a gap everybody looks for themselves.
    fn spawn_waker(&self) {
        let fleet = self.clone();
        let mut events = self.0.context.engine.events();
        self.0.tracker.spawn(async move {
            loop {
                let event = tokio::select! {
                    event = events.recv() => event,
                    () = fleet.0.token.cancelled() => return,
                };
                match event {
                    Ok(event) => fleet.wake(event.node.as_ref()),
                    Err(broadcast::error::RecvError::Lagged(_)) => fleet.wake(None),
                    Err(broadcast::error::RecvError::Closed) => return,
                }
            }
        });
    }

    fn wake(&self, node: Option<&NodeId>) {
        let members = self.members();
        match node {
            Some(node) => members
                .get(node)
                .into_iter()
                .for_each(|member| member.wake.notify_one()),
            None => members.values().for_each(|member| member.wake.notify_one()),
        }
    }

    fn members(&self) -> MutexGuard<'_, BTreeMap<NodeId, Member>> {
        self.0.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
