//! Settings of a JSON file by their path: `server`, or `nodes/0/custom` for members of members. In a list a number names an
//! element: `wallets/0/name`.

use std::ops::Range;

use super::AdapterError;
use super::keys::{Document, Format};
use crate::format::json::{Object, elements};

/// A JSON file whose outermost value is an object.
pub(super) struct Json;

impl Format for Json {
    type Document<'a> = JsonDocument<'a>;
}

/// The text of a JSON object.
pub(super) struct JsonDocument<'a>(Object<'a>);

impl JsonDocument<'_> {
    /// The value of a setting, decoded.
    pub(super) fn value(&self, path: &str) -> Result<Option<serde_json::Value>, AdapterError> {
        match self.raw(path)? {
            Some(raw) => Ok(serde_json::from_str(&raw).ok()),
            None => Ok(None),
        }
    }

    /// The value of a setting that is a text; `null` counts as absent.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, AdapterError> {
        match self.value(path)? {
            Some(serde_json::Value::String(text)) => Ok(Some(text)),
            Some(serde_json::Value::Null) | None => Ok(None),
            Some(_) => Err(self.wrong(path, "a text")),
        }
    }

    /// The value of a setting that is true or false; `null` counts as absent.
    pub(super) fn flag(&self, path: &str) -> Result<Option<bool>, AdapterError> {
        match self.value(path)? {
            Some(serde_json::Value::Bool(flag)) => Ok(Some(flag)),
            Some(serde_json::Value::Null) | None => Ok(None),
            Some(_) => Err(self.wrong(path, "true or false")),
        }
    }

    /// The error for a setting of another type.
    pub(super) fn wrong(&self, path: &str, wanted: &str) -> AdapterError {
        let first = path.split('/').next().unwrap_or(path);
        let reason = format!("`{path}` is not {wanted}");
        match self.0.member(first) {
            Some(member) => self.0.error_at(member, &reason).into(),
            None => AdapterError::UnknownValue {
                key: path.to_owned(),
                value: wanted.to_owned(),
            },
        }
    }

    /// The names of the members of the object at `path`; none where there is no object.
    pub(super) fn names(&self, path: &str) -> Result<Vec<String>, AdapterError> {
        Ok(match self.value(path)? {
            Some(serde_json::Value::Object(map)) => map.keys().cloned().collect(),
            Some(_) | None => Vec::new(),
        })
    }
}

fn raw(object: &Object<'_>, path: &str) -> Result<Option<String>, AdapterError> {
    let (first, rest) = split(path);
    let Some(member) = object.member(first) else {
        return Ok(None);
    };
    let value = object.raw(member);
    match rest {
        None => Ok(Some(value.to_owned())),
        Some(rest) if value.starts_with('{') => raw(&Object::parse(value.as_bytes())?, rest),
        Some(rest) => match element(value, rest)? {
            Some((span, rest)) => raw(&Object::parse(value.get(span).unwrap_or_default().as_bytes())?, rest),
            None => Ok(None),
        },
    }
}

/// The span of the element of the list `value` that `path` starts with, if that is an object, and the rest of the path.
fn element<'p>(value: &str, path: &'p str) -> Result<Option<(Range<usize>, &'p str)>, AdapterError> {
    let (index, rest) = split(path);
    let (Some(rest), Ok(index), true) = (rest, index.parse::<usize>(), value.starts_with('[')) else {
        return Ok(None);
    };
    let span = elements(value)?.0.get(index).cloned();
    let is_object = |span: &Range<usize>| value.get(span.clone()).is_some_and(|text| text.starts_with('{'));
    Ok(span.filter(is_object).map(|span| (span, rest)))
}

/// The list `value` with the object at `span` replaced.
fn with_element(value: &str, span: Range<usize>, new: &str) -> String {
    let mut list = value.to_owned();
    list.replace_range(span, new);
    list
}

fn with(object: &Object<'_>, path: &str, value: &str) -> Result<String, AdapterError> {
    let (first, rest) = split(path);
    let Some(rest) = rest else {
        return Ok(object.with(first, value));
    };
    let inner = match object.member(first) {
        Some(member) if object.raw(member).starts_with('{') => {
            with(&Object::parse(object.raw(member).as_bytes())?, rest, value)?
        }
        Some(member) if object.raw(member).starts_with('[') => {
            let list = object.raw(member);
            let Some((span, rest)) = element(list, rest)? else {
                return Err(object
                    .error_at(member, &format!("`{first}` has no such element"))
                    .into());
            };
            let text = list.get(span.clone()).unwrap_or_default();
            with_element(list, span, &with(&Object::parse(text.as_bytes())?, rest, value)?)
        }
        Some(member) if object.raw(member) != "null" => {
            return Err(object.error_at(member, &format!("`{first}` is not an object")).into());
        }
        Some(_) | None => with(&Object::parse(b"{}")?, rest, value)?,
    };
    Ok(object.with(first, &inner))
}

fn without(object: &Object<'_>, path: &str) -> Result<String, AdapterError> {
    let (first, rest) = split(path);
    let Some(rest) = rest else {
        return Ok(object.without(first));
    };
    match object.member(first) {
        Some(member) if object.raw(member).starts_with('{') => {
            let inner = without(&Object::parse(object.raw(member).as_bytes())?, rest)?;
            // What was made only to hold our setting goes with it.
            let is_empty = Object::parse(inner.as_bytes())?.members().is_empty();
            Ok(if is_empty {
                object.without(first)
            } else {
                object.with(first, &inner)
            })
        }
        Some(member) => {
            let list = object.raw(member);
            let Some((span, rest)) = element(list, rest)? else {
                return Ok(object.with_nothing());
            };
            let text = list.get(span.clone()).unwrap_or_default();
            let inner = without(&Object::parse(text.as_bytes())?, rest)?;
            Ok(object.with(first, &with_element(list, span, &inner)))
        }
        None => Ok(object.with_nothing()),
    }
}

fn split(path: &str) -> (&str, Option<&str>) {
    match path.split_once('/') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    }
}

impl<'a> Document<'a> for JsonDocument<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, AdapterError> {
        Ok(Self(Object::parse(bytes)?))
    }

    fn raw(&self, key: &str) -> Result<Option<String>, AdapterError> {
        raw(&self.0, key)
    }

    fn with(&self, key: &str, value: &str) -> Result<Vec<u8>, AdapterError> {
        with(&self.0, key, value).map(String::into_bytes)
    }

    fn without(&self, key: &str) -> Result<Vec<u8>, AdapterError> {
        without(&self.0, key).map(String::into_bytes)
    }

    fn shown(raw: &str) -> String {
        match serde_json::from_str::<serde_json::Value>(raw) {
            Ok(serde_json::Value::String(text)) => text,
            Ok(other) => other.to_string(),
            Err(_) => raw.to_owned(),
        }
    }

    fn is_same(one: &str, other: &str) -> bool {
        let decoded = |raw: &str| serde_json::from_str::<serde_json::Value>(raw).ok();
        one == other || decoded(one).is_some_and(|one| decoded(other) == Some(one))
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, JsonDocument};
    use crate::adapter::ChangedFile;
    use crate::adapter::keys::{Document, put_back, set};

    #[test]
    fn members_of_members_are_set_and_go_with_what_was_made_for_them() {
        let before = br#"{"nodeSource": 0, "nodes": {"0": {"ws": ["a"]}}}"#;
        let wanted = [
            ("nodeSource", Some("1".to_owned())),
            ("nodes/0/custom", Some(r#"["127.0.0.1:1"]"#.to_owned())),
            ("nodes/2/custom", Some("[]".to_owned())),
        ];
        let (after, keys) = set::<Json>(before, &wanted).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&after),
            r#"{"nodeSource": 1, "nodes": {"0": {"ws": ["a"],"custom": ["127.0.0.1:1"]},"2": {"custom": []}}}"#
        );
        assert_eq!(keys.len(), 3);
        assert_eq!(
            set::<Json>(&after, &wanted).unwrap(),
            (after.clone(), Vec::new()),
            "twice is once"
        );
        let file = ChangedFile {
            slot: "settings",
            current: &after,
            original: Some(before),
            switched: &after,
        };
        let restored = put_back::<Json>(&file, &[&["nodeSource", "nodes/0/custom", "nodes/2/custom"]]).unwrap();
        assert_eq!(restored.bytes.as_slice(), before);
    }

    #[test]
    fn a_group_in_which_somebody_changed_a_setting_stays_whole() {
        let (before, switched) = (br#"{"a": 1, "b": 1, "c": 1}"#, br#"{"a": 2, "b": 2, "c": 2}"#);
        let now = br#"{"a": 2, "b": 3, "c": 2}"#;
        let file = ChangedFile {
            slot: "settings",
            current: now,
            original: Some(before),
            switched,
        };
        let restored = put_back::<Json>(&file, &[&["a", "b"], &["c"]]).unwrap();
        assert_eq!(restored.bytes.as_slice(), br#"{"a": 2, "b": 3, "c": 1}"#);
        assert_eq!(restored.kept, ["b", "a"]);
    }

    #[test]
    fn an_element_of_a_list_is_set_and_put_back() {
        let before = br#"{"wallets": [{"a": 1}, {"b": true , "c": []}, 7]}"#;
        let wanted = [
            ("wallets/1/b", Some("false".to_owned())),
            ("wallets/0/x", Some("2".to_owned())),
        ];
        let (after, _) = set::<Json>(before, &wanted).unwrap();
        let text = r#"{"wallets": [{"a": 1,"x": 2}, {"b": false , "c": []}, 7]}"#;
        assert_eq!(String::from_utf8_lossy(&after), text);
        let file = ChangedFile {
            slot: "settings",
            current: &after,
            original: Some(before),
            switched: &after,
        };
        let restored = put_back::<Json>(&file, &[&["wallets/1/b", "wallets/0/x"]]).unwrap();
        assert_eq!(restored.bytes.as_slice(), before);
        assert!(
            set::<Json>(before, &[("wallets/2/b", Some("1".to_owned()))]).is_err(),
            "a number has no members"
        );
    }

    #[test]
    fn a_value_of_another_type_is_named() {
        let document = JsonDocument::parse(br#"{"server": 7, "x": {"y": true}}"#).unwrap();
        assert!(
            document
                .text("server")
                .unwrap_err()
                .to_string()
                .contains("`server` is not a text")
        );
        assert_eq!(document.flag("x/y").unwrap(), Some(true));
        assert_eq!(document.text("x/z").unwrap(), None);
        assert_eq!(document.names("x").unwrap(), ["y"]);
    }
}
