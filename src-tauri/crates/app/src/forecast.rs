//! How each disk stands: fine, filling, low or stopped, when it is full, and what can be done.

use std::time::Duration;

use freehold_host::FullIn;
use freehold_model::machine::DiskFacts;
use freehold_model::spec::OptionKind;
use freehold_model::{ByteSize, DesiredState};
use freehold_supervisor::{NodeSnapshot, hold};

/// Full this soon is worth a warning.
const SOON: Duration = Duration::from_hours(30 * 24);
/// Less free than this part of the disk is worth a warning,
const LITTLE_PART: u64 = 10;
/// but only where it is also less than this: a tenth of a large disk lasts for years.
const LITTLE: ByteSize = ByteSize(50_000_000_000);
/// Less than so many times what nodes are stopped at is low.
const LOW_FACTOR: u64 = 3;
/// A disk counts as stopped until there is this many times as much: that is when its nodes start again.
const START_AGAIN_FACTOR: u64 = 2;

/// How a disk stands, the best first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Room enough.
    #[default]
    Fine,
    /// It will be full in some weeks, or little is free.
    Filling,
    /// Nodes are about to be stopped.
    Low,
    /// Nodes on it were stopped.
    Stopped,
}

impl Level {
    /// Its stable name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Filling => "filling",
            Self::Low => "low",
            Self::Stopped => "stopped",
        }
    }
}

/// How a disk stands and what can be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DiskState {
    /// How it stands.
    pub(crate) level: Level,
    /// When it is full, if it goes on as in the last days.
    pub(crate) full_in: Option<FullIn>,
    /// What can be done, where something should be.
    pub(crate) advice: Option<String>,
}

/// A node whose data lies on a disk, as far as that matters to the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tenant {
    /// Its name for people.
    pub(crate) name: String,
    /// It should run.
    pub(crate) is_wanted: bool,
    /// It keeps everything and could drop old blocks.
    pub(crate) can_prune: bool,
    /// Bytes that it takes, where that is known.
    pub(crate) bytes: Option<u64>,
}

impl Tenant {
    /// Of a node's view.
    pub(crate) fn of(node: &NodeSnapshot, bytes: Option<u64>) -> Self {
        Self {
            name: node.record.name.clone(),
            is_wanted: node.record.desired == DesiredState::Running,
            can_prune: can_prune(node),
            bytes,
        }
    }
}

/// The option by which clients of the Bitcoin family, and some others, drop old blocks.
const STORAGE: &str = "storage";
/// Its value.
const PRUNED: &str = "pruned";

fn can_prune(node: &NodeSnapshot) -> bool {
    let option = node
        .spec
        .iter()
        .flat_map(|spec| &spec.options)
        .find(|option| option.id.as_str() == STORAGE)
        .filter(|option| option.networks.is_empty() || option.networks.contains(&node.record.network));
    let Some((OptionKind::Choice { default, choices }, id)) = option.map(|option| (&option.kind, &option.id)) else {
        return false;
    };
    let chosen = node.record.options.get(id).unwrap_or(default);
    chosen != PRUNED && choices.iter().any(|choice| choice.value == PRUNED)
}

/// How a disk with these nodes on it stands. A disk that holds nothing of Freehold's is none of its business: always
/// fine.
pub(crate) fn state(disk: &DiskFacts, tenants: &[Tenant], full_in: Option<FullIn>, before: Level) -> DiskState {
    if tenants.is_empty() {
        return DiskState::default();
    }
    let level = level(disk, tenants, full_in, before);
    DiskState {
        level,
        full_in,
        advice: advice(level, tenants, full_in),
    }
}

fn level(disk: &DiskFacts, tenants: &[Tenant], full_in: Option<FullIn>, before: Level) -> Level {
    let (free, limit) = (disk.available.bytes(), hold::stop_below(disk).bytes());
    let goes_on_at = if before == Level::Stopped {
        limit.saturating_mul(START_AGAIN_FACTOR)
    } else {
        limit
    };
    if free < goes_on_at && tenants.iter().any(|tenant| tenant.is_wanted) {
        Level::Stopped
    } else if free < limit.saturating_mul(LOW_FACTOR) {
        Level::Low
    } else if full_in.is_some_and(|full_in| full_in.low < SOON)
        || (free < disk.total.bytes() / LITTLE_PART && free < LITTLE.bytes())
    {
        Level::Filling
    } else {
        Level::Fine
    }
}

fn advice(level: Level, tenants: &[Tenant], full_in: Option<FullIn>) -> Option<String> {
    let stands = match level {
        Level::Fine => return None,
        Level::Filling => match full_in.filter(|full_in| full_in.low < SOON) {
            Some(full_in) => format!("It will be full in {}, if it goes on like this.", range(full_in)),
            None => "Little room is left on it.".to_owned(),
        },
        Level::Low => "Its nodes will be stopped soon, to keep their data whole.".to_owned(),
        Level::Stopped => {
            "Its nodes were stopped to keep their data whole; they go on by themselves once there is room.".to_owned()
        }
    };
    // The largest of those that can be changed is what helps most.
    let largest = |tenants: &mut dyn Iterator<Item = &Tenant>| {
        tenants
            .max_by_key(|tenant| tenant.bytes.unwrap_or(0))
            .map(|tenant| tenant.name.clone())
    };
    let prune = largest(&mut tenants.iter().filter(|tenant| tenant.can_prune))
        .map(|name| format!("let {name} drop old blocks (its option `{STORAGE}`)"));
    let move_away = largest(&mut tenants.iter()).map(|name| format!("move the data of {name} to a larger disk"));
    let ways: Vec<String> = std::iter::once("Free some space".to_owned())
        .chain(prune)
        .chain(move_away)
        .collect();
    let ways = match ways.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{}, or {last}", others.join(", ")),
        _ => ways.concat(),
    };
    Some(format!("{stands} {ways}."))
}

/// `12 to 18 days`.
pub(crate) fn range(full_in: FullIn) -> String {
    const DAY: u64 = 86_400;
    const HOUR: u64 = 3600;
    let (low, high) = (full_in.low.as_secs(), full_in.high.as_secs());
    let (unit, name) = if high < 2 * DAY { (HOUR, "hours") } else { (DAY, "days") };
    let (low, high) = (low / unit, high.div_ceil(unit).max(1));
    if low == high {
        format!("about {low} {name}")
    } else if low == 0 {
        format!("at most {high} {name}")
    } else {
        format!("{low} to {high} {name}")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use freehold_host::FullIn;
    use freehold_model::ByteSize;
    use freehold_model::machine::DiskFacts;

    use super::{Level, Tenant, range, state};

    const DAY: u64 = 86_400;

    fn disk(total_gb: u64, free_mb: u64) -> DiskFacts {
        DiskFacts {
            mount_point: "/data".into(),
            name: "sda1".to_owned(),
            file_system: "ext4".to_owned(),
            kind: "ssd".to_owned(),
            total: ByteSize::gb(total_gb),
            available: ByteSize(free_mb * 1_000_000),
        }
    }

    fn tenant(name: &str, can_prune: bool, gb: u64) -> Tenant {
        Tenant {
            name: name.to_owned(),
            is_wanted: true,
            can_prune,
            bytes: Some(gb * 1_000_000_000),
        }
    }

    fn days(low: u64, high: u64) -> FullIn {
        FullIn {
            low: Duration::from_secs(low * DAY),
            high: Duration::from_secs(high * DAY),
        }
    }

    #[test]
    fn the_ladder_goes_down_with_the_free_space() {
        let nodes = [tenant("Bitcoin Core", true, 800)];
        let level = |total, free, full_in, before| state(&disk(total, free), &nodes, full_in, before).level;
        for (total, free_mb, full_in, expected) in [
            (1000, 400_000, None, Level::Fine),
            (1000, 99_000, None, Level::Fine),
            (1000, 49_000, None, Level::Filling),
            (100, 9_000, None, Level::Filling),
            (100, 11_000, None, Level::Fine),
            (1000, 400_000, Some(days(40, 60)), Level::Fine),
            (1000, 400_000, Some(days(20, 60)), Level::Filling),
            (1000, 5_900, None, Level::Low),
            (1000, 1_900, None, Level::Stopped),
        ] {
            let found = level(total, free_mb, full_in, Level::Fine);
            assert_eq!(
                found, expected,
                "{total} GB with {free_mb} MB free, full in {full_in:?}"
            );
        }
        assert_eq!(
            level(1000, 3_900, None, Level::Stopped),
            Level::Stopped,
            "not before twice the limit"
        );
        assert_eq!(level(1000, 4_100, None, Level::Stopped), Level::Low);
    }

    #[test]
    fn a_full_disk_without_a_node_that_should_run_stopped_nothing() {
        let mut node = tenant("Kubo", false, 3);
        node.is_wanted = false;
        assert_eq!(state(&disk(1000, 100), &[node], None, Level::Fine).level, Level::Low);
        let other = state(&disk(1000, 100), &[], Some(days(1, 2)), Level::Fine);
        assert_eq!(
            (other.level, other.advice),
            (Level::Fine, None),
            "nothing of Freehold's lies there"
        );
    }

    #[test]
    fn advice_names_what_helps_most() {
        let nodes = [
            tenant("Litecoin Core", true, 200),
            tenant("Bitcoin Core", true, 800),
            tenant("Kubo", false, 900),
        ];
        let advice =
            |nodes: &[Tenant], free_mb| state(&disk(2000, free_mb), nodes, Some(days(12, 18)), Level::Fine).advice;
        let filling = advice(&nodes, 300_000).unwrap();
        assert_eq!(
            filling,
            "It will be full in 12 to 18 days, if it goes on like this. Free some space, let Bitcoin Core drop old \
             blocks (its option `storage`), or move the data of Kubo to a larger disk."
        );
        let stopped = advice(&nodes[2..], 100).unwrap();
        assert!(
            stopped.starts_with("Its nodes were stopped") && !stopped.contains("old blocks"),
            "{stopped}"
        );
    }

    #[test]
    fn a_range_is_said_in_a_fitting_unit() {
        let text = |low, high| {
            range(FullIn {
                low: Duration::from_secs(low),
                high: Duration::from_secs(high),
            })
        };
        assert_eq!(text(12 * DAY, 18 * DAY), "12 to 18 days");
        assert_eq!(text(3 * 3600, 5 * 3600), "3 to 5 hours");
        assert_eq!(text(60, 5 * 3600), "at most 5 hours");
        assert_eq!(text(12 * DAY, 12 * DAY), "about 12 days");
    }
}
