//! The engine on the wire.

use freehold_contract::{EngineCandidate, EngineState as WireState, EngineView, FaultView};
use freehold_engine::{EngineState, Environment, candidates};
use freehold_model::EngineKind;

use crate::engine::guide;

/// The engine as seen now.
pub(crate) fn engine_view(state: &EngineState, environment: &Environment) -> EngineView {
    let looked_at = candidates(environment)
        .into_iter()
        .map(|candidate| EngineCandidate {
            address: candidate.address,
            origin: candidate.origin.to_owned(),
        })
        .collect();
    let mut view = EngineView {
        state: WireState::Looking,
        kind: None,
        version: None,
        api_version: None,
        address: None,
        rootless: false,
        shares_machine: false,
        fault: None,
        guide: None,
        looked_at,
    };
    match state {
        EngineState::Looking => {}
        EngineState::Connected(engine) => {
            let facts = engine.facts();
            view.state = WireState::Connected;
            view.kind = Some(
                match facts.kind {
                    EngineKind::Docker => "docker",
                    EngineKind::Podman => "podman",
                }
                .to_owned(),
            );
            view.version = Some(facts.version.clone());
            view.api_version = Some(facts.api_version.clone());
            view.address = Some(facts.address.clone());
            view.rootless = facts.rootless;
            view.shares_machine = facts.shares_machine;
        }
        EngineState::Down { error, .. } => {
            view.state = WireState::Down;
            view.fault = Some(FaultView::from(&error.to_fault()));
            view.guide = Some(guide::for_this_system(&environment.user));
        }
    }
    view
}
