//! What the kinds share when they make a report.

use std::time::Duration;

use freehold_model::{ProbeFailure, ProbeReport, Stage, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::excerpt::shorten;

/// The most that is shown before the tip is reached.
pub(crate) const ALMOST: f64 = 99.99;

/// A report that says nothing yet.
pub(crate) fn blank(stage: Stage) -> ProbeReport {
    ProbeReport {
        stage,
        height: 0,
        target: None,
        percent: match stage {
            Stage::Ready => Some(100.0),
            Stage::PreHeaders => Some(0.0),
            _ => None,
        },
        detail: None,
        peers_in: 0,
        peers_out: 0,
        version: String::new(),
        chain: String::new(),
        tip_age: None,
        tip: String::new(),
        size_on_disk: None,
        pruned: false,
        warnings: Vec::new(),
    }
}

/// A share of one as percent: cut (not rounded) to two places and kept below 100. Not a number ends as 0.
pub(crate) fn below_hundred(share: f64) -> f64 {
    let cut = (share * 10_000.0).floor() / 100.0;
    if cut > 0.0 { cut.min(ALMOST) } else { 0.0 }
}

/// `done` of `all` as percent, kept below 100; `None` where there is no total.
pub(crate) fn percent_of(done: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| below_hundred(done as f64 / all as f64))
}

/// Time since `seconds` (since 1970).
pub(crate) fn age(seconds: i64, now: Timestamp) -> Duration {
    now.since(Timestamp(seconds.saturating_mul(1000)))
}

/// A quantity: a number, a decimal text, or a hex text with `0x`.
pub(crate) fn quantity(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => match text.strip_prefix("0x") {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => u64::from_str_radix(digits, 16).ok(),
            Some(_) => None,
            None => text.parse().ok(),
        },
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A quantity as a count of connections.
pub(crate) fn count(value: &Value) -> u32 {
    quantity(value).map_or(0, |count| u32::try_from(count).unwrap_or(u32::MAX))
}

/// A text of an answer, short and printable; empty where there is none.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().map(shorten).unwrap_or_default()
}

/// Reads the answer to `asked`.
pub(crate) fn parse<T: DeserializeOwned>(asked: &str, answer: Value) -> Result<T, ProbeFailure> {
    serde_json::from_value(answer).map_err(|error| ProbeFailure::Unreadable {
        reason: shorten(&format!("{asked}: {error}")),
    })
}

/// The failure: `asked` was answered without something that every such node tells.
pub(crate) fn lacks(asked: &str, what: &str) -> ProbeFailure {
    ProbeFailure::Unreadable {
        reason: format!("{asked} is answered without `{what}`"),
    }
}

/// A number of bytes for people: `12.3 GB`.
pub(crate) fn gigabytes(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / 1e9)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, proptest};
    use serde_json::json;

    use super::{below_hundred, percent_of, quantity};

    #[test]
    fn quantities_come_in_three_forms() {
        for (value, expected) in [
            (json!("0x4b0"), Some(1200)),
            (json!(7), Some(7)),
            (json!("7"), Some(7)),
            (json!("0x"), None),
            (json!("0x+1"), None),
            (json!(-1), None),
            (json!(null), None),
        ] {
            assert_eq!(quantity(&value), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn percent_stays_below_hundred(done in any::<u64>(), all in any::<u64>(), share in any::<f64>()) {
            let percent = percent_of(done, all).unwrap_or(0.0);
            prop_assert!((0.0..=99.99).contains(&percent));
            prop_assert!((0.0..=99.99).contains(&below_hundred(share)));
        }
    }
}
