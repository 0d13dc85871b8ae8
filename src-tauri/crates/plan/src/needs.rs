//! What the machine must have for a network and its options.

use freehold_model::plan::Needs;
use freehold_model::spec::{NodeSpec, OptionValue, RequirementSpec};
use freehold_model::{ByteSize, Network};

use crate::{PlanError, ResolvedOptions};

/// The sizes that the first matching requirement comes to, and that requirement.
pub fn needs<'a>(
    spec: &'a NodeSpec,
    network: &Network,
    options: &ResolvedOptions,
) -> Result<(Needs, &'a RequirementSpec), PlanError> {
    let requirement = spec
        .requirements
        .iter()
        .filter(|found| found.networks.is_empty() || found.networks.contains(network))
        .find(|found| found.when.as_ref().is_none_or(|test| options.holds(spec, test)))
        .ok_or_else(|| PlanError::NoRequirement {
            network: network.clone(),
        })?;
    let added = match requirement
        .disk_option
        .as_ref()
        .filter(|option| options.is_active(option))
        .and_then(|option| options.value(option))
    {
        Some(OptionValue::Size(size)) => *size,
        Some(_) | None => ByteSize(0),
    };
    let needs = Needs {
        disk: requirement.disk.plus(added),
        disk_per_month: requirement.disk_per_month,
        ram: requirement.ram,
        download: requirement.download,
    };
    Ok((needs, requirement))
}
