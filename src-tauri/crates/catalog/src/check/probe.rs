//! Probes: a service and a port that answer, the way to log in, and what each kind needs.

use freehold_model::ServiceName;
use freehold_model::expression;
use freehold_model::spec::placeholder::{Piece, Placeholder, pieces};
use freehold_model::spec::{OptionKind, ProbeKind, ProbeSpec, Publish};

use super::condition::service_words;
use super::{Checker, expect_test, is_inner_path};
use crate::document::{Step, at};
use crate::expand;

pub(super) fn check(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    probe(checker, &at!["probe"], &spec.probe);
    for (index, companion) in spec.companions.iter().enumerate() {
        probe(checker, &at!["companions", index], companion);
    }
    identity(checker);
}

fn with(place: &[Step], key: &str) -> Vec<Step> {
    place.iter().cloned().chain([Step::from(key)]).collect()
}

fn probe(checker: &mut Checker<'_>, place: &[Step], probe: &ProbeSpec) {
    let spec = checker.spec;
    // A listed entry has no services: only what the probe says of itself is checked.
    let is_installable = spec.unavailable.is_none();
    if is_installable {
        published(checker, place, "port", &probe.service, &probe.port);
        if let Some(port) = &probe.push_port {
            published(checker, place, "push_port", &probe.service, port);
        }
        log_in(checker, place, probe);
    }
    if let Some(test) = &probe.when {
        expect_test(checker, &with(place, "when"), test);
    }
    for (index, option) in probe.peer_options.iter().enumerate() {
        let place: Vec<Step> = with(place, "peer_options")
            .into_iter()
            .chain([Step::from(index)])
            .collect();
        let known: Vec<&str> = spec.options.iter().map(|option| option.id.as_str()).collect();
        let is_known = checker.expect_known(&place, "option", option.as_str(), &known);
        if is_known
            && !matches!(
                spec.option(option).map(|found| &found.kind),
                Some(OptionKind::List { .. })
            )
        {
            checker.report(&place, format!("`{option}` is not a list of peers"));
        }
    }
    if let Some(name) = &probe.follows {
        let known: Vec<&str> = spec.dependencies.iter().map(|needed| needed.name.as_str()).collect();
        checker.expect_known(&with(place, "follows"), "dependency", name, &known);
    }
    if probe.silent_while.as_deref().is_some_and(|text| text.trim().is_empty()) {
        checker.report(&with(place, "silent_while"), "`silent_while` must not be empty");
    }
    path(checker, &with(place, "path"), &probe.path);
    declared(checker, place, probe);
}

/// A path behind host and port.
pub(super) fn path(checker: &mut Checker<'_>, place: &[Step], path: &str) {
    if !path.is_empty() && (!path.starts_with('/') || path.contains(char::is_whitespace)) {
        checker.report(
            place,
            format!("`{path}` is not a path: it begins with `/` and holds no blanks"),
        );
    }
}

/// How the probe is let in.
fn log_in(checker: &mut Checker<'_>, place: &[Step], probe: &ProbeSpec) {
    let spec = checker.spec;
    if let Some(consumer) = &probe.consumer {
        let known: Vec<&str> = spec.credentials.iter().map(|found| found.consumer.as_str()).collect();
        checker.expect_known(&with(place, "consumer"), "credential for", consumer, &known);
    }
    if let Some(secret) = &probe.secret {
        let known: Vec<&str> = spec.secrets.iter().map(|found| found.name.as_str()).collect();
        checker.expect_known(&with(place, "secret"), "secret", secret, &known);
    }
    if probe.user.is_some() && probe.secret.is_none() {
        checker.report(&with(place, "user"), "`user` belongs to `secret`");
    }
    let ways: Vec<&str> = [
        ("consumer", probe.consumer.is_some()),
        ("secret", probe.secret.is_some()),
        ("token", probe.token.is_some()),
    ]
    .into_iter()
    .filter_map(|(key, is_there)| is_there.then_some(key))
    .collect();
    if let [first, second, ..] = ways.as_slice() {
        let reason = format!("the probe has both `{first}` and `{second}`: it logs in in one way");
        checker.report(&with(place, second), reason);
    }
    let needs = match probe.kind {
        ProbeKind::Bitcoind => &["consumer", "secret", "token"][..],
        ProbeKind::CoreLightning => &["token"][..],
        ProbeKind::Electrum
        | ProbeKind::EthereumExecution
        | ProbeKind::EthereumBeacon
        | ProbeKind::OpNode
        | ProbeKind::Monerod
        | ProbeKind::Zebra
        | ProbeKind::Kubo
        | ProbeKind::Arweave
        | ProbeKind::Solana
        | ProbeKind::Avalanche
        | ProbeKind::Lnd
        | ProbeKind::Kaspad
        | ProbeKind::Tor
        | ProbeKind::Port
        | ProbeKind::Json => &[][..],
    };
    if !needs.is_empty() && !ways.iter().any(|way| needs.contains(way)) {
        let reason = format!("a probe of this kind needs `{}`", needs.join("` or `"));
        checker.report(&with(place, "kind"), reason);
    }
    token(checker, place, probe);
}

fn token(checker: &mut Checker<'_>, place: &[Step], probe: &ProbeSpec) {
    let spec = checker.spec;
    let Some(token) = &probe.token else { return };
    let place = with(place, "token");
    for service in spec.services_called(&probe.service) {
        let known: Vec<&str> = service.mounts.iter().map(|mount| mount.name.as_str()).collect();
        let what = format!("mount of `{}` named", service.name);
        if !checker.expect_known(&with(&place, "mount"), &what, &token.mount, &known) {
            break;
        }
    }
    let place = with(&place, "path");
    match pieces(&token.path) {
        Err(error) => checker.report(&place, error.to_string()),
        Ok(found) => {
            for piece in found {
                match piece {
                    Piece::Text(_) | Piece::Placeholder(Placeholder::Network) => {}
                    Piece::Placeholder(Placeholder::NetworkWord(word)) => {
                        for network in &spec.networks {
                            let known: Vec<&str> = network.words.keys().map(String::as_str).collect();
                            let what = format!("word of the network `{}` named", network.id);
                            if !checker.expect_known(&place, &what, &word, &known) {
                                break;
                            }
                        }
                    }
                    Piece::Placeholder(_) => {
                        checker.report(
                            &place,
                            "the path of a token holds only `{network}` and `{network.NAME}`",
                        );
                    }
                }
            }
        }
    }
    if !is_inner_path(&token.path) {
        checker.report(&place, format!("`{}` is not a path below the mount", token.path));
    }
}

/// What a declarative probe asks and computes.
fn declared(checker: &mut Checker<'_>, place: &[Step], probe: &ProbeSpec) {
    match (&probe.json, probe.kind == ProbeKind::Json) {
        (None, false) => {}
        (Some(_), false) => {
            checker.report(&with(place, "json"), "`json` belongs to a probe of kind `json`");
        }
        (None, true) => {
            checker.report(&with(place, "kind"), "a probe of kind `json` needs the table `json`");
        }
        (Some(json), true) => {
            for (key, reason) in expression::check(json).err().unwrap_or_default() {
                let place = key.split('.').fold(with(place, "json"), |place, key| with(&place, key));
                checker.report(&place, reason);
            }
        }
    }
}

/// Reports a service that does not exist or a port that it does not publish on this machine.
pub(super) fn published(checker: &mut Checker<'_>, place: &[Step], key: &str, service: &ServiceName, port: &str) {
    let spec = checker.spec;
    if !checker.expect_known(
        &with(place, "service"),
        "service",
        service.as_str(),
        &service_words(spec),
    ) {
        return;
    }
    for found in spec.services_called(service) {
        let ports: Vec<&str> = found
            .ports
            .iter()
            .filter(|port| port.publish == Publish::Loopback)
            .map(|port| port.name.as_str())
            .collect();
        let what = format!("port that `{}` publishes on loopback and that is named", found.name);
        if !checker.expect_known(&with(place, key), &what, port, &ports) {
            break;
        }
    }
}

/// Questions that the probe can ask: a check that its own user may not call would always fail.
fn identity(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let class = spec
        .probe
        .consumer
        .as_ref()
        .and_then(|consumer| spec.credentials.iter().find(|found| found.consumer == *consumer));
    // A class that does not exist is reported where it is named.
    let class = class
        .map(|found| found.class.as_str())
        .filter(|class| spec.method_classes.contains_key(*class));
    let allowed = class.map(|class| (class, expand::methods(&spec.method_classes, class)));
    for (index, network) in spec.networks.iter().enumerate() {
        for (number, check) in network.identity.iter().enumerate() {
            let place = |key: &str| at!["networks", index, "identity", number, key];
            if let Some(json) = &spec.probe.json {
                if let Err(reason) = expression::check_identity(json, check) {
                    checker.report(&place("method"), reason);
                }
            } else if let Some((class, allowed)) = &allowed
                && !allowed.contains(&check.method)
                && !allowed.contains("*")
            {
                let reason = format!(
                    "the probe may not call `{}`: its class `{class}` does not hold it",
                    check.method
                );
                checker.report(&place("method"), reason);
            }
            let says = [
                !check.equals.is_null(),
                check.refuse_containing.is_some(),
                check.refuse_bit.is_some(),
            ];
            if says.into_iter().filter(|said| *said).count() != 1 {
                checker.report(
                    &place("method"),
                    "an identity check needs one of `equals`, `refuse_containing` and `refuse_bit`",
                );
            }
            if check.refuse_bit.is_some_and(|bit| bit > 63) {
                checker.report(&place("refuse_bit"), "`refuse_bit` is at most 63");
            }
            if check.method.trim().is_empty() {
                checker.report(&place("method"), "`method` must not be empty");
            }
            let is_pointer = |text: &str| text.is_empty() || text.starts_with('/');
            if check.pointer.as_deref().is_some_and(|text| !is_pointer(text)) {
                checker.report(
                    &place("pointer"),
                    "a JSON pointer begins with `/`, for example `/chain`",
                );
            }
        }
    }
}
