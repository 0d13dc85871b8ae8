//! When each registry was last reached: what an outage looks like is known only to who was there before.

use freehold_model::Timestamp;
use rusqlite::params;

use crate::{Store, StoreError};

/// How a registry behaved when it was asked last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryContact {
    /// Its host, with the port where it has one.
    pub host: String,
    /// When it last gave what it was asked for.
    pub reached: Option<Timestamp>,
    /// When it last could not be reached.
    pub failed: Option<Timestamp>,
    /// Why not.
    pub why: Option<String>,
}

impl Store {
    /// Notes that a registry gave what it was asked for.
    pub fn note_registry_reached(&self, host: &str, at: Timestamp) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            transaction.execute(
                "INSERT INTO registry (host, reached) VALUES (?1, ?2)
                 ON CONFLICT (host) DO UPDATE SET reached = excluded.reached",
                params![host, at.0],
            )?;
            Ok(())
        })
    }

    /// Notes that a registry could not be reached.
    pub fn note_registry_failed(&self, host: &str, at: Timestamp, why: &str) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            transaction.execute(
                "INSERT INTO registry (host, failed, why) VALUES (?1, ?2, ?3)
                 ON CONFLICT (host) DO UPDATE SET failed = excluded.failed, why = excluded.why",
                params![host, at.0, why],
            )?;
            Ok(())
        })
    }

    /// Every registry that was asked at least once, in the order of their names.
    pub fn registry_contacts(&self) -> Result<Vec<RegistryContact>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT host, reached, failed, why FROM registry ORDER BY host")?;
            let rows = statement.query_map([], |row| {
                Ok(RegistryContact {
                    host: row.get(0)?,
                    reached: row.get::<_, Option<i64>>(1)?.map(Timestamp),
                    failed: row.get::<_, Option<i64>>(2)?.map(Timestamp),
                    why: row.get(3)?,
                })
            })?;
            rows.collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use freehold_model::Timestamp;

    use crate::test_store::store;

    #[test]
    fn a_failure_keeps_when_it_was_reached_and_the_other_way_round() {
        let (_folder, store) = store(&[]);
        store.note_registry_reached("example.org", Timestamp(1)).unwrap();
        store
            .note_registry_failed("example.org", Timestamp(2), "no route")
            .unwrap();
        store
            .note_registry_failed("other.org:5000", Timestamp(3), "refused")
            .unwrap();
        store.note_registry_reached("example.org", Timestamp(4)).unwrap();
        let contacts = store.registry_contacts().unwrap();
        assert_eq!(contacts.len(), 2);
        assert_eq!(
            (contacts[0].reached, contacts[0].failed, contacts[0].why.as_deref()),
            (Some(Timestamp(4)), Some(Timestamp(2)), Some("no route"))
        );
        assert_eq!((contacts[1].reached, contacts[1].failed), (None, Some(Timestamp(3))));
    }
}
