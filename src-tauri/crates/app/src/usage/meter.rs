//! One service's meter: from counters of the kernel or the engine to what it uses now, and to what it used since the last
//! entry of its history.

use std::time::{Duration, Instant};

use freehold_engine::ContainerStats;
use freehold_host::cgroup::{CgroupUsage, CpuMeter, Reader};
use freehold_store::UsageFigures;

use super::rate::{Counters, Rates, TrafficMeter};

/// The engine's own figures cost it about a tenth of a core for fifty containers when asked every second.
const ENGINE_EVERY: Duration = Duration::from_secs(10);

/// What one service uses now.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct ServiceUsage {
    /// Percent of one core.
    pub(crate) cpu_percent: Option<f64>,
    /// Bytes.
    pub(crate) memory_bytes: Option<u64>,
    /// Bytes.
    pub(crate) disk_bytes: Option<u64>,
    /// Bytes a second.
    pub(crate) rates: Rates,
}

/// The meter of one container.
#[derive(Debug)]
pub(super) struct Meter {
    container: String,
    reader: Option<Reader>,
    asked_engine: Option<Instant>,
    cpu: CpuMeter,
    traffic: TrafficMeter,
    used: ServiceUsage,
    last: Option<Reading>,
    kept: Kept,
}

/// A reading, as far as the history needs it later.
#[derive(Debug, Clone, Copy)]
struct Reading {
    at: Instant,
    /// Processor time in microseconds, where it was counted.
    cpu_usec: Option<u64>,
    counters: Counters,
}

/// Where the history stands.
#[derive(Debug, Default)]
struct Kept {
    at: Option<Instant>,
    cpu: CpuMeter,
    traffic: TrafficMeter,
}

impl Meter {
    pub(super) fn new(container: &str) -> Self {
        Self {
            container: container.to_owned(),
            reader: None,
            asked_engine: None,
            cpu: CpuMeter::new(),
            traffic: TrafficMeter::default(),
            used: ServiceUsage::default(),
            last: None,
            kept: Kept::default(),
        }
    }

    /// The container that it measures.
    pub(super) fn container(&self) -> &str {
        &self.container
    }

    /// What was measured last.
    pub(super) fn used(&self) -> ServiceUsage {
        self.used
    }

    /// Whether one more reading would say more.
    pub(super) fn lacks_a_reading(&self) -> bool {
        self.reader.is_some() && self.used.cpu_percent.is_none()
    }

    /// Reads the control group of the container's first process, where it runs on this machine.
    pub(super) fn read(&mut self, pid: Option<u32>, now: Instant) {
        if self.reader.is_none() {
            // Without a process id of this machine (virtual machine, remote) the engine is asked instead.
            self.reader = pid.and_then(|pid| Reader::for_pid(pid).ok());
        }
        let Some(reader) = &mut self.reader else { return };
        if let Ok(usage) = reader.read() {
            self.note(&usage, now);
        } else {
            self.reader = None;
            self.used = ServiceUsage::default();
            self.traffic = TrafficMeter::default();
        }
    }

    fn note(&mut self, usage: &CgroupUsage, now: Instant) {
        let counters = Counters {
            net_in: usage.network_in_bytes,
            net_out: usage.network_out_bytes,
            disk_read: usage.disk_read_bytes,
            disk_written: usage.disk_written_bytes,
        };
        self.used.memory_bytes = Some(usage.memory_bytes);
        if let Some(percent) = self.cpu.percent(usage.cpu_usec, now) {
            self.used.cpu_percent = Some(percent);
        }
        self.used.rates = self.traffic.rates(&counters, now);
        self.last = Some(Reading {
            at: now,
            cpu_usec: Some(usage.cpu_usec),
            counters,
        });
    }

    /// Whether the engine should be asked, since the control group cannot be read.
    pub(super) fn wants_engine(&self, now: Instant) -> bool {
        let is_due = |at: Instant| now.saturating_duration_since(at) >= ENGINE_EVERY;
        self.reader.is_none() && self.asked_engine.is_none_or(is_due)
    }

    /// Notes the engine's answer; `None` where it had none.
    pub(super) fn note_engine(&mut self, stats: Option<&ContainerStats>, now: Instant) {
        self.asked_engine = Some(now);
        let Some(stats) = stats else {
            self.used = ServiceUsage::default();
            self.traffic = TrafficMeter::default();
            return;
        };
        let counters = Counters {
            net_in: stats.network_received,
            net_out: stats.network_sent,
            disk_read: stats.disk_read,
            disk_written: stats.disk_written,
        };
        self.used.cpu_percent = stats.cpu_percent;
        self.used.memory_bytes = stats.memory_bytes;
        self.used.rates = self.traffic.rates(&counters, now);
        self.last = Some(Reading {
            at: now,
            cpu_usec: None,
            counters,
        });
    }

    /// What was used since this was asked before, with bytes as they come to in `step`; `None` where nothing was measured
    /// since.
    pub(super) fn take(&mut self, step: Duration) -> Option<UsageFigures> {
        let last = self.last?;
        let before = self.kept.at.replace(last.at);
        let cpu = last.cpu_usec.and_then(|usec| self.kept.cpu.percent(usec, last.at));
        let rates = self.kept.traffic.rates(&last.counters, last.at);
        if before == Some(last.at) {
            return None;
        }
        Some(UsageFigures {
            cpu_percent: if last.cpu_usec.is_some() {
                cpu
            } else {
                self.used.cpu_percent
            },
            memory_bytes: self.used.memory_bytes,
            disk_bytes: None,
            ..rates.over(step)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use freehold_engine::ContainerStats;
    use freehold_host::cgroup::CgroupUsage;

    use super::Meter;

    const STEP: Duration = Duration::from_secs(10);

    fn usage(cpu_usec: u64, received: u64) -> CgroupUsage {
        CgroupUsage {
            cpu_usec,
            memory_bytes: 500,
            disk_read_bytes: None,
            disk_written_bytes: Some(received / 2),
            network_in_bytes: Some(received),
            network_out_bytes: Some(0),
        }
    }

    #[test]
    fn the_history_spans_all_readings_and_the_view_only_the_last() {
        let start = Instant::now();
        let mut meter = Meter::new("a");
        meter.note(&usage(0, 0), start);
        assert_eq!(meter.take(STEP).unwrap().cpu_percent, None, "one reading says nothing");
        for second in 1..=10 {
            // Idle for nine seconds, then a whole core and 1000 bytes for one.
            let busy = u64::from(second == 10);
            meter.note(
                &usage(busy * 1_000_000, busy * 1000),
                start + Duration::from_secs(second),
            );
        }
        let now = meter.used();
        assert!((now.cpu_percent.unwrap() - 100.0).abs() < 1e-6, "{now:?}");
        assert!((now.rates.net_in.unwrap() - 1000.0).abs() < 1e-6, "{now:?}");
        let kept = meter.take(STEP).unwrap();
        assert!((kept.cpu_percent.unwrap() - 10.0).abs() < 1e-6, "{kept:?}");
        assert_eq!(kept.network_in_bytes, Some(1000));
        assert_eq!(kept.disk_written_bytes, Some(500));
        assert_eq!(kept.disk_read_bytes, None, "what is not told is not zero");
        assert_eq!(meter.take(STEP), None, "nothing new was measured");
    }

    #[test]
    fn bytes_of_a_longer_pause_come_to_the_same_rate() {
        let start = Instant::now();
        let mut meter = Meter::new("a");
        meter.note(&usage(0, 0), start);
        meter.take(STEP);
        meter.note(&usage(0, 6000), start + Duration::from_mins(1));
        assert_eq!(
            meter.take(STEP).unwrap().network_in_bytes,
            Some(1000),
            "6000 bytes in a minute"
        );
    }

    #[test]
    fn the_engine_is_asked_where_no_control_group_can_be_read() {
        let start = Instant::now();
        let mut meter = Meter::new("a");
        meter.read(None, start);
        assert!(meter.wants_engine(start));
        let stats = |received| ContainerStats {
            cpu_percent: Some(3.0),
            memory_bytes: Some(70),
            network_received: Some(received),
            ..ContainerStats::default()
        };
        meter.note_engine(Some(&stats(0)), start);
        assert!(!meter.wants_engine(start + Duration::from_secs(1)), "it was just asked");
        assert!(meter.wants_engine(start + Duration::from_secs(11)));
        meter.note_engine(Some(&stats(200)), start + Duration::from_secs(20));
        let used = meter.used();
        assert_eq!((used.cpu_percent, used.memory_bytes), (Some(3.0), Some(70)));
        assert_eq!((used.rates.net_in, used.rates.disk_read), (Some(10.0), None));
        meter.note_engine(None, start + Duration::from_secs(40));
        assert_eq!(
            meter.used(),
            super::ServiceUsage::default(),
            "an engine that is away leaves nothing to show"
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_real_control_group_gives_figures_or_leaves_it_to_the_engine() {
        let start = Instant::now();
        let mut meter = Meter::new("self");
        meter.read(Some(std::process::id()), start);
        let used = meter.used();
        assert_eq!(used.memory_bytes.is_none(), meter.wants_engine(start), "{used:?}");
    }
}
