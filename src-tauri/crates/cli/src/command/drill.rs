//! `freehold drill`.

use freehold_app::host::Client;
use freehold_contract::{DrillChoice, DrillContact, DrillOutcome, DrillReport, DrillRequest, Empty, FaultView};
use serde::Serialize;

use crate::output::{Output, headed, table};

/// Whom a drill can leave out.
#[derive(Serialize)]
struct Choices {
    choices: Vec<DrillChoice>,
}

pub(crate) async fn drill(client: &Client, without: Option<String>, output: Output) -> Result<(), FaultView> {
    let Some(who) = without else {
        let choices = client.wallet_audit(Empty {}).await?.drill_choices;
        output.answer(&Choices { choices }, |list| choices_text(&list.choices));
        return Ok(());
    };
    let report = client.outage_drill(DrillRequest { who }).await?;
    output.answer(&report, text);
    Ok(())
}

fn choices_text(choices: &[DrillChoice]) -> String {
    let rows = choices.iter().map(|choice| {
        let here = match (choice.is_cloud, choice.found_here) {
            (true, true) => "something here runs there, probably",
            (true, false) => "nothing here is known to run there",
            (false, _) => "something here asks it",
        };
        vec![choice.id.clone(), choice.name.clone(), here.to_owned()]
    });
    headed(&["WHO", "NAME", "HERE"], rows, "")
}

fn text(report: &DrillReport) -> String {
    let mut parts = vec![report.sentence.clone()];
    let rows: Vec<_> = report
        .endpoints
        .iter()
        .map(|row| {
            let asks = row
                .endpoint
                .clone()
                .or_else(|| row.provider.clone())
                .unwrap_or_else(|| "-".to_owned());
            vec![
                outcome(row.outcome).to_owned(),
                row.who.clone(),
                asks,
                row.sentence.clone(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        parts.push(headed(&["WITHOUT IT", "WHO", "ASKS", "WHY"], rows, ""));
    }
    for node in &report.nodes {
        let mut lines = vec![format!("Node {}: {}", node.name, node.sentence)];
        lines.extend(contacts(&node.contacts));
        parts.push(lines.join("\n"));
    }
    if !report.sources.is_empty() {
        let mut lines = vec!["Freehold's own sources; nodes that run do not need them:".to_owned()];
        lines.extend(contacts(&report.sources));
        parts.push(lines.join("\n"));
    }
    parts.join("\n\n")
}

fn contacts(contacts: &[DrillContact]) -> Vec<String> {
    let rows: Vec<_> = contacts
        .iter()
        .map(|found| {
            vec![
                format!("  {}", outcome(found.outcome)),
                found.host.clone(),
                found.sentence.clone(),
                found.purpose.clone(),
            ]
        })
        .collect();
    table(&rows).lines().map(str::to_owned).collect()
}

const fn outcome(outcome: DrillOutcome) -> &'static str {
    match outcome {
        DrillOutcome::Stops => "stops",
        DrillOutcome::ProbablyStops => "probably stops",
        DrillOutcome::DoesNotAnswer => "does not answer",
        DrillOutcome::NotKnown => "not known",
        DrillOutcome::ProbablyGoesOn => "probably goes on",
        DrillOutcome::GoesOn => "goes on",
    }
}

#[cfg(test)]
mod tests {
    use super::{choices_text, text};
    use crate::command::sample::read;
    use serde_json::json;

    #[test]
    fn a_report_says_first_what_it_comes_to() {
        let report = read(&json!({
            "who": { "id": "amazon", "name": "Amazon", "is_cloud": true, "found_here": true },
            "choices": [],
            "sentence": "Without Amazon, of 2 endpoints: 1 would probably stop, 1 would go on.",
            "counts": { "stops": 0, "probably_stops": 1, "not_known": 0, "probably_goes_on": 0, "goes_on": 1, "does_not_answer": 0 },
            "endpoints": [
                {
                    "id": "environment:ETH_RPC_URL:1", "kind": "environment", "who": "ETH_RPC_URL",
                    "endpoint": "https://mainnet.infura.io/••••", "provider": "Infura", "outcome": "probably_stops",
                    "sentence": "It would probably stop: Infura runs probably on AWS."
                },
                {
                    "id": "wallet:sparrow:mainnet", "kind": "wallet", "who": "Sparrow", "wallet": "sparrow", "network": "mainnet",
                    "endpoint": "bitcoin+http://127.0.0.1:28332", "outcome": "goes_on",
                    "sentence": "It goes on: it stands on your own ground, without Amazon. It answered just now: height 3, after 2 ms.",
                    "proof": { "asked": "bitcoin+http://127.0.0.1:28332", "answered": true, "chain": "main", "height": 3, "ms": 2 }
                }
            ],
            "nodes": [{
                "node": "mine", "name": "mine", "running": true, "outcome": "goes_on", "sentence": "It runs on your own ground.",
                "contacts": [{ "host": "peers of the network", "purpose": "gives blocks", "outcome": "not_known", "sentence": "It goes on." }]
            }],
            "sources": [{
                "host": "registry.example", "purpose": "images of Bitcoin Core", "outcome": "probably_stops",
                "sentence": "It would probably stop: Example runs probably on AWS."
            }]
        }));
        let expected = "\
Without Amazon, of 2 endpoints: 1 would probably stop, 1 would go on.

WITHOUT IT      WHO          ASKS                            WHY
probably stops  ETH_RPC_URL  https://mainnet.infura.io/••••  It would probably stop: Infura runs probably on AWS.
goes on         Sparrow      bitcoin+http://127.0.0.1:28332  It goes on: it stands on your own ground, without Amazon. It answered just now: height 3, after 2 ms.

Node mine: It runs on your own ground.
  not known  peers of the network  It goes on.  gives blocks

Freehold's own sources; nodes that run do not need them:
  probably stops  registry.example  It would probably stop: Example runs probably on AWS.  images of Bitcoin Core";
        assert_eq!(text(&report), expected);
    }

    #[test]
    fn whom_a_drill_can_name_is_a_list() {
        let choices = read::<Vec<_>>(&json!([
            { "id": "infura", "name": "Infura", "is_cloud": false, "found_here": true },
            { "id": "google", "name": "Google", "is_cloud": true, "found_here": false }
        ]));
        let expected = "\
WHO     NAME    HERE
infura  Infura  something here asks it
google  Google  nothing here is known to run there";
        assert_eq!(choices_text(&choices), expected);
    }
}
