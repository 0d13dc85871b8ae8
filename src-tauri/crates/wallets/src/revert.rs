//! Puts a wallet's files back to what they were before Freehold.
//!
//! Exactly, byte for byte, when a file is still as the last switch left it. Where it has changed since, only our
//! settings go back, and those that somebody changed after the switch stay and are named.
//!
//! Several networks can share one file (`bitcoin.conf`), so "changed since" is common there. When putting back our
//! settings leads to a content that the journal has seen before Freehold's first switch, but for space at its end, these
//! very bytes are written: taking back every switch, in any order, gives the original file.

use std::path::{Path, PathBuf};

use freehold_model::{Checkpoint, Network, Timestamp, WalletId};

use crate::adapter::{Adapter, ChangedFile, KeyChange};
use crate::apply::{Piece, Work};
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

/// What a revert does to one file.
#[derive(Debug, Clone)]
pub struct FileRevert {
    /// How far it goes back.
    pub kind: RevertKind,
    /// What happens to the file.
    pub change: FileChange,
    /// Owner and mode of the original file.
    ownership: Option<Ownership>,
    /// Folders that the switches made.
    folders: Vec<PathBuf>,
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
    /// Its files, the settings first.
    pub files: Vec<FileRevert>,
    /// What a person should know before agreeing.
    pub notes: Vec<String>,
    /// The switches that it takes back, oldest first.
    pub reverts: Vec<EntryId>,
}

impl RevertPlan {
    /// Every file becomes byte for byte what it was.
    pub fn is_exact(&self) -> bool {
        self.files.iter().all(|file| file.kind == RevertKind::Exact)
    }

    /// Every file is already as it was.
    pub fn changes_nothing(&self) -> bool {
        self.files.iter().all(|file| file.change.changes_nothing())
    }
}

/// Plans to take back every switch of a wallet and network. Reads the wallet's files and changes nothing.
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
    let mut chain = journal.open_switches(&wallet, network)?;
    chain.retain(|entry| is_of(entry, adapter, places, network));
    // A wallet can move its settings (Sparrow's XDG folder): the newest switch says which are meant.
    let main = chain.last().ok_or_else(nothing)?.path().to_owned();
    chain.retain(|entry| entry.path() == main);
    let places = at_file(adapter, places, &main);
    let mut paths: Vec<PathBuf> = Vec::new();
    for file in chain.iter().flat_map(|entry| &entry.files) {
        if !paths.contains(&file.path) {
            paths.push(file.path.clone());
        }
    }
    let mut notes = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        let of_file: Vec<&Entry> = chain.iter().filter(|entry| entry.file(&path).is_some()).collect();
        let one = OneFile {
            adapter,
            places: &places,
            network,
            journal,
            wallet: &wallet,
            chain: &of_file,
            path: &path,
        };
        files.push(one.plan(&mut notes)?);
    }
    Ok(RevertPlan {
        adapter,
        places,
        network: network.clone(),
        files,
        notes,
        reverts: chain.iter().map(|entry| entry.id.clone()).collect(),
    })
}

/// Whether every file of an entry is one that the adapter lists here.
fn is_of(entry: &Entry, adapter: &dyn Adapter, places: &Places, network: &Network) -> bool {
    if adapter.takes_file() && places.chosen.as_deref().is_some_and(|chosen| chosen != entry.path()) {
        return false;
    }
    let places = at_file(adapter, places, entry.path());
    let is_listed = |path: &Path| WalletFile::try_new(path, adapter, &places, network).is_ok();
    entry.files.iter().all(|file| is_listed(&file.path))
}

/// The places with the file that the user named at the switch, where the wallet has no fixed one.
fn at_file(adapter: &dyn Adapter, places: &Places, file: &Path) -> Places {
    if adapter.takes_file() {
        places.choosing(Some(file.to_owned()))
    } else {
        places.clone()
    }
}

/// One file of a revert.
struct OneFile<'a> {
    adapter: &'a dyn Adapter,
    places: &'a Places,
    network: &'a Network,
    journal: &'a Journal,
    wallet: &'a WalletId,
    /// The open switches that changed the file, oldest first.
    chain: &'a [&'a Entry],
    path: &'a Path,
}

impl OneFile<'_> {
    fn plan(&self, notes: &mut Vec<String>) -> Result<FileRevert, WalletError> {
        let (Some(oldest), Some(newest)) = (self.chain.first(), self.chain.last()) else {
            return Err(WalletError::NothingToRevert {
                wallet: self.wallet.to_string(),
                network: self.network.to_string(),
            });
        };
        let file = WalletFile::try_new(self.path, self.adapter, self.places, self.network)?;
        let slots = self.adapter.slots(self.places, self.network);
        let slot = slots.iter().find(|slot| slot.lists(self.path));
        let (name, is_whole) = slot.map_or((crate::slot::SETTINGS, false), |slot| (slot.name, slot.whole));
        let original = self.journal.before(oldest, self.path)?;
        let current = file.read()?;
        let left = newest.file(self.path).and_then(|file| file.after_sha256());
        let is_untouched = current.as_ref().map(FileBytes::sha256).as_deref() == left && self.is_unbroken();
        let (kind, after, keys) = match &current {
            Some(now) if !is_untouched && is_whole => {
                notes.push(format!(
                    "{} was changed by somebody else since, and stays as it is.",
                    self.places.shown(self.path)
                ));
                let kept = vec![self.places.shown(self.path)];
                (RevertKind::KeysOnly { kept }, Some(now.clone()), Vec::new())
            }
            Some(now) if !is_untouched => self.restore(name, now, original.as_ref(), notes)?,
            None if original.is_some() && !is_untouched => {
                notes.push("The file has been taken away since the switch; it comes back as it was before.".to_owned());
                (RevertKind::Exact, original, Vec::new())
            }
            Some(_) | None => (RevertKind::Exact, original, Vec::new()),
        };
        let ownership = oldest.file(self.path).and_then(|file| file.before.as_ref());
        let folders = self
            .journal
            .episode(self.wallet, self.path)?
            .iter()
            .filter_map(|entry| entry.file(self.path))
            .flat_map(|file| file.made_folders.iter().cloned())
            .collect();
        Ok(FileRevert {
            kind,
            change: FileChange::new(self.adapter, name, file, current, after, keys),
            ownership: ownership.map(|before| before.ownership),
            folders,
        })
    }

    fn restore(
        &self,
        slot: &str,
        now: &FileBytes,
        original: Option<&FileBytes>,
        notes: &mut Vec<String>,
    ) -> Result<(RevertKind, Option<FileBytes>, Vec<KeyChange>), WalletError> {
        let (Some(oldest), Some(newest)) = (self.chain.first(), self.chain.last()) else {
            return Ok((RevertKind::Exact, original.cloned(), Vec::new()));
        };
        let switched = self.journal.after(newest, self.path)?;
        let file = ChangedFile {
            slot,
            current: now.as_slice(),
            original: original.map(FileBytes::as_slice),
            switched: switched.as_ref().map(FileBytes::as_slice).unwrap_or_default(),
        };
        let restored = self
            .adapter
            .restore_keys(&file, self.network)
            .map_err(|source| WalletError::NotReverted {
                backup: self.journal.backup_path(oldest, self.path),
                source: Box::new(failure(self.adapter, self.path.to_owned(), None, source)),
            })?;
        notes.push("The file has changed since the switch, so only the endpoint's settings go back.".to_owned());
        if !restored.kept.is_empty() {
            notes.push(format!(
                "Changed by somebody else since, and kept: {}.",
                restored.kept.join(", ")
            ));
        }
        let episode = self.journal.episode(self.wallet, self.path)?;
        let after = self.settle(&episode, restored.bytes)?;
        Ok((RevertKind::KeysOnly { kept: restored.kept }, after, restored.keys))
    }

    /// Each switch found what the one before it had left.
    fn is_unbroken(&self) -> bool {
        let file = |entry: &Entry| entry.file(self.path).cloned();
        let pairs = self.chain.iter().zip(self.chain.iter().skip(1));
        let mut pairs = pairs.map(|(earlier, later)| (file(earlier), file(later)));
        pairs
            .all(|pair| matches!(pair, (Some(earlier), Some(later)) if earlier.after_sha256() == later.before_sha256()))
    }

    /// The bytes to write for `restored`: an original that it equals but for space at its end, or no file at all.
    fn settle(&self, episode: &[Entry], restored: FileBytes) -> Result<Option<FileBytes>, WalletError> {
        for entry in episode {
            match self.journal.before(entry, self.path)? {
                None if restored.as_slice().trim_ascii().is_empty() => return Ok(None),
                Some(before) if before.as_slice().trim_ascii_end() == restored.as_slice().trim_ascii_end() => {
                    return Ok(Some(before));
                }
                None | Some(_) => {}
            }
        }
        Ok(Some(restored))
    }
}

/// Takes the switches back, as planned. `None` when the files are already as they were: then they are not touched, and the
/// switches are only marked as reverted. Refuses as [`crate::apply`] does.
pub fn revert(
    plan: &RevertPlan,
    journal: &Journal,
    view: &dyn ProcessView,
    now: Timestamp,
    checkpoint: &Checkpoint,
) -> Result<Option<Entry>, WalletError> {
    if plan.changes_nothing() {
        let _turn = journal.turn();
        journal.mark_reverted(&plan.reverts)?;
        return Ok(None);
    }
    let pieces = plan.files.iter().map(|file| Piece {
        change: &file.change,
        // Where only our settings go back the file is the user's by now, with the mode that it has.
        ownership: file.ownership.filter(|_| file.kind == RevertKind::Exact),
        leftover_folders: if file.change.after.is_none() {
            file.folders.clone()
        } else {
            Vec::new()
        },
    });
    let work = Work {
        adapter: plan.adapter,
        places: &plan.places,
        network: &plan.network,
        pieces: pieces.collect(),
        kind: EntryKind::Revert,
        endpoint: None,
        reverts: plan.reverts.clone(),
    };
    work.carry_out(journal, view, now, checkpoint).map(Some)
}
