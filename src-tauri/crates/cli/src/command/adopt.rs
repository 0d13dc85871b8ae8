//! `freehold attach` and `freehold adoptable`: what is on this machine without Freehold.

use freehold_app::host::Client;
use freehold_contract::{AdoptableList, AdoptableRequest, AttachRequest, FaultView};
use freehold_model::ByteSize;

use super::format::status as status_text;
use super::options::read_secret;
use crate::args::{AdoptableArgs, AttachArgs};
use crate::connect::absolute;
use crate::output::{Output, headed};

/// Watches a node that somebody else runs.
pub(crate) async fn attach(client: &Client, what: AttachArgs, output: Output) -> Result<(), FaultView> {
    let password = what.password_file.as_deref().map(read_secret).transpose()?;
    let request = AttachRequest {
        client: what.id,
        network: what.network,
        name: what.name,
        endpoint: what.to,
        user: what.user,
        password,
    };
    let node = client.node_attach(request).await?;
    output.answer(&node, |node| {
        format!("{} is watched from now on: {}", node.name, status_text(&node.status))
    });
    Ok(())
}

/// Lists what a node could be made from.
pub(crate) async fn adoptable(client: &Client, what: AdoptableArgs, output: Output) -> Result<(), FaultView> {
    let request = AdoptableRequest {
        client: what.id,
        folder: what.folder.map(|folder| absolute(folder).display().to_string()),
    };
    let list = client.node_adoptable(request).await?;
    output.answer(&list, adoptable_text);
    Ok(())
}

fn adoptable_text(list: &AdoptableList) -> String {
    let unknown = || "unknown".to_owned();
    let mut parts = Vec::new();
    if !list.folders.is_empty() {
        let rows = list.folders.iter().map(|found| {
            vec![
                found.client.clone(),
                found.network.clone().unwrap_or_else(unknown),
                ByteSize(found.bytes).to_string(),
                found.folder.clone(),
                found.problem.clone().unwrap_or_default(),
            ]
        });
        parts.push(headed(
            &["CLIENT", "NETWORK", "SIZE", "DATA FOLDER", "PROBLEM"],
            rows,
            "",
        ));
        if let Some(good) = list.folders.iter().find(|found| found.problem.is_none()) {
            parts.push(format!(
                "Use one where it is: `freehold install {} --adopt {}`",
                good.client, good.folder
            ));
        }
    }
    if !list.running.is_empty() {
        let rows = list.running.iter().map(|found| {
            vec![
                found.client.clone(),
                found.network.clone().unwrap_or_else(unknown),
                found.endpoint.clone(),
                found.owner.clone(),
            ]
        });
        parts.push(headed(&["CLIENT", "NETWORK", "ANSWERS AT", "RUN BY"], rows, ""));
        parts.extend(
            list.running
                .first()
                .map(|found| format!("Watch one: `freehold attach {} --to {}`", found.client, found.endpoint)),
        );
    }
    if parts.is_empty() {
        return "Nothing was found. `--folder DIR` looks at another place.".to_owned();
    }
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::adoptable_text;
    use crate::command::sample;

    #[test]
    fn what_was_found_comes_with_the_command_for_it() {
        let list = json!({
            "folders": [
                { "client": "bitcoin-core", "folder": "/old", "network": "signet", "bytes": 7_000_000, "problem": "It is in use." },
                { "client": "bitcoin-core", "folder": "/older", "network": null, "bytes": 9_000_000 }
            ],
            "running": [{ "client": "monerod", "endpoint": "monero+http://127.0.0.1:18089", "owner": "monerod" }]
        });
        let expected = "\
CLIENT        NETWORK  SIZE    DATA FOLDER  PROBLEM
bitcoin-core  signet   7.0 MB  /old         It is in use.
bitcoin-core  unknown  9.0 MB  /older

Use one where it is: `freehold install bitcoin-core --adopt /older`

CLIENT   NETWORK  ANSWERS AT                     RUN BY
monerod  unknown  monero+http://127.0.0.1:18089  monerod

Watch one: `freehold attach monerod --to monero+http://127.0.0.1:18089`";
        assert_eq!(adoptable_text(&sample::read(&list)), expected);
        let nothing = sample::read(&json!({ "folders": [], "running": [] }));
        assert_eq!(
            adoptable_text(&nothing),
            "Nothing was found. `--folder DIR` looks at another place."
        );
    }
}
