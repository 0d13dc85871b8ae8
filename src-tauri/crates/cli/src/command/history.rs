//! `freehold history`: how a node or the machine went.

use freehold_app::host::Client;
use freehold_contract::{FaultView, HistoryRequest, MachineHistoryRequest, NodeHistory, SyncPoint, UsagePoint};

use super::format::{bytes, percent, rate, time};
use crate::output::{Output, headed};

/// Rows of a table that a person reads; a program gets as many points as there are.
const ROWS: u32 = 24;

const USAGE: [&str; 8] = ["TIME", "CPU", "MEMORY", "DISK", "NET IN", "NET OUT", "READ", "WRITTEN"];
const NOTHING: &str = "Nothing is on record for this time.";

pub(crate) async fn history(
    client: &Client,
    node: Option<String>,
    hours: u32,
    output: Output,
) -> Result<(), FaultView> {
    let (hours, points) = (Some(hours), (!output.is_json()).then_some(ROWS));
    if let Some(node) = node {
        let history = client.node_history(HistoryRequest { node, hours, points }).await?;
        output.answer(&history, node_text);
    } else {
        let history = client.machine_history(MachineHistoryRequest { hours, points }).await?;
        output.answer(&history, |history| {
            headed(&USAGE, history.points.iter().map(usage_row), NOTHING)
        });
    }
    Ok(())
}

fn node_text(history: &NodeHistory) -> String {
    let mut parts = Vec::new();
    if !history.sync.is_empty() {
        let rows = history.sync.iter().map(sync_row);
        parts.push(format!(
            "Sync\n{}",
            headed(&["TIME", "HEIGHT", "SYNCED", "PEERS"], rows, "")
        ));
    }
    for service in history.services.iter().filter(|service| !service.points.is_empty()) {
        let rows = service.points.iter().map(usage_row);
        parts.push(format!("{}\n{}", service.service, headed(&USAGE, rows, "")));
    }
    if parts.is_empty() {
        return NOTHING.to_owned();
    }
    parts.join("\n\n")
}

fn sync_row(point: &SyncPoint) -> Vec<String> {
    vec![
        time(point.at),
        point.height.to_string(),
        percent(point.percent),
        point.peers.to_string(),
    ]
}

fn usage_row(point: &UsagePoint) -> Vec<String> {
    vec![
        time(point.at),
        percent(point.cpu_percent),
        bytes(point.memory_bytes),
        bytes(point.disk_bytes),
        rate(point.net_in_rate),
        rate(point.net_out_rate),
        rate(point.disk_read_rate),
        rate(point.disk_write_rate),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::node_text;
    use crate::command::sample;

    #[test]
    fn a_node_has_a_table_for_its_sync_and_one_for_each_service() {
        let history = json!({
            "sync": [{ "at": 0, "height": 7, "percent": 12.34, "peers": 3 }],
            "services": [
                { "service": "node", "points": [{
                    "at": 0, "cpu_percent": 50.0, "memory_bytes": 2_000_000, "net_in_rate": 1500.0
                }] },
                { "service": "idle", "points": [] }
            ]
        });
        let expected = "\
Sync
TIME                  HEIGHT  SYNCED  PEERS
1970-01-01 00:00:00Z  7       12.3 %  3

node
TIME                  CPU     MEMORY  DISK     NET IN    NET OUT  READ  WRITTEN
1970-01-01 00:00:00Z  50.0 %  2.0 MB  unknown  1.5 kB/s  -        -     -";
        assert_eq!(node_text(&sample::read(&history)), expected);
        let nothing = sample::read(&json!({ "sync": [], "services": [] }));
        assert_eq!(node_text(&nothing), "Nothing is on record for this time.");
    }
}
