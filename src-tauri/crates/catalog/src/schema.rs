//! The JSON schema of `node.toml`, generated from the types that read it.

use std::sync::LazyLock;

use freehold_model::NodeSpec;
use serde_json::Value;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(NodeSpec).to_value());

/// The schema that stands in `assets/catalog/schema.json`; editors use it for completion.
pub fn schema() -> Value {
    SCHEMA.clone()
}

/// The same, made once.
pub(crate) fn shared() -> &'static Value {
    &SCHEMA
}
