//! Reads and edits the INI files of Qt's `QSettings` line by line, exactly as Qt reads them.
//!
//! The rules are those of Qt 5's and Qt 6's `qsettings.cpp`: `;` starts a comment, at a line's start and inside one; a
//! line break inside quotes or after `\` belongs to the value; what stands before the first section, and in `[General]`,
//! has no section. The one rule here: bytes outside an edited value never change, `@Variant(…)` and its like included.

use std::ops::Range;

use crate::format::splice::bytes_with;

pub(crate) mod name;
pub(crate) mod value;

/// Where and why a text is not one that `QSettings` reads without an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QSettingsError {
    /// Line, from 1.
    pub line: usize,
    /// Byte in the file, from 0.
    pub byte: usize,
    /// What is wrong.
    pub reason: String,
}

/// One `name=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The name as programs use it: `enableCoreRPC`, or `section/name`.
    pub name: String,
    /// The value's bytes, without the space around them.
    pub value: Range<usize>,
    /// From the start of its line to the start of the next, or to the comment that follows it.
    span: Range<usize>,
    /// Where the next line starts.
    next_line: usize,
}

/// A run of lines that belong to one section: from its header (or the file's start) to the next header.
#[derive(Debug, Clone)]
struct Region {
    /// As [`name::section_of`] gives it; empty for settings without a section.
    section: String,
    header: Option<Range<usize>>,
    /// Where a setting goes that comes before all others.
    inside: usize,
    end: usize,
}

/// A file of `QSettings` that has been read.
#[derive(Debug, Clone)]
pub(crate) struct QSettings<'a> {
    bytes: &'a [u8],
    settings: Vec<Setting>,
    regions: Vec<Region>,
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

impl<'a> QSettings<'a> {
    /// Reads `bytes`; refuses what Qt takes for an error, a name that stands twice and a text without an end.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, QSettingsError> {
        let start = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        let mut found = Self {
            bytes,
            settings: Vec::new(),
            regions: vec![Region {
                section: String::new(),
                header: None,
                inside: start,
                end: bytes.len(),
            }],
        };
        let mut at = start;
        while let Some(line) = Line::next(bytes, at) {
            at = line.end;
            found.take(&line)?;
        }
        // A line that goes on would swallow whatever is written behind it.
        let escapes = bytes.iter().rev().take_while(|byte| **byte == b'\\').count();
        if escapes % 2 == 1 {
            return Err(error_at(bytes, bytes.len(), "the file ends in the middle of a value"));
        }
        Ok(found)
    }

    fn take(&mut self, line: &Line) -> Result<(), QSettingsError> {
        let refuse = |reason: &str| Err(error_at(self.bytes, line.start, reason));
        let text = self.bytes.get(line.start..line.end).unwrap_or_default();
        if line.is_open {
            return refuse("a quoted text without an end");
        }
        let end = self.with_line_end(line.end);
        let span = self.line_start(line.start)..end;
        let next_line = self.after_comment(line.end);
        if text.first() == Some(&b'[') {
            let Some(close) = text.iter().position(|byte| *byte == b']') else {
                return refuse("a section without `]`");
            };
            let written = text.get(1..close).unwrap_or_default().trim_ascii();
            if let Some(previous) = self.regions.last_mut() {
                previous.end = span.start;
            }
            self.regions.push(Region {
                section: name::section(written),
                header: Some(span),
                inside: next_line,
                end: self.bytes.len(),
            });
            return Ok(());
        }
        let Some(equals) = line.equals else {
            return refuse("not a section, comment or `name=value`");
        };
        let section = self
            .regions
            .last()
            .map(|region| region.section.clone())
            .unwrap_or_default();
        let written = self.bytes.get(line.start..equals).unwrap_or_default().trim_ascii();
        let name = [section, name::decode(written)].concat();
        if self.setting(&name).is_some() {
            let shown: String = name.chars().take(40).filter(|c| !c.is_control()).collect();
            return refuse(&format!("the name `{shown}` stands twice"));
        }
        let raw = self.bytes.get(equals + 1..line.end).unwrap_or_default();
        let lead = raw.len() - raw.trim_ascii_start().len();
        let value = equals + 1 + lead..equals + 1 + lead + raw.trim_ascii().len();
        self.settings.push(Setting {
            name,
            value,
            span,
            next_line,
        });
        Ok(())
    }

    /// Every setting, in the file's order.
    pub(crate) fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The setting of that name.
    pub(crate) fn setting(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.name == name)
    }

    /// A setting's value as it is written.
    pub(crate) fn raw(&self, setting: &Setting) -> Result<&'a str, QSettingsError> {
        let raw = self.bytes.get(setting.value.clone()).unwrap_or_default();
        std::str::from_utf8(raw).map_err(|_| error_at(self.bytes, setting.value.start, "not UTF-8 text"))
    }

    /// An error at the value of `setting`.
    pub(crate) fn error_at(&self, setting: &Setting, reason: &str) -> QSettingsError {
        error_at(self.bytes, setting.value.start, reason)
    }

    /// The text with `name` set to `raw`. A new setting stands where Qt, which sorts, would put it; a new section at the
    /// end, and settings without a section at the start.
    pub(crate) fn with(&self, name: &str, raw: &str) -> Vec<u8> {
        if let Some(setting) = self.setting(name) {
            return bytes_with(self.bytes, setting.value.clone(), raw.as_bytes());
        }
        let end = self.line_break();
        let (section, rest) = name::split(name);
        let line = format!("{}={raw}{end}", name::encode(rest));
        // The last region of the section; the lines before every header count only when they hold settings.
        let region = self.regions.iter().rev().find(|region| {
            region.section == section && (region.header.is_some() || self.inside(region).next().is_some())
        });
        let Some(region) = region else {
            let header = format!("[{}]{end}", name::encode_section(section));
            if section.is_empty() {
                let start = self.regions.first().map_or(0, |region| region.inside);
                let gap = if start == self.bytes.len() { "" } else { end };
                return bytes_with(self.bytes, start..start, format!("{header}{line}{gap}").as_bytes());
            }
            let has_end = self.bytes.is_empty() || self.bytes.ends_with(b"\n") || self.bytes.ends_with(b"\r");
            let gap = match (self.bytes.is_empty() || self.bytes == BOM, has_end) {
                (true, _) => String::new(),
                (false, true) => end.to_owned(),
                (false, false) => end.repeat(2),
            };
            let at = self.bytes.len();
            return bytes_with(self.bytes, at..at, format!("{gap}{header}{line}").as_bytes());
        };
        let before = self
            .inside(region)
            .filter(|setting| setting.name.as_str() < name)
            .last();
        let at = before.map_or(region.inside, |setting| setting.next_line);
        let before = self.bytes.get(..at).unwrap_or_default();
        if before == BOM || matches!(before.last(), None | Some(b'\n' | b'\r')) {
            bytes_with(self.bytes, at..at, line.as_bytes())
        } else {
            bytes_with(self.bytes, at..at, format!("{end}{}", line.trim_end()).as_bytes())
        }
    }

    /// The text without the setting of that name. The header of a section that held nothing else goes with it.
    pub(crate) fn without(&self, name: &str) -> Vec<u8> {
        let Some(setting) = self.setting(name) else {
            return self.bytes.to_vec();
        };
        let header = self.regions.iter().find_map(|region| {
            let header = region.header.clone()?;
            let is_inside = header.end <= setting.span.start && setting.span.end <= region.end;
            is_inside.then_some((header, region.end))
        });
        if let Some((header, end)) = header {
            let is_blank = |span: Range<usize>| self.bytes.get(span).unwrap_or_default().trim_ascii().is_empty();
            if is_blank(header.end..setting.span.start) && is_blank(setting.span.end..end) {
                return bytes_with(self.bytes, header.start..end, b"");
            }
        }
        bytes_with(self.bytes, setting.span.clone(), b"")
    }

    /// The settings of a region.
    fn inside(&self, region: &Region) -> impl Iterator<Item = &Setting> {
        let (start, end) = (region.inside, region.end);
        self.settings
            .iter()
            .filter(move |setting| start <= setting.span.start && setting.span.start < end)
    }

    /// The line break that the file uses.
    fn line_break(&self) -> &'static str {
        match self.bytes.iter().position(|byte| *byte == b'\n') {
            Some(at) if at > 0 && self.bytes.get(at - 1) == Some(&b'\r') => "\r\n",
            _ => "\n",
        }
    }

    /// The start of the line in which `at` is, as far as only space lies between.
    fn line_start(&self, at: usize) -> usize {
        let before = self.bytes.get(..at).unwrap_or_default();
        let space = before.iter().rev().take_while(|byte| b" \t".contains(byte)).count();
        at - space
    }

    /// `at`, or behind the space and the line break that follow.
    fn with_line_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let space = rest.iter().take_while(|byte| b" \t".contains(byte)).count();
        match rest.get(space..).unwrap_or_default() {
            [b'\r', b'\n', ..] => at + space + 2,
            [b'\r' | b'\n', ..] => at + space + 1,
            _ => at,
        }
    }

    /// Behind the comment that may follow at `at`, and behind the line break.
    fn after_comment(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if rest.first() != Some(&b';') {
            return self.with_line_end(at);
        }
        let length = rest.iter().take_while(|byte| !b"\r\n".contains(byte)).count();
        self.with_line_end(at + length)
    }
}

fn error_at(bytes: &[u8], byte: usize, reason: &str) -> QSettingsError {
    QSettingsError {
        line: bytes.iter().take(byte).filter(|found| **found == b'\n').count() + 1,
        byte,
        reason: reason.to_owned(),
    }
}

/// What Qt takes for one line: up to a line break or a comment, both outside quotes.
#[derive(Debug)]
struct Line {
    start: usize,
    end: usize,
    /// The first `=` outside quotes.
    equals: Option<usize>,
    /// The file ends inside quotes.
    is_open: bool,
}

impl Line {
    /// The next line from `at` that is not blank and no comment.
    fn next(bytes: &[u8], at: usize) -> Option<Self> {
        let mut start = at;
        loop {
            match bytes.get(start)? {
                b' ' | b'\t' | b'\r' | b'\n' => start += 1,
                b';' => {
                    let rest = bytes.get(start..)?;
                    start += rest.iter().take_while(|byte| !b"\r\n".contains(byte)).count();
                }
                _ => break,
            }
        }
        let (mut end, mut equals, mut is_open) = (start, None, false);
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'=' if !is_open && equals.is_none() => equals = Some(end),
                b'\r' | b'\n' | b';' if !is_open => break,
                b'"' => is_open = !is_open,
                b'\\' => {
                    end += 1;
                    if matches!(bytes.get(end..), Some([b'\r', b'\n', ..] | [b'\n', b'\r', ..])) {
                        end += 1;
                    }
                }
                _ => {}
            }
            end += 1;
        }
        Some(Self {
            start,
            end: end.min(bytes.len()),
            equals,
            is_open,
        })
    }
}

#[cfg(test)]
mod tests;
