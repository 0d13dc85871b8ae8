//! The outage drill on the wire: what would stop if a cloud or a provider were gone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AuditKind, DrillChoice};

/// Asks what would stop.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrillRequest {
    /// Who is gone: `amazon`, `google`, `microsoft`, `cloudflare`, or a provider's id.
    pub who: String,
}

/// What would stop and what would go on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DrillReport {
    /// Who is gone.
    pub who: DrillChoice,
    /// Whom else a drill can leave out.
    pub choices: Vec<DrillChoice>,
    /// The result in one or two sentences.
    pub sentence: String,
    /// How many endpoints end which way.
    pub counts: DrillCounts,
    /// Every endpoint in use, those that stop first.
    pub endpoints: Vec<DrillEndpoint>,
    /// Your nodes: whether they go on, and what they need at their start.
    pub nodes: Vec<DrillNode>,
    /// Where Freehold's engine gets images and where release notes are: matters for installs and updates only.
    pub sources: Vec<DrillContact>,
}

/// How many endpoints end which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrillCounts {
    /// Stop.
    pub stops: u32,
    /// Probably stop.
    pub probably_stops: u32,
    /// Nobody knows.
    pub not_known: u32,
    /// Probably go on.
    pub probably_goes_on: u32,
    /// Go on.
    pub goes_on: u32,
    /// On your own ground, but nothing answers there now.
    pub does_not_answer: u32,
}

/// What happens to something without the one who is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DrillOutcome {
    /// It would stop.
    Stops,
    /// It would probably stop: where it runs is a hint that nobody has verified.
    ProbablyStops,
    /// On your own ground, but nothing answers there now.
    DoesNotAnswer,
    /// Nobody knows where it runs.
    NotKnown,
    /// It would probably go on: the hint, which nobody has verified, names others.
    ProbablyGoesOn,
    /// It would go on.
    GoesOn,
}

/// One endpoint in the drill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DrillEndpoint {
    /// The row of the audit.
    pub id: String,
    /// What uses it.
    pub kind: AuditKind,
    /// Who uses it, for people.
    pub who: String,
    /// The wallet, where it is one.
    pub wallet: Option<String>,
    /// The network, where that is known.
    pub network: Option<String>,
    /// The endpoint, secrets masked.
    pub endpoint: Option<String>,
    /// Who runs it.
    pub provider: Option<String>,
    /// What happens.
    pub outcome: DrillOutcome,
    /// What happens and why, in a sentence.
    pub sentence: String,
    /// What the endpoint said just now; absent where it was not asked.
    pub proof: Option<DrillProof>,
}

/// What an endpoint on your own ground said just now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrillProof {
    /// The endpoint that was asked.
    pub asked: String,
    /// It answered.
    pub answered: bool,
    /// The chain, in its own words.
    pub chain: Option<String>,
    /// Its height.
    pub height: Option<u64>,
    /// How long the answer took, in milliseconds.
    pub ms: u64,
    /// Why there is no height, where there is none.
    pub why: Option<String>,
}

/// One of your nodes in the drill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DrillNode {
    /// Node id.
    pub node: String,
    /// Its name.
    pub name: String,
    /// It runs now.
    pub running: bool,
    /// What happens to it while it runs.
    pub outcome: DrillOutcome,
    /// What happens and why, in a sentence.
    pub sentence: String,
    /// What it said just now; absent where it was not asked.
    pub proof: Option<DrillProof>,
    /// What it contacts at its start, or beside its peers.
    pub contacts: Vec<DrillContact>,
}

/// A host that a node, or Freehold, contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrillContact {
    /// The host, or what several have in common.
    pub host: String,
    /// What for.
    pub purpose: String,
    /// What happens.
    pub outcome: DrillOutcome,
    /// What happens and why, in a sentence.
    pub sentence: String,
}
