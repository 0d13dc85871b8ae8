//! Other versions of a node: tried, proven, gone back from, and taken back where they do not work.

use freehold_tests::look::{containers, inspect_node, show, text, until_height};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::sandbox::Sandbox;
use serde_json::Value;

const NODE: &str = "bitcoin-core-regtest";
const BLOCKS: u64 = 20;

/// A ready node with a short chain, and a catalog that names another image for it.
fn node_with_another_image(sandbox: &Sandbox, purpose: &str) -> Value {
    let installed = sandbox.install_regtest();
    assert_eq!(installed["update_available"], false, "{installed}");
    NodeRpc::of(sandbox, NODE, "bitcoin-cli").unwrap().mine(20).unwrap();
    let image = sandbox.environment.image_of("bitcoin-core", purpose);
    sandbox.overlay().use_image("bitcoin-core", "bitcoind", image);
    let known = until_height(sandbox, NODE, BLOCKS);
    assert_eq!(known["update_available"], true, "{known}");
    known
}

fn digest(node: &Value) -> &str {
    text(&node["services"][0]["digest"])
}

#[test]
fn an_update_is_proven_and_the_way_back_too() {
    let Some(sandbox) = Sandbox::new() else { return };
    let before = node_with_another_image(&sandbox, "update");
    let old = sandbox.environment.image_of("bitcoin-core", "catalog").clone();
    let new = sandbox.environment.image_of("bitcoin-core", "update").clone();
    sandbox.run(&["rollback", NODE, "--yes"]).fault("rollback-impossible");

    let preview = sandbox.run(&["update", NODE, "--check"]).ok();
    let change = &preview["services"][0];
    assert_eq!(preview["available"], true);
    assert_eq!(
        (text(&change["from_digest"]), text(&change["to_digest"])),
        (&*old.digest, &*new.digest)
    );
    assert_eq!(preview["data"], "two-way", "{preview}");
    sandbox.run(&["update", NODE]).fault("confirmation-needed");
    let unchanged = show(&sandbox, NODE);
    assert_eq!(digest(&unchanged), old.digest, "looking and asking change nothing");
    assert_eq!(
        unchanged["services"][0]["started_at"],
        before["services"][0]["started_at"]
    );

    let updated = sandbox.run(&["update", NODE, "--yes"]).ok();
    assert_eq!(digest(&updated), new.digest, "{updated}");
    assert_eq!(updated["previous_version"], *old.tag);
    assert_eq!(updated["update_phase"], Value::Null);
    until_height(&sandbox, NODE, BLOCKS);
    assert_eq!(containers(&sandbox), 1, "one container on the data folder");
    let running = text(&inspect_node(&sandbox, NODE)["Config"]["Image"]).to_owned();
    let is_new = sandbox.engine(&["image", "inspect", "--format", "{{.Id}}", &new.reference]);
    assert!(
        running == is_new || running.contains(&new.digest),
        "the engine runs the new one: {running}"
    );
    let again = sandbox.run(&["update", NODE, "--check"]).ok();
    assert_eq!(again["available"], false, "{again}");

    // An entry whose new version changes the data for good offers no way back.
    let entry = |text: String| text.replace("data = \"two-way\"", "data = \"one-way\"");
    sandbox.overlay().change_entry("bitcoin-core", entry);
    sandbox.run(&["rollback", NODE, "--yes"]).fault("rollback-impossible");
    assert_eq!(digest(&show(&sandbox, NODE)), new.digest);
    sandbox.overlay().remove_entry("bitcoin-core");

    sandbox.run(&["rollback", NODE]).fault("confirmation-needed");
    let back = sandbox.run(&["rollback", NODE, "--yes"]).ok();
    assert_eq!(digest(&back), old.digest, "{back}");
    until_height(&sandbox, NODE, BLOCKS);
    assert_eq!(containers(&sandbox), 1);
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn a_version_that_does_not_work_is_taken_back_by_itself() {
    let Some(sandbox) = Sandbox::new() else { return };
    node_with_another_image(&sandbox, "broken");
    let old = sandbox.environment.image_of("bitcoin-core", "catalog").clone();
    let fault = sandbox.run(&["update", NODE, "--yes"]).fault("update-failed");
    assert!(text(&fault["message"]).len() > 40, "it says why: {fault}");
    let back = until_height(&sandbox, NODE, BLOCKS);
    assert_eq!(digest(&back), old.digest, "the version before runs again: {back}");
    assert_eq!(back["previous_version"], Value::Null, "{back}");
    assert_eq!(containers(&sandbox), 1);
    NodeRpc::of(&sandbox, NODE, "bitcoin-cli").unwrap().mine(1).unwrap();
    until_height(&sandbox, NODE, BLOCKS + 1);

    // The broken program ends at once and without a word; that it did is kept.
    let crashes = sandbox.run(&["crashes", NODE]).ok();
    let rows = crashes["crashes"].as_array().unwrap();
    assert_eq!(rows.len(), 3, "it was tried three times: {crashes}");
    assert!(
        rows.iter()
            .all(|crash| text(&crash["why"]).contains("bitcoind exited with code 1")),
        "{crashes}"
    );
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}
