//! Keeps histories small: older readings are joined, the oldest dropped.

use freehold_model::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError, disk_space, sync_progress, usage};

impl Store {
    /// Joins and drops readings that have become old by `now`; one transaction. Meant to be called every minute or so,
    /// and cheap when nothing is due. Readings more than an hour ahead of `now` (the clock was wrong) are dropped too.
    pub fn thin(&self, now: Timestamp) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            usage::thin::usage(transaction, now.seconds())?;
            sync_progress::thin(transaction, now.seconds())?;
            disk_space::thin(transaction, now.seconds())
        })
    }
}

/// From when on `name` has not been thinned yet, where that is before `until`; else `None`. A mark ahead of `until` is
/// from a time when the clock was ahead: it is put back, lest nothing be thinned until then.
pub(crate) fn is_due(transaction: &Transaction<'_>, name: &str, until: i64) -> rusqlite::Result<Option<i64>> {
    let found: Option<i64> = transaction
        .prepare_cached("SELECT until FROM thinned WHERE name = ?1")?
        .query_row(params![name], |row| row.get(0))
        .optional()?;
    let from = found.unwrap_or(0);
    if from > until {
        mark(transaction, name, until)?;
    }
    Ok((from < until).then_some(from))
}

/// Notes that `name` has been thinned up to `until`.
pub(crate) fn mark(transaction: &Transaction<'_>, name: &str, until: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT OR REPLACE INTO thinned (name, until) VALUES (?1, ?2)")?
        .execute(params![name, until])?;
    Ok(())
}
