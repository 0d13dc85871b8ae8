//! What Freehold did, kept so that people can see it.

use freehold_model::Timestamp;
use rusqlite::params;

use crate::{Store, StoreError};

/// Entries kept; older ones go.
const KEPT: i64 = 10_000;

/// What sort of thing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivityKind {
    /// Something about a node.
    Node,
    /// Something about a wallet.
    Wallet,
    /// The engine came or went.
    Engine,
    /// Something failed.
    Fault,
    /// Settings changed.
    Settings,
    /// Something worth knowing happened by itself.
    Notice,
}

impl ActivityKind {
    const fn text(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Wallet => "wallet",
            Self::Engine => "engine",
            Self::Fault => "fault",
            Self::Settings => "settings",
            Self::Notice => "notice",
        }
    }

    fn from_text(text: &str) -> Self {
        match text {
            "wallet" => Self::Wallet,
            "engine" => Self::Engine,
            "fault" => Self::Fault,
            "settings" => Self::Settings,
            "notice" => Self::Notice,
            _ => Self::Node,
        }
    }
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Counts up.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// What sort.
    pub kind: ActivityKind,
    /// Node or wallet.
    pub subject: Option<String>,
    /// One sentence without secrets.
    pub text: String,
}

impl Store {
    /// Adds an entry.
    pub fn add_activity(
        &self,
        at: Timestamp,
        kind: ActivityKind,
        subject: Option<&str>,
        text: &str,
    ) -> Result<Activity, StoreError> {
        let connection = self.connection();
        connection
            .execute(
                "INSERT INTO activity (at, kind, subject, text) VALUES (?1, ?2, ?3, ?4)",
                params![at.0, kind.text(), subject, text],
            )
            .map_err(|error| self.wrap(error))?;
        let id = connection.last_insert_rowid();
        connection
            .execute("DELETE FROM activity WHERE id <= ?1", params![id - KEPT])
            .map_err(|error| self.wrap(error))?;
        Ok(Activity {
            id,
            at,
            kind,
            subject: subject.map(str::to_owned),
            text: text.to_owned(),
        })
    }

    /// The newest entries first.
    pub fn activities(&self, subject: Option<&str>, limit: u32) -> Result<Vec<Activity>, StoreError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached(
                "SELECT id, at, kind, subject, text FROM activity WHERE ?1 IS NULL OR subject = ?1
                 ORDER BY id DESC LIMIT ?2",
            )
            .map_err(|error| self.wrap(error))?;
        let rows = statement
            .query_map(params![subject, limit], |row| {
                Ok(Activity {
                    id: row.get(0)?,
                    at: Timestamp(row.get(1)?),
                    kind: ActivityKind::from_text(&row.get::<_, String>(2)?),
                    subject: row.get(3)?,
                    text: row.get(4)?,
                })
            })
            .map_err(|error| self.wrap(error))?;
        rows.collect::<Result<_, _>>().map_err(|error| self.wrap(error))
    }
}

#[cfg(test)]
mod tests {
    use super::ActivityKind;
    use crate::{Layout, Store};
    use freehold_model::Timestamp;

    #[test]
    fn the_newest_comes_first_and_a_subject_can_be_picked() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Layout::new(folder.path())).unwrap();
        for (subject, text) in [(Some("a"), "one"), (Some("b"), "two"), (None, "three")] {
            store
                .add_activity(Timestamp(1), ActivityKind::Node, subject, text)
                .unwrap();
        }
        let texts = |subject| {
            store
                .activities(subject, 10)
                .unwrap()
                .into_iter()
                .map(|entry| entry.text)
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(None), ["three", "two", "one"]);
        assert_eq!(texts(Some("b")), ["two"]);
    }
}
