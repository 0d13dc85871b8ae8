use super::{LogLine, LogQuery, LogStream, StampedLine, page};
use std::time::Duration;

#[test]
fn an_empty_page_keeps_the_cursor() {
    let query = LogQuery {
        after: Some("2026-11-22T08:00:00Z/2".to_owned()),
        tail: 10,
        wait: Duration::ZERO,
    };
    let before = super::Cursor::parse("2026-11-22T08:00:00Z/2");
    assert_eq!(page(Vec::new(), before, &query).cursor, query.after);
}

#[test]
fn a_page_is_bounded_and_its_cursor_is_its_last_line() {
    let line = LogLine {
        at: String::new(),
        stream: LogStream::Out,
        text: String::new(),
    };
    let lines = (1..=3000)
        .map(|count| StampedLine {
            line: line.clone(),
            nanos: 0,
            count,
        })
        .collect();
    let query = LogQuery {
        after: None,
        tail: 10,
        wait: Duration::ZERO,
    };
    let page = page(lines, None, &query);
    assert_eq!(
        (page.lines.len(), page.cursor.as_deref()),
        (2000, Some("1970-01-01T00:00:00Z/2000"))
    );
}
