//! One node, read again and again.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use freehold_model::{ProbeFailure, ProbeReport, Stage, Timestamp};
use futures_util::future::join_all;

use crate::kind::{Kind, Look, speaker};
use crate::peers::{self, Answer, Peers, Untold};
use crate::{Target, identity, pair};

/// How long a proven chain is taken for granted while the node keeps answering. Another program at the same port shows
/// up by a failed reading first, as a rule; this bounds the rest.
const IDENTITY_HOLDS: Duration = Duration::from_mins(5);

/// Asks one node how it is. Keeps its connection, and what it has learned, between readings.
#[derive(Debug)]
pub struct Probe {
    main: Member,
    companions: Vec<Member>,
}

/// One service of the node.
#[derive(Debug)]
struct Member {
    target: Target,
    kind: Arc<dyn Kind>,
    learned: Mutex<Learned>,
}

/// What holds for this run of the node; forgotten at the first failure, because a restart looks like one.
#[derive(Debug, Clone, Copy, Default)]
struct Learned {
    /// When the chain was proven, and the height up to which questions could be put.
    proven: Option<(Timestamp, u64)>,
    was_ready: bool,
}

impl Probe {
    /// A probe of `target`. Connects with the first reading.
    pub fn new(target: Target) -> Self {
        let companions = target.companions.iter().cloned().map(Member::new).collect();
        Self {
            main: Member::new(target),
            companions,
        }
    }

    /// Which node it asks.
    pub fn target(&self) -> &Target {
        &self.main.target
    }

    /// One reading of every service of the node. Takes up to [`crate::rpc::CALL_TIMEOUT`] for each of a few calls when the
    /// node is slow. Fails where the main service does; a companion that fails is a warning in the report, which is then
    /// not ready.
    pub async fn read(&self, now: Timestamp) -> Result<ProbeReport, ProbeFailure> {
        let companions = join_all(self.companions.iter().map(|companion| companion.read(now)));
        let (main, companions) = tokio::join!(self.main.read(now), companions);
        let mut report = main?;
        for (member, reading) in self.companions.iter().zip(companions) {
            pair::join(&mut report, &member.target.label, reading);
        }
        Ok(report)
    }

    /// Whom the node is connected to, asked now of every one of its services. Takes up to [`crate::rpc::CALL_TIMEOUT`] for
    /// each. A service that gives no list, or fails, is named with the reason.
    pub async fn peers(&self, now: Timestamp) -> Peers {
        let members = std::iter::once(&self.main).chain(&self.companions);
        let answers =
            join_all(members.map(|member| async move { (&member.target.label, member.kind.peers(now).await) }));
        let mut all = Peers::default();
        let is_alone = self.companions.is_empty();
        for (label, answer) in answers.await {
            let service = if is_alone { String::new() } else { label.clone() };
            match answer.unwrap_or_else(|failure| peers::failed(&failure)) {
                Answer::Told(list) => {
                    all.told = true;
                    all.list.extend(list.into_iter().map(|peer| peers::Peer {
                        service: service.clone(),
                        ..peer
                    }));
                }
                Answer::Untold(why) => all.untold.push(Untold { service, why }),
            }
        }
        all
    }

    /// Waits until the tip of the node's main service is not `tip`, at most for `timeout`; returns at once when it differs
    /// already. Read again afterwards, whichever it was: a service that does not tell of news by itself returns after a
    /// second. While a node catches up this returns with every block: a caller that wants calm waits a moment of its own
    /// in that stage.
    pub async fn wait_for_change(&self, tip: &str, timeout: Duration) -> Result<(), ProbeFailure> {
        let outcome = self.main.kind.wait(tip, timeout).await;
        if outcome.is_err() {
            self.main.learn(Learned::default());
        }
        outcome
    }
}

impl Member {
    fn new(target: Target) -> Self {
        Self {
            kind: speaker(&target),
            target,
            learned: Mutex::default(),
        }
    }

    async fn read(&self, now: Timestamp) -> Result<ProbeReport, ProbeFailure> {
        let before = self.learned();
        let outcome = self.read_once(now, before).await;
        self.learn(outcome.as_ref().map(|(_, learned)| *learned).unwrap_or_default());
        outcome.map(|(report, _)| report)
    }

    async fn read_once(&self, now: Timestamp, before: Learned) -> Result<(ProbeReport, Learned), ProbeFailure> {
        let look = Look {
            target: &self.target,
            was_ready: before.was_ready,
            now,
        };
        let report = self.kind.read(look).await?;
        let proven = match before.proven {
            // Until its owner lets it start, nothing that has an identity answers.
            _ if report.stage == Stage::NeedsOwner => None,
            Some((at, height)) if self.still_holds(at, height, report.height, now) => Some((at, height)),
            Some(_) | None => {
                identity::check(&*self.kind, &self.target.identity, report.height).await?;
                Some((now, report.height))
            }
        };
        let was_ready = before.was_ready || report.stage == Stage::Ready;
        Ok((report, Learned { proven, was_ready }))
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
