//! Who may call what: classes, credentials and endpoints.

use super::probe::{path, published};
use super::{Checker, expect_test, is_plain_name};
use crate::document::at;

pub(super) fn check(checker: &mut Checker<'_>) {
    classes(checker);
    credentials(checker);
    let spec = checker.spec;
    for (index, endpoint) in spec.endpoints.iter().enumerate() {
        let place = at!["endpoints", index];
        if spec.unavailable.is_none() {
            published(checker, &place, "port", &endpoint.service, &endpoint.port);
        }
        if let Some(test) = &endpoint.when {
            expect_test(checker, &at!["endpoints", index, "when"], test);
        }
        path(checker, &at!["endpoints", index, "path"], &endpoint.path);
        if let Some(secret) = &endpoint.secret {
            let known: Vec<&str> = spec.secrets.iter().map(|known| known.name.as_str()).collect();
            checker.expect_known(&at!["endpoints", index, "secret"], "secret", secret, &known);
        }
    }
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
            if method == "*" {
                if methods.len() > 1 {
                    checker.report(&place, "`*` is every method, and stands alone in its class");
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
