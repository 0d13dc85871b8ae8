//! Asks a running node how it is, as often as its state deserves.

use std::sync::Arc;
use std::time::Duration;

use freehold_model::{ProbeFailure, Stage, Timestamp};
use freehold_probe::{Probe, SyncHistory};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::ProbeView;
use crate::fleet::Clock;

/// Between readings while the node catches up: people watch a number that moves.
const WHILE_SYNCING: Duration = Duration::from_secs(1);
/// The first readings come faster, since a small chain is synced within seconds.
const AT_FIRST: Duration = Duration::from_millis(250);
/// How long "at first" lasts.
const FIRST: Duration = Duration::from_secs(30);
/// At the tip the node itself tells of a new block; this long it may keep quiet before it is asked again.
const LONG_POLL: Duration = Duration::from_mins(1);
/// Least time between two readings at the tip: blocks can come in bursts.
const LEAST_GAP: Duration = Duration::from_millis(150);
/// Between tries while the node does not answer.
const WHILE_SILENT: Duration = Duration::from_secs(2);

/// Reads until cancelled, publishing every reading.
pub(crate) async fn run(probe: Arc<Probe>, clock: Clock, out: watch::Sender<ProbeView>, token: CancellationToken) {
    let mut history = SyncHistory::default();
    let started = clock.now();
    loop {
        let reading = tokio::select! {
            reading = probe.read(clock.now()) => reading,
            () = token.cancelled() => return,
        };
        let now = clock.now();
        let is_new = now.since(started) < FIRST;
        if let Ok(report) = &reading {
            history.push(now, report);
        }
        let pause = match &reading {
            Ok(report) if report.stage == Stage::Ready => None,
            Ok(_) => Some(if is_new { AT_FIRST } else { WHILE_SYNCING }),
            Err(_) => Some(if is_new { AT_FIRST } else { WHILE_SILENT }),
        };
        let tip = reading.as_ref().map(|report| report.tip.clone()).unwrap_or_default();
        out.send_modify(|view| note(view, reading, &history, now));
        let wait = async {
            if let Some(pause) = pause {
                tokio::time::sleep(pause).await;
                return;
            }
            tokio::time::sleep(LEAST_GAP).await;
            // A failure here shows in the next reading.
            if probe.wait_for_change(&tip, LONG_POLL).await.is_err() {
                tokio::time::sleep(WHILE_SYNCING).await;
            }
        };
        tokio::select! {
            () = wait => {}
            () = token.cancelled() => return,
        }
    }
}

fn note(
    view: &mut ProbeView,
    reading: Result<freehold_model::ProbeReport, ProbeFailure>,
    history: &SyncHistory,
    now: Timestamp,
) {
    match reading {
        Ok(report) => {
            view.eta = if report.stage == Stage::Ready {
                None
            } else {
                history.eta(now)
            };
            view.stalled = report.stage != Stage::Ready && history.is_stalled(now);
            view.report = Some(report);
            view.failure = None;
            view.failing_since = None;
        }
        Err(failure) => {
            view.failing_since.get_or_insert(now);
            view.failure = Some(failure);
            view.eta = None;
        }
    }
    view.at = Some(now);
}
