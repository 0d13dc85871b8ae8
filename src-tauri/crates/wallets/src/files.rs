//! A wallet's files as they are now, for an adapter to read: bytes by slot, already taken from the disk.

use std::path::{Path, PathBuf};

use freehold_model::Network;

use crate::adapter::{Adapter, NewFile};
use crate::error::WalletError;
use crate::file::{FileBytes, WalletFile};
use crate::place::Places;
use crate::slot::SETTINGS;

/// One file of a wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldFile {
    /// The slot that it belongs to.
    pub slot: &'static str,
    /// Where it is, or would be.
    pub path: PathBuf,
    /// Its content; `None` when it does not exist.
    pub bytes: Option<FileBytes>,
}

/// A wallet's files, the settings first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files(Vec<HeldFile>);

impl Files {
    /// Reads every file that `adapter` lists for `network`.
    pub fn read(adapter: &dyn Adapter, places: &Places, network: &Network) -> Result<Self, WalletError> {
        let mut held = Vec::new();
        for slot in adapter.slots(places, network) {
            for path in slot.found() {
                let file = WalletFile::try_new(&path, adapter, places, network)?;
                held.push(HeldFile {
                    slot: slot.name,
                    bytes: file.read()?,
                    path,
                });
            }
        }
        Ok(Self(held))
    }

    /// One settings file with this content, for an adapter that has no other.
    pub fn single(bytes: Option<&[u8]>) -> Self {
        Self(vec![HeldFile {
            slot: SETTINGS,
            path: PathBuf::from(SETTINGS),
            bytes: bytes.map(|bytes| FileBytes::new(bytes.to_vec())),
        }])
    }

    /// These files.
    pub fn of(held: Vec<HeldFile>) -> Self {
        Self(held)
    }

    /// Every file of a slot.
    pub fn every(&self, slot: &str) -> impl Iterator<Item = &HeldFile> {
        self.0.iter().filter(move |held| held.slot == slot)
    }

    /// The first file of a slot.
    pub fn first(&self, slot: &str) -> Option<&HeldFile> {
        self.every(slot).next()
    }

    /// The content of the first file of a slot; `None` when it does not exist.
    pub fn bytes(&self, slot: &str) -> Option<&[u8]> {
        self.first(slot)?.bytes.as_ref().map(FileBytes::as_slice)
    }

    /// The content of the settings file; `None` when it does not exist.
    pub fn settings(&self) -> Option<&[u8]> {
        self.bytes(SETTINGS)
    }

    /// All of them.
    pub fn all(&self) -> &[HeldFile] {
        &self.0
    }

    /// The file at a path.
    pub fn at(&self, path: &Path) -> Option<&HeldFile> {
        self.0.iter().find(|held| held.path == path)
    }

    /// These files with some contents replaced.
    #[must_use]
    pub fn with(&self, new: &[NewFile]) -> Self {
        let mut held = self.0.clone();
        for one in new {
            match held.iter_mut().find(|held| held.path == one.path) {
                Some(found) => found.bytes.clone_from(&one.bytes),
                None => held.push(HeldFile {
                    slot: one.slot,
                    path: one.path.clone(),
                    bytes: one.bytes.clone(),
                }),
            }
        }
        Self(held)
    }
}
