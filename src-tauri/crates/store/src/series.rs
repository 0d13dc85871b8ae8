//! Who a history is about.

use freehold_model::{NodeId, ServiceName};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// Who a history is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// This machine as a whole.
    Machine,
    /// A node as a whole: what all its services use together.
    Node(NodeId),
    /// One service of a node.
    Service(NodeId, ServiceName),
}

impl Subject {
    /// The node and the service, empty where there is none.
    fn key(&self) -> (&str, &str) {
        match self {
            Self::Machine => ("", ""),
            Self::Node(node) => (node.as_str(), ""),
            Self::Service(node, service) => (node.as_str(), service.as_str()),
        }
    }

    /// The number under which the subject's own readings are kept, made on first use. `None` for a node that is not
    /// there (any more): a reading that was on its way when the node was forgotten must not come back with the next node
    /// of that name.
    pub(crate) fn series(&self, transaction: &Transaction<'_>) -> rusqlite::Result<Option<i64>> {
        let (node, service) = self.key();
        let found = transaction
            .prepare_cached("SELECT id FROM series WHERE node = ?1 AND service = ?2")?
            .query_row(params![node, service], |row| row.get(0))
            .optional()?;
        if found.is_some() {
            return Ok(found);
        }
        transaction
            .prepare_cached(
                "INSERT INTO series (node, service)
                 SELECT ?1, ?2 WHERE ?1 = '' OR EXISTS (SELECT 1 FROM node WHERE id = ?1) RETURNING id",
            )?
            .query_row(params![node, service], |row| row.get(0))
            .optional()
    }

    /// The numbers whose readings make up the subject: for a node its own and those of its services.
    pub(crate) fn parts(&self, connection: &Connection) -> rusqlite::Result<Vec<i64>> {
        let (node, service) = self.key();
        let is_whole_node = matches!(self, Self::Node(_));
        connection
            .prepare_cached("SELECT id FROM series WHERE node = ?1 AND (?3 OR service = ?2)")?
            .query_map(params![node, service, is_whole_node], |row| row.get(0))?
            .collect()
    }
}

/// Largest number that is kept: sums of it stay far from SQLite's limit, and it is exact as a floating number.
const LARGEST: u64 = 1 << 53;

/// A count as SQLite keeps it.
pub(crate) fn kept(count: u64) -> i64 {
    i64::try_from(count.min(LARGEST)).unwrap_or(i64::MAX)
}

/// A count that SQLite kept.
pub(crate) fn count(kept: i64) -> u64 {
    u64::try_from(kept).unwrap_or(0)
}
