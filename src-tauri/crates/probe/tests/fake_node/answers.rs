//! A made-up node out of a table of answers.

use freehold_model::spec::ProbeKind;
use freehold_model::{ProbeFailure, ProbeReport, Timestamp};
use freehold_probe::{Probe, Target};
use serde_json::{Value, json};

use crate::server::{Answer, FakeNode, Question};

/// 2026-01-01T00:00:00Z.
pub(crate) const NOW: Timestamp = Timestamp(1_767_225_600_000);

/// `NOW`, `seconds` earlier, in seconds.
pub(crate) fn ago(seconds: i64) -> i64 {
    NOW.seconds() - seconds
}

/// An error instead of a result.
pub(crate) fn error(code: i64, message: &str) -> Value {
    json!({"__error": {"code": code, "message": message}})
}

/// A status with a body.
pub(crate) fn status(status: u16, body: Value) -> Value {
    json!({"__status": status, "__body": body})
}

/// Starts a node that answers by `table`: keys are RPC methods and lines such as `GET /path`.
pub(crate) async fn node(table: Value) -> FakeNode {
    FakeNode::start(move |question| answer(&table, question)).await
}

fn answer(table: &Value, question: &Question) -> Answer {
    let one = |call: &Value| match &table[call["method"].as_str().unwrap_or_default()] {
        Value::Null => {
            json!({"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": call["id"]})
        }
        found if !found["__error"].is_null() => json!({"jsonrpc": "2.0", "error": found["__error"], "id": call["id"]}),
        found => json!({"jsonrpc": "2.0", "result": found, "id": call["id"]}),
    };
    match (&question.body, &table[question.line()]) {
        (_, found) if !found["__status"].is_null() => {
            let status = u16::try_from(found["__status"].as_u64().unwrap()).unwrap();
            let body = found["__body"]
                .as_str()
                .map_or_else(|| found["__body"].to_string(), str::to_owned);
            Answer::Http(status, body.into_bytes())
        }
        (_, found) if !found.is_null() => Answer::Http(200, found.to_string().into_bytes()),
        (Value::Array(calls), _) => {
            Answer::Http(200, calls.iter().map(one).collect::<Value>().to_string().into_bytes())
        }
        (call @ Value::Object(_), _) if call["method"].is_string() => {
            Answer::Http(200, one(call).to_string().into_bytes())
        }
        _ => Answer::Http(404, b"not found".to_vec()),
    }
}

/// One reading of a node that answers by `table`.
pub(crate) async fn read(
    kind: ProbeKind,
    table: Value,
    change: impl FnOnce(&mut Target),
) -> Result<ProbeReport, ProbeFailure> {
    let node = node(table).await;
    let mut target = node.of_kind(kind);
    change(&mut target);
    Probe::new(target).read(NOW).await
}

/// `base` with some answers replaced.
pub(crate) fn with(base: &Value, changes: Value) -> Value {
    let mut table = base.clone();
    for (key, value) in changes.as_object().unwrap() {
        table[key] = value.clone();
    }
    table
}

pub(crate) fn identity(
    method: &str,
    params: Value,
    pointer: Option<&str>,
    equals: Value,
) -> freehold_model::spec::IdentityCheck {
    let mut check = json!({"method": method, "params": params, "equals": equals});
    if let Some(pointer) = pointer {
        check["pointer"] = json!(pointer);
    }
    serde_json::from_value(check).unwrap()
}
