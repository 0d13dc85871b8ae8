//! Word of changes in the settings files of switched wallets. Looks at names in their folders only and opens nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ::notify::event::{AccessKind, AccessMode};
use ::notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;

/// A watch over some files. Without one (no more watches to be had, a file system that sends no word) files are looked at
/// from time to time all the same.
pub(super) struct FileWatch {
    watcher: Option<RecommendedWatcher>,
    files: Arc<Mutex<BTreeSet<PathBuf>>>,
    folders: BTreeSet<PathBuf>,
}

impl FileWatch {
    /// A watch over nothing yet; `changed` is told.
    pub(super) fn new(changed: Arc<Notify>) -> Self {
        let files: Arc<Mutex<BTreeSet<PathBuf>>> = Arc::default();
        let watched = files.clone();
        let tell = move |event: ::notify::Result<Event>| {
            let is_ours = match event {
                Ok(event) => {
                    let watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
                    event.need_rescan()
                        || is_change(event.kind) && event.paths.iter().any(|path| watched.contains(path))
                }
                // Words were lost: anything may have changed.
                Err(_) => true,
            };
            if is_ours {
                changed.notify_one();
            }
        };
        let watcher = ::notify::recommended_watcher(tell)
            .inspect_err(|error| tracing::warn!(%error, "changes of wallets' files are looked for once a minute only"));
        Self {
            watcher: watcher.ok(),
            files,
            folders: BTreeSet::new(),
        }
    }

    /// Whether exactly these files are watched.
    pub(super) fn watches(&self, files: &BTreeSet<PathBuf>) -> bool {
        *self.files.lock().unwrap_or_else(PoisonError::into_inner) == *files
    }

    /// Watches these files and no others. Their folders are watched anew: one may have been replaced since.
    pub(super) fn set(&mut self, files: &BTreeSet<PathBuf>) {
        self.files
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone_from(files);
        let Some(watcher) = &mut self.watcher else { return };
        for folder in std::mem::take(&mut self.folders) {
            // A folder that is gone takes its watch with it.
            let _ = watcher.unwatch(&folder);
        }
        let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
        for folder in folders {
            match watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.folders.insert(folder.to_owned());
                }
                Err(error) => tracing::debug!(%error, folder = %folder.display(), "not watched"),
            }
        }
    }
}

/// Reading and opening change nothing.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => true,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::sync::Notify;

    use super::FileWatch;

    /// Whether word comes in three seconds.
    async fn comes(changed: &Notify) -> bool {
        tokio::time::timeout(Duration::from_secs(3), changed.notified())
            .await
            .is_ok()
    }

    /// Takes what was told before.
    async fn quiet(changed: &Notify) {
        while tokio::time::timeout(Duration::from_millis(300), changed.notified())
            .await
            .is_ok()
        {}
    }

    fn write(path: &Path, text: &str) {
        // In place, as wallets do.
        let mut file = std::fs::File::create(path).unwrap();
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    }

    #[tokio::test]
    async fn a_watched_file_is_told_of_when_it_is_written_replaced_or_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config");
        write(&file, "before");
        let changed = Arc::new(Notify::new());
        let mut watch = FileWatch::new(changed.clone());
        watch.set(&[file.clone()].into());
        assert!(watch.watches(&[file.clone()].into()));
        quiet(&changed).await;

        write(&file, "after");
        assert!(comes(&changed).await, "written");
        quiet(&changed).await;
        let new = folder.path().join("config.new");
        write(&new, "replaced");
        write(&folder.path().join("wallet.db"), "another file");
        let _read = std::fs::read(&file).unwrap();
        assert!(
            tokio::time::timeout(Duration::from_millis(500), changed.notified())
                .await
                .is_err(),
            "other files of the folder, and reading, are nobody's business"
        );
        std::fs::rename(&new, &file).unwrap();
        assert!(comes(&changed).await, "replaced by renaming");
        quiet(&changed).await;
        std::fs::remove_file(&file).unwrap();
        assert!(comes(&changed).await, "taken away");
        quiet(&changed).await;

        watch.set(&[].into());
        write(&file, "again");
        assert!(
            tokio::time::timeout(Duration::from_millis(500), changed.notified())
                .await
                .is_err(),
            "not watched any more"
        );
    }
}
