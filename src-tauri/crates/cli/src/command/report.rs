//! `freehold endpoints`, `activity`, `resources`, `doctor`.

use freehold_app::host::Client;
use freehold_contract::{ActivityRequest, Empty, EndpointRequest, FaultView};
use freehold_model::ByteSize;

use super::format::{bytes, time};
use crate::output::{Output, table};

pub(crate) async fn endpoints(client: &Client, node: Option<String>, output: Output) -> Result<(), FaultView> {
    let list = client.endpoint_list(EndpointRequest { node }).await?;
    output.answer(&list, |list| {
        let head = ["NODE", "FOR", "ENDPOINT", "USER", "PASSWORD FILE"]
            .map(str::to_owned)
            .to_vec();
        let rows = list.endpoints.iter().map(|row| {
            vec![
                row.node.clone(),
                row.consumer.clone(),
                row.endpoint.clone(),
                row.user.clone().unwrap_or_default(),
                row.password_file.clone().unwrap_or_default(),
            ]
        });
        table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
    });
    Ok(())
}

pub(crate) async fn activity(client: &Client, limit: u32, output: Output) -> Result<(), FaultView> {
    let list = client
        .activity_list(ActivityRequest {
            limit: Some(limit),
            subject: None,
        })
        .await?;
    output.answer(&list, |list| {
        let rows: Vec<_> = list
            .entries
            .iter()
            .map(|entry| vec![time(entry.at), entry.text.clone()])
            .collect();
        table(&rows)
    });
    Ok(())
}

pub(crate) async fn resources(client: &Client, output: Output) -> Result<(), FaultView> {
    let report = client.resources(Empty {}).await?;
    output.answer(&report, |report| {
        let machine = &report.machine;
        let percent =
            |value: Option<f64>| value.map_or_else(|| "unknown".to_owned(), |percent| format!("{percent:.1} %"));
        let mut rows = vec![["", "CPU", "MEMORY", "DISK"].map(str::to_owned).to_vec()];
        rows.push(vec![
            format!("this machine ({} processors)", machine.cpus),
            percent(machine.cpu_percent),
            format!(
                "{} of {}",
                ByteSize(machine.memory_used),
                ByteSize(machine.memory_total)
            ),
            machine
                .disks
                .iter()
                .map(|disk| format!("{} free at {}", ByteSize(disk.available), disk.mount_point))
                .collect::<Vec<_>>()
                .join(", "),
        ]);
        rows.extend(report.nodes.iter().map(|node| {
            vec![
                node.node.clone(),
                percent(node.cpu_percent),
                bytes(node.memory_bytes),
                bytes(node.disk_bytes),
            ]
        }));
        table(&rows)
    });
    Ok(())
}

/// The report is the answer, whatever it says; `healthy` tells scripts.
pub(crate) async fn doctor(client: &Client, output: Output) -> Result<(), FaultView> {
    let report = client.doctor(Empty {}).await?;
    output.answer(&report, |report| {
        let rows: Vec<_> = report
            .checks
            .iter()
            .map(|check| {
                let hints = check.hints.join(" ");
                vec![
                    check.outcome.clone(),
                    check.name.clone(),
                    format!("{} {hints}", check.message).trim().to_owned(),
                ]
            })
            .collect();
        table(&rows)
    });
    Ok(())
}
