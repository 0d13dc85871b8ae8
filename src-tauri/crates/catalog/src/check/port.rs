//! Published ports: they exist on every network, one service has each at a time, and none is public unasked.

use freehold_model::Protocol;
use freehold_model::spec::{OptionKind, PortSpec, Publish, ServiceSpec};

use super::Checker;
use super::condition::exclude_each_other;
use crate::document::{Step, at};

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let mut published: Vec<(&ServiceSpec, &PortSpec)> = Vec::new();
    for (index, service) in spec.services.iter().enumerate() {
        for (number, port) in service.ports.iter().enumerate() {
            let place = |key: &str| at!["services", index, "ports", number, key];
            let same_name = published.iter().filter(|(_, other)| other.name == port.name);
            // Within a network no two names have one number, so one service for each name is one for each number.
            let mut clash = None;
            let mut differs = None;
            for (other_service, other) in same_name {
                if !exclude_each_other(spec, other_service.when.as_ref(), service.when.as_ref()) {
                    clash = Some(&other_service.name);
                } else if other.publish != port.publish || other.consent != port.consent {
                    differs = Some(&other_service.name);
                }
            }
            published.push((service, port));
            if let Some(other) = clash {
                let reason = format!(
                    "port `{}` is published by both `{other}` and `{}`",
                    port.name, service.name
                );
                let hint = "two services share a port's name only where `when` lets one of them be part of the node";
                checker.report_with_hint(&place("name"), reason, hint);
                continue;
            }
            if let Some(other) = differs {
                let reason = format!("port `{}` is published in another way by `{other}`", port.name);
                checker.report(&place("publish"), reason);
            }
            for network in &spec.networks {
                let known: Vec<&str> = network.ports.keys().map(String::as_str).collect();
                let what = format!("port of the network `{}` named", network.id);
                if !checker.expect_known(&place("name"), &what, &port.name, &known) {
                    break;
                }
            }
            consent(checker, port, &place("consent"));
            local(checker, port, &place("local"));
        }
    }
}

/// What publishes a port on this machine alone is asked for as well, and only where the port is not there anyway.
fn local(checker: &mut Checker<'_>, port: &PortSpec, place: &[Step]) {
    let Some(option) = &port.local else { return };
    let spec = checker.spec;
    if port.publish == Publish::Loopback {
        checker.report(
            place,
            "`local` belongs to public ports only: this one is on loopback anyway",
        );
        return;
    }
    let known: Vec<&str> = spec.options.iter().map(|known| known.id.as_str()).collect();
    if !checker.expect_known(place, "option", option.as_str(), &known) {
        return;
    }
    let kind = spec.option(option).map(|found| &found.kind);
    if !matches!(kind, Some(OptionKind::Switch { default: false, .. })) {
        checker.report(place, format!("`{option}` must be a switch that is off by default"));
    } else if port.consent.as_ref() == Some(option) {
        checker.report(place, format!("`{option}` is the port's `consent` already"));
    }
}

fn consent(checker: &mut Checker<'_>, port: &PortSpec, place: &[Step]) {
    let spec = checker.spec;
    match (port.publish, &port.consent) {
        (Publish::Loopback, None) => {}
        (Publish::Public, None) => {
            let reason = format!("the public port `{}` needs a `consent` option", port.name);
            checker.report_with_hint(place, reason, "name a switch by which the user agrees to it");
        }
        (Publish::Loopback | Publish::Public, Some(option)) => {
            if port.publish == Publish::Loopback {
                harmless(checker, port, place);
            }
            let known: Vec<&str> = spec.options.iter().map(|known| known.id.as_str()).collect();
            if !checker.expect_known(place, "option", option.as_str(), &known) {
                return;
            }
            match spec.option(option).map(|found| &found.kind) {
                Some(OptionKind::Switch { default: false, .. }) | None => {}
                Some(OptionKind::Switch { default: true, .. }) => {
                    checker.report(
                        place,
                        format!("`{option}` is on by default: nothing is public without being asked for"),
                    );
                }
                Some(
                    OptionKind::Choice { .. }
                    | OptionKind::Size { .. }
                    | OptionKind::Count { .. }
                    | OptionKind::Text { .. }
                    | OptionKind::Secret { .. }
                    | OptionKind::List { .. },
                ) => {
                    checker.report(place, format!("`{option}` must be a switch to be a consent"));
                }
            }
        }
    }
}

/// What is otherwise on this machine alone may be opened to a network only where nobody can do harm there: an Electrum server
/// reads and passes on transactions, and monerod's asks for a password without sending it.
fn harmless(checker: &mut Checker<'_>, port: &PortSpec, place: &[Step]) {
    let spec = checker.spec;
    let mut offered = spec.endpoints.iter().filter(|offer| offer.port == port.name).peekable();
    let is_known = offered.peek().is_some();
    let is_harmless = offered.all(|offer| match offer.protocol {
        Protocol::ElectrumTcp | Protocol::ElectrumSsl => true,
        Protocol::MoneroHttp => offer.secret.is_some(),
        _ => false,
    });
    if !(is_known && is_harmless) {
        let reason = format!("port `{}` may not be opened beyond this machine", port.name);
        let hint = "only an Electrum port, or monerod's with a password, may have a consent option";
        checker.report_with_hint(place, reason, hint);
    }
}
