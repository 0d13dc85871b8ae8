//! The SQLite database: node records and activity. Migrations go forward only.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use crate::{Layout, StoreError, file};

/// Every migration in order; the database's `user_version` counts those applied. Never change one that was released.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE node (
        id TEXT PRIMARY KEY,
        record TEXT NOT NULL
    ) STRICT;
    CREATE TABLE activity (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX activity_subject ON activity (subject);
"];

/// The database of Freehold's folder. Calls are short and block; every write is one transaction.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens the database, bringing an older one up to date. A newer one is refused and not touched.
    pub fn open(layout: &Layout) -> Result<Self, StoreError> {
        file::create_private_folder(layout.root())?;
        let path = layout.database();
        let wrap = |source| StoreError::Database {
            path: path.clone(),
            source,
        };
        let mut connection = Connection::open(&path).map_err(wrap)?;
        let found: u32 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(wrap)?;
        let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
        if found > known {
            return Err(StoreError::Newer { path, found, known });
        }
        // WAL with full sync: a commit that returned is there after a power cut.
        connection.busy_timeout(Duration::from_secs(5)).map_err(wrap)?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(wrap)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(wrap)?;
        for (version, migration) in (1_u32..)
            .zip(MIGRATIONS)
            .skip(usize::try_from(found).unwrap_or(usize::MAX))
        {
            let transaction = connection.transaction().map_err(wrap)?;
            transaction.execute_batch(migration).map_err(wrap)?;
            transaction.pragma_update(None, "user_version", version).map_err(wrap)?;
            transaction.commit().map_err(wrap)?;
        }
        Ok(Self {
            path,
            connection: Mutex::new(connection),
        })
    }

    /// The connection. A panic while it was held cannot leave half a transaction: SQLite rolls it back.
    pub(crate) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn wrap(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Database {
            path: self.path.clone(),
            source,
        }
    }

    pub(crate) fn broken_record(&self, subject: &str, source: serde_json::Error) -> StoreError {
        StoreError::Record {
            path: self.path.clone(),
            subject: subject.to_owned(),
            source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MIGRATIONS, Store};
    use crate::{Layout, StoreError};

    #[test]
    fn a_newer_database_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path());
        drop(Store::open(&layout).unwrap());
        let newer = u32::try_from(MIGRATIONS.len()).unwrap() + 7;
        let connection = rusqlite::Connection::open(layout.database()).unwrap();
        connection.pragma_update(None, "user_version", newer).unwrap();
        drop(connection);
        let error = Store::open(&layout).unwrap_err();
        assert!(matches!(error, StoreError::Newer { .. }), "{error}");
        let version: u32 = rusqlite::Connection::open(layout.database())
            .unwrap()
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(version, newer, "the file was not changed");
    }

    #[test]
    fn opening_twice_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path());
        drop(Store::open(&layout).unwrap());
        assert!(Store::open(&layout).unwrap().nodes().unwrap().is_empty());
    }
}
