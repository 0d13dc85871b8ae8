//! The mark that Freehold leaves in a folder to which it moves a node's data: without it nothing is ever written over,
//! taken away or erased there.
//!
//! It also shows that the folder is on the disk that was meant: where that disk is not mounted, the mark is missing.

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use freehold_model::NodeId;

/// The mark's file name.
pub const FILE: &str = ".freehold-move";

/// Makes the folder and marks it as the goal of this node's move.
pub fn set(folder: &Path, node: &NodeId) -> Result<(), (PathBuf, Error)> {
    let at = |error| (folder.to_owned(), error);
    fs::create_dir_all(folder).map_err(at)?;
    freehold_store::file::write_atomic(&folder.join(FILE), node.as_str().as_bytes(), 0o600)
        .map_err(|error| (folder.join(FILE), Error::other(error)))
}

/// Whether the folder is marked as the goal of this node's move.
pub fn is_set(folder: &Path, node: &NodeId) -> bool {
    fs::read_to_string(folder.join(FILE)).is_ok_and(|text| text.trim() == node.as_str())
}

/// Takes the mark away; one that is not there is fine.
pub(crate) fn clear(folder: &Path) -> Result<(), (PathBuf, Error)> {
    match fs::remove_file(folder.join(FILE)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err((folder.to_owned(), error)),
        _ => Ok(()),
    }
}
