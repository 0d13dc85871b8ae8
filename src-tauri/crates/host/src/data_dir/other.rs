//! Folders on Windows: what can be told without access lists.

use std::fs;
use std::path::Path;

use super::DataDirState;
use crate::disk::existing_ancestor;

/// What `path` is good for. Windows has no numeric ids; whether the folder can be written shows when the node starts.
pub(super) fn state_of(path: &Path, _uid: u32, _gid: u32) -> DataDirState {
    let Ok(metadata) = fs::metadata(path) else {
        return DataDirState::Missing {
            is_creatable: existing_ancestor(path).is_some_and(|parent| parent.is_dir()),
        };
    };
    if !metadata.is_dir() {
        return DataDirState::NotAFolder;
    }
    match fs::read_dir(path) {
        Ok(mut listing) if listing.next().is_none() => DataDirState::Empty,
        Ok(_) | Err(_) => DataDirState::HasData,
    }
}
