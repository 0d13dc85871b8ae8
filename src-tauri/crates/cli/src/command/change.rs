//! `freehold set`: changes options of a node.

use std::collections::BTreeSet;

use freehold_contract::{ChangePreview, ChangeRequest, FaultView, NodeView};
use freehold_model::FaultCode;

use super::format::and;
use super::node::is_text;
use super::options::{change_text, secrets_of, with_files_read};
use super::preflight::finding_text;
use super::verdict::{reaches, runs, started_at};
use super::wait::{show_one, wait_for, wait_for_one};
use crate::args::ChangeArgs;
use crate::ask::consent;
use crate::output::Output;
use crate::session::Session;

pub(crate) async fn set(session: &mut Session, what: ChangeArgs, output: Output) -> Result<(), FaultView> {
    match change(session, what, output).await? {
        Changed::Already(node) => output.answer(&node, |node| format!("{} is set so already.", node.name)),
        Changed::Now(node) => output.answer(&node, is_text),
        Changed::Refused => {}
    }
    Ok(())
}

/// What became of a change.
pub(crate) enum Changed {
    /// It was so before.
    Already(NodeView),
    /// It was made, and the node is back where it runs.
    Now(NodeView),
    /// The user did not agree.
    Refused,
}

/// Changes options of a node, asks first where that costs something, and waits until the node is back.
pub(crate) async fn change(session: &mut Session, what: ChangeArgs, output: Output) -> Result<Changed, FaultView> {
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
    if preview.changes.is_empty() && preview.effect == "none" {
        return Ok(Changed::Already(before));
    }
    // A secret that replaces another shows in no list of values.
    let replaced: Vec<_> = request.options.keys().filter(|key| secrets.contains(*key)).collect();
    let text = preview_text(&preview, &secrets, &replaced);
    if preview.effect == "none" {
        output.progress(&text);
    }
    // What is impossible is refused by the order itself: nobody need be asked first.
    let is_blocked = preview.findings.iter().any(|finding| finding.severity == "blocker");
    let yes = what.yes || is_blocked || preview.effect == "none";
    let question = format!("Change {}?", before.name);
    if !consent(yes, &text, &question, &consequence(&preview), output).await? {
        return Ok(Changed::Refused);
    }
    request.confirmed = true;
    // Looked up before the order: what has started again is known by another time of its start.
    let earlier = started_at(&show_one(session, &before.id).await?);
    // Busy is what the node is where the order is on record and its answer was lost.
    session
        .order(&[FaultCode::NodeBusy, FaultCode::NotSupported], async |client| {
            client.node_change(request.clone()).await
        })
        .await?;
    if preview.effect != "none" && before.desired == "running" {
        let is_back = |node: &NodeView| runs(node) && started_at(node) != earlier;
        wait_for_one(session, &before.id, output, |node| reaches(node, is_back)).await?;
        let others = those_that_run(session, &preview).await?;
        wait_for(session, &others, output, |node| reaches(node, runs)).await?;
    }
    Ok(Changed::Now(show_one(session, &before.id).await?))
}

/// The nodes that were stopped with it and are meant to run.
async fn those_that_run(session: &mut Session, preview: &ChangePreview) -> Result<Vec<String>, FaultView> {
    let mut nodes = Vec::new();
    for id in preview.restarts.iter().filter(|id| **id != preview.node) {
        let node = show_one(session, id).await?;
        if node.desired == "running" && !node.external {
            nodes.push(node.id);
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

fn preview_text(preview: &ChangePreview, secrets: &BTreeSet<String>, replaced: &[&String]) -> String {
    let listed = |key: &str| preview.changes.iter().any(|change| change.option == key);
    let unlisted = replaced.iter().filter(|key| !listed(key));
    let mut lines: Vec<_> = unlisted
        .map(|key| format!("{key}: another secret (needs a restart)"))
        .collect();
    lines.extend(preview.changes.iter().map(|change| change_text(change, secrets)));
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
            "findings": [{ "severity": "warning", "check": "memory", "message": "Little is left.", "fixes": [] }]
        }));
        let expected = "\
dbcache: 450 -> 1000 (needs a restart)
rpctoken: another secret (needs a restart)
mine would be restarted, and electrs with it.
warning: Little is left.";
        let secrets = BTreeSet::from(["rpctoken".to_owned()]);
        assert_eq!(preview_text(&preview, &secrets, &[&"rpctoken".to_owned()]), expected);
        let with_other = preview_text(&preview, &secrets, &[&"key".to_owned()]);
        assert!(
            with_other.starts_with("key: another secret (needs a restart)\ndbcache:"),
            "{with_other}"
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
