//! `freehold start`, `stop`, `restart`, `remove`, `erase`.

use freehold_contract::{EraseRequest, FaultView, NodeRequest, NodeView, RemovalReport};
use freehold_model::{ByteSize, FaultCode};

use super::format::status as status_text;
use super::verdict::{Verdict, reaches, runs, started_at};
use super::wait::{show_one, wait_for_one, wait_until_gone};
use crate::ask::agree;
use crate::output::Output;
use crate::session::Session;

pub(crate) async fn start(session: &mut Session, node: String, output: Output) -> Result<(), FaultView> {
    let view = session
        .ask(async |client| client.node_start(NodeRequest { node: node.clone() }).await)
        .await?;
    finish(session, &view.id, output, |node| reaches(node, runs)).await
}

pub(crate) async fn stop(session: &mut Session, node: String, output: Output) -> Result<(), FaultView> {
    let view = session
        .ask(async |client| client.node_stop(NodeRequest { node: node.clone() }).await)
        .await?;
    // A wrong chain or an old release is no reason not to stop.
    let judge = |node: &NodeView| match (node.status.state.as_str(), &node.status.fault) {
        ("stopped", _) => Verdict::There,
        ("failed", Some(fault)) => Verdict::Failed(fault.clone()),
        _ => Verdict::Going,
    };
    finish(session, &view.id, output, judge).await
}

pub(crate) async fn restart(session: &mut Session, node: String, output: Output) -> Result<(), FaultView> {
    let before = show_one(session, &node).await?;
    let earlier = started_at(&before);
    session
        .ask(async |client| {
            let node = before.id.clone();
            client.node_restart(NodeRequest { node }).await
        })
        .await?;
    let is_back = |node: &NodeView| runs(node) && started_at(node) != earlier;
    finish(session, &before.id, output, |node| reaches(node, is_back)).await
}

async fn finish(
    session: &mut Session,
    node: &str,
    output: Output,
    judge: impl FnMut(&NodeView) -> Verdict,
) -> Result<(), FaultView> {
    let view = wait_for_one(session, node, output, judge).await?;
    output.answer(&view, is_text);
    Ok(())
}

/// `mine is ready`.
pub(crate) fn is_text(node: &NodeView) -> String {
    format!("{} is {}", node.name, status_text(&node.status))
}

pub(crate) async fn remove(session: &mut Session, node: String, output: Output) -> Result<(), FaultView> {
    let report = session.client().node_remove(NodeRequest { node }).await?;
    gone(session, report, output).await
}

pub(crate) async fn erase(session: &mut Session, node: String, yes: bool, output: Output) -> Result<(), FaultView> {
    let confirmed = yes || ask_to_erase(session, &node).await?;
    if !confirmed {
        output.progress("Nothing was changed.");
        return Ok(());
    }
    let report = session.client().node_erase(EraseRequest { node, confirmed }).await?;
    gone(session, report, output).await
}

/// Asks with the number of bytes that would go.
async fn ask_to_erase(session: &mut Session, node: &str) -> Result<bool, FaultView> {
    let unconfirmed = EraseRequest {
        node: node.to_owned(),
        confirmed: false,
    };
    match session.client().node_erase(unconfirmed).await {
        Err(fault) if fault.code == FaultCode::ConfirmationNeeded => {
            agree(&format!("{} Erase it?", fault.why), &fault.why).await
        }
        Err(fault) => Err(fault),
        Ok(_) => Ok(true),
    }
}

/// Waits until the node is gone.
async fn gone(session: &mut Session, mut report: RemovalReport, output: Output) -> Result<(), FaultView> {
    wait_until_gone(session, &report.node, output).await?;
    report.done = true;
    output.answer(&report, |report| {
        let size = ByteSize(report.data_bytes);
        if report.erased {
            format!("{} is gone; {size} of chain data were erased", report.node)
        } else {
            format!(
                "{} is gone; {size} of chain data stay in {}",
                report.node, report.data_dir
            )
        }
    });
    Ok(())
}
