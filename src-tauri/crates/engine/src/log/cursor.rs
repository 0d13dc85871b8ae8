//! Where a page ended, and finding that place again in the engine's stream.

use std::collections::HashMap;
use std::fmt;

use super::assemble::StampedLine;

/// A second before the cursor's own: lines of two streams may be out of order by some microseconds, engines filter by
/// whole seconds, and lines before the cursor show that the stream reaches back to it.
const BEFORE: i128 = 1;
const SECOND: i128 = 1_000_000_000;

/// The last line that was handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    nanos: i128,
    /// Which line of that time, from 1; `None` means all of them (a plain time given by a person).
    count: Option<u32>,
}

impl Cursor {
    /// Reads `TIME` or `TIME/COUNT`. A text that is neither is no cursor: the log is then read from its end.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (time, count) = match text.split_once('/') {
            Some((time, count)) => (time, Some(count.parse().ok()?)),
            None => (text, None),
        };
        let time: jiff::Timestamp = time.parse().ok()?;
        Some(Self {
            nanos: time.as_nanosecond(),
            count,
        })
    }

    /// The cursor after a line that a [`Seeker`] gave out.
    pub(super) fn of(line: &StampedLine) -> Self {
        Self {
            nanos: line.nanos,
            count: Some(line.count),
        }
    }

    /// From which second on the engine is asked.
    pub(super) fn since(self) -> i128 {
        (self.nanos.div_euclid(SECOND) - BEFORE).max(0)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = jiff::Timestamp::from_nanosecond(self.nanos).map_err(|_| fmt::Error)?;
        match self.count {
            Some(count) => write!(f, "{time}/{count}"),
            None => write!(f, "{time}"),
        }
    }
}

/// Drops lines up to the cursor and keeps those after it.
#[derive(Debug)]
pub(super) struct Seeker {
    cursor: Option<Cursor>,
    is_found: bool,
    /// The stream has shown a line older than the cursor, so it reaches back far enough.
    reaches_back: bool,
    lines_seen: usize,
    counts: HashMap<i128, u32>,
    /// Before the cursor is found: lines newer than it, for the case that it is not in the log any more.
    kept: Vec<StampedLine>,
}

impl Seeker {
    pub(super) fn new(cursor: Option<Cursor>) -> Self {
        Self {
            cursor,
            is_found: cursor.is_none(),
            reaches_back: false,
            lines_seen: 0,
            counts: HashMap::new(),
            kept: Vec::new(),
        }
    }

    /// Takes the next line of the stream in.
    pub(super) fn add(&mut self, mut line: StampedLine) {
        self.lines_seen += 1;
        let count = self.counts.entry(line.nanos).or_insert(0);
        *count += 1;
        line.count = *count;
        if self.is_found {
            self.kept.push(line);
            return;
        }
        let Some(cursor) = self.cursor else { return };
        self.reaches_back |= line.nanos < cursor.nanos;
        if line.nanos == cursor.nanos && cursor.count == Some(line.count) {
            self.is_found = true;
            // What stood before the cursor has been handed out, whatever its time says.
            self.kept.clear();
        } else if line.nanos > cursor.nanos {
            self.kept.push(line);
        }
    }

    /// True where the stream was cut to `tail` lines and may not reach back far enough: to the cursor, or to the first
    /// line of the last line's time (else that line could not be told from the others of its time).
    pub(super) fn is_unsure(&self, tail: usize) -> bool {
        let reaches_back = match self.cursor {
            Some(_) => self.reaches_back,
            None => self.counts.len() > 1,
        };
        !reaches_back && self.lines_seen >= tail
    }

    /// True once a new line is certain.
    pub(super) fn has_new(&self) -> bool {
        self.new_lines() > 0
    }

    /// How many new lines are certain. Without the cursor's own line a newer time decides: right away for a plain
    /// time, else when the stream is past the cursor.
    pub(super) fn new_lines(&self) -> usize {
        let is_certain = self.is_found || self.cursor.is_some_and(|cursor| cursor.count.is_none());
        if is_certain { self.kept.len() } else { 0 }
    }

    /// The whole log was read: the new lines. Where the cursor's line is gone (rotated away), those of a newer time.
    pub(super) fn finish(self) -> Vec<StampedLine> {
        self.kept
    }

    /// The log goes on: the new lines that are certain. Others come again when it is read whole.
    pub(super) fn finish_certain(self) -> Vec<StampedLine> {
        if self.has_new() { self.kept } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests;
