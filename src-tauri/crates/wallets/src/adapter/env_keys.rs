//! Variables of a `.env` file by their name.

use super::AdapterError;
use super::keys::{Document, Format};
use crate::format::dotenv::{Dotenv, DotenvError, Variable, unquoted};
use crate::mask::{MASK, mask_urls};

/// A `.env` file.
#[derive(Debug)]
pub(super) struct Env;

impl Format for Env {
    type Document<'a> = EnvDocument<'a>;
}

/// The text of a `.env` file.
#[derive(Debug)]
pub(super) struct EnvDocument<'a>(Dotenv<'a>);

impl From<DotenvError> for AdapterError {
    fn from(error: DotenvError) -> Self {
        Self::Malformed {
            line: error.line,
            byte: error.byte,
            reason: error.reason.to_owned(),
        }
    }
}

impl EnvDocument<'_> {
    /// Every variable with its value without quotes, in the file's order.
    pub(super) fn all(&self) -> Vec<(String, String)> {
        let variables = self.0.variables().iter();
        variables
            .map(|variable| (variable.name.clone(), unquoted(self.0.raw(variable)).to_owned()))
            .collect()
    }

    /// The value of a variable without quotes; an empty one counts as absent.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, AdapterError> {
        let found = self
            .only(name)?
            .map(|variable| unquoted(self.0.raw(variable)).to_owned());
        Ok(found.filter(|text| !text.is_empty()))
    }

    /// Refuses a file with a byte order mark, which shells and python-dotenv take for a part of the first name.
    pub(super) fn refuse_mark(&self) -> Result<(), AdapterError> {
        if !self.0.has_mark() {
            return Ok(());
        }
        Err(AdapterError::Conflict {
            reason: "the file starts with a byte order mark, which shells and Python take for a part of the first name; save \
                     it without one first"
                .to_owned(),
        })
    }

    /// The variable of that name; an error when it stands twice.
    fn only(&self, name: &str) -> Result<Option<&Variable>, AdapterError> {
        let mut all = self.0.variables().iter().filter(|variable| variable.name == name);
        match (all.next(), all.next()) {
            (Some(first), Some(second)) => Err(AdapterError::Conflict {
                reason: format!(
                    "`{name}` stands in line {} and again in line {}, and programs differ about which one counts; take \
                     one of them out first",
                    first.line, second.line
                ),
            }),
            (first, _) => Ok(first),
        }
    }
}

impl<'a> Document<'a> for EnvDocument<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, AdapterError> {
        Ok(Self(Dotenv::parse(bytes)?))
    }

    fn raw(&self, key: &str) -> Result<Option<String>, AdapterError> {
        Ok(self.only(key)?.map(|variable| self.0.raw(variable).to_owned()))
    }

    fn with(&self, key: &str, raw: &str) -> Result<Vec<u8>, AdapterError> {
        let text = match self.only(key)? {
            Some(variable) => self.0.with(variable, raw),
            None => self.0.with_new(key, raw),
        };
        Ok(text.into_bytes())
    }

    fn without(&self, key: &str) -> Result<Vec<u8>, AdapterError> {
        let found = self.only(key)?.map(|variable| self.0.without(variable));
        match found {
            Some(text) => Ok(text.into_bytes()),
            None => Err(AdapterError::Missing),
        }
    }

    fn shown(raw: &str) -> String {
        unquoted(raw).to_owned()
    }

    fn is_same(one: &str, other: &str) -> bool {
        unquoted(one) == unquoted(other)
    }
}

/// The file's text with as many lines as before. Such files hold keys of accounts, so that every value is hidden but plain
/// addresses of nodes.
pub(super) fn masked(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (body, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        match body.split_once('=') {
            Some((name, value)) if is_name(name) => {
                shown.push_str(name);
                shown.push('=');
                if is_address(value) {
                    shown.push_str(&mask_urls(value));
                } else if !value.trim().is_empty() {
                    shown.push_str(MASK);
                }
            }
            None if body.trim_start().starts_with('#') && !has_long_word(body) => shown.push_str(&mask_urls(body)),
            // It may go on with a value in quotes.
            Some(_) | None if !body.trim().is_empty() => shown.push_str(MASK),
            Some(_) | None => shown.push_str(body),
        }
        shown.push_str(end);
    }
    shown
}

/// A name, perhaps behind `export` or as a comment.
fn is_name(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', '#', ' ', '\t']);
    let text = text.strip_prefix("export ").unwrap_or(text).trim();
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c)) && text.len() <= 64
}

fn is_address(value: &str) -> bool {
    let value = value.trim_start().trim_start_matches(['"', '\'', '`']);
    ["http://", "https://", "ws://", "wss://"]
        .iter()
        .any(|scheme| value.to_ascii_lowercase().starts_with(scheme))
        && !has_long_word(value.split_once([' ', '\t']).map_or("", |(_, tail)| tail))
}

/// Whether a word is as long as a key.
fn has_long_word(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| word.len() >= 20)
}

#[cfg(test)]
mod tests {
    use super::{Env, EnvDocument, masked};
    use crate::adapter::keys::{Document, set};

    #[test]
    fn a_variable_that_stands_twice_is_refused() {
        let error = set::<Env>(b"A=1\nB=2\nA=3\n", &[("A", Some("4".to_owned()))]).unwrap_err();
        assert!(error.to_string().contains("line 1 and again in line 3"), "{error}");
        assert!(set::<Env>(b"A=1\nB=2\nA=3\n", &[("B", Some("4".to_owned()))]).is_ok());
    }

    #[test]
    fn quotes_do_not_make_another_value() {
        let document = EnvDocument::parse(b"export A=\"http://h:1\"\nB=\n").unwrap();
        assert_eq!(document.text("A").unwrap().as_deref(), Some("http://h:1"));
        assert_eq!(
            (document.text("B").unwrap(), document.raw("B").unwrap()),
            (None, Some(String::new()))
        );
        assert!(EnvDocument::is_same("\"x\"", "x"));
        assert_eq!(
            set::<Env>(b"A='x'\n", &[("A", Some("x".to_owned()))]).unwrap().1.len(),
            0
        );
    }

    #[test]
    fn every_value_but_an_address_is_hidden() {
        let text = b"PRIVATE_KEY=hunter2\nMNEMONIC=\"hunter2 a\nhunter2 b\"\n# OLD=hunter2\n# key 0123456789abcdef01234567\n# words\nX=\n\
                     URL=https://mainnet.infura.io/v3/0123456789abcdef0123456789abcdef\nU='http://u:hunter2@127.0.0.1:8545'\n";
        let shown = masked(text);
        assert!(
            !shown.contains("hunter2") && !shown.contains("0123456789abcdef"),
            "{shown}"
        );
        assert_eq!(shown.lines().count(), String::from_utf8_lossy(text).lines().count());
        assert!(
            shown.contains("https://mainnet.infura.io/v3/")
                && shown.contains("# words")
                && shown.contains("127.0.0.1:8545")
        );
    }
}
