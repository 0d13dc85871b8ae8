//! How long a new Freehold takes, after one that was killed, until it knows how every node is.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::freehold::{Freehold, Host};
use crate::wait;

/// Nodes that take longer than this are not found again at all.
const FOUND_WITHIN: Duration = Duration::from_mins(2);
/// Each look is work for the host that is measured, so that it is not asked all the time.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Waits until every one of the nodes is ready; nodes that just started may still warm up.
pub(super) fn wait_until_ready(freehold: &Freehold, host: &mut Host, nodes: usize) -> Result<()> {
    let ready = wait::until(FOUND_WITHIN, LOOK_EVERY * 10, || {
        host.check()?;
        Ok(are_ready(freehold, nodes).then_some(()))
    })?;
    ready.with_context(|| format!("not all {nodes} nodes were ready within {} s", FOUND_WITHIN.as_secs()))
}

/// Kills the host without warning, starts another, and says how long it took from the start of its process until every
/// node was seen ready again.
pub(super) fn measure(freehold: &Freehold, host: Host, nodes: usize) -> Result<(Duration, Host)> {
    host.kill()?;
    let begun = Instant::now();
    let mut host = freehold.spawn()?;
    let time = wait::until(FOUND_WITHIN, LOOK_EVERY, || {
        host.check()?;
        Ok(are_ready(freehold, nodes).then(|| begun.elapsed()))
    })?;
    let time = time.with_context(|| format!("the nodes were not found again within {} s", FOUND_WITHIN.as_secs()))?;
    Ok((time, host))
}

fn are_ready(freehold: &Freehold, nodes: usize) -> bool {
    // Nobody answers while the new host is not there yet.
    let states = freehold.nodes().map(|list| states_in(&list)).unwrap_or_default();
    states.len() == nodes && states.iter().all(|state| state == "ready")
}

fn states_in(list: &Value) -> Vec<String> {
    let nodes = list.get("nodes").and_then(Value::as_array);
    let state = |node: &Value| node.pointer("/status/state")?.as_str().map(str::to_owned);
    nodes
        .into_iter()
        .flatten()
        .map(|node| state(node).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_node_has_a_state_also_where_it_is_not_told() {
        let list = json!({ "nodes": [{ "status": { "state": "ready" } }, { "name": "b" }] });
        assert_eq!(states_in(&list), ["ready", ""]);
        assert!(states_in(&json!({ "fault": {} })).is_empty());
    }
}
