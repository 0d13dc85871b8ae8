//! `freehold install`.

use freehold_contract::{FaultView, InstallRequest, NodeView, PreflightReport};
use freehold_model::FaultCode;

use super::format::and;
use super::node::is_text;
use super::preflight::{MEASURING, finding_text, needs_consent, report_text, request};
use super::verdict::{reaches, runs};
use super::wait::{show_one, wait_for};
use crate::args::{InstallArgs, WaitFor};
use crate::ask::consent;
use crate::output::Output;
use crate::session::{Session, TRIES};

/// Installs a node, and waits for it and for those installed with it as far as asked.
pub(crate) async fn install(
    session: &mut Session,
    what: InstallArgs,
    wait: WaitFor,
    yes: bool,
    output: Output,
) -> Result<(), FaultView> {
    let mut request = request(session.client(), what).await?;
    if request.measure {
        output.progress(MEASURING);
    }
    let report = session
        .ask(async |client| client.preflight(request.clone()).await)
        .await?;
    let reason = needs_consent(&report).filter(|_| report.can_install);
    if let Some(what) = reason.as_deref().filter(|_| !yes) {
        if !consent(false, &report_text(&report), "Install it like this?", what, output).await? {
            return Ok(());
        }
    } else if !output.is_json() {
        for finding in report.findings.iter().filter(|finding| finding.severity != "blocker") {
            output.progress(finding_text(finding));
        }
    }
    // The disk has been measured for the report.
    request.measure = false;
    request.accept_warnings = true;
    let node = order(session, request, &report).await?;
    let new = report.dependencies.iter().filter(|needed| needed.is_new);
    let mut nodes: Vec<String> = new.map(|needed| needed.node.clone()).collect();
    if !nodes.is_empty() {
        output.progress(format_args!("Installed with {}: {}", node.id, and(&nodes)));
    }
    nodes.push(node.id.clone());
    let is_there = |node: &NodeView| match wait {
        WaitFor::Started => runs(node),
        WaitFor::Ready => node.status.state == "ready",
    };
    let mut seen = wait_for(session, &nodes, output, |node| reaches(node, is_there)).await?;
    let node = seen.pop().unwrap_or(node);
    output.answer(&node, |node| {
        let all = seen.iter().chain(std::iter::once(node));
        all.map(is_text).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

/// Gives the order, again where its answer was lost and it is not on record.
async fn order(
    session: &mut Session,
    mut request: InstallRequest,
    report: &PreflightReport,
) -> Result<NodeView, FaultView> {
    let mut tries = 0;
    loop {
        let lost = match session.client().install(request.clone()).await {
            Err(fault) if session.is_lost(&fault) && tries < TRIES => fault,
            outcome => return outcome,
        };
        tracing::debug!(fault = %lost.message, "the answer was lost");
        tries += 1;
        // It has the id that was promised.
        if let Some(node) = find(session, &report.node).await? {
            return Ok(node);
        }
        for needed in report.dependencies.iter().filter(|needed| needed.is_new) {
            if find(session, &needed.node).await?.is_some() {
                request.needs.insert(needed.name.clone(), needed.node.clone());
            }
        }
    }
}

async fn find(session: &mut Session, node: &str) -> Result<Option<NodeView>, FaultView> {
    match show_one(session, node).await {
        Ok(node) => Ok(Some(node)),
        Err(fault) if fault.code == FaultCode::NodeUnknown => Ok(None),
        Err(fault) => Err(fault),
    }
}
