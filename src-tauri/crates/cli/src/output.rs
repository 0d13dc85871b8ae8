//! What is printed and how: one JSON document, or text for people.

use std::fmt::Display;
use std::io::{IsTerminal, Write};

use freehold_contract::FaultView;
use serde::Serialize;

use crate::args::Global;

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
    use super::table;

    #[test]
    fn columns_line_up_and_lines_have_no_trailing_space() {
        let rows = vec![
            vec!["a".to_owned(), "b".to_owned()],
            vec!["long".to_owned(), "x".to_owned()],
        ];
        assert_eq!(table(&rows), "a     b\nlong  x");
    }
}
