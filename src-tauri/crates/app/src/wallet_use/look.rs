//! One look: what is switched, what runs, who is connected, what settings say; and what is to be told of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use freehold_model::{Network, NodeStatus, Timestamp};
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{Places, ProcessEntry, ProcessView, Running, SystemProcesses, is_this_machine, running_among};

use super::connection::{connected, ports};
use super::kept::{How, Trouble, TroubleKind};
use super::settings::{Verdict, verdict};
use super::silence::{Facts, goes_on, silence};
use super::switched::{Key, Switched, switched};
use super::{State, log, words};
use crate::App;
use crate::command::places;

/// A look under way.
pub(super) struct Look {
    pub(super) app: App,
    pub(super) nodes: Vec<NodeSnapshot>,
    pub(super) reads_settings: bool,
}

/// What was seen.
#[derive(Default)]
pub(super) struct Seen {
    /// A wallet is switched or a login handed out: it has to be looked again.
    pub(super) is_wanted: bool,
    /// The settings files of switched wallets.
    pub(super) files: BTreeSet<PathBuf>,
    wallets: Vec<WalletSeen>,
    /// The journal could not be read: nothing is known.
    is_blind: bool,
}

struct WalletSeen {
    one: Switched,
    is_running: bool,
    settings: Verdict,
}

/// What is to be told.
#[derive(Default)]
pub(super) struct Told {
    /// Entries for the list of what was done: wallet and sentence.
    pub(super) news: Vec<(String, String)>,
    /// Something is wrong that was not, or the other way round.
    pub(super) is_changed: bool,
    /// A switched wallet was seen later than windows know.
    pub(super) is_newer: bool,
}

impl Look {
    /// Looks at journal, processes, connections and settings. Blocks.
    pub(super) fn take(self) -> (Self, Seen) {
        let journal = &self.app.0.journal;
        let Ok(entries) = journal.entries() else {
            let seen = Seen {
                is_wanted: true,
                is_blind: true,
                ..Seen::default()
            };
            return (self, seen);
        };
        let open = switched(&entries);
        let has_login = |node: &NodeSnapshot| {
            let mut access = node.record.access.values();
            access.any(|access| access.handed_out.is_some() && access.revoked.is_none())
        };
        let is_wanted = !open.is_empty() || self.nodes.iter().any(has_login);
        let now = self.app.0.config.clock.now();
        let around = places(&self.app.0.config);
        let processes = if open.is_empty() {
            None
        } else {
            SystemProcesses.processes()
        };
        if let Some(processes) = &processes {
            self.note_connections(&open, &around, processes, now);
        }
        let files = open.iter().flat_map(|one| one.files.clone()).collect();
        let wallets = open.into_iter().map(|one| WalletSeen {
            is_running: processes
                .as_deref()
                .is_some_and(|processes| is_running(&one, &around, processes)),
            settings: if self.reads_settings {
                verdict(&one, &around, journal, now)
            } else {
                Verdict::Unknown
            },
            one,
        });
        let seen = Seen {
            is_wanted,
            files,
            wallets: wallets.collect(),
            is_blind: false,
        };
        if self.reads_settings {
            self.app.0.wallet_use.state().settings_read_at = Some(Instant::now());
        }
        (self, seen)
    }

    fn note_connections(&self, open: &[Switched], around: &Places, processes: &[ProcessEntry], now: Timestamp) {
        let ports = ports(&self.nodes);
        let clients = freehold_host::port::clients(&ports.keys().copied().collect());
        let found = connected(open, around, processes, &clients, &ports);
        let mut state = self.app.0.wallet_use.state();
        for (node, wallet) in found {
            state.kept.note(&node, wallet, now, How::Connection);
        }
    }

    /// Decides what is wrong, and keeps it.
    pub(super) fn judge(&self, seen: &Seen) -> Told {
        if seen.is_blind {
            return Told::default();
        }
        let now = self.app.0.config.clock.now();
        let mut state = self.app.0.wallet_use.state();
        let state = &mut *state;
        self.keep_track(state, seen, now);
        let mut told = Told::default();
        let is_switched = |wallet: &str, network: &str| {
            let mut wallets = seen.wallets.iter();
            wallets.any(|known| known.one.adapter.id() == wallet && known.one.network.as_str() == network)
        };
        told.is_changed |= state.kept.keep_wallets(is_switched);
        for wallet in &seen.wallets {
            let (id, network) = (wallet.one.adapter.id(), wallet.one.network.as_str());
            let known = state.kept.trouble(id, network).cloned();
            let found = match &wallet.settings {
                Verdict::Elsewhere { about, sentence } => Some(Trouble {
                    kind: TroubleKind::Elsewhere,
                    about: about.clone(),
                    sentence: sentence.clone(),
                }),
                // Not read this time: what was known of them holds.
                Verdict::Unknown => known.clone().filter(|known| known.kind == TroubleKind::Elsewhere),
                Verdict::Ours => None,
            };
            let found = found.or_else(|| self.silence_of(state, &wallet.one, known.as_ref(), now));
            if state.kept.set_trouble(id, network, found.clone()) {
                told.is_changed = true;
                let was_elsewhere = known.is_some_and(|known| known.kind == TroubleKind::Elsewhere);
                let news = match found {
                    Some(trouble) => Some(trouble.sentence),
                    None if was_elsewhere => {
                        Some(words::back(wallet.one.adapter.name(), &wallet.one.endpoint.to_string()))
                    }
                    None => None,
                };
                told.news.extend(news.map(|sentence| (id.to_owned(), sentence)));
            }
        }
        let uses = seen.wallets.iter().filter_map(|wallet| {
            let node = node_of(&self.nodes, &wallet.one)?;
            state.kept.used(&node.record.id, wallet.one.adapter.id())
        });
        let newest = uses.map(|used| used.at).max();
        told.is_newer = newest > state.newest;
        state.newest = newest;
        told
    }

    /// Since when wallets run and nodes answer.
    fn keep_track(&self, state: &mut State, seen: &Seen, now: Timestamp) {
        state
            .kept
            .keep_nodes(|id| self.nodes.iter().any(|node| node.record.id == *id));
        let running: BTreeSet<Key> = seen
            .wallets
            .iter()
            .filter(|wallet| wallet.is_running)
            .map(|wallet| wallet.one.key())
            .collect();
        state.running_since.retain(|key, _| running.contains(key));
        for key in running {
            state.running_since.entry(key).or_insert(now);
        }
        let answering: BTreeMap<_, _> = self
            .nodes
            .iter()
            .filter(|node| answers(node))
            .map(|node| (node.record.id.clone(), now))
            .collect();
        state.answering_since.retain(|id, _| answering.contains_key(id));
        for (id, now) in answering {
            state.answering_since.entry(id).or_insert(now);
        }
    }

    fn silence_of(&self, state: &State, one: &Switched, known: Option<&Trouble>, now: Timestamp) -> Option<Trouble> {
        let node = node_of(&self.nodes, one)?;
        let id = one.adapter.id();
        let sees_connections = cfg!(target_os = "linux") && !one.adapter.processes().is_empty();
        if !sees_connections && !log::tells_of(node, id) {
            return None;
        }
        let facts = Facts {
            now,
            switched: one.at,
            running_since: state.running_since.get(&one.key()).copied(),
            answering_since: state.answering_since.get(&node.record.id).copied(),
            used: state.kept.used(&node.record.id, id).map(|used| used.at),
        };
        let id = &node.record.id;
        let told = known.filter(|known| known.kind == TroubleKind::Silent && goes_on(&known.about, id, &facts));
        if let Some(told) = told {
            return Some(told.clone());
        }
        let found = silence(&facts)?;
        Some(Trouble {
            kind: TroubleKind::Silent,
            about: found.about(id),
            sentence: words::silent(one.adapter.name(), &node.record.name, found, one.at, now),
        })
    }
}

/// Whether the wallet runs on this network. A program of its name may be at work on another one of its networks; without
/// better evidence than that, only mainnet is taken to be meant.
fn is_running(one: &Switched, around: &Places, processes: &[ProcessEntry]) -> bool {
    match running_among(one.adapter, &one.places(around), &one.network, Some(processes)) {
        Running::No => false,
        Running::Yes { evidence } => {
            let is_by_name = evidence.starts_with("process ") && one.adapter.networks().len() > 1;
            !is_by_name || one.network == Network::mainnet()
        }
    }
}

/// The user's node that a wallet was pointed at.
fn node_of<'n>(nodes: &'n [NodeSnapshot], one: &Switched) -> Option<&'n NodeSnapshot> {
    nodes
        .iter()
        .filter(|_| is_this_machine(&one.endpoint.host))
        .find(|node| {
            let own = node.record.ports.values().any(|port| *port == one.endpoint.port);
            let external = node.record.external.as_ref();
            own || external.is_some_and(|external| external.port == one.endpoint.port)
        })
}

/// Whether wallets can be served.
fn answers(node: &NodeSnapshot) -> bool {
    node.probe.failing_since.is_none() && matches!(node.status, NodeStatus::Ready | NodeStatus::Syncing { .. })
}
