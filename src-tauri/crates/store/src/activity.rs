//! What Freehold did, kept so that people can see it.

use freehold_model::Timestamp;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

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

/// One value that is another one since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityChange {
    /// What has the value, for people.
    pub what: String,
    /// The value before; absent where there was none or nobody knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The value since; absent where there is none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
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
    /// What is another than before, where that is known.
    pub changes: Vec<ActivityChange>,
}

impl Activity {
    /// Whether the text, its subject or one of its values holds `wanted`, which is in small letters.
    fn mentions(&self, wanted: &str) -> bool {
        let holds = |text: &str| text.to_lowercase().contains(wanted);
        holds(&self.text)
            || self.subject.as_deref().is_some_and(holds)
            || self.changes.iter().any(|change| {
                holds(&change.what)
                    || change.old.as_deref().is_some_and(holds)
                    || change.new.as_deref().is_some_and(holds)
            })
    }
}

/// Which entries are wanted; nothing set means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Only these kinds; empty: all.
    pub kinds: Vec<ActivityKind>,
    /// Only about this node or wallet.
    pub subject: Option<String>,
    /// Only those that hold this text, in any case.
    pub text: Option<String>,
    /// Not before this time.
    pub since: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
    /// Only entries older than the one with this id: the next page.
    pub before: Option<i64>,
}

const COLUMNS: &str = "id, at, kind, subject, text, changes";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Activity> {
    let changes: Option<String> = row.get(5)?;
    Ok(Activity {
        id: row.get(0)?,
        at: Timestamp(row.get(1)?),
        kind: ActivityKind::from_text(&row.get::<_, String>(2)?),
        subject: row.get(3)?,
        text: row.get(4)?,
        // The sentence stands also without them.
        changes: changes
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default(),
    })
}

impl Store {
    /// Adds an entry, with what is another than before.
    pub fn add_activity(
        &self,
        at: Timestamp,
        kind: ActivityKind,
        subject: Option<&str>,
        text: &str,
        changes: &[ActivityChange],
    ) -> Result<Activity, StoreError> {
        let kept = (!changes.is_empty()).then(|| serde_json::to_string(changes));
        let kept = kept
            .transpose()
            .map_err(|error| self.broken_record("activity", error))?;
        let id = self.transaction(|transaction| {
            transaction.execute(
                "INSERT INTO activity (at, kind, subject, text, changes) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![at.0, kind.text(), subject, text, kept],
            )?;
            let id = transaction.last_insert_rowid();
            transaction.execute("DELETE FROM activity WHERE id <= ?1", params![id - KEPT])?;
            Ok(id)
        })?;
        Ok(Activity {
            id,
            at,
            kind,
            subject: subject.map(str::to_owned),
            text: text.to_owned(),
            changes: changes.to_vec(),
        })
    }

    /// The newest entries first, at most `limit` of those that fit.
    pub fn activities(&self, filter: &ActivityFilter, limit: usize) -> Result<Vec<Activity>, StoreError> {
        let text = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let text = text.map(str::to_lowercase);
        // Kinds and text are looked at here: the kinds are few, and the database knows small letters of English only.
        let fits = |entry: &Activity| {
            (filter.kinds.is_empty() || filter.kinds.contains(&entry.kind))
                && text.as_deref().is_none_or(|wanted| entry.mentions(wanted))
        };
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM activity
                 WHERE (?1 IS NULL OR subject = ?1) AND (?2 IS NULL OR at >= ?2) AND (?3 IS NULL OR at < ?3)
                     AND (?4 IS NULL OR id < ?4)
                 ORDER BY id DESC"
            ))?;
            let since = filter.since.map(|at| at.0);
            let until = filter.until.map(|at| at.0);
            let rows = statement.query_map(params![filter.subject, since, until, filter.before], from_row)?;
            let fitting = rows.filter(|row| row.as_ref().map_or(true, &fits));
            fitting.take(limit).collect()
        })
    }

    /// Every node and wallet that an entry is about, in the order of their names.
    pub fn activity_subjects(&self) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT DISTINCT subject FROM activity WHERE subject IS NOT NULL ORDER BY subject")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ActivityChange, ActivityFilter, ActivityKind};
    use crate::{Layout, Store};
    use freehold_model::Timestamp;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Layout::new(folder.path())).unwrap();
        (folder, store)
    }

    fn texts(store: &Store, filter: &ActivityFilter, limit: usize) -> Vec<String> {
        let found = store.activities(filter, limit).unwrap();
        found.into_iter().map(|entry| entry.text).collect()
    }

    #[test]
    fn the_newest_comes_first_and_every_filter_narrows() {
        let (_folder, store) = store();
        let added = [
            (1, ActivityKind::Node, Some("a"), "one"),
            (2, ActivityKind::Wallet, Some("b"), "two ÜBER"),
            (3, ActivityKind::Engine, None, "three"),
        ];
        for (at, kind, subject, text) in added {
            store.add_activity(Timestamp(at), kind, subject, text, &[]).unwrap();
        }
        let all = ActivityFilter::default();
        assert_eq!(texts(&store, &all, 10), ["three", "two ÜBER", "one"]);
        assert_eq!(texts(&store, &all, 2), ["three", "two ÜBER"]);
        let narrowed = |change: &dyn Fn(&mut ActivityFilter)| {
            let mut filter = ActivityFilter::default();
            change(&mut filter);
            texts(&store, &filter, 10)
        };
        assert_eq!(narrowed(&|filter| filter.subject = Some("b".into())), ["two ÜBER"]);
        assert_eq!(narrowed(&|filter| filter.kinds = vec![ActivityKind::Engine]), ["three"]);
        assert_eq!(narrowed(&|filter| filter.text = Some(" über ".into())), ["two ÜBER"]);
        assert_eq!(
            narrowed(&|filter| filter.since = Some(Timestamp(2))),
            ["three", "two ÜBER"]
        );
        assert_eq!(narrowed(&|filter| filter.until = Some(Timestamp(2))), ["one"]);
        assert_eq!(narrowed(&|filter| filter.before = Some(2)), ["one"]);
        assert_eq!(store.activity_subjects().unwrap(), ["a", "b"]);
    }

    #[test]
    fn pages_join_without_gap_or_double() {
        let (_folder, store) = store();
        for at in 0..1_234 {
            let text = at.to_string();
            store
                .add_activity(Timestamp(at), ActivityKind::Node, None, &text, &[])
                .unwrap();
        }
        let mut filter = ActivityFilter::default();
        let mut seen = Vec::new();
        loop {
            let page = store.activities(&filter, 100).unwrap();
            let Some(last) = page.last() else { break };
            filter.before = Some(last.id);
            seen.extend(page.into_iter().map(|entry| entry.at.0));
        }
        assert_eq!(seen, (0..1_234).rev().collect::<Vec<_>>());
    }

    #[test]
    fn what_changed_is_kept_and_found() {
        let (_folder, store) = store();
        let change = ActivityChange {
            what: "dbcache".into(),
            old: Some("450 MiB".into()),
            new: None,
        };
        store
            .add_activity(
                Timestamp(1),
                ActivityKind::Node,
                Some("n"),
                "changed",
                std::slice::from_ref(&change),
            )
            .unwrap();
        let filter = ActivityFilter {
            text: Some("450 mib".into()),
            ..ActivityFilter::default()
        };
        assert_eq!(store.activities(&filter, 9).unwrap()[0].changes, [change]);
    }
}
