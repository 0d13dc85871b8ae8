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
    /// Of every node that was measured last.
    services: BTreeMap<NodeId, BTreeMap<ServiceName, Meter>>,
    folders: Folders,
    on_battery: Option<bool>,
    metered: Option<bool>,
    disk_states: BTreeMap<PathBuf, DiskState>,
}

impl State {
    fn meter(&self, node: &NodeId, service: &ServiceName) -> Option<&Meter> {
        self.services.get(node)?.get(service)
    }
}

/// What measuring needs to know of a node; made without copying its view.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    node: NodeId,
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
            node: node.record.id.clone(),
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
                let meter = state.meter(&node.node, &running.service);
                meter.is_some_and(|meter| meter.container() == running.container && !meter.lacks_a_reading())
            })
        };
        state.sampled_at.is_some_and(|at| at.elapsed() < FRESH)
            && state.machine.has_rates()
            && nodes.iter().all(is_known)
    }

    /// Reads the control groups of every running service and the machine. Fifty services take some milliseconds.
    pub(crate) fn sample(&self, nodes: &[Measured]) {
        let mut guard = self.state();
        let state = &mut *guard;
        let now = Instant::now();
        let mut before = std::mem::take(&mut state.services);
        for node in nodes {
            let known = before.remove_entry(&node.node);
            let (id, mut meters) = known.unwrap_or_else(|| (node.node.clone(), BTreeMap::new()));
            meters.retain(|service, meter| {
                let is_it = |running: &Running| running.service == *service && running.container == meter.container();
                node.running.iter().any(is_it)
            });
            for running in &node.running {
                let known = meters.get_mut(&running.service);
                let meter = match known {
                    Some(meter) => meter,
                    None => meters
                        .entry(running.service.clone())
                        .or_insert_with(|| Meter::new(&running.container)),
                };
                meter.read(running.pid, now);
            }
            state.services.insert(id, meters);
        }
        state.folders.keep_only(|id| state.services.contains_key(id));
        state.machine.sample(now);
        state.sampled_at = Some(now);
    }

    /// Asks the engine about services whose control group cannot be read.
    pub(crate) async fn ask_engine(&self, engine: &Engine) {
        let now = Instant::now();
        let due: Vec<String> = {
            let state = self.state();
            let meters = state.services.values().flat_map(BTreeMap::values);
            let due = meters.filter(|meter| meter.wants_engine(now));
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
            let meters = state.services.values_mut().flat_map(BTreeMap::values_mut);
            let asked = meters.filter(|meter| meter.container() == container);
            asked.for_each(|meter| meter.note_engine(stats.as_ref(), now));
        }
    }

    /// The nodes whose folders should be measured again.
    pub(crate) fn walks_due(&self, nodes: &[Measured], is_watched: bool) -> Vec<NodeId> {
        let now = Instant::now();
        let state = self.state();
        let due = nodes
            .iter()
            .filter(|node| state.folders.is_due(&node.node, is_watched, now));
        due.map(|node| node.node.clone()).collect()
    }

    /// Notes how large a node's folders are.
    pub(crate) fn note_walk(&self, node: NodeId, walked: Walked) {
        self.state().folders.note(node, walked);
    }

    /// What one service uses. The folder is the node's; it is shown at the first service only.
    pub(crate) fn of_service(&self, node: &NodeId, service: &ServiceName, is_first: bool) -> ServiceUsage {
        let state = self.state();
        let mut used = state.meter(node, service).map(Meter::used).unwrap_or_default();
        used.disk_bytes = state.folders.bytes(node).filter(|_| is_first);
        used
    }

    /// What every node uses.
    pub(crate) fn of_nodes(&self, nodes: &[Measured]) -> Vec<NodeUsage> {
        let state = self.state();
        let of = |node: &Measured| {
            let id = &node.node;
            let meters = node
                .running
                .iter()
                .filter_map(|running| state.meter(id, &running.service));
            let used: Vec<ServiceUsage> = meters.map(Meter::used).collect();
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
        for (node, meters) in &mut state.services {
            for (service, meter) in meters {
                if let Some(figures) = meter.take(step) {
                    samples.push(UsageSample {
                        subject: Subject::Service(node.clone(), service.clone()),
                        figures,
                    });
                }
            }
        }
        for node in nodes.iter().filter(|node| !node.running.is_empty()) {
            let id = &node.node;
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
