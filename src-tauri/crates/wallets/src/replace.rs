//! Replaces a wallet's file whole: a temporary file beside it, same owner and mode, then a rename.
//!
//! The one rule: at every instant the path holds the old bytes or the new ones. What the plan saw is compared again right
//! before the rename.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use freehold_model::Checkpoint;

use crate::error::WalletError;
use crate::file::{FileBytes, WalletFile};
use crate::platform::{self, Ownership};

/// How the names of our temporary files start.
const TEMPORARY: &str = ".freehold-";

/// The name of a temporary file, made from an entry's short id.
pub(crate) fn temporary_name(short: &str) -> String {
    format!("{TEMPORARY}{short}.tmp")
}

/// Where the temporary file of `path` stands.
pub(crate) fn temporary_path(path: &Path, name: &str) -> PathBuf {
    path.with_file_name(name)
}

/// Refuses a file or folder that may not be written; gives owner and mode of the file, where it exists.
pub(crate) fn check_writable(file: &WalletFile) -> Result<Option<Ownership>, WalletError> {
    let path = file.path();
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| WalletError::Read { path, source }
    };
    let refuse = |path: &Path, reason: &str| {
        Err(WalletError::ReadOnly {
            path: path.to_owned(),
            reason: reason.to_owned(),
        })
    };
    let found = match fs::symlink_metadata(path) {
        Ok(metadata) => {
            if !platform::is_writable(path).map_err(failed(path))? {
                return refuse(path, "the file is read-only");
            }
            Some(platform::ownership(&metadata))
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => None,
        Err(error) => return Err(failed(path)(error)),
    };
    // The nearest folder that exists: the ones below it are made by us.
    let folder = path.ancestors().skip(1).find(|folder| folder.exists());
    match folder {
        Some(folder) if !folder.is_dir() => refuse(folder, "it is not a folder"),
        Some(folder) if !platform::is_writable(folder).map_err(failed(folder))? => {
            refuse(folder, "the folder is read-only")
        }
        Some(_) => Ok(found),
        None => refuse(path, "there is no folder for it"),
    }
}

/// The folders above `path` that do not exist, outermost first.
pub(crate) fn missing_folders(path: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> = path
        .ancestors()
        .skip(1)
        .take_while(|folder| !folder.exists())
        .map(Path::to_owned)
        .collect();
    missing.reverse();
    missing
}

/// Makes folders of mode 0700.
pub(crate) fn make_folders(folders: &[PathBuf]) -> Result<(), WalletError> {
    for folder in folders {
        let failed = |source| WalletError::Write {
            path: folder.clone(),
            source,
        };
        match platform::make_private_dir(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
            Ok(()) | Err(_) => {}
        }
        if let Some(parent) = folder.parent() {
            platform::sync_dir(parent).map_err(failed)?;
        }
    }
    Ok(())
}

/// Takes away folders that we made, as far as nobody has put anything into them.
pub(crate) fn remove_folders(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        if fs::remove_dir(folder).is_err() {
            // Somebody uses it by now, or it is gone already.
            return;
        }
    }
}

/// What is to be done with a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Replacement<'a> {
    /// The file.
    pub file: &'a WalletFile,
    /// What it must hold until the last moment; `None` when it must not exist.
    pub expected: Option<&'a FileBytes>,
    /// What it will hold; `None` takes it away.
    pub wanted: Option<&'a FileBytes>,
    /// Owner and mode of the new file; `None` gives 0600 and this user.
    pub ownership: Option<Ownership>,
    /// Name of the temporary file.
    pub temporary: &'a str,
}

impl Replacement<'_> {
    /// Puts the new content in place. On an error the file is as it was and the temporary file is gone.
    pub(crate) fn put(
        &self,
        checkpoint: &Checkpoint,
        last_check: impl Fn() -> Result<(), WalletError>,
    ) -> Result<(), WalletError> {
        let path = self.file.path();
        let Some(wanted) = self.wanted else {
            last_check()?;
            self.check_unchanged()?;
            return fs::remove_file(path).map_err(|source| refused(path, source));
        };
        let temporary = temporary_path(path, self.temporary);
        let renamed = self.write(&temporary, wanted).and_then(|()| {
            checkpoint.reached("wallet.temp-written");
            last_check()?;
            self.check_unchanged()?;
            fs::rename(&temporary, path).map_err(|source| refused(path, source))
        });
        if renamed.is_err() && fs::remove_file(&temporary).is_err() {
            tracing::debug!(path = %temporary.display(), "no temporary file to take away");
        }
        renamed
    }

    /// Makes the change durable and reads the file back.
    pub(crate) fn confirm(&self) -> Result<(), WalletError> {
        let path = self.file.path();
        let unconfirmed = |reason: String| WalletError::Unconfirmed {
            path: path.to_owned(),
            reason,
        };
        if let Some(folder) = path.parent() {
            platform::sync_dir(folder).map_err(|error| unconfirmed(error.to_string()))?;
        }
        match self.file.read() {
            Ok(now) if now.as_ref() == self.wanted => Ok(()),
            Ok(_) => Err(unconfirmed("it does not hold what was written".to_owned())),
            Err(error) => Err(unconfirmed(error.to_fault().message())),
        }
    }

    fn write(&self, temporary: &Path, wanted: &FileBytes) -> Result<(), WalletError> {
        let path = self.file.path();
        let mut file = platform::create_private(temporary).map_err(|source| refused(path, source))?;
        let mut fill = || {
            file.write_all(wanted.as_slice())?;
            if let Some(ownership) = self.ownership {
                platform::set_ownership(&file, ownership)?;
            }
            file.sync_all()
        };
        fill().map_err(|source| refused(path, source))
    }

    fn check_unchanged(&self) -> Result<(), WalletError> {
        if self.file.read()?.as_ref() == self.expected {
            Ok(())
        } else {
            Err(WalletError::Changed {
                path: self.file.path().to_owned(),
            })
        }
    }
}

/// A refusal of the file system to change names or owners there: read-only in one way or another.
fn refused(path: &Path, source: io::Error) -> WalletError {
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => WalletError::ReadOnly {
            path: path.to_owned(),
            reason: source.to_string(),
        },
        _ => WalletError::Write {
            path: path.to_owned(),
            source,
        },
    }
}
