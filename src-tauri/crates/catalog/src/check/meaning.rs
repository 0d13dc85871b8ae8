//! What each placeholder stands for: something of that name has to exist wherever the text is used.

use freehold_model::spec::placeholder::Placeholder;
use freehold_model::spec::{NetworkSpec, NodeSpec, OptionKind, OptionTest, ServiceSpec};
use freehold_model::{OptionId, ServiceName};

use super::Checker;
use super::condition::{Known, service_words, without_any};
use crate::document::Step;

/// The kind of text: decides which placeholders it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An argument of a service.
    Argument,
    /// A value of a service's environment.
    Environment,
    /// An argument of a network, a switch or a choice.
    Fixed,
    /// An argument of an option that stands for a value.
    Value,
    /// A line of a file.
    File,
}

/// Where a text stands.
#[derive(Debug, Clone)]
pub(super) struct Context<'a> {
    pub(super) kind: Kind,
    /// The services that get the text: several where a role stands for them.
    pub(super) services: Vec<&'a ServiceSpec>,
    pub(super) known: Known,
}

/// Reports a placeholder that stands for nothing where it is.
pub(super) fn expect(checker: &mut Checker<'_>, place: &[Step], placeholder: &Placeholder, context: &Context<'_>) {
    let spec = checker.spec;
    if placeholder.is_for_files() && context.kind != Kind::File {
        let reason = "secrets and conditions stand only in `files`, never in arguments or environment";
        let hint = "arguments and environment can be read by every program that may ask the engine";
        checker.report_with_hint(place, reason, hint);
        return;
    }
    match placeholder {
        Placeholder::Network | Placeholder::Node => {}
        Placeholder::NetworkWord(name) => in_networks(checker, place, "word", name, context, |network, name| {
            network.words.contains_key(name)
        }),
        Placeholder::Port(name) => in_networks(checker, place, "port", name, context, |network, name| {
            network.ports.contains_key(name)
        }),
        Placeholder::Host(name) => host(checker, place, name, context),
        Placeholder::Mount(name) => mount(checker, place, name, context),
        Placeholder::Option(id) => {
            if let Some(kind) = option(checker, place, id, context)
                && matches!(kind, OptionKind::Secret { .. })
            {
                let reason = format!("`{id}` is a secret: only `{{secret.{id}}}` in a file stands for it");
                checker.report(place, reason);
            }
        }
        Placeholder::Flag(id) | Placeholder::Bit(id) => {
            if let Some(kind) = option(checker, place, id, context)
                && !matches!(kind, OptionKind::Switch { .. })
            {
                let hint = format!("`{{option.{id}}}` stands for its value");
                checker.report_with_hint(place, format!("`{id}` is not a switch"), hint);
            }
        }
        Placeholder::Value => {
            if context.kind != Kind::Value {
                let reason = "`{value}` stands only in the arguments of a size, a count, a text or a list";
                checker.report(place, reason);
            }
        }
        Placeholder::EachRpcAuth | Placeholder::EachRpcWhitelist => {
            if context.kind != Kind::Argument {
                checker.report(place, "`{each....}` stands only in the arguments of a service");
            } else if spec.credentials.is_empty() {
                checker.report(place, "`{each....}` needs at least one entry in `credentials`");
            }
        }
        Placeholder::NeedsHost(name) | Placeholder::NeedsHostOf(name, _) | Placeholder::NeedsPort(name, _) => {
            needed(checker, place, name, context, false);
        }
        Placeholder::NeedsUser(name) | Placeholder::NeedsPassword(name) => needed(checker, place, name, context, true),
        Placeholder::Secret(name) => secret(checker, place, name, context),
        Placeholder::CredentialUser(consumer) | Placeholder::CredentialPassword(consumer) => {
            let known: Vec<&str> = spec.credentials.iter().map(|found| found.consumer.as_str()).collect();
            checker.expect_known(place, "credential for", consumer, &known);
        }
        Placeholder::When(option, equals) => when(checker, place, option, equals),
    }
}

fn in_networks(
    checker: &mut Checker<'_>,
    place: &[Step],
    what: &str,
    name: &str,
    context: &Context<'_>,
    has: impl Fn(&NetworkSpec, &str) -> bool,
) {
    let spec = checker.spec;
    let used_on = context.known.networks_of(spec);
    let mut of_networks = spec.networks.iter().filter(|network| used_on.contains(&network.id));
    if let Some(network) = of_networks.find(|network| !has(network, name)) {
        let known: Vec<&str> = match what {
            "port" => network.ports.keys().map(String::as_str).collect(),
            _ => network.words.keys().map(String::as_str).collect(),
        };
        checker.expect_known(
            place,
            &format!("{what} of the network `{}` named", network.id),
            name,
            &known,
        );
    }
}

fn host(checker: &mut Checker<'_>, place: &[Step], name: &str, context: &Context<'_>) {
    let spec = checker.spec;
    if !checker.expect_known(place, "service", name, &service_words(spec)) {
        return;
    }
    let Ok(called) = ServiceName::try_new(name) else { return };
    let is_there = spec.services_called(&called).any(|service| {
        service
            .when
            .as_ref()
            .is_some_and(|test| context.known.holds(spec, test))
    });
    if !is_there && let Some(test) = without_any(spec, spec.services_called(&called)) {
        let reason = format!(
            "`{name}` is not part of the node with `{} = {}`, and the text is used then too",
            test.option, test.equals
        );
        checker.report(place, reason);
    }
}

fn mount(checker: &mut Checker<'_>, place: &[Step], name: &str, context: &Context<'_>) {
    for service in &context.services {
        let known: Vec<&str> = service.mounts.iter().map(|mount| mount.name.as_str()).collect();
        if !checker.expect_known(place, &format!("mount of `{}` named", service.name), name, &known) {
            break;
        }
    }
}

/// The option's kind, where it exists and has a value wherever the text is used.
fn option<'a>(checker: &mut Checker<'a>, place: &[Step], id: &str, context: &Context<'_>) -> Option<&'a OptionKind> {
    let spec: &'a NodeSpec = checker.spec;
    let known: Vec<&str> = spec.options.iter().map(|option| option.id.as_str()).collect();
    if !checker.expect_known(place, "option", id, &known) {
        return None;
    }
    let found = spec.options.iter().find(|option| option.id.as_str() == id)?;
    if let Some(network) = context.known.outside(spec, &found.networks) {
        checker.report(
            place,
            format!("`{id}` is not offered on `{network}`, and the text is used there too"),
        );
        return None;
    }
    Some(&found.kind)
}

fn needed(checker: &mut Checker<'_>, place: &[Step], name: &str, context: &Context<'_>, is_credential: bool) {
    let spec = checker.spec;
    let known: Vec<&str> = spec.dependencies.iter().map(|needed| needed.name.as_str()).collect();
    if !checker.expect_known(place, "dependency", name, &known) {
        return;
    }
    let Some(found) = spec.dependencies.iter().find(|needed| needed.name == name) else {
        return;
    };
    if is_credential && found.consumer.is_none() {
        let hint = "`consumer` names one of the credentials of the needed entry";
        checker.report_with_hint(place, format!("the dependency `{name}` names no `consumer`"), hint);
    }
    if let Some(test) = found.when.as_ref().filter(|test| !context.known.holds(spec, test)) {
        let reason = format!(
            "`{name}` is needed only with `{} = {}`, and the text is used without it too",
            test.option, test.equals
        );
        let hint = format!(
            "begin the line of the file with `{{when.{}={}}}`, or give the argument to that value of the option",
            test.option, test.equals
        );
        checker.report_with_hint(place, reason, hint);
    }
    if let Some(network) = context.known.outside(spec, &found.networks) {
        let reason = format!("`{name}` is not needed on `{network}`, and the text is used there too");
        checker.report(place, reason);
    }
}

fn secret(checker: &mut Checker<'_>, place: &[Step], name: &str, context: &Context<'_>) {
    let spec = checker.spec;
    let is_secret_option = |id: &OptionId| {
        matches!(
            spec.option(id).map(|found| &found.kind),
            Some(OptionKind::Secret { .. })
        )
    };
    let given = spec
        .options
        .iter()
        .map(|option| &option.id)
        .filter(|id| is_secret_option(id));
    let mut known: Vec<&str> = spec.secrets.iter().map(|secret| secret.name.as_str()).collect();
    known.extend(given.map(OptionId::as_str));
    if !checker.expect_known(place, "secret", name, &known) {
        return;
    }
    let Ok(id) = OptionId::try_new(name) else { return };
    let test = OptionTest {
        option: id.clone(),
        equals: "set".to_owned(),
    };
    let is_given = spec.option(&id).is_some_and(|found| {
        let has_effect = found
            .only_if
            .as_ref()
            .is_none_or(|test| context.known.holds(spec, test));
        found.required && has_effect && context.known.outside(spec, &found.networks).is_none()
    });
    if is_secret_option(&id) && !is_given && !context.known.holds(spec, &test) {
        let hint = format!("begin the line with `{{when.{id}=set}}`");
        checker.report_with_hint(place, format!("nobody has to give the secret `{id}`"), hint);
    }
}

fn when(checker: &mut Checker<'_>, place: &[Step], id: &str, equals: &str) {
    let spec = checker.spec;
    let known: Vec<&str> = spec.options.iter().map(|option| option.id.as_str()).collect();
    if !checker.expect_known(place, "option", id, &known) {
        return;
    }
    let found = spec.options.iter().find(|option| option.id.as_str() == id);
    if let Some(Err(error)) = found.map(|found| found.kind.parse(equals)) {
        checker.report(place, format!("`{id}` can never have this value: {error}"));
    }
}
