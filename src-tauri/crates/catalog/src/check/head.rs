//! The entry itself: its id, links, dates, wallets, updates, and why it may be listed only.

use freehold_model::WalletId;

use super::{Checker, is_date, is_inner_path};
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
    for (index, folder) in spec.usual_folders.iter().enumerate() {
        if !is_inner_path(folder) {
            let reason = format!("`{folder}` is not a folder below the home");
            checker.report(&at!["usual_folders", index], reason);
        }
    }
    update(checker);
    unavailable(checker);
}

fn update(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    if spec.update.ready_within.duration().as_secs() == 0 {
        let reason = "`ready_within` must be at least one second: every update would be rolled back";
        checker.report(&at!["update", "ready_within"], reason);
    }
    if spec.update.note.as_deref().is_some_and(|note| note.trim().is_empty()) {
        checker.report(&at!["update", "note"], "`note` must not be empty");
    }
}

/// An entry that is listed only says why, and has nothing that could be installed.
fn unavailable(checker: &mut Checker<'_>) {
    let spec = checker.spec;
    let Some(unavailable) = &spec.unavailable else { return };
    for (key, text) in [("label", &unavailable.label), ("why", &unavailable.why)] {
        if text.trim().is_empty() {
            checker.report(&at!["unavailable", key], format!("`{key}` must not be empty"));
        }
    }
    if !spec.services.is_empty() {
        let reason = "an entry that cannot be installed has no services";
        checker.report(&at!["services", 0], reason);
    }
    if spec.requirements.is_empty() {
        let reason = "an entry that cannot be installed says in `requirements` what it would take";
        checker.report(&at!["unavailable"], reason);
    }
}
