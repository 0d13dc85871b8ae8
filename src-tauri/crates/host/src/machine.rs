//! The machine as a whole: what it has, and how busy it is.

use freehold_model::ByteSize;
use freehold_model::machine::{DiskFacts, MachineFacts};
use sysinfo::{MemoryRefreshKind, System};

use crate::counters::{CounterReader, MachineCounters};
use crate::disk;

/// Everything that plans are made from. Takes a few milliseconds; up to two seconds where a network file system does
/// not answer.
pub fn machine_facts() -> MachineFacts {
    let mut system = Watched::new();
    system.refresh();
    let (uid, gid) = owner();
    MachineFacts {
        memory: system.memory_total(),
        memory_available: system.memory_available(),
        cpus: cpus(),
        uid,
        gid,
        disks: disk::all(),
    }
}

/// How many processors programs may use here, at least 1. Looks at several files.
pub fn cpus() -> u32 {
    std::thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap_or(u32::MAX))
}

#[cfg(unix)]
fn owner() -> (u32, u32) {
    (nix::unistd::geteuid().as_raw(), nix::unistd::getegid().as_raw())
}

/// Windows has no numeric ids; its engines run in a virtual machine, where Freehold's id does not matter.
#[cfg(not(unix))]
fn owner() -> (u32, u32) {
    (1000, 1000)
}

/// How busy the machine is.
#[derive(Debug, Clone, PartialEq)]
pub struct MachineUsage {
    /// 0 to 100 of all processors together, since the reading before; 0 at the first.
    pub cpu_percent: f64,
    /// Memory that programs hold; caches that the system would give back do not count.
    pub memory_used: ByteSize,
    /// Memory.
    pub memory_total: ByteSize,
    /// Disks, with what is free now. Network file systems keep the figures of the sampler's start.
    pub disks: Vec<DiskFacts>,
    /// Bytes over network and disks since the machine started.
    pub counters: MachineCounters,
}

/// Reads [`MachineUsage`] again and again. Meant for intervals of a second or more.
#[derive(Debug)]
pub struct MachineSampler {
    system: Watched,
    disks: Vec<DiskFacts>,
    counters: CounterReader,
}

impl Default for MachineSampler {
    fn default() -> Self {
        Self::new()
    }
}

impl MachineSampler {
    /// Takes the first reading, to which the next compares.
    pub fn new() -> Self {
        let mut system = Watched::new();
        system.refresh();
        Self {
            system,
            disks: disk::all(),
            counters: CounterReader::new(),
        }
    }

    /// How busy the machine has been since the reading before.
    pub fn sample(&mut self) -> MachineUsage {
        self.system.refresh();
        disk::refresh(&mut self.disks);
        MachineUsage {
            cpu_percent: self.system.cpu_percent(),
            memory_used: self.system.memory_used(),
            memory_total: self.system.memory_total(),
            disks: self.disks.clone(),
            counters: self.counters.read(),
        }
    }
}

/// `sysinfo`'s view, narrowed to memory and processors. On a system that it does not know every figure is 0.
#[derive(Debug)]
struct Watched(Option<System>);

impl Watched {
    fn new() -> Self {
        Self(System::new().ok())
    }

    fn refresh(&mut self) {
        if let Some(system) = &mut self.0 {
            system.refresh_cpu_usage();
            system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
        }
    }

    fn cpu_percent(&self) -> f64 {
        self.0
            .as_ref()
            .map_or(0.0, |system| f64::from(system.global_cpu_usage()).clamp(0.0, 100.0))
    }

    fn memory_total(&self) -> ByteSize {
        self.0
            .as_ref()
            .map_or(ByteSize(0), |system| ByteSize(system.total_memory()))
    }

    fn memory_used(&self) -> ByteSize {
        self.0
            .as_ref()
            .map_or(ByteSize(0), |system| ByteSize(system.used_memory()))
    }

    fn memory_available(&self) -> ByteSize {
        self.0
            .as_ref()
            .map_or(ByteSize(0), |system| ByteSize(system.available_memory()))
    }
}

#[cfg(test)]
mod tests {
    use super::{MachineSampler, machine_facts};

    #[test]
    fn this_machine_has_processors_memory_and_a_disk() {
        let facts = machine_facts();
        assert!(facts.cpus >= 1, "a program runs on a processor");
        assert!(facts.memory.bytes() > 100_000_000, "{} of memory", facts.memory);
        assert!(facts.memory_available <= facts.memory, "available is a part of all");
        assert!(!facts.disks.is_empty(), "this test's own files lie on a disk");
        assert!(
            facts.disks.iter().all(|disk| disk.available <= disk.total),
            "{:?}",
            facts.disks
        );
    }

    #[test]
    fn a_busy_processor_shows() {
        let mut sampler = MachineSampler::new();
        let until = std::time::Instant::now() + std::time::Duration::from_millis(400);
        let mut burnt = 0_u64;
        while std::time::Instant::now() < until {
            burnt = std::hint::black_box(burnt.wrapping_mul(31).wrapping_add(7));
        }
        let usage = sampler.sample();
        assert!(
            usage.cpu_percent > 1.0,
            "one processor was busy all the time, yet {} %",
            usage.cpu_percent
        );
        assert!(usage.memory_used <= usage.memory_total, "used is a part of all");
    }
}
