//! `freehold endpoints`, `activity`, `doctor`.

use freehold_app::host::Client;
use freehold_contract::{ActivityEntry, ActivityRequest, Empty, EndpointRequest, FaultView};

use super::format::time;
use crate::output::{Output, headed, table};

pub(crate) async fn endpoints(client: &Client, node: Option<String>, output: Output) -> Result<(), FaultView> {
    let list = client.endpoint_list(EndpointRequest { node }).await?;
    output.answer(&list, |list| {
        let rows = list.endpoints.iter().map(|row| {
            vec![
                row.node.clone(),
                row.consumer.clone(),
                row.endpoint.clone(),
                row.user.clone().unwrap_or_default(),
                row.password_file.clone().unwrap_or_default(),
            ]
        });
        headed(
            &["NODE", "FOR", "ENDPOINT", "USER", "PASSWORD FILE"],
            rows,
            "No endpoints yet.",
        )
    });
    Ok(())
}

pub(crate) async fn activity(client: &Client, request: ActivityRequest, output: Output) -> Result<(), FaultView> {
    let list = client.activity_list(request).await?;
    output.answer(&list, |list| {
        let rows: Vec<_> = list
            .entries
            .iter()
            .map(|entry| vec![time(entry.at), with_changes(entry)])
            .collect();
        table(&rows)
    });
    Ok(())
}

/// The sentence with what is another than before.
fn with_changes(entry: &ActivityEntry) -> String {
    let known = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let changes = entry.changes.iter();
    let changes: Vec<_> = changes
        .map(|change| format!("{}: {} -> {}", change.what, known(&change.old), known(&change.new)))
        .collect();
    if changes.is_empty() {
        entry.text.clone()
    } else {
        format!("{} ({})", entry.text, changes.join("; "))
    }
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
