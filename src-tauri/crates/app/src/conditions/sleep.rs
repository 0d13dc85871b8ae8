//! Whether the machine has slept: its clock went on while Freehold's did not.

use std::time::{Duration, Instant};

use freehold_model::Timestamp;

/// A smaller difference may be a clock that was set right, or a busy machine.
const LEAST: Duration = Duration::from_secs(30);

/// Compares the two clocks from look to look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SleepWatch {
    wall: Timestamp,
    steady: Instant,
}

impl SleepWatch {
    /// Begins now.
    pub(crate) fn new(wall: Timestamp, steady: Instant) -> Self {
        Self { wall, steady }
    }

    /// By how much more the wall clock went on than the steady one, where that is more than half a minute. A clock that
    /// was set forward looks the same.
    pub(crate) fn slept(&mut self, wall: Timestamp, steady: Instant) -> Option<Duration> {
        let before = std::mem::replace(self, Self { wall, steady });
        let awake = steady.saturating_duration_since(before.steady);
        let gap = wall.since(before.wall).checked_sub(awake)?;
        (gap > LEAST).then_some(gap)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use freehold_model::Timestamp;

    use super::SleepWatch;

    #[test]
    fn a_gap_is_told_once_and_a_slow_task_is_none() {
        let start = Instant::now();
        let steady = |seconds| start + Duration::from_secs(seconds);
        let wall = |seconds: i64| Timestamp(1_000_000 + seconds * 1000);
        let mut watch = SleepWatch::new(wall(0), steady(0));
        assert_eq!(watch.slept(wall(15), steady(15)), None);
        assert_eq!(watch.slept(wall(115), steady(115)), None, "late by itself");
        assert_eq!(
            watch.slept(wall(130 + 3600), steady(130)),
            Some(Duration::from_hours(1))
        );
        assert_eq!(watch.slept(wall(145 + 3600), steady(145)), None);
        assert_eq!(watch.slept(wall(160), steady(160)), None, "the clock was set back");
        assert_eq!(watch.slept(wall(195), steady(175)), None, "the clock was set right");
    }
}
