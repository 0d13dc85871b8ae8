//! The entry itself: its id, links, dates, wallets and dependencies.

use freehold_model::WalletId;

use super::{Checker, is_date};
use crate::document::at;

pub(super) fn check(checker: &mut Checker<'_>, folder: &str) {
    let spec = checker.spec;
    if spec.id.as_str() != folder {
        let reason = format!("the id `{}` is not the name of its folder, `{folder}`", spec.id);
        checker.report_with_hint(&at!["id"], reason, "name the folder as the entry");
    }
    for (key, link) in [
        ("homepage", Some(&spec.homepage)),
        ("release_notes", spec.release_notes.as_ref()),
    ] {
        if link.is_some_and(|link| !link.starts_with("https://")) {
            checker.report(&at![key], format!("`{key}` must begin with `https://`"));
        }
    }
    for (key, text) in [
        ("name", &spec.name),
        ("chain_name", &spec.chain_name),
        ("summary", &spec.summary),
        ("license", &spec.license),
    ] {
        if text.trim().is_empty() {
            checker.report(&at![key], format!("`{key}` must not be empty"));
        }
    }
    if let Some(expires) = spec.expires.as_deref().filter(|date| !is_date(date)) {
        checker.report(&at!["expires"], format!("`{expires}` is not a date: write YYYY-MM-DD"));
    }
    for (index, wallet) in spec.wallets.iter().enumerate() {
        if let Err(error) = WalletId::try_new(wallet.as_str()) {
            checker.report(&at!["wallets", index], error.to_string());
        }
    }
    checker.expect_unique("wallet", spec.wallets.iter().map(String::as_str), |index| {
        at!["wallets", index]
    });
    for (index, dependency) in spec.dependencies.iter().enumerate() {
        if dependency.client == spec.id {
            checker.report(&at!["dependencies", index, "client"], "an entry cannot need itself");
        }
    }
    checker.expect_unique(
        "dependency",
        spec.dependencies.iter().map(|dependency| dependency.client.as_str()),
        |index| at!["dependencies", index, "client"],
    );
}
