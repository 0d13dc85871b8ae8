//! What a guide must fulfil before it is shipped.

use super::fill::{PLACEHOLDERS, names};
use super::{Guide, SCHEMA_VERSION, Step};
use crate::adapter::Switchable;

/// Everything that is wrong with a guide of this file name.
pub(super) fn check(stem: &str, guide: &Guide) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            wrong.push(what.to_owned());
        }
    };
    expect(guide.schema_version == SCHEMA_VERSION, "another schema_version");
    expect(guide.id == stem, "the id is not the file's name");
    expect(
        guide.how != Switchable::File,
        "wallets with a file have an adapter, no guide",
    );
    expect(!guide.protocols.is_empty(), "no protocol");
    expect(!guide.chains.is_empty(), "no chain");
    expect(!guide.steps.is_empty(), "no steps");
    expect(guide.how == Switchable::No || !guide.revert.is_empty(), "no way back");
    expect(
        (guide.how == Switchable::Prompt) == guide.prompt.is_some(),
        "a page needs its words, and only a page",
    );
    expect(guide.summary.ends_with('.'), "the summary is no sentence");
    expect(
        !guide.hosted.is_empty() || !guide.notes.is_empty() || !guide.unverified.is_empty(),
        "it says nothing about whose servers it uses",
    );
    let sentences = guide.leftovers.iter().chain(&guide.notes).chain(&guide.unverified);
    expect(
        sentences.clone().all(|text| text.ends_with('.')),
        "a note is no sentence",
    );
    let ids = guide.extensions.chromium.iter();
    expect(
        ids.clone()
            .all(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_lowercase())),
        "not the id of an extension",
    );
    let paths = [&guide.folders.linux, &guide.folders.macos, &guide.folders.windows];
    expect(
        paths.iter().all(|list| {
            list.iter()
                .all(|path| !path.starts_with('/') && !path.split('/').any(|part| part == ".."))
        }),
        "a folder outside the home",
    );
    for step in guide.steps.iter().chain(&guide.revert) {
        wrong.extend(check_step(guide, step));
    }
    wrong
}

fn check_step(guide: &Guide, step: &Step) -> Vec<String> {
    let mut wrong = Vec::new();
    for text in std::iter::once(&step.text).chain(&step.copy) {
        let (found, is_clean) = names(text);
        if !is_clean {
            wrong.push(format!("a stray brace in `{text}`"));
        }
        for name in found {
            if !PLACEHOLDERS.iter().any(|(known, _)| *known == name) {
                wrong.push(format!("`{{{name}}}` is not known, in `{text}`"));
            }
        }
    }
    if step
        .protocol
        .is_some_and(|protocol| !guide.protocols.contains(&protocol))
    {
        wrong.push(format!("`{}` is about a protocol that it does not speak", step.text));
    }
    wrong
}
