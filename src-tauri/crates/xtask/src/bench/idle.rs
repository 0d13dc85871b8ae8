//! What watching costs: Freehold's headless host, against `docker stats` over the same containers.
//!
//! The engine works for whoever asks it, so that its processor time counts on both sides; what it uses when nobody asks
//! is taken first and shown, but not subtracted.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::cpu::{self, ENGINE, Snapshot};
use super::fleet::{Fleet, docker};
use super::freehold::Freehold;
use super::listener::Listener;
use super::report::Report;
use super::{Bench, Setting};
use crate::process::end;
use crate::steps::Notes;
use crate::wait;

/// After a start, caches fill and first connections are made; that is not idling.
const SETTLES_WITHIN: Duration = Duration::from_secs(10);

/// Processor time of one side, as parts of one core.
#[derive(Debug, Clone, Copy)]
struct Reading {
    watcher: f64,
    engine: f64,
}

impl Reading {
    /// Reads a watcher with everything it started, and the engine.
    fn take(watcher: Option<u32>, time: Duration, ticks: f64) -> Result<Self> {
        let (first, second) = cpu::over(time)?;
        let watchers = watcher.map(|pid| second.tree(pid)).unwrap_or_default();
        Ok(Self {
            watcher: second.share_since(&first, &watchers, ticks),
            engine: second.share_since(&first, &second.named(&ENGINE), ticks),
        })
    }

    fn sum(self) -> f64 {
        self.watcher + self.engine
    }
}

pub(super) fn measure(setting: &Setting<'_>, notes: &Notes) -> Result<Report> {
    let (nodes, engine) = (setting.args.nodes, setting.engine.url.as_str());
    let time = Duration::from_secs(u64::from(setting.args.seconds));
    let ticks = cpu::ticks_per_second()?;
    let freehold = Freehold::new(setting, "idle")?;

    let host = freehold.serve()?;
    let fleet = Fleet::up(&freehold, engine, nodes, notes)?;
    wait::sleep(SETTLES_WITHIN);
    notes.say(&format!("Freehold watches for {} s.", time.as_secs()));
    let listener = Listener::start(&freehold.control_socket())?;
    let before = listener.usages();
    let ours = Reading::take(Some(host.pid()), time, ticks)?;
    let told = listener.usages() - before;
    if told + 2 < time.as_secs() {
        bail!(
            "the host told of usage {told} times in {} s: that is not once a second",
            time.as_secs()
        );
    }
    drop(listener);
    let memory = cpu::memory_bytes(&Snapshot::take()?.tree(host.pid()));
    drop(host);

    wait::sleep(SETTLES_WITHIN);
    notes.say(&format!("Nobody watches for {} s.", time.as_secs()));
    let nobody = Reading::take(None, time, ticks)?;
    notes.say(&format!("`docker stats` watches for {} s.", time.as_secs()));
    let theirs = docker_stats(&fleet, engine, time, ticks)?;
    drop(fleet);

    let percent = |name: &str, reading: Reading| {
        let (watcher, engine) = (reading.watcher * 100.0, reading.engine * 100.0);
        format!(
            "{name}: {watcher:.2} % of one core, the engine {engine:.2} %, together {:.2} %",
            reading.sum() * 100.0
        )
    };
    let readings = vec![
        percent("freehold serve, every node measured once a second for a listener", ours),
        percent("docker stats", theirs),
        format!("nobody watching: the engine {:.2} % of one core", nobody.engine * 100.0),
        format!("memory of freehold serve: {:.1} MB (budget 40 MB)", memory as f64 / 1e6),
    ];
    let method = format!(
        "{nodes} bitcoind on regtest in containers, each side for {} s, user and system time of the watcher and of \
         {} from /proc, memory as PSS; nothing else may use the engine meanwhile",
        time.as_secs(),
        ENGINE[..2].join(" and "),
    );
    Ok(Report::new(
        Bench::Idle,
        ours.sum() / theirs.sum().max(f64::EPSILON),
        readings,
        method,
    ))
}

/// The engine's own way to watch, as it runs in a terminal: one stream over all containers.
fn docker_stats(fleet: &Fleet, engine: &str, time: Duration, ticks: f64) -> Result<Reading> {
    let stats = docker(engine).args(["stats", "--format", "{{.Name}} {{.CPUPerc}} {{.MemUsage}}"]);
    let mut command = stats.args(fleet.containers()?).command();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("docker cannot be started")?;
    wait::sleep(SETTLES_WITHIN);
    let reading = Reading::take(Some(child.id()), time, ticks);
    end(&mut child);
    reading
}
