//! Settings of a file of lines by their name: `rpcport`, or `BLOCKCHAIN/rpc_port` in a section.

use std::marker::PhantomData;

use super::AdapterError;
use super::keys::{Document, Format};
use crate::format::lines::{Dialect, Lines, LinesError, Setting};
use crate::mask::{MASK, is_secret_name, mask_urls};

/// The dialect of one program.
pub(super) trait Spoken: 'static {
    /// How the program reads its lines.
    const DIALECT: &'static Dialect;
}

/// Files of lines in the dialect of `S`.
pub(super) struct LinesOf<S>(PhantomData<S>);

impl<S: Spoken> Format for LinesOf<S> {
    type Document<'a> = LineDocument<'a, S>;
}

/// A file of lines.
pub(super) struct LineDocument<'a, S> {
    lines: Lines<'a>,
    spoken: PhantomData<S>,
}

impl From<LinesError> for AdapterError {
    fn from(error: LinesError) -> Self {
        Self::Malformed {
            line: error.line,
            byte: error.byte,
            reason: error.reason.to_owned(),
        }
    }
}

fn split(key: &str) -> (&str, &str) {
    key.split_once('/').unwrap_or(("", key))
}

impl<'a, S: Spoken> LineDocument<'a, S> {
    /// The lines themselves.
    pub(super) fn lines(&self) -> &Lines<'a> {
        &self.lines
    }

    /// The setting of that name that counts.
    pub(super) fn setting(&self, key: &str) -> Option<&Setting> {
        let (section, name) = split(key);
        self.lines.get(section, name)
    }

    /// Its value; `None` when it is not there or has none.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.setting(key).and_then(|setting| self.lines.value(setting))
    }

    /// Its value unless it is empty.
    pub(super) fn filled(&self, key: &str) -> Option<&'a str> {
        self.text(key).filter(|value| !value.is_empty())
    }

    /// Refuses a file with a byte order mark, at which `program` stops.
    pub(super) fn refuse_mark(&self, program: &str) -> Result<(), AdapterError> {
        if !self.lines.has_bom() {
            return Ok(());
        }
        Err(AdapterError::Conflict {
            reason: format!(
                "the file starts with a byte order mark, which {program} takes for a part of the first line; save it \
                 without one first"
            ),
        })
    }

    /// Refuses a file in which one of `keys` stands more than once, since `program` then stops or takes any of them.
    pub(super) fn refuse_repeated(&self, keys: &[&str], program: &str) -> Result<(), AdapterError> {
        for key in keys {
            let (section, name) = split(key);
            let mut all = self.lines.all(section, name);
            if let (Some(first), Some(second)) = (all.next(), all.next()) {
                return Err(AdapterError::Conflict {
                    reason: format!(
                        "`{name}` stands in line {} and again in line {}, and {program} may take either or stop; take \
                         one of them out first",
                        first.line, second.line
                    ),
                });
            }
        }
        Ok(())
    }
}

impl<'a, S: Spoken> Document<'a> for LineDocument<'a, S> {
    fn parse(bytes: &'a [u8]) -> Result<Self, AdapterError> {
        Ok(Self {
            lines: Lines::parse(bytes, S::DIALECT)?,
            spoken: PhantomData,
        })
    }

    fn raw(&self, key: &str) -> Result<Option<String>, AdapterError> {
        Ok(self
            .setting(key)
            .map(|setting| self.lines.value(setting).unwrap_or_default().to_owned()))
    }

    fn with(&self, key: &str, raw: &str) -> Result<Vec<u8>, AdapterError> {
        let (section, name) = split(key);
        Ok(self.lines.with(section, name, raw).into_bytes())
    }

    fn without(&self, key: &str) -> Result<Vec<u8>, AdapterError> {
        let (section, name) = split(key);
        Ok(self.lines.without(section, name).into_bytes())
    }
}

/// The text with the values of secrets hidden, in comments too: a password is often parked behind a `#`.
pub(super) fn masked(bytes: &[u8], delimiters: &[char]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (body, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        let parts = body.find(delimiters).map(|at| body.split_at(at));
        match parts {
            Some((name, value)) if is_secret_name(name) && value.trim().len() > 1 => {
                shown.push_str(name);
                shown.extend(value.chars().take(1));
                shown.push_str(MASK);
            }
            Some(_) | None => shown.push_str(&mask_urls(body)),
        }
        shown.push_str(end);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn passwords_are_hidden_in_comments_too() {
        let text = b"rpc_user = me\r\n# rpc_password: hunter2\r\nbitcoind.rpcpass=hunter2\ndaemon-login=u:hunter2";
        let shown = masked(text, &['=', ':']);
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("rpc_user = me\r\n"));
        assert_eq!(shown.lines().count(), 4);
    }
}
