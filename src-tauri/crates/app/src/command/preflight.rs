//! What an install would come to, before anything is pulled.

use std::path::{Path, PathBuf};

use freehold_contract::{Empty, FindingView, InstallRequest, NeedsView, PreflightReport, ResolvedOptionView};
use freehold_model::{Fault, Finding, Severity};
use freehold_supervisor::plan_fault;

use super::history::{measure_disk, speed_view};
use super::prepare::{Prepared, PreparedNode};
use crate::App;

mod fix;

impl App {
    /// What an install would come to and what speaks against it. Changes nothing.
    pub async fn preflight(&self, request: InstallRequest) -> Result<PreflightReport, Fault> {
        let prepared = self.prepare(&request).await?;
        let node = prepared.asked_for()?;
        let (needs, requirement) = freehold_plan::needs(&node.spec, &node.record.network, &node.options)
            .map_err(|error| plan_fault(&error))?;
        let speed = if request.measure {
            // A disk that cannot be measured is no reason to keep the rest back.
            measure_disk(existing(&node.record.data_dir)).await.ok()
        } else {
            None
        };
        Ok(PreflightReport {
            node: node.record.id.to_string(),
            network: node.record.network.to_string(),
            can_install: prepared
                .findings
                .iter()
                .all(|finding| finding.severity != Severity::Blocker),
            findings: self.findings_with_fixes(&prepared, node).await,
            needs: NeedsView {
                disk: needs.disk.bytes(),
                disk_per_month: needs.disk_per_month.bytes(),
                ram: needs.ram.bytes(),
                download: needs.download.bytes(),
                first_sync: requirement.first_sync.clone(),
                as_of: requirement.as_of.clone(),
            },
            data_dir: node.record.data_dir.display().to_string(),
            disk_available: node.disk_available,
            options: resolved_options(node),
            images: prepared
                .nodes
                .iter()
                .flat_map(|node| node.record.images.values())
                .map(ToString::to_string)
                .collect(),
            ports: node.record.ports.clone(),
            dependencies: prepared.structure.dependencies.clone(),
            first_sync: speed
                .as_ref()
                .and_then(|speed| crate::estimate::first_sync(&needs, speed, requirement)),
            disk_speed: speed.as_ref().map(speed_view),
        })
    }
}

impl App {
    /// What was found, each with what would mend it. A finding about a node that comes along is mended on that node's own
    /// page; only another disk helps both.
    async fn findings_with_fixes(&self, prepared: &Prepared, node: &PreparedNode) -> Vec<FindingView> {
        let is_pressing = |finding: &Finding| finding.severity != Severity::Note;
        if !prepared.findings.iter().any(is_pressing) {
            return prepared.findings.iter().map(finding_view).collect();
        }
        // Without a list of disks there are fewer fixes, and the findings stand all the same.
        let disks = self
            .disk_choices(Empty {})
            .await
            .map(|found| found.disks)
            .unwrap_or_default();
        let around = fix::Around {
            prepared,
            node,
            disks: &disks,
            memory: freehold_host::machine_facts().memory,
            given_ports: &self.given_ports(),
        };
        let with_fixes = |finding: &Finding| FindingView {
            fixes: fix::fixes(finding, &around),
            ..finding_view(finding)
        };
        prepared.findings.iter().map(with_fixes).collect()
    }
}

/// The folder, or the nearest one above it that is there already: it will be on the same disk.
pub(crate) fn existing(folder: &Path) -> PathBuf {
    let there = folder.ancestors().find(|above| above.is_dir());
    there.unwrap_or(folder).to_owned()
}

/// Every option with the value it would have. Of a secret only whether there is one.
fn resolved_options(node: &PreparedNode) -> Vec<ResolvedOptionView> {
    let rules = node.options.applied_rules();
    node.options
        .texts()
        .into_iter()
        .map(|(option, value)| ResolvedOptionView {
            because: rules
                .iter()
                .find(|rule| rule.option == option)
                .map(|rule| rule.because.clone()),
            offered: node.options.is_active(&option),
            id: option.to_string(),
            value,
        })
        .collect()
}

pub(crate) fn finding_view(finding: &Finding) -> FindingView {
    FindingView {
        severity: match finding.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Blocker => "blocker",
        }
        .to_owned(),
        check: finding.check.clone(),
        message: finding.message.clone(),
        hint: finding.hint.clone(),
        code: finding.fault.map(|code| code.as_str().to_owned()),
        fixes: Vec::new(),
    }
}
