//! The SQLite database: node records, activity, histories, pins and crashes. Migrations go forward only.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction};

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
", "
    -- Who a history is about: a service, a whole node (no service) or the machine (neither).
    CREATE TABLE series (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        node TEXT NOT NULL,
        service TEXT NOT NULL,
        UNIQUE (node, service)
    ) STRICT;
    -- Times of histories are seconds, processors hundredths of a percent of one. What is written often lies in the order
    -- of time, so that a write touches the last page only; what is written seldom lies together by its series.
    CREATE TABLE usage_raw (
        at INTEGER NOT NULL, series INTEGER NOT NULL,
        cpu INTEGER, cpu_max INTEGER, memory INTEGER, disk INTEGER,
        network_in INTEGER, network_out INTEGER, disk_read INTEGER, disk_written INTEGER,
        PRIMARY KEY (at, series)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE usage_minute (
        at INTEGER NOT NULL, series INTEGER NOT NULL,
        cpu INTEGER, cpu_max INTEGER, memory INTEGER, disk INTEGER,
        network_in INTEGER, network_out INTEGER, disk_read INTEGER, disk_written INTEGER,
        PRIMARY KEY (at, series)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE usage_quarter (
        at INTEGER NOT NULL, series INTEGER NOT NULL,
        cpu INTEGER, cpu_max INTEGER, memory INTEGER, disk INTEGER,
        network_in INTEGER, network_out INTEGER, disk_read INTEGER, disk_written INTEGER,
        PRIMARY KEY (series, at)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sync_progress (
        at INTEGER NOT NULL, series INTEGER NOT NULL,
        height INTEGER, percent REAL, peers INTEGER,
        PRIMARY KEY (at, series)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE disk_space (
        mount_point TEXT NOT NULL, at INTEGER NOT NULL,
        free INTEGER NOT NULL, total INTEGER NOT NULL,
        PRIMARY KEY (mount_point, at)
    ) STRICT, WITHOUT ROWID;
    -- Up to when each history has been thinned.
    CREATE TABLE thinned (
        name TEXT PRIMARY KEY,
        until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pin (
        repository TEXT NOT NULL, tag TEXT NOT NULL,
        digest TEXT NOT NULL,
        first_seen INTEGER NOT NULL,
        PRIMARY KEY (repository, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE crash (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        node TEXT NOT NULL,
        service TEXT NOT NULL,
        at INTEGER NOT NULL,
        exit TEXT NOT NULL,
        lines TEXT NOT NULL
    ) STRICT;
    CREATE INDEX crash_node ON crash (node);
", "
    -- What is another than before, as JSON.
    ALTER TABLE activity ADD COLUMN changes TEXT;
    -- When each registry was last reached, and last was not.
    CREATE TABLE registry (
        host TEXT PRIMARY KEY,
        reached INTEGER, failed INTEGER,
        why TEXT
    ) STRICT, WITHOUT ROWID;
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
        // It keeps the last words of nodes that crashed: nobody else's business, whatever the folder's mode is.
        file::make_private(&path)?;
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

    /// Does `work` in one transaction: all of it is on the disk on return, or none.
    pub(crate) fn transaction<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection();
        let done = connection.transaction().and_then(|transaction| {
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        });
        done.map_err(|error| self.wrap(error))
    }

    /// Reads with `work`.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&self.connection()).map_err(|error| self.wrap(error))
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
    fn a_database_of_the_first_version_is_brought_up_to_date_with_all_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path());
        let connection = rusqlite::Connection::open(layout.database()).unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        connection
            .execute("INSERT INTO activity (at, kind, text) VALUES (5, 'engine', 'kept')", [])
            .unwrap();
        drop(connection);
        let store = Store::open(&layout).unwrap();
        assert_eq!(
            store.activities(&crate::ActivityFilter::default(), 9).unwrap()[0].text,
            "kept"
        );
        assert_eq!(
            store.pin("bitcoin/bitcoin", "29.0").unwrap(),
            None,
            "what is new is there"
        );
    }

    #[test]
    fn opening_twice_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::new(folder.path());
        drop(Store::open(&layout).unwrap());
        assert!(Store::open(&layout).unwrap().nodes().unwrap().is_empty());
    }
}
