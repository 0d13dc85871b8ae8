//! What went wrong lately, and when to try again.

use std::time::Duration;

use freehold_model::{Fault, FaultCode, Timestamp};

/// Waits between tries; the last one repeats (umbrel, StartOS and systemd units use the same order of magnitude).
const BACKOFF: [u64; 6] = [1, 2, 4, 8, 16, 30];

/// A node that ran this long was healthy: the next failure starts with the shortest wait again.
pub const HEALTHY_AFTER: Duration = Duration::from_mins(1);

/// So many failures in a row mean that the next try will fail too; the user is told instead.
const GIVE_UP_AFTER: u32 = 12;

/// Failures of one node since it was last healthy. In memory only: a new start of Freehold is a new try.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    attempt: u32,
    fault: Option<Fault>,
    retry_at: Option<Timestamp>,
    gave_up: bool,
}

impl History {
    /// Notes a failure. `jitter` (0 to 1) spreads nodes that failed together. The wait never shrinks from one failure
    /// to the next before [`History::note_healthy`].
    pub fn note_failure(&mut self, now: Timestamp, fault: Fault, jitter: f64) {
        let index = usize::try_from(self.attempt)
            .unwrap_or(usize::MAX)
            .min(BACKOFF.len() - 1);
        self.attempt = self.attempt.saturating_add(1);
        self.gave_up = is_final(fault.code) || self.attempt >= GIVE_UP_AFTER;
        self.fault = Some(fault);
        // Up to a tenth on top: less than the step to the next wait, so waits never shrink.
        let base = Duration::from_secs(BACKOFF[index]);
        self.retry_at = Some(now.plus(base.mul_f64(1.0 + 0.1 * jitter.clamp(0.0, 1.0))));
    }

    /// Notes that everything has run since `since`; after [`HEALTHY_AFTER`] failures are forgotten.
    pub fn note_healthy(&mut self, since: Timestamp, now: Timestamp) {
        if now.since(since) >= HEALTHY_AFTER {
            *self = Self::default();
        }
    }

    /// The user gave an order: try at once.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Trying again would not help.
    pub fn gave_up(&self) -> bool {
        self.gave_up
    }

    /// When to try again.
    pub fn retry_at(&self) -> Option<Timestamp> {
        self.retry_at
    }

    /// The last failure.
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Failures in a row.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }
}

/// Faults that another try cannot mend.
fn is_final(code: FaultCode) -> bool {
    matches!(
        code,
        FaultCode::ImageDigestMismatch
            | FaultCode::ImageMissing
            | FaultCode::ImagePlatform
            | FaultCode::EngineTooOld
            | FaultCode::DataDirOwner
            | FaultCode::DataDirUnusable
            | FaultCode::DiskFull
            | FaultCode::NodeOutOfMemory
            | FaultCode::NodeBadDatabase
            | FaultCode::NodeNeedsReindex
            | FaultCode::DatabaseVersion
            | FaultCode::CpuUnsupported
            | FaultCode::DiskTooSmall
            | FaultCode::NeedUnmet
            | FaultCode::ClientUnknown
            | FaultCode::OptionInvalid
    )
}

#[cfg(test)]
mod tests {
    use super::{GIVE_UP_AFTER, History};
    use freehold_model::{Fault, FaultCode, Timestamp};
    use proptest::prelude::*;

    fn crash() -> Fault {
        Fault::new(FaultCode::NodeCrashed)
    }

    proptest! {
        #[test]
        fn the_wait_never_shrinks_before_a_healthy_uptime(jitters in prop::collection::vec(0.0_f64..=1.0, 2..11)) {
            let mut history = History::default();
            let mut before = 0;
            for jitter in jitters {
                history.note_failure(Timestamp(0), crash(), jitter);
                let wait = history.retry_at().unwrap().0;
                prop_assert!(wait >= before || before > 30_000, "{wait} after {before}");
                before = wait.min(30_000);
            }
        }
    }

    #[test]
    fn a_minute_of_health_forgets_the_failures_and_less_does_not() {
        let mut history = History::default();
        history.note_failure(Timestamp(0), crash(), 0.0);
        history.note_healthy(Timestamp(1_000), Timestamp(60_000));
        assert_eq!(history.attempt(), 1);
        history.note_healthy(Timestamp(1_000), Timestamp(61_000));
        assert_eq!(history, History::default());
    }

    #[test]
    fn it_gives_up_after_many_crashes_and_at_once_where_trying_cannot_help() {
        let mut history = History::default();
        for attempt in 1..=GIVE_UP_AFTER {
            history.note_failure(Timestamp(0), crash(), 0.5);
            assert_eq!(history.gave_up(), attempt == GIVE_UP_AFTER, "try {attempt}");
        }
        let mut history = History::default();
        history.note_failure(Timestamp(0), Fault::new(FaultCode::ImageDigestMismatch), 0.5);
        assert!(
            history.gave_up(),
            "another pull of the same bytes gives the same digest"
        );
    }
}
