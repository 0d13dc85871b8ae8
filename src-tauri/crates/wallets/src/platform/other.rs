//! Systems without Unix modes: files inherit the rights of their folder.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

use super::Ownership;

/// Opens a file for reading.
pub(crate) fn open_no_follow(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Makes a new file; fails when something is there already.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Makes a folder.
pub(crate) fn make_private_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().create(path)
}

/// Folders cannot be opened for this on these systems; the file system orders renames by itself.
pub(crate) fn sync_dir(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Only the read-only bit is known.
pub(crate) fn ownership(metadata: &Metadata) -> Ownership {
    let mode = if metadata.permissions().readonly() {
        0o400
    } else {
        0o600
    };
    Ownership { mode, uid: 0, gid: 0 }
}

/// A new file inherits its rights from the folder, as the old one did.
pub(crate) fn set_ownership(_file: &File, _wanted: Ownership) -> io::Result<()> {
    Ok(())
}

/// Whether the read-only bit is absent.
pub(crate) fn is_writable(path: &Path) -> io::Result<bool> {
    Ok(path.is_dir() || !std::fs::metadata(path)?.permissions().readonly())
}

/// These systems have no such sockets in the standard library: the process list decides alone.
pub(crate) fn socket_is_held(_path: &Path) -> bool {
    false
}

/// Not told by the standard library here.
pub(crate) fn file_is_locked(_path: &Path) -> bool {
    false
}
