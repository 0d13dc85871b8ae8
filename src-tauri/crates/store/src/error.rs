//! What can go wrong with Freehold's own folder.

use std::path::{Path, PathBuf};

use freehold_model::{Fault, FaultCode};

/// An error of the store; every variant names the file.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Reading, writing or making a file failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("{}: {source}", path.display())]
    Database {
        /// The database file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// A row of the database does not hold what it should.
    #[error("{}: the record of `{subject}` cannot be read: {source}", path.display())]
    Record {
        /// The database file.
        path: PathBuf,
        /// Which record.
        subject: String,
        /// Why.
        source: serde_json::Error,
    },
    /// The file was made by a newer Freehold.
    #[error("{} has version {found}, newer than {known}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// Another process holds the folder.
    #[error("{} is held by process {pid}", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
        /// The process, `0` where unknown.
        pid: u32,
    },
    /// The system gave no random bytes.
    #[error("the system gave no random bytes: {0}")]
    Random(getrandom::Error),
}

impl StoreError {
    /// Wraps an IO error with its path.
    pub fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    /// The error for people.
    pub fn to_fault(&self) -> Fault {
        match self {
            Self::Io { path, source } => Fault::new(FaultCode::StoreFailed)
                .with("path", path.display())
                .with("reason", source),
            Self::Database { path, source } => Fault::new(FaultCode::StoreFailed)
                .with("path", path.display())
                .with("reason", source),
            Self::Record { path, subject, source } => {
                Fault::new(FaultCode::StoreFailed).with("path", path.display()).with(
                    "reason",
                    format_args!("the record of `{subject}` cannot be read: {source}"),
                )
            }
            Self::Newer { path, found, known } => Fault::new(FaultCode::NewerData)
                .with("path", path.display())
                .with("found", found)
                .with("known", known),
            Self::Locked { path, pid } => Fault::new(FaultCode::AlreadyRunning)
                .with("path", path.display())
                .with("pid", pid),
            Self::Random(error) => Fault::new(FaultCode::Internal).with("reason", error),
        }
    }
}
