//! Claims about what each client tells while it catches up. The objects are written by hand after the clients' documents.

use freehold_model::Stage;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};
use serde_json::{Value, json};

use super::{Position, read};

fn position(fields: Value, number: u64) -> Position {
    read(fields.as_object().unwrap(), number)
}

#[test]
fn geth_downloads_blocks_then_state_then_mends_then_indexes() {
    let blocks = position(
        json!({"currentBlock": "0x64", "highestBlock": "0x190", "startingBlock": "0x0"}),
        0,
    );
    assert_eq!(
        (blocks.progress.stage, blocks.progress.percent, blocks.height),
        (Stage::Blocks, Some(25.0), 100)
    );
    let state = position(
        json!({"currentBlock": "0x190", "highestBlock": "0x190", "syncedAccounts": "0x5", "syncedAccountBytes": "0x2cb417800",
            "syncedStorageBytes": "0x0", "healingTrienodes": "0x0", "healingBytecode": "0x0"}),
        0,
    );
    assert_eq!((state.progress.stage, state.progress.percent), (Stage::State, None));
    assert_eq!(state.progress.detail.as_deref(), Some("12.0 GB of state"));
    let mending = position(
        json!({"currentBlock": "0x190", "highestBlock": "0x190", "syncedAccountBytes": "0x2cb417800", "healingTrienodes": "0x7"}),
        0,
    );
    assert_eq!(
        mending.progress.detail.as_deref(),
        Some("mends the state: 7 parts to go")
    );
    let index = position(
        json!({"currentBlock": "0x190", "highestBlock": "0x190", "syncedAccountBytes": "0x2cb417800",
            "txIndexFinishedBlocks": "0x1", "txIndexRemainingBlocks": "0x3"}),
        400,
    );
    assert_eq!(
        (index.progress.stage, index.progress.percent),
        (Stage::Indexing, Some(25.0))
    );
    let tail = position(
        json!({"currentBlock": "0x18f", "highestBlock": "0x190", "syncedAccountBytes": "0x2cb417800", "healingTrienodes": "0x0"}),
        399,
    );
    assert_eq!(
        (tail.progress.stage, tail.progress.percent),
        (Stage::Blocks, Some(99.75))
    );
}

#[test]
fn reth_is_as_far_as_the_mean_of_its_stages() {
    let position = position(
        json!({"currentBlock": "0x0", "highestBlock": "0x64", "stages": [
            {"name": "Headers", "block": "0x64"}, {"name": "Bodies", "block": "0x64"},
            {"name": "Execution", "block": "0x32"}, {"name": "Finish", "block": "0x0"}]}),
        0,
    );
    assert_eq!(position.progress.percent, Some(62.5));
    assert_eq!(position.progress.detail.as_deref(), Some("Execution"));
    assert_eq!((position.progress.stage, position.target), (Stage::Blocks, Some(100)));
}

#[test]
fn erigon_is_as_far_as_its_slowest_stage_and_first_downloads() {
    let stages = |snapshots: &str, execution: &str| {
        json!({"currentBlock": "0x0", "highestBlock": snapshots, "stages": [
            {"stage_name": "OtterSync", "block_number": snapshots}, {"stage_name": "Execution", "block_number": execution},
            {"stage_name": "CustomTrace", "block_number": "0x0"}]})
    };
    let first = position(stages("0x0", "0x0"), 0);
    assert_eq!((first.progress.stage, first.progress.percent), (Stage::State, None));
    assert_eq!(first.progress.detail.as_deref(), Some("downloads snapshots"));
    let later = position(stages("0x64", "0x19"), 25);
    assert_eq!(
        (later.progress.percent, later.progress.detail.as_deref()),
        (Some(25.0), Some("Execution"))
    );
}

#[test]
fn a_client_of_its_own_kind_only_catches_up() {
    let position = position(json!({"msgCount": 12, "batchProcessed": 7}), 9);
    assert_eq!(
        (position.progress.stage, position.progress.percent, position.height),
        (Stage::Blocks, None, 9)
    );
}

fn field() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<u64>().prop_map(|number| json!(format!("0x{number:x}"))),
        any::<u64>().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
        Just(Value::Null),
        Just(json!([{"name": "x", "block": "0xff"}, {"stage_name": "y", "block_number": "0x0"}, 7])),
    ]
}

proptest! {
    #[test]
    fn any_object_gives_a_percent_below_hundred(values in prop::collection::vec(field(), 9), number in any::<u64>()) {
        let names = ["currentBlock", "highestBlock", "stages", "healingTrienodes", "healingBytecode", "syncedAccountBytes",
            "syncedStorageBytes", "txIndexFinishedBlocks", "txIndexRemainingBlocks"];
        let fields: Value = names.into_iter().map(str::to_owned).zip(values).collect();
        let position = position(fields, number);
        prop_assert!(position.progress.percent.is_none_or(|percent| (0.0..=99.99).contains(&percent)));
        prop_assert!(position.progress.stage != Stage::Ready);
    }
}
