use std::path::Path;
use std::time::Duration;

use freehold_model::machine::DiskFacts;
use freehold_model::{ByteSize, Timestamp};
use freehold_store::{DiskSpaceSample, Layout, Store};

use super::{first_conditions, forecasts, has_option};
use crate::test_node::ready;

const GB: u64 = 1_000_000_000;

fn disk(total_gb: u64, free: u64) -> DiskFacts {
    DiskFacts {
        mount_point: "/data".into(),
        name: "sda1".to_owned(),
        file_system: "ext4".to_owned(),
        kind: "ssd".to_owned(),
        total: ByteSize::gb(total_gb),
        available: ByteSize(free),
    }
}

#[test]
fn a_forecast_comes_from_what_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Layout::new(folder.path())).unwrap();
    let start = Timestamp(1_795_347_000_000);
    let quarter = |count: u64| start.plus(Duration::from_mins(15 * count));
    // A gigabyte an hour for two days, on a disk that was swapped for a larger one after the first.
    for count in 0..192 {
        let total = if count < 96 { 500 } else { 1000 };
        let sample = DiskSpaceSample {
            mount_point: "/data".into(),
            free: ByteSize(300 * GB - count * GB / 4),
            total: ByteSize::gb(total),
        };
        store.add_disk_space(quarter(count), &[sample]).unwrap();
    }
    let now = quarter(191);
    let left = 300 * GB - 191 * GB / 4;
    let found = forecasts(&store, &[disk(1000, left)], now).unwrap();
    let full_in = found.get(Path::new("/data")).unwrap();
    let expected = Duration::from_hours(left / GB);
    assert!(
        full_in.low <= expected && expected <= full_in.high,
        "{full_in:?}, about {expected:?} expected"
    );
    let other = forecasts(&store, &[disk(2000, left)], now).unwrap();
    assert!(other.is_empty(), "nothing is known of a disk of another size");
}

#[test]
fn conditions_are_looked_at_before_nodes_start() {
    let now = Timestamp(1_795_347_635_000);
    assert!(first_conditions(&[], now).disks.is_empty(), "no node, no look");
    let record = ready("a", 1).record;
    let found = first_conditions(&[record], now);
    assert_eq!(found.today, "2026-11-22");
    assert!(!found.disks.is_empty() && found.minute_of_day < 24 * 60, "{found:?}");
}

#[test]
fn an_option_counts_only_with_a_value() {
    let mut record = ready("a", 1).record;
    assert!(!has_option(&record, "schedule"));
    let id = freehold_model::OptionId::try_new("schedule").unwrap();
    record.options.insert(id.clone(), String::new());
    assert!(!has_option(&record, "schedule"), "taken back");
    record.options.insert(id, "22:00-06:00".to_owned());
    assert!(has_option(&record, "schedule"));
}
