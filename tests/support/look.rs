//! How nodes look from outside: to `freehold status`, and to the engine.

use std::time::Duration;

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::wait::patiently;

/// For whatever a small node does: start, stop, index a few blocks.
pub const SOON: Duration = Duration::from_secs(60);

/// The node as `freehold status NODE` shows it.
#[track_caller]
pub fn show(sandbox: &Sandbox, node: &str) -> Value {
    sandbox.run(&["status", node]).ok()
}

/// Its state in one word.
#[track_caller]
pub fn state(sandbox: &Sandbox, node: &str) -> String {
    text(&show(sandbox, node)["status"]["state"]).to_owned()
}

/// Waits until `is_so` holds for the node; returns it as it is then.
#[track_caller]
pub fn until_node(sandbox: &Sandbox, node: &str, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let begun = std::time::Instant::now();
    loop {
        let seen = sandbox.run(&["status", node]);
        if seen.code == 0 && is_so(&seen.json) {
            return seen.json;
        }
        assert!(begun.elapsed() < SOON, "{node} is not {what}: {}", seen.json);
    }
}

/// Waits until the node is in this state.
#[track_caller]
pub fn until_state(sandbox: &Sandbox, node: &str, state: &str) -> Value {
    until_node(sandbox, node, state, |seen| seen["status"]["state"] == state)
}

/// Waits until the node is ready at this height.
#[track_caller]
pub fn until_height(sandbox: &Sandbox, node: &str, height: u64) -> Value {
    let what = format!("ready at height {height}");
    until_node(sandbox, node, &what, |seen| {
        seen["status"]["state"] == "ready" && seen["height"] == height
    })
}

/// The text in a value.
#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// The engine's word on a container.
#[track_caller]
pub fn inspect(sandbox: &Sandbox, container: &str) -> Value {
    let said = sandbox.engine(&["inspect", container]);
    let list: Value = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{container}: {error}: {said}"));
    list[0].clone()
}

/// The engine's word on the first container of a node.
#[track_caller]
pub fn inspect_node(sandbox: &Sandbox, node: &str) -> Value {
    let label = format!("label=freehold.node={node}");
    let ours = format!("label=freehold.instance={}", sandbox.instance().expect("an instance"));
    let find = || {
        let ids = sandbox.engine(&["ps", "--all", "--quiet", "--filter", &label, "--filter", &ours]);
        ids.lines().next().map(str::to_owned)
    };
    inspect(sandbox, &patiently(&format!("a container of {node}"), SOON, find))
}

/// How many containers this sandbox has, of all its nodes.
pub fn containers(sandbox: &Sandbox) -> usize {
    let ours = format!("label=freehold.instance={}", sandbox.instance().expect("an instance"));
    let ids = sandbox.engine(&["ps", "--all", "--quiet", "--filter", &ours]);
    ids.lines().count()
}

/// A wallet's row on a network.
pub fn wallet_row(sandbox: &Sandbox, wallet: &str, network: &str) -> Value {
    let list = sandbox.run(&["wallets"]).ok();
    let rows = list["wallets"].as_array().into_iter().flatten();
    let mut meant = rows.filter(|row| row["id"] == wallet && row["network"] == network);
    meant.next().cloned().expect("the wallet has a row on the network")
}
