//! What is printed and how: one JSON document, or text for people.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use freehold_contract::FaultView;
use serde::Serialize;

use crate::args::Global;

/// Between two lines about the same state of a node, on a terminal.
const FOR_A_PERSON: Duration = Duration::from_secs(2);
/// The same where lines are kept.
const FOR_A_LOG: Duration = Duration::from_secs(10);

/// When something was last said about each node.
#[derive(Debug, Default)]
pub(crate) struct Pace(BTreeMap<String, Said>);

#[derive(Debug)]
struct Said {
    state: String,
    line: String,
    at: Instant,
}

impl Pace {
    /// Whether a line should be said now; counts it as said then.
    fn is_due(&mut self, now: Instant, every: Duration, node: &str, state: &str, line: &str) -> bool {
        let is_due = self
            .0
            .get(node)
            .is_none_or(|said| said.line != line && (said.state != state || now.duration_since(said.at) >= every));
        if is_due {
            let said = Said {
                state: state.to_owned(),
                line: line.to_owned(),
                at: now,
            };
            self.0.insert(node.to_owned(), said);
        }
        is_due
    }
}

/// Where answers and progress go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
    quiet: bool,
}

impl Output {
    pub(crate) fn new(global: &Global) -> Self {
        Self {
            json: global.json,
            quiet: global.quiet,
        }
    }

    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Prints the answer: as JSON, or as the text that `text` makes of it.
    pub(crate) fn answer<T: Serialize>(self, value: &T, text: impl FnOnce(&T) -> String) {
        let line = if self.json {
            serde_json::to_string_pretty(value).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
        } else {
            text(value)
        };
        print_line(&line);
    }

    /// One document of a stream, on one line.
    pub(crate) fn event<T: Serialize>(self, value: &T, text: impl FnOnce(&T) -> String) {
        let line = if self.json {
            serde_json::to_string(value).unwrap_or_default()
        } else {
            text(value)
        };
        print_line(&line);
    }

    /// A line about work under way, on the error stream; not with `-q`.
    pub(crate) fn progress(self, line: impl Display) {
        if !self.quiet {
            eprintln!("{line}");
        }
    }

    /// A line about a node under way: at once where its state is a new one, else as often as a person can follow.
    pub(crate) fn pace(self, pace: &mut Pace, node: &str, state: &str, line: &str) {
        let every = if std::io::stderr().is_terminal() {
            FOR_A_PERSON
        } else {
            FOR_A_LOG
        };
        if pace.is_due(Instant::now(), every, node, state, line) {
            self.progress(line);
        }
    }

    /// What the user is about to be asked about, on the error stream; also with `-q`, since the question needs it.
    pub(crate) fn show(self, text: &str) {
        if std::io::stdin().is_terminal() {
            eprintln!("{text}");
        } else {
            self.progress(text);
        }
    }

    /// What went wrong.
    pub(crate) fn fault(self, fault: &FaultView) {
        if self.json {
            print_line(&serde_json::json!({ "fault": fault }).to_string());
            return;
        }
        let (bold, end) = if std::io::stderr().is_terminal() {
            ("\x1b[1m", "\x1b[0m")
        } else {
            ("", "")
        };
        eprintln!("{bold}{}{end}", fault.title);
        eprintln!("  Why: {}", fault.why);
        for hint in &fault.hints {
            eprintln!("  What to do: {hint}");
        }
    }
}

/// Prints a line; a reader that went away (`| head`) is no error.
fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A table with a head. Without rows there is none: then `empty` is said.
pub(crate) fn headed(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>, empty: &str) -> String {
    let mut all = vec![head.iter().map(|&cell| cell.to_owned()).collect()];
    all.extend(rows);
    if all.len() == 1 {
        return empty.to_owned();
    }
    table(&all)
}

/// A table with aligned columns; empty rows give an empty text.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            rows.iter()
                .filter_map(|row| row.get(at))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Pace, headed, table};

    #[test]
    fn a_new_state_is_said_at_once_and_progress_now_and_then() {
        let (mut pace, begun, every) = (Pace::default(), Instant::now(), Duration::from_secs(2));
        assert!(pace.is_due(begun, every, "a", "pulling", "1 %"));
        assert!(!pace.is_due(begun, every, "a", "pulling", "2 %"));
        assert!(
            pace.is_due(begun, every, "b", "pulling", "1 %"),
            "another node has its own pace"
        );
        assert!(pace.is_due(begun + every, every, "a", "pulling", "3 %"));
        assert!(
            !pace.is_due(begun + 9 * every, every, "a", "pulling", "3 %"),
            "nothing new"
        );
        assert!(pace.is_due(begun + every, every, "a", "syncing", "0 %"));
    }

    #[test]
    fn columns_line_up_and_lines_have_no_trailing_space() {
        let rows = vec![
            vec!["a".to_owned(), "b".to_owned()],
            vec!["long".to_owned(), "x".to_owned()],
        ];
        assert_eq!(table(&rows), "a     b\nlong  x");
    }

    #[test]
    fn a_table_without_rows_is_a_sentence() {
        assert_eq!(headed(&["A", "B"], [], "Nothing yet."), "Nothing yet.");
        let rows = [vec!["1".to_owned(), "2".to_owned()]];
        assert_eq!(headed(&["A", "B"], rows, ""), "A  B\n1  2");
    }
}
