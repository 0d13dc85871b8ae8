//! Dependencies, as far as this file alone shows them. What the needed entries must have is checked in `across.rs`.

use super::{Checker, expect_test, is_plain_name};
use crate::document::at;

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    checker.expect_unique(
        "dependency",
        spec.dependencies.iter().map(|dependency| dependency.name.as_str()),
        |index| at!["dependencies", index, "name"],
    );
    let networks: Vec<&str> = spec.networks.iter().map(|network| network.id.as_str()).collect();
    for (index, dependency) in spec.dependencies.iter().enumerate() {
        let place = |key: &str| at!["dependencies", index, key];
        if !is_plain_name(&dependency.name) {
            let reason = format!(
                "`{}` cannot name a dependency: use a-z, 0-9, `-` and `_`",
                dependency.name
            );
            checker.report(&place("name"), reason);
        }
        if dependency.clients.is_empty() {
            checker.report(&place("clients"), "a dependency names at least one catalog entry");
        }
        if dependency.clients.contains(&spec.id) {
            checker.report(&place("clients"), "an entry cannot need itself");
        }
        checker.expect_unique(
            "client",
            dependency.clients.iter().map(freehold_model::ClientId::as_str),
            |number| at!["dependencies", index, "clients", number],
        );
        if dependency.purpose.trim().is_empty() {
            checker.report(&place("purpose"), "a dependency says what it is needed for");
        }
        if let Some(test) = &dependency.when {
            expect_test(checker, &place("when"), test);
        }
        for (number, network) in dependency.networks.iter().enumerate() {
            let place = at!["dependencies", index, "networks", number];
            checker.expect_known(&place, "network", network.as_str(), &networks);
        }
        checker.expect_unique(
            "needed option",
            dependency.options.iter().map(|needed| needed.option.as_str()),
            |number| at!["dependencies", index, "options", number, "option"],
        );
        for (number, needed) in dependency.options.iter().enumerate() {
            if needed.because.trim().is_empty() {
                let place = at!["dependencies", index, "options", number, "because"];
                checker.report(&place, "a needed option needs a reason");
            }
        }
    }
}
