//! The audit on the wire: whom every wallet, tool, variable and node on this machine asks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Every endpoint that is used on this machine. No text in it ever holds a secret; nothing was looked up elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AuditReport {
    /// The endpoints: wallets first, then tools, variables, nodes.
    pub rows: Vec<AuditRow>,
    /// Calls to others that go on beside an endpoint: prices, fees, explorers.
    pub leftovers: Vec<AuditLeftover>,
    /// How much stands on your own ground now.
    pub now: AuditScore,
    /// The same with every switch by Freehold taken back.
    pub before: AuditScore,
    /// Files that should have been read and were not.
    pub unread: Vec<AuditUnread>,
    /// Whom an outage drill can leave out: the providers found here, then the big clouds.
    pub drill_choices: Vec<DrillChoice>,
}

/// One endpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AuditRow {
    /// Names the row within this report, for example `wallet:sparrow:mainnet`.
    pub id: String,
    /// What uses it.
    pub kind: AuditKind,
    /// Who uses it, for people: a wallet's, variable's or node's name.
    pub who: String,
    /// The wallet, where it is one.
    pub wallet: Option<String>,
    /// Your node: the one that answers, or the one that asks.
    pub node: Option<String>,
    /// The network, where that is known.
    pub network: Option<String>,
    /// The endpoint, secrets masked. Absent where none is set.
    pub endpoint: Option<String>,
    /// Its host.
    pub host: Option<String>,
    /// Who runs that host.
    pub provider: Option<String>,
    /// The provider's id, for a drill.
    pub provider_id: Option<String>,
    /// Whose machines the provider uses. A hint.
    pub cloud: Option<CloudHint>,
    /// Whose ground it is.
    pub verdict: AuditVerdict,
    /// It counts in the score: it is an endpoint that is in use.
    pub counted: bool,
    /// Where it was read, the place that wins first.
    pub read_from: Vec<AuditSource>,
    /// What else a person should know.
    pub notes: Vec<String>,
    /// Freehold switched it.
    pub switched: bool,
    /// The endpoint before Freehold's first switch, secrets masked; absent where nothing was switched or none was set.
    pub endpoint_before: Option<String>,
}

/// What uses an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuditKind {
    /// A wallet.
    Wallet,
    /// A tool on the command line, or a library.
    Tool,
    /// Whatever heeds an environment variable.
    Environment,
    /// One of your nodes.
    Node,
}

/// Whose ground an endpoint stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuditVerdict {
    /// This machine, its private network, or one of your nodes.
    Own,
    /// A provider that is known by name.
    Others,
    /// Nobody knows.
    Unknown,
}

/// Whose machines a provider uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CloudHint {
    /// `amazon`, `google`, `microsoft`, `cloudflare`, `other`; several where it uses several; empty where that is not known.
    pub clouds: Vec<String>,
    /// The hint in words, for example `probably Amazon`.
    pub text: String,
    /// It follows from who runs the host; false: general knowledge that nobody has verified.
    pub certain: bool,
}

/// Where an endpoint was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditSource {
    /// What kind of place it is.
    pub kind: AuditSourceKind,
    /// The file, where it is one.
    pub path: Option<String>,
    /// The line in it, from 1.
    pub line: Option<u32>,
}

/// What kind of place an endpoint was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuditSourceKind {
    /// A wallet's or tool's settings file.
    SettingsFile,
    /// A file that a shell reads at its start.
    ShellFile,
    /// A file of variables for the whole login.
    EnvironmentFile,
    /// A variable of the process that Freehold runs in.
    Process,
    /// Options of one of your nodes.
    NodeOption,
}

/// How much stands on your own ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditScore {
    /// Endpoints on your own ground.
    pub own: u32,
    /// Endpoints of others.
    pub others: u32,
    /// Endpoints that nobody knows.
    pub unknown: u32,
    /// All of them.
    pub total: u32,
    /// 0 to 100: the share of your own, rounded down. Absent where there is no endpoint.
    pub score: Option<u8>,
    /// In one sentence, for example `3 of 5 endpoints stand on your own ground.`
    pub sentence: String,
}

/// A call to others that goes on beside the endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditLeftover {
    /// Wallet id.
    pub wallet: String,
    /// The wallet's name.
    pub name: String,
    /// What it asks for, for example `prices`.
    pub what: String,
    /// The host, where that is known.
    pub host: Option<String>,
    /// Who runs that host, where that is known.
    pub provider: Option<String>,
    /// How to turn it off, where that can be done.
    pub how_off: Option<String>,
}

/// A file that was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditUnread {
    /// The file.
    pub path: String,
    /// Why.
    pub why: String,
}

/// Somebody whom a drill can leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrillChoice {
    /// What to ask for: `amazon`, `google`, `microsoft`, `cloudflare`, or a provider's id.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// It is a cloud that providers run on, rather than a provider.
    pub is_cloud: bool,
    /// An endpoint on this machine is at this provider, or probably in this cloud.
    pub found_here: bool,
}
