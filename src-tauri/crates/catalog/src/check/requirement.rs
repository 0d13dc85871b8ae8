//! Requirements: dated, sourced, and one that matches whatever the user chooses on each network.

use freehold_model::Network;
use freehold_model::spec::{OptionKind, OptionSpec, RequirementSpec};

use super::{Checker, expect_test, is_date};
use crate::document::at;

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let networks: Vec<&str> = spec.networks.iter().map(|network| network.id.as_str()).collect();
    for (index, requirement) in spec.requirements.iter().enumerate() {
        for (number, network) in requirement.networks.iter().enumerate() {
            checker.expect_known(
                &at!["requirements", index, "networks", number],
                "network",
                network.as_str(),
                &networks,
            );
        }
        if let Some(test) = &requirement.when {
            expect_test(checker, &at!["requirements", index, "when"], test);
        }
        let sizes = [
            ("disk_option", &requirement.disk_option),
            ("ram_option", &requirement.ram_option),
        ];
        for (key, option) in sizes {
            let Some(option) = option else { continue };
            let place = at!["requirements", index, key];
            let known: Vec<&str> = spec.options.iter().map(|known| known.id.as_str()).collect();
            if checker.expect_known(&place, "option", option.as_str(), &known)
                && !matches!(
                    spec.option(option).map(|found| &found.kind),
                    Some(OptionKind::Size { .. })
                )
            {
                checker.report(&place, format!("`{option}` is not a size"));
            }
        }
        for (key, size) in [("disk", requirement.disk), ("ram", requirement.ram)] {
            if size.bytes() == 0 {
                checker.report(&at!["requirements", index, key], format!("`{key}` must not be 0"));
            }
        }
        if !is_date(&requirement.as_of) {
            let reason = format!("`{}` is not a date: write YYYY-MM-DD", requirement.as_of);
            checker.report(&at!["requirements", index, "as_of"], reason);
        }
        if requirement.source.trim().is_empty() {
            checker.report(&at!["requirements", index, "source"], "a requirement needs a source");
        }
    }
    for (index, network) in spec.networks.iter().enumerate() {
        if let Some(missing) = uncovered(&spec.requirements, &spec.options, &network.id) {
            let reason = format!("no requirement matches `{}`{missing}", network.id);
            checker.report_with_hint(
                &at!["networks", index, "id"],
                reason,
                "add one without `when` at the end",
            );
        }
    }
}

/// What is left without a requirement, as the end of a sentence; `None` where everything is covered: by a requirement
/// without a condition, or by one for each value of one option.
fn uncovered(requirements: &[RequirementSpec], options: &[OptionSpec], network: &Network) -> Option<String> {
    let of_network: Vec<&RequirementSpec> = requirements
        .iter()
        .filter(|found| found.networks.is_empty() || found.networks.contains(network))
        .collect();
    if of_network.iter().any(|found| found.when.is_none()) {
        return None;
    }
    let mut missing = Some(String::new());
    for option in options {
        let tested: Vec<&str> = of_network
            .iter()
            .filter_map(|found| found.when.as_ref())
            .filter(|test| test.option == option.id)
            .map(|test| test.equals.as_str())
            .collect();
        let values: Vec<&str> = match &option.kind {
            OptionKind::Choice { choices, .. } => choices.iter().map(|choice| choice.value.as_str()).collect(),
            OptionKind::Switch { .. } => vec!["on", "off"],
            OptionKind::Size { .. }
            | OptionKind::Count { .. }
            | OptionKind::Text { .. }
            | OptionKind::Secret { .. }
            | OptionKind::List { .. } => continue,
        };
        let is_tested = |value: &str| {
            tested
                .iter()
                .any(|text| option.kind.parse(text) == option.kind.parse(value))
        };
        match values.into_iter().find(|value| !is_tested(value)) {
            None => return None,
            Some(value) if !tested.is_empty() => missing = Some(format!(" with `{} = {value}`", option.id)),
            Some(_) => {}
        }
    }
    missing
}
