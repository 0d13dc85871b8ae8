//! What types cannot say: names that must exist, numbers that must fit each other, and what would be unsafe to run.
//!
//! The file has the schema's shape already. Each check reports at the line of the value that would have to change.

use std::collections::BTreeSet;

use freehold_model::spec::ImageSpec;
use freehold_model::{NodeSpec, nearest};

use crate::CatalogProblem;
use crate::document::{Document, Step};

pub(crate) mod across;
mod argument;
mod condition;
mod dependency;
mod file;
mod head;
mod image;
mod meaning;
mod meets;
mod network;
mod option;
mod port;
mod probe;
mod requirement;
mod rpc;
mod service;
mod usage_log;

/// Everything that is wrong with an entry.
pub(crate) fn entry(document: &Document, folder: &str, spec: &NodeSpec) -> Vec<CatalogProblem> {
    let mut checker = Checker {
        document,
        spec,
        problems: Vec::new(),
    };
    head::check(&mut checker, folder);
    network::check(&mut checker);
    service::check(&mut checker);
    port::check(&mut checker);
    file::secrets(&mut checker);
    option::check(&mut checker);
    requirement::check(&mut checker);
    dependency::check(&mut checker);
    rpc::check(&mut checker);
    meets::check(&mut checker);
    probe::check(&mut checker);
    argument::check(&mut checker);
    checker.problems.sort_by_key(|problem| (problem.line, problem.column));
    checker.problems
}

/// Everything that is wrong with an image reference that stands at `place`.
pub(crate) fn image_problems(document: &Document, place: &[Step], image: &ImageSpec) -> Vec<CatalogProblem> {
    image::problems(image)
        .into_iter()
        .map(|(key, reason, hint)| {
            let place: Vec<Step> = place.iter().cloned().chain([Step::from(key)]).collect();
            let problem = document.problem(&place, reason);
            match hint {
                Some(hint) => problem.with_hint(hint),
                None => problem,
            }
        })
        .collect()
}

struct Checker<'a> {
    document: &'a Document,
    spec: &'a NodeSpec,
    problems: Vec<CatalogProblem>,
}

impl Checker<'_> {
    fn report(&mut self, place: &[Step], reason: impl Into<String>) {
        self.problems.push(self.document.problem(place, reason));
    }

    fn report_with_hint(&mut self, place: &[Step], reason: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(self.document.problem(place, reason).with_hint(hint));
    }

    /// Reports `word` unless it is known, with the word that was probably meant.
    fn expect_known(&mut self, place: &[Step], what: &str, word: &str, known: &[&str]) -> bool {
        if known.contains(&word) {
            return true;
        }
        let hint = match nearest(word, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if known.is_empty() => format!("this file has no {what} of any name"),
            None => format!("known: {}", known.join(", ")),
        };
        self.report_with_hint(place, format!("there is no {what} `{word}`"), hint);
        false
    }

    /// Reports names that appear a second time. `place` leads from an index to the name.
    fn expect_unique<'n, P: AsRef<[Step]>>(
        &mut self,
        what: &str,
        names: impl Iterator<Item = &'n str>,
        place: impl Fn(usize) -> P,
    ) {
        let mut seen = BTreeSet::new();
        for (index, name) in names.enumerate() {
            if !seen.insert(name) {
                self.report(place(index).as_ref(), format!("the {what} `{name}` appears twice"));
            }
        }
    }
}

/// The places of an option test.
fn test_place(place: &[Step]) -> (Vec<Step>, Vec<Step>) {
    let with = |key: &str| place.iter().cloned().chain([Step::from(key)]).collect();
    (with("option"), with("equals"))
}

/// Reports a test of an option that does not exist or can never have that value.
fn expect_test(checker: &mut Checker<'_>, place: &[Step], test: &freehold_model::spec::OptionTest) {
    let (option_place, equals_place) = test_place(place);
    expect_value(checker, (&option_place, &test.option), (&equals_place, &test.equals));
}

/// Reports an option that does not exist, or a value that it cannot have.
fn expect_value(
    checker: &mut Checker<'_>,
    (option_place, option): (&[Step], &freehold_model::OptionId),
    (value_place, value): (&[Step], &str),
) {
    let spec = checker.spec;
    let known: Vec<&str> = spec.options.iter().map(|known| known.id.as_str()).collect();
    if !checker.expect_known(option_place, "option", option.as_str(), &known) {
        return;
    }
    if let Some(Err(error)) = spec.option(option).map(|found| found.kind.parse(value)) {
        checker.report(value_place, format!("`{option}` can never have this value: {error}"));
    }
}

/// `YYYY-MM-DD` and a day that exists.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let digits = |part: &str, length: usize| {
        let plain = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// A name that may become a folder, a part of a label or a placeholder.
fn is_plain_name(text: &str) -> bool {
    freehold_model::ServiceName::try_new(text).is_ok()
}

/// An absolute path without `..`, as it stands inside a container.
fn is_container_path(text: &str) -> bool {
    text.len() > 1
        && text.starts_with('/')
        && !text.ends_with('/')
        && text
            .split('/')
            .skip(1)
            .all(|part| !part.is_empty() && part != "." && part != "..")
        && !text.contains([':', ',', '{', '}'])
}

/// A relative path that stays below the folder it is in.
fn is_inner_path(text: &str) -> bool {
    !text.contains(['\\', '\0'])
        && text
            .split('/')
            .all(|part| !part.trim().is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::{is_container_path, is_date, is_inner_path};

    #[test]
    fn a_date_is_a_day_that_exists() {
        for good in ["2026-11-22", "2024-02-29", "2000-02-29"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "26-01-01",
            "2026-1-1",
            "22.11.2026",
            "",
            "2026-11-22Z",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn an_inner_path_stays_below_its_folder() {
        for good in ["chainstate/CURRENT", "lmdb", ".cookie", "{network.folder}/rpc.sock"] {
            assert!(is_inner_path(good), "{good}");
        }
        for bad in ["", "/etc/passwd", "../x", "a/../../b", "a//b", "a/", "a\\b", "./a"] {
            assert!(!is_inner_path(bad), "{bad}");
        }
    }

    #[test]
    fn a_container_path_cannot_leave_its_place() {
        assert!(is_container_path("/home/bitcoin/.bitcoin"));
        for bad in ["", "/", "data", "/a/../b", "/a//b", "/a/", "/a:ro", "/{network}"] {
            assert!(!is_container_path(bad), "{bad}");
        }
    }
}
