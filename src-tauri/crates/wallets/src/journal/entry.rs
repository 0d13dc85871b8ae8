//! One entry of the journal, as it stands in `entry.json`.

use std::fmt;
use std::path::{Path, PathBuf};

use freehold_model::{Network, Timestamp, WalletId};
use serde::{Deserialize, Serialize};

use super::JournalError;
use crate::platform::Ownership;

/// Version of `entry.json`.
pub(crate) const SCHEMA_VERSION: u32 = 2;

/// The name of an entry's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(String);

impl EntryId {
    pub(super) fn new(name: String) -> Self {
        Self(name)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the last `-`: eight random characters.
    pub(crate) fn short(&self) -> &str {
        self.0.rsplit('-').next().unwrap_or_default()
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// The wallet was pointed at an endpoint.
    Switch,
    /// Earlier switches were taken back.
    Revert,
}

/// How far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryState {
    /// The backup is safe; the wallet's file may or may not have been replaced.
    Prepared,
    /// The wallet's file was replaced.
    Applied,
    /// A switch that was taken back.
    Reverted,
    /// The wallet's file was not replaced.
    Abandoned,
}

/// The wallet's file before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Before {
    /// SHA-256 of its content.
    pub sha256: String,
    /// Its mode and owner.
    #[serde(flatten)]
    pub ownership: Ownership,
}

/// The wallet's file after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct After {
    /// SHA-256 of its content.
    pub sha256: String,
}

/// One file of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryFile {
    /// The adapter's name for it.
    pub slot: String,
    /// The wallet's file.
    pub path: PathBuf,
    /// The file before; `None` when there was none.
    pub(crate) before: Option<Before>,
    /// The file after; `None` when it was taken away.
    pub(crate) after: Option<After>,
    /// Name of the temporary file beside the wallet's file.
    pub(crate) temporary: String,
    /// Folders that were made for the file, outermost first.
    pub(crate) made_folders: Vec<PathBuf>,
    /// Folders that an earlier switch made and that go with the file, outermost first.
    pub(crate) leftover_folders: Vec<PathBuf>,
}

/// One change of one wallet's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Version of this record.
    pub(crate) schema_version: u32,
    /// The folder's name.
    pub id: EntryId,
    /// Grows with every entry: tells the order even when the clock stands or jumps.
    pub sequence: u64,
    /// What was done.
    pub kind: EntryKind,
    /// The wallet.
    pub wallet: WalletId,
    /// The network.
    pub network: Network,
    /// How far it came.
    pub state: EntryState,
    /// The endpoint that it was switched to, without a secret; `None` for a revert.
    pub endpoint: Option<String>,
    /// When.
    pub created: Timestamp,
    /// The switches that a revert takes back, oldest first.
    pub reverts: Vec<EntryId>,
    /// The files, the settings first; at least one.
    pub files: Vec<EntryFile>,
}

impl Entry {
    /// The record as it is written.
    pub(super) fn to_json(&self, folder: &Path) -> Result<Vec<u8>, JournalError> {
        serde_json::to_vec_pretty(self).map_err(|error| JournalError::Damaged {
            path: folder.to_owned(),
            reason: error.to_string(),
        })
    }

    /// Its file at `path`.
    pub fn file(&self, path: &Path) -> Option<&EntryFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The first of its files, which is the wallet's settings.
    pub fn path(&self) -> &Path {
        self.files.first().map_or(Path::new(""), |file| &file.path)
    }
}

impl EntryFile {
    /// SHA-256 of the file after; `None` when it was taken away.
    pub(crate) fn after_sha256(&self) -> Option<&str> {
        self.after.as_ref().map(|after| after.sha256.as_str())
    }

    /// SHA-256 of the file before; `None` when there was none.
    pub(crate) fn before_sha256(&self) -> Option<&str> {
        self.before.as_ref().map(|before| before.sha256.as_str())
    }
}
