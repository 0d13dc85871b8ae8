//! Options of a node that is there: looked at first, then changed.

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
    sandbox.run(&["set", NODE, "memory_limit=600MiB", "cpu_limit=50"]).ok();
    let limits = || {
        // Each look is a Freehold of its own, which sees to the limits.
        let seen = show(&sandbox, NODE);
        let host = inspect_node(&sandbox, NODE)["HostConfig"].clone();
        let cpu = match host["NanoCpus"].as_i64() {
            Some(0) | None => host["CpuQuota"].as_i64().unwrap_or(0) * 1_000_000_000 / 100_000,
            Some(cpu) => cpu,
        };
        (host["Memory"] == 600 * 1024 * 1024 && cpu == 500_000_000).then_some(seen)
    };
    let after = patiently("the engine has the limits", SOON, limits);
    assert_eq!(
        after["services"][0]["started_at"], before["services"][0]["started_at"],
        "without a restart"
    );
    assert_eq!(after["status"]["state"], "ready");
    sandbox.run(&["restart", NODE]).ok();
    let host = inspect_node(&sandbox, NODE)["HostConfig"].clone();
    assert_eq!(host["Memory"], 600 * 1024 * 1024, "and after the next start too");
    sandbox.run(&["set", NODE, "memory_limit=", "cpu_limit="]).ok();
    let unlimited = || {
        show(&sandbox, NODE);
        let host = inspect_node(&sandbox, NODE)["HostConfig"].clone();
        // What control groups call unlimited is a very large number.
        let memory = host["Memory"].as_i64().unwrap_or(0);
        (memory <= 0 || memory > 1 << 60).then_some(())
    };
    patiently("the limits are gone", SOON, unlimited);
    sandbox.erase_all();
    sandbox.assert_nothing_left();
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
