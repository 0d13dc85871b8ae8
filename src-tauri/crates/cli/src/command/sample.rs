//! Views for tests, each made from the fields that a test is about.

use freehold_contract::NodeView;
use serde_json::{Value, json};

/// A node that runs and is at the tip, with `fields` instead of its own.
pub(crate) fn node(fields: &Value) -> NodeView {
    let mut node = json!({
        "id": "mine", "name": "mine", "client": "bitcoin-core", "client_name": "Bitcoin Core", "chain": "bitcoin",
        "network": "mainnet", "desired": "running",
        "status": { "state": "ready" },
        "height": 900_000, "target": 900_000, "peers_in": 2, "peers_out": 8, "version": "30.0.0", "warnings": [],
        "services": [{
            "name": "node", "image": "host/bitcoin:30.0", "digest": "sha256:aa", "state": "running",
            "cpu_percent": 12.34, "memory_bytes": 1_500_000_000, "started_at": 1_000
        }],
        "endpoints": [], "options": {}, "data_dir": "/data/mine", "created": 0, "external": false, "needs": [],
        "needed_by": [], "update_available": false
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        node[name] = value.clone();
    }
    read(&node)
}

/// Any view from JSON; fields that may be absent may be left out.
pub(crate) fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
}
