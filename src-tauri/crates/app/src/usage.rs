//! What nodes and machine use: read from control groups where the engine shares this machine, else from the engine.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use freehold_contract::{DiskView, MachineView, NodeUsage};
use freehold_engine::Engine;
use freehold_host::cgroup::{CpuMeter, Reader};
use freehold_host::{MachineSampler, MachineUsage};
use freehold_model::{NodeId, ObservedState};
use freehold_supervisor::NodeSnapshot;

/// Walking a chain's files costs some milliseconds, and their size moves slowly.
const DISK_EVERY: Duration = Duration::from_mins(1);
/// A small folder is walked in no time, and it is the one that grows while somebody looks.
const SMALL_DISK_EVERY: Duration = Duration::from_secs(5);
/// What counts as small.
const SMALL: u64 = 2_000_000_000;
/// The engine's own figures cost it about a tenth of a core for fifty containers when asked every second.
const ENGINE_EVERY: Duration = Duration::from_secs(10);
/// Two readings this far apart give a first figure for the processor.
pub(crate) const FIRST_GAP: Duration = Duration::from_millis(120);
/// A figure older than this is measured again before it is shown.
const FRESH: Duration = Duration::from_secs(3);

/// What one service uses.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct ServiceUsage {
    /// Percent of one core.
    pub(crate) cpu_percent: Option<f64>,
    /// Bytes.
    pub(crate) memory_bytes: Option<u64>,
    /// Bytes.
    pub(crate) disk_bytes: Option<u64>,
}

/// Everything measured so far.
#[derive(Debug, Default)]
pub(crate) struct Usage(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    machine: Option<MachineSampler>,
    last_machine: Option<MachineUsage>,
    sampled_at: Option<Instant>,
    services: BTreeMap<(NodeId, String), Meter>,
    disks: BTreeMap<NodeId, (Instant, u64)>,
}

#[derive(Debug)]
struct Meter {
    container: String,
    reader: Option<Reader>,
    cpu: CpuMeter,
    used: ServiceUsage,
    asked_engine: Option<Instant>,
}

impl Usage {
    /// Whether the figures are fresh enough to be shown.
    pub(crate) fn is_fresh(&self) -> bool {
        self.state().sampled_at.is_some_and(|at| at.elapsed() < FRESH)
    }

    /// Reads the control groups of every running service and the machine. Fifty services take about a millisecond.
    pub(crate) fn sample(&self, nodes: &[NodeSnapshot]) {
        let mut state = self.state();
        let now = Instant::now();
        let mut seen = Vec::new();
        for node in nodes {
            for service in &node.services {
                let (Some(container), ObservedState::Running { .. }) = (&service.container, &service.state) else {
                    continue;
                };
                let key = (node.record.id.clone(), service.service.to_string());
                let meter = state
                    .services
                    .entry(key.clone())
                    .or_insert_with(|| Meter::new(container));
                if meter.container != *container {
                    *meter = Meter::new(container);
                }
                meter.read(service.pid, now);
                seen.push(key);
            }
        }
        state.services.retain(|key, _| seen.contains(key));
        let sampler = state.machine.get_or_insert_with(MachineSampler::new);
        let machine = sampler.sample();
        state.last_machine = Some(machine);
        state.sampled_at = Some(now);
    }

    /// Asks the engine about services whose control group cannot be read.
    pub(crate) async fn ask_engine(&self, engine: &Engine) {
        let due: Vec<_> = {
            let state = self.state();
            let is_due = |meter: &&Meter| {
                meter.reader.is_none() && meter.asked_engine.is_none_or(|at| at.elapsed() >= ENGINE_EVERY)
            };
            state
                .services
                .values()
                .filter(is_due)
                .map(|meter| meter.container.clone())
                .collect()
        };
        for container in due {
            let stats = engine.stats(&container).await.ok();
            for meter in self
                .state()
                .services
                .values_mut()
                .filter(|meter| meter.container == container)
            {
                meter.asked_engine = Some(Instant::now());
                meter.used.cpu_percent = stats.as_ref().and_then(|stats| stats.cpu_percent);
                meter.used.memory_bytes = stats.as_ref().and_then(|stats| stats.memory_bytes);
            }
        }
    }

    /// Nodes whose folder should be measured again.
    pub(crate) fn disks_due(&self, nodes: &[NodeSnapshot]) -> Vec<(NodeId, std::path::PathBuf)> {
        let state = self.state();
        let is_due = |id: &NodeId| {
            state.disks.get(id).is_none_or(|(at, bytes)| {
                let every = if *bytes < SMALL { SMALL_DISK_EVERY } else { DISK_EVERY };
                at.elapsed() >= every
            })
        };
        nodes
            .iter()
            .filter(|node| is_due(&node.record.id))
            .map(|node| (node.record.id.clone(), node.record.data_dir.clone()))
            .collect()
    }

    /// Measures a node's folder. Blocks; call it off the runtime's threads.
    pub(crate) fn measure_disk(&self, node: NodeId, folder: &Path) {
        // A folder that is not there yet holds nothing.
        let bytes = freehold_host::folder_size(folder).unwrap_or(0);
        self.state().disks.insert(node, (Instant::now(), bytes));
    }

    /// What one service uses. The folder is the node's; it is shown at the first service only.
    pub(crate) fn of_service(&self, node: &NodeId, service: &str, is_first: bool) -> ServiceUsage {
        let state = self.state();
        let mut used = state
            .services
            .get(&(node.clone(), service.to_owned()))
            .map(|meter| meter.used)
            .unwrap_or_default();
        used.disk_bytes = state.disks.get(node).filter(|_| is_first).map(|(_, bytes)| *bytes);
        used
    }

    /// What every node uses.
    pub(crate) fn of_nodes(&self, nodes: &[NodeSnapshot]) -> Vec<NodeUsage> {
        let state = self.state();
        nodes
            .iter()
            .map(|node| {
                let id = &node.record.id;
                let meters: Vec<_> = state
                    .services
                    .iter()
                    .filter(|((owner, _), _)| owner == id)
                    .map(|(_, meter)| meter.used)
                    .collect();
                let sum = |values: Vec<f64>| (!values.is_empty()).then(|| values.iter().sum());
                NodeUsage {
                    node: id.to_string(),
                    cpu_percent: sum(meters.iter().filter_map(|used| used.cpu_percent).collect()),
                    memory_bytes: meters
                        .iter()
                        .map(|used| used.memory_bytes)
                        .sum::<Option<u64>>()
                        .filter(|_| !meters.is_empty()),
                    disk_bytes: state.disks.get(id).map(|(_, bytes)| *bytes),
                }
            })
            .collect()
    }

    /// This machine, as last measured.
    pub(crate) fn machine(&self) -> MachineView {
        let mut state = self.state();
        if state.last_machine.is_none() {
            let sample = state.machine.get_or_insert_with(MachineSampler::new).sample();
            state.last_machine = Some(sample);
        }
        let facts = state.last_machine.as_ref();
        MachineView {
            cpu_percent: facts.map(|machine| machine.cpu_percent),
            cpus: std::thread::available_parallelism()
                .map_or(1, |count| u32::try_from(count.get()).unwrap_or(u32::MAX)),
            memory_used: facts.map_or(0, |machine| machine.memory_used.bytes()),
            memory_total: facts.map_or(0, |machine| machine.memory_total.bytes()),
            disks: facts
                .map(|machine| &machine.disks)
                .into_iter()
                .flatten()
                .map(|disk| DiskView {
                    mount_point: disk.mount_point.display().to_string(),
                    file_system: disk.file_system.clone(),
                    kind: disk.kind.clone(),
                    total: disk.total.bytes(),
                    available: disk.available.bytes(),
                })
                .collect(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Meter {
    fn new(container: &str) -> Self {
        Self {
            container: container.to_owned(),
            reader: None,
            cpu: CpuMeter::new(),
            used: ServiceUsage::default(),
            asked_engine: None,
        }
    }

    fn read(&mut self, pid: Option<u32>, now: Instant) {
        if self.reader.is_none() {
            // Without a process id of this machine (virtual machine, remote) the engine is asked instead.
            self.reader = pid.and_then(|pid| Reader::for_pid(pid).ok());
        }
        let Some(reader) = &self.reader else { return };
        if let Ok(usage) = reader.read() {
            self.used.memory_bytes = Some(usage.memory_bytes);
            if let Some(percent) = self.cpu.percent(usage.cpu_usec, now) {
                self.used.cpu_percent = Some(percent);
            }
        } else {
            self.reader = None;
            self.used = ServiceUsage::default();
        }
    }
}
