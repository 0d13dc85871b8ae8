//! What a container costs, read from the kernel's control groups: thousands of times cheaper than asking the engine.
//!
//! Works with version 1, version 2 and both at once (hybrid), without privileges. The engine gives the process id of a
//! container's first process; everything else is found from there.

use std::time::Instant;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub use linux::{Reader, Roots};

#[cfg(not(target_os = "linux"))]
mod other;
#[cfg(not(target_os = "linux"))]
pub use other::Reader;

/// One reading of a control group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CgroupUsage {
    /// Processor time since the group was made, in microseconds.
    pub cpu_usec: u64,
    /// Memory that the programs hold, in bytes: usage without the file cache that the kernel would drop first, as
    /// the engines count it.
    pub memory_bytes: u64,
    /// Bytes read from disks since the group was made; what the cache gave is not counted. `None` where the kernel does
    /// not tell, as for the further bytes.
    pub disk_read_bytes: Option<u64>,
    /// Bytes written to disks since the group was made. Version 1 leaves out what programs wrote through the cache, which
    /// is most of it.
    pub disk_written_bytes: Option<u64>,
    /// Bytes that came in over the container's own network since it was made. `None` for a container that shares the
    /// machine's network.
    pub network_in_bytes: Option<u64>,
    /// Bytes that went out over the container's own network since it was made.
    pub network_out_bytes: Option<u64>,
}

/// Turns a counter of bytes into the bytes since the reading before.
#[derive(Debug, Clone, Copy, Default)]
pub struct ByteMeter {
    last: Option<u64>,
}

impl ByteMeter {
    /// A meter without a reading.
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes since the reading before. `None` at the first reading, after one that was not to be had, and when the counter
    /// went back (a new container).
    pub fn since(&mut self, counter: Option<u64>) -> Option<u64> {
        let before = std::mem::replace(&mut self.last, counter)?;
        counter?.checked_sub(before)
    }
}

/// Turns counters of processor time into a percentage.
#[derive(Debug, Clone, Copy, Default)]
pub struct CpuMeter {
    last: Option<(u64, Instant)>,
}

impl CpuMeter {
    /// A meter without a reading.
    pub fn new() -> Self {
        Self::default()
    }

    /// Percent of one processor since the reading before (200 is two processors busy). `None` at the first reading, when
    /// no time has passed, and when the counter went back (a new container).
    pub fn percent(&mut self, cpu_usec: u64, at: Instant) -> Option<f64> {
        let (before, earlier) = self.last.replace((cpu_usec, at))?;
        let used = cpu_usec.checked_sub(before)?;
        let elapsed = at.checked_duration_since(earlier)?.as_secs_f64();
        (elapsed > 0.0).then(|| used as f64 / 10_000.0 / elapsed)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{ByteMeter, CpuMeter};

    #[test]
    fn percent_is_of_one_processor() {
        let start = Instant::now();
        let mut meter = CpuMeter::new();
        assert_eq!(meter.percent(5_000_000, start), None, "one reading says nothing");
        let percent = meter.percent(6_500_000, start + Duration::from_secs(1)).unwrap();
        assert!((percent - 150.0).abs() < 1e-9, "1.5 s of work in 1 s, got {percent}");
        let percent = meter.percent(6_500_000, start + Duration::from_secs(2)).unwrap();
        assert!(percent.abs() < 1e-9, "no work is 0, got {percent}");
    }

    #[test]
    fn bytes_are_counted_from_reading_to_reading() {
        let mut meter = ByteMeter::new();
        assert_eq!(meter.since(Some(500)), None, "one reading says nothing");
        assert_eq!(meter.since(Some(800)), Some(300));
        assert_eq!(meter.since(Some(100)), None, "a new container counts from 0");
        assert_eq!(meter.since(None), None);
        assert_eq!(meter.since(Some(900)), None, "what went on meanwhile is not known");
        assert_eq!(meter.since(Some(900)), Some(0));
    }

    #[test]
    fn a_counter_or_clock_that_goes_back_gives_nothing() {
        let start = Instant::now();
        let mut meter = CpuMeter::new();
        meter.percent(900, start + Duration::from_secs(5));
        assert_eq!(
            meter.percent(100, start + Duration::from_secs(6)),
            None,
            "a new container counts from 0"
        );
        assert_eq!(
            meter.percent(200, start + Duration::from_secs(6)),
            None,
            "no time has passed"
        );
        assert_eq!(meter.percent(300, start), None, "time went back");
    }
}
