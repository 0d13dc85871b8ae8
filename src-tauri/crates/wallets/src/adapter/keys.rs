//! Sets groups of settings in a file and puts them back, whatever its format: the part that most adapters share.
//!
//! A format says how one setting is read, set and taken away ([`Document`]); an adapter says which settings belong
//! together. The one rule: the settings of a group are put back together or not at all, since half of a group is a dead
//! wallet or one that silently asks a public server.

use super::three_way::{Decision, decide};
use super::{AdapterError, ChangedFile, KeyChange, Restored};
use crate::file::FileBytes;
use crate::mask::{MASK, is_secret_name, mask_urls};

/// A text with settings in it. A setting's value is the text with which it is written there (with quotes, where the format
/// has them), so that it goes back in its own spelling.
pub(super) trait Document<'a>: Sized {
    /// Reads the text; refuses what does not follow the format.
    fn parse(bytes: &'a [u8]) -> Result<Self, AdapterError>;

    /// The value of a setting as it is written; `None` when it is not there.
    fn raw(&self, key: &str) -> Result<Option<String>, AdapterError>;

    /// The text with a setting; a new one stands where the format's programs would put it.
    fn with(&self, key: &str, raw: &str) -> Result<Vec<u8>, AdapterError>;

    /// The text without a setting.
    fn without(&self, key: &str) -> Result<Vec<u8>, AdapterError>;

    /// A written value for people: without quotes.
    fn shown(raw: &str) -> String {
        raw.to_owned()
    }

    /// Whether two written values mean the same.
    fn is_same(one: &str, other: &str) -> bool {
        one == other
    }

    /// Whether a setting reads as `wanted` (`None`: not there).
    fn reads_as(&self, key: &str, wanted: Option<&str>) -> Result<bool, AdapterError> {
        Ok(match (self.raw(key)?, wanted) {
            (Some(now), Some(wanted)) => Self::is_same(&now, wanted),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        })
    }
}

/// The refusal of a setting that cannot be changed without changing others.
pub(super) fn not_safely(key: &str) -> AdapterError {
    AdapterError::Conflict {
        reason: format!("`{key}` is written in a way that Freehold does not change safely; change it by hand"),
    }
}

/// Stands in for [`Document`] with any lifetime.
pub(super) trait Format {
    /// The text that it reads.
    type Document<'a>: Document<'a>;
}

/// The text with every setting of `wanted` as it says (`None`: not there), and what that changed.
pub(super) fn set<F: Format>(
    bytes: &[u8],
    wanted: &[(&str, Option<String>)],
) -> Result<(Vec<u8>, Vec<KeyChange>), AdapterError> {
    let mut content = bytes.to_vec();
    let mut changes = Vec::new();
    for (key, value) in wanted {
        let document = F::Document::parse(&content)?;
        if document.reads_as(key, value.as_deref())? {
            continue;
        }
        let now = document.raw(key)?;
        let edited = match value {
            Some(value) => document.with(key, value)?,
            None => document.without(key)?,
        };
        drop(document);
        changes.push(change::<F>(key, now.as_deref(), value.as_deref()));
        content = edited;
    }
    Ok((content, changes))
}

/// The file with the settings of `groups` as they were before the switch. A group in which somebody has changed a setting
/// since stays whole as it is now, and that setting is named.
pub(super) fn put_back<F: Format>(file: &ChangedFile<'_>, groups: &[&[&str]]) -> Result<Restored, AdapterError> {
    let empty: &[u8] = b"";
    let original = match file.original {
        Some(original) => Some(F::Document::parse(original)?),
        None => None,
    };
    let switched = F::Document::parse(if file.switched.is_empty() { empty } else { file.switched })?;
    let mut content = file.current.to_vec();
    let (mut keys, mut kept) = (Vec::new(), Vec::new());
    for group in groups {
        let mut back: Vec<(&str, Option<String>)> = Vec::new();
        let mut foreign: Vec<String> = Vec::new();
        let current = F::Document::parse(&content)?;
        for key in *group {
            let was = original
                .as_ref()
                .map(|original| original.raw(key))
                .transpose()?
                .flatten();
            let (ours, now) = (switched.raw(key)?, current.raw(key)?);
            // One spelling for values that mean the same, so that a wallet which rewrote its file has not changed it.
            let alike = |value: Option<String>, other: Option<&String>| match (value, other) {
                (Some(value), Some(other)) if F::Document::is_same(&value, other) => Some(other.clone()),
                (value, _) => value,
            };
            let ours = alike(ours, was.as_ref());
            let now = alike(alike(now, ours.as_ref()), was.as_ref());
            match decide(was.as_ref(), ours.as_ref(), now.as_ref()) {
                Decision::Leave => {}
                Decision::Keep => foreign.push((*key).to_owned()),
                Decision::PutBack(value) => back.push((key, value)),
            }
        }
        drop(current);
        if foreign.is_empty() {
            let (edited, changed) = set::<F>(&content, &back)?;
            content = edited;
            keys.extend(changed);
        } else {
            kept.extend(foreign);
            kept.extend(back.into_iter().map(|(key, _)| key.to_owned()));
        }
    }
    Ok(Restored {
        bytes: FileBytes::new(content),
        keys,
        kept,
    })
}

fn change<F: Format>(key: &str, before: Option<&str>, after: Option<&str>) -> KeyChange {
    let secret = is_secret_name(key);
    let shown = |raw: Option<&str>| {
        raw.map(|raw| {
            if secret {
                MASK.to_owned()
            } else {
                mask_urls(&F::Document::shown(raw))
            }
        })
    };
    KeyChange {
        key: key.to_owned(),
        before: shown(before),
        after: shown(after),
        secret,
    }
}
