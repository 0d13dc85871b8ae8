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
        ram: ram(spec, requirement, options),
        download: requirement.download,
    };
    Ok((needs, requirement))
}

/// The memory with its option as it is set: more or less than the requirement says, by as much as the option differs from
/// its default.
fn ram(spec: &NodeSpec, requirement: &RequirementSpec, options: &ResolvedOptions) -> ByteSize {
    let option = requirement
        .ram_option
        .as_ref()
        .filter(|option| options.is_active(option));
    let set = option.and_then(|option| options.value(option));
    let default = option.and_then(|option| Some(spec.option(option)?.kind.default_value()));
    match (set, default) {
        (Some(OptionValue::Size(set)), Some(OptionValue::Size(default))) => {
            let more = requirement.ram.bytes().saturating_add(set.bytes());
            ByteSize(more.saturating_sub(default.bytes()))
        }
        _ => requirement.ram,
    }
}
