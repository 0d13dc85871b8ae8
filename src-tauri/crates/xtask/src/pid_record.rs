//! Remembers a process that outlives this one, so that a later run can find it and stop it.
//!
//! A process id alone is not enough: after a restart of the machine it may belong to something else. The record also
//! holds the start time that the kernel gave the process, and a record that does not match is a dead one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::files;
use crate::privilege::as_root;
use crate::process::{A_MOMENT, Program};
use crate::wait;

/// A process and when it started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PidRecord {
    pub(crate) pid: u32,
    started: String,
}

impl PidRecord {
    /// Describes a process that runs now.
    pub(crate) fn of(pid: u32) -> Result<Self> {
        let started = start_time(pid).with_context(|| format!("process {pid} ended right after its start"))?;
        Ok(Self { pid, started })
    }

    /// Reads a record; `None` where there is none, or where its process no longer runs.
    pub(crate) fn read(path: &Path) -> Option<(Self, Value)> {
        let value: Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        let pid = u32::try_from(value.get("pid")?.as_u64()?).ok()?;
        let record = Self {
            pid,
            started: value.get("started")?.as_str()?.to_owned(),
        };
        record.is_alive().then_some((record, value))
    }

    /// Writes the record, with one more value that a later run needs.
    pub(crate) fn write(&self, path: &Path, key: &str, value: &str) -> Result<()> {
        let record = json!({ "pid": self.pid, "started": self.started, key: value });
        files::write(path, format!("{record:#}\n").as_bytes())
    }

    pub(crate) fn is_alive(&self) -> bool {
        start_time(self.pid).is_some_and(|started| started == self.started)
    }

    /// Asks the process to end and waits; it is never killed, because an engine that is killed loses its containers.
    pub(crate) fn stop(&self, limit: Duration) -> Result<()> {
        if !self.is_alive() {
            return Ok(());
        }
        let kill = Program::new("kill").arg("-TERM").arg(self.pid.to_string());
        if !kill.succeeds(A_MOMENT) {
            as_root(kill)?.output(A_MOMENT)?;
        }
        let gone = wait::until(
            limit,
            Duration::from_millis(50),
            || Ok((!self.is_alive()).then_some(())),
        )?;
        if gone.is_none() {
            bail!(
                "process {} still runs {} after it was asked to end",
                self.pid,
                crate::steps::short(limit)
            );
        }
        Ok(())
    }
}

/// Field 22 of `/proc/PID/stat`, counted after the name, which may itself hold spaces and brackets. A zombie has ended.
fn start_time(pid: u32) -> Option<String> {
    let stat = std::fs::read_to_string(PathBuf::from(format!("/proc/{pid}/stat"))).ok()?;
    let mut fields = stat[stat.rfind(')')? + 1..].split_whitespace();
    let state = fields.next()?;
    if state == "Z" || state == "X" {
        return None;
    }
    fields.nth(18).map(str::to_owned)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_record_knows_a_reused_process_id() {
        let own = PidRecord::of(std::process::id()).unwrap();
        assert!(own.is_alive());
        let other = PidRecord {
            started: "1".to_owned(),
            ..own
        };
        assert!(!other.is_alive(), "same id, other start time");
    }

    #[test]
    fn a_stopped_process_is_gone() {
        let mut child = std::process::Command::new("sleep").arg("30").spawn().unwrap();
        let record = PidRecord::of(child.id()).unwrap();
        record.stop(Duration::from_secs(5)).unwrap();
        assert!(!record.is_alive());
        child.wait().unwrap();
    }
}
