//! What an engine says while it pulls.

use std::time::{Duration, Instant};

use serde_json::Value;

#[path = "../../src-tauri/crates/engine/src/pull"]
mod engine {
    #[expect(dead_code, reason = "the crate names images in another way as well")]
    pub(super) mod progress;
}

use engine::progress::Aggregator;

/// Adds up the lines of the bytes, each as one report, 100 ms apart.
///
/// # Panics
///
/// When a snapshot has more layers than there were lines, or a rate that is no number.
pub fn pull_progress(data: &[u8]) {
    let start = Instant::now();
    let mut sum = Aggregator::of("fuzz".to_owned());
    let mut lines = 0_u32;
    for line in data.split(|byte| *byte == b'\n') {
        let Ok(line) = serde_json::from_slice::<Value>(line) else {
            continue;
        };
        lines += 1;
        sum.add(&line, start + Duration::from_millis(100) * lines);
        let shown = sum.snapshot();
        assert!(shown.layers.len() <= lines as usize);
        assert!(
            shown.rate.is_none_or(|rate| rate.is_finite() && rate >= 0.0),
            "{shown:?}"
        );
    }
    sum.finish();
    let shown = sum.snapshot();
    assert!(
        shown
            .layers
            .iter()
            .all(|layer| layer.total.is_none_or(|total| layer.current <= total)),
        "{shown:?}"
    );
}
