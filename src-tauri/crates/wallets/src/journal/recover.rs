//! What the next start does after a crash: decides each unfinished entry by looking at the wallet's file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Entry, EntryId, EntryState, Journal, JournalError, UNFINISHED, io_error};
use crate::adapter::adapter;
use crate::file::{FileBytes, WalletFile};
use crate::place::Places;
use crate::replace;

/// What [`Journal::recover`] found.
#[derive(Debug, Default)]
pub struct Recovery {
    /// The change had happened: the file holds the new bytes.
    pub applied: Vec<EntryId>,
    /// The change had not happened: the file holds the old bytes.
    pub abandoned: Vec<EntryId>,
    /// The file holds something else, or cannot be read: for the user to look at. The backup stays.
    pub undecided: Vec<(EntryId, PathBuf)>,
    /// The entry belongs to another home and waits for a start with that home.
    pub elsewhere: Vec<EntryId>,
    /// Temporary files that were taken away.
    pub removed: Vec<PathBuf>,
    /// Folders of the journal that cannot be read.
    pub damaged: Vec<JournalError>,
}

impl Journal {
    /// Finishes what an earlier process left unfinished. Safe to call at every start; a second call finds nothing.
    pub fn recover(&self, places: &Places) -> Result<Recovery, JournalError> {
        let _turn = self.turn();
        let mut recovery = Recovery::default();
        self.remove_unfinished()?;
        let (entries, damaged) = self.scan()?;
        recovery.damaged = damaged;
        for entry in entries {
            match entry.state {
                EntryState::Prepared => self.decide(entry, places, &mut recovery)?,
                // The crash may have come between a revert and the marks on the switches that it took back.
                EntryState::Applied if !entry.reverts.is_empty() => {
                    self.complete(entry)?;
                }
                EntryState::Applied | EntryState::Reverted | EntryState::Abandoned => {}
            }
        }
        Ok(recovery)
    }

    fn decide(&self, mut entry: Entry, places: &Places, recovery: &mut Recovery) -> Result<(), JournalError> {
        let known = adapter(entry.wallet.as_str());
        let file = known.and_then(|known| WalletFile::try_new(&entry.path, known, places, &entry.network).ok());
        let Some(file) = file else {
            recovery.elsewhere.push(entry.id);
            return Ok(());
        };
        let temporary = replace::temporary_path(file.path(), &entry.temporary);
        match fs::remove_file(&temporary) {
            Ok(()) => recovery.removed.push(temporary),
            Err(error) if is_absence(&error) => {}
            // A read-only folder, say: the entry is decided by the wallet's own file all the same.
            Err(error) => recovery.damaged.push(io_error(&temporary)(error)),
        }
        let Ok(now) = file.read() else {
            recovery.undecided.push((entry.id, entry.path));
            return Ok(());
        };
        let now = now.as_ref().map(FileBytes::sha256);
        if now.as_deref() == entry.after_sha256() {
            replace::remove_folders(&entry.leftover_folders);
            recovery.applied.push(entry.id.clone());
            self.complete(entry)?;
        } else if now.as_deref() == entry.before_sha256() {
            replace::remove_folders(&entry.made_folders);
            entry.state = EntryState::Abandoned;
            self.update(&entry)?;
            recovery.abandoned.push(entry.id);
        } else {
            recovery.undecided.push((entry.id, entry.path));
        }
        Ok(())
    }

    /// Takes away entries whose writing was cut short: the wallet's file was not touched for them.
    fn remove_unfinished(&self) -> Result<(), JournalError> {
        for found in fs::read_dir(self.dir()).map_err(io_error(self.dir()))? {
            let path = found.map_err(io_error(self.dir()))?.path();
            if is_unfinished(&path) {
                fs::remove_dir_all(&path).map_err(io_error(&path))?;
            }
        }
        Ok(())
    }
}

fn is_unfinished(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED))
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
