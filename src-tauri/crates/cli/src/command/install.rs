//! `freehold preflight` and `freehold install`.

use std::collections::BTreeMap;

use freehold_app::host::Client;
use freehold_contract::{FaultView, InstallRequest, NodeView, PreflightReport};
use freehold_model::ByteSize;

use super::node::wait_until;
use crate::args::{InstallArgs, WaitFor};
use crate::ask::agree;
use crate::connect::absolute;
use crate::output::Output;

fn request(what: InstallArgs) -> InstallRequest {
    InstallRequest {
        client: what.id,
        network: what.network,
        name: what.name,
        options: what.options.into_iter().collect::<BTreeMap<_, _>>(),
        data_dir: what.data.map(|folder| absolute(folder).display().to_string()),
        accept_warnings: false,
    }
}

/// Shows what an install would come to.
pub(crate) async fn preflight(client: &Client, what: InstallArgs, output: Output) -> Result<(), FaultView> {
    let report = client.preflight(request(what)).await?;
    output.answer(&report, report_text);
    Ok(())
}

/// Installs a node and waits as far as asked.
pub(crate) async fn install(
    client: &Client,
    what: InstallArgs,
    wait: WaitFor,
    yes: bool,
    output: Output,
) -> Result<(), FaultView> {
    let mut request = request(what);
    let report = client.preflight(request.clone()).await?;
    let has_warnings = report.findings.iter().any(|finding| finding.severity == "warning");
    if report.can_install && has_warnings && !yes {
        output.progress(report_text(&report));
        if !agree("Install all the same?", "There are warnings")? {
            output.progress("Nothing was changed.");
            return Ok(());
        }
    } else if !output.is_json() {
        for finding in report.findings.iter().filter(|finding| finding.severity != "blocker") {
            output.progress(format_args!("{}: {}", finding.severity, finding.message));
        }
    }
    request.accept_warnings = true;
    let node = client.install(request).await?;
    let is_there = |node: &NodeView| match wait {
        WaitFor::Started => node.services.iter().all(|service| service.state == "running"),
        WaitFor::Ready => node.status.state == "ready",
    };
    let node = wait_until(client, &node.id, output, is_there).await?;
    output.answer(&node, |node| {
        format!("{} is {}", node.name, super::format::status(&node.status))
    });
    Ok(())
}

fn report_text(report: &PreflightReport) -> String {
    let mut lines = vec![
        format!(
            "{} on {}, chain data in {}",
            report.node, report.network, report.data_dir
        ),
        format!(
            "needs {} of disk ({} a month more), {} of memory; first sync: {} (as of {})",
            ByteSize(report.needs.disk),
            ByteSize(report.needs.disk_per_month),
            ByteSize(report.needs.ram),
            report.needs.first_sync,
            report.needs.as_of
        ),
    ];
    for finding in &report.findings {
        lines.push(format!("{}: {}", finding.severity, finding.message));
        if let Some(hint) = &finding.hint {
            lines.push(format!("  {hint}"));
        }
    }
    lines.push(if report.can_install {
        "Ready to install.".to_owned()
    } else {
        "Cannot be installed like this.".to_owned()
    });
    lines.join("\n")
}
