//! Hides what identifies the user or opens anything. Pure: a text and what is known go in, the shown text comes out.
//!
//! The one rule: when in doubt, hide. A hidden harmless word costs a question; a shown password costs money.

use std::borrow::Cow;
use std::collections::BTreeSet;

mod known;
mod pattern;

use known::{Words, hide_all};
use pattern::hide_patterns;

/// What is shown instead of a secret; the same for all, so that it tells nothing.
pub(crate) const MASK: &str = "••••";

/// What must not be read in a support bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// Passwords, tokens, keys: hidden wherever they stand, also inside of other words.
    pub(crate) secrets: BTreeSet<String>,
    /// Home folders: shown as `~`.
    pub(crate) homes: BTreeSet<String>,
    /// Names of the user.
    pub(crate) users: BTreeSet<String>,
    /// Names of this machine.
    pub(crate) hosts: BTreeSet<String>,
}

/// A text that may be shown, and how many things are hidden in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redacted {
    /// The text.
    pub(crate) text: String,
    /// How many things are hidden.
    pub(crate) hidden: u32,
}

/// User names that every such system has: they tell nobody apart, and stand in many sentences.
const COMMON_USERS: [&str; 2] = ["root", "nobody"];
/// The name of every machine for itself.
const COMMON_HOST: &str = "localhost";

/// Hides secrets, home folders, names, keys inside URLs and public addresses.
pub(crate) fn redact(text: &str, known: &Known) -> Redacted {
    let secrets = spellings(known.secrets.iter().filter(|secret| !secret.is_empty()));
    let homes = spellings(
        known
            .homes
            .iter()
            .filter(|home| home.trim_matches(['/', '\\']).len() > 1),
    );
    let users = known.users.iter().filter(|name| !COMMON_USERS.contains(&name.as_str()));
    let hosts = known
        .hosts
        .iter()
        .filter(|name| !name.eq_ignore_ascii_case(COMMON_HOST));

    let mut hidden = 0;
    let mut shown = hide_all(text, &secrets, MASK, Words::Anywhere, &mut hidden);
    shown = hide_all(&shown, &homes, "~", Words::Anywhere, &mut hidden);
    shown = hide_patterns(&shown, &mut hidden);
    shown = hide_all(&shown, &users.cloned().collect(), "[user]", Words::Whole, &mut hidden);
    shown = hide_all(
        &shown,
        &hosts.cloned().collect(),
        "[machine]",
        Words::Whole,
        &mut hidden,
    );
    // What stands in for something else may read like a secret, and hiding may have put two halves of one together.
    let mut again = 0;
    shown = hide_all(&shown, &secrets, MASK, Words::Anywhere, &mut again);
    Redacted { text: shown, hidden }
}

/// Each text as it is, and as JSON, an address and a Windows path inside JSON write it.
fn spellings<'a>(texts: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    texts
        .flat_map(|text| [text.clone(), json_spelling(text), percent_spelling(text)])
        .filter(|text| !text.is_empty())
        .collect()
}

fn json_spelling(text: &str) -> String {
    let written = serde_json::to_string(text).unwrap_or_default();
    written
        .trim_start_matches('"')
        .strip_suffix('"')
        .map_or_else(|| text.to_owned(), str::to_owned)
}

/// The text as the path of an address writes it.
fn percent_spelling(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
    let spelled = text.bytes().map(|byte| {
        if is_plain(byte) {
            Cow::Owned(char::from(byte).to_string())
        } else {
            Cow::Owned(format!("%{byte:02X}"))
        }
    });
    spelled.collect::<Vec<Cow<'_, str>>>().concat()
}

#[cfg(test)]
mod tests;
