//! Node records.

use freehold_model::{NodeId, NodeRecord};
use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

impl Store {
    /// Every record, oldest id first.
    pub fn nodes(&self) -> Result<Vec<NodeRecord>, StoreError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached("SELECT id, record FROM node ORDER BY id")
            .map_err(|error| self.wrap(error))?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
            .map_err(|error| self.wrap(error))?;
        rows.map(|row| {
            let (id, text) = row.map_err(|error| self.wrap(error))?;
            serde_json::from_str(&text).map_err(|error| self.broken_record(&id, error))
        })
        .collect()
    }

    /// One record.
    pub fn node(&self, id: &NodeId) -> Result<Option<NodeRecord>, StoreError> {
        let text: Option<String> = self
            .connection()
            .query_row("SELECT record FROM node WHERE id = ?1", params![id.as_str()], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|error| self.wrap(error))?;
        text.map(|text| serde_json::from_str(&text).map_err(|error| self.broken_record(id.as_str(), error)))
            .transpose()
    }

    /// Writes a record, replacing the one with the same id. On return it is on the disk.
    pub fn put_node(&self, record: &NodeRecord) -> Result<(), StoreError> {
        let text = serde_json::to_string(record).map_err(|error| self.broken_record(record.id.as_str(), error))?;
        self.connection()
            .execute(
                "INSERT INTO node (id, record) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET record = excluded.record",
                params![record.id.as_str(), text],
            )
            .map_err(|error| self.wrap(error))?;
        Ok(())
    }

    /// Forgets a node with its histories and crashes; no error when it is already forgotten.
    pub fn forget_node(&self, id: &NodeId) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            for statement in [
                "DELETE FROM usage_raw WHERE series IN (SELECT id FROM series WHERE node = ?1)",
                "DELETE FROM usage_minute WHERE series IN (SELECT id FROM series WHERE node = ?1)",
                "DELETE FROM usage_quarter WHERE series IN (SELECT id FROM series WHERE node = ?1)",
                "DELETE FROM sync_progress WHERE series IN (SELECT id FROM series WHERE node = ?1)",
                "DELETE FROM series WHERE node = ?1",
                "DELETE FROM crash WHERE node = ?1",
                "DELETE FROM node WHERE id = ?1",
            ] {
                transaction.execute(statement, params![id.as_str()])?;
            }
            Ok(())
        })
    }
}
