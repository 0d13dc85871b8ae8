//! Numbers and states for people.

use freehold_contract::{NodeView, StatusView};
use freehold_model::ByteSize;

/// `1.2 GB`, or `unknown`.
pub(crate) fn bytes(value: Option<u64>) -> String {
    value.map_or_else(|| "unknown".to_owned(), |bytes| ByteSize(bytes).to_string())
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

/// The state in one sentence.
pub(crate) fn status(status: &StatusView) -> String {
    let mut text = status.state.clone();
    if let Some(progress) = status
        .progress
        .filter(|_| matches!(status.state.as_str(), "syncing" | "pulling"))
    {
        text = format!("{text} {progress:.2} %");
    }
    if let (Some(low), Some(high)) = (status.eta_low_s, status.eta_high_s) {
        text = format!("{text}, {} to {} left", duration(low), duration(high));
    }
    if let Some(why) = &status.why {
        text = format!("{text}: {why}");
    }
    text
}

/// A node in one line.
pub(crate) fn node_row(node: &NodeView) -> Vec<String> {
    let height = match (node.height, node.target) {
        (Some(height), Some(target)) if target > height => format!("{height} of {target}"),
        (Some(height), _) => height.to_string(),
        (None, _) => "-".to_owned(),
    };
    let peers = match (node.peers_in, node.peers_out) {
        (Some(incoming), Some(outgoing)) => (incoming + outgoing).to_string(),
        _ => "-".to_owned(),
    };
    vec![
        node.id.clone(),
        node.network.clone(),
        height,
        peers,
        status(&node.status),
    ]
}

/// `2026-11-22 08:15:02` in local time.
pub(crate) fn time(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds).map_or_else(
        |_| "unknown".to_owned(),
        |at| at.strftime("%Y-%m-%d %H:%M:%SZ").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn a_duration_has_two_units_at_most() {
        for (seconds, text) in [(5, "5 s"), (65, "1 min"), (3_660, "1 h 1 min"), (200_000, "2 d 7 h")] {
            assert_eq!(duration(seconds), text);
        }
    }
}
