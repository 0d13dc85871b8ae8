//! Nodes that need other nodes: installed together, stopped and started in order, with credentials of their own.

use std::os::unix::fs::PermissionsExt as _;

use freehold_tests::look::{SOON, inspect_node, show, text, until_height, until_node, until_state};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::overlay::shipped;
use freehold_tests::sandbox::Sandbox;
use freehold_tests::server::Server;
use freehold_tests::wait::patiently;
use serde_json::Value;

const CORE: &str = "bitcoin-core-regtest";
const ELECTRS: &str = "electrs-regtest";

fn mine(sandbox: &Sandbox, blocks: u32) {
    NodeRpc::of(sandbox, CORE, "bitcoin-cli").unwrap().mine(blocks).unwrap();
}

/// Installs electrs with the Bitcoin Core that it needs, and waits until both are ready. electrs has nothing to index
/// before there is a block, so one is mined while it is waited for.
fn electrs(sandbox: &Sandbox) -> Value {
    let install = sandbox.begin(&["install", "electrs", "--network", "regtest", "--yes", "--wait", "ready"]);
    until_state(sandbox, CORE, "ready");
    mine(sandbox, 5);
    install.finish().ok()
}

#[test]
fn an_indexer_brings_its_node_and_lives_with_it() {
    let Some(sandbox) = Sandbox::new() else { return };
    let server = Server::start(&sandbox);
    let installed = electrs(&sandbox);
    assert_eq!(installed["status"]["state"], "ready", "{installed}");
    assert_eq!(installed["needs"], serde_json::json!([CORE]));
    until_height(&sandbox, ELECTRS, 5);
    assert_eq!(show(&sandbox, CORE)["needed_by"], serde_json::json!([ELECTRS]));

    the_password_is_in_one_file_only(&sandbox);
    a_second_one_shares_the_node(&sandbox);

    let refused = sandbox.run(&["remove", CORE]).fault("node-needed");
    assert!(
        text(&refused["message"]).contains(ELECTRS),
        "it names who needs it: {refused}"
    );
    assert_eq!(show(&sandbox, CORE)["desired"], "running", "a refusal changes nothing");

    sandbox.run(&["stop", CORE]).ok();
    let ended = |node: &str| text(&inspect_node(&sandbox, node)["State"]["FinishedAt"]).to_owned();
    assert!(
        ended(ELECTRS) <= ended(CORE),
        "what needs a node stops before it: {} and {}",
        ended(ELECTRS),
        ended(CORE)
    );
    let waiting = until_node(&sandbox, ELECTRS, "waiting", |seen| {
        seen["services"][0]["state"] == "exited"
    });
    assert_eq!(waiting["desired"], "running", "nobody asked for it to stop");
    assert!(
        waiting["status"]["why"].to_string().contains("Bitcoin Core"),
        "it says what it waits for: {waiting}"
    );

    sandbox.run(&["start", CORE]).ok();
    until_height(&sandbox, ELECTRS, 5);
    mine(&sandbox, 1);
    until_height(&sandbox, ELECTRS, 6);
    drop(server);
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}

/// The password that electrs has at Bitcoin Core.
fn the_password_is_in_one_file_only(sandbox: &Sandbox) {
    let file = sandbox.data().join("secrets").join(CORE).join("electrs.password");
    let password = std::fs::read_to_string(file).unwrap();
    let password = password.trim();
    assert!(password.len() >= 16, "long enough not to be found by chance");
    for node in [CORE, ELECTRS] {
        let container = inspect_node(sandbox, node);
        assert!(
            !container.to_string().contains(password),
            "no password in the settings of {node}'s container"
        );
        let id = text(&container["Id"]);
        let log = std::process::Command::new("docker")
            .args(["--host", &sandbox.environment.engine, "logs", id])
            .output();
        let log = log.unwrap();
        let said = [log.stdout, log.stderr].concat();
        assert!(!said.is_empty(), "{node} has written something");
        assert!(
            !String::from_utf8_lossy(&said).contains(password),
            "no password in the log of {node}"
        );
    }
    for log in std::fs::read_dir(sandbox.data().join("logs")).unwrap().flatten() {
        let said = std::fs::read(log.path()).unwrap();
        assert!(
            !String::from_utf8_lossy(&said).contains(password),
            "no password in {}",
            log.path().display()
        );
    }
    let container = inspect_node(sandbox, ELECTRS);
    let mounts = container["Mounts"].as_array().unwrap();
    let settings = mounts
        .iter()
        .find(|mount| mount["Destination"] == "/etc/electrs/freehold.toml")
        .unwrap_or_else(|| panic!("no settings file in {mounts:?}"));
    assert_eq!(settings["RW"], false, "read-only in the container");
    let source = text(&settings["Source"]);
    let mode = std::fs::metadata(source).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "readable by its owner alone");
    assert!(std::fs::read_to_string(source).unwrap().contains(password));
}

fn a_second_one_shares_the_node(sandbox: &Sandbox) {
    let second = ["--network", "regtest", "--name", "second"];
    let report = sandbox.run(&[&["preflight", "electrs"], &second[..]].concat()).ok();
    let needed = &report["dependencies"][0];
    assert_eq!(
        (&needed["node"], &needed["is_new"]),
        (&CORE.into(), &false.into()),
        "{report}"
    );
    assert_eq!(needed["changes"], serde_json::json!([]), "nothing is changed on it");
    let installed = sandbox.run(&[&["install", "electrs", "--yes", "--wait", "ready"], &second[..]].concat());
    assert_eq!(installed.ok()["needs"], serde_json::json!([CORE]));
    let nodes = sandbox.run(&["status"]).ok();
    assert_eq!(nodes["nodes"].as_array().unwrap().len(), 3, "no second Bitcoin Core");
    assert_eq!(show(sandbox, CORE)["needed_by"], serde_json::json!([ELECTRS, "second"]));
    sandbox.run(&["erase", "second", "--yes"]).ok();
}

#[test]
fn what_a_needed_node_lacks_is_shown_and_needs_consent() {
    let Some(sandbox) = Sandbox::new() else { return };
    // electrs under another name that asks for the transaction index, as Fulcrum does.
    let entry = shipped("electrs").replace("id = \"electrs\"\n", "id = \"indexer\"\n");
    let needed =
        "[[dependencies.options]]\noption = \"txindex\"\nequals = \"on\"\nbecause = \"It looks transactions up.\"\n\n";
    let entry = entry.replacen(
        "[[dependencies.options]]",
        &format!("{needed}[[dependencies.options]]"),
        1,
    );
    sandbox.overlay().add_entry("indexer", &entry);
    let image = sandbox.environment.image_of("electrs", "catalog");
    sandbox.overlay().use_image("indexer", "electrs", image);
    sandbox.install_regtest();
    mine(&sandbox, 3);

    let install = ["install", "indexer", "--network", "regtest", "--wait", "ready"];
    let refused = sandbox.run(&install).fault("confirmation-needed");
    let message = text(&refused["message"]);
    assert!(
        message.contains(CORE) && message.contains("txindex"),
        "it says what changes on which node: {message}"
    );
    assert_eq!(
        show(&sandbox, CORE)["options"],
        serde_json::json!({}),
        "and nothing was changed"
    );
    assert_eq!(sandbox.run(&["status"]).ok()["nodes"].as_array().unwrap().len(), 1);

    let installed = sandbox.run(&[&install[..], &["--yes"]].concat()).ok();
    assert_eq!(installed["height"], 3, "{installed}");
    assert_eq!(show(&sandbox, CORE)["options"]["txindex"], "on");
    let indexes = || {
        let answer = NodeRpc::of(&sandbox, CORE, "bitcoin-cli")
            .unwrap()
            .call(&["getindexinfo", "txindex"]);
        answer.ok().filter(|answer| answer.contains("\"synced\": true"))
    };
    patiently("the index is there", SOON, indexes);
    let refused = sandbox.run(&["set", CORE, "txindex=off", "--yes"]).fault("node-needed");
    assert!(
        text(&refused["message"]).contains("looks transactions up"),
        "it says why it is needed: {refused}"
    );
    sandbox
        .run(&[
            "install",
            "electrs",
            "--network",
            "regtest",
            "--with",
            "bitcoin=nobody",
            "--yes",
        ])
        .fault("node-unknown");
    sandbox
        .run(&[
            "install",
            "electrs",
            "--network",
            "regtest",
            "--with",
            "core=new",
            "--yes",
        ])
        .fault("need-unmet");
    sandbox.erase_all();
    sandbox.assert_nothing_left();
}
