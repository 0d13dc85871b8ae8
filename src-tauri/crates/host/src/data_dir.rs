//! A folder that a node's chain data is to go to: is it there, is it empty, whose is it, can the node write there.

use std::path::{Path, PathBuf};

use freehold_model::machine::DiskFacts;

use crate::disk;

#[cfg(unix)]
mod unix;
#[cfg(unix)]
use unix::state_of;

#[cfg(not(unix))]
mod other;
#[cfg(not(unix))]
use other::state_of;

/// What a folder is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataDirState {
    /// It does not exist.
    Missing {
        /// Freehold may make it.
        is_creatable: bool,
    },
    /// It exists and holds nothing.
    Empty,
    /// It holds files already.
    HasData,
    /// Something that is no folder has this name.
    NotAFolder,
    /// The node's user owns it but may not write there, or the file system is read-only.
    NotWritable,
    /// It belongs to someone else, and the node's user may not write there.
    OwnedByOther {
        /// Their name, else their number.
        owner: String,
    },
}

/// Everything that preflight wants to know about a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataDirFacts {
    /// The folder, as given.
    pub path: PathBuf,
    /// What it is good for.
    pub state: DataDirState,
    /// The disk it lies on, or would lie on; `None` where that cannot be told.
    pub disk: Option<DiskFacts>,
    /// The file system's name where that is a network one: databases are not safe there.
    pub network_file_system: Option<String>,
}

/// Looks at `path` for a node that would run as `uid` and `gid`. Changes nothing.
pub fn inspect(path: &Path, uid: u32, gid: u32) -> DataDirFacts {
    let disk = disk::disk_at(path).ok();
    let network_file_system = disk
        .as_ref()
        .map(|disk| disk.file_system.clone())
        .filter(|file_system| disk::is_network(file_system));
    DataDirFacts {
        path: path.to_owned(),
        state: state_of(path, uid, gid),
        disk,
        network_file_system,
    }
}
