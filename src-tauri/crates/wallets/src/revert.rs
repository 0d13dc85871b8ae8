//! Puts a wallet's file back to what it was before Freehold.
//!
//! Exactly, byte for byte, when the file is still as the last switch left it. Where it has changed since, only our
//! settings go back, and those that somebody changed after the switch stay and are named.
//!
//! Several networks can share one file (`bitcoin.conf`), so "changed since" is common there. When putting back our
//! settings leads to a content that the journal has seen before Freehold's first switch, but for space at its end, these
//! very bytes are written: taking back every switch, in any order, gives the original file.

use std::path::PathBuf;

use freehold_model::{Checkpoint, Network, Timestamp, WalletId};

use crate::adapter::Adapter;
use crate::apply::Work;
use crate::error::WalletError;
use crate::file::{FileBytes, WalletFile};
use crate::journal::{Entry, EntryId, EntryKind, Journal};
use crate::place::Places;
use crate::platform::Ownership;
use crate::process::ProcessView;
use crate::switch::{FileChange, failure};

/// How far a revert goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevertKind {
    /// The file becomes byte for byte what it was.
    Exact,
    /// Only our settings go back, because the file has changed since.
    KeysOnly {
        /// Our settings that stay, because somebody changed them after the switch.
        kept: Vec<String>,
    },
}

/// A revert that has been planned and not carried out.
#[derive(Debug, Clone)]
pub struct RevertPlan {
    /// The wallet.
    pub adapter: &'static dyn Adapter,
    /// Where the wallet was found.
    pub places: Places,
    /// The network.
    pub network: Network,
    /// How far it goes back.
    pub kind: RevertKind,
    /// What happens to the file.
    pub change: FileChange,
    /// The switches that it takes back, oldest first.
    pub reverts: Vec<EntryId>,
    /// Owner and mode of the original file.
    ownership: Option<Ownership>,
    /// Folders that the switches made.
    folders: Vec<PathBuf>,
}

/// Plans to take back every switch of a wallet and network. Reads the wallet's file and changes nothing.
pub fn plan_revert(
    adapter: &'static dyn Adapter,
    places: &Places,
    network: &Network,
    journal: &Journal,
) -> Result<RevertPlan, WalletError> {
    let nothing = || WalletError::NothingToRevert {
        wallet: adapter.id().to_owned(),
        network: network.to_string(),
    };
    let wallet = WalletId::try_new(adapter.id()).map_err(|_| nothing())?;
    let is_here = |entry: &Entry| WalletFile::try_new(&entry.path, adapter, places, network).is_ok();
    let mut chain = journal.open_switches(&wallet, network)?;
    chain.retain(is_here);
    // A wallet can move its file (Sparrow's XDG folder): the newest switch says which file is meant.
    let path = chain.last().ok_or_else(nothing)?.path.clone();
    chain.retain(|entry| entry.path == path);
    let (Some(oldest), Some(newest)) = (chain.first(), chain.last()) else {
        return Err(nothing());
    };

    let file = WalletFile::try_new(&path, adapter, places, network)?;
    let original = journal.before(oldest)?;
    let current = file.read()?;
    let mut notes = Vec::new();
    let is_untouched =
        current.as_ref().map(FileBytes::sha256).as_deref() == newest.after_sha256() && is_unbroken(&chain);
    let (kind, after, keys) = match &current {
        Some(now) if !is_untouched => {
            let switched = journal.after(newest)?.unwrap_or_else(|| FileBytes::new(Vec::new()));
            let restored = adapter
                .restore_keys(
                    now.as_slice(),
                    original.as_ref().map(FileBytes::as_slice),
                    switched.as_slice(),
                    network,
                )
                .map_err(|source| WalletError::NotReverted {
                    backup: journal.backup_path(&oldest.id),
                    source: Box::new(failure(adapter, path.clone(), None, source)),
                })?;
            notes.push("The file has changed since the switch, so only the endpoint's settings go back.".to_owned());
            if !restored.kept.is_empty() {
                notes.push(format!(
                    "Changed by somebody else since, and kept: {}.",
                    restored.kept.join(", ")
                ));
            }
            let after = settle(&journal.episode(&wallet, &path)?, journal, restored.bytes)?;
            (RevertKind::KeysOnly { kept: restored.kept }, after, restored.keys)
        }
        None if original.is_some() => {
            notes.push("The file has been taken away since the switch; it comes back as it was before.".to_owned());
            (RevertKind::Exact, original, Vec::new())
        }
        Some(_) | None => (RevertKind::Exact, original, Vec::new()),
    };
    let ownership = oldest.before.as_ref().map(|before| before.ownership);
    let folders = journal
        .episode(&wallet, &path)?
        .iter()
        .flat_map(|entry| entry.made_folders.iter().cloned())
        .collect();
    let reverts = chain.iter().map(|entry| entry.id.clone()).collect();
    Ok(RevertPlan {
        adapter,
        places: places.clone(),
        network: network.clone(),
        kind,
        change: FileChange::new(adapter, file, current, after, keys, notes),
        reverts,
        ownership,
        folders,
    })
}

/// Takes the switches back, as planned. `None` when the file is already as it was: then it is not touched, and the
/// switches are only marked as reverted. Refuses as [`crate::apply`] does.
pub fn revert(
    plan: &RevertPlan,
    journal: &Journal,
    view: &dyn ProcessView,
    now: Timestamp,
    checkpoint: &Checkpoint,
) -> Result<Option<Entry>, WalletError> {
    if plan.change.changes_nothing() {
        let _turn = journal.turn();
        journal.mark_reverted(&plan.reverts)?;
        return Ok(None);
    }
    let is_gone = plan.change.after.is_none();
    let work = Work {
        adapter: plan.adapter,
        places: &plan.places,
        network: &plan.network,
        change: &plan.change,
        kind: EntryKind::Revert,
        endpoint: None,
        reverts: plan.reverts.clone(),
        // Where only our settings go back the file is the user's by now, with the mode that it has.
        ownership: if plan.kind == RevertKind::Exact {
            plan.ownership
        } else {
            None
        },
        leftover_folders: if is_gone { plan.folders.clone() } else { Vec::new() },
    };
    work.carry_out(journal, view, now, checkpoint).map(Some)
}

/// Each switch found what the one before it had left.
fn is_unbroken(chain: &[Entry]) -> bool {
    chain
        .iter()
        .zip(chain.iter().skip(1))
        .all(|(earlier, later)| earlier.after_sha256() == later.before_sha256())
}

/// The bytes to write for `restored`: an original that it equals but for space at its end, or no file at all.
fn settle(episode: &[Entry], journal: &Journal, restored: FileBytes) -> Result<Option<FileBytes>, WalletError> {
    for entry in episode {
        match journal.before(entry)? {
            None if restored.as_slice().trim_ascii().is_empty() => return Ok(None),
            Some(before) if before.as_slice().trim_ascii_end() == restored.as_slice().trim_ascii_end() => {
                return Ok(Some(before));
            }
            None | Some(_) => {}
        }
    }
    Ok(Some(restored))
}
