//! The support bundle, and which registries are used.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FileTarget;

/// What a support bundle would hold, to the last letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupportPreview {
    /// By which exactly this bundle is saved.
    pub id: String,
    /// When it was gathered, in milliseconds since 1970.
    pub at: i64,
    /// A name for the file.
    pub file_name: String,
    /// How many things were hidden.
    pub hidden: u32,
    /// Its files.
    pub files: Vec<SupportFile>,
}

/// One file of a support bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupportFile {
    /// Its path inside the bundle.
    pub name: String,
    /// What it tells, in one sentence.
    pub about: String,
    /// Its whole text; what identifies the user or opens anything is hidden already.
    pub text: String,
}

/// Saves a support bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupportSaveRequest {
    /// The bundle that was shown; absent: one is gathered now.
    #[serde(default)]
    pub id: Option<String>,
    /// Where the file goes.
    pub target: FileTarget,
}

/// Every registry that images come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RegistryList {
    /// The registries, by host.
    pub registries: Vec<RegistryView>,
}

/// A registry that images come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RegistryView {
    /// Its host.
    pub host: String,
    /// Names of the catalog entries whose images are there.
    pub clients: Vec<String>,
    /// Names of the nodes whose images came from there.
    pub nodes: Vec<String>,
    /// When it last gave what it was asked for, in milliseconds since 1970; absent: never asked on this machine.
    pub last_reached: Option<i64>,
    /// When it last could not be reached.
    pub last_failed: Option<i64>,
    /// Why not.
    pub why: Option<String>,
}
