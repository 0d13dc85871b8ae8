//! Edits `.env` files: lines of `NAME=value`, as shells and the dotenv libraries of Python, Node and Rust read them.
//!
//! These agree on the common part: `export` in front, values in single, double or back quotes (over several lines too), `#`
//! behind a space as a comment. The one rule: where they differ about a value, it is not touched. A name that stands twice
//! is the usual case: for some the first one counts, for others the last.

use std::ops::Range;

use crate::format::splice::text_with;

/// Where and why a text is not a `.env` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DotenvError {
    /// Line, from 1.
    pub line: usize,
    /// Byte in the file, from 0.
    pub byte: usize,
    /// What is wrong.
    pub reason: &'static str,
}

/// One variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variable {
    /// Its name.
    pub name: String,
    /// Line of its name, from 1.
    pub line: usize,
    /// `export` stands in front of it.
    pub is_exported: bool,
    /// The value's bytes, with quotes.
    value: Range<usize>,
    /// The whole line (or lines) with its end.
    span: Range<usize>,
}

/// A `.env` file that has been read.
#[derive(Debug, Clone)]
pub(crate) struct Dotenv<'a> {
    text: &'a str,
    variables: Vec<Variable>,
}

impl<'a> Dotenv<'a> {
    /// Reads `bytes`, which may start with a byte order mark.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, DotenvError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let valid = error.valid_up_to();
            DotenvError {
                line: bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() + 1,
                byte: valid,
                reason: "not UTF-8 text",
            }
        })?;
        let mut variables = Vec::new();
        let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut line = 1;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let mut end = at + rest.find('\n').map_or(rest.len(), |end| end + 1);
            if let Some(found) = variable(text, at..end, line)? {
                end = found.span.end;
                variables.push(found);
            }
            line += text.get(at..end).unwrap_or_default().matches('\n').count();
            at = end;
        }
        Ok(Self { text, variables })
    }

    /// The text starts with a byte order mark.
    pub(crate) fn has_mark(&self) -> bool {
        self.text.starts_with('\u{feff}')
    }

    /// The variables, in the file's order.
    pub(crate) fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// A variable's value as it is written, with quotes.
    pub(crate) fn raw(&self, variable: &Variable) -> &'a str {
        self.text.get(variable.value.clone()).unwrap_or_default()
    }

    /// The text with another value for a variable that it has.
    pub(crate) fn with(&self, variable: &Variable, raw: &str) -> String {
        text_with(self.text, variable.value.clone(), raw)
    }

    /// The text with a new variable at its end.
    pub(crate) fn with_new(&self, name: &str, raw: &str) -> String {
        let is_exported = !self.variables.is_empty() && self.variables.iter().all(|variable| variable.is_exported);
        let export = if is_exported { "export " } else { "" };
        let end = match self.text.find('\n') {
            Some(at) if self.text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
            Some(_) | None => "\n",
        };
        if self.text.trim_start_matches('\u{feff}').is_empty() || self.text.ends_with('\n') {
            format!("{}{export}{name}={raw}{end}", self.text)
        } else {
            format!("{}{end}{export}{name}={raw}", self.text)
        }
    }

    /// The text without a variable.
    pub(crate) fn without(&self, variable: &Variable) -> String {
        let own = self.text.get(variable.span.clone()).unwrap_or_default();
        if own.ends_with('\n') {
            return text_with(self.text, variable.span.clone(), "");
        }
        let before = self.text.get(..variable.span.start).unwrap_or_default();
        let before = before.strip_suffix('\n').unwrap_or(before);
        before.strip_suffix('\r').unwrap_or(before).to_owned()
    }
}

/// A written value without its quotes.
pub(crate) fn unquoted(raw: &str) -> &str {
    ['"', '\'', '`']
        .iter()
        .find_map(|quote| raw.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(raw)
}

/// The variable that the line at `span` begins, if it begins one.
fn variable(text: &str, span: Range<usize>, line: usize) -> Result<Option<Variable>, DotenvError> {
    let body = text.get(span.clone()).unwrap_or_default();
    let Some((before, _)) = body.split_once('=') else {
        return Ok(None);
    };
    let name = before.trim();
    let (is_exported, name) = match name.strip_prefix("export") {
        Some(rest) if rest.starts_with([' ', '\t']) => (true, rest.trim_start()),
        Some(_) | None => (false, name),
    };
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
    if !is_name {
        return Ok(None);
    }
    let after = span.start + before.len() + 1;
    let rest = text.get(after..).unwrap_or_default();
    let start = after + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let quote = text.get(start..span.end).and_then(|value| value.chars().next());
    let (value, end) = if let Some(quote) = quote.filter(|quote| "\"'`".contains(*quote)) {
        let refuse = |byte, reason| Err(DotenvError { line, byte, reason });
        let Some(close) = closing(text, start + 1, quote) else {
            return refuse(start, "a quote is not closed");
        };
        let tail = text.get(close..).unwrap_or_default();
        let end = close + tail.find('\n').map_or(tail.len(), |end| end + 1);
        let tail = text.get(close..end).unwrap_or_default().trim();
        if !tail.is_empty() && !tail.starts_with('#') {
            return refuse(close, "something stands behind a closing quote");
        }
        (start..close, end)
    } else {
        let value = text.get(start..span.end).unwrap_or_default();
        let comment = value
            .match_indices('#')
            .find(|(at, _)| *at == 0 || value.get(..*at).is_some_and(|before| before.ends_with([' ', '\t'])));
        let value = value
            .get(..comment.map_or(value.len(), |(at, _)| at))
            .unwrap_or_default();
        (start..start + value.trim_end().len(), span.end)
    };
    // `NAME= # comment` has its value right behind the sign.
    let value = if value.is_empty() { after..after } else { value };
    Ok(Some(Variable {
        name: name.to_owned(),
        line,
        is_exported,
        value,
        span: span.start..end,
    }))
}

/// The byte behind the quote that closes a value.
fn closing(text: &str, from: usize, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.get(from..)?.char_indices() {
        if c == quote && !is_escaped {
            return Some(from + at + c.len_utf8());
        }
        is_escaped = quote == '"' && c == '\\' && !is_escaped;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Dotenv, unquoted};

    const TEXT: &str = "\u{feff}# RPC=comment\r\nexport A=http://h:1 # x\r\n B = 'two words' # y\r\nC=\"a\\\"\r\nD=no\"\r\nE=\r\nF= # z\r\n\
                        not a line\r\nG=`x`#c\r\nH=a#b";

    #[test]
    fn every_spelling_is_read() {
        let file = Dotenv::parse(TEXT.as_bytes()).unwrap();
        let found: Vec<(&str, &str, usize)> = file
            .variables()
            .iter()
            .map(|variable| (variable.name.as_str(), file.raw(variable), variable.line))
            .collect();
        let expected = [
            ("A", "http://h:1", 2),
            ("B", "'two words'", 3),
            ("C", "\"a\\\"\r\nD=no\"", 4),
            ("E", "", 6),
            ("F", "", 7),
            ("G", "`x`", 9),
            ("H", "a#b", 10),
        ];
        assert_eq!(found, expected);
        assert_eq!((unquoted("'x'"), unquoted("x'"), unquoted("\"")), ("x", "x'", "\""));
    }

    #[test]
    fn edits_leave_every_other_byte() {
        let file = Dotenv::parse(TEXT.as_bytes()).unwrap();
        let variable = |name: &str| file.variables().iter().find(|variable| variable.name == name).unwrap();
        assert_eq!(file.with(variable("A"), "u"), TEXT.replace("A=http://h:1", "A=u"));
        assert_eq!(file.with(variable("F"), "u"), TEXT.replace("F= # z", "F=u # z"));
        assert_eq!(file.without(variable("C")), TEXT.replace("C=\"a\\\"\r\nD=no\"\r\n", ""));
        assert_eq!(file.without(variable("H")), TEXT.replace("\r\nH=a#b", ""));
        let new = file.with_new("N", "1");
        assert_eq!(new, format!("{TEXT}\r\nN=1"));
        let again = Dotenv::parse(new.as_bytes()).unwrap();
        assert_eq!(again.without(again.variables().last().unwrap()), TEXT);
        let exported = Dotenv::parse(b"export A=1\n").unwrap();
        assert_eq!(exported.with_new("B", "2"), "export A=1\nexport B=2\n");
        assert_eq!(Dotenv::parse(b"").unwrap().with_new("B", "2"), "B=2\n");
    }

    #[test]
    fn an_open_quote_is_refused_with_its_place() {
        assert_eq!(Dotenv::parse(b"A=1\nB='x\n").unwrap_err().line, 2);
        assert_eq!(Dotenv::parse(b"B='x' y\n").unwrap_err().byte, 5);
        assert_eq!(Dotenv::parse(b"A=1\n\xff").unwrap_err().line, 2);
    }
}
