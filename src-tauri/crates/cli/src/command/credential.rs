//! `freehold credential`: the logins of a node.

use std::time::Duration;

use freehold_contract::{
    CredentialAction, CredentialChangeRequest, CredentialList, CredentialPreview, CredentialPreviewRequest,
    CredentialView, FaultView, NodeRequest, NodeView,
};
use freehold_model::FaultCode;

use super::format::time;
use super::verdict::{reaches, runs, started_at};
use super::wait::{show_one, wait_for_one};
use crate::args::{CredentialArgs, CredentialCommand};
use crate::ask::consent;
use crate::output::{Output, headed};
use crate::session::Session;

/// How often it is asked how far a new password is.
const LOOK_EVERY: Duration = Duration::from_millis(500);

pub(crate) async fn run(session: &mut Session, command: CredentialCommand, output: Output) -> Result<(), FaultView> {
    match command {
        CredentialCommand::List { node } => {
            let list = session.client().credential_list(NodeRequest { node }).await?;
            output.answer(&list, list_text);
            Ok(())
        }
        CredentialCommand::Revoke(what) => change(session, what, CredentialAction::Revoke, output).await,
        CredentialCommand::Rotate(what) => change(session, what, CredentialAction::Rotate, output).await,
    }
}

async fn change(
    session: &mut Session,
    what: CredentialArgs,
    action: CredentialAction,
    output: Output,
) -> Result<(), FaultView> {
    let request = CredentialPreviewRequest {
        node: what.node.clone(),
        consumer: what.consumer.clone(),
        action,
    };
    let preview = session
        .ask(async |client| client.credential_preview(request.clone()).await)
        .await?;
    if let Some(fault) = preview.blocked {
        return Err(fault);
    }
    let question = match action {
        CredentialAction::Revoke => "Take it back?",
        CredentialAction::Rotate => "Give it a new password?",
    };
    let text = preview_text(&preview);
    if !consent(what.yes, &text, question, &preview.means.join(" "), output).await? {
        return Ok(());
    }
    let before = show_one(session, &preview.node).await?;
    let order = CredentialChangeRequest {
        node: preview.node.clone(),
        consumer: what.consumer.clone(),
        confirmed: true,
    };
    // What is refused the second time was carried out the first time, where its answer was lost.
    session
        .order(&[FaultCode::NotSupported], async |client| match action {
            CredentialAction::Revoke => client.credential_revoke(order.clone()).await,
            CredentialAction::Rotate => client.credential_rotate(order.clone()).await,
        })
        .await?;
    if before.desired == "running" {
        let earlier = started_at(&before);
        let is_back = |node: &NodeView| runs(node) && started_at(node) != earlier;
        wait_for_one(session, &preview.node, output, |node| reaches(node, is_back)).await?;
    }
    let list = settled(session, &preview.node, &what.consumer, output).await?;
    output.answer(&list, list_text);
    Ok(())
}

/// Waits until a new password is through, and says what it waits for. The user may end that: it goes on by itself.
async fn settled(
    session: &mut Session,
    node: &str,
    consumer: &str,
    output: Output,
) -> Result<CredentialList, FaultView> {
    let mut said = None;
    loop {
        let request = NodeRequest { node: node.to_owned() };
        let list = session
            .ask(async |client| client.credential_list(request.clone()).await)
            .await?;
        let found = list.credentials.iter().find(|view| view.consumer == consumer);
        let Some(open) = found.filter(|view| view.state == "rotating") else {
            return Ok(list);
        };
        if let Some(why) = open.why.clone().filter(|why| said.as_ref() != Some(why)) {
            output.progress(&why);
            said = Some(why);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn preview_text(preview: &CredentialPreview) -> String {
    let mut lines = preview.means.clone();
    if preview.restarts.len() > 1 {
        lines.push(format!("Restarted with it: {}.", preview.restarts.join(", ")));
    }
    lines.join("\n")
}

fn list_text(list: &CredentialList) -> String {
    let mut text = String::new();
    if !list.credentials.is_empty() {
        text = headed(
            &["WHO", "LOGIN", "MAY CALL", "STATE", "SINCE", "SETTINGS"],
            list.credentials.iter().map(row),
            "",
        );
    }
    for line in list
        .note
        .iter()
        .chain(list.credentials.iter().filter_map(|view| view.why.as_ref()))
    {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

fn row(view: &CredentialView) -> Vec<String> {
    let methods = match view.methods {
        Some(count) => format!("{} ({count} methods)", view.class),
        None => "everything".to_owned(),
    };
    let since = view
        .revoked_at
        .or(view.handed_out_at)
        .map_or_else(|| "-".to_owned(), time);
    let used = view
        .files
        .iter()
        .chain(&view.nodes)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    vec![
        view.name.clone(),
        view.user.clone(),
        methods,
        view.state.replace('-', " "),
        since,
        if used.is_empty() { "-".to_owned() } else { used },
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{list_text, preview_text};
    use crate::command::sample;

    #[test]
    fn a_list_shows_who_may_log_in_and_what_it_waits_for() {
        let list = sample::read(&json!({
            "node": "mine", "name": "mine", "has_logins": true, "credentials": [
                { "consumer": "sparrow", "name": "Sparrow", "kind": "wallet", "user": "sparrow", "class": "wallet",
                  "methods": 63, "state": "rotating", "why": "mine is starting again.", "files": ["/home/u/.sparrow/config"],
                  "nodes": [], "can_revoke": true, "can_rotate": true },
                { "consumer": "wasabi", "name": "wasabi", "kind": "wallet", "user": "wasabi", "class": "all",
                  "state": "not-handed-out", "files": [], "nodes": [], "can_revoke": true, "can_rotate": true }
            ]
        }));
        let text = list_text(&list);
        assert!(
            text.contains("wallet (63 methods)") && text.contains("everything"),
            "{text}"
        );
        assert!(
            text.contains("not handed out") && text.contains("/home/u/.sparrow/config"),
            "{text}"
        );
        assert!(text.ends_with("mine is starting again."), "{text}");
    }

    #[test]
    fn a_node_without_logins_says_so() {
        let list = sample::read(&json!({
            "node": "anvil", "name": "anvil", "has_logins": false, "note": "anvil has no logins.", "credentials": []
        }));
        assert_eq!(list_text(&list), "anvil has no logins.");
    }

    #[test]
    fn a_preview_says_who_restarts_with_it() {
        let preview = sample::read(&json!({
            "node": "mine", "consumer": "electrs", "action": "rotate", "means": ["mine is stopped."],
            "restarts": ["mine", "electrs"], "files": []
        }));
        assert_eq!(
            preview_text(&preview),
            "mine is stopped.\nRestarted with it: mine, electrs."
        );
    }
}
