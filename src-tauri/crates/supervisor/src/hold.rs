//! Reasons to hold a node back although it is wanted: rules that the user set, a disk that is nearly full, a release that
//! has ended. Pure; whoever knows the machine passes the conditions in.

use freehold_model::machine::DiskFacts;
use freehold_model::spec::{NodeSpec, OptionValue};
use freehold_model::{ByteSize, Fault, FaultCode, NodeRecord, OptionId};
use freehold_plan::ResolvedOptions;

/// Free space at which a node is stopped while its database is whole: bitcoind gives up at 50 MB, geth at 2 GiB.
const STOP_BELOW: ByteSize = ByteSize(2_000_000_000);
/// On a small disk, this part of it instead.
const STOP_BELOW_PART: u64 = 20;
/// A node that was stopped for want of space starts again once there is this many times as much.
const START_AGAIN_FACTOR: u64 = 2;

/// What the machine is like now, as far as it decides whether nodes may run. Unknown never holds a node back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conditions {
    /// The machine runs on its battery.
    pub on_battery: bool,
    /// The network connection is metered.
    pub on_metered_network: bool,
    /// Minutes since midnight, local time.
    pub minute_of_day: u16,
    /// Today in UTC, `YYYY-MM-DD`.
    pub today: String,
    /// Disks with their free space.
    pub disks: Vec<DiskFacts>,
}

/// Why a node is held back.
#[derive(Debug, Clone, PartialEq)]
pub enum Hold {
    /// A rule that the user set: one sentence. It goes on by itself.
    Rule(String),
    /// The disk is nearly full. It goes on by itself once there is room.
    Disk(Fault),
    /// The release has ended: one sentence.
    Ended(String),
}

/// Why the node must not run under these conditions. `was_disk`: it is held back for its disk already.
pub fn reason(
    record: &NodeRecord,
    spec: &NodeSpec,
    options: &ResolvedOptions,
    conditions: &Conditions,
    was_disk: bool,
) -> Option<Hold> {
    if let Some(ended) = crate::ending::ended(record, spec, &conditions.today) {
        return Some(Hold::Ended(ended));
    }
    if let Some(fault) = disk(record, conditions, was_disk) {
        return Some(Hold::Disk(fault));
    }
    let chosen = |id: &str| OptionId::try_new(id).ok().and_then(|id| options.value(&id));
    let pauses = |id: &str| matches!(chosen(id), Some(OptionValue::Choice(choice)) if choice == "pause");
    if conditions.on_battery && pauses("on_battery") {
        return Some(Hold::Rule(
            "the machine runs on its battery; it goes on at the mains".to_owned(),
        ));
    }
    if conditions.on_metered_network && pauses("on_metered") {
        return Some(Hold::Rule(
            "the network connection is metered; it goes on with another one".to_owned(),
        ));
    }
    if let Some(OptionValue::Text(text)) = chosen("schedule")
        && let Some(spans) = parse_schedule(text)
        && !spans.is_empty()
        && !spans.iter().any(|span| contains(*span, conditions.minute_of_day))
    {
        return Some(Hold::Rule(format!("its schedule is {text}; it goes on then")));
    }
    None
}

/// The disk that holds the node's data, if it is known.
pub(crate) fn disk_of<'a>(record: &NodeRecord, conditions: &'a Conditions) -> Option<&'a DiskFacts> {
    let data = record.chain_folder();
    conditions
        .disks
        .iter()
        .filter(|disk| data.starts_with(&disk.mount_point))
        .max_by_key(|disk| disk.mount_point.as_os_str().len())
}

/// Free space at which a node on this disk is stopped.
pub fn stop_below(disk: &DiskFacts) -> ByteSize {
    STOP_BELOW.min(ByteSize(disk.total.bytes() / STOP_BELOW_PART))
}

fn disk(record: &NodeRecord, conditions: &Conditions, was_disk: bool) -> Option<Fault> {
    let disk = disk_of(record, conditions)?;
    let limit = stop_below(disk).bytes();
    let limit = if was_disk {
        limit.saturating_mul(START_AGAIN_FACTOR)
    } else {
        limit
    };
    (disk.available.bytes() < limit).then(|| {
        Fault::new(FaultCode::DiskNearlyFull)
            .with("path", disk.mount_point.display())
            .with("available", disk.available)
            .with("needed", ByteSize(limit))
    })
}

/// `22:00-06:00,12:30-13:30` as minutes since midnight. An empty text is no schedule; `None` for one that is not valid.
pub fn parse_schedule(text: &str) -> Option<Vec<(u16, u16)>> {
    let minute = |text: &str| {
        let (hours, minutes) = text.trim().split_once(':')?;
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        (hours < 24 && minutes < 60 || (hours, minutes) == (24, 0)).then_some(hours * 60 + minutes)
    };
    text.split(',')
        .map(str::trim)
        .filter(|span| !span.is_empty())
        .map(|span| {
            let (from, to) = span.split_once('-')?;
            Some((minute(from)?, minute(to)?))
        })
        .collect()
}

/// Whether a span holds the minute; a span whose end is before its start goes over midnight.
fn contains((from, to): (u16, u16), minute: u16) -> bool {
    if from <= to {
        (from..to).contains(&minute)
    } else {
        minute >= from || minute < to
    }
}

#[cfg(test)]
mod tests;
