//! One process owns Freehold's folder.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};

use crate::{Layout, StoreError};

/// Holds the folder until dropped or until the process ends, however it ends.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

impl DataLock {
    /// Takes the folder, making it if needed. Fails at once with the holder's process id when somebody else has it.
    pub fn take(layout: &Layout) -> Result<Self, StoreError> {
        crate::file::create_private_folder(layout.root())?;
        let path = layout.lock();
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(StoreError::io(&path))?;
        if file.try_lock().is_err() {
            let mut text = String::new();
            // The holder's id is only for the message: where it cannot be read, 0 says so.
            let pid = file
                .read_to_string(&mut text)
                .ok()
                .and_then(|_| text.trim().parse().ok())
                .unwrap_or(0);
            return Err(StoreError::Locked {
                path: layout.root().to_owned(),
                pid,
            });
        }
        file.set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| write!(file, "{}", std::process::id()))
            .map_err(StoreError::io(&path))?;
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::DataLock;
    use crate::{Layout, StoreError};

    #[test]
    fn the_second_taker_is_told_who_has_it_and_the_next_gets_it_after_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path().join("data"));
        let first = DataLock::take(&layout).unwrap();
        match DataLock::take(&layout) {
            Err(StoreError::Locked { pid, .. }) => assert_eq!(pid, std::process::id()),
            other => panic!("expected a refusal, got {other:?}"),
        }
        drop(first);
        assert!(DataLock::take(&layout).is_ok(), "the lock ends with its holder");
    }
}
