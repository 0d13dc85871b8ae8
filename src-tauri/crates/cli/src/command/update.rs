//! `freehold update` and `freehold rollback`.

use std::collections::BTreeMap;
use std::time::Instant;

use freehold_app::host::Client;
use freehold_contract::{ConfirmedNodeRequest, FaultView, NodeRequest, NodeView, ServiceChangeView, UpdatePreview};
use freehold_model::{Fault, FaultCode};

use super::format::{short_digest, status as status_text};
use super::verdict::{Course, Phased, awaited};
use super::wait::{show_one, wait_for_one, wait_until_back};
use crate::ask::consent;
use crate::output::Output;
use crate::session::Session;

/// Prints what an update would change.
pub(crate) async fn check(client: &Client, node: String, output: Output) -> Result<(), FaultView> {
    let preview = client.node_update_preview(NodeRequest { node }).await?;
    output.answer(&preview, preview_text);
    Ok(())
}

/// Updates a node, and waits until the new version is proven or taken back.
pub(crate) async fn update(session: &mut Session, node: String, yes: bool, output: Output) -> Result<(), FaultView> {
    let before = show_one(session, &node).await?;
    if before.update_phase.is_some() {
        output.progress(format_args!(
            "Another version of {} is on its way already.",
            before.name
        ));
        return follow(session, &before.id, None, output).await;
    }
    let preview = preview(session, &before.id).await?;
    if !preview.available {
        output.answer(&preview, preview_text);
        return Ok(());
    }
    let what = format!("{} would be updated", before.name);
    if !consent(yes, &preview_text(&preview), "Update it?", &what, output).await? {
        return Ok(());
    }
    session
        .order(
            &[FaultCode::NothingToUpdate, FaultCode::NodeBusy, FaultCode::NotSupported],
            async |client| client.node_update(confirmed(&before.id)).await,
        )
        .await?;
    follow(session, &before.id, Some(wanted(&preview.services)), output).await
}

/// Goes back to the version before, and waits until that is proven.
pub(crate) async fn rollback(session: &mut Session, node: String, yes: bool, output: Output) -> Result<(), FaultView> {
    let before = show_one(session, &node).await?;
    if before.update_phase.is_some() {
        output.progress(format_args!(
            "Another version of {} is on its way already.",
            before.name
        ));
        return follow(session, &before.id, None, output).await;
    }
    let preview = preview(session, &before.id).await?;
    let refusal = preview.rollback_refused.clone();
    let Some(previous) = preview.previous.as_ref().filter(|_| refusal.is_none()) else {
        let what = refusal.unwrap_or_else(|| format!("{} has not been updated since its install.", before.name));
        return Err(FaultView::from(
            &Fault::new(FaultCode::RollbackImpossible).with("what", what),
        ));
    };
    let what = format!("{} would go back to the version before", before.name);
    let shown = format!("{} goes back\n{}", before.name, changes_text(previous));
    if !consent(yes, &shown, "Go back to it?", &what, output).await? {
        return Ok(());
    }
    session
        .order(
            &[
                FaultCode::RollbackImpossible,
                FaultCode::NodeBusy,
                FaultCode::NotSupported,
            ],
            async |client| client.node_rollback(confirmed(&before.id)).await,
        )
        .await?;
    follow(session, &before.id, Some(wanted(previous)), output).await
}

fn confirmed(node: &str) -> ConfirmedNodeRequest {
    ConfirmedNodeRequest {
        node: node.to_owned(),
        confirmed: true,
    }
}

async fn preview(session: &mut Session, node: &str) -> Result<UpdatePreview, FaultView> {
    session
        .ask(async |client| {
            let node = node.to_owned();
            client.node_update_preview(NodeRequest { node }).await
        })
        .await
}

/// What each service is to run: its digest, or any other than the one named where the new one is not known yet.
type Wanted = BTreeMap<String, Digest>;

enum Digest {
    Is(String),
    IsNot(String),
}

fn wanted(services: &[ServiceChangeView]) -> Wanted {
    let digest = |change: &ServiceChangeView| match &change.to_digest {
        Some(digest) => Digest::Is(digest.clone()),
        None => Digest::IsNot(change.from_digest.clone()),
    };
    services
        .iter()
        .map(|change| (change.service.clone(), digest(change)))
        .collect()
}

fn reached(node: &NodeView, wanted: &Wanted) -> bool {
    wanted.iter().all(|(name, wanted)| {
        let running = node.services.iter().find(|service| service.name == *name);
        running.is_some_and(|service| match wanted {
            Digest::Is(digest) => service.digest == *digest,
            Digest::IsNot(digest) => service.digest != *digest,
        })
    })
}

/// Waits until no other version is on its way, and prints how that went.
async fn follow(session: &mut Session, node: &str, wanted: Option<Wanted>, output: Output) -> Result<(), FaultView> {
    let mut course = Course::default();
    let judge = |node: &NodeView| {
        let seen = Phased {
            phase: awaited(node, node.update_phase.as_deref()),
            reached: wanted.as_ref().map(|wanted| reached(node, wanted)),
            fault: node.update_fault.as_ref(),
        };
        course.judge(Instant::now(), &seen, || {
            let reason = "another version was asked for meanwhile, or Freehold ended before it could say why";
            Fault::new(FaultCode::UpdateFailed)
                .with("node", &node.name)
                .with("reason", reason)
        })
    };
    let outcome = wait_for_one(session, node, output, judge).await;
    if matches!(&outcome, Err(fault) if fault.code == FaultCode::UpdateFailed) {
        wait_until_back(session, node, output).await;
    }
    output.answer(&outcome?, outcome_text);
    Ok(())
}

fn outcome_text(node: &NodeView) -> String {
    let mut lines = vec![format!("{} is {}", node.name, status_text(&node.status))];
    let services = node.services.iter();
    lines.extend(services.map(|service| format!("{} runs {}@{}", service.name, service.image, service.digest)));
    if node.update_phase.is_some() {
        lines.push("It has to prove itself at the next start; otherwise it is taken back.".to_owned());
    }
    lines.join("\n")
}

fn preview_text(preview: &UpdatePreview) -> String {
    if !preview.available {
        return format!("{} runs what the catalog names; there is nothing newer.", preview.node);
    }
    let mut lines = vec![preview.node.clone(), changes_text(&preview.services)];
    lines.push(
        match preview.data.as_str() {
            "two-way" => "data: the version before can read it again",
            "one-way" => "data: changed for good; the version before cannot read it afterwards",
            _ => "data: nobody knows whether the version before can read it afterwards",
        }
        .to_owned(),
    );
    lines.extend(preview.note.iter().cloned());
    lines.extend(
        preview
            .release_notes
            .iter()
            .map(|link| format!("release notes: {link}")),
    );
    lines.extend(preview.expires.iter().map(|until| format!("good until {until}")));
    lines.join("\n")
}

fn changes_text(services: &[ServiceChangeView]) -> String {
    let line = |change: &ServiceChangeView| {
        let digest = change.to_digest.as_deref();
        let digest = digest.map_or_else(|| "digest still to be resolved".to_owned(), short_digest);
        let from = if change.from_version.is_empty() {
            "nothing".to_owned()
        } else {
            format!("{} ({})", change.from_version, short_digest(&change.from_digest))
        };
        format!("  {}: {from} -> {} ({digest})", change.service, change.to_version)
    };
    services.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{changes_text, preview_text, reached, wanted};
    use crate::command::sample;

    #[test]
    fn a_preview_names_versions_digests_data_notes_and_end() {
        let preview = json!({
            "node": "mine", "available": true, "data": "one-way", "note": "The index is rebuilt.",
            "release_notes": "https://notes", "expires": "2027-05-01",
            "services": [{
                "service": "node", "from_version": "29.1", "from_digest": "sha256:00112233445566778899",
                "to_version": "30.0", "to_digest": "sha256:ffeeddccbbaa99887766"
            }]
        });
        let expected = "\
mine
  node: 29.1 (sha256:001122334455…) -> 30.0 (sha256:ffeeddccbbaa…)
data: changed for good; the version before cannot read it afterwards
The index is rebuilt.
release notes: https://notes
good until 2027-05-01";
        assert_eq!(preview_text(&sample::read(&preview)), expected);
    }

    #[test]
    fn nothing_newer_is_a_sentence() {
        let preview = json!({ "node": "mine", "available": false, "data": "unknown", "services": [] });
        assert_eq!(
            preview_text(&sample::read(&preview)),
            "mine runs what the catalog names; there is nothing newer."
        );
    }

    #[test]
    fn an_update_is_reached_once_every_service_runs_its_image() {
        let change = |to: Option<&str>| {
            vec![sample::read(&json!({
                "service": "node", "from_version": "1", "from_digest": "sha256:old", "to_version": "2", "to_digest": to
            }))]
        };
        let node = |digest: &str| {
            sample::node(&json!({ "services": [
                { "name": "node", "image": "i", "digest": digest, "state": "running" },
                { "name": "helper", "image": "i", "digest": "sha256:any", "state": "running" }
            ] }))
        };
        let known = wanted(&change(Some("sha256:new")));
        assert!(!reached(&node("sha256:old"), &known));
        assert!(reached(&node("sha256:new"), &known));
        let resolved_later = wanted(&change(None));
        assert!(!reached(&node("sha256:old"), &resolved_later));
        assert!(reached(&node("sha256:any"), &resolved_later));
        assert!(changes_text(&change(None)).ends_with("-> 2 (digest still to be resolved)"));
    }
}
