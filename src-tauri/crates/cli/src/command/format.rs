//! Numbers and states for people.

use freehold_contract::{NodeView, StatusView};
use freehold_model::ByteSize;

/// `1.2 GB`, or `unknown`.
pub(crate) fn bytes(value: Option<u64>) -> String {
    value.map_or_else(|| "unknown".to_owned(), |bytes| ByteSize(bytes).to_string())
}

/// Bytes a second as `1.2 MB/s`, or `-` where nobody measured them.
pub(crate) fn rate(value: Option<f64>) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and a rate is not negative"
    )]
    value.map_or_else(|| "-".to_owned(), |rate| format!("{}/s", ByteSize(rate.round() as u64)))
}

/// `12.3 %`, or `unknown`.
pub(crate) fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| "unknown".to_owned(), |percent| format!("{percent:.1} %"))
}

/// `3 h 20 min` and the like: two units at most.
pub(crate) fn duration(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// `2 d 3 h to 3 d 0 h`, or one duration where both are the same.
pub(crate) fn range(low_s: u64, high_s: u64) -> String {
    let (low, high) = (duration(low_s), duration(high_s));
    if low == high { low } else { format!("{low} to {high}") }
}

/// A digest as people compare it: the algorithm and the first 12 digits.
pub(crate) fn short_digest(digest: &str) -> String {
    match digest.split_once(':') {
        Some((algorithm, digits)) if digits.len() > 12 => {
            format!("{algorithm}:{}…", digits.chars().take(12).collect::<String>())
        }
        _ => digest.to_owned(),
    }
}

/// `a, b and c`.
pub(crate) fn and<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// The state in one sentence.
pub(crate) fn status(status: &StatusView) -> String {
    let mut text = status.state.clone();
    if let Some(progress) = status
        .progress
        .filter(|_| matches!(status.state.as_str(), "syncing" | "pulling" | "moving"))
    {
        text = format!("{text} {progress:.2} %");
    }
    // Before the first file has been listed there are none.
    if let (Some(moved), Some(all @ 1..)) = (status.moved_bytes, status.move_bytes) {
        text = format!("{text}, {} of {}", ByteSize(moved), ByteSize(all));
    }
    if let (Some(low), Some(high)) = (status.eta_low_s, status.eta_high_s) {
        text = format!("{text}, {} left", range(low, high));
    }
    if let Some(why) = &status.why {
        text = format!("{text}: {why}");
    }
    text
}

/// What happens to a node, in one line: its state, and the phase of an update or a move.
pub(crate) fn progress_line(node: &NodeView) -> String {
    let phase = match (node.update_phase.as_deref(), node.move_phase.as_deref()) {
        (Some("fetching"), _) => " (fetching the other version)",
        (Some("proving"), _) => " (the other version has to prove itself)",
        (_, Some("proving")) => " (the data has to prove itself in its new place)",
        (_, Some("erasing")) => " (erasing the data in its old place)",
        _ => "",
    };
    format!("{}: {}{phase}", node.id, status(&node.status))
}

/// `2026-11-22 08:15:02Z`, in universal time.
pub(crate) fn time(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds).map_or_else(
        |_| "unknown".to_owned(),
        |at| at.strftime("%Y-%m-%d %H:%M:%SZ").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{and, duration, progress_line, range, rate, short_digest, status};
    use crate::command::sample;

    #[test]
    fn a_duration_has_two_units_at_most() {
        for (seconds, text) in [(5, "5 s"), (65, "1 min"), (3_660, "1 h 1 min"), (200_000, "2 d 7 h")] {
            assert_eq!(duration(seconds), text);
        }
        assert_eq!(range(60, 65), "1 min");
        assert_eq!(range(60, 3_600), "1 min to 1 h 0 min");
    }

    #[test]
    fn small_things_read_well() {
        assert_eq!(
            (rate(None), rate(Some(1_499_999.6))),
            ("-".to_owned(), "1.5 MB/s".to_owned())
        );
        assert_eq!(and(&["a", "b", "c"]), "a, b and c");
        assert_eq!(and::<&str>(&[]), "");
        assert_eq!(short_digest("sha256:0123456789abcdef"), "sha256:0123456789ab…");
        assert_eq!(short_digest("sha256:aa"), "sha256:aa");
    }

    #[test]
    fn every_state_says_how_far_and_why() {
        let text = |view| status(&sample::read(&view));
        let moving =
            json!({ "state": "moving", "progress": 12.5, "moved_bytes": 125_000_000, "move_bytes": 1_000_000_000 });
        assert_eq!(text(moving), "moving 12.50 %, 125 MB of 1.0 GB");
        let paused = json!({ "state": "paused", "why": "The machine runs on its battery." });
        assert_eq!(text(paused), "paused: The machine runs on its battery.");
        let syncing = json!({ "state": "syncing", "progress": 3.0, "eta_low_s": 60, "eta_high_s": 120 });
        assert_eq!(text(syncing), "syncing 3.00 %, 1 min to 2 min left");
    }

    #[test]
    fn an_update_and_a_move_name_their_phase() {
        let line = |fields| progress_line(&sample::node(&fields));
        assert_eq!(line(json!({})), "mine: ready");
        assert_eq!(
            line(json!({ "update_phase": "proving", "status": { "state": "starting" } })),
            "mine: starting (the other version has to prove itself)"
        );
        assert_eq!(
            line(json!({ "move_phase": "erasing" })),
            "mine: ready (erasing the data in its old place)"
        );
    }
}
