use proptest::prelude::*;

use super::super::{LogLine, LogStream};
use super::{Cursor, Seeker, StampedLine};

fn line(nanos: i128, text: &str) -> StampedLine {
    let line = LogLine {
        at: String::new(),
        stream: LogStream::Out,
        text: text.to_owned(),
    };
    StampedLine { line, nanos, count: 0 }
}

/// Pages of `size` lines, each found by the cursor of the page before, over a log that grows by `growth` in between.
fn read_in_pages(log: &[StampedLine], size: usize, growth: usize) -> Vec<String> {
    let mut texts = Vec::new();
    let mut cursor: Option<Cursor> = None;
    let mut known = 0;
    while texts.len() < log.len() {
        known = (known + growth).min(log.len());
        let mut seeker = Seeker::new(cursor);
        for entry in &log[..known] {
            if cursor.is_none_or(|cursor| entry.nanos.div_euclid(1_000_000_000) >= cursor.since()) {
                seeker.add(entry.clone());
            }
        }
        let mut page = seeker.finish();
        page.truncate(size);
        // Through its text, as a client keeps it.
        cursor = page
            .last()
            .map(|last| Cursor::of(last).to_string())
            .and_then(|text| Cursor::parse(&text))
            .or(cursor);
        texts.extend(page.into_iter().map(|line| line.line.text));
    }
    texts
}

proptest! {
    /// Times repeat (whole seconds) and run backwards by a little (two streams).
    #[test]
    fn pages_join_without_a_gap_and_without_a_repeated_line(
        steps in proptest::collection::vec(-400_000_000_i64..900_000_000, 1..80),
        is_whole_seconds in any::<bool>(),
        size in 1_usize..9,
        growth in 1_usize..9,
    ) {
        let mut now = 1_000_000_000_000_i128;
        let mut newest = now;
        let log: Vec<StampedLine> = steps.iter().enumerate().map(|(index, step)| {
            // Never more than 0.4 s behind the newest, as engines stamp lines when they take them.
            now = (now + i128::from(*step)).max(newest - 400_000_000);
            newest = newest.max(now);
            let nanos = if is_whole_seconds { now.div_euclid(1_000_000_000) * 1_000_000_000 } else { now };
            line(nanos, &index.to_string())
        }).collect();
        let expected: Vec<String> = log.iter().map(|line| line.line.text.clone()).collect();
        prop_assert_eq!(read_in_pages(&log, size, growth), expected);
    }
}

#[test]
fn where_the_cursor_s_line_was_rotated_away_newer_lines_are_given() {
    let mut seeker = Seeker::new(Cursor::parse("1970-01-01T00:00:10Z/3"));
    for entry in [line(9_000_000_000, "older"), line(11_000_000_000, "newer")] {
        seeker.add(entry);
    }
    let texts: Vec<String> = seeker.finish().into_iter().map(|line| line.line.text).collect();
    assert_eq!(texts, ["newer"]);
}

#[test]
fn a_stream_cut_short_is_noticed() {
    let cursor = Cursor::parse("1970-01-01T00:00:10Z/1");
    let mut seeker = Seeker::new(cursor);
    for _ in 0..3 {
        seeker.add(line(12_000_000_000, "newer"));
    }
    assert!(
        seeker.is_unsure(3),
        "three lines wanted, three newer ones came: the cursor may lie before them"
    );
    assert!(!seeker.is_unsure(4), "all there is came");
    seeker.add(line(9_000_000_000, "older"));
    assert!(!seeker.is_unsure(4), "an older line shows that the stream reaches back");
}

#[test]
fn a_plain_time_means_everything_after_it() {
    let mut seeker = Seeker::new(Cursor::parse("1970-01-01T00:00:10Z"));
    for entry in [line(10_000_000_000, "at"), line(10_000_000_001, "after")] {
        seeker.add(entry);
    }
    assert!(seeker.has_new());
    assert_eq!(seeker.finish_certain().len(), 1);
    assert_eq!(Cursor::parse("yesterday"), None);
}
