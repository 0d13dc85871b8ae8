//! Settings of a file of Qt's `QSettings` by the names that programs use: `enableCoreRPC`, or `a@b.c/enableCoreRPC`.

use super::AdapterError;
use super::keys::{Document, Format};
use crate::files::Files;
use crate::format::qsettings::value::{Value, encode};
use crate::format::qsettings::{QSettings, QSettingsError};
use crate::mask::{MASK, is_secret_name, mask_urls};
use crate::slot::SETTINGS;

impl From<QSettingsError> for AdapterError {
    fn from(error: QSettingsError) -> Self {
        Self::Malformed {
            line: error.line,
            byte: error.byte,
            reason: error.reason,
        }
    }
}

/// A file of `QSettings`.
pub(super) struct Ini;

impl Format for Ini {
    type Document<'a> = IniDocument<'a>;
}

/// The text of a file of `QSettings`.
pub(super) struct IniDocument<'a>(QSettings<'a>);

impl IniDocument<'_> {
    /// The value of a setting that is a text; none where it is absent or `@Invalid()`.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, AdapterError> {
        let Some(setting) = self.0.setting(name) else {
            return Ok(None);
        };
        match Value::decode(self.0.raw(setting)?) {
            Value::Text(text) => Ok(Some(text)),
            Value::Nothing => Ok(None),
            Value::List(_) | Value::Other => Err(self.wrong(name, "a text")),
        }
    }

    /// The value of a setting that is true or false. Qt takes every text for true that is not empty, `0` or `false`; only
    /// what programs write is known here.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, AdapterError> {
        match self.text(name)?.map(|text| text.to_ascii_lowercase()).as_deref() {
            None => Ok(None),
            Some("true" | "1") => Ok(Some(true)),
            Some("false" | "0" | "") => Ok(Some(false)),
            Some(_) => Err(self.wrong(name, "true or false")),
        }
    }

    /// The value of a setting that is a number.
    pub(super) fn number(&self, name: &str) -> Result<Option<i64>, AdapterError> {
        match self.text(name)? {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| self.wrong(name, "a number")),
        }
    }

    /// The names of all settings, in the file's order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.settings().iter().map(|setting| setting.name.as_str())
    }

    /// The error for a setting of another kind.
    pub(super) fn wrong(&self, name: &str, wanted: &str) -> AdapterError {
        let reason = format!("`{name}` is not {wanted}");
        match self.0.setting(name) {
            Some(setting) => self.0.error_at(setting, &reason).into(),
            None => AdapterError::Conflict { reason },
        }
    }
}

/// A note for a file at a place that nobody has tried out: inside a Flatpak.
pub(super) fn unverified(files: &Files) -> Option<String> {
    let path = &files.first(SETTINGS)?.path;
    let is_flatpak = path.components().any(|part| part.as_os_str() == ".var");
    is_flatpak.then(|| "That the Flatpak keeps its settings there is not verified by us.".to_owned())
}

/// A flag as `QSettings` writes it.
pub(super) fn flag(value: bool) -> String {
    value.to_string()
}

/// A text as `QSettings` writes it.
pub(super) fn text(value: &str) -> String {
    encode(value)
}

impl<'a> Document<'a> for IniDocument<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, AdapterError> {
        Ok(Self(QSettings::parse(bytes)?))
    }

    fn raw(&self, key: &str) -> Result<Option<String>, AdapterError> {
        match self.0.setting(key) {
            Some(setting) => Ok(Some(self.0.raw(setting)?.to_owned())),
            None => Ok(None),
        }
    }

    fn with(&self, key: &str, raw: &str) -> Result<Vec<u8>, AdapterError> {
        Ok(self.0.with(key, raw))
    }

    fn without(&self, key: &str) -> Result<Vec<u8>, AdapterError> {
        Ok(self.0.without(key))
    }

    fn shown(raw: &str) -> String {
        match Value::decode(raw) {
            Value::Text(text) => masked_json(&text).unwrap_or(text),
            Value::List(_) | Value::Nothing | Value::Other => raw.to_owned(),
        }
    }

    fn is_same(one: &str, other: &str) -> bool {
        let (one, other) = (Value::decode(one), Value::decode(other));
        let json = |value: &Value| serde_json::from_str::<serde_json::Value>(value.text()?).ok();
        // A program that keeps JSON in a text may write its members in another order.
        one == other && one != Value::Other || json(&one).is_some_and(|one| json(&other) == Some(one))
    }
}

/// The file's text with secrets masked and as many lines as before.
pub(super) fn masked(bytes: &[u8]) -> String {
    let Ok(settings) = QSettings::parse(bytes) else {
        // Not readable, so nobody knows which part is a secret: only the shape is shown.
        let text = String::from_utf8_lossy(bytes).into_owned();
        return text.lines().flat_map(|_| [MASK, "\n"]).collect();
    };
    let shown =
        |span: std::ops::Range<usize>| String::from_utf8_lossy(bytes.get(span).unwrap_or_default()).into_owned();
    let mut text = String::with_capacity(bytes.len());
    let mut at = 0;
    for setting in settings.settings() {
        // A comment may be a setting that somebody switched off.
        text.push_str(&masked_comments(&shown(at..setting.value.start)));
        let raw = shown(setting.value.clone());
        at = setting.value.end;
        let value = Value::decode(&raw);
        let json = value.text().and_then(masked_json);
        let is_harmless = matches!(value.text(), Some("" | "true" | "false"));
        if is_secret_name(&setting.name) && !is_harmless {
            text.push_str(MASK);
        } else if let Some(json) = json {
            text.push_str(&encode_shown(&json));
        } else {
            text.push_str(&mask_urls(&raw));
            continue;
        }
        // A value over several lines keeps its number of lines.
        text.extend(raw.chars().filter(|c| *c == '\n'));
    }
    text.push_str(&masked_comments(&shown(at..bytes.len())));
    text
}

/// The lines between settings, with the values of comments that name a secret hidden.
fn masked_comments(between: &str) -> String {
    let hide = |line: &str| -> String {
        let is_comment = line.trim_start().starts_with(';');
        match line.split_once('=') {
            Some((name, rest)) if is_comment && is_secret_name(name.trim()) => {
                let end: String = rest.chars().filter(|c| *c == '\r' || *c == '\n').collect();
                format!("{name}={MASK}{end}")
            }
            Some(_) | None => mask_urls(line),
        }
    };
    between.split_inclusive('\n').map(hide).collect()
}

/// A text as `QSettings` writes it, but for the mask, which stays readable.
fn encode_shown(text: &str) -> String {
    let parts: Vec<String> = text
        .split(MASK)
        .map(|part| part.replace('\\', "\\\\").replace('"', "\\\""))
        .collect();
    format!("\"{}\"", parts.join(MASK))
}

/// JSON with every secret in it masked; `None` for a text that is no JSON object or list.
fn masked_json(text: &str) -> Option<String> {
    let mut value: serde_json::Value = serde_json::from_str(text).ok()?;
    if !(value.is_object() || value.is_array()) {
        return None;
    }
    hide(&mut value);
    Some(value.to_string())
}

fn hide(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                match value {
                    serde_json::Value::String(text) if is_secret_name(name) => {
                        if !text.is_empty() {
                            MASK.clone_into(text);
                        }
                    }
                    other => hide(other),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(hide),
        serde_json::Value::String(text) => *text = mask_urls(text),
        _ => {}
    }
}
