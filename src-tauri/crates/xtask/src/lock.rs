//! One `cargo xtask` at a time changes the shared cache: two clones must not start two registries or compile twice.

use std::fs::{File, OpenOptions, TryLockError};

use anyhow::{Context as _, Result};

use crate::files;
use crate::paths::Places;
use crate::steps::Notes;

/// Holds the cache's lock until it is dropped; the system releases it also when the process dies.
#[derive(Debug)]
pub(crate) struct CacheLock {
    _file: File,
}

/// Waits for the lock, and says so when another run has it.
pub(crate) fn cache(places: &Places, notes: &Notes) -> Result<CacheLock> {
    files::create_dir(&places.cache)?;
    let path = places.cache.join("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            notes.say("Another `cargo xtask` works on the shared cache; waiting for it to finish.");
            file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("cannot lock {}", path.display()));
        }
    }
    Ok(CacheLock { _file: file })
}
