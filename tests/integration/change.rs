//! Options of a node that is there: looked at first, then changed.

use freehold_tests::evidence::left_out;
use freehold_tests::kernel::{self, HeldTo};
use freehold_tests::look::{SOON, inspect, inspect_node, show, text, until_height, until_state};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::sandbox::Sandbox;
use freehold_tests::wait::patiently;
use serde_json::{Value, json};

const NODE: &str = "bitcoin-core-regtest";

fn args(container: &Value) -> Vec<&str> {
    container["Args"].as_array().unwrap().iter().map(text).collect()
}

#[test]
fn an_index_is_previewed_applied_and_taken_back() {
    let Some(sandbox) = Sandbox::new() else { return };
    sandbox.install_regtest();
    NodeRpc::of(&sandbox, NODE, "bitcoin-cli").unwrap().mine(10).unwrap();
    let before = until_height(&sandbox, NODE, 10);

    let refused = sandbox.run(&["set", NODE, "txindex=on"]).fault("confirmation-needed");
    assert!(
        text(&refused["message"]).contains("restarted"),
        "it says what it costs: {refused}"
    );
    let unchanged = show(&sandbox, NODE);
    assert_eq!(unchanged["options"], json!({}));
    assert_eq!(
        unchanged["services"][0]["started_at"],
        before["services"][0]["started_at"]
    );

    sandbox.run(&["set", NODE, "txindex=on", "--yes"]).ok();
    let changed = until_height(&sandbox, NODE, 10);
    assert_eq!(changed["options"], json!({ "txindex": "on" }));
    let container = inspect_node(&sandbox, NODE);
    assert!(args(&container).contains(&"-txindex=1"), "{container}");
    let indexes = || {
        let answer = NodeRpc::of(&sandbox, NODE, "bitcoin-cli")
            .unwrap()
            .call(&["getindexinfo", "txindex"]);
        answer
            .ok()
            .filter(|answer| answer.contains("\"best_block_height\": 10"))
    };
    patiently("the index is there", SOON, indexes);

    // Nothing after the equals sign goes back to the default.
    sandbox.run(&["set", NODE, "txindex=", "--yes"]).ok();
    assert_eq!(until_height(&sandbox, NODE, 10)["options"], json!({}));
    assert!(!args(&inspect_node(&sandbox, NODE)).contains(&"-txindex=1"));

    sandbox
        .run(&["set", NODE, "txindx=on", "--yes"])
        .fault("option-invalid");
    sandbox
        .run(&["set", NODE, "txindex=perhaps", "--yes"])
        .fault("option-invalid");
    sandbox.run(&["set", NODE, "txindx=", "--yes"]).fault("option-invalid");
    sandbox
        .run(&["set", "nobody", "txindex=on", "--yes"])
        .fault("node-unknown");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

#[test]
fn limits_hold_at_once() {
    let Some(sandbox) = Sandbox::new() else { return };
    let before = sandbox.install_regtest();
    if !kernel::can_be_limited(pid(&sandbox)).unwrap() {
        limits_that_cannot_hold_are_called_so(&sandbox);
        return;
    }
    sandbox.run(&["set", NODE, "memory_limit=600MiB", "cpu_limit=50"]).ok();
    // Each look is a Freehold of its own, which sees to the limits.
    let held = || {
        let seen = show(&sandbox, NODE);
        is_held(&sandbox).then_some(seen)
    };
    let after = patiently("the kernel has the limits", SOON, held);
    assert!(
        !says_idle(&after["warnings"]),
        "nothing to say about limits that hold: {after}"
    );
    assert_eq!(
        after["services"][0]["started_at"], before["services"][0]["started_at"],
        "without a restart"
    );
    assert_eq!(after["status"]["state"], "ready");
    sandbox.run(&["restart", NODE]).ok();
    patiently("and after the next start too", SOON, held);
    let is_free = || {
        let seen = show(&sandbox, NODE);
        is_unlimited(&sandbox).then_some(seen)
    };
    // From a container that was made with limits, and from one that got them while it ran.
    sandbox.run(&["set", NODE, "memory_limit=", "cpu_limit="]).ok();
    patiently("the limits are gone", SOON, is_free);
    sandbox.run(&["set", NODE, "memory_limit=600MiB", "cpu_limit=50"]).ok();
    patiently("they are back", SOON, held);
    sandbox.run(&["restart", NODE]).ok();
    patiently("and after one more start", SOON, held);
    sandbox.run(&["set", NODE, "memory_limit=", "cpu_limit="]).ok();
    patiently("they are gone again", SOON, is_free);
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

/// What an engine without root on version 1 of control groups leaves to be looked at: that the user is told.
fn limits_that_cannot_hold_are_called_so(sandbox: &Sandbox) {
    left_out(
        "an engine without root cannot limit anything here (control groups are of version 1); the user is told so",
    );
    assert!(!says_idle(&show(sandbox, NODE)), "no limit is set");
    let limits = ["memory_limit=600MiB", "cpu_limit=50"];
    let preview = sandbox
        .run(&["preflight", "bitcoin-core", "--network", "regtest", "--set", limits[0]])
        .ok();
    assert!(says_idle(&preview["findings"]), "before a node is made: {preview}");
    let set = sandbox.run(&["set", NODE, limits[0], limits[1]]);
    assert!(
        set.progress.contains("do not hold"),
        "as the limits are set: {}",
        set.progress
    );
    let node = set.ok();
    assert!(says_idle(&node["warnings"]), "with the node: {node}");
    assert!(says_idle(&show(sandbox, NODE)["warnings"]), "and from then on");
    assert!(is_unlimited(sandbox), "and it is so");
    sandbox.run(&["set", NODE, "memory_limit=", "cpu_limit="]).ok();
    assert!(!says_idle(&show(sandbox, NODE)));
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

fn says_idle(said: &Value) -> bool {
    said.to_string().contains("do not hold")
}

fn pid(sandbox: &Sandbox) -> u64 {
    inspect_node(sandbox, NODE)["State"]["Pid"].as_u64().unwrap()
}

const MEMORY: u64 = 600 << 20;
const MILLICPUS: u64 = 500;

fn is_held(sandbox: &Sandbox) -> bool {
    // Between two containers there is no process to look at.
    HeldTo::of(pid(sandbox)).is_ok_and(|held| (held.memory, held.millicpus) == (Some(MEMORY), Some(MILLICPUS)))
}

/// Whether the groups around it alone set its limits, if anything does.
fn is_unlimited(sandbox: &Sandbox) -> bool {
    HeldTo::of(pid(sandbox)).is_ok_and(|held| held.memory != Some(MEMORY) && held.millicpus != Some(MILLICPUS))
}

#[test]
fn a_secret_option_is_never_shown() {
    let Some(sandbox) = Sandbox::new() else { return };
    // Anvil with a secret option, which goes into a file as such a thing should.
    let entry = |text: String| {
        let text = text.replace(
            "[[services.ports]]",
            "[[services.files]]\ntarget = \"/run/token\"\ncontent = \"\"\"{when.token=set}{secret.token}\n\"\"\"\n\n[[services.ports]]",
        );
        let option = "[[options]]\nid = \"token\"\nlabel = \"Token\"\nhelp = \"Known to you alone.\"\ntype = \"secret\"\nexample = \"abc\"\n\n";
        text.replacen("[[options]]", &format!("{option}[[options]]"), 1)
    };
    sandbox.overlay().change_entry("anvil", entry);
    let secrets = ["the-first-secret-of-this-test", "the-second-secret-of-this-test"];
    let file = sandbox.home().join("token");
    let from_file = format!("token=@{}", file.display());
    std::fs::write(&file, format!("{}\n", secrets[0])).unwrap();

    let mut said = Vec::new();
    let mut run = |args: &[&str]| {
        let outcome = sandbox.run(args);
        said.push(outcome.progress.clone());
        said.push(outcome.json.to_string());
        outcome.ok()
    };
    run(&["preflight", "anvil", "--set", &from_file]);
    let installed = run(&["install", "anvil", "--set", &from_file, "--wait", "ready", "--yes"]);
    let node = text(&installed["id"]).to_owned();
    let held = |secret: &str| {
        let node = show(&sandbox, &node);
        let container = inspect(&sandbox, text(&node["services"][0]["container"]));
        assert!(
            !container.to_string().contains(secret),
            "it is not in the container's settings"
        );
        let mounts = container["Mounts"].as_array().unwrap().clone();
        let file = mounts
            .iter()
            .find(|mount| mount["Destination"] == "/run/token")
            .unwrap()
            .clone();
        std::fs::read_to_string(text(&file["Source"]))
            .unwrap()
            .trim()
            .to_owned()
    };
    assert_eq!(held(secrets[0]), secrets[0], "the node has it");

    std::fs::write(&file, format!("{}\n", secrets[1])).unwrap();
    run(&["set", &node, &from_file, "--yes"]);
    until_state(&sandbox, &node, "ready");
    assert_eq!(
        held(secrets[1]),
        secrets[1],
        "another secret is a change: the node has the new one"
    );
    for args in [
        &["status"][..],
        &["activity"],
        &["catalog", "show", "anvil"],
        &["doctor"],
        &["endpoints"],
    ] {
        run(args);
    }
    for log in std::fs::read_dir(sandbox.data().join("logs"))
        .into_iter()
        .flatten()
        .flatten()
    {
        said.push(String::from_utf8_lossy(&std::fs::read(log.path()).unwrap()).into_owned());
    }
    said.push(String::from_utf8_lossy(&std::fs::read(sandbox.data().join("freehold.db")).unwrap()).into_owned());
    for (text, secret) in said.iter().flat_map(|text| secrets.map(|secret| (text, secret))) {
        // Not printed on failure: the message would hold it.
        assert!(
            !text.contains(secret),
            "a secret was shown or kept where it does not belong"
        );
    }
    sandbox.erase_all();
    let left = sandbox.data().join("secrets").join(&node);
    assert!(!left.exists(), "the secret goes with the node's data");
    sandbox.assert_nothing_left();
}
