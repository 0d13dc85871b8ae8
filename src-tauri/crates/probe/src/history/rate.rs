//! A robust rate (Theil-Sen): the middle of the slopes between all pairs of readings, so that a pause or a burst does not
//! bend it.

/// Closest two readings that make a slope: percent is cut to 0.01, which over seconds is mostly noise.
const SHORTEST_BASE: f64 = 60.0;

/// A slope below this (percent per second; 0.01 percent in a window) is no progress.
const NOTHING: f64 = 0.01 / 900.0;

/// The rate is steady while its 80th percentile is at most this many times its 20th: beyond, the two ends of the
/// range would tell different stories.
const STEADY: f64 = 3.0;

/// Least width of the range to either side of the middle. Block contents vary by more than the readings show.
const MARGIN: f64 = 0.15;

/// Percent per second: 20th percentile, middle, 80th percentile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rate {
    slow: f64,
    middle: f64,
    fast: f64,
}

impl Rate {
    /// The rate of readings `(seconds before the last one, percent)`, oldest first; `None` when it is unsteady, nearly
    /// nothing or not positive.
    pub(super) fn of(points: &[(f64, f64)]) -> Option<Self> {
        let mut slopes = Vec::with_capacity(points.len() * points.len() / 2);
        for (index, (earlier_age, earlier)) in points.iter().enumerate() {
            for (later_age, later) in points.iter().skip(index + 1) {
                let base = earlier_age - later_age;
                if base >= SHORTEST_BASE {
                    slopes.push((later - earlier) / base);
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
        (rate.slow > NOTHING && rate.fast <= rate.slow * STEADY).then_some(rate)
    }

    /// Seconds for `remaining` percent, at the earliest and at the latest.
    pub(super) fn time_for(&self, remaining: f64) -> Option<(f64, f64)> {
        let middle = remaining / self.middle;
        let low = (remaining / self.fast).min(middle * (1.0 - MARGIN));
        let high = (remaining / self.slow).max(middle * (1.0 + MARGIN));
        (low.is_finite() && high.is_finite() && low >= 0.0).then_some((low, high))
    }
}
