//! The next step for a node: pure, so that every case can be written down as a test.

use freehold_model::{DesiredState, ObservedState, ServiceName, Timestamp};

/// One service as the decision sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceSituation {
    /// Its name.
    pub name: ServiceName,
    /// What the engine says.
    pub state: ObservedState,
    /// The container was made from today's plan.
    pub plan_is_current: bool,
    /// The pinned image is on the engine. Only looked at when there is no container.
    pub image_is_there: bool,
}

/// Everything a decision is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// What the user asked for.
    pub desired: DesiredState,
    /// A restart was asked for and nothing has been stopped for it yet.
    pub restart_pending: bool,
    /// The services in start order.
    pub services: Vec<ServiceSituation>,
    /// Trying again would not help until the user says so.
    pub gave_up: bool,
    /// Not before this instant, after a failure.
    pub retry_at: Option<Timestamp>,
    /// Now.
    pub now: Timestamp,
}

/// One step. Carrying out the same step twice does no harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Nothing to do until something changes.
    Rest,
    /// Nothing to do before this instant.
    WaitUntil(Timestamp),
    /// Fetch the service's image.
    Pull(ServiceName),
    /// Make its container.
    Create(ServiceName),
    /// Start its container.
    Start(ServiceName),
    /// Stop it cleanly.
    Stop(ServiceName),
    /// Remove its container, which does not run.
    Remove(ServiceName),
    /// The stop of a restart is done: forget that it was asked for.
    RestartStopped,
    /// Containers are gone: remove what else there is, and the record last.
    Forget {
        /// Chain data goes too.
        erase_data: bool,
    },
}

impl Action {
    /// Whether the step may be dropped half-way when the user changes their mind. Only a pull may: it changes nothing
    /// but the engine's image store.
    pub fn can_be_dropped(&self) -> bool {
        matches!(self, Self::Pull(_))
    }
}

/// Chooses the next step.
pub fn decide(situation: &Situation) -> Action {
    match situation.desired {
        DesiredState::Removed { erase_data } => {
            if let Some(action) = stop_last(&situation.services) {
                return action;
            }
            let left = situation.services.iter().rev().find(|service| exists(&service.state));
            match left {
                Some(service) if service.state == ObservedState::Changing => Action::Rest,
                Some(service) => Action::Remove(service.name.clone()),
                None => Action::Forget { erase_data },
            }
        }
        DesiredState::Stopped => stop_last(&situation.services).unwrap_or(Action::Rest),
        DesiredState::Running if situation.restart_pending => {
            stop_last(&situation.services).unwrap_or(Action::RestartStopped)
        }
        DesiredState::Running => keep_running(situation),
    }
}

/// Stops the last service that runs: whatever needs another is stopped before it.
fn stop_last(services: &[ServiceSituation]) -> Option<Action> {
    let running = services.iter().rev().find(|service| is_alive(&service.state))?;
    Some(Action::Stop(running.name.clone()))
}

fn keep_running(situation: &Situation) -> Action {
    let Some(service) = situation
        .services
        .iter()
        .find(|service| !matches!(service.state, ObservedState::Running { .. }))
    else {
        return Action::Rest;
    };
    if situation.gave_up {
        return Action::Rest;
    }
    if let Some(at) = situation.retry_at.filter(|at| *at > situation.now) {
        return Action::WaitUntil(at);
    }
    let name = service.name.clone();
    match &service.state {
        ObservedState::Absent if service.image_is_there => Action::Create(name),
        ObservedState::Absent => Action::Pull(name),
        ObservedState::Created | ObservedState::Exited { .. } if !service.plan_is_current => Action::Remove(name),
        ObservedState::Created | ObservedState::Exited { .. } => Action::Start(name),
        // Somebody froze it outside Freehold, or the engine is busy with it: shown, not fought over.
        ObservedState::Paused | ObservedState::Changing | ObservedState::Running { .. } => Action::Rest,
    }
}

fn exists(state: &ObservedState) -> bool {
    !matches!(state, ObservedState::Absent)
}

fn is_alive(state: &ObservedState) -> bool {
    matches!(state, ObservedState::Running { .. } | ObservedState::Paused)
}

#[cfg(test)]
mod tests;
