//! The engine on the wire.

use freehold_contract::{EngineCandidate, EngineSetup, EngineState as WireState, EngineView, FaultView};
use freehold_engine::{EngineState, Environment, candidates};
use freehold_model::EngineKind;

use crate::engine::Elevation;
use crate::engine::guide::Guide;

/// The engine as seen now, and what runs or ran to get one.
pub(crate) fn engine_view(
    state: &EngineState,
    environment: &Environment,
    elevation: &Elevation,
    setup: Option<EngineSetup>,
) -> EngineView {
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
        setup,
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
            let fault = error.to_fault();
            view.guide = Some(Guide::for_this_machine(environment, fault.code).view(elevation));
            view.fault = Some(FaultView::from(&fault));
        }
    }
    view
}
