//! The record of every switch and revert, with the exact bytes before and after: what makes a switch reversible.
//!
//! Stands alone: a folder of folders, readable with the database gone and without this program (`before.bin` is the
//! wallet's file as it was). One folder per entry:
//! `<utc time>-<wallet>-<network>-<short id>/{entry.json, before.bin, after.bin}`, files 0600, folders 0700. A second file
//! of the same change has `before.2.bin` and `after.2.bin`, and so on; `entry.json` names each file's place.
//!
//! The one rule: an entry is complete and on the disk (`prepared`) before the wallet's file is touched. After a crash
//! [`Journal::recover`] compares the file with the entry: the old bytes mean it never happened, the new ones that it did.
//!
//! Switches of one wallet and network form a chain. A revert goes back to before the oldest switch that was not reverted
//! yet, that is to what the user had before Freehold, however often the wallet was switched since.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use freehold_model::{Network, Timestamp, WalletId};

use crate::file::{FileBytes, hex};
use crate::platform;

mod entry;
mod name;
mod recover;
mod upgrade;

pub use entry::{Entry, EntryFile, EntryId, EntryKind, EntryState};
pub use recover::Recovery;

pub(crate) use entry::{After, Before, SCHEMA_VERSION};

/// Prefix of a folder that is still being written.
const UNFINISHED: &str = ".new-";

/// Why the journal cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Reading or writing failed.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// An entry is not what this program writes.
    #[error("{path}: {reason}")]
    Damaged {
        /// The entry's folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The system gives no random numbers.
    #[error("{path}: the system gives no random numbers")]
    Random {
        /// The journal's folder.
        path: PathBuf,
    },
}

impl JournalError {
    /// The file or folder that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. } | Self::Damaged { path, .. } | Self::Random { path } => path,
        }
    }

    /// The reason, for people.
    pub fn reason(&self) -> String {
        match self {
            Self::Io { source, .. } => source.to_string(),
            Self::Damaged { reason, .. } => reason.clone(),
            Self::Random { .. } => "the system gives no random numbers".to_owned(),
        }
    }
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> JournalError {
    let path = path.to_owned();
    move |source| JournalError::Io { path, source }
}

/// The journal's folder.
#[derive(Debug)]
pub struct Journal {
    dir: PathBuf,
    /// Held while a wallet's file is replaced: one change at a time.
    turn: Mutex<()>,
}

impl Journal {
    /// Opens the journal in `dir`, which is made (0700) when it is missing.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, JournalError> {
        let dir = dir.into();
        if let Some(parent) = dir.parent() {
            fs::create_dir_all(parent).map_err(io_error(parent))?;
        }
        match platform::make_private_dir(&dir) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => {}
            Err(error) => return Err(io_error(&dir)(error)),
        }
        Ok(Self {
            dir,
            turn: Mutex::new(()),
        })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Waits until no other change is under way in this process.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        // The lock guards no data, so a thread that died while holding it leaves nothing half-done behind it that the
        // entries would not tell.
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every entry, oldest first. Folders that are no entries are left out; [`Journal::recover`] names them.
    pub fn entries(&self) -> Result<Vec<Entry>, JournalError> {
        Ok(self.scan()?.0)
    }

    /// The entries of one wallet, oldest first.
    pub fn history(&self, wallet: &WalletId) -> Result<Vec<Entry>, JournalError> {
        Ok(self
            .entries()?
            .into_iter()
            .filter(|entry| entry.wallet == *wallet)
            .collect())
    }

    /// The switches of a wallet and network that have not been reverted, oldest first.
    pub fn open_switches(&self, wallet: &WalletId, network: &Network) -> Result<Vec<Entry>, JournalError> {
        let is_open = |entry: &Entry| {
            entry.wallet == *wallet
                && entry.network == *network
                && entry.kind == EntryKind::Switch
                && entry.state == EntryState::Applied
        };
        Ok(self.entries()?.into_iter().filter(is_open).collect())
    }

    /// Every wallet and network with switches that have not been reverted, each with its settings file, oldest first.
    pub fn switched(&self) -> Result<Vec<(WalletId, Network, PathBuf)>, JournalError> {
        let mut found: Vec<(WalletId, Network, PathBuf)> = Vec::new();
        for entry in self.entries()? {
            let one = (entry.wallet.clone(), entry.network.clone(), entry.path().to_owned());
            if entry.kind == EntryKind::Switch && entry.state == EntryState::Applied && !found.contains(&one) {
                found.push(one);
            }
        }
        Ok(found)
    }

    /// The switches of the file at `path`, over all networks, since it was last free of ours. Oldest first.
    pub(crate) fn episode(&self, wallet: &WalletId, path: &Path) -> Result<Vec<Entry>, JournalError> {
        let mut switches: Vec<Entry> = Vec::new();
        let mut open: Vec<EntryId> = Vec::new();
        for entry in self
            .entries()?
            .into_iter()
            .filter(|entry| entry.wallet == *wallet && entry.file(path).is_some())
        {
            match (entry.kind, entry.state) {
                (_, EntryState::Prepared | EntryState::Abandoned) => {}
                (EntryKind::Switch, EntryState::Applied | EntryState::Reverted) => {
                    open.push(entry.id.clone());
                    switches.push(entry);
                }
                (EntryKind::Revert, EntryState::Applied | EntryState::Reverted) => {
                    open.retain(|id| !entry.reverts.contains(id));
                    if open.is_empty() {
                        switches.clear();
                    }
                }
            }
        }
        Ok(switches)
    }

    /// Entries and damaged folders.
    fn scan(&self) -> Result<(Vec<Entry>, Vec<JournalError>), JournalError> {
        let (mut entries, mut damaged) = (Vec::new(), Vec::new());
        for found in fs::read_dir(&self.dir).map_err(io_error(&self.dir))? {
            let path = found.map_err(io_error(&self.dir))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') || !path.is_dir() {
                continue;
            }
            match self.read(&EntryId::new(name)) {
                Ok(entry) => entries.push(entry),
                Err(error) => damaged.push(error),
            }
        }
        entries.sort_by_key(|entry| entry.sequence);
        Ok((entries, damaged))
    }

    fn read(&self, id: &EntryId) -> Result<Entry, JournalError> {
        let folder = self.folder(id);
        let damaged = |reason: String| JournalError::Damaged {
            path: folder.clone(),
            reason,
        };
        let path = folder.join("entry.json");
        let bytes = fs::read(&path).map_err(io_error(&path))?;
        let value: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|error| damaged(format!("entry.json: {error}")))?;
        let value = upgrade::to_current(value);
        let version = value.get("schema_version").and_then(serde_json::Value::as_u64);
        if version != Some(u64::from(SCHEMA_VERSION)) {
            return Err(damaged(
                "entry.json was written by another version of Freehold".to_owned(),
            ));
        }
        let entry: Entry = serde_json::from_value(value).map_err(|error| damaged(format!("entry.json: {error}")))?;
        if entry.id != *id {
            return Err(damaged("the folder was renamed".to_owned()));
        }
        Ok(entry)
    }

    fn folder(&self, id: &EntryId) -> PathBuf {
        self.dir.join(id.as_str())
    }

    /// Where the bytes of the file at `path` before the entry's change are kept; there is no such file when the wallet's
    /// file did not exist.
    pub fn backup_path(&self, entry: &Entry, path: &Path) -> PathBuf {
        self.folder(&entry.id).join(kept_name("before", entry, path))
    }

    /// The wallet's file before the entry's change, checked against its hash.
    pub(crate) fn before(&self, entry: &Entry, path: &Path) -> Result<Option<FileBytes>, JournalError> {
        let Some(before) = entry.file(path).and_then(|file| file.before.as_ref()) else {
            return Ok(None);
        };
        self.kept(&entry.id, &kept_name("before", entry, path), &before.sha256)
            .map(Some)
    }

    /// The wallet's file after the entry's change, checked against its hash.
    pub(crate) fn after(&self, entry: &Entry, path: &Path) -> Result<Option<FileBytes>, JournalError> {
        let Some(after) = entry.file(path).and_then(|file| file.after.as_ref()) else {
            return Ok(None);
        };
        self.kept(&entry.id, &kept_name("after", entry, path), &after.sha256)
            .map(Some)
    }

    fn kept(&self, id: &EntryId, name: &str, sha256: &str) -> Result<FileBytes, JournalError> {
        let path = self.folder(id).join(name);
        let bytes = FileBytes::new(fs::read(&path).map_err(io_error(&path))?);
        if bytes.sha256() == sha256 {
            Ok(bytes)
        } else {
            Err(JournalError::Damaged {
                path,
                reason: "its content does not have the recorded hash".to_owned(),
            })
        }
    }

    /// A fresh id and the next sequence number.
    pub(crate) fn next(
        &self,
        wallet: &WalletId,
        network: &Network,
        now: Timestamp,
    ) -> Result<(EntryId, u64), JournalError> {
        let mut random = [0_u8; 4];
        getrandom::fill(&mut random).map_err(|_| JournalError::Random { path: self.dir.clone() })?;
        let short = hex(&random);
        let sequence = self.entries()?.last().map_or(1, |last| last.sequence + 1);
        Ok((
            EntryId::new(format!("{}-{wallet}-{network}-{short}", name::utc(now))),
            sequence,
        ))
    }

    /// Writes a whole entry. It exists under its name only once everything in it is on the disk.
    pub(crate) fn write(&self, entry: &Entry, contents: &[Contents<'_>]) -> Result<(), JournalError> {
        let unfinished = self.dir.join(format!("{UNFINISHED}{}", entry.id));
        let written = self.write_unfinished(&unfinished, entry, contents);
        if written.is_err() && fs::remove_dir_all(&unfinished).is_err() {
            // The next start takes it away.
            tracing::debug!(path = %unfinished.display(), "an unfinished journal entry stays");
        }
        written
    }

    fn write_unfinished(
        &self,
        unfinished: &Path,
        entry: &Entry,
        contents: &[Contents<'_>],
    ) -> Result<(), JournalError> {
        platform::make_private_dir(unfinished).map_err(io_error(unfinished))?;
        for (file, content) in entry.files.iter().zip(contents) {
            let parts = [("before", content.before), ("after", content.after)];
            for (name, bytes) in parts.into_iter().filter_map(|(name, bytes)| Some((name, bytes?))) {
                write_private(&unfinished.join(kept_name(name, entry, &file.path)), bytes.as_slice())?;
            }
        }
        write_private(&unfinished.join("entry.json"), &entry.to_json(unfinished)?)?;
        platform::sync_dir(unfinished).map_err(io_error(unfinished))?;
        let folder = self.folder(&entry.id);
        fs::rename(unfinished, &folder).map_err(io_error(&folder))?;
        platform::sync_dir(&self.dir).map_err(io_error(&self.dir))
    }

    /// Replaces an entry's record, whole or not at all.
    pub(crate) fn update(&self, entry: &Entry) -> Result<(), JournalError> {
        let folder = self.folder(&entry.id);
        let (path, temporary) = (folder.join("entry.json"), folder.join("entry.json.new"));
        match fs::remove_file(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(io_error(&temporary)(error)),
            Ok(()) | Err(_) => {}
        }
        write_private(&temporary, &entry.to_json(&folder)?)?;
        fs::rename(&temporary, &path).map_err(io_error(&path))?;
        platform::sync_dir(&folder).map_err(io_error(&folder))
    }

    /// Marks an entry as done, and the switches that it takes back as reverted.
    pub(crate) fn complete(&self, mut entry: Entry) -> Result<Entry, JournalError> {
        self.mark_reverted(&entry.reverts)?;
        if entry.state != EntryState::Applied {
            entry.state = EntryState::Applied;
            self.update(&entry)?;
        }
        Ok(entry)
    }

    /// Marks switches as taken back.
    pub(crate) fn mark_reverted(&self, ids: &[EntryId]) -> Result<(), JournalError> {
        for id in ids {
            let mut reverted = self.read(id)?;
            if reverted.state != EntryState::Reverted {
                reverted.state = EntryState::Reverted;
                self.update(&reverted)?;
            }
        }
        Ok(())
    }
}

/// The bytes of one of an entry's files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contents<'a> {
    /// Before the change; `None` when there was no file.
    pub before: Option<&'a FileBytes>,
    /// After the change; `None` when it goes.
    pub after: Option<&'a FileBytes>,
}

/// The name under which an entry keeps bytes of the file at `path`.
fn kept_name(which: &str, entry: &Entry, path: &Path) -> String {
    match entry.files.iter().position(|file| file.path == path) {
        Some(0) | None => format!("{which}.bin"),
        Some(index) => format!("{which}.{}.bin", index + 1),
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> Result<(), JournalError> {
    let mut file = platform::create_private(path).map_err(io_error(path))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(io_error(path))
}
