//! Puts frames together into lines: a frame is a time, a blank and a text; one without a line end goes on in the next
//! frame of its stream.

use std::collections::{HashMap, VecDeque};

use super::text::{LONGEST_LINE, clean};
use super::{LogLine, LogStream};

/// A line with what its place in the log is told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StampedLine {
    pub(super) line: LogLine,
    /// Nanoseconds since 1970.
    pub(super) nanos: i128,
    /// Which of the lines of this very time it is, from 1; set by the seeker, which alone sees them in order.
    pub(super) count: u32,
}

/// Frames put together so far.
#[derive(Debug, Default)]
pub(super) struct Assembler {
    open: HashMap<LogStream, Open>,
    ready: VecDeque<StampedLine>,
    last: i128,
}

/// A line whose end has not come.
#[derive(Debug)]
struct Open {
    nanos: i128,
    bytes: Vec<u8>,
}

impl Assembler {
    /// Takes a frame in.
    pub(super) fn add(&mut self, stream: LogStream, payload: &[u8]) {
        // A frame without a time (a terminal's second half of a line) belongs to the time before it.
        let (nanos, text) = split(payload).unwrap_or((self.last, payload));
        self.last = nanos;
        let is_whole = text.last() == Some(&b'\n');
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let line = self.open.entry(stream).or_insert_with(|| Open {
            nanos,
            bytes: Vec::new(),
        });
        // One byte over the limit is kept, so that the cut is seen and marked.
        let room = (LONGEST_LINE * 2).saturating_sub(line.bytes.len());
        line.bytes.extend_from_slice(&text[..text.len().min(room)]);
        if is_whole && let Some(line) = self.open.remove(&stream) {
            self.ready.push_back(line.stamped(stream));
        }
    }

    /// The next whole line. A line whose end has not come is not given out: its rest would be lost.
    pub(super) fn next(&mut self) -> Option<StampedLine> {
        self.ready.pop_front()
    }
}

impl Open {
    fn stamped(self, stream: LogStream) -> StampedLine {
        let at = jiff::Timestamp::from_nanosecond(self.nanos)
            .map(|time| time.to_string())
            .unwrap_or_default();
        StampedLine {
            line: LogLine {
                at,
                stream,
                text: clean(&self.bytes),
            },
            nanos: self.nanos,
            count: 0,
        }
    }
}

/// `2026-11-22T08:00:00.000000001Z text` as the time and the text.
fn split(payload: &[u8]) -> Option<(i128, &[u8])> {
    let end = payload
        .iter()
        .take(40)
        .position(|byte| *byte == b' ' || *byte == b'\n')?;
    let time = std::str::from_utf8(&payload[..end]).ok()?;
    let time: jiff::Timestamp = time.parse().ok()?;
    let text = &payload[end..];
    Some((time.as_nanosecond(), text.strip_prefix(b" ").unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use super::{Assembler, LogStream};

    #[test]
    fn parts_of_a_long_line_are_one_line_and_streams_do_not_mix() {
        let mut assembler = Assembler::default();
        assembler.add(LogStream::Out, b"2026-11-22T08:00:00.000000001Z one, ");
        assembler.add(LogStream::Err, b"2026-11-22T08:00:00.000000002Z oops\n");
        assembler.add(LogStream::Out, b"2026-11-22T08:00:00.000000003Z two\n");
        let lines: Vec<_> = std::iter::from_fn(|| assembler.next())
            .map(|line| (line.line.at, line.line.text))
            .collect();
        let at = |nanos: u32| format!("2026-11-22T08:00:00.00000000{nanos}Z");
        assert_eq!(lines, [(at(2), "oops".to_owned()), (at(1), "one, two".to_owned())]);
    }

    #[test]
    fn an_empty_line_is_a_line_and_an_offset_is_understood() {
        let mut assembler = Assembler::default();
        assembler.add(LogStream::Out, b"2026-11-22T09:00:00+01:00 \n");
        let line = assembler.next().expect("a line").line;
        assert_eq!((line.at.as_str(), line.text.as_str()), ("2026-11-22T08:00:00Z", ""));
    }

    #[test]
    fn a_line_whose_end_has_not_come_is_not_given_out() {
        let mut assembler = Assembler::default();
        assembler.add(LogStream::Out, b"2026-11-22T08:00:00Z half");
        assert_eq!(assembler.next(), None);
    }
}
