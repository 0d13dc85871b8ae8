//! The machine as a whole, now and for its history.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use freehold_contract::{DiskView, MachineView};
use freehold_host::{MachineSampler, MachineUsage};
use freehold_model::machine::DiskFacts;
use freehold_store::UsageFigures;

use super::rate::{Counters, Rates, TrafficMeter};
use crate::forecast::DiskState;

/// A disk that was plugged in is seen after this time at the latest.
const LIST_DISKS_EVERY: Duration = Duration::from_mins(5);
/// The free space is read again once it is older than this.
const DISKS_FRESH: Duration = Duration::from_secs(10);

/// Found out once, since the view is made each second.
static CPUS: LazyLock<u32> = LazyLock::new(freehold_host::cpus);

/// What is known about the machine.
#[derive(Debug, Default)]
pub(super) struct Machine {
    sampler: Option<(MachineSampler, Instant)>,
    last: Option<(MachineUsage, Instant)>,
    /// The first reading has nothing to compare with.
    cpu_percent: Option<f64>,
    traffic: TrafficMeter,
    rates: Rates,
    kept: Kept,
}

/// Where the history stands.
#[derive(Debug, Default)]
struct Kept {
    at: Option<Instant>,
    /// Sum and number of the readings.
    cpu: (f64, u32),
    traffic: TrafficMeter,
}

impl Machine {
    /// Measures the machine.
    pub(super) fn sample(&mut self, now: Instant) {
        let has_baseline = self.last.is_some();
        let (sampler, listed) = self.sampler.get_or_insert_with(|| (MachineSampler::new(), now));
        let usage = sampler.sample();
        if now.saturating_duration_since(*listed) >= LIST_DISKS_EVERY {
            // The new one has just taken its first reading, so the next sample has something to compare with.
            (*sampler, *listed) = (MachineSampler::new(), now);
        }
        if has_baseline {
            self.cpu_percent = Some(usage.cpu_percent);
            self.kept.cpu.0 += usage.cpu_percent;
            self.kept.cpu.1 += 1;
        }
        self.rates = self.traffic.rates(&counters(&usage), now);
        self.last = Some((usage, now));
    }

    /// Whether it was read at least twice.
    pub(super) fn has_rates(&self) -> bool {
        self.cpu_percent.is_some()
    }

    /// What was used since this was asked before; `None` where nothing was measured since.
    pub(super) fn take(&mut self, step: Duration) -> Option<UsageFigures> {
        let (usage, at) = self.last.as_ref()?;
        if self.kept.at.replace(*at) == Some(*at) {
            return None;
        }
        let (sum, count) = std::mem::take(&mut self.kept.cpu);
        let rates = self.kept.traffic.rates(&counters(usage), *at);
        Some(UsageFigures {
            cpu_percent: (count > 0).then(|| sum / f64::from(count)),
            memory_bytes: Some(usage.memory_used.bytes()),
            disk_bytes: None,
            ..rates.over(step)
        })
    }

    /// The disks with what is free now.
    pub(super) fn disks(&mut self) -> Vec<DiskFacts> {
        let is_fresh = |at: &Instant| at.elapsed() < DISKS_FRESH;
        if !self.last.as_ref().is_some_and(|(_, at)| is_fresh(at)) {
            self.sample(Instant::now());
        }
        self.last
            .as_ref()
            .map(|(usage, _)| usage.disks.clone())
            .unwrap_or_default()
    }

    /// On the wire, with how each disk stands.
    pub(super) fn view(&mut self, states: &BTreeMap<PathBuf, DiskState>) -> MachineView {
        if self.last.is_none() {
            self.sample(Instant::now());
        }
        let usage = self.last.as_ref().map(|(usage, _)| usage);
        MachineView {
            cpu_percent: self.cpu_percent,
            cpus: *CPUS,
            memory_used: usage.map_or(0, |usage| usage.memory_used.bytes()),
            memory_total: usage.map_or(0, |usage| usage.memory_total.bytes()),
            net_in_rate: self.rates.net_in,
            net_out_rate: self.rates.net_out,
            disk_read_rate: self.rates.disk_read,
            disk_write_rate: self.rates.disk_written,
            on_battery: None,
            metered: None,
            disks: usage
                .into_iter()
                .flat_map(|usage| &usage.disks)
                .map(|disk| disk_view(disk, states.get(&disk.mount_point)))
                .collect(),
        }
    }
}

fn counters(usage: &MachineUsage) -> Counters {
    Counters {
        net_in: usage.counters.network_in_bytes,
        net_out: usage.counters.network_out_bytes,
        disk_read: usage.counters.disk_read_bytes,
        disk_written: usage.counters.disk_written_bytes,
    }
}

fn disk_view(disk: &DiskFacts, state: Option<&DiskState>) -> DiskView {
    let level = state.map(|state| state.level).unwrap_or_default();
    let full_in = state.and_then(|state| state.full_in);
    DiskView {
        mount_point: disk.mount_point.display().to_string(),
        file_system: disk.file_system.clone(),
        kind: disk.kind.clone(),
        total: disk.total.bytes(),
        available: disk.available.bytes(),
        full_in_low_s: full_in.map(|full_in| full_in.low.as_secs()),
        full_in_high_s: full_in.map(|full_in| full_in.high.as_secs()),
        level: level.name().to_owned(),
        advice: state.and_then(|state| state.advice.clone()),
    }
}
