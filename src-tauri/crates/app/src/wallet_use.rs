//! Proof of use: when each node was last asked by whom, as far as this machine can tell, and which wallets that were
//! switched are silent or point elsewhere again.
//!
//! Three sources. A node's own log, where its catalog entry says how it names who asked. The connections to a node's ports
//! on this machine, by the programs that hold them. And the settings files of switched wallets, which are read again when
//! they change. All rests while no wallet is switched and no login was handed out. The one rule: what is not seen is not
//! claimed; a wallet is called silent only while it runs, its node answers, and there is a way to see it ask.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use freehold_contract::{Change, WalletView};
use freehold_model::{NodeId, ServiceName, Timestamp};
use freehold_store::ActivityKind;
use freehold_supervisor::NodeSnapshot;
use tokio::sync::Notify;

use crate::App;

mod connection;
mod kept;
mod log;
mod look;
mod own;
mod settings;
mod silence;
mod switched;
mod watch;
mod words;

pub(crate) use log::UsageLine;

use kept::{How, Kept};
use log::Position;
use look::{Look, Seen};
use switched::Key;
use watch::FileWatch;

/// While there is anything to see, it is looked this often.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Settings files are read this often also without word of a change: some file systems send none.
const SETTINGS_EVERY: Duration = Duration::from_mins(1);
/// A program that saves its settings may write several times; they are read when it has been quiet this long.
const DEBOUNCE: Duration = Duration::from_secs(1);
/// A view that asks for fresh figures waits for them this long.
const FRESH_WITHIN: Duration = Duration::from_secs(3);
/// What was seen is written to the disk this often at most; a log tells it again after a crash.
const SAVE_EVERY: Duration = Duration::from_mins(1);
/// Windows are told of a newer use this often at most.
const TELL_EVERY: Duration = Duration::from_secs(30);

/// What is known about the use of nodes.
#[derive(Default)]
pub(crate) struct WalletUse {
    state: Mutex<State>,
    /// Held during a look: one at a time.
    turn: tokio::sync::Mutex<()>,
    wake: Notify,
}

#[derive(Default)]
struct State {
    kept: Kept,
    positions: BTreeMap<(NodeId, ServiceName), Position>,
    /// Since when each switched wallet has been seen running.
    running_since: BTreeMap<Key, Timestamp>,
    /// Since when each node has been seen answering.
    answering_since: BTreeMap<NodeId, Timestamp>,
    looked_at: Option<Instant>,
    settings_read_at: Option<Instant>,
    saved_at: Option<Instant>,
    told_at: Option<Instant>,
    /// The latest use by a switched wallet.
    newest: Option<Timestamp>,
    /// It is later than what windows were told.
    is_untold: bool,
    is_loaded: bool,
}

impl WalletUse {
    /// A wallet was switched or put back, or a login handed out.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// When a node was last asked by each consumer, in milliseconds since 1970.
    pub(crate) fn of_node(&self, node: &NodeId) -> BTreeMap<String, i64> {
        let state = self.state();
        let own = state.kept.uses_of(node);
        own.map(|(consumer, used)| (consumer.to_owned(), used.at.0)).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Watches who uses the nodes until the application ends; sleeps while no wallet is switched and no login handed out.
    pub(crate) async fn watch_wallet_use(self) {
        let changed = Arc::new(Notify::new());
        let mut files = FileWatch::new(changed.clone());
        let mut reads_settings = true;
        loop {
            let is_due = self.0.wallet_use.state().settings_read_at;
            let is_due = is_due.is_none_or(|at| at.elapsed() >= SETTINGS_EVERY);
            let seen = self.look_at_use(reads_settings || is_due, false).await;
            if reads_settings || is_due || !files.watches(&seen.files) {
                files.set(&seen.files);
            }
            reads_settings = false;
            if !seen.is_wanted {
                self.0.wallet_use.wake.notified().await;
                reads_settings = true;
                continue;
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = self.0.wallet_use.wake.notified() => reads_settings = true,
                () = changed.notified() => {
                    tokio::time::sleep(DEBOUNCE).await;
                    reads_settings = true;
                }
            }
        }
    }

    /// Looks now unless that was done a moment ago: for a view that is asked for right after the start.
    pub(crate) async fn freshen_use(&self) {
        let looked = self.0.wallet_use.state().looked_at;
        if looked.is_none_or(|at| at.elapsed() > LOOK_EVERY) {
            // Late is fine: what was seen before is shown.
            let _ = tokio::time::timeout(FRESH_WITHIN, self.look_at_use(looked.is_none(), true)).await;
        }
    }

    /// One look at logs, connections and, if asked to, at settings.
    async fn look_at_use(&self, reads_settings: bool, reads_logs: bool) -> Seen {
        let _turn = self.0.wallet_use.turn.lock().await;
        self.load_use();
        let nodes = self.0.fleet.snapshots();
        let look = Look {
            app: self.clone(),
            nodes,
            reads_settings,
        };
        let (look, seen) = match tokio::task::spawn_blocking(move || look.take()).await {
            Ok(done) => done,
            Err(error) => {
                tracing::error!(%error, "the use of nodes could not be looked at");
                return Seen::default();
            }
        };
        if seen.is_wanted || reads_logs {
            self.read_usage_logs(&look.nodes).await;
        }
        let told = look.judge(&seen);
        self.0.wallet_use.state().looked_at = Some(Instant::now());
        for (wallet, sentence) in &told.news {
            self.note(ActivityKind::Wallet, Some(wallet), sentence);
        }
        self.tell_windows(told.is_changed, told.is_newer);
        self.save_use(told.is_changed);
        seen
    }

    fn tell_windows(&self, is_changed: bool, is_newer: bool) {
        let mut state = self.0.wallet_use.state();
        state.is_untold |= is_newer;
        let is_due = state.told_at.is_none_or(|at| at.elapsed() >= TELL_EVERY);
        if is_changed || state.is_untold && is_due && self.0.hub.is_watched() {
            state.told_at = Some(Instant::now());
            state.is_untold = false;
            drop(state);
            self.0.hub.send(Change::Wallets {});
        }
    }

    fn load_use(&self) {
        let mut state = self.0.wallet_use.state();
        if !state.is_loaded {
            state.is_loaded = true;
            state.kept = Kept::load(&self.0.layout.wallet_use());
        }
    }

    fn save_use(&self, at_once: bool) {
        let mut state = self.0.wallet_use.state();
        let is_due = state.saved_at.is_none_or(|at| at.elapsed() >= SAVE_EVERY);
        if at_once || is_due {
            state.saved_at = Some(Instant::now());
            state.kept.save(&self.0.layout.wallet_use());
        }
    }

    /// The row with when it was last seen at a node, and what is wrong with it.
    pub(crate) fn with_use(&self, view: WalletView, nodes: &[NodeSnapshot]) -> WalletView {
        let state = self.0.wallet_use.state();
        let of_row = |node: &&NodeSnapshot| match &view.node {
            Some(own) => node.record.id.as_str() == own,
            None => node.record.network.as_str() == view.network,
        };
        let used = nodes.iter().filter(of_row).filter_map(|node| {
            let used = state.kept.used(&node.record.id, &view.id)?;
            Some((used, node.record.name.as_str()))
        });
        let last = used.max_by_key(|(used, _)| used.at);
        let trouble = state.kept.trouble(&view.id, &view.network);
        WalletView {
            last_used_at: last.map(|(used, _)| used.at.0),
            use_note: last.map(|(used, node)| words::how_known(used.how, node)),
            attention: trouble.map(|trouble| trouble.sentence.clone()),
            ..view
        }
    }
}
