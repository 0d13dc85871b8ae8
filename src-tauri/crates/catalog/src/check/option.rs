//! Options and rules: defaults that are in range, tests and rules about options that exist.

use freehold_model::ByteSize;
use freehold_model::spec::{OptionKind, OptionSpec};

use super::{Checker, expect_test, expect_value};
use crate::document::at;

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    checker.expect_unique(
        "option",
        spec.options.iter().map(|option| option.id.as_str()),
        |index| at!["options", index, "id"],
    );
    let networks: Vec<&str> = spec.networks.iter().map(|network| network.id.as_str()).collect();
    for (index, option) in spec.options.iter().enumerate() {
        for (number, network) in option.networks.iter().enumerate() {
            checker.expect_known(
                &at!["options", index, "networks", number],
                "network",
                network.as_str(),
                &networks,
            );
        }
        if let Some(test) = &option.only_if {
            let place = at!["options", index, "only_if"];
            expect_test(checker, &place, test);
            if test.option == option.id {
                checker.report(&place, format!("`{}` cannot depend on itself", option.id));
            }
        }
        kind(checker, index, option);
    }
    for (index, rule) in spec.rules.iter().enumerate() {
        expect_test(checker, &at!["rules", index, "when"], &rule.when);
        expect_value(
            checker,
            (&at!["rules", index, "option"], &rule.option),
            (&at!["rules", index, "becomes"], &rule.becomes),
        );
        if rule.option == rule.when.option {
            checker.report(
                &at!["rules", index, "option"],
                "a rule cannot change the option that it depends on",
            );
        }
        if rule.because.trim().is_empty() {
            checker.report(&at!["rules", index, "because"], "a rule needs a reason");
        }
    }
}

fn kind(checker: &mut Checker<'_>, index: usize, option: &OptionSpec) {
    match &option.kind {
        OptionKind::Choice { default, choices } => {
            if choices.len() < 2 {
                checker.report(&at!["options", index, "choices"], "a choice needs at least two values");
            }
            let known: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
            checker.expect_known(&at!["options", index, "default"], "choice", default, &known);
            checker.expect_unique("choice", known.iter().copied(), |choice| {
                at!["options", index, "choices", choice, "value"]
            });
        }
        OptionKind::Switch { .. } => {}
        OptionKind::Size {
            default,
            min,
            max,
            unit,
            ..
        } => {
            range(
                checker,
                index,
                (&exact(*default), default),
                (&exact(*min), min),
                (&exact(*max), max),
            );
            for (key, size) in [("default", default), ("min", min)] {
                // A value below one unit would be written as 0, which many programs take for "no limit".
                if size.bytes() > 0 && size.bytes() < unit.bytes() {
                    let reason = format!("`{key}` is less than one {}", unit.label());
                    checker.report(&at!["options", index, key], reason);
                }
            }
        }
        OptionKind::Count { default, min, max, .. } => {
            range(
                checker,
                index,
                (&default.to_string(), default),
                (&min.to_string(), min),
                (&max.to_string(), max),
            );
        }
        OptionKind::List { example, allowed, .. } => {
            if let Some(bad) = allowed
                .chars()
                .find(|c| c.is_whitespace() || c.is_control() || ",{}$`'\"\\=".contains(*c))
            {
                let reason = format!("`allowed` may not hold `{}`", bad.escape_default());
                checker.report(&at!["options", index, "allowed"], reason);
            }
            if let Err(error) = option.kind.parse(example) {
                checker.report(
                    &at!["options", index, "example"],
                    format!("the example is not allowed: {error}"),
                );
            }
        }
    }
}

fn exact(size: ByteSize) -> String {
    freehold_model::spec::OptionValue::Size(size).to_string()
}

fn range<T: Ord>(checker: &mut Checker<'_>, index: usize, default: (&str, &T), min: (&str, &T), max: (&str, &T)) {
    if min.1 > max.1 {
        checker.report(
            &at!["options", index, "min"],
            format!("`min` {} is above `max` {}", min.0, max.0),
        );
    } else if default.1 < min.1 || default.1 > max.1 {
        let reason = format!("the default {} is outside {} to {}", default.0, min.0, max.0);
        checker.report(&at!["options", index, "default"], reason);
    }
}
