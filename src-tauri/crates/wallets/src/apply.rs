//! Carries a planned change out: backup, replacement, record. The same path serves switches and reverts.
//!
//! The one rule: no step touches the wallet's file before the journal's entry is on the disk.

use freehold_model::{Checkpoint, Network, Timestamp, WalletId};

use crate::adapter::Adapter;
use crate::error::WalletError;
use crate::file::FileBytes;
use crate::journal::{After, Before, Entry, EntryId, EntryKind, EntryState, Journal, SCHEMA_VERSION};
use crate::place::Places;
use crate::platform::Ownership;
use crate::process::ProcessView;
use crate::replace::{self, Replacement};
use crate::running::{Running, running};
use crate::switch::{FileChange, SwitchPlan};

/// Points the wallet at the endpoint, as planned. `None` when the file is so already: then nothing is touched or
/// recorded.
///
/// Refuses while the wallet runs, when the file is a link or read-only, and when it is not the file that was planned for.
pub fn apply(
    plan: &SwitchPlan,
    journal: &Journal,
    view: &dyn ProcessView,
    now: Timestamp,
    checkpoint: &Checkpoint,
) -> Result<Option<Entry>, WalletError> {
    if plan.change.changes_nothing() {
        return Ok(None);
    }
    let work = Work {
        adapter: plan.adapter,
        places: &plan.places,
        network: &plan.network,
        change: &plan.change,
        kind: EntryKind::Switch,
        endpoint: Some(plan.endpoint.to_string()),
        reverts: Vec::new(),
        ownership: None,
        leftover_folders: Vec::new(),
    };
    work.carry_out(journal, view, now, checkpoint).map(Some)
}

/// A change with everything that is needed to carry it out.
pub(crate) struct Work<'a> {
    /// The wallet.
    pub adapter: &'a dyn Adapter,
    /// Where it was found.
    pub places: &'a Places,
    /// The network.
    pub network: &'a Network,
    /// What happens to the file.
    pub change: &'a FileChange,
    /// For the record.
    pub kind: EntryKind,
    /// For the record.
    pub endpoint: Option<String>,
    /// The switches that this takes back.
    pub reverts: Vec<EntryId>,
    /// Owner and mode that the file gets; `None` keeps what it has.
    pub ownership: Option<Ownership>,
    /// Folders that a switch made and that go with the file.
    pub leftover_folders: Vec<std::path::PathBuf>,
}

impl Work<'_> {
    /// Carries it out; see [`apply`].
    pub(crate) fn carry_out(
        &self,
        journal: &Journal,
        view: &dyn ProcessView,
        now: Timestamp,
        checkpoint: &Checkpoint,
    ) -> Result<Entry, WalletError> {
        let _turn = journal.turn();
        let file = &self.change.file;
        self.refuse_running(view)?;
        if file.read()? != self.change.before {
            return Err(WalletError::Changed {
                path: file.path().to_owned(),
            });
        }
        let found = replace::check_writable(file)?;
        let made_folders = if self.change.after.is_some() {
            replace::missing_folders(file.path())
        } else {
            Vec::new()
        };
        let mut entry = self.entry(journal, found, made_folders, now)?;

        checkpoint.reached("wallet.journal-writing");
        journal.write(&entry, self.change.before.as_ref(), self.change.after.as_ref())?;
        checkpoint.reached("wallet.journal-written");

        let replacement = Replacement {
            file,
            expected: self.change.before.as_ref(),
            wanted: self.change.after.as_ref(),
            ownership: self.ownership.or(found),
            temporary: &entry.temporary,
        };
        let done = replace::make_folders(&entry.made_folders).and_then(|()| {
            checkpoint.reached("wallet.folders-made");
            replacement.put(checkpoint, || self.refuse_running(view))
        });
        if let Err(error) = done {
            replace::remove_folders(&entry.made_folders);
            entry.state = EntryState::Abandoned;
            journal.update(&entry)?;
            return Err(error);
        }
        checkpoint.reached("wallet.renamed");
        // From here on the file is new. Where the rest fails the entry stays `prepared`, and the next start decides it.
        replacement.confirm()?;
        checkpoint.reached("wallet.read-back");
        replace::remove_folders(&entry.leftover_folders);
        let entry = journal.complete(entry).map_err(WalletError::Unrecorded)?;
        checkpoint.reached("wallet.applied");
        tracing::info!(wallet = self.adapter.id(), network = %self.network, entry = %entry.id, "wallet file replaced");
        Ok(entry)
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

    fn entry(
        &self,
        journal: &Journal,
        found: Option<Ownership>,
        made_folders: Vec<std::path::PathBuf>,
        now: Timestamp,
    ) -> Result<Entry, WalletError> {
        let unknown = || WalletError::Unknown {
            wallet: self.adapter.id().to_owned(),
        };
        let wallet = WalletId::try_new(self.adapter.id()).map_err(|_| unknown())?;
        let (id, sequence) = journal.next(&wallet, self.network, now)?;
        let sha256 = |bytes: &Option<FileBytes>| bytes.as_ref().map(FileBytes::sha256);
        let before = sha256(&self.change.before).zip(found);
        if before.is_some() != self.change.before.is_some() {
            // Gone between two looks: recording "there was none" would make a later revert take it away.
            return Err(WalletError::Changed {
                path: self.change.file.path().to_owned(),
            });
        }
        Ok(Entry {
            schema_version: SCHEMA_VERSION,
            sequence,
            kind: self.kind,
            wallet,
            network: self.network.clone(),
            path: self.change.file.path().to_owned(),
            state: EntryState::Prepared,
            before: before.map(|(sha256, ownership)| Before { sha256, ownership }),
            after: sha256(&self.change.after).map(|sha256| After { sha256 }),
            endpoint: self.endpoint.clone(),
            created: now,
            temporary: replace::temporary_name(id.short()),
            made_folders,
            leftover_folders: self.leftover_folders.clone(),
            reverts: self.reverts.clone(),
            id,
        })
    }
}
