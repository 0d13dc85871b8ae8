//! When a disk will be full, by how its free space has shrunk.
//!
//! A robust rate (Theil-Sen): the middle of the slopes between pairs of readings, so that a file that comes and goes
//! does not bend it.

use std::time::Duration;

use freehold_model::{ByteSize, Timestamp};

const HOUR: f64 = 3600.0;
const DAY: f64 = 24.0 * HOUR;

/// Readings that span less say more about one download than about the days to come.
const SHORTEST_SPAN: f64 = 6.0 * HOUR;

/// Later than this nobody plans by it, and the rate will have changed.
const FARTHEST: f64 = 400.0 * DAY;

/// Fewer readings have no middle.
const FEWEST: usize = 6;

/// Most readings that are compared with each other; more are thinned evenly. 200 make 20,000 pairs at most.
const MOST: usize = 200;

/// The part of the span that a pair must lie apart: closer ones show noise.
const SHORTEST_BASE: f64 = 0.25;

/// The part at the end of the span that must shrink by itself, too: a first sync that is over fills no disk.
const RECENT: f64 = 1.0 / 3.0;

/// Least width of the range to either side of the middle.
const MARGIN: f64 = 0.15;

/// How long until a disk is full, at the earliest and at the latest, counted from the last reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FullIn {
    /// At the earliest.
    pub low: Duration,
    /// At the latest.
    pub high: Duration,
}

/// When the disk is full if it goes on as in `free`: the disk's free bytes at times, in any order. A week of readings,
/// a quarter of an hour apart, is a good choice. `None` where the free space does not shrink steadily (over all of the
/// time and over the last third of it), where the readings are fewer than six or span less than six hours, and where the
/// middle of the range is more than 400 days away.
pub fn full_in(free: &[(Timestamp, ByteSize)]) -> Option<FullIn> {
    let points = points(free)?;
    let (start, _) = *points.first()?;
    let (_, left) = *points.last()?;
    let span = -start;
    if span < SHORTEST_SPAN {
        return None;
    }
    let all = Rate::of(&points, span * SHORTEST_BASE)?;
    let recent: Vec<_> = points.iter().copied().filter(|(at, _)| *at >= -span * RECENT).collect();
    let recent = Rate::of(&recent, span * RECENT * SHORTEST_BASE)?;
    let middle = left / all.middle;
    if middle > FARTHEST {
        return None;
    }
    let slow = all.slow.min(recent.middle);
    let fast = all.fast.max(recent.middle);
    let low = (left / fast).min(middle * (1.0 - MARGIN));
    let high = (left / slow).max(middle * (1.0 + MARGIN));
    Some(FullIn {
        low: Duration::try_from_secs_f64(low).ok()?,
        high: Duration::try_from_secs_f64(high).ok()?,
    })
}

/// `(seconds, free bytes)` in order, thinned; the last one is at 0, those before are negative.
fn points(free: &[(Timestamp, ByteSize)]) -> Option<Vec<(f64, f64)>> {
    let mut sorted = free.to_vec();
    sorted.sort_by_key(|(at, _)| *at);
    sorted.dedup_by_key(|(at, _)| *at);
    let (last, _) = *sorted.last()?;
    // The last one stays: it says what is left.
    let every = sorted.len().div_ceil(MOST);
    let mut points: Vec<_> = sorted
        .iter()
        .rev()
        .step_by(every)
        .map(|(at, free)| (-last.since(*at).as_secs_f64(), free.bytes() as f64))
        .collect();
    points.reverse();
    (points.len() >= FEWEST).then_some(points)
}

/// Bytes that go in a second: 20th percentile, middle, 80th percentile.
struct Rate {
    slow: f64,
    middle: f64,
    fast: f64,
}

impl Rate {
    /// `None` when there is no pair at least `base` seconds apart, or when it does not shrink steadily.
    fn of(points: &[(f64, f64)], base: f64) -> Option<Self> {
        let mut slopes = Vec::with_capacity(points.len() * points.len() / 2);
        for (index, (earlier, before)) in points.iter().enumerate() {
            for (later, after) in points.iter().skip(index + 1) {
                let apart = later - earlier;
                if apart >= base && apart > 0.0 {
                    slopes.push((before - after) / apart);
                }
            }
        }
        slopes.sort_unstable_by(f64::total_cmp);
        let at = |tenths: usize| slopes.get(slopes.len() * tenths / 10).copied();
        let rate = Self {
            slow: at(2)?,
            middle: at(5)?,
            fast: at(8)?,
        };
        (rate.slow > 0.0).then_some(rate)
    }
}

#[cfg(test)]
mod tests;
