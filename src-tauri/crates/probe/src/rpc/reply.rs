//! Reads JSON-RPC answers of versions 1.0, 1.1 and 2.0, single and batched.

use serde_json::Value;

use super::CallError;
use crate::excerpt::shorten;

/// The result or error in one answer; `None` when it is no JSON-RPC answer.
pub(crate) fn single(answer: Value) -> Option<Result<Value, CallError>> {
    let Value::Object(mut fields) = answer else { return None };
    match fields.get("error") {
        None | Some(Value::Null) => fields.remove("result").map(Ok),
        Some(error) => {
            let code = error.get("code")?.as_i64()?;
            let message = shorten(error.get("message").and_then(Value::as_str).unwrap_or_default());
            let data = error.get("data").cloned().unwrap_or_default();
            Some(Err(CallError::Rpc { code, message, data }))
        }
    }
}

/// The results of a batch whose ids are 0 to N-1, in that order; `None` when it is no answer to it.
pub(super) fn several<const N: usize>(answer: Value) -> Option<Result<[Result<Value, CallError>; N], CallError>> {
    let Value::Array(entries) = answer else {
        // A server that refuses the whole batch answers with one error.
        return single(answer)?.err().map(Err);
    };
    let mut slots: [Option<Result<Value, CallError>>; N] = std::array::from_fn(|_| None);
    for entry in entries {
        let id = usize::try_from(entry.get("id")?.as_u64()?).ok()?;
        *slots.get_mut(id)? = Some(single(entry)?);
    }
    let filled: Option<Vec<_>> = slots.into_iter().collect();
    <[_; N]>::try_from(filled?).ok().map(Ok)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{CallError, several, single};

    #[test]
    fn reads_every_dialect() {
        for answer in [
            json!({"result": 7, "error": null, "id": 0}),
            json!({"jsonrpc": "2.0", "result": 7, "id": 0}),
            json!({"result": 7}),
        ] {
            assert_eq!(single(answer.clone()).unwrap().unwrap(), json!(7), "{answer}");
        }
        let refused = single(json!({"result": null, "error": {"code": -28, "message": "Loading..."}, "id": 0}));
        assert!(matches!(refused, Some(Err(CallError::Rpc { code: -28, .. }))));
    }

    #[test]
    fn what_is_no_answer_is_not_taken_for_one() {
        for answer in [
            json!({}),
            json!({"ok": true}),
            json!(7),
            json!([]),
            json!({"error": "no"}),
            json!(null),
        ] {
            assert!(single(answer.clone()).is_none(), "{answer}");
        }
    }

    #[test]
    fn a_batch_is_sorted_by_id_and_each_entry_keeps_its_own_error() {
        let answer = json!([{"result": "b", "id": 1}, {"error": {"code": -1, "message": "a"}, "id": 0}]);
        let [first, second] = several::<2>(answer).unwrap().unwrap();
        assert!(matches!(first, Err(CallError::Rpc { code: -1, .. })));
        assert_eq!(second.unwrap(), json!("b"));
    }

    #[test]
    fn a_batch_with_a_missing_or_foreign_entry_is_no_answer() {
        for answer in [
            json!([{"result": 1, "id": 0}]),
            json!([{"result": 1, "id": 0}, {"result": 1, "id": 9}]),
            json!([1, 2]),
        ] {
            assert!(several::<2>(answer.clone()).is_none(), "{answer}");
        }
    }
}
