//! `freehold status`.

use std::time::Duration;

use freehold_contract::{Empty, FaultView, NodeList, NodeView, ServiceView};

use super::format::{and, bytes, percent, status as status_text};
use super::wait::show_one;
use crate::output::{Output, headed};
use crate::session::Session;

/// While watching, it is shown this often.
const EVERY: Duration = Duration::from_secs(1);

pub(crate) async fn status(
    session: &mut Session,
    node: Option<String>,
    watch: bool,
    output: Output,
) -> Result<(), FaultView> {
    loop {
        if let Some(node) = &node {
            let view = show_one(session, node).await?;
            show(output, watch, &view, node_text);
        } else {
            let list = session.ask(async |client| client.node_list(Empty {}).await).await?;
            show(output, watch, &list, list_text);
        }
        if !watch {
            return Ok(());
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// One document, or one of many while watching.
fn show<T: serde::Serialize>(output: Output, watch: bool, value: &T, text: impl FnOnce(&T) -> String) {
    if watch {
        output.event(value, text);
    } else {
        output.answer(value, text);
    }
}

fn list_text(list: &NodeList) -> String {
    let mut text = headed(
        &["NODE", "NETWORK", "HEIGHT", "PEERS", "STATUS"],
        list.nodes.iter().map(row),
        "No nodes yet. Try `freehold install bitcoin-core --network regtest`.",
    );
    let newer: Vec<_> = list.nodes.iter().filter(|node| node.update_available).collect();
    if !newer.is_empty() {
        let names: Vec<_> = newer.iter().map(|node| node.id.as_str()).collect();
        text = format!(
            "{text}\n\nUpdate available: {}. See `freehold update NODE --check`.",
            and(&names)
        );
    }
    text
}

/// A node in one line.
fn row(node: &NodeView) -> Vec<String> {
    let height = match (node.height, node.target) {
        (Some(height), Some(target)) if target > height => format!("{height} of {target}"),
        (Some(height), _) => height.to_string(),
        (None, _) => "-".to_owned(),
    };
    let peers = match (node.peers_in, node.peers_out) {
        (Some(incoming), Some(outgoing)) => (incoming + outgoing).to_string(),
        _ => "-".to_owned(),
    };
    vec![
        node.id.clone(),
        node.network.clone(),
        height,
        peers,
        status_text(&node.status),
    ]
}

fn node_text(node: &NodeView) -> String {
    let mut lines = vec![
        format!("{} ({} on {})", node.name, node.client_name, node.network),
        status_text(&node.status),
    ];
    if let Some(bound) = &node.status.eta_bound_by {
        lines.push(format!("held up by {bound}"));
    }
    if let Some(height) = node.height {
        lines.push(format!("height {height} of {}", node.target.unwrap_or(height)));
    }
    if let (Some(incoming), Some(outgoing)) = (node.peers_in, node.peers_out) {
        lines.push(format!("peers {incoming} in, {outgoing} out"));
    }
    lines.extend(node.version.iter().map(|version| format!("version {version}")));
    lines.extend(version_lines(node));
    if !node.needs.is_empty() {
        lines.push(format!("needs {}", and(&node.needs)));
    }
    if !node.needed_by.is_empty() {
        lines.push(format!("needed by {}", and(&node.needed_by)));
    }
    lines.extend(node.services.iter().map(service_text));
    lines.extend(node.warnings.iter().map(|warning| format!("the node warns: {warning}")));
    lines.push(if node.external {
        "run by somebody else: only watched".to_owned()
    } else {
        format!("chain data {}", node.data_dir)
    });
    lines.join("\n")
}

/// Updates: under way, failed, or to be had; and a move.
fn version_lines(node: &NodeView) -> Vec<String> {
    let mut lines = Vec::new();
    match node.update_phase.as_deref() {
        Some("fetching") => lines.push("another version is being fetched".to_owned()),
        Some(_) => lines.push("another version has to prove itself; otherwise it is taken back".to_owned()),
        None if node.update_available => {
            lines.push(format!("update available: `freehold update {} --check`", node.id));
        }
        None => {}
    }
    if let Some(fault) = &node.update_fault {
        lines.push(format!("the last update was taken back: {}", fault.why));
    }
    if let Some(previous) = &node.previous_version {
        lines.push(format!("version before: {previous} (`freehold rollback {}`)", node.id));
    }
    match node.move_phase.as_deref() {
        Some("copying") => lines.push("its data is being moved".to_owned()),
        Some("proving") => lines.push("its data was moved and has to prove itself".to_owned()),
        Some(_) => lines.push("its data was moved; the old place is being erased".to_owned()),
        None => {}
    }
    lines
}

fn service_text(service: &ServiceView) -> String {
    format!(
        "{}: {}, cpu {}, memory {}, disk {}\n  {}@{}",
        service.name,
        service.state,
        percent(service.cpu_percent),
        bytes(service.memory_bytes),
        bytes(service.disk_bytes),
        service.image,
        service.digest
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{list_text, node_text};
    use crate::command::sample;
    use freehold_contract::NodeList;

    #[test]
    fn no_nodes_is_an_invitation() {
        let text = list_text(&NodeList { nodes: Vec::new() });
        assert_eq!(
            text,
            "No nodes yet. Try `freehold install bitcoin-core --network regtest`."
        );
    }

    #[test]
    fn the_list_has_a_line_for_each_node_and_names_updates() {
        let moving = json!({ "state": "moving", "progress": 40.0, "moved_bytes": 4_000_000, "move_bytes": 10_000_000 });
        let nodes = vec![
            sample::node(&json!({ "update_available": true })),
            sample::node(&json!({ "id": "e", "height": null, "peers_in": null, "status": moving })),
            sample::node(
                &json!({ "id": "x", "height": 5, "status": { "state": "expired", "why": "Good until May." } }),
            ),
        ];
        let expected = "\
NODE  NETWORK  HEIGHT       PEERS  STATUS
mine  mainnet  900000       10     ready
e     mainnet  -            -      moving 40.00 %, 4.0 MB of 10.0 MB
x     mainnet  5 of 900000  10     expired: Good until May.

Update available: mine. See `freehold update NODE --check`.";
        assert_eq!(list_text(&NodeList { nodes }), expected);
    }

    #[test]
    fn one_node_shows_whom_it_needs_and_what_became_of_its_update() {
        let node = sample::node(&json!({
            "needs": ["bitcoin", "electrs"], "needed_by": ["mempool"], "update_available": true,
            "previous_version": "29.1", "status": { "state": "paused", "why": "The disk is nearly full." },
            "update_fault": {
                "code": "update-failed", "message": "", "title": "", "why": "It crashed.", "hints": [], "params": {}
            }
        }));
        let expected = "\
mine (Bitcoin Core on mainnet)
paused: The disk is nearly full.
height 900000 of 900000
peers 2 in, 8 out
version 30.0.0
update available: `freehold update mine --check`
the last update was taken back: It crashed.
version before: 29.1 (`freehold rollback mine`)
needs bitcoin and electrs
needed by mempool
node: running, cpu 12.3 %, memory 1.5 GB, disk unknown
  host/bitcoin:30.0@sha256:aa
chain data /data/mine";
        assert_eq!(node_text(&node), expected);
    }
}
