//! Processor time and memory of processes, read from `/proc` the way the kernel counts them.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::process::{A_MOMENT, Program};

/// The programs that an engine consists of; its shims only wait.
pub(super) const ENGINE: [&str; 4] = ["dockerd", "containerd", "podman", "conmon"];

/// One process as `/proc/PID/stat` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Process {
    name: String,
    parent: u32,
    ticks: u64,
}

/// The processes of the machine at one moment.
#[derive(Debug)]
pub(super) struct Snapshot {
    at: Instant,
    processes: BTreeMap<u32, Process>,
}

impl Snapshot {
    pub(super) fn take() -> Result<Self> {
        let mut processes = BTreeMap::new();
        for entry in fs::read_dir("/proc").context("processor time can be read on Linux only")? {
            let Ok(pid) = entry?.file_name().to_string_lossy().parse() else {
                continue;
            };
            // A process may end between the listing and the reading.
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok();
            if let Some(process) = stat.as_deref().and_then(parse) {
                processes.insert(pid, process);
            }
        }
        Ok(Self {
            at: Instant::now(),
            processes,
        })
    }

    /// The processes with one of these names.
    pub(super) fn named(&self, names: &[&str]) -> Vec<u32> {
        let named = self
            .processes
            .iter()
            .filter(|(_, process)| names.contains(&process.name.as_str()));
        named.map(|(pid, _)| *pid).collect()
    }

    /// A process with everything that it started.
    pub(super) fn tree(&self, root: u32) -> Vec<u32> {
        let mut tree = vec![root];
        let mut at = 0;
        while let Some(parent) = tree.get(at).copied() {
            tree.extend(
                self.processes
                    .iter()
                    .filter(|(_, process)| process.parent == parent)
                    .map(|(pid, _)| *pid),
            );
            at += 1;
        }
        tree
    }

    /// How much of one core the processes used since an earlier snapshot: 0.05 is 5 % of a core.
    pub(super) fn share_since(&self, earlier: &Self, pids: &[u32], ticks_per_second: f64) -> f64 {
        let used = |pid: &u32| {
            let now = self.processes.get(pid)?.ticks;
            Some(now.saturating_sub(earlier.processes.get(pid).map_or(0, |process| process.ticks)))
        };
        let ticks: u64 = pids.iter().filter_map(used).sum();
        let seconds = self.at.duration_since(earlier.at).as_secs_f64();
        ticks as f64 / ticks_per_second / seconds.max(f64::EPSILON)
    }
}

/// The unit of the kernel's counters.
pub(super) fn ticks_per_second() -> Result<f64> {
    let ticks = Program::new("getconf").arg("CLK_TCK").output(A_MOMENT)?;
    ticks.trim().parse().context("getconf CLK_TCK gave no number")
}

/// Memory of processes, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory {
    /// All that is in memory, also what other programs share.
    pub(super) rss: u64,
    /// What belongs to the processes alone, with their part of what is shared.
    pub(super) pss: u64,
}

pub(super) fn memory(pids: &[u32]) -> Memory {
    let rollups: Vec<String> = pids
        .iter()
        .filter_map(|pid| fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok())
        .collect();
    let of = |text: &String, field: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(field))?;
        line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()
    };
    let sum = |field: &str| rollups.iter().filter_map(|text| of(text, field)).sum::<u64>() * 1024;
    Memory {
        rss: sum("Rss:"),
        pss: sum("Pss:"),
    }
}

/// How many programs wanted to run over the last minute.
pub(super) fn load() -> Result<f64> {
    let text = fs::read_to_string("/proc/loadavg").context("the load can be read on Linux only")?;
    let first = text.split_whitespace().next().unwrap_or_default();
    first.parse().context("/proc/loadavg holds no number")
}

/// Waits between two snapshots.
pub(super) fn over(time: Duration) -> Result<(Snapshot, Snapshot)> {
    let first = Snapshot::take()?;
    crate::wait::sleep(time);
    Ok((first, Snapshot::take()?))
}

/// The name stands in brackets and may hold anything; field 4 is the parent, 14 and 15 are the ticks.
fn parse(stat: &str) -> Option<Process> {
    let (open, close) = (stat.find('(')?, stat.rfind(')')?);
    let fields: Vec<&str> = stat[close + 1..].split_whitespace().collect();
    let number = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    Some(Process {
        name: stat[open + 1..close].to_owned(),
        parent: u32::try_from(number(4)?).ok()?,
        ticks: number(14)? + number(15)?,
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_kernel_is_read_with_a_difficult_name() {
        // Linux 6.18
        let line = "9485 (a b) c) S 1 9485 9485 0 -1 4194560 1 0 0 0 250 31 7 8 20 0 6 0 61234 0 0";
        assert_eq!(
            parse(line),
            Some(Process {
                name: "a b) c".to_owned(),
                parent: 1,
                ticks: 281
            })
        );
    }

    #[test]
    fn work_of_this_process_is_seen() {
        let ticks = ticks_per_second().unwrap();
        let own = std::process::id();
        let first = Snapshot::take().unwrap();
        let begun = Instant::now();
        let mut sum = 0_u64;
        while begun.elapsed() < Duration::from_millis(300) {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        let second = Snapshot::take().unwrap();
        assert!(second.tree(own).contains(&own));
        let share = second.share_since(&first, &[own], ticks);
        assert!(share > 0.05, "busy for 0.3 s, seen as {share}");
        let memory = memory(&[own]);
        assert!(memory.pss > 100_000 && memory.rss >= memory.pss, "{memory:?}");
        assert!(load().unwrap() >= 0.0);
    }
}
