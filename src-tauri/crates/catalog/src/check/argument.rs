//! Arguments, environment and files: no empty text, no unknown placeholder, none about something that does not exist,
//! and none left out that the entry needs.

use freehold_model::NodeSpec;
use freehold_model::ServiceName;
use freehold_model::spec::placeholder::{Piece, Placeholder, pieces};
use freehold_model::spec::{OptionKind, OptionSpec, ServiceSpec};

use super::Checker;
use super::condition::Known;
use super::meaning::{Context, Kind, expect};
use crate::document::{Step, at};
use crate::shape::placeholder_hint;

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let mut used = Vec::new();
    for (index, service) in spec.services.iter().enumerate() {
        used.extend(of_service(checker, index, service));
    }
    for (index, network) in spec.networks.iter().enumerate() {
        let context = Context {
            kind: Kind::Fixed,
            services: spec.services_called(&spec.probe.service).collect(),
            known: Known {
                networks: vec![network.id.clone()],
                ..Known::default()
            },
        };
        list(checker, &at!["networks", index, "args"], &network.args, &context);
    }
    for (index, option) in spec.options.iter().enumerate() {
        of_option(checker, index, option);
    }
    credentials_are_used(checker, &used);
    secrets_are_used(checker, &used);
}

fn of_service(checker: &mut Checker<'_>, index: usize, service: &ServiceSpec) -> Vec<Placeholder> {
    let known = match &service.when {
        Some(test) => Known::default().and(test.option.as_str(), &test.equals),
        None => Known::default(),
    };
    let context = |kind| Context {
        kind,
        services: vec![service],
        known: known.clone(),
    };
    let place = at!["services", index, "args"];
    let mut used = list(checker, &place, &service.args, &context(Kind::Argument));
    for (name, value) in &service.env {
        let place = at!["services", index, "env", name.as_str()];
        used.extend(text(checker, &place, value, &context(Kind::Environment)));
    }
    for (number, file) in service.files.iter().enumerate() {
        let place = at!["services", index, "files", number, "content"];
        for (line_index, line) in file.content.lines().enumerate() {
            let before = checker.problems.len();
            used.extend(text(checker, &place, line, &context(Kind::File)));
            let line = checker.document.line_of_text(&place, line_index);
            for problem in checker.problems.iter_mut().skip(before) {
                problem.line = line.unwrap_or(problem.line);
            }
        }
    }
    used
}

/// The services that an option's arguments go to.
fn speaks_to<'a>(spec: &'a NodeSpec, option: &OptionSpec) -> Vec<&'a ServiceSpec> {
    let called: &ServiceName = option.service.as_ref().unwrap_or(&spec.probe.service);
    spec.services
        .iter()
        .filter(|service| service.is_called(called))
        .collect()
}

fn of_option(checker: &mut Checker<'_>, index: usize, option: &OptionSpec) {
    let spec = checker.spec;
    let mut known = Known {
        networks: option.networks.clone(),
        ..Known::default()
    };
    if let Some(test) = &option.only_if {
        known = known.and(test.option.as_str(), &test.equals);
    }
    let context = |kind, known| Context {
        kind,
        services: speaks_to(spec, option),
        known,
    };
    match &option.kind {
        OptionKind::Choice { choices, .. } => {
            for (number, choice) in choices.iter().enumerate() {
                let place = at!["options", index, "choices", number, "args"];
                let known = known.and(option.id.as_str(), &choice.value);
                list(checker, &place, &choice.args, &context(Kind::Fixed, known));
            }
        }
        OptionKind::Switch { on_args, off_args, .. } => {
            for (key, value, args) in [("on_args", "on", on_args), ("off_args", "off", off_args)] {
                let known = known.and(option.id.as_str(), value);
                list(checker, &at!["options", index, key], args, &context(Kind::Fixed, known));
            }
        }
        OptionKind::Secret { .. } => {}
        OptionKind::Size { args, .. }
        | OptionKind::Count { args, .. }
        | OptionKind::Text { args, .. }
        | OptionKind::List { args, .. } => {
            let place = at!["options", index, "args"];
            let used = list(checker, &place, args, &context(Kind::Value, known));
            if !args.is_empty() && !used.contains(&Placeholder::Value) {
                let reason = format!("the arguments of `{}` lack the placeholder `{{value}}`", option.id);
                checker.report(&place, reason);
            }
        }
    }
}

/// A user that no program is told of could not log in; one without a list of methods could call everything.
fn credentials_are_used(checker: &mut Checker<'_>, used: &[Placeholder]) {
    let spec = checker.spec;
    if spec.services.is_empty() {
        return;
    }
    let has_users = used.contains(&Placeholder::EachRpcAuth);
    let has_lists = used.contains(&Placeholder::EachRpcWhitelist);
    for (index, credential) in spec.credentials.iter().enumerate() {
        let in_file = used.contains(&Placeholder::CredentialPassword(credential.consumer.clone()));
        if !has_users && !in_file {
            let reason = format!(
                "no argument holds `{{each.rpcauth}}` and no file `{{credential.{}.password}}`: `{}` could not log in",
                credential.consumer, credential.consumer
            );
            checker.report(&at!["credentials", index, "consumer"], reason);
        }
        let is_open = spec
            .method_classes
            .get(&credential.class)
            .is_some_and(|class| class == &["*"]);
        if has_users && !has_lists && !is_open {
            let reason = format!(
                "the arguments lack `{{each.rpcwhitelist}}`, so the class `{}` would hold nothing back",
                credential.class
            );
            let hint = "a client that has no lists of methods gives every credential a class that is `[\"*\"]`";
            checker.report_with_hint(&at!["credentials", index, "class"], reason, hint);
        }
        if has_lists && is_open {
            let reason = "a class that is `*` cannot be written as a list of methods";
            checker.report(&at!["credentials", index, "class"], reason);
        }
    }
}

fn secrets_are_used(checker: &mut Checker<'_>, used: &[Placeholder]) {
    let spec = checker.spec;
    for (index, secret) in spec.secrets.iter().enumerate() {
        let in_probe = spec.probes().any(|probe| probe.secret.as_ref() == Some(&secret.name));
        if !in_probe && !used.contains(&Placeholder::Secret(secret.name.clone())) {
            let reason = format!("no file and no probe uses the secret `{}`", secret.name);
            checker.report(&at!["secrets", index, "name"], reason);
        }
    }
}

fn list(checker: &mut Checker<'_>, place: &[Step], args: &[String], context: &Context<'_>) -> Vec<Placeholder> {
    let mut used = Vec::new();
    for (index, arg) in args.iter().enumerate() {
        let place: Vec<Step> = place.iter().cloned().chain([Step::from(index)]).collect();
        used.extend(text(checker, &place, arg, context));
    }
    used
}

/// Checks one text, or one line of a file, and returns the placeholders that it holds.
fn text(checker: &mut Checker<'_>, place: &[Step], text: &str, context: &Context<'_>) -> Vec<Placeholder> {
    let may_be_empty = matches!(context.kind, Kind::Environment | Kind::File);
    if text.trim().is_empty() && !may_be_empty {
        checker.report(place, "an argument must not be empty");
        return Vec::new();
    }
    if text.contains(['\0', '\n']) {
        checker.report(place, "an argument must be one line");
    }
    let found = match pieces(text) {
        Ok(found) => found,
        Err(error) => {
            checker.report_with_hint(place, error.to_string(), placeholder_hint());
            return Vec::new();
        }
    };
    let mut context = context.clone();
    let mut used = Vec::new();
    let mut is_start = true;
    for piece in found {
        let Piece::Placeholder(placeholder) = piece else {
            is_start = false;
            continue;
        };
        if let Placeholder::When(option, equals) = &placeholder {
            if !is_start && context.kind == Kind::File {
                checker.report(place, "`{when....}` stands only at the beginning of a line");
            }
            context.known = context.known.and(option, equals);
        } else {
            is_start = false;
        }
        expect(checker, place, &placeholder, &context);
        used.push(placeholder);
    }
    used
}
