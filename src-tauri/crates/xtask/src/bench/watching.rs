//! What watching costs: a watcher's own processor time, and the engine's on its behalf.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::cpu::{self, ENGINE};
use super::fleet::{Fleet, docker};
use super::freehold::{Freehold, Host};
use super::listener::Listener;
use crate::process::end;
use crate::wait;

/// After a start, caches fill and first connections are made; that is not watching.
const SETTLES_WITHIN: Duration = Duration::from_secs(10);

/// Processor time over one reading, as parts of one core.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    pub(super) watcher: f64,
    pub(super) engine: f64,
}

impl Reading {
    /// What this watcher costs, its own time and what the engine uses more than when nobody watches.
    pub(super) fn cost(self, nobody: Self) -> f64 {
        self.watcher + self.engine - nobody.engine
    }

    /// Half of both.
    pub(super) fn mean(self, other: Self) -> Self {
        Self {
            watcher: f64::midpoint(self.watcher, other.watcher),
            engine: f64::midpoint(self.engine, other.engine),
        }
    }

    /// Reads a watcher with everything it started, and the engine.
    fn take(watcher: Option<u32>, time: Duration) -> Result<Self> {
        wait::sleep(SETTLES_WITHIN);
        let ticks = cpu::ticks_per_second()?;
        let (first, second) = cpu::over(time)?;
        let watchers = watcher.map(|pid| second.tree(pid)).unwrap_or_default();
        Ok(Self {
            watcher: second.share_since(&first, &watchers, ticks),
            engine: second.share_since(&first, &second.named(&ENGINE), ticks),
        })
    }
}

/// Nobody asks the engine anything.
pub(super) fn nobody(time: Duration) -> Result<Reading> {
    Reading::take(None, time)
}

/// Freehold's headless host, with somebody who listens: every node is then measured once a second.
pub(super) fn freehold(freehold: &Freehold, host: &Host, time: Duration) -> Result<Reading> {
    let listener = Listener::start(&freehold.control_socket())?;
    let reading = Reading::take(Some(host.pid()), time)?;
    let (told, seconds) = (listener.usages(), (SETTLES_WITHIN + time).as_secs());
    if told + 3 < seconds {
        bail!("the host told of usage {told} times in {seconds} s: that is not once a second");
    }
    Ok(reading)
}

/// The engine's own way to watch, as it runs in a terminal: one stream over all containers.
pub(super) fn docker_stats(fleet: &Fleet<'_>, engine: &str, time: Duration) -> Result<Reading> {
    let stats = docker(engine).args(["stats", "--format", "{{.Name}} {{.CPUPerc}} {{.MemUsage}}"]);
    let mut command = stats.args(fleet.containers()?).command();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("docker cannot be started")?;
    let reading = Reading::take(Some(child.id()), time);
    let is_there = child.try_wait().is_ok_and(|ended| ended.is_none());
    end(&mut child);
    if !is_there {
        bail!("`docker stats` ended while it was measured");
    }
    reading
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_at_rest_is_nobodys_cost() {
        let nobody = Reading {
            watcher: 0.0,
            engine: 0.25,
        };
        let watched = Reading {
            watcher: 0.5,
            engine: 1.0,
        };
        assert!((watched.cost(nobody) - 1.25).abs() < f64::EPSILON);
        let between = Reading {
            watcher: 0.25,
            engine: 0.625,
        };
        assert_eq!(watched.mean(nobody), between);
    }
}
