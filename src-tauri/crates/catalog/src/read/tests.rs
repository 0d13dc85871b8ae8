//! Whatever stands in a file, it is read or refused, and each problem stands at a line of the file.

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::entry;
use crate::catalog::{BUILT_IN, located};
use crate::check::across;

/// Pieces that mean something somewhere in an entry.
const WORDS: [&str; 36] = [
    "\"\"",
    "0",
    "-1",
    "99999999999999999999",
    "1.5",
    "true",
    "[]",
    "{}",
    "[[]]",
    "''",
    "'''",
    "\"\"\"",
    "\"{\"",
    "\"{needs..port.}\"",
    "\"{when.=}\"",
    "\"{secret.}\"",
    "\"{host.x}\"",
    "\"{option.storage}\"",
    "\"{{}}\"",
    "= ",
    "\n",
    "\r\n",
    "\u{0}",
    "\u{feff}",
    "ä",
    "#",
    "[networks]",
    "[[services]]",
    "[[options]]",
    "[probe]",
    "[services.image]",
    "when = { option = \"a\", equals = \"b\" }",
    "1979-05-27",
    "nan",
    "\"1TB\"",
    "\"24h\"",
];

/// One change of a text.
#[derive(Debug, Clone)]
enum Change {
    /// A line is left out.
    Drop(Index),
    /// A line is written twice.
    Double(Index),
    /// Two lines change places.
    Swap(Index, Index),
    /// A line's value becomes another text.
    Value(Index, &'static str),
    /// A text is put in at a character.
    Insert(Index, &'static str),
    /// The text ends at a character.
    Cut(Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<Index>().prop_map(Change::Drop),
        any::<Index>().prop_map(Change::Double),
        any::<(Index, Index)>().prop_map(|(one, other)| Change::Swap(one, other)),
        (any::<Index>(), select(&WORDS[..])).prop_map(|(at, word)| Change::Value(at, word)),
        (any::<Index>(), select(&WORDS[..])).prop_map(|(at, word)| Change::Insert(at, word)),
        any::<Index>().prop_map(Change::Cut),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let character = |at: &Index| {
        let at = at.index(text.len() + 1);
        (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(at)
    };
    match change {
        Change::Drop(at) => {
            lines.remove(at.index(lines.len()));
        }
        Change::Double(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
        }
        Change::Swap(one, other) => {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
        }
        Change::Value(at, word) => {
            let at = at.index(lines.len());
            let line = lines[at].split_once(" = ").map(|(key, _)| format!("{key} = {word}"));
            let line = line.unwrap_or_else(|| (*word).to_owned());
            lines[at] = &line;
            return lines.join("\n");
        }
        Change::Insert(at, word) => {
            let (before, after) = text.split_at(character(at));
            return format!("{before}{word}{after}");
        }
        Change::Cut(at) => return text[..character(at)].to_owned(),
    }
    lines.join("\n")
}

/// Reads the text and looks at every problem.
fn read(folder: &str, text: &str) -> Result<(), TestCaseError> {
    let file = Path::new("node.toml");
    let problems = match entry(file, folder, text) {
        Ok(spec) => located(across::check(&spec, |_| None), file, text),
        Err(problems) => {
            prop_assert!(!problems.is_empty(), "a refusal has a reason");
            problems
        }
    };
    let lines = text.split('\n').count();
    for problem in problems {
        prop_assert!((1..=lines).contains(&problem.line), "{problem} of {lines} lines");
        prop_assert!(
            !problem.reason.is_empty() && !problem.reason.contains('\n'),
            "{problem}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_entry_is_refused_at_a_line_of_its_file(
        which in any::<Index>(),
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let (folder, text, _) = BUILT_IN[which.index(BUILT_IN.len())];
        let text = changes.iter().fold(text.to_owned(), |text, change| changed(&text, change));
        read(folder, &text)?;
    }

    #[test]
    fn any_text_is_refused_at_a_line_of_its_file(text in "(?s).{0,200}") {
        read("any", &text)?;
    }

    #[test]
    fn any_heap_of_pieces_is_refused_at_a_line_of_its_file(pieces in prop::collection::vec(select(&WORDS[..]), 0..40)) {
        read("any", &pieces.join(" "))?;
    }
}
