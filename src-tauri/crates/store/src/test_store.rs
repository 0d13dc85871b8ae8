//! A database for tests.

use freehold_model::NodeId;

use crate::{Layout, Store};

/// An id.
pub(crate) fn node(id: &str) -> NodeId {
    NodeId::try_new(id).unwrap()
}

/// A new database that holds a row for each of `nodes`; their records are never read.
pub(crate) fn store(nodes: &[&str]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Layout::new(folder.path())).unwrap();
    // Tests write thousands of times what Freehold writes in a day; no test pulls the plug.
    store.connection().pragma_update(None, "synchronous", "OFF").unwrap();
    for id in nodes {
        store
            .connection()
            .execute("INSERT INTO node (id, record) VALUES (?1, '{}')", [id])
            .unwrap();
    }
    (folder, store)
}
