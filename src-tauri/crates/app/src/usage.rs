//! What nodes and machine use: read from control groups where the engine shares this machine, else from the engine.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use freehold_contract::{MachineView, NodeUsage};
use freehold_engine::Engine;
use freehold_model::machine::DiskFacts;
use freehold_model::{NodeId, ObservedState, ServiceName};
use freehold_store::{Subject, UsageSample};
use freehold_supervisor::NodeSnapshot;
use futures_util::StreamExt;

use crate::forecast::DiskState;

mod folder;
mod machine;
mod meter;
mod rate;

pub(crate) use folder::{Walk, Walked};
pub(crate) use meter::ServiceUsage;

use folder::Folders;
use machine::Machine;
use meter::Meter;
use rate::Rates;

/// Two readings this far apart give a first figure for the processor.
pub(crate) const FIRST_GAP: Duration = Duration::from_millis(120);
/// A figure older than this is measured again before it is shown.
const FRESH: Duration = Duration::from_secs(3);
/// The engine takes a second for each answer; this many are asked for at once.
const ASKED_AT_ONCE: usize = 4;

/// Everything measured so far.
#[derive(Debug, Default)]
pub(crate) struct Usage(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    machine: Machine,
    sampled_at: Option<Instant>,
    services: BTreeMap<(NodeId, ServiceName), Meter>,
    folders: Folders,
    on_battery: Option<bool>,
    metered: Option<bool>,
    disk_states: BTreeMap<PathBuf, DiskState>,
}

/// What measuring needs to know of a node; made without copying its view.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    walk: Walk,
    running: Vec<Running>,
}

#[derive(Debug, Clone)]
struct Running {
    service: ServiceName,
    container: String,
    pid: Option<u32>,
}

impl Measured {
    /// Of a node's view.
    pub(crate) fn of(node: &NodeSnapshot) -> Self {
        let running = node
            .services
            .iter()
            .filter_map(|seen| match (&seen.container, &seen.state) {
                (Some(container), ObservedState::Running { .. }) => Some(Running {
                    service: seen.service.clone(),
                    container: container.clone(),
                    pid: seen.pid,
                }),
                _ => None,
            });
        Self {
            walk: Walk::of(&node.record),
            running: running.collect(),
        }
    }
}

impl Usage {
    /// Whether the figures are fresh enough to be shown, and no service lacks one only because it was read just once.
    pub(crate) fn is_fresh(&self, nodes: &[Measured]) -> bool {
        let state = self.state();
        let is_known = |node: &Measured| {
            node.running.iter().all(|running| {
                let meter = state.services.get(&(node.walk.node.clone(), running.service.clone()));
                meter.is_some_and(|meter| meter.container() == running.container && !meter.lacks_a_reading())
            })
        };
        state.sampled_at.is_some_and(|at| at.elapsed() < FRESH)
            && state.machine.has_rates()
            && nodes.iter().all(is_known)
    }

    /// Reads the control groups of every running service and the machine. Fifty services take some milliseconds.
    pub(crate) fn sample(&self, nodes: &[Measured]) {
        let mut state = self.state();
        let now = Instant::now();
        let mut before = std::mem::take(&mut state.services);
        for node in nodes {
            for running in &node.running {
                let key = (node.walk.node.clone(), running.service.clone());
                let known = before
                    .remove(&key)
                    .filter(|meter| meter.container() == running.container);
                let mut meter = known.unwrap_or_else(|| Meter::new(&running.container));
                meter.read(running.pid, now);
                state.services.insert(key, meter);
            }
        }
        state
            .folders
            .keep_only(|id| nodes.iter().any(|node| node.walk.node == *id));
        state.machine.sample(now);
        state.sampled_at = Some(now);
    }

    /// Asks the engine about services whose control group cannot be read.
    pub(crate) async fn ask_engine(&self, engine: &Engine) {
        let now = Instant::now();
        let due: Vec<String> = {
            let state = self.state();
            let due = state.services.values().filter(|meter| meter.wants_engine(now));
            due.map(|meter| meter.container().to_owned()).collect()
        };
        let asked = futures_util::stream::iter(due).map(|container: String| async move {
            let stats = engine.stats(&container).await.ok();
            (container, stats)
        });
        let mut answers = std::pin::pin!(asked.buffer_unordered(ASKED_AT_ONCE));
        while let Some((container, stats)) = answers.next().await {
            let now = Instant::now();
            let mut state = self.state();
            let asked = state
                .services
                .values_mut()
                .filter(|meter| meter.container() == container);
            asked.for_each(|meter| meter.note_engine(stats.as_ref(), now));
        }
    }

    /// The folders that should be measured again.
    pub(crate) fn walks_due(&self, nodes: &[Measured], is_watched: bool) -> Vec<Walk> {
        let now = Instant::now();
        let state = self.state();
        let due = nodes
            .iter()
            .filter(|node| state.folders.is_due(&node.walk.node, is_watched, now));
        due.map(|node| node.walk.clone()).collect()
    }

    /// Notes how large a node's folders are.
    pub(crate) fn note_walk(&self, node: NodeId, walked: Walked) {
        self.state().folders.note(node, walked);
    }

    /// What one service uses. The folder is the node's; it is shown at the first service only.
    pub(crate) fn of_service(&self, node: &NodeId, service: &ServiceName, is_first: bool) -> ServiceUsage {
        let state = self.state();
        let meter = state.services.get(&(node.clone(), service.clone()));
        let mut used = meter.map(Meter::used).unwrap_or_default();
        used.disk_bytes = state.folders.bytes(node).filter(|_| is_first);
        used
    }

    /// What every node uses.
    pub(crate) fn of_nodes(&self, nodes: &[Measured]) -> Vec<NodeUsage> {
        let state = self.state();
        let of = |node: &Measured| {
            let id = &node.walk.node;
            let meters = node.running.iter().filter_map(|running| {
                let key = (id.clone(), running.service.clone());
                state.services.get(&key).map(Meter::used)
            });
            let used: Vec<ServiceUsage> = meters.collect();
            let cpu = used
                .iter()
                .filter_map(|used| used.cpu_percent)
                .reduce(|one, two| one + two);
            // A part of the memory would pass for all of it.
            let memory: Option<u64> = used.iter().map(|used| used.memory_bytes).sum();
            let rates = used.iter().fold(Rates::default(), |sum, used| sum.plus(used.rates));
            NodeUsage {
                node: id.to_string(),
                cpu_percent: cpu,
                memory_bytes: memory.filter(|_| !used.is_empty()),
                disk_bytes: state.folders.bytes(id),
                net_in_rate: rates.net_in,
                net_out_rate: rates.net_out,
                disk_read_rate: rates.disk_read,
                disk_write_rate: rates.disk_written,
            }
        };
        nodes.iter().map(of).collect()
    }

    /// What was used since this was asked before, for the history; bytes as they come to in `step`.
    pub(crate) fn take(&self, nodes: &[Measured], step: Duration) -> Vec<UsageSample> {
        let mut state = self.state();
        let mut samples = Vec::new();
        for ((node, service), meter) in &mut state.services {
            if let Some(figures) = meter.take(step) {
                samples.push(UsageSample {
                    subject: Subject::Service(node.clone(), service.clone()),
                    figures,
                });
            }
        }
        for node in nodes.iter().filter(|node| !node.running.is_empty()) {
            let id = &node.walk.node;
            if let Some(bytes) = state.folders.bytes(id) {
                samples.push(UsageSample {
                    subject: Subject::Node(id.clone()),
                    figures: freehold_store::UsageFigures {
                        disk_bytes: Some(bytes),
                        ..freehold_store::UsageFigures::default()
                    },
                });
            }
        }
        if let Some(figures) = state.machine.take(step) {
            samples.push(UsageSample {
                subject: Subject::Machine,
                figures,
            });
        }
        samples
    }

    /// How large a node's folders are, where they could be measured.
    pub(crate) fn folder_bytes(&self, node: &NodeId) -> Option<u64> {
        self.state().folders.bytes(node)
    }

    /// How each disk stood at the last look.
    pub(crate) fn disk_states(&self) -> BTreeMap<PathBuf, DiskState> {
        self.state().disk_states.clone()
    }

    /// This machine's disks with what is free now.
    pub(crate) fn disks(&self) -> Vec<DiskFacts> {
        self.state().machine.disks()
    }

    /// Notes what feeds the machine and what its connection costs.
    pub(crate) fn note_surroundings(&self, on_battery: Option<bool>, metered: Option<bool>) {
        let mut state = self.state();
        (state.on_battery, state.metered) = (on_battery, metered);
    }

    /// Notes how each disk stands.
    pub(crate) fn note_disk_states(&self, states: BTreeMap<PathBuf, DiskState>) {
        self.state().disk_states = states;
    }

    /// This machine, as last measured.
    pub(crate) fn machine(&self) -> MachineView {
        let mut guard = self.state();
        let state = &mut *guard;
        let mut view = state.machine.view(&state.disk_states);
        (view.on_battery, view.metered) = (state.on_battery, state.metered);
        view
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
