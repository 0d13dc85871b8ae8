//! How large nodes' folders are: measured by walking them, as often as that is cheap.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use freehold_model::{NodeId, NodeRecord};

/// Walking a chain's files costs some milliseconds, and their size moves slowly.
const EVERY: Duration = Duration::from_mins(1);
/// A small folder is walked in no time, and it is the one that grows while somebody looks.
const SMALL_EVERY: Duration = Duration::from_secs(5);
/// Walks of all small folders together rest this many times as long as they take.
const SMALL_REST_FACTOR: u32 = 4000;
/// What counts as small.
const SMALL: u64 = 2_000_000_000;
/// While nobody looks, only the history asks.
const UNWATCHED_EVERY: Duration = Duration::from_mins(5);
/// A walk of many small files takes long: it rests this many times as long as it took, which is half a percent of the
/// time.
const REST_FACTOR: u32 = 200;

/// A node's folders, to be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Walk {
    /// Whose.
    pub(crate) node: NodeId,
    folders: Vec<PathBuf>,
}

impl Walk {
    /// The folders of a node: its own, and those that were there before and are used where they are.
    pub(crate) fn of(record: &NodeRecord) -> Self {
        let mut folders = vec![record.data_dir.clone()];
        let elsewhere = |folder: &&PathBuf| !folder.starts_with(&record.data_dir);
        folders.extend(record.adopted.values().filter(elsewhere).cloned());
        Self {
            node: record.id.clone(),
            folders,
        }
    }

    /// Walks them. Blocks; call it off the runtime's threads.
    pub(crate) fn measure(&self) -> Walked {
        let begun = Instant::now();
        let size = |folder: &PathBuf| match freehold_host::folder_size(folder) {
            Ok(bytes) => Some(bytes),
            // A folder that is not there yet holds nothing; of one that may not be read nobody knows.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(0),
            Err(_) => None,
        };
        let bytes = self.folders.iter().map(size).sum();
        Walked {
            at: Instant::now(),
            took: begun.elapsed(),
            bytes,
        }
    }
}

/// The outcome of a walk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walked {
    at: Instant,
    took: Duration,
    /// `None` where a folder could not be read.
    bytes: Option<u64>,
}

/// The sizes known so far.
#[derive(Debug, Default)]
pub(super) struct Folders(BTreeMap<NodeId, Walked>);

impl Folders {
    /// Whether the node's folders should be measured again.
    pub(super) fn is_due(&self, node: &NodeId, is_watched: bool, now: Instant) -> bool {
        let others = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.get(node).is_none_or(|walked| {
            let every = match (is_watched, walked.bytes.is_some_and(|bytes| bytes < SMALL)) {
                (false, _) => UNWATCHED_EVERY,
                // Fifty of them take turns, where one alone is walked again at once.
                (true, true) => {
                    let share = walked.took.saturating_mul(SMALL_REST_FACTOR).saturating_mul(others);
                    SMALL_EVERY.max(share.min(EVERY))
                }
                (true, false) => EVERY,
            };
            let rest = walked.took.saturating_mul(REST_FACTOR).max(every);
            now.saturating_duration_since(walked.at) >= rest
        })
    }

    pub(super) fn note(&mut self, node: NodeId, walked: Walked) {
        self.0.insert(node, walked);
    }

    /// Bytes, where they could be measured.
    pub(super) fn bytes(&self, node: &NodeId) -> Option<u64> {
        self.0.get(node)?.bytes
    }

    /// Forgets nodes that are gone.
    pub(super) fn keep_only(&mut self, is_there: impl Fn(&NodeId) -> bool) {
        self.0.retain(|node, _| is_there(node));
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use freehold_model::{ClientId, Network, NodeId, NodeRecord, Timestamp};

    use super::{Folders, Walk, Walked};

    fn node() -> NodeId {
        NodeId::try_new("bitcoin").unwrap()
    }

    #[test]
    fn how_often_depends_on_size_on_onlookers_and_on_the_cost() {
        let start = Instant::now();
        let due = |bytes, took_ms, is_watched, after_s| {
            let mut folders = Folders::default();
            assert!(folders.is_due(&node(), false, start), "never measured");
            let walked = Walked {
                at: start,
                took: Duration::from_millis(took_ms),
                bytes: Some(bytes),
            };
            folders.note(node(), walked);
            folders.is_due(&node(), is_watched, start + Duration::from_secs(after_s))
        };
        assert!(due(10, 1, true, 6));
        assert!(!due(10, 1, false, 6), "nobody looks");
        assert!(due(10, 1, false, 301));
        assert!(!due(800_000_000_000, 20, true, 6), "a large one moves slowly");
        assert!(due(800_000_000_000, 20, true, 61));
        assert!(!due(10, 10, true, 30), "a small one that takes long to walk");
        assert!(
            !due(1_000_000, 10_000, true, 1900),
            "millions of files are walked seldom"
        );
        assert!(due(1_000_000, 10_000, true, 2100));
    }

    #[test]
    fn adopted_folders_count_too_and_none_twice() {
        let folder = tempfile::tempdir().unwrap();
        let (own, other) = (folder.path().join("own"), folder.path().join("other"));
        let mut record = NodeRecord::new(
            node(),
            ClientId::try_new("bitcoin-core").unwrap(),
            Network::mainnet(),
            own.clone(),
            Timestamp(0),
        );
        let measured = |record: &NodeRecord| Walk::of(record).measure().bytes.unwrap();
        assert_eq!(measured(&record), 0, "nothing is there yet");
        for (at, bytes) in [(own.join("blocks"), 100_000), (other.clone(), 200_000)] {
            std::fs::create_dir_all(&at).unwrap();
            let file = std::fs::File::create(at.join("data")).unwrap();
            std::io::Write::write_all(&mut &file, &vec![1; bytes]).unwrap();
            file.sync_all().unwrap();
        }
        let alone = measured(&record);
        record.adopted.insert("inside".to_owned(), own.join("blocks"));
        assert_eq!(measured(&record), alone, "it is inside already");
        record.adopted.insert("data".to_owned(), other);
        let both = measured(&record);
        assert!(
            (100_000..200_000).contains(&alone) && both >= alone + 200_000,
            "{alone} {both}"
        );
    }
}
