//! `freehold status`, `start`, `stop`, `restart`, `remove`, `erase`.

use std::time::Duration;

use freehold_app::host::Client;
use freehold_contract::{Empty, EraseRequest, FaultView, NodeList, NodeRequest, NodeView, RemovalReport};
use freehold_model::{ByteSize, FaultCode};

use super::format::{node_row, status as status_text};
use crate::ask::agree;
use crate::output::{Output, table};

/// While waiting, the node is looked at this often; a look costs a fraction of a millisecond.
const LOOK_EVERY: Duration = Duration::from_millis(60);

/// Waits until the node is as wanted, showing what happens. A failure ends the wait with its fault; there is no limit in
/// time, since a sync takes days: the user ends it.
pub(crate) async fn wait_until(
    client: &Client,
    node: &str,
    output: Output,
    is_there: impl Fn(&NodeView) -> bool,
) -> Result<NodeView, FaultView> {
    let mut shown = String::new();
    loop {
        // The snapshot is what is known already; asking for one node would measure it first.
        let snapshot = client.app_snapshot(Empty {}).await?;
        let Some(view) = snapshot.nodes.into_iter().find(|view| view.id == node) else {
            return client.node_show(NodeRequest { node: node.to_owned() }).await;
        };
        let text = status_text(&view.status);
        if text != shown {
            output.progress(format_args!("{}: {text}", view.id));
            shown = text;
        }
        if is_there(&view) {
            return client.node_show(NodeRequest { node: view.id }).await;
        }
        if let (true, Some(fault)) = (matches!(view.status.state.as_str(), "failed"), &view.status.fault) {
            return Err(fault.clone());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

pub(crate) async fn status(
    client: &Client,
    node: Option<String>,
    watch: bool,
    output: Output,
) -> Result<(), FaultView> {
    loop {
        if let Some(node) = &node {
            let view = client.node_show(NodeRequest { node: node.clone() }).await?;
            show(output, watch, &view, node_text);
        } else {
            let list = client.node_list(Empty {}).await?;
            show(output, watch, &list, list_text);
        }
        if !watch {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
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
    if list.nodes.is_empty() {
        return "No nodes yet. Try `freehold install bitcoin-core --network regtest`.".to_owned();
    }
    let head = ["NODE", "NETWORK", "HEIGHT", "PEERS", "STATUS"]
        .map(str::to_owned)
        .to_vec();
    let rows: Vec<_> = std::iter::once(head).chain(list.nodes.iter().map(node_row)).collect();
    table(&rows)
}

fn node_text(node: &NodeView) -> String {
    let mut lines = vec![
        format!("{} ({} on {})", node.name, node.client_name, node.network),
        status_text(&node.status),
    ];
    if let Some(height) = node.height {
        lines.push(format!("height {height} of {}", node.target.unwrap_or(height)));
    }
    if let (Some(incoming), Some(outgoing)) = (node.peers_in, node.peers_out) {
        lines.push(format!("peers {incoming} in, {outgoing} out"));
    }
    lines.extend(node.version.iter().map(|version| format!("version {version}")));
    for service in &node.services {
        let cpu = service
            .cpu_percent
            .map_or_else(|| "unknown".to_owned(), |percent| format!("{percent:.1} %"));
        lines.push(format!(
            "{}: {}, cpu {cpu}, memory {}, disk {}",
            service.name,
            service.state,
            super::format::bytes(service.memory_bytes),
            super::format::bytes(service.disk_bytes)
        ));
        lines.push(format!("  {}@{}", service.image, service.digest));
    }
    lines.extend(node.warnings.iter().map(|warning| format!("the node warns: {warning}")));
    lines.push(format!("chain data {}", node.data_dir));
    lines.join("\n")
}

pub(crate) async fn start(client: &Client, node: String, output: Output) -> Result<(), FaultView> {
    let view = client.node_start(NodeRequest { node }).await?;
    finish(client, &view.id, output, runs).await
}

pub(crate) async fn stop(client: &Client, node: String, output: Output) -> Result<(), FaultView> {
    let view = client.node_stop(NodeRequest { node }).await?;
    finish(client, &view.id, output, |node| node.status.state == "stopped").await
}

pub(crate) async fn restart(client: &Client, node: String, output: Output) -> Result<(), FaultView> {
    let before = client.node_show(NodeRequest { node }).await?;
    let started = |node: &NodeView| node.services.iter().filter_map(|service| service.started_at).max();
    let earlier = started(&before);
    client
        .node_restart(NodeRequest {
            node: before.id.clone(),
        })
        .await?;
    finish(client, &before.id, output, |node| {
        runs(node) && started(node) != earlier
    })
    .await
}

fn runs(node: &NodeView) -> bool {
    !node.services.is_empty() && node.services.iter().all(|service| service.state == "running")
}

async fn finish(
    client: &Client,
    node: &str,
    output: Output,
    is_there: impl Fn(&NodeView) -> bool,
) -> Result<(), FaultView> {
    let view = wait_until(client, node, output, is_there).await?;
    output.answer(&view, |node| format!("{} is {}", node.name, status_text(&node.status)));
    Ok(())
}

pub(crate) async fn remove(client: &Client, node: String, output: Output) -> Result<(), FaultView> {
    let report = client.node_remove(NodeRequest { node }).await?;
    gone(client, report, output).await
}

pub(crate) async fn erase(client: &Client, node: String, yes: bool, output: Output) -> Result<(), FaultView> {
    let confirmed = yes || ask_to_erase(client, &node).await?;
    if !confirmed {
        output.progress("Nothing was changed.");
        return Ok(());
    }
    let report = client.node_erase(EraseRequest { node, confirmed }).await?;
    gone(client, report, output).await
}

/// Asks with the number of bytes that would go.
async fn ask_to_erase(client: &Client, node: &str) -> Result<bool, FaultView> {
    let unconfirmed = EraseRequest {
        node: node.to_owned(),
        confirmed: false,
    };
    match client.node_erase(unconfirmed).await {
        Err(fault) if fault.code == FaultCode::ConfirmationNeeded => {
            agree(&format!("{} Erase it?", fault.why), fault.why.trim_end_matches('.'))
        }
        Err(fault) => Err(fault),
        Ok(_) => Ok(true),
    }
}

/// Waits until the node is gone.
async fn gone(client: &Client, mut report: RemovalReport, output: Output) -> Result<(), FaultView> {
    let mut shown = String::new();
    loop {
        let list = client.node_list(Empty {}).await?;
        let Some(node) = list.nodes.iter().find(|node| node.id == report.node) else {
            break;
        };
        let text = status_text(&node.status);
        if text != shown {
            output.progress(format_args!("{}: {text}", node.id));
            shown = text;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    report.done = true;
    output.answer(&report, |report| {
        let size = ByteSize(report.data_bytes);
        if report.erased {
            format!("{} is gone; {size} of chain data were erased", report.node)
        } else {
            format!(
                "{} is gone; {size} of chain data stay in {}",
                report.node, report.data_dir
            )
        }
    });
    Ok(())
}
