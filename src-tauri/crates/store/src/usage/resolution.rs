//! The three resolutions of a history.

use rusqlite::{Connection, OptionalExtension, params};

/// How finely readings are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resolution {
    Raw,
    Minute,
    Quarter,
}

impl Resolution {
    /// Seconds that a row stands for.
    pub(super) const fn step(self) -> i64 {
        match self {
            Self::Raw => 10,
            Self::Minute => 60,
            Self::Quarter => 900,
        }
    }

    /// Seconds for which rows are kept.
    pub(super) const fn kept_for(self) -> i64 {
        match self {
            Self::Raw => 2 * 3600,
            Self::Minute => 26 * 3600,
            Self::Quarter => 31 * 86_400,
        }
    }

    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Raw => "usage_raw",
            Self::Minute => "usage_minute",
            Self::Quarter => "usage_quarter",
        }
    }

    pub(super) const fn finer(self) -> Option<Self> {
        match self {
            Self::Raw => None,
            Self::Minute => Some(Self::Raw),
            Self::Quarter => Some(Self::Minute),
        }
    }

    /// Up to when (not included) rows have been made of the finer ones.
    pub(super) fn made_until(self, connection: &Connection) -> rusqlite::Result<i64> {
        Ok(connection
            .prepare_cached("SELECT until FROM thinned WHERE name = ?1")?
            .query_row(params![self.table()], |row| row.get(0))
            .optional()?
            .unwrap_or(0))
    }

    /// The time of the oldest row, of these series where the table is ordered by them.
    pub(super) fn oldest(self, connection: &Connection, series: &[i64]) -> rusqlite::Result<Option<i64>> {
        let sql = format!("SELECT MIN(at) FROM {}", self.table());
        if self != Self::Quarter {
            return connection.prepare_cached(&sql)?.query_row([], |row| row.get(0));
        }
        let mut statement = connection.prepare_cached(&format!("{sql} WHERE series = ?1"))?;
        let mut oldest: Option<i64> = None;
        for series in series {
            let found: Option<i64> = statement.query_row(params![series], |row| row.get(0))?;
            oldest = oldest.into_iter().chain(found).min();
        }
        Ok(oldest)
    }
}
