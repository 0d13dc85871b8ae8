//! `freehold move`: moves a node's data to another folder.

use std::time::Instant;

use freehold_contract::{ActivityKind, ActivityRequest, FaultView, MoveRequest, NodeView};
use freehold_model::{Fault, FaultCode};

use super::format::status as status_text;
use super::verdict::{Course, Phased, Verdict, awaited};
use super::wait::{show_one, wait_for_one, wait_until_back};
use crate::args::MoveArgs;
use crate::ask::consent;
use crate::connect::absolute;
use crate::output::Output;
use crate::session::Session;

/// Entries of what was done that are searched for the reason of a failure.
const LAST_ENTRIES: u32 = 50;

/// Moves the data, and waits until the node has proven itself there or its data is used where it was.
pub(crate) async fn relocate(session: &mut Session, what: MoveArgs, output: Output) -> Result<(), FaultView> {
    let before = show_one(session, &what.node).await?;
    let folder = absolute(what.data).display().to_string();
    let known = last_entry(session, &before.id).await?;
    if before.move_phase.is_some() {
        output.progress(format_args!("The data of {} is on its way already.", before.name));
    } else if !order(session, &before, &folder, what.yes, output).await? {
        return Ok(());
    }
    let mut course = Course::default();
    let mut was_taken_back = false;
    let judge = |node: &NodeView| {
        let seen = Phased {
            phase: awaited(node, node.move_phase.as_deref()),
            reached: Some(is_moved(&before, node)),
            fault: None,
        };
        let verdict = course.judge(Instant::now(), &seen, || failed(node, &folder));
        was_taken_back = matches!(verdict, Verdict::Failed(_));
        verdict
    };
    match wait_for_one(session, &before.id, output, judge).await {
        Err(fault) if was_taken_back => {
            wait_until_back(session, &before.id, output).await;
            Err(with_reason(session, &before.id, known, fault).await)
        }
        outcome => {
            output.answer(&outcome?, moved_text);
            Ok(())
        }
    }
}

/// Asks and gives the order; false where the user refuses.
async fn order(
    session: &mut Session,
    node: &NodeView,
    folder: &str,
    yes: bool,
    output: Output,
) -> Result<bool, FaultView> {
    let mut request = MoveRequest {
        node: node.id.clone(),
        data_dir: folder.to_owned(),
        confirmed: false,
    };
    // Without consent the order answers what it would do, or why it cannot be done.
    if let Err(fault) = session
        .ask(async |client| client.node_move(request.clone()).await)
        .await
    {
        if fault.code != FaultCode::ConfirmationNeeded {
            return Err(fault);
        }
        if !consent(yes, &fault.why, "Move it?", &fault.why, output).await? {
            return Ok(false);
        }
        request.confirmed = true;
        session
            .order(&[FaultCode::NodeBusy, FaultCode::NotSupported], async |client| {
                client.node_move(request.clone()).await
            })
            .await?;
    }
    Ok(true)
}

/// Whether the data is in its new place. A move that was joined late had changed the place already.
fn is_moved(before: &NodeView, now: &NodeView) -> bool {
    let was_switched = matches!(before.move_phase.as_deref(), Some("proving" | "erasing"));
    (now.data_dir == before.data_dir) == was_switched
}

fn failed(node: &NodeView, folder: &str) -> Fault {
    Fault::new(FaultCode::MoveFailed).with("path", folder).with(
        "reason",
        format_args!("the data is used in {} as before", node.data_dir),
    )
}

/// Number of the newest entry of what was done about a node; 0 before the first.
async fn last_entry(session: &mut Session, node: &str) -> Result<i64, FaultView> {
    let list = entries(session, node, 1).await?;
    Ok(list.entries.first().map_or(0, |entry| entry.id))
}

/// The fault with the reason that is kept in the list of what was done: a node's view does not carry it.
async fn with_reason(session: &mut Session, node: &str, known: i64, fault: FaultView) -> FaultView {
    let Ok(list) = entries(session, node, LAST_ENTRIES).await else {
        return fault;
    };
    let reason = list
        .entries
        .iter()
        .find(|entry| entry.id > known && entry.kind == ActivityKind::Fault);
    let Some(reason) = reason else { return fault };
    let mut told = Fault::new(fault.code).because(&reason.text);
    told.params.extend(fault.params);
    FaultView::from(&told)
}

async fn entries(session: &mut Session, node: &str, limit: u32) -> Result<freehold_contract::ActivityList, FaultView> {
    session
        .ask(async |client| {
            let request = ActivityRequest {
                limit: Some(limit),
                subject: Some(node.to_owned()),
                ..ActivityRequest::default()
            };
            client.activity_list(request).await
        })
        .await
}

fn moved_text(node: &NodeView) -> String {
    format!(
        "{} is {}; its data is in {}",
        node.name,
        status_text(&node.status),
        node.data_dir
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_moved, moved_text};
    use crate::command::sample;

    #[test]
    fn a_move_is_told_by_the_folder() {
        let before = sample::node(&json!({}));
        let after = sample::node(&json!({ "data_dir": "/mnt/disk/mine" }));
        assert!(is_moved(&before, &after));
        assert!(!is_moved(&before, &before));
        let late = sample::node(&json!({ "move_phase": "proving", "data_dir": "/mnt/disk/mine" }));
        assert!(is_moved(&late, &after), "joined late, and stayed");
        assert!(!is_moved(&late, &before), "joined late, and taken back");
        assert_eq!(moved_text(&after), "mine is ready; its data is in /mnt/disk/mine");
    }
}
