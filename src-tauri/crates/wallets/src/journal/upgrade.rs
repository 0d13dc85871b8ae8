//! Reads records that an earlier Freehold wrote.

use serde_json::{Value, json};

/// What stood beside the other members while an entry had one file.
const OF_THE_FILE: [&str; 6] = [
    "path",
    "before",
    "after",
    "temporary",
    "made_folders",
    "leftover_folders",
];

/// The record in today's shape; one that is not known stays as it is.
pub(super) fn to_current(mut value: Value) -> Value {
    if value.get("schema_version").and_then(Value::as_u64) != Some(1) {
        return value;
    }
    let Some(entry) = value.as_object_mut() else {
        return value;
    };
    let mut file = serde_json::Map::new();
    file.insert("slot".to_owned(), json!(crate::slot::SETTINGS));
    for name in OF_THE_FILE {
        if let Some(part) = entry.remove(name) {
            file.insert(name.to_owned(), part);
        }
    }
    entry.insert("files".to_owned(), json!([file]));
    entry.insert("schema_version".to_owned(), json!(super::SCHEMA_VERSION));
    value
}

#[cfg(test)]
mod tests {
    use super::to_current;
    use crate::journal::Entry;
    use serde_json::json;

    #[test]
    fn an_entry_of_one_file_is_still_read() {
        let old = json!({
            "schema_version": 1, "id": "20261122T082435Z-sparrow-mainnet-0a1b2c3d", "sequence": 3, "kind": "switch",
            "wallet": "sparrow", "network": "mainnet", "path": "/h/.sparrow/config", "state": "applied",
            "before": {"sha256": "aa", "mode": 384, "uid": 1000, "gid": 1000}, "after": {"sha256": "bb"},
            "endpoint": "bitcoin+http://127.0.0.1:8332", "created": 1_795_335_875_000_i64,
            "temporary": ".freehold-0a1b2c3d.tmp", "made_folders": [], "leftover_folders": [], "reverts": [],
        });
        let entry: Entry = serde_json::from_value(to_current(old)).unwrap();
        assert_eq!(entry.path(), std::path::Path::new("/h/.sparrow/config"));
        let file = entry.files.first().unwrap();
        assert_eq!((file.before_sha256(), file.after_sha256()), (Some("aa"), Some("bb")));
        let unknown = json!({"schema_version": 99});
        assert_eq!(to_current(unknown.clone()), unknown);
    }
}
