//! From counters of bytes to bytes a second.

use std::time::{Duration, Instant};

use freehold_store::UsageFigures;

/// Counters of bytes that only grow. Each is `None` where it is not told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counters {
    pub(super) net_in: Option<u64>,
    pub(super) net_out: Option<u64>,
    pub(super) disk_read: Option<u64>,
    pub(super) disk_written: Option<u64>,
}

/// Bytes a second. Each is `None` where it is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Rates {
    /// Received over the network.
    pub(crate) net_in: Option<f64>,
    /// Sent over the network.
    pub(crate) net_out: Option<f64>,
    /// Read from disks.
    pub(crate) disk_read: Option<f64>,
    /// Written to disks.
    pub(crate) disk_written: Option<f64>,
}

impl Rates {
    /// Adds another one's; what neither knows stays unknown.
    #[must_use]
    pub(crate) fn plus(self, other: Self) -> Self {
        let sum = |one: Option<f64>, two: Option<f64>| one.into_iter().chain(two).reduce(|one, two| one + two);
        Self {
            net_in: sum(self.net_in, other.net_in),
            net_out: sum(self.net_out, other.net_out),
            disk_read: sum(self.disk_read, other.disk_read),
            disk_written: sum(self.disk_written, other.disk_written),
        }
    }

    /// The bytes that these come to in a span of time; the other figures stay unknown.
    pub(super) fn over(self, span: Duration) -> UsageFigures {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate is not negative and far below the limit"
        )]
        let bytes = |rate: Option<f64>| rate.map(|rate| (rate * span.as_secs_f64()).round() as u64);
        UsageFigures {
            network_in_bytes: bytes(self.net_in),
            network_out_bytes: bytes(self.net_out),
            disk_read_bytes: bytes(self.disk_read),
            disk_written_bytes: bytes(self.disk_written),
            ..UsageFigures::default()
        }
    }
}

/// Turns counters into rates between two readings.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TrafficMeter {
    last: Option<(Counters, Instant)>,
}

impl TrafficMeter {
    /// The rates since the reading before: unknown at the first reading, where no time has passed, and for a counter that
    /// went back (a new container, another network).
    pub(super) fn rates(&mut self, now: &Counters, at: Instant) -> Rates {
        let Some((before, earlier)) = self.last.replace((*now, at)) else {
            return Rates::default();
        };
        let elapsed = at.saturating_duration_since(earlier).as_secs_f64();
        let rate = |before: Option<u64>, now: Option<u64>| {
            let bytes = now?.checked_sub(before?)?;
            (elapsed > 0.0).then(|| bytes as f64 / elapsed)
        };
        Rates {
            net_in: rate(before.net_in, now.net_in),
            net_out: rate(before.net_out, now.net_out),
            disk_read: rate(before.disk_read, now.disk_read),
            disk_written: rate(before.disk_written, now.disk_written),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Counters, Rates, TrafficMeter};

    #[test]
    fn a_rate_needs_two_readings_of_a_counter_that_grows() {
        let start = Instant::now();
        let at = |second| start + Duration::from_secs(second);
        let read = |net_in, disk_read| Counters {
            net_in,
            disk_read,
            ..Counters::default()
        };
        let mut meter = TrafficMeter::default();
        assert_eq!(meter.rates(&read(Some(100), Some(5)), at(0)), Rates::default());
        let rates = meter.rates(&read(Some(300), None), at(2));
        assert_eq!(
            (rates.net_in, rates.disk_read, rates.net_out),
            (Some(100.0), None, None)
        );
        let rates = meter.rates(&read(Some(10), Some(9)), at(3));
        assert_eq!(
            (rates.net_in, rates.disk_read),
            (None, None),
            "it went back, and came back"
        );
        assert_eq!(
            meter.rates(&read(Some(20), Some(9)), at(3)),
            Rates::default(),
            "no time has passed"
        );
        let rates = meter.rates(&read(Some(20), Some(9)), at(4));
        assert_eq!(
            (rates.net_in, rates.disk_read),
            (Some(0.0), Some(0.0)),
            "quiet is not unknown"
        );
    }

    #[test]
    fn a_sum_keeps_unknown_apart_from_zero() {
        let known = Rates {
            net_in: Some(2.0),
            ..Rates::default()
        };
        let sum = known.plus(known);
        assert_eq!((sum.net_in, sum.net_out), (Some(4.0), None));
        assert_eq!(known.plus(Rates::default()), known);
        assert_eq!(known.over(Duration::from_secs(10)).network_in_bytes, Some(20));
    }
}
