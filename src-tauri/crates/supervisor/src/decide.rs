//! The next step for a node: pure, so that every case can be written down as a test.

use freehold_model::{DesiredState, MovePhase, ObservedState, ServiceName, Timestamp};

/// One service as the decision sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceSituation {
    /// Its name.
    pub name: ServiceName,
    /// What the engine says.
    pub state: ObservedState,
    /// The container was made from today's plan.
    pub plan_is_current: bool,
    /// It belongs to the node as it is set up now; otherwise an earlier choice left it behind.
    pub is_planned: bool,
    /// The pinned image is on the engine. Only looked at when there is no container.
    pub image_is_there: bool,
}

/// Whether the node may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// It may.
    Run,
    /// What runs may go on, and images may be fetched, but nothing is started: a node that it needs is not far enough.
    Wait,
    /// It has to stop: a node that it needs stops, or a rule holds it back.
    Stop,
}

/// What an update still has to do before the new version can start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpdateStep {
    /// The new image of this service is missing.
    Fetch(ServiceName),
    /// Every new image is there.
    Switch,
}

/// Everything a decision is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// What the user asked for.
    pub desired: DesiredState,
    /// A restart was asked for and nothing has been stopped for it yet.
    pub restart_pending: bool,
    /// Whether it may run.
    pub leave: Leave,
    /// Nodes that need this one still run, so it must not stop yet.
    pub is_needed_now: bool,
    /// An update that is on its way in.
    pub update: Option<UpdateStep>,
    /// A move of its data.
    pub moving: Option<MovePhase>,
    /// The services in start order.
    pub services: Vec<ServiceSituation>,
    /// Trying again would not help until the user says so.
    pub gave_up: bool,
    /// Not before this instant, after a failure.
    pub retry_at: Option<Timestamp>,
    /// No step of an update or a move before this instant, after one has failed.
    pub change_retry_at: Option<Timestamp>,
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
    /// Fetch the service's new image while the old version runs.
    Fetch(ServiceName),
    /// Put the new images in the place of the old ones.
    SwitchVersion,
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
    /// Copy the data to its new folder and check it; nothing runs.
    CopyData,
    /// Erase the folder that the data was in.
    EraseOldData,
    /// Containers are gone: remove what else there is, and the record last.
    Forget {
        /// Chain data goes too.
        erase_data: bool,
    },
}

impl Action {
    /// Whether the step belongs to an update or a move rather than to the node's own life.
    pub fn is_change(&self) -> bool {
        matches!(
            self,
            Self::Fetch(_) | Self::SwitchVersion | Self::CopyData | Self::EraseOldData
        )
    }

    /// Whether the step may be dropped half-way when the user changes their mind. A pull changes nothing but the engine's
    /// image store, a copy nothing but the new folder.
    pub fn can_be_dropped(&self) -> bool {
        matches!(self, Self::Pull(_) | Self::Fetch(_) | Self::CopyData)
    }
}

/// Chooses the next step.
pub fn decide(situation: &Situation) -> Action {
    match situation.desired {
        DesiredState::Removed { erase_data } => remove(situation, erase_data),
        DesiredState::Stopped => stop(situation).unwrap_or_else(|| while_stopped(situation)),
        DesiredState::Running if situation.moving == Some(MovePhase::Copying) => {
            stop(situation).unwrap_or_else(|| while_stopped(situation))
        }
        DesiredState::Running if situation.restart_pending => stop(situation).unwrap_or(Action::RestartStopped),
        DesiredState::Running if situation.leave == Leave::Stop => {
            stop(situation).unwrap_or_else(|| while_stopped(situation))
        }
        DesiredState::Running => keep_running(situation),
    }
}

fn remove(situation: &Situation, erase_data: bool) -> Action {
    if let Some(action) = stop(situation) {
        return action;
    }
    let left = situation.services.iter().rev().find(|service| exists(&service.state));
    match left {
        Some(service) if service.state == ObservedState::Changing => Action::Rest,
        Some(service) => Action::Remove(service.name.clone()),
        None => Action::Forget { erase_data },
    }
}

/// Stops the last service that runs: whatever needs another is stopped before it. `None` once nothing runs.
fn stop(situation: &Situation) -> Option<Action> {
    let running = situation
        .services
        .iter()
        .rev()
        .find(|service| is_alive(&service.state))?;
    if situation.is_needed_now {
        return Some(Action::Rest);
    }
    Some(Action::Stop(running.name.clone()))
}

/// What is done for a node that does not run and is not to be started.
fn while_stopped(situation: &Situation) -> Action {
    if situation
        .services
        .iter()
        .any(|service| service.state == ObservedState::Changing)
    {
        return Action::Rest;
    }
    let next = match (&situation.moving, &situation.update) {
        (Some(MovePhase::Copying), _) => Action::CopyData,
        (Some(MovePhase::Erasing), _) => Action::EraseOldData,
        (_, Some(step)) => update(step),
        (Some(MovePhase::Proving) | None, None) => return Action::Rest,
    };
    unless_change_failed(situation, next)
}

fn update(step: &UpdateStep) -> Action {
    match step {
        UpdateStep::Fetch(service) => Action::Fetch(service.clone()),
        UpdateStep::Switch => Action::SwitchVersion,
    }
}

/// A step of an update or a move, unless one has failed lately. Whether it has failed for good is judged elsewhere: the
/// change is then given up.
fn unless_change_failed(situation: &Situation, step: Action) -> Action {
    match situation.change_retry_at.filter(|at| *at > situation.now) {
        Some(at) => Action::WaitUntil(at),
        None => step,
    }
}

/// The step, unless one has failed lately or for good.
fn unless_it_failed(situation: &Situation, step: Action) -> Action {
    if situation.gave_up {
        return Action::Rest;
    }
    match situation.retry_at.filter(|at| *at > situation.now) {
        Some(at) => Action::WaitUntil(at),
        None => step,
    }
}

fn keep_running(situation: &Situation) -> Action {
    let is_done = |service: &ServiceSituation| {
        matches!(service.state, ObservedState::Running { .. }) == service.is_planned
            && (service.is_planned || service.state == ObservedState::Absent)
    };
    let Some(service) = situation.services.iter().find(|service| !is_done(service)) else {
        let step = match (&situation.moving, &situation.update) {
            (Some(MovePhase::Erasing), _) => Action::EraseOldData,
            (_, Some(step)) => update(step),
            (_, None) => return Action::Rest,
        };
        return unless_change_failed(situation, step);
    };
    // What does not run is not kept waiting for an update that may mend it.
    let runs = |service: &ServiceSituation| service.is_planned && is_alive(&service.state);
    if let Some(step) = &situation.update
        && !situation.services.iter().any(runs)
    {
        return unless_change_failed(situation, update(step));
    }
    let name = service.name.clone();
    if !service.is_planned {
        return match &service.state {
            state if is_alive(state) => Action::Stop(name),
            ObservedState::Changing => Action::Rest,
            _ => Action::Remove(name),
        };
    }
    let step = match &service.state {
        ObservedState::Absent if service.image_is_there => Action::Create(name),
        ObservedState::Absent => Action::Pull(name),
        ObservedState::Created | ObservedState::Exited { .. } if !service.plan_is_current => Action::Remove(name),
        ObservedState::Created | ObservedState::Exited { .. } if situation.leave == Leave::Wait => return Action::Rest,
        ObservedState::Created | ObservedState::Exited { .. } => Action::Start(name),
        // Somebody froze it outside Freehold, or the engine is busy with it: shown, not fought over.
        ObservedState::Paused | ObservedState::Changing | ObservedState::Running { .. } => return Action::Rest,
    };
    unless_it_failed(situation, step)
}

fn exists(state: &ObservedState) -> bool {
    !matches!(state, ObservedState::Absent)
}

fn is_alive(state: &ObservedState) -> bool {
    matches!(state, ObservedState::Running { .. } | ObservedState::Paused)
}

#[cfg(test)]
mod tests;
