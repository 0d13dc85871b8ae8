//! Carries a planned change out: backup, replacement, record. The same path serves switches and reverts.
//!
//! The one rule: no step touches a wallet's file before the journal's entry is on the disk.

use std::path::PathBuf;

use freehold_model::{Checkpoint, Network, Timestamp, WalletId};

use crate::adapter::Adapter;
use crate::error::WalletError;
use crate::file::FileBytes;
use crate::journal::{
    After, Before, Contents, Entry, EntryFile, EntryId, EntryKind, EntryState, Journal, SCHEMA_VERSION,
};
use crate::place::Places;
use crate::platform::Ownership;
use crate::process::ProcessView;
use crate::replace::{self, Replacement};
use crate::running::{Running, running};
use crate::switch::{FileChange, SwitchPlan};

/// Points the wallet at the endpoint, as planned. `None` when its files are so already: then nothing is touched or
/// recorded.
///
/// Refuses while the wallet runs, when a file is a link or read-only, and when it is not the file that was planned for.
pub fn apply(
    plan: &SwitchPlan,
    journal: &Journal,
    view: &dyn ProcessView,
    now: Timestamp,
    checkpoint: &Checkpoint,
) -> Result<Option<Entry>, WalletError> {
    if plan.changes_nothing() {
        return Ok(None);
    }
    let pieces = plan.changes.iter().map(Piece::of).collect();
    let work = Work {
        adapter: plan.adapter,
        places: &plan.places,
        network: &plan.network,
        pieces,
        kind: EntryKind::Switch,
        endpoint: Some(plan.endpoint.to_string()),
        reverts: Vec::new(),
    };
    work.carry_out(journal, view, now, checkpoint).map(Some)
}

/// One file's part of a change.
pub(crate) struct Piece<'a> {
    /// What happens to the file.
    pub change: &'a FileChange,
    /// Owner and mode that the file gets; `None` keeps what it has.
    pub ownership: Option<Ownership>,
    /// Folders that a switch made and that go with the file.
    pub leftover_folders: Vec<PathBuf>,
}

impl<'a> Piece<'a> {
    fn of(change: &'a FileChange) -> Self {
        Self {
            change,
            ownership: None,
            leftover_folders: Vec::new(),
        }
    }
}

/// A change with everything that is needed to carry it out.
pub(crate) struct Work<'a> {
    /// The wallet.
    pub adapter: &'a dyn Adapter,
    /// Where it was found.
    pub places: &'a Places,
    /// The network.
    pub network: &'a Network,
    /// What happens to each file; those that stay as they are are left out.
    pub pieces: Vec<Piece<'a>>,
    /// For the record.
    pub kind: EntryKind,
    /// For the record.
    pub endpoint: Option<String>,
    /// The switches that this takes back.
    pub reverts: Vec<EntryId>,
}

impl Work<'_> {
    /// Carries it out; see [`apply`].
    pub(crate) fn carry_out(
        mut self,
        journal: &Journal,
        view: &dyn ProcessView,
        now: Timestamp,
        checkpoint: &Checkpoint,
    ) -> Result<Entry, WalletError> {
        let _turn = journal.turn();
        self.pieces.retain(|piece| !piece.change.changes_nothing());
        self.refuse_running(view)?;
        let mut found = Vec::new();
        for piece in &self.pieces {
            let file = &piece.change.file;
            if file.read()? != piece.change.before {
                return Err(WalletError::Changed {
                    path: file.path().to_owned(),
                });
            }
            found.push(replace::check_writable(file)?);
        }
        let mut entry = self.entry(journal, &found, now)?;

        checkpoint.reached("wallet.journal-writing");
        let contents: Vec<Contents<'_>> = self
            .pieces
            .iter()
            .map(|piece| Contents {
                before: piece.change.before.as_ref(),
                after: piece.change.after.as_ref(),
            })
            .collect();
        journal.write(&entry, &contents)?;
        checkpoint.reached("wallet.journal-written");

        let replacements = self.replacements(&entry, &found);
        if let Err((done, error)) = self.put_all(&replacements, &entry, view, checkpoint) {
            if take_back(replacements.get(..done).unwrap_or_default(), &found) {
                for file in &entry.files {
                    replace::remove_folders(&file.made_folders);
                }
                entry.state = EntryState::Abandoned;
                journal.update(&entry)?;
            }
            // Otherwise the entry stays `prepared`, and the next start brings the files to one side.
            return Err(error);
        }
        // From here on the files are new. Where the rest fails the entry stays `prepared`, and the next start decides it.
        for replacement in &replacements {
            replacement.confirm()?;
        }
        checkpoint.reached("wallet.read-back");
        for file in &entry.files {
            replace::remove_folders(&file.leftover_folders);
        }
        drop(replacements);
        let entry = journal.complete(entry).map_err(WalletError::Unrecorded)?;
        checkpoint.reached("wallet.applied");
        tracing::info!(wallet = self.adapter.id(), network = %self.network, entry = %entry.id, "wallet files replaced");
        Ok(entry)
    }

    fn replacements<'s>(&'s self, entry: &'s Entry, found: &[Option<Ownership>]) -> Vec<Replacement<'s>> {
        self.pieces
            .iter()
            .zip(&entry.files)
            .zip(found)
            .map(|((piece, file), found)| Replacement {
                file: &piece.change.file,
                expected: piece.change.before.as_ref(),
                wanted: piece.change.after.as_ref(),
                ownership: piece.ownership.or(*found),
                temporary: &file.temporary,
            })
            .collect()
    }

    /// Puts every file in place; on an error tells how many were.
    fn put_all(
        &self,
        replacements: &[Replacement<'_>],
        entry: &Entry,
        view: &dyn ProcessView,
        checkpoint: &Checkpoint,
    ) -> Result<(), (usize, WalletError)> {
        for (index, (replacement, file)) in replacements.iter().zip(&entry.files).enumerate() {
            replace::make_folders(&file.made_folders)
                .and_then(|()| {
                    checkpoint.reached("wallet.folders-made");
                    replacement.put(checkpoint, || self.refuse_running(view))
                })
                .map_err(|error| (index, error))?;
            checkpoint.reached("wallet.renamed");
        }
        Ok(())
    }

    fn refuse_running(&self, view: &dyn ProcessView) -> Result<(), WalletError> {
        match running(self.adapter, self.places, self.network, view) {
            Running::No => Ok(()),
            Running::Yes { evidence } => Err(WalletError::Running {
                wallet: self.adapter.name().to_owned(),
                evidence,
            }),
        }
    }

    fn entry(&self, journal: &Journal, found: &[Option<Ownership>], now: Timestamp) -> Result<Entry, WalletError> {
        let unknown = || WalletError::Unknown {
            wallet: self.adapter.id().to_owned(),
        };
        let wallet = WalletId::try_new(self.adapter.id()).map_err(|_| unknown())?;
        let (id, sequence) = journal.next(&wallet, self.network, now)?;
        let temporary = replace::temporary_name(id.short());
        let mut files = Vec::new();
        for (piece, found) in self.pieces.iter().zip(found) {
            files.push(entry_file(piece, *found, &temporary)?);
        }
        Ok(Entry {
            schema_version: SCHEMA_VERSION,
            sequence,
            kind: self.kind,
            wallet,
            network: self.network.clone(),
            state: EntryState::Prepared,
            endpoint: self.endpoint.clone(),
            created: now,
            reverts: self.reverts.clone(),
            files,
            id,
        })
    }
}

fn entry_file(piece: &Piece<'_>, found: Option<Ownership>, temporary: &str) -> Result<EntryFile, WalletError> {
    let change = piece.change;
    let path = change.file.path();
    let sha256 = |bytes: &Option<FileBytes>| bytes.as_ref().map(FileBytes::sha256);
    let before = sha256(&change.before).zip(found);
    if before.is_some() != change.before.is_some() {
        // Gone between two looks: recording "there was none" would make a later revert take it away.
        return Err(WalletError::Changed { path: path.to_owned() });
    }
    let made_folders = if change.after.is_some() {
        replace::missing_folders(path)
    } else {
        Vec::new()
    };
    Ok(EntryFile {
        slot: change.slot.to_owned(),
        path: path.to_owned(),
        before: before.map(|(sha256, ownership)| Before { sha256, ownership }),
        after: sha256(&change.after).map(|sha256| After { sha256 }),
        temporary: temporary.to_owned(),
        made_folders,
        leftover_folders: piece.leftover_folders.clone(),
    })
}

/// Puts files that were replaced already back as they were. False: one of them is not.
fn take_back(done: &[Replacement<'_>], found: &[Option<Ownership>]) -> bool {
    let mut all = true;
    for (replacement, found) in done.iter().zip(found) {
        let back = Replacement {
            expected: replacement.wanted,
            wanted: replacement.expected,
            ownership: *found,
            ..*replacement
        };
        let outcome = back.put(&Checkpoint::none(), || Ok(())).and_then(|()| back.confirm());
        if let Err(error) = outcome {
            tracing::warn!(%error, "a file of a change that failed could not be put back yet");
            all = false;
        }
    }
    all
}
