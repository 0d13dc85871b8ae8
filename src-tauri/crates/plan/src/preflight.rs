//! What speaks against a node on this machine, found before anything is pulled.
//!
//! Each check looks at one thing and says it in one sentence with its numbers. Blockers come first; a blocker names the
//! fault that an install would end with.

use std::collections::BTreeMap;
use std::path::Path;

use freehold_model::machine::{DiskFacts, MachineFacts};
use freehold_model::spec::NodeSpec;
use freehold_model::{EngineFacts, FaultCode, Finding, Network, Severity};

use crate::ResolvedOptions;

mod disk;
mod engine;
mod entry;
mod machine;

/// What preflight looks at: plain data, gathered by the caller.
#[derive(Debug, Clone, Copy)]
pub struct PreflightInput<'a> {
    /// The catalog entry.
    pub spec: &'a NodeSpec,
    /// The network.
    pub network: &'a Network,
    /// The node's options.
    pub options: &'a ResolvedOptions,
    /// The node's ports on this machine, by name.
    pub ports: &'a BTreeMap<String, u16>,
    /// This machine.
    pub machine: &'a MachineFacts,
    /// The engine; `None` where none answers.
    pub engine: Option<&'a EngineFacts>,
    /// Folder of the node's chain data.
    pub data_dir: &'a Path,
    /// What is there now.
    pub data_dir_state: &'a DataDirState,
    /// The disk that holds it; `None` where that is not known.
    pub disk: Option<&'a DiskFacts>,
    /// Ports in use on this machine, with the program that uses each.
    pub taken_ports: &'a [(u16, String)],
    /// How far this machine's clock is off; `None` where nothing could be compared.
    pub clock_skew: Option<ClockSkew<'a>>,
    /// Today in UTC, `YYYY-MM-DD`.
    pub today: &'a str,
    /// Every image of the node is on the engine already.
    pub image_present: bool,
}

/// What is at the node's data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataDirState {
    /// Nothing.
    Missing {
        /// It can be made.
        writable_parent: bool,
    },
    /// An empty folder.
    Empty,
    /// A folder with files, from an earlier node perhaps.
    HasData {
        /// Their size.
        bytes: u64,
    },
    /// It cannot be used.
    NotWritable {
        /// Why, in a few words.
        reason: String,
    },
    /// It belongs to another user.
    OwnedBy {
        /// The user's name or number.
        owner: String,
    },
    /// Another node uses it.
    InUseBy {
        /// That node's id.
        node: String,
    },
}

/// A comparison of clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSkew<'a> {
    /// How far this machine is ahead; negative where it is behind.
    pub seconds: i64,
    /// What it was compared with.
    pub source: &'a str,
}

/// Everything that was found, blockers first, then warnings, then notes.
pub fn preflight(input: &PreflightInput<'_>) -> Vec<Finding> {
    let needs = crate::needs(input.spec, input.network, input.options).ok();
    let mut findings = Vec::new();
    engine::check(input, &mut findings);
    if let Some((needs, _)) = &needs {
        disk::check(input, needs, &mut findings);
        machine::memory(input, needs, &mut findings);
    }
    disk::data_dir(input, &mut findings);
    machine::ports(input, &mut findings);
    machine::clock(input, &mut findings);
    entry::check(input, needs.as_ref(), &mut findings);
    // Stable: within one severity the order of the checks stays.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

fn blocker(check: &str, fault: FaultCode, message: impl Into<String>) -> Finding {
    finding(Severity::Blocker, check, message, Some(fault))
}

fn warning(check: &str, message: impl Into<String>) -> Finding {
    finding(Severity::Warning, check, message, None)
}

fn note(check: &str, message: impl Into<String>) -> Finding {
    finding(Severity::Note, check, message, None)
}

fn finding(severity: Severity, check: &str, message: impl Into<String>, fault: Option<FaultCode>) -> Finding {
    Finding {
        severity,
        check: check.to_owned(),
        message: message.into(),
        hint: None,
        fault,
    }
}

fn with_hint(mut finding: Finding, hint: impl Into<String>) -> Finding {
    finding.hint = Some(hint.into());
    finding
}
