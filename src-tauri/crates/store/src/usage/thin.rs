//! Makes minutes of raw rows and quarters of minutes, and drops what is old.

use rusqlite::{Transaction, params};

use super::resolution::Resolution;
use crate::thin::{is_due, mark};

/// A sample may be written a little after the time that it carries.
const LATE: i64 = 15;

/// Makes and drops what is due at `now`, seconds since 1970.
pub(crate) fn usage(transaction: &Transaction<'_>, now: i64) -> rusqlite::Result<()> {
    let mut changed = Vec::new();
    for (source, target) in [
        (Resolution::Raw, Resolution::Minute),
        (Resolution::Minute, Resolution::Quarter),
    ] {
        let until = (now - LATE).div_euclid(target.step()) * target.step();
        if let Some(from) = is_due(transaction, target.table(), until)? {
            roll(transaction, source, target, (from, until))?;
            mark(transaction, target.table(), until)?;
            changed.extend([source, target]);
        }
    }
    // Only now: after a long pause the minutes are too old already when they are made, and the quarters need them.
    for resolution in changed {
        drop_old(transaction, resolution, now)?;
    }
    Ok(())
}

/// Means, highest and sums of the source's rows. Doing it again gives the same.
fn roll(
    transaction: &Transaction<'_>,
    source: Resolution,
    target: Resolution,
    (from, until): (i64, i64),
) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT OR REPLACE INTO {} (at, series, cpu, cpu_max, memory, disk, network_in, network_out, disk_read,
             disk_written)
         SELECT at / ?3 * ?3, series, CAST(ROUND(AVG(cpu)) AS INTEGER), MAX(COALESCE(cpu_max, cpu)),
             CAST(ROUND(AVG(memory)) AS INTEGER), CAST(ROUND(AVG(disk)) AS INTEGER),
             SUM(network_in), SUM(network_out), SUM(disk_read), SUM(disk_written)
         FROM {} WHERE at >= ?1 AND at < ?2 GROUP BY at / ?3, series",
        target.table(),
        source.table()
    );
    transaction
        .prepare_cached(&sql)?
        .execute(params![from, until, target.step()])?;
    Ok(())
}

/// Drops rows that have been kept long enough, and those from a time when the clock was wrong and far ahead.
fn drop_old(transaction: &Transaction<'_>, resolution: Resolution, now: i64) -> rusqlite::Result<()> {
    let (before, after) = (now - resolution.kept_for(), now + 3600);
    if resolution != Resolution::Quarter {
        for (condition, limit) in [("<", before), (">", after)] {
            let sql = format!("DELETE FROM {} WHERE at {condition} ?1", resolution.table());
            transaction.prepare_cached(&sql)?.execute(params![limit])?;
        }
        return Ok(());
    }
    // Ordered by series: a search for each is far cheaper than a look at every row.
    let mut all = transaction.prepare_cached("SELECT id FROM series")?;
    let all = all
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    for (condition, limit) in [("<", before), (">", after)] {
        let sql = format!(
            "DELETE FROM {} WHERE series = ?1 AND at {condition} ?2",
            resolution.table()
        );
        let mut delete = transaction.prepare_cached(&sql)?;
        for series in &all {
            delete.execute(params![series, limit])?;
        }
    }
    Ok(())
}
