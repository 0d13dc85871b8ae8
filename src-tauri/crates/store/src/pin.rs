//! Which image a tag meant when the user agreed to it: a tag can be moved, a digest cannot.

use freehold_model::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

/// The digest of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The digest, as `sha256:` and 64 hex digits.
    pub digest: String,
    /// When it was first seen behind the tag.
    pub first_seen: Timestamp,
}

impl Store {
    /// The digest that the user agreed to for `tag` of `repository`.
    pub fn pin(&self, repository: &str, tag: &str) -> Result<Option<Pin>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT digest, first_seen FROM pin WHERE repository = ?1 AND tag = ?2")?
                .query_row(params![repository, tag], |row| {
                    Ok(Pin {
                        digest: row.get(0)?,
                        first_seen: Timestamp(row.get(1)?),
                    })
                })
                .optional()
        })
    }

    /// Notes the digest that the user agreed to, in place of another. The same digest once more keeps the time at which it
    /// was first seen.
    pub fn set_pin(&self, repository: &str, tag: &str, digest: &str, now: Timestamp) -> Result<(), StoreError> {
        self.transaction(|transaction| {
            transaction.execute(
                "INSERT INTO pin (repository, tag, digest, first_seen) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (repository, tag) DO UPDATE
                 SET digest = excluded.digest, first_seen = excluded.first_seen WHERE digest <> excluded.digest",
                params![repository, tag, digest, now.0],
            )?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use freehold_model::Timestamp;

    use super::Pin;
    use crate::test_store::store;

    #[test]
    fn a_pin_stays_until_another_digest_is_agreed_to() {
        let (_folder, store) = store(&[]);
        let pin = |digest: &str, at| {
            store.set_pin("bitcoin/bitcoin", "29.0", digest, Timestamp(at)).unwrap();
            store.pin("bitcoin/bitcoin", "29.0").unwrap()
        };
        let expected = |digest: &str, at| {
            Some(Pin {
                digest: digest.to_owned(),
                first_seen: Timestamp(at),
            })
        };
        assert_eq!(store.pin("bitcoin/bitcoin", "29.0").unwrap(), None);
        assert_eq!(pin("sha256:aa", 1), expected("sha256:aa", 1));
        assert_eq!(pin("sha256:aa", 2), expected("sha256:aa", 1), "seen before");
        assert_eq!(pin("sha256:bb", 3), expected("sha256:bb", 3));
        assert_eq!(store.pin("bitcoin/bitcoin", "29.1").unwrap(), None, "another tag");
    }
}
