//! How far nodes had synced, and when: every minute for a day, every quarter of an hour for a week, every two hours for 30
//! days.

use freehold_model::{NodeId, Timestamp};
use rusqlite::{Transaction, params};

use crate::series::{Subject, count, kept};
use crate::thin::{is_due, mark};
use crate::{Store, StoreError};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Seconds for which anything is kept.
const KEPT_FOR: i64 = 30 * DAY;

/// Age in seconds from which only one reading in so many seconds is kept; with the name of its mark.
const THINNED: [(i64, i64, &str); 2] = [
    (DAY, 900, "sync_progress_quarter"),
    (7 * DAY, 2 * HOUR, "sync_progress_two_hours"),
];

/// How far a node was. Each is `None` where it did not tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SyncReading {
    /// Its newest block.
    pub height: Option<u64>,
    /// Progress, 0 to 100.
    pub percent: Option<f64>,
    /// Peers, in and out.
    pub peers: Option<u32>,
}

/// One point of a history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SyncPoint {
    /// When it was read.
    pub at: Timestamp,
    /// What.
    pub reading: SyncReading,
}

impl Store {
    /// Adds what nodes said at `at`, meant for every minute; one transaction. Nodes that are not in the database are left
    /// out.
    pub fn add_sync_progress(&self, at: Timestamp, readings: &[(NodeId, SyncReading)]) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO sync_progress (at, series, height, percent, peers) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (node, reading) in readings {
                let Some(series) = Subject::Node(node.clone()).series(transaction)? else {
                    continue;
                };
                let percent = reading.percent.filter(|percent| percent.is_finite());
                insert.execute(params![
                    at.seconds(),
                    series,
                    reading.height.map(kept),
                    percent,
                    reading.peers
                ])?;
            }
            Ok(())
        })
    }

    /// The history of `node` from `from` (included) to `to` (not included), oldest first, as at most `max_points` points;
    /// where there are more readings, the last one of each equal part of the time is given.
    pub fn sync_progress(
        &self,
        node: &NodeId,
        from: Timestamp,
        to: Timestamp,
        max_points: usize,
    ) -> Result<Vec<SyncPoint>, StoreError> {
        let found: Vec<SyncPoint> = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT at, height, percent, peers FROM sync_progress
                 WHERE at >= ?2 AND at < ?3
                     AND series = (SELECT id FROM series WHERE node = ?1 AND service = '')
                 ORDER BY at",
            )?;
            let rows = statement.query_map(params![node.as_str(), from.seconds(), to.seconds()], |row| {
                Ok(SyncPoint {
                    at: Timestamp(row.get::<_, i64>(0)?.saturating_mul(1000)),
                    reading: SyncReading {
                        height: row.get::<_, Option<i64>>(1)?.map(count),
                        percent: row.get(2)?,
                        peers: row.get(3)?,
                    },
                })
            })?;
            rows.collect()
        })?;
        if found.len() <= max_points {
            return Ok(found);
        }
        let parts = i64::try_from(max_points).unwrap_or(i64::MAX);
        let span = to.seconds() - from.seconds();
        let part = |point: &SyncPoint| (point.at.seconds() - from.seconds()).saturating_mul(parts) / span;
        Ok(found
            .chunk_by(|one, two| parts > 0 && part(one) == part(two))
            .filter_map(|chunk| chunk.last().copied())
            .take(max_points)
            .collect())
    }
}

/// Leaves the last reading of each part of the time that is old by `now`, and drops the oldest.
pub(crate) fn thin(transaction: &Transaction<'_>, now: i64) -> rusqlite::Result<()> {
    for (age, step, name) in THINNED {
        let until = (now - age).div_euclid(step) * step;
        let Some(from) = is_due(transaction, name, until)? else {
            continue;
        };
        transaction
            .prepare_cached(
                "DELETE FROM sync_progress WHERE at >= ?1 AND at < ?2 AND (at, series) NOT IN
                     (SELECT MAX(at), series FROM sync_progress WHERE at >= ?1 AND at < ?2 GROUP BY at / ?3, series)",
            )?
            .execute(params![from, until, step])?;
        mark(transaction, name, until)?;
        for (condition, limit) in [("<", now - KEPT_FOR), (">", now + HOUR)] {
            transaction
                .prepare_cached(&format!("DELETE FROM sync_progress WHERE at {condition} ?1"))?
                .execute(params![limit])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use freehold_model::Timestamp;

    use super::{DAY, HOUR, SyncReading};
    use crate::test_store::{node, store};

    fn reading(height: i64) -> SyncReading {
        SyncReading {
            height: u64::try_from(height).ok(),
            percent: Some(50.0),
            peers: None,
        }
    }

    #[test]
    fn old_readings_are_thinned_and_the_last_of_each_part_stays() {
        let (_folder, store) = store(&["a"]);
        let now = 1_700_000_000 / DAY * DAY;
        let minutes = |from: i64, to: i64| (from..to).step_by(60);
        for at in minutes(now - 9 * DAY, now).chain(minutes(now - 40 * DAY, now - 39 * DAY)) {
            store
                .add_sync_progress(Timestamp(at * 1000), &[(node("a"), reading(at))])
                .unwrap();
        }
        store.thin(Timestamp(now * 1000)).unwrap();
        store.thin(Timestamp(now * 1000)).unwrap();
        let count = |from: i64, to: i64| {
            let points = store
                .sync_progress(&node("a"), Timestamp(from * 1000), Timestamp(to * 1000), 100_000)
                .unwrap();
            assert!(points.iter().all(|point| point.reading == reading(point.at.seconds())));
            points.len()
        };
        assert_eq!(count(now - DAY, now), 1440, "every minute of the last day");
        assert_eq!(count(now - 7 * DAY, now - DAY), 6 * 96, "four an hour up to a week");
        assert_eq!(count(now - 9 * DAY, now - 7 * DAY), 2 * 12, "one in two hours beyond");
        assert_eq!(count(0, now - 30 * DAY), 0, "nothing older than 30 days");
        let last = store
            .sync_progress(&node("a"), Timestamp((now - 9 * DAY) * 1000), Timestamp(now * 1000), 1)
            .unwrap();
        assert_eq!(last.len(), 1);
        assert_eq!(last[0].at.seconds(), now - 60, "the last of all");
    }

    #[test]
    fn few_points_are_spread_over_the_time() {
        let (_folder, store) = store(&["a", "b"]);
        for minute in 0..120 {
            store
                .add_sync_progress(
                    Timestamp(minute * 60_000),
                    &[(node("a"), reading(minute)), (node("b"), reading(7))],
                )
                .unwrap();
        }
        let points = store
            .sync_progress(&node("a"), Timestamp(0), Timestamp(2 * HOUR * 1000), 4)
            .unwrap();
        let heights: Vec<_> = points.iter().filter_map(|point| point.reading.height).collect();
        assert_eq!(heights, [29, 59, 89, 119]);
        let none = store
            .sync_progress(&node("a"), Timestamp(0), Timestamp(i64::MAX), 0)
            .unwrap();
        assert!(none.is_empty(), "no points were asked for");
    }

    #[test]
    fn a_forgotten_node_leaves_no_history_to_the_next_of_its_name() {
        let (_folder, store) = store(&["a"]);
        let all = |store: &crate::Store| {
            store
                .sync_progress(&node("a"), Timestamp(0), Timestamp(i64::MAX), 100)
                .unwrap()
        };
        store
            .add_sync_progress(Timestamp(1000), &[(node("a"), reading(1))])
            .unwrap();
        assert_eq!(all(&store).len(), 1);
        store.forget_node(&node("a")).unwrap();
        store
            .add_sync_progress(Timestamp(2000), &[(node("a"), reading(2))])
            .unwrap();
        assert!(all(&store).is_empty(), "neither what was nor what came late");
    }
}
