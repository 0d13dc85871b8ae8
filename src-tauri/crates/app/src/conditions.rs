//! What the machine is like, as far as it decides whether nodes may run: power, network, time of day, disks.

use std::time::{Duration, Instant};

use freehold_host::PowerSource;
use freehold_model::Timestamp;
use freehold_model::machine::DiskFacts;
use freehold_supervisor::{Conditions, hold};
use jiff::tz::TimeZone;

mod sleep;

pub(crate) use sleep::SleepWatch;

/// The network manager is asked through a program of its own, so not at each look.
const METERED_EVERY: Duration = Duration::from_mins(1);
/// Where nobody answers (no network manager), asking again is mostly for nothing.
const METERED_EVERY_SILENT: Duration = Duration::from_mins(10);
/// So many answers that say nothing count as silence.
const SILENT_AFTER: u32 = 3;
/// Free space is news in steps of this size,
const DISK_STEP: u64 = 64_000_000;
/// and only below so many times what nodes are stopped at.
const DISK_MATTERS_FACTOR: u64 = 4;

/// What is known of the machine's surroundings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// It runs on its battery; `None` where nobody can tell.
    pub(crate) on_battery: Option<bool>,
    /// Its connection is metered; `None` where nobody can tell.
    pub(crate) metered: Option<bool>,
}

/// Looks at the surroundings again and again, each as often as it is cheap.
#[derive(Debug, Default)]
pub(crate) struct Lookout {
    metered: Option<bool>,
    asked: Option<Instant>,
    silent: u32,
}

impl Lookout {
    /// One that does not ask about the network for the next while.
    pub(crate) fn without_network(now: Instant) -> Self {
        Self {
            asked: Some(now),
            ..Self::default()
        }
    }

    /// What it is like now. Blocks: about a millisecond, at most two seconds when the network manager is asked.
    pub(crate) fn look(&mut self) -> Surroundings {
        let now = Instant::now();
        if self.is_due(now) {
            self.note(freehold_host::is_metered(), now);
        }
        Surroundings {
            on_battery: match freehold_host::power_source() {
                PowerSource::Battery { .. } => Some(true),
                PowerSource::Mains => Some(false),
                PowerSource::Unknown => None,
            },
            metered: self.metered,
        }
    }

    fn is_due(&self, now: Instant) -> bool {
        let every = if self.silent >= SILENT_AFTER {
            METERED_EVERY_SILENT
        } else {
            METERED_EVERY
        };
        self.asked
            .is_none_or(|asked| now.saturating_duration_since(asked) >= every)
    }

    fn note(&mut self, metered: Option<bool>, now: Instant) {
        self.silent = if metered.is_none() {
            self.silent.saturating_add(1)
        } else {
            0
        };
        self.metered = metered;
        self.asked = Some(now);
    }
}

/// The conditions at an instant, in a time zone.
pub(crate) fn conditions(
    surroundings: Surroundings,
    now: Timestamp,
    zone: &TimeZone,
    disks: Vec<DiskFacts>,
) -> Conditions {
    let (minute_of_day, today) = minute_and_day(now, zone);
    Conditions {
        // Unknown never holds a node back.
        on_battery: surroundings.on_battery == Some(true),
        on_metered_network: surroundings.metered == Some(true),
        minute_of_day,
        today,
        disks,
    }
}

/// Minutes since midnight in the zone, and the day in UTC as `YYYY-MM-DD`.
fn minute_and_day(now: Timestamp, zone: &TimeZone) -> (u16, String) {
    let Ok(instant) = jiff::Timestamp::from_millisecond(now.0) else {
        return (0, String::new());
    };
    let local = instant.to_zoned(zone.clone());
    let hour = u16::try_from(local.hour()).unwrap_or(0);
    let minute = u16::try_from(local.minute()).unwrap_or(0);
    let today = instant.to_zoned(TimeZone::UTC).date().to_string();
    (hour * 60 + minute, today)
}

/// Brings the conditions up to date; whether something changed that can hold a node back or let it go on. The minute
/// counts only where some node has a schedule.
pub(crate) fn update(known: &mut Conditions, now: Conditions, has_schedule: bool) -> bool {
    let is_news = known.on_battery != now.on_battery
        || known.on_metered_network != now.on_metered_network
        || known.today != now.today
        || (has_schedule && known.minute_of_day != now.minute_of_day)
        || !disks_are_alike(&known.disks, &now.disks);
    *known = now;
    is_news
}

fn disks_are_alike(before: &[DiskFacts], now: &[DiskFacts]) -> bool {
    let coarse = |disk: &DiskFacts| {
        let limit = hold::stop_below(disk).bytes();
        let free = disk.available.bytes();
        // Far above the limit it does not matter how much is free; near it, crossing the limit itself must not be missed
        // within a step.
        let step = (free < limit.saturating_mul(DISK_MATTERS_FACTOR)).then_some((free / DISK_STEP, free < limit));
        (disk.mount_point.clone(), disk.total, step)
    };
    before.len() == now.len() && before.iter().map(coarse).eq(now.iter().map(coarse))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use freehold_model::machine::DiskFacts;
    use freehold_model::{ByteSize, Timestamp};
    use freehold_supervisor::Conditions;
    use jiff::tz::TimeZone;

    use super::{Lookout, Surroundings, conditions, update};

    /// 2026-11-22 11:40:35 UTC.
    const NOW: Timestamp = Timestamp(1_795_347_635_000);

    fn disk(free: u64) -> DiskFacts {
        DiskFacts {
            mount_point: "/".into(),
            name: "sda1".to_owned(),
            file_system: "ext4".to_owned(),
            kind: "ssd".to_owned(),
            total: ByteSize::gb(1000),
            available: ByteSize(free),
        }
    }

    fn with(free: u64, now: Timestamp) -> Conditions {
        conditions(Surroundings::default(), now, &TimeZone::UTC, vec![disk(free)])
    }

    #[test]
    fn the_minute_is_local_and_the_day_is_not() {
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        let evening = conditions(
            Surroundings::default(),
            NOW.plus(Duration::from_hours(7)),
            &tokyo,
            Vec::new(),
        );
        assert_eq!(
            (evening.minute_of_day, evening.today.as_str()),
            (3 * 60 + 40, "2026-11-22")
        );
        let noon = with(1, NOW);
        assert_eq!((noon.minute_of_day, noon.today.as_str()), (11 * 60 + 40, "2026-11-22"));
    }

    #[test]
    fn unknown_holds_nobody_back() {
        assert!(!with(1, NOW).on_battery && !with(1, NOW).on_metered_network);
        let known = Surroundings {
            on_battery: Some(true),
            metered: Some(true),
        };
        let held = conditions(known, NOW, &TimeZone::UTC, Vec::new());
        assert!(held.on_battery && held.on_metered_network);
    }

    #[test]
    fn only_what_matters_is_news() {
        let is_news = |from: &Conditions, to: &Conditions, has_schedule| {
            let mut known = from.clone();
            let is_news = update(&mut known, to.clone(), has_schedule);
            assert_eq!(known, *to, "it is up to date in any case");
            is_news
        };
        let plenty = with(500_000_000_000, NOW);
        assert!(
            !is_news(&plenty, &with(400_000_000_000, NOW), false),
            "far from any limit"
        );
        let later = with(500_000_000_000, NOW.plus(Duration::from_mins(1)));
        assert!(!is_news(&plenty, &later, false), "nobody has a schedule");
        assert!(is_news(&plenty, &later, true));
        assert!(is_news(
            &plenty,
            &with(500_000_000_000, NOW.plus(Duration::from_hours(24))),
            false
        ));
        assert!(
            is_news(&with(3_000_000_000, NOW), &with(2_900_000_000, NOW), false),
            "a step near the limit"
        );
        assert!(
            !is_news(&with(2_900_000_000, NOW), &with(2_899_000_000, NOW), false),
            "within a step"
        );
        assert!(
            is_news(&with(2_000_000_001, NOW), &with(1_999_999_999, NOW), false),
            "over the limit"
        );
        let mut other = plenty.clone();
        other.on_battery = true;
        assert!(is_news(&plenty, &other, false));
        other.disks.clear();
        assert!(is_news(&plenty, &other, false), "a disk is gone");
    }

    #[test]
    fn the_network_manager_is_asked_seldom_and_hardly_where_it_is_silent() {
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let mut lookout = Lookout::default();
        assert!(lookout.is_due(start));
        lookout.note(Some(true), start);
        assert!(!lookout.is_due(after(59)) && lookout.is_due(after(60)));
        for _ in 0..3 {
            lookout.note(None, start);
        }
        assert_eq!(lookout.metered, None, "an old answer must not pass for a present one");
        assert!(!lookout.is_due(after(60)) && lookout.is_due(after(600)));
        lookout.note(Some(false), start);
        assert!(lookout.is_due(after(60)), "it is back");
    }
}
