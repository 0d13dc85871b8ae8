//! Start and end of the application.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use freehold_contract::{Change, FaultView, Notice};
use freehold_engine::{Engine, EngineLink, EngineState};
use freehold_model::{Fault, FaultCode, NodeId};
use freehold_store::{ActivityChange, ActivityKind, DataLock, Layout, Settings, Store, secret};
use freehold_supervisor::{Conditions, Fleet, FleetContext, FleetEventKind, NodeSnapshot};
use freehold_wallets::{Journal, WalletError};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::catalog::Shelf;
use crate::history_keeper::{Keeper, first_conditions};
use crate::hub::{EventStream, Hub};
use crate::prompt::Prompts;
use crate::usage::Usage;
use crate::wallet_use::WalletUse;
use crate::{AppConfig, view};

/// A one-shot command is done within this time, also one that asks a slow engine.
const TURN: Duration = Duration::from_secs(15);
/// Tasks get this long to end; nodes are not stopped by it.
const END_WITHIN: Duration = Duration::from_secs(5);

/// The application. Cheap to clone; the folder is held until the last clone is gone.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) config: AppConfig,
    pub(crate) layout: Layout,
    pub(crate) store: Arc<Store>,
    pub(crate) shelf: Shelf,
    pub(crate) link: EngineLink,
    pub(crate) fleet: Fleet,
    pub(crate) hub: Hub,
    pub(crate) usage: Usage,
    pub(crate) keeper: Keeper,
    pub(crate) conditions: watch::Sender<Conditions>,
    pub(crate) journal: Journal,
    pub(crate) prompts: Prompts,
    pub(crate) waiting: crate::command::WaitingList,
    pub(crate) followed: crate::command::Followed,
    pub(crate) last_speed: crate::command::LastSpeed,
    pub(crate) wallet_use: WalletUse,
    pub(crate) support: crate::command::LastBundle,
    pub(crate) setup: crate::engine::setup::Setup,
    settings: Mutex<Settings>,
    /// Held while an order is thought through and recorded, so that no two take the same folder or port, or undo each
    /// other.
    pub(crate) orders: tokio::sync::Mutex<()>,
    notices: Vec<Notice>,
    /// Somebody has begun to watch.
    pub(crate) watched: Notify,
    tracker: TaskTracker,
    token: CancellationToken,
    /// Held last: nobody else may open the folder before everything above is gone.
    _lock: DataLock,
}

impl App {
    /// Takes the folder, reads what is in it, looks for the engine and adopts nodes that already run.
    #[expect(
        clippy::unused_async,
        reason = "runs inside a runtime, which its tasks need; a caller must not be able to forget that"
    )]
    pub async fn start(mut config: AppConfig) -> Result<Self, Fault> {
        let layout = Layout::new(&config.data_dir);
        let lock = DataLock::take(&layout).map_err(|error| error.to_fault())?;
        let now = config.clock.now();
        let loaded = Settings::load(&layout, now).map_err(|error| error.to_fault())?;
        let store = Arc::new(Store::open(&layout).map_err(|error| error.to_fault())?);
        let instance = secret::instance_id(&layout).map_err(|error| error.to_fault())?;
        let mut notices = Vec::new();
        if let Some(aside) = &loaded.set_aside {
            notices.push(Notice {
                id: "settings".to_owned(),
                fault: FaultView::from(&aside.to_fault()),
            });
        }
        let journal = Journal::open(layout.wallet_journal()).map_err(|error| WalletError::from(error).to_fault())?;
        for unresolved in crate::command::recover_wallets(&journal, &crate::command::places(&config))? {
            notices.push(Notice {
                id: "wallet-journal".to_owned(),
                fault: FaultView::from(&unresolved),
            });
        }
        let shelf = Shelf::load(config.overlay.as_deref());

        let run = layout.run();
        freehold_store::file::create_private_folder(&run).map_err(|error| error.to_fault())?;
        config.engine_environment.private_dir = Some(run);
        let explicit = config.engine.clone().or_else(|| loaded.settings.engine.clone());
        let explicit = match explicit {
            Some(address) => Some(address),
            None => home_engine(&layout, &store)?,
        };
        let tracker = TaskTracker::new();
        let token = CancellationToken::new();
        let link = EngineLink::start(
            config.engine_environment.clone(),
            explicit,
            &tracker,
            token.child_token(),
        );
        let records = store.nodes().map_err(|error| error.to_fault())?;
        let (conditions, heeded) = watch::channel(first_conditions(&records, now));
        let found = shelf.clone();
        let context = FleetContext {
            engine: link.clone(),
            store: store.clone(),
            layout: layout.clone(),
            instance,
            uid: config.uid,
            gid: config.gid,
            find_spec: Arc::new(move |client| found.spec(client)),
            clock: config.clock.clone(),
            checkpoint: config.checkpoint.clone(),
            conditions: heeded,
        };
        let fleet = Fleet::start(context, tracker.clone(), token.child_token()).map_err(|error| error.to_fault())?;
        let app = Self(Arc::new(Inner {
            config,
            layout,
            store,
            shelf,
            link,
            fleet,
            hub: Hub::new(),
            usage: Usage::default(),
            keeper: Keeper::default(),
            conditions,
            journal,
            prompts: Prompts::default(),
            waiting: crate::command::WaitingList::default(),
            followed: crate::command::Followed::default(),
            last_speed: crate::command::LastSpeed::default(),
            wallet_use: WalletUse::default(),
            support: crate::command::LastBundle::default(),
            setup: crate::engine::setup::Setup::default(),
            settings: Mutex::new(loaded.settings),
            orders: tokio::sync::Mutex::new(()),
            notices,
            watched: Notify::new(),
            tracker,
            token,
            _lock: lock,
        }));
        app.spawn_bridges();
        Ok(app)
    }

    /// [`App::start`] for hosts that stay: a one-shot command may hold the folder for a moment, so an owner that takes no
    /// calls is waited for, a few seconds at most. One that takes calls is there to stay, and refuses at once.
    pub async fn start_in_turn(config: AppConfig) -> Result<Self, Fault> {
        let socket = Layout::new(&config.data_dir).control_socket();
        let begun = std::time::Instant::now();
        loop {
            match Self::start(config.clone()).await {
                Err(fault)
                    if fault.code == FaultCode::AlreadyRunning
                        && begun.elapsed() < TURN
                        && crate::host::ControlClient::connect(&socket).await.is_none() =>
                {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// Ends every task. Nodes go on running; the next start adopts them.
    pub async fn shutdown(&self) {
        self.0.token.cancel();
        self.0.tracker.close();
        if tokio::time::timeout(END_WITHIN, self.0.tracker.wait()).await.is_err() {
            tracing::warn!("some tasks did not end in time");
        }
    }

    /// Remembers where this folder's nodes are: another engine, found first by chance at a later start, would make second
    /// containers on the same chain data.
    pub(crate) fn remember_engine(&self, engine: &Engine) -> Result<(), Fault> {
        let file = self.0.layout.engine();
        freehold_store::file::write_atomic(&file, engine.address().as_bytes(), freehold_store::file::PRIVATE)
            .map_err(|error| error.to_fault())
    }

    /// Change events from now on.
    pub fn subscribe(&self) -> EventStream {
        let events = self.0.hub.subscribe();
        self.0.watched.notify_one();
        events
    }

    /// Change events from now on, for a window that nobody sees: usage is not measured for it.
    pub fn subscribe_unseen(&self) -> EventStream {
        self.0.hub.subscribe_unseen()
    }

    /// Where the process that owns the folder listens.
    pub fn control_socket(&self) -> std::path::PathBuf {
        self.0.layout.control_socket()
    }

    /// Waits until the engine was found (or not) and every node was looked at, at most `limit`: a view asked for right
    /// after the start should not say "not looked at yet".
    pub async fn settle(&self, limit: Duration) {
        let settled = async {
            let mut engine = self.0.link.state();
            while matches!(*engine.borrow_and_update(), EngineState::Looking) {
                if engine.changed().await.is_err() {
                    return;
                }
            }
            if self.engine().is_err() {
                return;
            }
            for node in self.0.fleet.snapshots() {
                let Some(mut view) = self.0.fleet.watch(&node.record.id) else {
                    continue;
                };
                // A running node's own answer takes one reading more.
                let is_known = |node: &NodeSnapshot| {
                    let runs = node.services.iter().any(|seen| seen.pid.is_some());
                    node.checked_at.is_some() && (!runs || node.probe.at.is_some())
                };
                if view.wait_for(is_known).await.is_err() {
                    return;
                }
            }
        };
        // Late is fine: what is not known is shown as unknown.
        let _ = tokio::time::timeout(limit, settled).await;
    }

    /// The connected engine, or why there is none.
    pub(crate) fn engine(&self) -> Result<Engine, Fault> {
        match &*self.0.link.state().borrow() {
            EngineState::Connected(engine) => Ok(engine.clone()),
            EngineState::Looking => Err(Fault::new(FaultCode::EngineUnreachable)
                .with("address", "the engine")
                .with("reason", "it is still being looked for")),
            EngineState::Down { error, .. } => Err(error.to_fault()),
        }
    }

    pub(crate) fn settings(&self) -> MutexGuard<'_, Settings> {
        self.0.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn notices(&self) -> Vec<Notice> {
        self.0.notices.clone()
    }

    /// Keeps what was done and tells every window. A failure to keep it is logged: the deed itself is done.
    pub(crate) fn note(&self, kind: ActivityKind, subject: Option<&str>, text: &str) {
        self.note_change(kind, subject, text, &[]);
    }

    /// [`App::note`] with what is another than before.
    pub(crate) fn note_change(
        &self,
        kind: ActivityKind,
        subject: Option<&str>,
        text: &str,
        changes: &[ActivityChange],
    ) {
        let now = self.0.config.clock.now();
        match self.0.store.add_activity(now, kind, subject, text, changes) {
            Ok(entry) => self.0.hub.send(Change::Activity {
                entry: crate::command::activity_view(entry),
            }),
            Err(error) => tracing::error!(%error, "activity could not be kept"),
        }
    }

    fn spawn_bridges(&self) {
        self.spawn_while_alive(Self::carry_fleet_events);
        self.spawn_while_alive(Self::carry_engine_states);
        self.spawn_while_alive(Self::measure);
        self.spawn_while_alive(Self::update_by_policy);
        self.spawn_while_alive(Self::serve_waiting_wallets);
        self.spawn_while_alive(Self::follow_credentials);
        self.spawn_while_alive(Self::watch_wallet_use);
        self.spawn_keepers();
    }

    /// Runs a bridge until the application ends. The bridge holds a clone, so the end must come by [`App::shutdown`].
    pub(crate) fn spawn_while_alive<F>(&self, bridge: impl FnOnce(Self) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let work = bridge(self.clone());
        let token = self.0.token.clone();
        self.0.tracker.spawn(async move {
            tokio::select! {
                () = work => {}
                () = token.cancelled() => {}
            }
        });
    }

    async fn carry_fleet_events(self) {
        let mut events = self.0.fleet.events();
        loop {
            match events.recv().await {
                Ok(event) => match event.kind {
                    FleetEventKind::Changed => self.send_node(&event.node),
                    FleetEventKind::Gone => {
                        self.0.hub.send(Change::NodeGone {
                            id: event.node.to_string(),
                        });
                        // What a wallet can be pointed at has changed.
                        self.0.hub.send(Change::Wallets {});
                    }
                    FleetEventKind::Did(text) => self.note(ActivityKind::Node, Some(event.node.as_str()), &text),
                    FleetEventKind::Failed(text) => self.note(ActivityKind::Fault, Some(event.node.as_str()), &text),
                    // Kept and told beside this.
                    FleetEventKind::Crashed(_) => {}
                },
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {
                    self.0
                        .fleet
                        .snapshots()
                        .iter()
                        .for_each(|node| self.send_node(&node.record.id));
                }
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
            }
        }
    }

    fn send_node(&self, id: &NodeId) {
        if !self.0.hub.skip()
            && let Some(view) = self.0.fleet.watch(id)
        {
            // A copy: the view asks the fleet, which must not wait for a reader of this view.
            let node = view.borrow().clone();
            let node = self.view_of(&node);
            self.0.hub.send(Change::Node { node: Box::new(node) });
        }
    }

    /// A node on the wire with what it uses, as last measured.
    pub(crate) fn view_of(&self, node: &NodeSnapshot) -> freehold_contract::NodeView {
        let first = node.record.images.keys().next();
        let around = view::Around {
            needed_by: self
                .0
                .fleet
                .needed_by(&node.record.id)
                .iter()
                .map(ToString::to_string)
                .collect(),
            update_available: self.has_update(node),
            warnings: self.warnings_of(node),
        };
        view::node_view(node, &self.0.layout, &around, |service| {
            self.0
                .usage
                .of_service(&node.record.id, service, first == Some(service))
        })
    }

    /// What Freehold itself has to say about a node, beside the node's own words.
    fn warnings_of(&self, node: &NodeSnapshot) -> Vec<String> {
        let Some(spec) = node.spec.as_deref() else {
            return Vec::new();
        };
        let report = node.probe.report.as_ref();
        let mut warnings = freehold_supervisor::ending_warnings(&node.record, spec, report, self.0.config.clock.now());
        if let EngineState::Connected(engine) = &*self.0.link.state().borrow()
            && !engine.facts().can_limit()
            && let Ok(options) = freehold_plan::resolve(spec, &node.record.network, &node.record.options)
        {
            warnings.extend(freehold_plan::idle_limits(&options, engine.facts()));
        }
        warnings
    }

    async fn carry_engine_states(self) {
        let mut states = self.0.link.state();
        let mut was_connected = false;
        loop {
            let state = states.borrow_and_update().clone();
            match &state {
                EngineState::Connected(found) if !was_connected => {
                    was_connected = true;
                    let facts = found.facts();
                    let text = format!(
                        "The container engine answers: version {} at {}",
                        facts.version, facts.address
                    );
                    tracing::info!("{text}");
                }
                EngineState::Down { error, .. } if was_connected => {
                    was_connected = false;
                    self.note(ActivityKind::Engine, None, &error.to_fault().message());
                }
                EngineState::Looking | EngineState::Connected(_) | EngineState::Down { .. } => {}
            }
            self.tell_engine();
            if states.changed().await.is_err() {
                return;
            }
        }
    }
}

/// The engine that holds this folder's nodes, if there are any. A Podman service that Freehold started itself has a new
/// socket each time and is found again by looking.
fn home_engine(layout: &Layout, store: &Store) -> Result<Option<String>, Fault> {
    if store.nodes().map_err(|error| error.to_fault())?.is_empty() {
        return Ok(None);
    }
    let found = freehold_store::file::read_if_there(&layout.engine()).map_err(|error| error.to_fault())?;
    let address = found.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    let own = format!("unix://{}", layout.run().display());
    Ok(address.filter(|address| !address.is_empty() && !address.starts_with(&own)))
}
