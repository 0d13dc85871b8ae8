//! Who may call what: classes, credentials, the probe, endpoints and identity checks.

use freehold_model::ServiceName;
use freehold_model::spec::Publish;

use super::{Checker, is_plain_name};
use crate::document::{Step, at};
use crate::expand;

pub(super) fn check(checker: &mut Checker<'_>) {
    classes(checker);
    credentials(checker);
    let spec = checker.spec;
    let probe = &spec.probe;
    published(checker, &at!["probe"], &probe.service, &probe.port);
    if let Some(consumer) = &probe.consumer {
        let known: Vec<&str> = spec
            .credentials
            .iter()
            .map(|credential| credential.consumer.as_str())
            .collect();
        checker.expect_known(&at!["probe", "consumer"], "credential for", consumer, &known);
    }
    let options: Vec<&str> = spec.options.iter().map(|option| option.id.as_str()).collect();
    for (index, option) in probe.peer_options.iter().enumerate() {
        checker.expect_known(
            &at!["probe", "peer_options", index],
            "option",
            option.as_str(),
            &options,
        );
    }
    for (index, endpoint) in spec.endpoints.iter().enumerate() {
        published(checker, &at!["endpoints", index], &endpoint.service, &endpoint.port);
    }
    identity(checker);
}

fn classes(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let names: Vec<&str> = spec.method_classes.keys().map(String::as_str).collect();
    for (class, methods) in &spec.method_classes {
        for (index, method) in methods.iter().enumerate() {
            let place = at!["method_classes", class.as_str(), index];
            if let Some(other) = method.strip_prefix('@') {
                checker.expect_known(&place, "method class", other, &names);
                if other == class {
                    checker.report(&place, format!("the class `{class}` cannot hold itself"));
                }
                continue;
            }
            if method.is_empty() || !method.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.".contains(&b)) {
                checker.report(&place, format!("`{method}` cannot be a method's name"));
            }
            if spec.dangerous_methods.contains(method) {
                let hint =
                    "take it out of the class, or out of `dangerous_methods` with the reason why it is safe there";
                checker.report_with_hint(
                    &place,
                    format!("the class `{class}` holds the dangerous method `{method}`"),
                    hint,
                );
            }
        }
        checker.expect_unique("method", methods.iter().map(String::as_str), |index| {
            at!["method_classes", class.as_str(), index]
        });
    }
}

fn credentials(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let names: Vec<&str> = spec.method_classes.keys().map(String::as_str).collect();
    checker.expect_unique(
        "credential for",
        spec.credentials.iter().map(|credential| credential.consumer.as_str()),
        |index| at!["credentials", index, "consumer"],
    );
    for (index, credential) in spec.credentials.iter().enumerate() {
        if !is_plain_name(&credential.consumer) {
            let reason = format!(
                "`{}` cannot name a consumer: use a-z, 0-9, `-` and `_`",
                credential.consumer
            );
            checker.report(&at!["credentials", index, "consumer"], reason);
        }
        checker.expect_known(
            &at!["credentials", index, "class"],
            "method class",
            &credential.class,
            &names,
        );
    }
}

/// Reports a service that does not exist or a port that it does not publish on this machine.
fn published(checker: &mut Checker<'_>, place: &[Step], service: &ServiceName, port: &str) {
    let spec = checker.spec;
    let with = |key: &str| -> Vec<Step> { place.iter().cloned().chain([Step::from(key)]).collect() };
    let services: Vec<&str> = spec.services.iter().map(|known| known.name.as_str()).collect();
    if !checker.expect_known(&with("service"), "service", service.as_str(), &services) {
        return;
    }
    let ports: Vec<&str> = spec
        .service(service)
        .into_iter()
        .flat_map(|found| &found.ports)
        .filter(|found| found.publish == Publish::Loopback)
        .map(|found| found.name.as_str())
        .collect();
    checker.expect_known(
        &with("port"),
        &format!("port that `{service}` publishes on loopback and that is named"),
        port,
        &ports,
    );
}

/// A check that the probe's own user may not call would always fail.
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
    let Some(class) = class else { return };
    let allowed = expand::methods(&spec.method_classes, class);
    for (index, network) in spec.networks.iter().enumerate() {
        for (number, check) in network.identity.iter().enumerate() {
            if !allowed.contains(&check.method) {
                let reason = format!(
                    "the probe may not call `{}`: its class `{class}` does not hold it",
                    check.method
                );
                checker.report(&at!["networks", index, "identity", number, "method"], reason);
            }
        }
    }
}
