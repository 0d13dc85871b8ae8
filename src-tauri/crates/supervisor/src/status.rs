//! What people see: derived from desired and observed state, the step under way, the probe and the failures.

use std::time::Duration;

use freehold_model::{
    DesiredState, NodeStatus, ObservedState, ProbeFailure, PullProgress, ServiceObservation, Stage, Timestamp,
};

use crate::ProbeView;
use crate::history::History;
use crate::hold::Hold;

/// A node may keep silent this long after its start before that is worth a warning: loading a large block index on a
/// slow disk takes minutes, but the RPC port answers "warming up" long before.
const SILENCE_IS_NORMAL: Duration = Duration::from_mins(1);

/// The step under way.
#[derive(Debug, Clone, PartialEq)]
pub enum InFlight {
    /// An image is being pulled.
    Pull(PullProgress),
    /// A service is being stopped.
    Stop {
        /// When it was asked to.
        since: Timestamp,
        /// When it would be killed.
        kill_at: Timestamp,
    },
    /// Data is being copied.
    Move {
        /// Bytes there and checked.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// Anything short.
    Other,
}

/// What a status is derived from.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// What the user asked for.
    pub desired: DesiredState,
    /// What the engine says; in start order, one for each service.
    pub services: &'a [ServiceObservation],
    /// The step under way.
    pub in_flight: Option<&'a InFlight>,
    /// Failures.
    pub history: &'a History,
    /// What the node says.
    pub probe: &'a ProbeView,
    /// Why it must not run now.
    pub hold: Option<&'a Hold>,
    /// The node that it waits for before it starts, in a few words.
    pub waits_for: Option<&'a str>,
    /// What it means while it runs and does not answer yet, in the catalog's words.
    pub silent_while: Option<&'a str>,
    /// Its release has stopped by itself: why.
    pub halted: Option<&'a str>,
    /// Why the engine does not answer, if it does not.
    pub engine_away: Option<&'a str>,
    /// Whether the network needs peers.
    pub needs_peers: bool,
    /// Now.
    pub now: Timestamp,
}

/// Derives the status.
pub fn derive(evidence: &Evidence<'_>) -> NodeStatus {
    if let Some(why) = evidence.engine_away {
        return NodeStatus::Unknown { why: why.to_owned() };
    }
    match evidence.in_flight {
        Some(InFlight::Pull(progress)) => {
            return NodeStatus::Pulling {
                progress: progress.clone(),
            };
        }
        Some(InFlight::Stop { since, kill_at }) => {
            return NodeStatus::Stopping {
                since: Some(*since),
                kill_at: Some(*kill_at),
            };
        }
        Some(InFlight::Move { done, total }) => {
            return NodeStatus::Moving {
                done: *done,
                total: *total,
            };
        }
        Some(InFlight::Other) | None => {}
    }
    let alive =
        |service: &ServiceObservation| matches!(service.state, ObservedState::Running { .. } | ObservedState::Paused);
    match evidence.desired {
        DesiredState::Stopped | DesiredState::Removed { .. } => {
            if evidence.services.iter().any(alive) {
                NodeStatus::Stopping {
                    since: None,
                    kill_at: None,
                }
            } else if let (Some(fault), true) = (evidence.history.fault(), evidence.history.gave_up()) {
                NodeStatus::Failed { fault: fault.clone() }
            } else {
                NodeStatus::Stopped
            }
        }
        DesiredState::Running => match evidence.hold {
            Some(hold) if !evidence.services.iter().any(alive) => held(hold),
            Some(_) => NodeStatus::Stopping {
                since: None,
                kill_at: None,
            },
            None => should_run(evidence),
        },
    }
}

/// Derives the status of a node that somebody else runs: there is only what it says itself.
pub fn derive_external(evidence: &Evidence<'_>) -> NodeStatus {
    match evidence.desired {
        DesiredState::Stopped | DesiredState::Removed { .. } => NodeStatus::Stopped,
        DesiredState::Running => answered(evidence, evidence.now),
    }
}

fn held(hold: &Hold) -> NodeStatus {
    match hold {
        Hold::Rule(why) => NodeStatus::Paused { why: why.clone() },
        Hold::Disk(fault) => NodeStatus::Paused { why: fault.message() },
        Hold::Ended(why) => NodeStatus::Expired { why: why.clone() },
    }
}

fn should_run(evidence: &Evidence<'_>) -> NodeStatus {
    let started: Option<Vec<Timestamp>> = evidence
        .services
        .iter()
        .map(|service| match &service.state {
            ObservedState::Running { since } => Some(*since),
            _ => None,
        })
        .collect();
    let Some(youngest) = started.and_then(|starts| starts.into_iter().max()) else {
        return not_all_running(evidence);
    };
    if let Some(why) = evidence.halted {
        return NodeStatus::Expired { why: why.to_owned() };
    }
    answered(evidence, youngest)
}

/// What the node itself says; `youngest` is when the last of its services started.
fn answered(evidence: &Evidence<'_>, youngest: Timestamp) -> NodeStatus {
    let probe = evidence.probe;
    if let Some(failure) = &probe.failure {
        return match failure {
            ProbeFailure::WarmingUp { message } => NodeStatus::Starting {
                detail: Some(message.clone()),
            },
            ProbeFailure::WrongChain { expected, found } => NodeStatus::WrongChain {
                why: format!("expected {expected}, found {found}"),
            },
            // An index that is being built answers nobody; how long that takes is not for this program to judge.
            ProbeFailure::Silent { .. } if evidence.silent_while.is_some() => NodeStatus::Starting {
                detail: evidence.silent_while.map(str::to_owned),
            },
            ProbeFailure::Silent { .. } if evidence.now.since(youngest) < SILENCE_IS_NORMAL => {
                NodeStatus::Starting { detail: None }
            }
            ProbeFailure::AuthenticationFailed | ProbeFailure::Silent { .. } | ProbeFailure::Unreadable { .. } => {
                NodeStatus::Degraded {
                    why: failure.to_string(),
                }
            }
        };
    }
    let Some(report) = &probe.report else {
        return NodeStatus::Starting { detail: None };
    };
    if probe.stalled {
        return NodeStatus::Degraded {
            why: "nothing has moved for 30 minutes although there are peers".to_owned(),
        };
    }
    match report.stage {
        Stage::Ready if evidence.needs_peers && report.peers_in + report.peers_out == 0 => NodeStatus::Degraded {
            why: "it has no peers, so it cannot hear of new blocks".to_owned(),
        },
        Stage::Ready => NodeStatus::Ready,
        Stage::NeedsOwner => NodeStatus::Degraded {
            why: report
                .detail
                .clone()
                .unwrap_or_else(|| "it waits for its owner: a wallet has to be made or unlocked".to_owned()),
        },
        stage @ (Stage::PreHeaders | Stage::Headers | Stage::State | Stage::Blocks | Stage::Indexing) => {
            NodeStatus::Syncing {
                progress: report.percent,
                stage,
                detail: report.detail.clone(),
                eta: probe.eta.clone(),
            }
        }
    }
}

fn not_all_running(evidence: &Evidence<'_>) -> NodeStatus {
    if evidence
        .services
        .iter()
        .any(|service| service.state == ObservedState::Paused)
    {
        return NodeStatus::Degraded {
            why: "its container was paused outside Freehold; restart it here".to_owned(),
        };
    }
    match (evidence.history.fault(), evidence.history.retry_at()) {
        (Some(fault), _) if evidence.history.gave_up() => NodeStatus::Failed { fault: fault.clone() },
        // It is not tried again before what it waits for is there, whenever the next try would have been.
        (Some(fault), Some(at)) if evidence.in_flight.is_none() && evidence.waits_for.is_none() => {
            NodeStatus::RetryingAt {
                at,
                attempt: evidence.history.attempt(),
                fault: fault.clone(),
            }
        }
        _ => NodeStatus::Starting {
            detail: evidence.waits_for.map(|node| format!("waits for {node}")),
        },
    }
}

#[cfg(test)]
mod tests;
