//! One node, read again and again.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use freehold_model::spec::ProbeKind;
use freehold_model::{ProbeFailure, ProbeReport, Stage, Timestamp};

use crate::rpc::Client;
use crate::{Target, bitcoind, identity};

/// How long a proven chain is taken for granted while the node keeps answering. Another program at the same port shows
/// up by a failed reading first, as a rule; this bounds the rest.
const IDENTITY_HOLDS: Duration = Duration::from_mins(5);

/// Asks one node how it is. Keeps its connection, and what it has learned, between readings.
#[derive(Debug)]
pub struct Probe {
    target: Target,
    client: Client,
    learned: Mutex<Learned>,
}

/// What holds for this run of the node; forgotten at the first failure, because a restart looks like one.
#[derive(Debug, Clone, Copy, Default)]
struct Learned {
    /// When the chain was proven, and the height up to which questions could be put.
    proven: Option<(Timestamp, u64)>,
    was_ready: bool,
    takes_current_tip: bool,
}

impl Probe {
    /// A probe of `target`. Connects with the first reading.
    pub fn new(target: Target) -> Self {
        let client = Client::new(&target.endpoint());
        Self {
            target,
            client,
            learned: Mutex::default(),
        }
    }

    /// Which node it asks.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// One reading. Takes up to [`crate::rpc::CALL_TIMEOUT`] for each of a few calls when the node is slow.
    pub async fn read(&self, now: Timestamp) -> Result<ProbeReport, ProbeFailure> {
        let before = self.learned();
        let outcome = self.read_once(now, before).await;
        self.learn(outcome.as_ref().map(|(_, learned)| *learned).unwrap_or_default());
        outcome.map(|(report, _)| report)
    }

    /// Waits until the node's tip is not `tip`, at most for `timeout`; returns at once when it differs already. Read
    /// again afterwards, whichever it was. While a node catches up this returns with every block: a caller that
    /// wants calm waits a moment of its own in that stage.
    pub async fn wait_for_change(&self, tip: &str, timeout: Duration) -> Result<(), ProbeFailure> {
        let outcome = match self.target.kind {
            ProbeKind::Bitcoind => {
                bitcoind::wait_for_change(&self.client, tip, timeout, self.learned().takes_current_tip).await
            }
        };
        if outcome.is_err() {
            self.learn(Learned::default());
        }
        outcome
    }

    async fn read_once(&self, now: Timestamp, before: Learned) -> Result<(ProbeReport, Learned), ProbeFailure> {
        let reading = match self.target.kind {
            ProbeKind::Bitcoind => bitcoind::read(&self.client, self.target.needs_peers, before.was_ready, now).await?,
        };
        let report = reading.report;
        let proven = match before.proven {
            Some((at, height)) if self.still_holds(at, height, report.height, now) => (at, height),
            Some(_) | None => {
                identity::check(&self.client, &self.target.identity, report.height).await?;
                (now, report.height)
            }
        };
        let was_ready = before.was_ready || report.stage == Stage::Ready;
        Ok((
            report,
            Learned {
                proven: Some(proven),
                was_ready,
                takes_current_tip: reading.takes_current_tip,
            },
        ))
    }

    /// The proof is recent, and no question has come within reach since.
    fn still_holds(&self, proven_at: Timestamp, proven_height: u64, height: u64, now: Timestamp) -> bool {
        let is_recent = now >= proven_at && now.since(proven_at) < IDENTITY_HOLDS;
        let newly_reached = |from: u64| from > proven_height && from <= height;
        is_recent && !self.target.identity.iter().any(|q| newly_reached(q.from_height))
    }

    fn learned(&self) -> Learned {
        *self.learned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn learn(&self, learned: Learned) {
        *self.learned.lock().unwrap_or_else(PoisonError::into_inner) = learned;
    }
}
