//! `freehold resources`: what machine and nodes use, and when a disk will be full.

use freehold_app::host::Client;
use freehold_contract::{DiskView, Empty, FaultView, MachineView, NodeUsage, ResourceReport};
use freehold_model::ByteSize;

use super::format::{bytes, percent, range, rate};
use crate::output::{Output, headed};

pub(crate) async fn resources(client: &Client, output: Output) -> Result<(), FaultView> {
    let report = client.resources(Empty {}).await?;
    output.answer(&report, report_text);
    Ok(())
}

fn report_text(report: &ResourceReport) -> String {
    let rows = std::iter::once(machine_row(&report.machine)).chain(report.nodes.iter().map(node_row));
    let head = ["", "CPU", "MEMORY", "DISK", "NET IN", "NET OUT", "READ", "WRITTEN"];
    let mut parts = vec![headed(&head, rows, "")];
    let disks = report.machine.disks.iter().map(disk_row);
    let head = ["DISK", "KIND", "SIZE", "FREE", "FULL IN", "STATE"];
    parts.push(headed(&head, disks, "No disk is known."));
    let mut notes: Vec<_> = report.machine.disks.iter().filter_map(advice).collect();
    notes.extend((report.machine.on_battery == Some(true)).then(|| "The machine runs on its battery.".to_owned()));
    notes.extend((report.machine.metered == Some(true)).then(|| "The network connection is metered.".to_owned()));
    if !notes.is_empty() {
        parts.push(notes.join("\n"));
    }
    parts.join("\n\n")
}

fn machine_row(machine: &MachineView) -> Vec<String> {
    vec![
        format!("this machine ({} processors)", machine.cpus),
        percent(machine.cpu_percent),
        format!(
            "{} of {}",
            ByteSize(machine.memory_used),
            ByteSize(machine.memory_total)
        ),
        "-".to_owned(),
        rate(machine.net_in_rate),
        rate(machine.net_out_rate),
        rate(machine.disk_read_rate),
        rate(machine.disk_write_rate),
    ]
}

fn node_row(node: &NodeUsage) -> Vec<String> {
    vec![
        node.node.clone(),
        percent(node.cpu_percent),
        bytes(node.memory_bytes),
        bytes(node.disk_bytes),
        rate(node.net_in_rate),
        rate(node.net_out_rate),
        rate(node.disk_read_rate),
        rate(node.disk_write_rate),
    ]
}

fn disk_row(disk: &DiskView) -> Vec<String> {
    let full_in = match (disk.full_in_low_s, disk.full_in_high_s) {
        (Some(low), Some(high)) => range(low, high),
        (Some(low), None) => format!("{} or later", super::format::duration(low)),
        _ => "-".to_owned(),
    };
    let state = match disk.level.as_str() {
        "low" => "low: free some now",
        "stopped" => "full: nodes on it were stopped",
        level => level,
    };
    vec![
        disk.mount_point.clone(),
        disk.kind.clone(),
        ByteSize(disk.total).to_string(),
        ByteSize(disk.available).to_string(),
        full_in,
        state.to_owned(),
    ]
}

fn advice(disk: &DiskView) -> Option<String> {
    let advice = disk.advice.as_ref()?;
    Some(format!("{}: {advice}", disk.mount_point))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::report_text;
    use crate::command::sample;

    #[test]
    fn rates_forecast_and_advice_are_shown() {
        let report = json!({
            "machine": {
                "cpu_percent": 25.0, "cpus": 8, "memory_used": 4_000_000_000_u64, "memory_total": 16_000_000_000_u64,
                "net_in_rate": 1_200_000.0, "on_battery": true, "metered": null,
                "disks": [
                    { "mount_point": "/", "file_system": "ext4", "kind": "ssd", "total": 1_000_000_000_000_u64,
                      "available": 50_000_000_000_u64, "full_in_low_s": 864_000, "full_in_high_s": 1_728_000,
                      "level": "filling", "advice": "Prune a node." },
                    { "mount_point": "/mnt", "file_system": "ext4", "kind": "hdd", "total": 2_000_000_000_000_u64,
                      "available": 1_900_000_000_000_u64, "level": "fine" }
                ]
            },
            "nodes": [{ "node": "mine", "cpu_percent": 90.5, "memory_bytes": 2_000_000_000, "disk_write_rate": 5e6 }]
        });
        let expected = "\
                             CPU     MEMORY            DISK     NET IN    NET OUT  READ  WRITTEN
this machine (8 processors)  25.0 %  4.0 GB of 16.0 GB  -        1.2 MB/s  -        -     -
mine                         90.5 %  2.0 GB             unknown  -         -        -     5.0 MB/s

DISK  KIND  SIZE    FREE    FULL IN               STATE
/     ssd   1.0 TB  50.0 GB  10 d 0 h to 20 d 0 h  filling
/mnt  hdd   2.0 TB  1.9 TB   -                     fine

/: Prune a node.
The machine runs on its battery.";
        let squeezed = |text: &str| {
            let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
            text.lines().map(words).collect::<Vec<_>>()
        };
        assert_eq!(squeezed(&report_text(&sample::read(&report))), squeezed(expected));
    }
}
