//! The lines that an edit changes, with secrets masked, as they are shown before a person agrees.
//!
//! The lines are compared as they are and shown as the adapter masks them. The one rule: no secret leaves this file.

use serde::{Deserialize, Serialize};

use crate::adapter::Adapter;
use crate::file::FileBytes;

/// Unchanged lines shown around a change.
const CONTEXT: usize = 3;

/// Largest table for the exact comparison; above it the differing middle is shown as replaced whole.
const CELLS: usize = 4_000_000;

/// What happens to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DiffKind {
    /// It stays.
    Context,
    /// It goes.
    Removed,
    /// It comes.
    Added,
}

/// One shown line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffLine {
    /// What happens to it.
    pub kind: DiffKind,
    /// Its text without the line's end; secrets masked.
    pub text: String,
}

/// Compares two contents of a file of `adapter`; `None` stands for a file that does not exist.
pub(crate) fn diff(
    adapter: &dyn Adapter,
    slot: &str,
    before: Option<&FileBytes>,
    after: Option<&FileBytes>,
) -> Vec<DiffLine> {
    let old = Side::new(adapter, slot, before);
    let new = Side::new(adapter, slot, after);
    let steps = compare(&old.lines, &new.lines);
    let changed: Vec<usize> = steps
        .iter()
        .enumerate()
        .filter(|(_, step)| step.kind != DiffKind::Context)
        .map(|(at, _)| at)
        .collect();
    let is_near = |at: usize| changed.iter().any(|change| change.abs_diff(at) <= CONTEXT);
    steps
        .iter()
        .enumerate()
        .filter(|(at, _)| is_near(*at))
        .map(|(_, step)| DiffLine {
            kind: step.kind,
            text: if step.kind == DiffKind::Added {
                new.shown(step.line)
            } else {
                old.shown(step.line)
            },
        })
        .collect()
}

/// One content: its lines, and how they are shown.
struct Side<'a> {
    lines: Vec<&'a [u8]>,
    masked: Vec<String>,
}

impl<'a> Side<'a> {
    fn new(adapter: &dyn Adapter, slot: &str, bytes: Option<&'a FileBytes>) -> Self {
        let bytes = bytes.map_or(&[][..], FileBytes::as_slice);
        let masked = adapter.masked(slot, bytes);
        Self {
            lines: bytes.split_inclusive(|byte| *byte == b'\n').collect(),
            masked: masked
                .split('\n')
                .map(|line| line.trim_end_matches('\r').to_owned())
                .collect(),
        }
    }

    fn shown(&self, line: usize) -> String {
        self.masked.get(line).cloned().unwrap_or_default()
    }
}

struct Step {
    kind: DiffKind,
    /// Index into the old lines, or into the new ones for an added line.
    line: usize,
}

/// Longest common subsequence between the common start and the common end.
fn compare(old: &[&[u8]], new: &[&[u8]]) -> Vec<Step> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (rest_old, rest_new) = (
        old.get(start..).unwrap_or_default(),
        new.get(start..).unwrap_or_default(),
    );
    let end = rest_old
        .iter()
        .rev()
        .zip(rest_new.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let middle_old = rest_old.get(..rest_old.len() - end).unwrap_or_default();
    let middle_new = rest_new.get(..rest_new.len() - end).unwrap_or_default();

    let mut steps: Vec<Step> = (0..start)
        .map(|line| Step {
            kind: DiffKind::Context,
            line,
        })
        .collect();
    let (rows, columns) = (middle_old.len(), middle_new.len());
    let is_small = rows.saturating_mul(columns) <= CELLS;
    let width = columns + 1;
    let mut longest = vec![0_u32; if is_small { (rows + 1) * width } else { 0 }];
    if is_small {
        for (row, a) in middle_old.iter().enumerate().rev() {
            for (column, b) in middle_new.iter().enumerate().rev() {
                let cell = |row: usize, column: usize| longest.get(row * width + column).copied().unwrap_or(0);
                let value = if a == b {
                    cell(row + 1, column + 1) + 1
                } else {
                    cell(row + 1, column).max(cell(row, column + 1))
                };
                if let Some(slot) = longest.get_mut(row * width + column) {
                    *slot = value;
                }
            }
        }
    }
    let length = |row: usize, column: usize| longest.get(row * width + column).copied().unwrap_or(0);
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let is_same = is_small && row < rows && column < columns && middle_old.get(row) == middle_new.get(column);
        if is_same {
            steps.push(Step {
                kind: DiffKind::Context,
                line: start + row,
            });
            row += 1;
            column += 1;
        } else if row < rows && (column == columns || length(row + 1, column) >= length(row, column + 1)) {
            steps.push(Step {
                kind: DiffKind::Removed,
                line: start + row,
            });
            row += 1;
        } else {
            steps.push(Step {
                kind: DiffKind::Added,
                line: start + column,
            });
            column += 1;
        }
    }
    steps.extend((old.len() - end..old.len()).map(|line| Step {
        kind: DiffKind::Context,
        line,
    }));
    steps
}

#[cfg(test)]
mod tests {
    use super::{DiffKind, diff};
    use crate::adapter::adapter;
    use crate::file::FileBytes;

    fn lines(before: &str, after: &str) -> Vec<String> {
        let side = |text: &str| FileBytes::new(text.as_bytes().to_vec());
        diff(
            adapter("bitcoin-cli").unwrap(),
            crate::slot::SETTINGS,
            Some(&side(before)),
            Some(&side(after)),
        )
        .into_iter()
        .map(|line| {
            let sign = match line.kind {
                DiffKind::Context => ' ',
                DiffKind::Removed => '-',
                DiffKind::Added => '+',
            };
            format!("{sign}{}", line.text)
        })
        .collect()
    }

    #[test]
    fn shows_changes_with_their_surroundings() {
        let shown = lines("a=1\nb=2\nc=3\nd=4\ne=5\nf=6\n", "a=1\nb=2\nc=3\nd=4\ne=7\nf=6\n");
        assert_eq!(shown, [" b=2", " c=3", " d=4", "-e=5", "+e=7", " f=6"]);
        assert_eq!(lines("a=1\n", "a=1\n"), Vec::<String>::new());
        assert_eq!(lines("", "a=1\r\n"), ["+a=1"]);
    }

    #[test]
    fn a_changed_password_shows_as_changed_and_neither_value_is_seen() {
        let shown = lines("rpcpassword=old1\nx=1\n", "rpcpassword=new2\nx=1\n");
        assert_eq!(shown, ["-rpcpassword=••••", "+rpcpassword=••••", " x=1"]);
    }
}
