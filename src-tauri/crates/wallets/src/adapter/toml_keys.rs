//! Settings of a TOML file by their path, written as TOML writes one: `bitcoind_config.addr`, `rpc_endpoints."a.b"`.
//!
//! A real parser says where each value stands; an edit replaces, adds or takes away those bytes alone, so that comments,
//! order, line ends and a byte order mark stay. The one rule: every edit is parsed again, and one that does not read back as
//! it should is refused.

use std::ops::Range;

use toml_edit::{Item, Key, TableLike, Value};

use super::AdapterError;
use super::keys::{Document, Format, not_safely};
use crate::format::splice::text_with;
use crate::mask::{MASK, is_secret_name, mask_urls};

mod place;

/// A TOML file.
#[derive(Debug)]
pub(super) struct Toml;

impl Format for Toml {
    type Document<'a> = TomlDocument<'a>;
}

/// The text of a TOML file.
#[derive(Debug)]
pub(super) struct TomlDocument<'a> {
    text: &'a str,
    parsed: toml_edit::Document<&'a str>,
}

/// A text as TOML writes it, in quotes.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// One part of a path as it has to be written there: in quotes where TOML wants them.
pub(super) fn part(name: &str) -> String {
    Key::new(name).display_repr().into_owned()
}

impl TomlDocument<'_> {
    /// The value of a setting that is a text.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, AdapterError> {
        match self.item(path)? {
            None => Ok(None),
            Some(item) => match item.as_str() {
                Some(text) => Ok(Some(text.to_owned())),
                None => Err(self.wrong(item, path, "a text")),
            },
        }
    }

    /// Whether `path` is a table, however it is written.
    pub(super) fn is_table(&self, path: &str) -> bool {
        self.item(path).ok().flatten().is_some_and(Item::is_table_like)
    }

    /// The names in the table at `path` (empty: the whole file), in the file's order; none where there is no table.
    pub(super) fn names(&self, path: &str) -> Vec<String> {
        let table: Option<&dyn TableLike> = if path.is_empty() {
            Some(self.parsed.as_table())
        } else {
            self.item(path).ok().flatten().and_then(Item::as_table_like)
        };
        table
            .map(|table| table.iter().map(|(name, _)| name.to_owned()).collect())
            .unwrap_or_default()
    }

    /// What stands at `path`.
    fn item(&self, path: &str) -> Result<Option<&Item>, AdapterError> {
        let mut item = self.parsed.as_item();
        for key in keys(path)? {
            let found = item.as_table_like().and_then(|table| table.get(key.get()));
            let Some(found) = found.filter(|found| !found.is_none()) else {
                return Ok(None);
            };
            item = found;
        }
        Ok(Some(item))
    }

    fn wrong(&self, item: &Item, path: &str, wanted: &str) -> AdapterError {
        let byte = item.span().map_or(0, |span| span.start);
        malformed(self.text, byte, format!("`{path}` is not {wanted}"))
    }

    /// The place of the value at `path`; an error where a table stands there.
    fn span(&self, path: &str) -> Result<Option<Range<usize>>, AdapterError> {
        let Some(item) = self.item(path)? else {
            return Ok(None);
        };
        match item.as_value().and_then(Value::span) {
            Some(span) => Ok(Some(span)),
            None => Err(self.wrong(item, path, "a single value")),
        }
    }

    /// `edited`, if the setting reads as `wanted` in it and every other one as before.
    fn checked(&self, edited: String, path: &str, wanted: Option<&str>) -> Result<Vec<u8>, AdapterError> {
        let new = TomlDocument::parse(edited.as_bytes()).map_err(|_| not_safely(path))?;
        let is_as_wanted = new.reads_as(path, wanted)?;
        let others = |document: &TomlDocument<'_>| -> Option<Vec<(Vec<String>, String)>> {
            let own: Vec<String> = keys(path).ok()?.iter().map(|key| key.get().to_owned()).collect();
            let text = |span: std::ops::Range<usize>| document.text.get(span).unwrap_or_default().to_owned();
            let mut all: Vec<(Vec<String>, String)> = document
                .leaves()
                .into_iter()
                .map(|(name, span)| (name, text(span)))
                .collect();
            all.retain(|(name, _)| *name != own);
            all.sort();
            Some(all)
        };
        if is_as_wanted && others(self) == others(&new) {
            Ok(edited.into_bytes())
        } else {
            Err(not_safely(path))
        }
    }
}

/// The parts of a path.
fn keys(path: &str) -> Result<Vec<Key>, AdapterError> {
    Key::parse(path).map_err(|_| AdapterError::Conflict {
        reason: format!("`{path}` is not the name of a setting"),
    })
}

fn malformed(text: &str, byte: usize, reason: String) -> AdapterError {
    AdapterError::Malformed {
        line: text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1,
        byte,
        reason,
    }
}

impl<'a> Document<'a> for TomlDocument<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, AdapterError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            malformed(
                &String::from_utf8_lossy(valid),
                error.valid_up_to(),
                "not UTF-8 text".into(),
            )
        })?;
        let parsed = toml_edit::Document::parse(text).map_err(|error| {
            let byte = error.span().map_or(0, |span| span.start);
            malformed(text, byte, error.message().to_owned())
        })?;
        Ok(Self { text, parsed })
    }

    fn raw(&self, key: &str) -> Result<Option<String>, AdapterError> {
        let span = self.span(key)?;
        Ok(span.and_then(|span| self.text.get(span)).map(str::to_owned))
    }

    fn with(&self, key: &str, raw: &str) -> Result<Vec<u8>, AdapterError> {
        let edited = match self.span(key)? {
            Some(span) => text_with(self.text, span, raw),
            None => self.added(&keys(key)?, key, raw)?,
        };
        self.checked(edited, key, Some(raw))
    }

    fn without(&self, key: &str) -> Result<Vec<u8>, AdapterError> {
        let edited = match self.span(key)? {
            Some(span) => self.removed(&keys(key)?, span),
            None => self.text.to_owned(),
        };
        self.checked(edited, key, None)
    }

    fn shown(raw: &str) -> String {
        match raw.parse::<Value>() {
            Ok(Value::String(text)) => text.into_value(),
            Ok(_) | Err(_) => raw.to_owned(),
        }
    }

    fn is_same(one: &str, other: &str) -> bool {
        one == other
            || match (one.parse::<Value>(), other.parse::<Value>()) {
                (Ok(Value::String(one)), Ok(Value::String(other))) => one.value() == other.value(),
                _ => false,
            }
    }
}

/// Whether a value at this path is a secret.
fn is_secret(path: &[String]) -> bool {
    path.iter().any(|name| {
        let lower = name.to_ascii_lowercase();
        is_secret_name(name) || lower == "key" || lower.ends_with("_key") || lower.contains("jwt")
    })
}

/// The file's text with the values of secrets hidden and as many lines as before. A file that cannot be read shows only its
/// shape.
pub(super) fn masked(bytes: &[u8]) -> String {
    let Ok(document) = TomlDocument::parse(bytes) else {
        let text = String::from_utf8_lossy(bytes);
        return text.lines().flat_map(|_| [MASK, "\n"]).collect();
    };
    let mut leaves = document.leaves();
    leaves.sort_by_key(|(_, span)| span.start);
    let mut shown = String::with_capacity(document.text.len());
    let mut at = 0;
    for (path, span) in leaves {
        shown.push_str(&between(document.text.get(at..span.start).unwrap_or_default()));
        let raw = document.text.get(span.clone()).unwrap_or_default();
        if is_secret(&path) {
            shown.push('"');
            shown.push_str(MASK);
            shown.push('"');
            shown.extend(raw.chars().filter(|c| *c == '\n'));
        } else {
            shown.push_str(&mask_urls(raw));
        }
        at = span.end;
    }
    shown.push_str(&between(document.text.get(at..).unwrap_or_default()));
    shown
}

/// What stands between two values: names, headers, comments. A setting that is parked in a comment can be a secret, too.
fn between(text: &str) -> String {
    let line = |line: &str| match line.split_once('#').and_then(|(_, comment)| comment.split_once('=')) {
        Some((name, value)) if is_secret(&[name.trim().to_owned()]) && !value.trim().is_empty() => {
            let kept = line.len() - value.len();
            let end = value.get(value.trim_end().len()..).unwrap_or_default();
            format!("{} {MASK}{end}", line.get(..kept).unwrap_or_default())
        }
        Some(_) | None => mask_urls(line),
    };
    text.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests;
