//! Reads and edits `bitcoin.conf` line by line, exactly as Bitcoin Core reads it.
//!
//! The rules are those of Core's `common/config.cpp` and `common/settings.cpp`: `#` starts a comment anywhere, a section
//! is a prefix (`[regtest]` and `regtest.` are the same), the first value of a section wins, `no` before a name takes
//! back what stands before it. The one rule here: bytes outside an edited value never change.

use std::borrow::Cow;
use std::ops::Range;

use crate::format::splice::bytes_with;

/// Where and why a text is not a configuration that Bitcoin Core accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfError {
    /// Line, from 1.
    pub line: usize,
    /// Byte of the line's start.
    pub byte: usize,
    /// What is wrong.
    pub reason: &'static str,
}

/// One `name=value` line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Line, from 1.
    pub line: usize,
    /// The section; empty for the part that applies to every network.
    pub section: Vec<u8>,
    /// The name without section and without `no`.
    pub name: Vec<u8>,
    /// The name is written with `no` in front.
    pub is_negated: bool,
    /// The value's bytes, trimmed.
    pub value: Range<usize>,
    /// The whole line with its end.
    span: Range<usize>,
}

/// A run of lines that belong to one section: from its header (or the file's start) to the next header.
#[derive(Debug, Clone)]
struct Region {
    section: Vec<u8>,
    header: Option<Range<usize>>,
    /// End of the header's or the last setting's line: where a new setting goes.
    end_of_content: usize,
    end: usize,
}

/// A configuration that has been read.
#[derive(Debug, Clone)]
pub(crate) struct Conf<'a> {
    bytes: &'a [u8],
    settings: Vec<Setting>,
    regions: Vec<Region>,
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Core's `TrimString` pattern.
fn trimmed(bytes: &[u8], span: Range<usize>) -> Range<usize> {
    let is_space = |byte: &u8| b" \t\r\n".contains(byte);
    let text = bytes.get(span.clone()).unwrap_or_default();
    let lead = text.iter().take_while(|byte| is_space(byte)).count();
    let tail = text.iter().rev().take_while(|byte| is_space(byte)).count();
    if lead == text.len() {
        span.start..span.start
    } else {
        span.start + lead..span.end - tail
    }
}

impl<'a> Conf<'a> {
    /// Reads `bytes`; refuses what Bitcoin Core refuses.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, ConfError> {
        let first = Region {
            section: Vec::new(),
            header: None,
            end_of_content: 0,
            end: 0,
        };
        let mut conf = Self {
            bytes,
            settings: Vec::new(),
            regions: vec![first],
        };
        let mut prefix: Vec<u8> = Vec::new();
        let mut start = 0;
        for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let span = start..start + line.len();
            start = span.end;
            conf.read_line(index + 1, span, &mut prefix)?;
        }
        if let Some(last) = conf.regions.last_mut() {
            last.end = bytes.len();
        }
        Ok(conf)
    }

    fn read_line(&mut self, line: usize, span: Range<usize>, prefix: &mut Vec<u8>) -> Result<(), ConfError> {
        let refuse = |reason| {
            Err(ConfError {
                line,
                byte: span.start,
                reason,
            })
        };
        let text = self.bytes.get(span.clone()).unwrap_or_default();
        let comment = text.iter().position(|byte| *byte == b'#');
        let content = comment.map_or(span.end, |at| span.start + at);
        let mut body = trimmed(self.bytes, span.start..content);
        // Core takes a byte order mark for a part of the first line. Where that line is a setting it has a strange
        // name; else Core refuses the file, and we read on, because the mark is easy to miss: see `has_bom`.
        let is_setting = self.bytes.get(body.clone()).unwrap_or_default().contains(&b'=');
        if line == 1 && text.starts_with(BOM) && !is_setting {
            body = trimmed(self.bytes, span.start + BOM.len()..content.max(span.start + BOM.len()));
        }
        let bytes = self.bytes.get(body.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
            return Ok(());
        };
        if *first == b'[' && *last == b']' {
            let section = bytes.get(1..bytes.len() - 1).unwrap_or_default();
            *prefix = [section, b"."].concat();
            let section = section.to_vec();
            if let Some(previous) = self.regions.last_mut() {
                previous.end = span.start;
            }
            self.regions.push(Region {
                section,
                end_of_content: span.end,
                end: span.end,
                header: Some(span),
            });
            return Ok(());
        }
        if *first == b'-' {
            return refuse("a setting must be written without a leading `-`");
        }
        let Some(equals) = bytes.iter().position(|byte| *byte == b'=') else {
            return refuse("not a section, comment or `name=value`");
        };
        let name = trimmed(self.bytes, body.start..body.start + equals);
        let full = [prefix.as_slice(), self.bytes.get(name).unwrap_or_default()].concat();
        if comment.is_some() && full.windows(b"rpcpassword".len()).any(|part| part == b"rpcpassword") {
            return refuse("`#` on an rpcpassword line, which Bitcoin Core refuses");
        }
        let (section, name) = match full.iter().position(|byte| *byte == b'.') {
            Some(dot) => (
                full.get(..dot).unwrap_or_default(),
                full.get(dot + 1..).unwrap_or_default(),
            ),
            None => (&[][..], full.as_slice()),
        };
        let (is_negated, name) = name.strip_prefix(b"no").map_or((false, name), |rest| (true, rest));
        if let Some(region) = self.regions.last_mut() {
            region.end_of_content = span.end;
        }
        self.settings.push(Setting {
            line,
            section: section.to_vec(),
            name: name.to_vec(),
            is_negated,
            value: trimmed(self.bytes, body.start + equals + 1..body.end),
            span,
        });
        Ok(())
    }

    /// Every setting, in the file's order.
    pub(crate) fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The file starts with a byte order mark, which Bitcoin Core does not know.
    pub(crate) fn has_bom(&self) -> bool {
        self.bytes.starts_with(BOM)
    }

    /// A setting's value; bytes that are not UTF-8 are shown as U+FFFD.
    pub(crate) fn text(&self, setting: &Setting) -> Cow<'a, str> {
        if setting.is_negated {
            // What Core makes of a name that is switched on by `noX=0`, and of one that is switched off.
            return Cow::Borrowed(if self.is_false(setting) { "0" } else { "1" });
        }
        self.written(setting)
    }

    fn written(&self, setting: &Setting) -> Cow<'a, str> {
        String::from_utf8_lossy(self.bytes.get(setting.value.clone()).unwrap_or_default())
    }

    /// The setting of `section` that counts: the first one after the last `no…`.
    pub(crate) fn effective(&self, section: &str, name: &str) -> Option<&Setting> {
        let all: Vec<&Setting> = self.all(section, name).collect();
        let after = all
            .iter()
            .rposition(|setting| self.is_false(setting))
            .map_or(0, |at| at + 1);
        all.get(after).copied()
    }

    /// `section` switches `name` off by a `no…` that nothing follows.
    pub(crate) fn is_switched_off(&self, section: &str, name: &str) -> bool {
        self.all(section, name)
            .last()
            .is_some_and(|setting| self.is_false(setting))
    }

    fn all(&self, section: &str, name: &str) -> impl Iterator<Item = &Setting> {
        self.settings
            .iter()
            .filter(move |setting| setting.section == section.as_bytes() && setting.name == name.as_bytes())
    }

    /// Core's `InterpretBool` on a negated line: `noX=0` means X is on.
    fn is_false(&self, setting: &Setting) -> bool {
        setting.is_negated && !is_double_negative(&self.written(setting))
    }

    /// The line's end that the file uses.
    fn line_end(&self) -> &'static str {
        let newline = self.bytes.iter().position(|byte| *byte == b'\n');
        if newline.is_some_and(|at| at > 0 && self.bytes.get(at - 1) == Some(&b'\r')) {
            "\r\n"
        } else {
            "\n"
        }
    }

    /// The file with `name` set to `value` in `section`. The section is made at the end when it is missing.
    pub(crate) fn with(&self, section: &str, name: &str, value: &str) -> Vec<u8> {
        if let Some(setting) = self.effective(section, name) {
            if setting.is_negated {
                // `noX=0`, read as "X is 1": the line becomes a plain one.
                let line = format!("{name}={value}{}", self.line_end());
                return bytes_with(self.bytes, setting.span.clone(), line.as_bytes());
            }
            return bytes_with(self.bytes, setting.value.clone(), value.as_bytes());
        }
        let end = self.line_end();
        let (at, text) = match self
            .regions
            .iter()
            .rev()
            .find(|region| region.section == section.as_bytes())
        {
            Some(region) => (region.end_of_content, format!("{name}={value}{end}")),
            None => (self.bytes.len(), format!("[{section}]{end}{name}={value}{end}")),
        };
        let needs_end = at > 0 && self.bytes.get(at - 1) != Some(&b'\n');
        let text = if needs_end { format!("{end}{text}") } else { text };
        bytes_with(self.bytes, at..at, text.as_bytes())
    }

    /// The file without the line that sets `name` in `section`.
    pub(crate) fn without(&self, section: &str, name: &str) -> Vec<u8> {
        match self.effective(section, name) {
            Some(setting) => bytes_with(self.bytes, setting.span.clone(), b""),
            None => self.bytes.to_vec(),
        }
    }

    /// The file without the headers of `section` that nothing follows.
    pub(crate) fn without_empty(&self, section: &str) -> Vec<u8> {
        let mut bytes = self.bytes.to_vec();
        for region in self
            .regions
            .iter()
            .rev()
            .filter(|region| region.section == section.as_bytes())
        {
            let Some(header) = region.header.clone() else { continue };
            let rest = self.bytes.get(header.end..region.end).unwrap_or_default();
            if rest.iter().all(u8::is_ascii_whitespace) {
                bytes.drain(header);
            }
        }
        bytes
    }

    /// The file has a header `[section]`.
    pub(crate) fn has_section(&self, section: &str) -> bool {
        self.regions
            .iter()
            .any(|region| region.header.is_some() && region.section == section.as_bytes())
    }
}

/// Core's reading of `noX=VALUE`: a VALUE that is not empty and whose leading number is 0 means "not no".
fn is_double_negative(value: &str) -> bool {
    if value.is_empty() {
        return false;
    }
    let text = value.trim_start();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.bytes().take_while(u8::is_ascii_digit).any(|digit| digit != b'0')
}

#[cfg(test)]
mod tests;
