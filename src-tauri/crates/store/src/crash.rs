//! What a service said last before it ended by itself: its container, and the log in it, may be gone by the time that
//! somebody looks.

use freehold_model::{NodeId, ServiceName, Timestamp};
use rusqlite::params;

use crate::{Store, StoreError};

/// Crashes kept of each node.
const KEPT: u32 = 10;

/// Last lines kept of each crash.
const LINES: usize = 200;

/// Characters kept of each line.
const LINE: usize = 2000;

/// One crash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crash {
    /// Counts up.
    pub id: i64,
    /// The service that ended.
    pub service: String,
    /// When.
    pub at: Timestamp,
    /// How, in words.
    pub exit: String,
    /// Its last lines, oldest first.
    pub lines: Vec<String>,
}

impl Store {
    /// Notes a crash with the service's last lines: the last 200 are kept, of each the first 2,000 characters, and of each
    /// node the last 10 crashes. A node that is not in the database is left out.
    pub fn put_crash(
        &self,
        node: &NodeId,
        service: &ServiceName,
        at: Timestamp,
        exit: &str,
        lines: &[String],
    ) -> Result<(), StoreError> {
        let last = lines.get(lines.len().saturating_sub(LINES)..).unwrap_or_default();
        let last: Vec<String> = last.iter().map(|line| line.chars().take(LINE).collect()).collect();
        let text = serde_json::to_string(&last).map_err(|error| self.broken_record(node.as_str(), error))?;
        self.transaction(|transaction| {
            transaction.execute(
                "INSERT INTO crash (node, service, at, exit, lines)
                 SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM node WHERE id = ?1)",
                params![node.as_str(), service.as_str(), at.0, exit, text],
            )?;
            transaction.execute(
                "DELETE FROM crash WHERE node = ?1 AND id NOT IN
                     (SELECT id FROM crash WHERE node = ?1 ORDER BY id DESC LIMIT ?2)",
                params![node.as_str(), KEPT],
            )?;
            Ok(())
        })
    }

    /// The crashes of a node, the newest first.
    pub fn crashes(&self, node: &NodeId) -> Result<Vec<Crash>, StoreError> {
        let found: Vec<(Crash, String)> = self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT id, service, at, exit, lines FROM crash WHERE node = ?1 ORDER BY id DESC")?;
            let rows = statement.query_map(params![node.as_str()], |row| {
                let crash = Crash {
                    id: row.get(0)?,
                    service: row.get(1)?,
                    at: Timestamp(row.get(2)?),
                    exit: row.get(3)?,
                    lines: Vec::new(),
                };
                Ok((crash, row.get(4)?))
            })?;
            rows.collect()
        })?;
        found
            .into_iter()
            .map(|(crash, text)| {
                let lines = serde_json::from_str(&text).map_err(|error| self.broken_record(node.as_str(), error))?;
                Ok(Crash { lines, ..crash })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use freehold_model::{ServiceName, Timestamp};

    use crate::test_store::{node, store};

    #[test]
    fn the_last_ten_crashes_and_their_last_lines_are_kept() {
        let (_folder, store) = store(&["a", "b"]);
        let service = ServiceName::try_new("bitcoind").unwrap();
        let lines: Vec<String> = (0..250).map(|line| format!("line {line} \"\u{1b}[0m\"")).collect();
        for at in 0..13 {
            store
                .put_crash(&node("a"), &service, Timestamp(at), "code 1", &lines)
                .unwrap();
        }
        let long = "\u{e9}".repeat(5000);
        store
            .put_crash(&node("b"), &service, Timestamp(99), "killed", &[long])
            .unwrap();
        let crashes = store.crashes(&node("a")).unwrap();
        let times: Vec<_> = crashes.iter().map(|crash| crash.at.0).collect();
        assert_eq!(
            times,
            (3..13).rev().collect::<Vec<_>>(),
            "the newest first, ten of them"
        );
        assert_eq!(crashes[0].lines, lines[50..], "the last 200, as they were");
        assert_eq!(
            (crashes[0].service.as_str(), crashes[0].exit.as_str()),
            ("bitcoind", "code 1")
        );
        let other = store.crashes(&node("b")).unwrap();
        assert_eq!(other.len(), 1, "each node has its own");
        assert_eq!(other[0].lines[0].chars().count(), 2000, "a long line is cut");
    }

    #[test]
    fn a_forgotten_node_leaves_no_crash() {
        let (_folder, store) = store(&["a"]);
        let service = ServiceName::try_new("bitcoind").unwrap();
        let put = || store.put_crash(&node("a"), &service, Timestamp(1), "code 1", &[]);
        put().unwrap();
        assert_eq!(store.crashes(&node("a")).unwrap().len(), 1);
        store.forget_node(&node("a")).unwrap();
        put().unwrap();
        assert!(
            store.crashes(&node("a")).unwrap().is_empty(),
            "neither what was nor what came late"
        );
    }
}
