//! What differs between systems when a file is replaced: owner, mode, and how a folder is made durable.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use other::{
    create_private, file_is_locked, is_writable, make_private_dir, open_no_follow, ownership, set_ownership,
    socket_is_held, sync_dir,
};
#[cfg(unix)]
pub(crate) use unix::{
    create_private, file_is_locked, is_writable, make_private_dir, open_no_follow, ownership, set_ownership,
    socket_is_held, sync_dir,
};

use serde::{Deserialize, Serialize};

/// Who owns a file and what may be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ownership {
    /// Permission bits.
    pub mode: u32,
    /// User.
    pub uid: u32,
    /// Group.
    pub gid: u32,
}
