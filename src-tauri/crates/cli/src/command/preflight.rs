//! `freehold preflight`: what an install would come to.

use std::collections::BTreeSet;

use freehold_app::host::Client;
use freehold_contract::{DependencyView, DiskSpeedView, FaultView, FindingView, InstallRequest, PreflightReport};
use freehold_model::ByteSize;

use super::format::{and, range, rate};
use super::options::{change_text, with_files_read};
use crate::args::InstallArgs;
use crate::connect::absolute;
use crate::output::Output;

/// Said before some seconds of silence.
pub(crate) const MEASURING: &str = "Measuring the disk, which takes some seconds.";

/// The request for what was typed.
pub(crate) async fn request(client: &Client, what: InstallArgs) -> Result<InstallRequest, FaultView> {
    let path = |folder| absolute(folder).display().to_string();
    Ok(InstallRequest {
        options: with_files_read(client, &what.id, what.options).await?,
        client: what.id,
        network: what.network,
        name: what.name,
        data_dir: what.data.map(path),
        needs: what.needs.into_iter().collect(),
        ports: std::collections::BTreeMap::new(),
        adopt: what.adopt.map(path),
        measure: what.measure,
        accept_warnings: false,
    })
}

/// Shows what an install would come to.
pub(crate) async fn preflight(client: &Client, what: InstallArgs, output: Output) -> Result<(), FaultView> {
    let request = request(client, what).await?;
    if request.measure {
        output.progress(MEASURING);
    }
    let report = client.preflight(request).await?;
    output.answer(&report, report_text);
    Ok(())
}

/// The report for a person.
pub(crate) fn report_text(report: &PreflightReport) -> String {
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
    lines.extend(
        report
            .disk_available
            .map(|available| format!("{} are free there", ByteSize(available))),
    );
    lines.extend(report.disk_speed.as_ref().map(speed_text));
    lines.extend(report.first_sync.as_ref().map(|estimate| {
        let range = range(estimate.low_s, estimate.high_s);
        format!("the first sync on this machine: {range}; {}", estimate.because)
    }));
    lines.extend(report.dependencies.iter().flat_map(dependency_lines));
    let forced = report.options.iter().filter_map(|option| {
        let because = option.because.as_ref()?;
        Some(format!("{} is {}: {because}", option.id, option.value))
    });
    lines.extend(forced);
    lines.extend(report.images.iter().map(|image| format!("image {image}")));
    // The nodes that it needs are listed above.
    let is_said = |finding: &&FindingView| finding.severity == "note" && finding.check == "needs";
    lines.extend(
        report
            .findings
            .iter()
            .filter(|finding| !is_said(finding))
            .map(finding_text),
    );
    lines.push(if report.can_install {
        "Ready to install.".to_owned()
    } else {
        "Cannot be installed like this.".to_owned()
    });
    lines.join("\n")
}

/// One finding with what to do about it.
pub(crate) fn finding_text(finding: &FindingView) -> String {
    match &finding.hint {
        Some(hint) => format!("{}: {}\n  {hint}", finding.severity, finding.message),
        None => format!("{}: {}", finding.severity, finding.message),
    }
}

fn speed_text(speed: &DiskSpeedView) -> String {
    format!(
        "the disk writes {} and reads {}, {:.0} forced writes and {:.0} random reads a second",
        rate(Some(speed.write_rate)),
        rate(Some(speed.read_rate)),
        speed.fsyncs,
        speed.random_reads
    )
}

fn dependency_lines(needed: &DependencyView) -> Vec<String> {
    let purpose = needed.purpose.trim_end_matches('.');
    let how = if needed.is_new {
        format!(
            "needs {}, which would be installed too as {}",
            needed.client, needed.node
        )
    } else {
        format!("uses your node {} ({})", needed.node, needed.client)
    };
    let mut lines = vec![format!("{how}: it {purpose}")];
    lines.extend(needed.changes.iter().map(|change| {
        // A secret is never set on a node because another one needs it.
        format!("  on {}, {}", needed.node, change_text(change, &BTreeSet::new()))
    }));
    if !needed.others.is_empty() {
        let choices: Vec<_> = needed
            .others
            .iter()
            .map(|other| format!("--with {}={other}", needed.name))
            .collect();
        lines.push(format!("  or use {}", and(&choices)));
    }
    lines
}

/// What the user has to agree to before an install, in one text; absent where there is nothing.
pub(crate) fn needs_consent(report: &PreflightReport) -> Option<String> {
    let warnings = report.findings.iter().filter(|finding| finding.severity == "warning");
    let reasons: Vec<&str> = warnings.map(|finding| finding.message.as_str()).collect();
    (!reasons.is_empty()).then(|| reasons.join(" "))
}

#[cfg(test)]
mod tests {
    use freehold_contract::PreflightReport;
    use serde_json::{Value, json};

    use super::{needs_consent, report_text};
    use crate::command::sample;

    fn report(fields: &Value) -> PreflightReport {
        let mut report = json!({
            "node": "electrs-mainnet", "network": "mainnet", "can_install": true, "findings": [],
            "needs": {
                "disk": 60_000_000_000_u64, "disk_per_month": 500_000_000, "ram": 2_000_000_000, "download": 0,
                "first_sync": "half a day", "as_of": "2026-10-01"
            },
            "data_dir": "/data/electrs-mainnet", "options": [], "images": ["host/electrs:1@sha256:bb"], "ports": {},
            "dependencies": []
        });
        for (name, value) in fields.as_object().into_iter().flatten() {
            report[name] = value.clone();
        }
        sample::read(&report)
    }

    fn needed(is_new: bool, changes: &Value) -> Value {
        json!({
            "name": "bitcoin", "client": "bitcoin-core", "purpose": "reads every block from it", "node": "mine",
            "is_new": is_new, "changes": changes, "others": ["yours"]
        })
    }

    #[test]
    fn the_report_shows_all_that_an_install_would_do() {
        let change = json!({
            "option": "txindex", "label": "", "from": "off", "to": "on", "effect": "reindex", "because": "Some hours."
        });
        let report = report(&json!({
            "disk_available": 2_000_000_000_000_u64,
            "disk_speed": { "write_rate": 5e8, "read_rate": 9e8, "fsyncs": 812.4, "random_reads": 15000.0 },
            "first_sync": { "low_s": 36_000, "high_s": 72_000, "because": "bound by the disk's random reads" },
            "dependencies": [needed(false, &json!([change]))],
            "options": [
                { "id": "a", "value": "1", "offered": true },
                { "id": "b", "value": "2", "because": "a needs it", "offered": true }
            ],
            "findings": [
                { "severity": "warning", "check": "disk", "message": "Tight.", "hint": "Free some.", "fixes": [] },
                { "severity": "note", "check": "clock", "message": "Fine.", "fixes": [] }
            ]
        }));
        let expected = "\
electrs-mainnet on mainnet, chain data in /data/electrs-mainnet
needs 60.0 GB of disk (500 MB a month more), 2.0 GB of memory; first sync: half a day (as of 2026-10-01)
2.0 TB are free there
the disk writes 500 MB/s and reads 900 MB/s, 812 forced writes and 15000 random reads a second
the first sync on this machine: 10 h 0 min to 20 h 0 min; bound by the disk's random reads
uses your node mine (bitcoin-core): it reads every block from it
  on mine, txindex: off -> on (needs a restart and a new index) Some hours.
  or use --with bitcoin=yours
b is 2: a needs it
image host/electrs:1@sha256:bb
warning: Tight.
  Free some.
note: Fine.
Ready to install.";
        assert_eq!(report_text(&report), expected);
        assert_eq!(needs_consent(&report).as_deref(), Some("Tight."));
    }

    #[test]
    fn notes_need_no_consent_and_what_is_needed_is_said_once() {
        let note = json!({ "severity": "note", "check": "needs", "message": "It needs bitcoin-core.", "fixes": [] });
        let report = report(&json!({ "dependencies": [needed(true, &json!([]))], "findings": [note] }));
        assert_eq!(needs_consent(&report), None);
        let text = report_text(&report);
        assert!(
            text.contains("needs bitcoin-core, which would be installed too as mine: it reads"),
            "{text}"
        );
        assert!(!text.contains("It needs bitcoin-core."), "{text}");
    }
}
