//! Shows a JSON file without its secrets, with as many lines as before.

use crate::format::json::Object;
use crate::mask::{MASK, is_secret_name, mask_urls};

/// The file's text with secrets masked. A file that cannot be read shows only its shape.
pub(super) fn masked(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    match Object::parse(bytes) {
        Ok(object) => object_masked(&text, &object),
        // Nobody knows which part of it is a secret.
        Err(_) => text.lines().flat_map(|_| [MASK, "\n"]).collect(),
    }
}

fn object_masked(text: &str, object: &Object<'_>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for member in object.members() {
        shown.push_str(text.get(at..member.value_span.start).unwrap_or_default());
        let raw = object.raw(member);
        let is_harmless = matches!(raw, "null" | "true" | "false" | "\"\"");
        if is_secret_name(&member.name) && !is_harmless {
            push_hidden(&mut shown, raw);
        } else {
            push_value(&mut shown, raw);
        }
        at = member.value_span.end;
    }
    shown.push_str(text.get(at..).unwrap_or_default());
    shown
}

fn push_hidden(shown: &mut String, raw: &str) {
    shown.push('"');
    shown.push_str(MASK);
    shown.push('"');
    // A value over several lines keeps its number of lines.
    shown.extend(raw.chars().filter(|c| *c == '\n'));
}

fn push_value(shown: &mut String, raw: &str) {
    match Object::parse(raw.as_bytes()) {
        Ok(inner) => shown.push_str(&object_masked(raw, &inner)),
        Err(_) if holds_secret(raw) => push_hidden(shown, raw),
        Err(_) => shown.push_str(&mask_urls(raw)),
    }
}

/// Whether a value that is no object holds a secret: a member of that name inside a list, or `user:password@host`.
fn holds_secret(raw: &str) -> bool {
    fn inside(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::Object(members) => members
                .iter()
                .any(|(name, value)| is_secret_name(name) && !value.is_null() || inside(value)),
            serde_json::Value::Array(items) => items.iter().any(inside),
            serde_json::Value::String(text) => {
                let has_scheme = text.contains("://");
                !has_scheme && text.split_once('@').is_some_and(|(login, _)| login.contains(':'))
            }
            _ => false,
        }
    }
    // What cannot be decoded is hidden.
    serde_json::from_str(raw).map_or(true, |value| inside(&value))
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn secrets_are_hidden_wherever_they_stand() {
        let text = br#"{
 "a": {"password": "hunter2", "port": 1},
 "nodes": ["u:hunter2@h:1",
  "h:2"],
 "list": [{"token": "hunter2"}],
 "url": "http://u:hunter2@h/",
 "jsonRpcPassword": ""
}"#;
        let shown = masked(text);
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains(r#""port": 1"#) && shown.contains("@h/"), "{shown}");
        assert_eq!(shown.lines().count(), 8);
        assert!(!masked(br#"{"password": "hunter2""#).contains("hunter2"));
    }
}
