//! What the next start does after a crash: decides each unfinished entry by looking at the wallet's file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use freehold_model::Checkpoint;

use super::{Entry, EntryFile, EntryId, EntryKind, EntryState, Journal, JournalError, UNFINISHED, io_error};
use crate::adapter::{Adapter, adapter};
use crate::file::{FileBytes, WalletFile};
use crate::place::Places;
use crate::process::ProcessView;
use crate::replace::{self, Replacement};
use crate::running::running;

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

/// Where a wallet's file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
    Other,
}

fn side(file: &WalletFile, recorded: &EntryFile) -> Side {
    let Ok(now) = file.read() else { return Side::Other };
    let now = now.as_ref().map(FileBytes::sha256);
    if now.as_deref() == recorded.after_sha256() {
        Side::New
    } else if now.as_deref() == recorded.before_sha256() {
        Side::Old
    } else {
        Side::Other
    }
}

/// What deciding needs to know of the world.
struct Recoverer<'a> {
    places: &'a Places,
    view: &'a dyn ProcessView,
}

impl Recoverer<'_> {
    /// Where the entry's wallet was looked for: with the file that the user named then.
    fn places_of(&self, entry: &Entry) -> Places {
        self.places.choosing(Some(entry.path().to_owned()))
    }

    /// The wallet and its files, if they are of this home.
    fn files(&self, entry: &Entry) -> Option<(&'static dyn Adapter, Vec<WalletFile>)> {
        let known = adapter(entry.wallet.as_str())?;
        let places = self.places_of(entry);
        let of = |file: &EntryFile| WalletFile::try_new(&file.path, known, &places, &entry.network).ok();
        Some((known, entry.files.iter().map(of).collect::<Option<Vec<_>>>()?))
    }
}

impl Journal {
    /// Finishes what an earlier process left unfinished. Safe to call at every start; a second call finds nothing.
    pub fn recover(&self, places: &Places, view: &dyn ProcessView) -> Result<Recovery, JournalError> {
        let _turn = self.turn();
        let work = Recoverer { places, view };
        let mut recovery = Recovery::default();
        self.remove_unfinished()?;
        let (entries, damaged) = self.scan()?;
        recovery.damaged = damaged;
        for entry in entries {
            match entry.state {
                EntryState::Prepared => self.decide(entry, &work, &mut recovery)?,
                // The crash may have come between a revert and the marks on the switches that it took back.
                EntryState::Applied if !entry.reverts.is_empty() => {
                    self.complete(entry)?;
                }
                EntryState::Applied | EntryState::Reverted | EntryState::Abandoned => {}
            }
        }
        Ok(recovery)
    }

    fn decide(&self, mut entry: Entry, work: &Recoverer<'_>, recovery: &mut Recovery) -> Result<(), JournalError> {
        let Some((adapter, files)) = work.files(&entry) else {
            recovery.elsewhere.push(entry.id);
            return Ok(());
        };
        for (file, recorded) in files.iter().zip(&entry.files) {
            let temporary = replace::temporary_path(file.path(), &recorded.temporary);
            match fs::remove_file(&temporary) {
                Ok(()) => recovery.removed.push(temporary),
                Err(error) if is_absence(&error) => {}
                // A read-only folder, say: the entry is decided by the wallet's own files all the same.
                Err(error) => recovery.damaged.push(io_error(&temporary)(error)),
            }
        }
        let states: Vec<Side> = files
            .iter()
            .zip(&entry.files)
            .map(|(file, recorded)| side(file, recorded))
            .collect();
        if let Some(at) = states.iter().position(|side| *side == Side::Other) {
            let path = files.get(at).map_or(entry.path(), WalletFile::path).to_owned();
            recovery.undecided.push((entry.id, path));
            return Ok(());
        }
        // A switch that came half way is taken back; a revert that came half way is finished: both end with what the
        // user had before Freehold.
        let is_mixed = states.contains(&Side::Old) && states.contains(&Side::New);
        let ends_new = match entry.kind {
            EntryKind::Switch => !states.contains(&Side::Old),
            EntryKind::Revert => states.contains(&Side::New),
        };
        if is_mixed && !self.even_out(&entry, work, adapter, &files, ends_new)? {
            recovery.undecided.push((entry.id.clone(), entry.path().to_owned()));
            return Ok(());
        }
        if ends_new {
            entry
                .files
                .iter()
                .for_each(|file| replace::remove_folders(&file.leftover_folders));
            recovery.applied.push(entry.id.clone());
            self.complete(entry)?;
        } else {
            entry
                .files
                .iter()
                .for_each(|file| replace::remove_folders(&file.made_folders));
            entry.state = EntryState::Abandoned;
            self.update(&entry)?;
            recovery.abandoned.push(entry.id);
        }
        Ok(())
    }

    /// Brings every file of an entry to the same side. False: not now, because the wallet runs or a file cannot be written.
    fn even_out(
        &self,
        entry: &Entry,
        work: &Recoverer<'_>,
        adapter: &dyn Adapter,
        files: &[WalletFile],
        to_new: bool,
    ) -> Result<bool, JournalError> {
        let places = work.places_of(entry);
        if running(adapter, &places, &entry.network, work.view).is_running() {
            return Ok(false);
        }
        for (file, recorded) in files.iter().zip(&entry.files) {
            let (before, after) = (self.before(entry, file.path())?, self.after(entry, file.path())?);
            let (from, to) = if to_new { (before, after) } else { (after, before) };
            if side(file, recorded) == if to_new { Side::New } else { Side::Old } {
                continue;
            }
            let replacement = Replacement {
                file,
                expected: from.as_ref(),
                wanted: to.as_ref(),
                ownership: recorded.before.as_ref().map(|before| before.ownership),
                temporary: &recorded.temporary,
            };
            let done = replacement
                .put(&Checkpoint::none(), || Ok(()))
                .and_then(|()| replacement.confirm());
            if let Err(error) = done {
                tracing::warn!(entry = %entry.id, %error, "an interrupted change could not be evened out");
                return Ok(false);
            }
        }
        Ok(true)
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
