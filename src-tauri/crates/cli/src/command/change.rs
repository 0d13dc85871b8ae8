//! `freehold set`: changes options of a node.

use std::collections::{BTreeMap, BTreeSet};

use freehold_contract::{ChangePreview, ChangeRequest, FaultView, NodeView};

use super::format::and;
use super::node::is_text;
use super::options::{change_text, secrets_of, with_files_read};
use super::preflight::finding_text;
use super::verdict::{reaches, runs, started_at};
use super::wait::{show_one, wait_for};
use crate::args::ChangeArgs;
use crate::ask::consent;
use crate::output::Output;
use crate::session::Session;

pub(crate) async fn set(session: &mut Session, what: ChangeArgs, output: Output) -> Result<(), FaultView> {
    let before = show_one(session, &what.node).await?;
    let secrets = secrets_of(session.client(), &before.client).await?;
    let options = with_files_read(session.client(), &before.client, what.options).await?;
    let mut request = ChangeRequest {
        node: before.id.clone(),
        options,
        confirmed: false,
    };
    let preview = session
        .ask(async |client| client.node_change_preview(request.clone()).await)
        .await?;
    if preview.changes.is_empty() {
        output.answer(&before, |node| format!("{} is set so already.", node.name));
        return Ok(());
    }
    let text = preview_text(&preview, &secrets);
    if preview.effect == "none" {
        output.progress(&text);
    }
    let yes = what.yes || preview.effect == "none";
    let question = format!("Change {}?", before.name);
    if !consent(yes, &text, &question, &consequence(&preview), output).await? {
        return Ok(());
    }
    request.confirmed = true;
    // Looked up before the order: what starts again is known by another time of its start.
    let restarted = if preview.effect == "none" {
        Vec::new()
    } else {
        those_that_run(session, &preview).await?
    };
    session
        .order(&[], async |client| client.node_change(request.clone()).await)
        .await?;
    let earlier: BTreeMap<_, _> = restarted
        .iter()
        .map(|node| (node.id.clone(), started_at(node)))
        .collect();
    let nodes: Vec<_> = earlier.keys().cloned().collect();
    let is_back = |node: &NodeView| runs(node) && earlier.get(&node.id) != Some(&started_at(node));
    wait_for(session, &nodes, output, |node| reaches(node, is_back)).await?;
    let node = show_one(session, &before.id).await?;
    output.answer(&node, is_text);
    Ok(())
}

/// The nodes that would be started again: the node itself and those that depend on it, as far as they are meant to run.
async fn those_that_run(session: &mut Session, preview: &ChangePreview) -> Result<Vec<NodeView>, FaultView> {
    let mut ids: BTreeSet<&String> = preview.restarts.iter().collect();
    ids.insert(&preview.node);
    let mut nodes = Vec::new();
    for id in ids {
        let node = show_one(session, id).await?;
        if node.desired == "running" && !node.external {
            nodes.push(node);
        }
    }
    Ok(nodes)
}

/// What the user has to agree to, in one sentence.
fn consequence(preview: &ChangePreview) -> String {
    let costs = match preview.effect.as_str() {
        "restart" => "be restarted",
        "reindex" => "be restarted and make its index anew",
        "resync" => "be restarted and sync from the beginning",
        _ => "be changed",
    };
    let others: Vec<_> = preview.restarts.iter().filter(|node| **node != preview.node).collect();
    if others.is_empty() {
        format!("{} would {costs}", preview.node)
    } else {
        format!("{} would {costs}, and {} with it", preview.node, and(&others))
    }
}

fn preview_text(preview: &ChangePreview, secrets: &BTreeSet<String>) -> String {
    let mut lines: Vec<_> = preview
        .changes
        .iter()
        .map(|change| change_text(change, secrets))
        .collect();
    if preview.effect != "none" {
        lines.push(format!("{}.", consequence(preview)));
    }
    lines.extend(preview.findings.iter().map(finding_text));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::{consequence, preview_text};
    use crate::command::sample;

    #[test]
    fn a_preview_says_what_changes_and_who_stops_for_it() {
        let preview = sample::read(&json!({
            "node": "mine", "effect": "restart", "restarts": ["mine", "electrs"],
            "changes": [
                { "option": "dbcache", "label": "Cache", "from": "450", "to": "1000", "effect": "restart" },
                { "option": "rpctoken", "label": "Token", "from": "old", "to": "new", "effect": "restart" }
            ],
            "findings": [{ "severity": "warning", "check": "memory", "message": "Little is left." }]
        }));
        let expected = "\
dbcache: 450 -> 1000 (needs a restart)
rpctoken: another secret (needs a restart)
mine would be restarted, and electrs with it.
warning: Little is left.";
        assert_eq!(
            preview_text(&preview, &BTreeSet::from(["rpctoken".to_owned()])),
            expected
        );
    }

    #[test]
    fn the_heaviest_effect_is_what_is_asked_about() {
        let preview =
            sample::read(&json!({ "node": "mine", "effect": "resync", "restarts": [], "changes": [], "findings": [] }));
        assert_eq!(
            consequence(&preview),
            "mine would be restarted and sync from the beginning"
        );
    }
}
