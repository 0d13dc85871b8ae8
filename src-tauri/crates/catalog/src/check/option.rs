//! Options and rules: defaults that are in range, tests and rules about options that exist.

use freehold_model::ByteSize;
use freehold_model::spec::{Consequence, OptionKind, OptionSpec};

use super::condition::service_words;
use super::{Checker, expect_test, expect_value};
use crate::common;
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
        if let Some(service) = &option.service
            && spec.unavailable.is_none()
        {
            let place = at!["options", index, "service"];
            checker.expect_known(&place, "service", service.as_str(), &service_words(spec));
        }
        kind(checker, index, option);
        required(checker, index, option);
        consequences(checker, index, option);
        common(checker, index, option);
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
        OptionKind::Switch { .. } | OptionKind::Secret { .. } => {}
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
        OptionKind::Text { example, allowed, .. } | OptionKind::List { example, allowed, .. } => {
            // A comma ends an entry of a list.
            let refused = match option.kind {
                OptionKind::List { .. } => ",={}$`'\"\\",
                _ => "{}$`'\"\\",
            };
            if let Some(bad) = allowed
                .chars()
                .find(|c| c.is_whitespace() || c.is_control() || refused.contains(*c))
            {
                let reason = format!("`allowed` may not hold `{}`", bad.escape_default());
                checker.report(&at!["options", index, "allowed"], reason);
            }
            if let OptionKind::Text { default, .. } = &option.kind
                && let Err(error) = option.kind.parse(default)
            {
                let reason = format!("the default is not allowed: {error}");
                checker.report(&at!["options", index, "default"], reason);
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

/// Only what has no value by itself can have to be given.
fn required(checker: &mut Checker<'_>, index: usize, option: &OptionSpec) {
    if !option.required {
        return;
    }
    match &option.kind {
        OptionKind::Secret { .. } => {}
        OptionKind::Text { default, .. } => {
            if !default.is_empty() {
                let reason = format!("`{}` has a default, so nobody has to give it", option.id);
                checker.report(&at!["options", index, "required"], reason);
            }
        }
        OptionKind::Choice { .. }
        | OptionKind::Switch { .. }
        | OptionKind::Size { .. }
        | OptionKind::Count { .. }
        | OptionKind::List { .. } => {
            let reason = "`required` belongs to texts and secrets: everything else has a value by itself";
            checker.report(&at!["options", index, "required"], reason);
        }
    }
}

/// What changing the option means.
fn consequences(checker: &mut Checker<'_>, index: usize, option: &OptionSpec) {
    for (number, consequence) in option.consequences.iter().enumerate() {
        let place = |key: &str| at!["options", index, "consequences", number, key];
        for (key, value) in [("from", &consequence.from), ("to", &consequence.to)] {
            if let Some(Err(error)) = value.as_ref().map(|value| option.kind.parse(value)) {
                let reason = format!("`{}` can never have this value: {error}", option.id);
                checker.report(&place(key), reason);
            }
        }
        if consequence.from.is_some() && consequence.from == consequence.to {
            checker.report(&place("to"), "`from` and `to` are the same: nothing would change");
        }
        if consequence.because.trim().is_empty() {
            checker.report(&place("because"), "a consequence needs a reason");
        }
        for (which, arg) in consequence.once_args.iter().enumerate() {
            let place = at!["options", index, "consequences", number, "once_args", which];
            if arg.trim().is_empty() || arg.contains(['{', '}', '\n', '\0']) {
                checker.report(
                    &place,
                    "an argument of the next start is one line of plain text, without placeholders",
                );
            }
        }
        let earlier = option.consequences.iter().take(number);
        let is_covered = |first: Option<&String>, later: Option<&String>| first.is_none() || first == later;
        let hides = |other: &Consequence| {
            is_covered(other.from.as_ref(), consequence.from.as_ref())
                && is_covered(other.to.as_ref(), consequence.to.as_ref())
        };
        if let Some(first) = earlier
            .enumerate()
            .find_map(|(which, other)| hides(other).then_some(which))
        {
            let reason = format!("consequence {} comes first and holds for the same change", first + 1);
            checker.report(&at!["options", index, "consequences", number], reason);
        }
    }
}

/// An option with the id of a common one is read by Freehold itself, so it has to be of the same type.
fn common(checker: &mut Checker<'_>, index: usize, option: &OptionSpec) {
    let Some(known) = common::options().iter().find(|known| known.id == option.id) else {
        return;
    };
    let (own, wanted) = (&option.kind, &known.kind);
    if std::mem::discriminant(own) != std::mem::discriminant(wanted) {
        let reason = format!(
            "`{}` is an option of every entry and has to be of the same type",
            option.id
        );
        let hint = "see `common.toml`; give your own option another id";
        checker.report_with_hint(&at!["options", index, "type"], reason, hint);
        return;
    }
    if let (OptionKind::Choice { choices: own, .. }, OptionKind::Choice { choices: wanted, .. }) = (own, wanted)
        && let Some(foreign) = own
            .iter()
            .find(|choice| !wanted.iter().any(|known| known.value == choice.value))
    {
        let reason = format!(
            "`{}` is an option of every entry and knows no value `{}`",
            option.id, foreign.value
        );
        checker.report(&at!["options", index, "choices"], reason);
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
