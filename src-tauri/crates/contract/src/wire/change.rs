//! Changing a node: options, version, place of its data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FindingView;

/// Options to be changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeRequest {
    /// The node.
    pub node: String,
    /// Options with their new values, as `--set` writes them; an empty text goes back to the default.
    pub options: BTreeMap<String, String>,
    /// Consent to what the change means.
    #[serde(default)]
    pub confirmed: bool,
}

/// What a change would mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangePreview {
    /// The node.
    pub node: String,
    /// Every option that would have another value, those changed by rules among them.
    pub changes: Vec<OptionChangeView>,
    /// The heaviest effect: `none`, `restart`, `reindex`, `resync` or `never`.
    pub effect: String,
    /// Nodes that would be stopped and started with it.
    pub restarts: Vec<String>,
    /// What speaks against it, worst first.
    pub findings: Vec<FindingView>,
}

/// One option and what its change means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OptionChangeView {
    /// The option.
    pub option: String,
    /// Its name for people.
    pub label: String,
    /// Its value now.
    pub from: String,
    /// Its value then.
    pub to: String,
    /// `none`, `restart`, `reindex`, `resync` or `never`.
    pub effect: String,
    /// What that costs, in one sentence.
    pub because: Option<String>,
}

/// Names a node and consents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConfirmedNodeRequest {
    /// The node.
    pub node: String,
    /// Consent to what the preview says.
    #[serde(default)]
    pub confirmed: bool,
}

/// What an update would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UpdatePreview {
    /// The node.
    pub node: String,
    /// True where the catalog names other images than the node runs.
    pub available: bool,
    /// Every service that would change.
    pub services: Vec<ServiceChangeView>,
    /// What a new version does to the data: `two-way`, `one-way` or `unknown`.
    pub data: String,
    /// What to know, in one or two sentences.
    pub note: Option<String>,
    /// Where the release's notes are.
    pub release_notes: Option<String>,
    /// The version that a rollback would go back to; absent where there is none.
    pub previous: Option<Vec<ServiceChangeView>>,
    /// Why a rollback is not possible, where it is not.
    pub rollback_refused: Option<String>,
    /// Until when the catalog's release is good, where it ends.
    pub expires: Option<String>,
}

/// A service's image before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServiceChangeView {
    /// The service.
    pub service: String,
    /// Version (tag) now.
    pub from_version: String,
    /// Digest now.
    pub from_digest: String,
    /// Version then.
    pub to_version: String,
    /// Digest then; absent where it is still to be resolved from the tag.
    pub to_digest: Option<String>,
}

/// Where the data is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MoveRequest {
    /// The node.
    pub node: String,
    /// The new folder: missing, empty, or with what an earlier try has copied.
    pub data_dir: String,
    /// Consent: the node is stopped while its data is copied.
    #[serde(default)]
    pub confirmed: bool,
}

/// Which client is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AdoptableRequest {
    /// Catalog id; all when absent.
    #[serde(default)]
    pub client: Option<String>,
    /// A folder to look at, beside the usual places.
    #[serde(default)]
    pub folder: Option<String>,
}

/// What a node could be made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AdoptableList {
    /// Data folders.
    pub folders: Vec<AdoptableFolder>,
    /// Nodes that run.
    pub running: Vec<AdoptableNode>,
}

/// A data folder that an earlier node left, or that another program uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AdoptableFolder {
    /// Catalog id of the client whose data it looks like.
    pub client: String,
    /// The folder.
    pub folder: String,
    /// Its network, where that shows.
    pub network: Option<String>,
    /// Its size in bytes.
    pub bytes: u64,
    /// Why it cannot be used as it is.
    pub problem: Option<String>,
}

/// A node that runs without Freehold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AdoptableNode {
    /// Catalog id of the client that it looks like.
    pub client: String,
    /// Where it answers, in the scheme that `--to` takes.
    pub endpoint: String,
    /// Its network, where that is known.
    pub network: Option<String>,
    /// The program or container that listens there.
    pub owner: String,
}

/// A node that somebody else runs.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttachRequest {
    /// Catalog id.
    pub client: String,
    /// Network; the entry's first when absent.
    #[serde(default)]
    pub network: Option<String>,
    /// Name for people.
    #[serde(default)]
    pub name: Option<String>,
    /// Where it answers, in the scheme that `--to` takes.
    pub endpoint: String,
    /// RPC user.
    #[serde(default)]
    pub user: Option<String>,
    /// RPC password.
    #[serde(default)]
    pub password: Option<String>,
}

/// Crashes, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CrashList {
    /// The crashes.
    pub crashes: Vec<CrashView>,
}

/// The end of a service that nobody asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CrashView {
    /// The service.
    pub service: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Why, in one sentence.
    pub why: String,
    /// The last lines of its log, oldest first.
    pub lines: Vec<String>,
}
