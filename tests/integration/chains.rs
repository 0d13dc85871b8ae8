//! Other chains than Bitcoin, each with its real program.

use freehold_tests::json_rpc;
use freehold_tests::look::{show, text, until_height, until_node};
use freehold_tests::node_rpc::NodeRpc;
use freehold_tests::sandbox::Sandbox;
use serde_json::{Value, json};

/// Installs a node and waits until it is ready.
fn ready(sandbox: &Sandbox, client: &str, network: &str) -> Value {
    let install = ["install", client, "--network", network, "--wait", "ready", "--yes"];
    let installed = sandbox.run(&install).ok();
    assert_eq!(installed["status"]["state"], "ready");
    let image = sandbox.environment.image_of(client, "catalog");
    assert_eq!(installed["services"][0]["digest"], *image.digest, "{installed}");
    installed
}

/// The URL that the node offers in this scheme.
fn offered(sandbox: &Sandbox, node: &str, scheme: &str) -> String {
    let list = sandbox.run(&["endpoints", node]).ok();
    let rows = list["endpoints"].as_array().cloned().unwrap_or_default();
    let of_scheme = |row: &&Value| text(&row["endpoint"]).starts_with(&format!("{scheme}://127.0.0.1:"));
    let row = rows.iter().find(of_scheme);
    text(&row.unwrap_or_else(|| panic!("{node} offers no {scheme}: {list}"))["url"]).to_owned()
}

fn gone_with_its_data(sandbox: &Sandbox, node: &str) {
    let erased = sandbox.run(&["erase", node, "--yes"]).ok();
    assert!(
        !std::path::Path::new(text(&erased["data_dir"])).exists(),
        "erase takes the data: {erased}"
    );
    sandbox.assert_nothing_left();
}

#[test]
fn litecoin_core_makes_blocks() {
    let Some(sandbox) = Sandbox::new() else { return };
    let installed = ready(&sandbox, "litecoin-core", "regtest");
    assert_eq!(
        (&installed["chain"], &installed["height"]),
        (&json!("litecoin"), &json!(0))
    );
    assert!(text(&installed["version"]).contains("0.21.2.1"), "{installed}");
    let node = "litecoin-core-regtest";
    offered(&sandbox, node, "bitcoin+http");
    let rpc = NodeRpc::of(&sandbox, node, "litecoin-cli").unwrap();
    rpc.mine(3).unwrap();
    assert!(
        rpc.call(&["stop"]).is_err(),
        "a wallet's credential cannot stop the node"
    );
    until_height(&sandbox, node, 3);
    gone_with_its_data(&sandbox, node);
}

#[test]
fn monerod_is_ready_on_a_private_chain() {
    let Some(sandbox) = Sandbox::new() else { return };
    let installed = ready(&sandbox, "monerod", "regtest");
    let node = "monerod-regtest";
    assert_eq!(installed["chain"], "monero");
    assert!(text(&installed["version"]).contains("0.18"), "{installed}");
    assert!(installed["height"].as_u64().is_some(), "{installed}");
    offered(&sandbox, node, "monero+http");
    let before = &installed["services"][0]["started_at"];
    let restarted = sandbox.run(&["restart", node]).ok();
    assert_ne!(&restarted["services"][0]["started_at"], before);
    let again = until_node(&sandbox, node, "ready again", |seen| seen["status"]["state"] == "ready");
    assert_eq!(again["height"], installed["height"], "the private chain is kept");
    gone_with_its_data(&sandbox, node);
}

#[test]
fn anvil_shows_each_new_block() {
    let Some(sandbox) = Sandbox::new() else { return };
    let installed = ready(&sandbox, "anvil", "devnet");
    let node = "anvil-devnet";
    assert!(text(&installed["version"]).contains("1.7.1"), "{installed}");
    let url = offered(&sandbox, node, "evm+http");
    assert_eq!(json_rpc::call(&url, "eth_chainId", &json!([])).unwrap(), "0x7a69");
    let before = installed["height"].as_u64().unwrap();
    json_rpc::call(&url, "evm_mine", &json!([])).unwrap();
    until_height(&sandbox, node, before + 1);
    sandbox.run(&["restart", node]).ok();
    until_height(&sandbox, node, before + 1);
    gone_with_its_data(&sandbox, node);
}

/// Where the machine has no way into the Tor network, Tor stays on its way; where it has one, it may arrive.
#[test]
fn tor_says_how_far_it_has_come() {
    let Some(sandbox) = Sandbox::new() else { return };
    sandbox.run(&["install", "tor", "--wait", "started", "--yes"]).ok();
    let node = "tor-mainnet";
    let seen = until_node(&sandbox, node, "asked", |seen| seen["version"].is_string());
    assert!(text(&seen["version"]).contains("0.4.9.11"), "{seen}");
    let status = &seen["status"];
    let progress = status["progress"].as_f64();
    let is_honest = match text(&status["state"]) {
        "syncing" => progress.is_some_and(|percent| percent < 100.0),
        "ready" => progress == Some(100.0),
        _ => false,
    };
    assert!(is_honest, "it says how far it is: {status}");
    assert_eq!(show(&sandbox, node)["services"][0]["state"], "running");
    gone_with_its_data(&sandbox, node);
}

#[test]
fn a_relay_without_a_chain_is_ready_too() {
    let Some(sandbox) = Sandbox::new() else { return };
    let catalog = sandbox.run(&["catalog", "show", "nostr-rs-relay"]).ok();
    let network = text(&catalog["networks"][0]["id"]).to_owned();
    let installed = ready(&sandbox, "nostr-rs-relay", &network);
    assert!(text(&installed["version"]).contains("0.8.12"), "{installed}");
    gone_with_its_data(&sandbox, text(&installed["id"]));
}
