//! Edits members of a JSON object in its text, so that order, spacing, escapes and spellings of numbers stay.
//!
//! A strict scanner finds where each member of the outermost object stands; an edit replaces one span. The one rule:
//! what is not strictly JSON (comments, trailing commas, a name twice) is refused with its place, never guessed.

use std::ops::Range;

use crate::format::splice::text_with;

/// Where and why a text is not a JSON object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonError {
    /// Line, from 1.
    pub line: usize,
    /// Byte in the file, from 0.
    pub byte: usize,
    /// What is wrong.
    pub reason: String,
}

/// One member of the outermost object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// The name, escapes resolved.
    pub name: String,
    /// The name's span, with its quotes.
    pub name_span: Range<usize>,
    /// The value's span.
    pub value_span: Range<usize>,
}

/// A JSON object that has been scanned.
#[derive(Debug, Clone)]
pub(crate) struct Object<'a> {
    text: &'a str,
    /// The byte after `{`.
    inside: usize,
    members: Vec<Member>,
}

/// Deepest nesting that is accepted; below the limit of serde_json, so that every scanned value can be decoded.
const DEPTH: usize = 100;

impl<'a> Object<'a> {
    /// Scans `bytes`, which may start with a byte order mark.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, JsonError> {
        let text =
            std::str::from_utf8(bytes).map_err(|error| error_at(bytes, error.valid_up_to(), "not UTF-8 text"))?;
        let mut scan = Scan {
            bytes,
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        };
        scan.space();
        if scan.peek().is_none() {
            return Err(scan.error("the file is empty"));
        }
        if scan.peek() != Some(b'{') {
            return Err(scan.error("not a JSON object"));
        }
        scan.at += 1;
        let inside = scan.at;
        let mut members: Vec<Member> = Vec::new();
        scan.list(b'}', |scan| {
            let name_span = scan.string()?;
            let name: String = serde_json::from_str(text.get(name_span.clone()).unwrap_or_default())
                .map_err(|_| error_at(bytes, name_span.start, "a name with a broken escape"))?;
            if members.iter().any(|member| member.name == name) {
                return Err(error_at(
                    bytes,
                    name_span.start,
                    &format!("the name `{}` stands twice", shown(&name)),
                ));
            }
            scan.space();
            scan.expect(b':')?;
            scan.space();
            let value_span = scan.value(1)?;
            members.push(Member {
                name,
                name_span,
                value_span,
            });
            Ok(())
        })?;
        scan.space();
        if scan.peek().is_some() {
            return Err(scan.error("something follows the object"));
        }
        Ok(Self { text, inside, members })
    }

    /// The members, in the file's order.
    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member of that name.
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// A member's value as it is written.
    pub(crate) fn raw(&self, member: &Member) -> &'a str {
        self.text.get(member.value_span.clone()).unwrap_or_default()
    }

    /// The value of the member of that name, decoded.
    pub(crate) fn value(&self, name: &str) -> Result<Option<serde_json::Value>, JsonError> {
        let Some(member) = self.member(name) else {
            return Ok(None);
        };
        serde_json::from_str(self.raw(member)).map(Some).map_err(|_| {
            error_at(
                self.text.as_bytes(),
                member.value_span.start,
                &format!("the value of `{name}` cannot be read"),
            )
        })
    }

    /// An error at the value of `member`.
    pub(crate) fn error_at(&self, member: &Member, reason: &str) -> JsonError {
        error_at(self.text.as_bytes(), member.value_span.start, reason)
    }

    /// The text with `name` set to `raw`, a JSON value. A new member follows the last one, in its style.
    pub(crate) fn with(&self, name: &str, raw: &str) -> String {
        if let Some(member) = self.member(name) {
            return text_with(self.text, member.value_span.clone(), raw);
        }
        let quoted = serde_json::Value::from(name).to_string();
        let Some((last, others)) = self.members.split_last() else {
            return text_with(self.text, self.inside..self.inside, &format!("{quoted}: {raw}"));
        };
        let gap_from = others.last().map_or(self.inside, |member| member.value_span.end);
        let gap = self
            .text
            .get(gap_from..last.name_span.start)
            .unwrap_or_default()
            .replace(',', "");
        let colon = self.text.get(last.name_span.end..last.value_span.start).unwrap_or(": ");
        text_with(
            self.text,
            last.value_span.end..last.value_span.end,
            &format!(",{gap}{quoted}{colon}{raw}"),
        )
    }

    /// The text without the member of that name.
    pub(crate) fn without(&self, name: &str) -> String {
        let Some(index) = self.members.iter().position(|member| member.name == name) else {
            return self.text.to_owned();
        };
        let previous = index.checked_sub(1).and_then(|before| self.members.get(before));
        let (Some(this), next) = (self.members.get(index), self.members.get(index + 1)) else {
            return self.text.to_owned();
        };
        let span = match (previous, next) {
            (Some(previous), _) => previous.value_span.end..this.value_span.end,
            (None, Some(next)) => this.name_span.start..next.name_span.start,
            (None, None) => this.name_span.start..this.value_span.end,
        };
        text_with(self.text, span, "")
    }

    /// The text as it is.
    pub(crate) fn with_nothing(&self) -> String {
        self.text.to_owned()
    }
}

/// `raw`, a JSON array as it is written, with `item` at its end, in the array's own style.
pub(crate) fn array_with(raw: &str, item: &str) -> Result<String, JsonError> {
    let (elements, inside) = elements(raw)?;
    let Some((last, others)) = elements.split_last() else {
        return Ok(text_with(raw, inside..inside, item));
    };
    let gap_from = others.last().map_or(inside, |element| element.end);
    let gap = raw.get(gap_from..last.start).unwrap_or_default().replace(',', "");
    Ok(text_with(raw, last.end..last.end, &format!(",{gap}{item}")))
}

/// `raw`, a JSON array as it is written, without its element number `index`.
pub(crate) fn array_without(raw: &str, index: usize) -> Result<String, JsonError> {
    let (elements, _) = elements(raw)?;
    let Some(this) = elements.get(index) else {
        return Ok(raw.to_owned());
    };
    let previous = index.checked_sub(1).and_then(|before| elements.get(before));
    let span = match (previous, elements.get(index + 1)) {
        (Some(previous), _) => previous.end..this.end,
        (None, Some(next)) => this.start..next.start,
        (None, None) => this.clone(),
    };
    Ok([
        raw.get(..span.start).unwrap_or_default(),
        raw.get(span.end..).unwrap_or_default(),
    ]
    .concat())
}

/// The spans of an array's elements, and the byte after its `[`.
pub(crate) fn elements(raw: &str) -> Result<(Vec<Range<usize>>, usize), JsonError> {
    let mut scan = Scan {
        bytes: raw.as_bytes(),
        at: 0,
    };
    scan.expect(b'[')?;
    let inside = scan.at;
    let mut found = Vec::new();
    scan.list(b']', |scan| {
        found.push(scan.value(1)?);
        Ok(())
    })?;
    Ok((found, inside))
}

/// The first characters of a name, for an error.
fn shown(name: &str) -> String {
    name.chars().take(40).filter(|c| !c.is_control()).collect()
}

fn error_at(bytes: &[u8], byte: usize, reason: &str) -> JsonError {
    let line = bytes.iter().take(byte).filter(|b| **b == b'\n').count() + 1;
    JsonError {
        line,
        byte,
        reason: reason.to_owned(),
    }
}

/// A cursor over JSON.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn error(&self, reason: &str) -> JsonError {
        error_at(self.bytes, self.at, reason)
    }

    /// The error for an unexpected byte, told apart from an end that comes too early.
    fn unexpected(&self, wanted: &str) -> JsonError {
        match self.peek() {
            Some(_) => self.error(&format!("expected {wanted}")),
            None => self.error("the file ends too early"),
        }
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| b" \t\r\n".contains(&byte)) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.peek() != Some(byte) {
            return Err(self.unexpected(&format!("`{}`", char::from(byte))));
        }
        self.at += 1;
        Ok(())
    }

    /// Items separated by commas up to `close`, which is consumed; the opening byte has been.
    fn list(&mut self, close: u8, mut item: impl FnMut(&mut Self) -> Result<(), JsonError>) -> Result<(), JsonError> {
        self.space();
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(byte) if byte == close => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.unexpected(&format!("`,` or `{}`", char::from(close)))),
            }
            self.space();
        }
    }

    fn value(&mut self, depth: usize) -> Result<Range<usize>, JsonError> {
        let start = self.at;
        if depth > DEPTH {
            return Err(self.error("nested too deeply"));
        }
        match self.peek() {
            Some(b'"') => {
                self.string()?;
            }
            Some(b'{') => {
                self.at += 1;
                self.list(b'}', |scan| {
                    scan.string()?;
                    scan.space();
                    scan.expect(b':')?;
                    scan.space();
                    scan.value(depth + 1).map(|_| ())
                })?;
            }
            Some(b'[') => {
                self.at += 1;
                self.list(b']', |scan| scan.value(depth + 1).map(|_| ()))?;
            }
            Some(b't') => self.word("true")?,
            Some(b'f') => self.word("false")?,
            Some(b'n') => self.word("null")?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return Err(self.unexpected("a value")),
        }
        Ok(start..self.at)
    }

    fn word(&mut self, word: &str) -> Result<(), JsonError> {
        if !self
            .bytes
            .get(self.at..)
            .unwrap_or_default()
            .starts_with(word.as_bytes())
        {
            return Err(self.error(&format!("expected `{word}`")));
        }
        self.at += word.len();
        Ok(())
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.unexpected("a digit"));
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), JsonError> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn string(&mut self) -> Result<Range<usize>, JsonError> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("`\"`"));
        }
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(start..self.at);
                }
                Some(b'\\') => self.escape()?,
                Some(byte) if byte < 0x20 => return Err(self.error("a control character inside a text")),
                Some(_) => self.at += 1,
                None => return Err(self.error("the file ends inside a text")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), JsonError> {
        let length = match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') => {
                let hex = self.bytes.get(self.at + 2..self.at + 6).unwrap_or_default();
                if hex.len() == 4 && hex.iter().all(u8::is_ascii_hexdigit) {
                    6
                } else {
                    0
                }
            }
            _ => 0,
        };
        if length == 0 {
            return Err(self.error("a broken escape inside a text"));
        }
        self.at += length;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
