use std::collections::BTreeMap;
use std::path::PathBuf;

use freehold_model::machine::DiskFacts;
use freehold_model::spec::NodeSpec;
use freehold_model::{ByteSize, Network, NodeId, NodeRecord, OptionId, Timestamp};
use freehold_plan::resolve;
use proptest::prelude::*;

use super::{Conditions, Hold, contains, parse_schedule, reason, stop_below};

/// Bitcoin Core with the options of `assets/catalog/common.toml` that hold a node back.
fn spec() -> NodeSpec {
    let entry = include_str!("../../../../../assets/catalog/bitcoin-core/node.toml");
    let mut spec: NodeSpec = toml::from_str(entry).unwrap();
    let common: toml::Table = toml::from_str(include_str!("../../../../../assets/catalog/common.toml")).unwrap();
    for option in common["options"].as_array().unwrap() {
        spec.options.push(option.clone().try_into().unwrap());
    }
    spec
}

fn disk(total_gb: u64, free: ByteSize) -> DiskFacts {
    DiskFacts {
        mount_point: PathBuf::from("/mnt/big"),
        name: "sda1".to_owned(),
        file_system: "ext4".to_owned(),
        kind: "ssd".to_owned(),
        total: ByteSize::gb(total_gb),
        available: free,
    }
}

fn held(set: &[(&str, &str)], conditions: &Conditions, was_disk: bool) -> Option<Hold> {
    let spec = spec();
    let network = Network::try_new("regtest").unwrap();
    let chosen: BTreeMap<OptionId, String> = set
        .iter()
        .map(|(id, value)| (OptionId::try_new(*id).unwrap(), (*value).to_owned()))
        .collect();
    let options = resolve(&spec, &network, &chosen).unwrap();
    let record = NodeRecord::new(
        NodeId::try_new("a").unwrap(),
        spec.id.clone(),
        network,
        PathBuf::from("/mnt/big/a"),
        Timestamp(0),
    );
    reason(&record, &spec, &options, conditions, was_disk)
}

#[test]
fn nothing_holds_a_node_back_unless_its_owner_said_so() {
    let conditions = Conditions {
        on_battery: true,
        on_metered_network: true,
        minute_of_day: 12 * 60,
        ..Conditions::default()
    };
    assert_eq!(held(&[], &conditions, false), None);
    assert!(
        matches!(held(&[("on_battery", "pause")], &conditions, false), Some(Hold::Rule(why)) if why.contains("battery"))
    );
    assert!(
        matches!(held(&[("on_metered", "pause")], &conditions, false), Some(Hold::Rule(why)) if why.contains("metered"))
    );
    assert!(matches!(
        held(&[("schedule", "22:00-06:00")], &conditions, false),
        Some(Hold::Rule(_))
    ));
    assert_eq!(held(&[("schedule", "11:00-13:00")], &conditions, false), None);
}

#[test]
fn a_full_disk_stops_it_before_its_database_would_break_and_it_waits_for_more_than_a_sliver() {
    let conditions = |free| Conditions {
        disks: vec![disk(500, free)],
        ..Conditions::default()
    };
    assert_eq!(held(&[], &conditions(ByteSize::gb(3)), false), None);
    assert!(matches!(
        held(&[], &conditions(ByteSize::gb(1)), false),
        Some(Hold::Disk(_))
    ));
    assert!(matches!(
        held(&[], &conditions(ByteSize::gb(3)), true),
        Some(Hold::Disk(_))
    ));
    assert_eq!(held(&[], &conditions(ByteSize::gb(5)), true), None);
}

#[test]
fn on_a_small_disk_a_part_of_it_is_the_limit() {
    assert_eq!(stop_below(&disk(10, ByteSize(0))), ByteSize(500_000_000));
    assert_eq!(stop_below(&disk(4000, ByteSize(0))), ByteSize(2_000_000_000));
}

#[test]
fn a_schedule_may_go_over_midnight() {
    let night = parse_schedule("22:00-06:00").unwrap()[0];
    for (minute, inside) in [(22 * 60, true), (0, true), (6 * 60, false), (12 * 60, false)] {
        assert_eq!(contains(night, minute), inside, "{minute}");
    }
    for bad in ["22", "22:00", "25:00-01:00", "10:61-11:00", "a-b"] {
        assert_eq!(parse_schedule(bad), None, "{bad}");
    }
    assert_eq!(parse_schedule(""), Some(Vec::new()));
}

proptest! {
    #[test]
    fn no_text_is_too_odd_for_a_schedule(text in ".{0,40}") {
        let _ = parse_schedule(&text);
    }
}
