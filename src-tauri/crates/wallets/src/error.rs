//! What can go wrong with a wallet's file, and the fault that a person sees for it.

use std::io;
use std::path::PathBuf;

use freehold_model::{Fault, FaultCode, Protocol};

use crate::adapter::{AdapterError, adapters};
use crate::journal::JournalError;

/// Why a wallet was not switched or put back. Never holds a value of the wallet's file.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// No wallet has this id.
    #[error("there is no wallet `{wallet}`")]
    Unknown {
        /// The id.
        wallet: String,
    },
    /// The wallet has no fixed place, and the user named no file.
    #[error("`{wallet}` needs the file to be named")]
    NoFileNamed {
        /// The id.
        wallet: String,
    },
    /// The wallet's settings file does not exist.
    #[error("{wallet} has no settings at {path}")]
    NotFound {
        /// The wallet's name.
        wallet: String,
        /// Where they would be.
        path: PathBuf,
    },
    /// The wallet runs.
    #[error("{wallet} is running: {evidence}")]
    Running {
        /// The wallet's name.
        wallet: String,
        /// How that is known.
        evidence: String,
    },
    /// The adapter cannot read the file or edit it for that endpoint.
    #[error("{path}")]
    Adapter {
        /// The wallet's name.
        wallet: String,
        /// What it speaks.
        spoken: &'static [Protocol],
        /// The endpoint, without a secret; empty when none was involved.
        endpoint: String,
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<AdapterError>,
    },
    /// The edit did not lead to the endpoint that was asked for; nothing was written.
    #[error("the edit of {path} does not read back as the endpoint")]
    Unfaithful {
        /// The file.
        path: PathBuf,
    },
    /// The file is a link.
    #[error("{path} is a link to {target}")]
    Symlink {
        /// The link.
        path: PathBuf,
        /// Where it points.
        target: PathBuf,
    },
    /// The file is a folder, a device or far too big.
    #[error("{path} is not a plain settings file")]
    NotPlain {
        /// The path.
        path: PathBuf,
    },
    /// The file or its folder may not be written.
    #[error("{path} may not be written: {reason}")]
    ReadOnly {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file is not the one that was planned for.
    #[error("{path} changed since it was planned for")]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The path is not one of the wallet's settings files.
    #[error("{path} is not a settings file of {wallet}")]
    NotListed {
        /// The path.
        path: PathBuf,
        /// The wallet's id.
        wallet: String,
    },
    /// Reading failed.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Writing failed; the file is as it was.
    #[error("cannot write {path}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The journal failed; the file is as it was.
    #[error("the journal failed")]
    Journal(
        #[from]
        #[source]
        JournalError,
    ),
    /// The file was replaced, but that could not be made sure of.
    #[error("{path} was replaced, but could not be checked: {reason}")]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file was replaced, but the journal could not note that; the next start does.
    #[error("the wallet's file was replaced, but not recorded")]
    Unrecorded(#[source] JournalError),
    /// A revert failed; the original is in the journal.
    #[error("the original is kept at {backup}")]
    NotReverted {
        /// The original bytes.
        backup: PathBuf,
        /// Why.
        #[source]
        source: Box<WalletError>,
    },
    /// Nothing was switched.
    #[error("{wallet} was not switched on {network}")]
    NothingToRevert {
        /// The wallet's id.
        wallet: String,
        /// The network.
        network: String,
    },
}

impl WalletError {
    /// The error for a person.
    pub fn to_fault(&self) -> Fault {
        match self {
            Self::Unknown { wallet } => {
                let known: Vec<&str> = adapters().iter().map(|adapter| adapter.id()).collect();
                Fault::new(FaultCode::WalletUnknown)
                    .with("wallet", wallet)
                    .with("known", known.join(", "))
            }
            Self::NoFileNamed { wallet } => Fault::new(FaultCode::BadRequest).with(
                "reason",
                format!("{wallet} keeps its settings where you put them; name the file with `--file PATH`"),
            ),
            Self::NotFound { wallet, path } => Fault::new(FaultCode::WalletNotFound)
                .with("wallet", wallet)
                .with("path", path.display()),
            Self::Running { wallet, evidence } => Fault::new(FaultCode::WalletRunning)
                .with("wallet", wallet)
                .with("evidence", evidence),
            Self::Adapter {
                wallet,
                spoken,
                endpoint,
                path,
                source,
            } => match source.as_ref() {
                AdapterError::Missing => Fault::new(FaultCode::WalletNotFound)
                    .with("wallet", wallet)
                    .with("path", path.display()),
                AdapterError::Protocol { .. } | AdapterError::Endpoint { .. } | AdapterError::Network { .. } => {
                    let spoken: Vec<&str> = spoken.iter().map(|protocol| protocol.scheme()).collect();
                    let reason = match source.as_ref() {
                        AdapterError::Protocol { .. } => String::new(),
                        other => format!("{}.", capitalised(&other.to_string())),
                    };
                    Fault::new(FaultCode::WalletProtocol)
                        .with("wallet", wallet)
                        .with("spoken", spoken.join(", "))
                        .with("offered", endpoint)
                        .with("reason", reason)
                }
                AdapterError::Conflict { reason } => Fault::new(FaultCode::WalletConflict)
                    .with("path", path.display())
                    .with("reason", reason.trim_end_matches('.')),
                AdapterError::Malformed { .. } | AdapterError::UnknownValue { .. } => {
                    malformed(path, &source.to_string())
                }
            },
            Self::Unfaithful { path } => malformed(
                path,
                "an edit would not have had the effect that it should; this is a bug, report it",
            ),
            Self::Symlink { path, target } => Fault::new(FaultCode::WalletFileSymlink)
                .with("path", path.display())
                .with("target", target.display()),
            Self::NotPlain { path } => malformed(path, "it is not a plain file, or too big for a settings file"),
            Self::ReadOnly { path, reason } => Fault::new(FaultCode::WalletFileReadOnly)
                .with("path", path.display())
                .with("reason", reason),
            Self::Changed { path } => Fault::new(FaultCode::WalletFileChanged).with("path", path.display()),
            Self::NotListed { path, wallet } => Fault::new(FaultCode::Internal).with(
                "reason",
                format!("{} is not a settings file of {wallet}", path.display()),
            ),
            Self::Read { path, source } if source.kind() != io::ErrorKind::PermissionDenied => {
                malformed(path, &source.to_string())
            }
            Self::Read { path, source } | Self::Write { path, source } => {
                let code = match source.kind() {
                    io::ErrorKind::StorageFull => {
                        return Fault::new(FaultCode::DiskFull)
                            .with("path", path.display())
                            .with("available", "nothing");
                    }
                    _ => FaultCode::WalletFileReadOnly,
                };
                Fault::new(code).with("path", path.display()).with("reason", source)
            }
            Self::Journal(error) => Fault::new(FaultCode::WalletJournal)
                .with("path", error.path().display())
                .with("reason", error.reason()),
            Self::Unconfirmed { path, reason } => Fault::new(FaultCode::StoreFailed)
                .with("path", path.display())
                .with("reason", format!("the wallet's file was replaced, but {reason}"))
                .hint("Start Freehold again: it looks at the file and finishes the record."),
            Self::Unrecorded(error) => Fault::new(FaultCode::StoreFailed)
                .with("path", error.path().display())
                .with(
                    "reason",
                    format!(
                        "the wallet's file was replaced, but the record failed: {}",
                        error.reason()
                    ),
                )
                .hint("Start Freehold again: it finishes the record."),
            Self::NotReverted { backup, source } => source.to_fault().hint(format!(
                "The file as it was before Freehold is kept at {}.",
                backup.display()
            )),
            Self::NothingToRevert { wallet, network } => Fault::new(FaultCode::NothingToRevert)
                .with("wallet", wallet)
                .with("network", network),
        }
    }
}

fn malformed(path: &std::path::Path, reason: &str) -> Fault {
    Fault::new(FaultCode::WalletFileMalformed)
        .with("path", path.display())
        .with("reason", reason)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
