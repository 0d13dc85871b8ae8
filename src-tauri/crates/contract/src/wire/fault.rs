//! A fault on the wire.

use std::collections::BTreeMap;

use freehold_model::{Fault, FaultCode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong, ready to be shown: `{"code", "message", "title", "why", "hints", "params"}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FaultView {
    /// Stable kebab-case code.
    #[ts(as = "String")]
    pub code: FaultCode,
    /// What happened and why, in English.
    pub message: String,
    /// What happened.
    pub title: String,
    /// Why.
    pub why: String,
    /// What to do, one step each.
    pub hints: Vec<String>,
    /// The values in the text.
    pub params: BTreeMap<String, String>,
}

impl From<&Fault> for FaultView {
    fn from(fault: &Fault) -> Self {
        Self {
            code: fault.code,
            message: fault.message(),
            title: fault.title(),
            why: fault.why(),
            hints: fault.steps(),
            params: fault.params.clone(),
        }
    }
}
