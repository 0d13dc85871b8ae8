//! How full the disks were: every quarter of an hour for 31 days, for a forecast.

use std::path::{Path, PathBuf};

use freehold_model::{ByteSize, Timestamp};
use rusqlite::{Transaction, params};

use crate::series::{count, kept};
use crate::thin::{is_due, mark};
use crate::{Store, StoreError};

const STEP: i64 = 900;
const KEPT_FOR: i64 = 31 * 86_400;

/// How full one disk is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskSpaceSample {
    /// Where it is mounted.
    pub mount_point: PathBuf,
    /// Free.
    pub free: ByteSize,
    /// Its size.
    pub total: ByteSize,
}

/// How full a disk was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskSpacePoint {
    /// When: the beginning of the quarter of an hour in which it was read.
    pub at: Timestamp,
    /// Free then.
    pub free: ByteSize,
    /// Its size then.
    pub total: ByteSize,
}

impl Store {
    /// Adds how full the disks are at `at`. The first sample of each quarter of an hour is kept; the others cost nothing
    /// but the call.
    pub fn add_disk_space(&self, at: Timestamp, samples: &[DiskSpaceSample]) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO disk_space (mount_point, at, free, total) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            )?;
            for sample in samples {
                insert.execute(params![
                    sample.mount_point.to_string_lossy(),
                    at.seconds().div_euclid(STEP) * STEP,
                    kept(sample.free.bytes()),
                    kept(sample.total.bytes()),
                ])?;
            }
            Ok(())
        })
    }

    /// How full the disk at `mount_point` was from `from` (included) to `to` (not included), oldest first.
    pub fn disk_space(
        &self,
        mount_point: &Path,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<DiskSpacePoint>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT at, free, total FROM disk_space WHERE mount_point = ?1 AND at >= ?2 AND at < ?3 ORDER BY at",
            )?;
            let mount_point = mount_point.to_string_lossy();
            let rows = statement.query_map(params![mount_point, from.seconds(), to.seconds()], |row| {
                Ok(DiskSpacePoint {
                    at: Timestamp(row.get::<_, i64>(0)?.saturating_mul(1000)),
                    free: ByteSize(count(row.get(1)?)),
                    total: ByteSize(count(row.get(2)?)),
                })
            })?;
            rows.collect()
        })
    }
}

/// Drops what is old by `now`.
pub(crate) fn thin(transaction: &Transaction<'_>, now: i64) -> rusqlite::Result<()> {
    let until = now.div_euclid(STEP) * STEP;
    if is_due(transaction, "disk_space", until)?.is_some() {
        transaction
            .prepare_cached("DELETE FROM disk_space WHERE at < ?1 OR at > ?2")?
            .execute(params![now - KEPT_FOR, now + 3600])?;
        mark(transaction, "disk_space", until)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use freehold_model::{ByteSize, Timestamp};

    use super::{DiskSpaceSample, KEPT_FOR};
    use crate::test_store::store;

    #[test]
    fn one_sample_in_a_quarter_of_an_hour_is_kept_for_a_month() {
        let (_folder, store) = store(&[]);
        let now = 2_000_000_000 / 900 * 900;
        for at in (now - 40 * 86_400..now).step_by(300) {
            let free = ByteSize(u64::try_from(now - at).unwrap());
            let disk = |at: &str| DiskSpaceSample {
                mount_point: at.into(),
                free,
                total: ByteSize::gb(500),
            };
            store
                .add_disk_space(Timestamp(at * 1000), &[disk("/"), disk("/mnt/chain")])
                .unwrap();
        }
        store.thin(Timestamp(now * 1000)).unwrap();
        let points = store
            .disk_space(Path::new("/"), Timestamp(0), Timestamp(now * 1000))
            .unwrap();
        assert_eq!(points.len(), 31 * 96, "four an hour for 31 days");
        assert!(
            points
                .iter()
                .all(|point| point.at.seconds() % 900 == 0 && point.at.seconds() >= now - KEPT_FOR)
        );
        assert!(points.windows(2).all(|pair| pair[0].at < pair[1].at), "oldest first");
        assert_eq!(
            store
                .disk_space(Path::new("/mnt"), Timestamp(0), Timestamp(now * 1000))
                .unwrap(),
            [],
            "another disk"
        );
    }
}
