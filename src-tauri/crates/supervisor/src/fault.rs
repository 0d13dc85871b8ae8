//! Faults of the planning crates, which know no people.

use freehold_model::{ClientId, Fault, FaultCode};
use freehold_plan::{OptionError, PlanError};

/// An option that cannot have its value.
pub fn option_fault(client: &ClientId, error: &OptionError) -> Fault {
    Fault::new(FaultCode::OptionInvalid)
        .with("client", client)
        .with("option", error.option())
        .with("reason", error.reason())
}

/// A plan that cannot be made.
pub fn plan_fault(error: &PlanError) -> Fault {
    match error {
        PlanError::NetworkUnknown { network, known } => Fault::new(FaultCode::NetworkUnknown)
            .with("network", network)
            .with("known", known.join(", ")),
        PlanError::NoFreePort { .. } => Fault::new(FaultCode::PortInUse).because(error),
        PlanError::NoRequirement { .. }
        | PlanError::ImageMissing { .. }
        | PlanError::PortMissing { .. }
        | PlanError::CredentialMissing { .. }
        | PlanError::SecretInArgument { .. }
        | PlanError::NeededNodeMissing { .. }
        | PlanError::RoleTwice { .. }
        | PlanError::Placeholder { .. }
        | PlanError::NothingNamed { .. } => Fault::new(FaultCode::Internal).with("reason", error),
    }
}
