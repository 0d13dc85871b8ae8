//! A node's data goes to another folder, or stays whole where it is.

use std::path::{Path, PathBuf};

use freehold_tests::disk::SmallDisk;
use freehold_tests::look::{containers, inspect_node, show, text, until_height};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::sandbox::Sandbox;

const NODE: &str = "bitcoin-core-regtest";
const BLOCKS: u64 = 50;

fn node_with_blocks(sandbox: &Sandbox) -> PathBuf {
    sandbox.install_regtest();
    NodeRpc::of(sandbox, NODE, "bitcoin-cli").unwrap().mine(50).unwrap();
    let ready = until_height(sandbox, NODE, BLOCKS);
    PathBuf::from(text(&ready["data_dir"]))
}

fn has_blocks(folder: &Path) -> bool {
    folder.join("chain/regtest/blocks/blk00000.dat").is_file()
}

#[test]
fn the_data_moves_and_nothing_is_lost() {
    let Some(sandbox) = Sandbox::new() else { return };
    let old = node_with_blocks(&sandbox);
    let tip = NodeRpc::of(&sandbox, NODE, "bitcoin-cli").unwrap().tip().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let new = elsewhere.path().join("disk");
    let to = new.to_str().unwrap();

    sandbox.run(&["move", NODE, "--data", to]).fault("confirmation-needed");
    let inside = old.join("chain/inside");
    sandbox
        .run(&["move", NODE, "--data", inside.to_str().unwrap(), "--yes"])
        .fault("data-dir-unusable");
    std::fs::create_dir(elsewhere.path().join("full")).unwrap();
    std::fs::write(elsewhere.path().join("full/letter"), b"theirs").unwrap();
    let full = elsewhere.path().join("full");
    sandbox
        .run(&["move", NODE, "--data", full.to_str().unwrap(), "--yes"])
        .fault("data-dir-unusable");
    assert!(
        has_blocks(&old) && show(&sandbox, NODE)["status"]["state"] == "ready",
        "a refusal changes nothing"
    );

    let moved = sandbox.run(&["move", NODE, "--data", to, "--yes"]).ok();
    let now = PathBuf::from(text(&moved["data_dir"]));
    assert!(now.starts_with(&new), "{moved}");
    assert_eq!(moved["move_phase"], serde_json::Value::Null);
    assert!(has_blocks(&now), "the new folder holds the chain");
    assert!(!old.exists(), "the old folder is gone");
    until_height(&sandbox, NODE, BLOCKS);
    let rpc = NodeRpc::of(&sandbox, NODE, "bitcoin-cli").unwrap();
    assert_eq!(rpc.tip().unwrap(), tip, "the same chain");
    assert_eq!(containers(&sandbox), 1);
    let mounts = inspect_node(&sandbox, NODE)["Mounts"].clone();
    let mounted = mounts
        .as_array()
        .unwrap()
        .iter()
        .any(|mount| text(&mount["Source"]).starts_with(to));
    assert!(mounted, "the container uses the new folder: {mounts}");
    rpc.mine(1).unwrap();
    until_height(&sandbox, NODE, BLOCKS + 1);

    let erased = sandbox.run(&["erase", NODE, "--yes"]).ok();
    assert!(erased["data_bytes"].as_u64().unwrap() > 1_000_000, "{erased}");
    assert!(!has_blocks(&now));
    sandbox.assert_nothing_left();
}

#[test]
fn a_disk_that_is_too_small_leaves_the_node_where_it_is() {
    let Some(sandbox) = Sandbox::new() else { return };
    let Some(disk) = SmallDisk::mount(6).unwrap() else {
        return;
    };
    let old = node_with_blocks(&sandbox);
    let before = show(&sandbox, NODE);
    let to = disk.path().join("node");
    let fault = sandbox
        .run(&["move", NODE, "--data", to.to_str().unwrap(), "--yes"])
        .fault("disk-too-small");
    assert!(text(&fault["message"]).contains("MB"), "it says how much: {fault}");
    let after = until_height(&sandbox, NODE, BLOCKS);
    assert_eq!(after["data_dir"], before["data_dir"]);
    assert_eq!(
        after["services"][0]["started_at"], before["services"][0]["started_at"],
        "it was not even stopped"
    );
    assert!(has_blocks(&old) && !to.exists());
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}
