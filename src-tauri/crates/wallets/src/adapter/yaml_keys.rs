//! Settings of a YAML file by their path: `node/ethereum/mainnet/uri`, and in lists `live/[name=Ethereum]/networks`, which
//! is the item whose `name` is `Ethereum`.
//!
//! An edit replaces, adds or takes away the bytes of one setting; the file is never written anew. The one rule: what cannot
//! be changed so (anchors, references, text blocks, new names inside of braces) is refused, and every edit is read again.

use super::AdapterError;
use super::keys::{Document, Format, not_safely};
use crate::format::yaml::{Kind, Node, YamlError, parse};
use crate::mask::{MASK, is_secret_name, mask_urls};

mod place;

/// A YAML file of one document.
#[derive(Debug)]
pub(super) struct Yaml;

impl Format for Yaml {
    type Document<'a> = YamlDocument<'a>;
}

/// The text of a YAML file.
#[derive(Debug)]
pub(super) struct YamlDocument<'a> {
    text: &'a str,
    root: Option<Node>,
}

impl From<YamlError> for AdapterError {
    fn from(error: YamlError) -> Self {
        Self::Malformed {
            line: error.line,
            byte: error.byte,
            reason: error.reason,
        }
    }
}

/// Whether a text without quotes would mean something else than itself.
fn is_other(text: &str) -> bool {
    let words = ["", "~", "null", "true", "false", "yes", "no", "on", "off"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word)) || text.parse::<f64>().is_ok()
}

/// A text as YAML writes it: plain where that is safe, else in quotes.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._:/@%-+~?=&".contains(c))
        && !text.ends_with(':')
        && !is_other(text);
    if is_plain {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// The parts of a path.
fn parts(path: &str) -> Vec<&str> {
    path.split('/').collect()
}

/// The name and value that a part such as `[id=mainnet]` looks for.
fn selector(part: &str) -> Option<(&str, &str)> {
    part.strip_prefix('[')?.strip_suffix(']')?.split_once('=')
}

/// The child of `node` that `part` names, with its place among the children.
fn child<'n>(node: &'n Node, part: &str) -> Option<(String, &'n Node)> {
    match (&node.kind, selector(part)) {
        (Kind::Mapping(_), None) => node.entry(part).map(|(_, value)| (part.to_owned(), value)),
        (Kind::Sequence(items), Some((name, wanted))) => items
            .iter()
            .enumerate()
            .find(|(_, item)| item.entry(name).and_then(|(_, value)| value.text()) == Some(wanted))
            .map(|(index, item)| (index.to_string(), item)),
        _ => None,
    }
}

impl YamlDocument<'_> {
    /// The value of a setting; `null` and nothing count as absent.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, AdapterError> {
        let Some(node) = self.node(path)? else {
            return Ok(None);
        };
        let Some(text) = node.text() else {
            return Err(self.refusal(path, node.span.start, "is not a single value"));
        };
        let is_plain = !self
            .text
            .get(node.span.clone())
            .is_some_and(|raw| raw.starts_with(['\'', '"']));
        let is_nothing = is_plain && matches!(text, "" | "~" | "null" | "Null" | "NULL");
        Ok((!is_nothing).then(|| text.to_owned()))
    }

    /// Whether something stands at `path`.
    pub(super) fn has(&self, path: &str) -> bool {
        self.node(path).is_ok_and(|found| found.is_some())
    }

    /// Every single value, decoded, with the parts of its path; list items are counted from 0.
    pub(super) fn leaves(&self) -> Vec<(Vec<String>, String)> {
        fn collect(node: &Node, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, String)>) {
            match &node.kind {
                Kind::Mapping(entries) => {
                    for (key, value) in entries {
                        path.push(key.text().unwrap_or_default().to_owned());
                        collect(value, path, found);
                        path.pop();
                    }
                }
                Kind::Sequence(items) => {
                    for (index, item) in items.iter().enumerate() {
                        path.push(index.to_string());
                        collect(item, path, found);
                        path.pop();
                    }
                }
                Kind::Scalar(text) => found.push((path.clone(), text.clone())),
                Kind::Alias => found.push((path.clone(), "*".to_owned())),
            }
        }
        let mut found = Vec::new();
        if let Some(root) = &self.root {
            collect(root, &mut Vec::new(), &mut found);
        }
        found
    }

    /// What stands at `path`; an error where a reference or a merge leads there.
    fn node(&self, path: &str) -> Result<Option<&Node>, AdapterError> {
        let Some(mut node) = self.root.as_ref() else {
            return Ok(None);
        };
        for part in parts(path) {
            if node.kind == Kind::Alias || node.entry("<<").is_some() {
                return Err(self.refusal(
                    path,
                    node.span.start,
                    "comes from another place of the file by reference",
                ));
            }
            match child(node, part) {
                Some((_, found)) => node = found,
                None => return Ok(None),
            }
        }
        if node.kind == Kind::Alias {
            return Err(self.refusal(path, node.span.start, "is a reference to another place of the file"));
        }
        Ok(Some(node))
    }

    /// The parts of a path with the numbers of the items that it selects.
    fn resolved(&self, path: &str) -> Vec<String> {
        let mut node = self.root.as_ref();
        parts(path)
            .iter()
            .map(|part| {
                let found = node.and_then(|node| child(node, part));
                node = found.as_ref().map(|(_, found)| *found);
                found.map_or_else(|| (*part).to_owned(), |(name, _)| name)
            })
            .collect()
    }

    fn refusal(&self, path: &str, byte: usize, what: &str) -> AdapterError {
        let line = self.text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1;
        AdapterError::Conflict {
            reason: format!("`{path}` {what} (line {line}), which Freehold does not change; change it by hand"),
        }
    }

    /// `edited`, if the setting reads as `wanted` in it and every other one as before.
    fn checked(&self, edited: String, path: &str, wanted: Option<&str>) -> Result<Vec<u8>, AdapterError> {
        let new = YamlDocument::parse(edited.as_bytes()).map_err(|_| not_safely(path))?;
        let is_as_wanted = new.reads_as(path, wanted)?;
        let own = self.resolved(path);
        // A name above ours that had no value before has one now, or the other way round.
        let is_other =
            |(name, text): &(Vec<String>, String)| *name != own && !(text.is_empty() && own.starts_with(name));
        let others = |document: &YamlDocument<'_>| -> Vec<(Vec<String>, String)> {
            document.leaves().into_iter().filter(is_other).collect()
        };
        if is_as_wanted && others(self) == others(&new) {
            Ok(edited.into_bytes())
        } else {
            Err(not_safely(path))
        }
    }
}

/// A single written value: its text, and whether it is a text at all.
fn decoded(raw: &str) -> Option<(String, bool)> {
    let node = parse(raw).ok()?;
    let text = node.as_ref().map_or(Some(""), Node::text)?;
    let is_plain = !raw.trim_start().starts_with(['\'', '"']);
    Some((text.to_owned(), !(is_plain && is_other(text))))
}

impl<'a> Document<'a> for YamlDocument<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, AdapterError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let valid = error.valid_up_to();
            AdapterError::Malformed {
                line: bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() + 1,
                byte: valid,
                reason: "not UTF-8 text".to_owned(),
            }
        })?;
        Ok(Self {
            text,
            root: parse(text)?,
        })
    }

    fn raw(&self, key: &str) -> Result<Option<String>, AdapterError> {
        let Some(node) = self.node(key)? else {
            return Ok(None);
        };
        if node.is_special || node.text().is_none() {
            return Err(self.refusal(key, node.span.start, "is not a plain single value"));
        }
        Ok(self.text.get(node.span.clone()).map(str::to_owned))
    }

    fn with(&self, key: &str, raw: &str) -> Result<Vec<u8>, AdapterError> {
        let edited = match self.node(key)? {
            Some(_) => self.replaced(key, raw)?,
            None => self.added(key, raw)?,
        };
        self.checked(edited, key, Some(raw))
    }

    fn without(&self, key: &str) -> Result<Vec<u8>, AdapterError> {
        let edited = match self.node(key)? {
            Some(_) => self.removed(key)?,
            None => self.text.to_owned(),
        };
        self.checked(edited, key, None)
    }

    fn shown(raw: &str) -> String {
        decoded(raw).map_or_else(|| raw.to_owned(), |(text, _)| text)
    }

    fn is_same(one: &str, other: &str) -> bool {
        one == other || decoded(one).is_some_and(|one| decoded(other) == Some(one))
    }
}

/// The file's text with the values of secrets hidden and as many lines as before; works on malformed files too.
pub(super) fn masked(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut shown = String::with_capacity(text.len());
    // How far the name of a secret stands in its line, while its value goes on in further lines.
    let mut secret: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let (body, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        let indent = body.len() - body.trim_start_matches([' ', '-', '#']).len();
        if !body.trim().is_empty() && secret.is_some_and(|outer| indent <= outer) {
            secret = None;
        }
        match body.split_once(':') {
            _ if secret.is_some() => shown.push_str(if body.trim().is_empty() { body } else { MASK }),
            Some((name, value)) if is_secret_name(name) => {
                shown.push_str(name);
                shown.push(':');
                if !value.trim().is_empty() {
                    shown.push(' ');
                    shown.push_str(MASK);
                }
                secret = Some(indent);
            }
            // `{password: ...}` and the like.
            Some(_) if body.contains(['{', '[']) && is_secret_name(body) => shown.push_str(MASK),
            Some(_) | None => shown.push_str(&mask_urls(body)),
        }
        shown.push_str(end);
    }
    shown
}

#[cfg(test)]
mod tests;
