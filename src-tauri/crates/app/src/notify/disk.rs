//! News about disks.

use std::path::Path;
use std::time::Duration;

use freehold_model::Timestamp;
use freehold_store::ActivityKind;

use super::{News, Topic};
use crate::forecast::{DiskState, Level};

/// A disk that goes up and down at a limit is told about once in this time.
const NOT_AGAIN: Duration = Duration::from_hours(24);

/// What is known about a disk.
#[derive(Debug, Clone, Copy)]
pub(super) struct DiskMemory {
    level: Level,
    /// The worst that was told lately.
    told: Option<(Level, Timestamp)>,
}

impl DiskMemory {
    /// A disk that is seen for the first time: however it stands, that is no news.
    pub(super) fn begin(state: &DiskState) -> Self {
        Self {
            level: state.level,
            told: None,
        }
    }

    /// Looks at how it stands now; news where that is worse.
    pub(super) fn see(&mut self, mount_point: &Path, state: &DiskState, now: Timestamp) -> Option<News> {
        let before = std::mem::replace(&mut self.level, state.level);
        let is_told = self
            .told
            .is_some_and(|(level, at)| state.level <= level && now.since(at) < NOT_AGAIN);
        if state.level <= before || is_told {
            return None;
        }
        self.told = Some((state.level, now));
        let (title, entry) = match state.level {
            Level::Fine => return None,
            Level::Filling => ("A disk is filling up", ActivityKind::Notice),
            Level::Low => ("A disk is nearly full", ActivityKind::Fault),
            Level::Stopped => ("Nodes were stopped: the disk is nearly full", ActivityKind::Fault),
        };
        let advice = state.advice.as_deref().unwrap_or("Little room is left on it.");
        Some(News {
            topic: Topic::Disk,
            node: None,
            title: title.to_owned(),
            body: format!("Disk {}: {advice}", mount_point.display()),
            entry: Some(entry),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use freehold_model::Timestamp;

    use super::DiskMemory;
    use crate::forecast::{DiskState, Level};

    fn state(level: Level) -> DiskState {
        DiskState {
            level,
            full_in: None,
            advice: Some("Free some space.".to_owned()),
        }
    }

    #[test]
    fn each_step_down_is_told_once_and_what_was_so_before_is_not() {
        let now = Timestamp(1_000_000_000);
        let later = now.plus(Duration::from_hours(25));
        let mut disk = DiskMemory::begin(&state(Level::Filling));
        let mut see = |level, at| disk.see(Path::new("/data"), &state(level), at).map(|news| news.title);
        assert_eq!(see(Level::Filling, now), None, "it was so at the start");
        assert!(see(Level::Low, now).unwrap().contains("nearly full"));
        assert_eq!(see(Level::Low, now), None);
        assert_eq!(see(Level::Filling, now), None, "better");
        assert_eq!(see(Level::Low, now), None, "up and down at a limit");
        assert!(
            see(Level::Stopped, now).unwrap().contains("stopped"),
            "worse than what was told"
        );
        assert_eq!(see(Level::Fine, now), None);
        assert!(see(Level::Filling, later).is_some(), "a new day, a new decline");
    }

    #[test]
    fn the_sentence_names_the_disk_and_what_to_do() {
        let mut disk = DiskMemory::begin(&state(Level::Fine));
        let news = disk
            .see(Path::new("/data"), &state(Level::Filling), Timestamp(0))
            .unwrap();
        assert_eq!(news.body, "Disk /data: Free some space.");
    }
}
