//! What people see: derived from desired and observed state, the step under way, the probe and the failures.

use std::time::Duration;

use freehold_model::{
    DesiredState, NodeStatus, ObservedState, ProbeFailure, PullProgress, ServiceObservation, Stage, Timestamp,
};

use crate::ProbeView;
use crate::history::History;

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
        /// When it would be killed.
        kill_at: Timestamp,
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
        Some(InFlight::Stop { kill_at }) => return NodeStatus::Stopping { kill_at: *kill_at },
        Some(InFlight::Other) | None => {}
    }
    let alive =
        |service: &ServiceObservation| matches!(service.state, ObservedState::Running { .. } | ObservedState::Paused);
    match evidence.desired {
        DesiredState::Stopped | DesiredState::Removed { .. } => {
            if evidence.services.iter().any(alive) {
                NodeStatus::Stopping { kill_at: evidence.now }
            } else {
                NodeStatus::Stopped
            }
        }
        DesiredState::Running => should_run(evidence),
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
    let probe = evidence.probe;
    if let Some(failure) = &probe.failure {
        return match failure {
            ProbeFailure::WarmingUp { message } => NodeStatus::Starting {
                detail: Some(message.clone()),
            },
            ProbeFailure::WrongChain { expected, found } => NodeStatus::WrongChain {
                why: format!("expected {expected}, found {found}"),
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
        stage @ (Stage::PreHeaders | Stage::Headers | Stage::Blocks) => NodeStatus::Syncing {
            progress: report.percent,
            stage,
            eta: probe.eta.clone(),
        },
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
        (Some(fault), Some(at)) if evidence.in_flight.is_none() => NodeStatus::RetryingAt {
            at,
            attempt: evidence.history.attempt(),
            fault: fault.clone(),
        },
        _ => NodeStatus::Starting { detail: None },
    }
}

#[cfg(test)]
mod tests;
