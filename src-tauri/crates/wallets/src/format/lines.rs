//! Edits files of `name = value` lines in their text, so that comments, order, spacing and line ends stay.
//!
//! Each program has its own reading of such files; a [`Dialect`] says which. The one rule: a line that the dialect does
//! not know is refused with its place, never skipped, because the program would stop there.

use std::ops::Range;

use crate::format::splice::text_with;

/// How a program reads its lines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dialect {
    /// What starts a comment at the start of a line.
    pub comments: &'static [u8],
    /// The same starts a comment inside a line too.
    pub is_comment_anywhere: bool,
    /// `[name]` starts a section.
    pub has_sections: bool,
    /// A name belongs to its setting in whatever section it stands; the section only says where a new one goes.
    pub ignores_sections: bool,
    /// What stands between name and value; the first in a line counts.
    pub delimiters: &'static [u8],
    /// Names are the same in upper and lower case.
    pub ignores_case: bool,
    /// A name without a value is a setting, too.
    pub has_bare_names: bool,
    /// An indented line goes on with the value of the line before.
    pub has_continuations: bool,
    /// Of several lines with the same name the last one counts, else the first one.
    pub last_counts: bool,
}

/// Where and why a text is not a file of this dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinesError {
    /// Line, from 1.
    pub line: usize,
    /// Byte of the line's start.
    pub byte: usize,
    /// What is wrong.
    pub reason: &'static str,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Line, from 1.
    pub line: usize,
    /// The section; empty before the first one.
    pub section: String,
    /// The name, in lower case where the dialect ignores case.
    pub name: String,
    /// The value's bytes, trimmed; empty behind a bare name.
    value: Range<usize>,
    /// Something separates the name from a value.
    has_delimiter: bool,
    /// The whole line with its end.
    span: Range<usize>,
}

/// Lines from a section's header (or the file's start) to the next header.
#[derive(Debug, Clone)]
struct Region {
    section: String,
    header: Option<Range<usize>>,
    /// End of the header's or the last setting's line: where a new setting goes.
    end_of_content: usize,
    end: usize,
}

/// A file of lines that has been read.
#[derive(Debug, Clone)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    dialect: &'static Dialect,
    settings: Vec<Setting>,
    regions: Vec<Region>,
}

const BOM: &str = "\u{feff}";

impl<'a> Lines<'a> {
    /// Reads `bytes`; refuses what is not UTF-8 and lines that the dialect does not have.
    pub(crate) fn parse(bytes: &'a [u8], dialect: &'static Dialect) -> Result<Self, LinesError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            LinesError {
                line: good.split(|byte| *byte == b'\n').count(),
                byte: error.valid_up_to(),
                reason: "not UTF-8 text",
            }
        })?;
        let first = Region {
            section: String::new(),
            header: None,
            end_of_content: 0,
            end: 0,
        };
        let mut lines = Self {
            text,
            dialect,
            settings: Vec::new(),
            regions: vec![first],
        };
        let mut start = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let span = start..start + line.len();
            start = span.end;
            lines.read_line(index + 1, span)?;
        }
        if let Some(last) = lines.regions.last_mut() {
            last.end = text.len();
        }
        Ok(lines)
    }

    fn read_line(&mut self, line: usize, span: Range<usize>) -> Result<(), LinesError> {
        let refuse = |reason| {
            Err(LinesError {
                line,
                byte: span.start,
                reason,
            })
        };
        let whole = self.text.get(span.clone()).unwrap_or_default();
        let mark = if line == 1 && whole.starts_with(BOM) {
            BOM.len()
        } else {
            0
        };
        let is_comment = |byte: u8| self.dialect.comments.contains(&byte);
        let mut content = span.start + mark..span.end;
        if self.dialect.is_comment_anywhere
            && let Some(at) = whole.bytes().position(is_comment)
        {
            content.end = content.start.max(span.start + at);
        }
        let body = self.trimmed(content);
        let text = self.text.get(body.clone()).unwrap_or_default();
        let Some(lead) = text.bytes().next() else { return Ok(()) };
        if is_comment(lead) {
            return Ok(());
        }
        // A bare carriage return is a line's end to some readers and a character to others.
        if text.contains('\r') {
            return refuse("a carriage return inside the line");
        }
        if self.dialect.has_continuations && body.start > span.start + mark {
            return refuse("an indented line, which would go on with the setting above it");
        }
        if self.dialect.has_sections && lead == b'[' {
            let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
                return refuse("a section without its closing bracket");
            };
            self.open_region(name.trim().to_owned(), span);
            return Ok(());
        }
        let at = text.bytes().position(|byte| self.dialect.delimiters.contains(&byte));
        if at.is_none() && !self.dialect.has_bare_names {
            return refuse("not a section, comment or `name = value`");
        }
        let name = self.trimmed(body.start..at.map_or(body.end, |at| body.start + at));
        let name = self.text.get(name).unwrap_or_default();
        if name.is_empty() {
            return refuse("a value without a name");
        }
        let value = at.map_or(body.end..body.end, |at| self.trimmed(body.start + at + 1..body.end));
        let setting = Setting {
            line,
            section: self
                .regions
                .last()
                .map(|region| region.section.clone())
                .unwrap_or_default(),
            name: self.folded(name),
            value,
            has_delimiter: at.is_some(),
            span: span.clone(),
        };
        self.settings.push(setting);
        if let Some(region) = self.regions.last_mut() {
            region.end_of_content = span.end;
        }
        Ok(())
    }

    fn open_region(&mut self, section: String, span: Range<usize>) {
        if let Some(previous) = self.regions.last_mut() {
            previous.end = span.start;
        }
        self.regions.push(Region {
            section,
            end_of_content: span.end,
            end: span.end,
            header: Some(span),
        });
    }

    fn trimmed(&self, span: Range<usize>) -> Range<usize> {
        let text = self.text.get(span.clone()).unwrap_or_default();
        let is_space = |c: char| c.is_ascii_whitespace() || c == '\u{b}';
        let start = span.start + (text.len() - text.trim_start_matches(is_space).len());
        start..start + text.trim_matches(is_space).len()
    }

    fn folded(&self, name: &str) -> String {
        if self.dialect.ignores_case {
            name.to_lowercase()
        } else {
            name.to_owned()
        }
    }

    /// Every setting, in the file's order.
    pub(crate) fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The file starts with a byte order mark.
    pub(crate) fn has_bom(&self) -> bool {
        self.text.starts_with(BOM)
    }

    /// A setting's value as it is written; `None` behind a bare name.
    pub(crate) fn value(&self, setting: &Setting) -> Option<&'a str> {
        setting
            .has_delimiter
            .then(|| self.text.get(setting.value.clone()).unwrap_or_default())
    }

    /// Every setting of that name, in the file's order.
    pub(crate) fn all(&self, section: &str, name: &str) -> impl DoubleEndedIterator<Item = &Setting> {
        let name = self.folded(name);
        let is_any = self.dialect.ignores_sections;
        let section = section.to_owned();
        self.settings
            .iter()
            .filter(move |setting| setting.name == name && (is_any || setting.section == section))
    }

    /// The setting of that name that counts.
    pub(crate) fn get(&self, section: &str, name: &str) -> Option<&Setting> {
        if self.dialect.last_counts {
            self.all(section, name).next_back()
        } else {
            self.all(section, name).next()
        }
    }

    fn line_end(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text.get(..at).is_some_and(|before| before.ends_with('\r')) => "\r\n",
            Some(_) | None => "\n",
        }
    }

    /// The text with `name` set to `value`. A new line follows the last setting of its section.
    pub(crate) fn with(&self, section: &str, name: &str, value: &str) -> String {
        if let Some(setting) = self.get(section, name) {
            if !setting.has_delimiter {
                return text_with(self.text, setting.value.clone(), &format!("={value}"));
            }
            if !setting.value.is_empty() {
                return text_with(self.text, setting.value.clone(), value);
            }
            // `name = ` keeps its space, `name =` gets one where the file has them.
            let rest = self.text.get(setting.value.start..).unwrap_or_default();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let gap = if blanks == 0 && self.has_spaces() { " " } else { "" };
            let at = setting.value.start + blanks;
            return text_with(self.text, at..at, &format!("{gap}{value}"));
        }
        let end = self.line_end();
        let equals = if self.has_spaces() { " = " } else { "=" };
        let line = format!("{name}{equals}{value}{end}");
        let (at, text) = match self.regions.iter().rev().find(|region| region.section == section) {
            Some(region) if !(section.is_empty() && region.end_of_content == 0 && self.has_bom()) => {
                (region.end_of_content, line)
            }
            Some(_) => (BOM.len(), line),
            None => (self.text.len(), format!("[{section}]{end}{line}")),
        };
        let needs_end = at > 0
            && !self
                .text
                .get(..at)
                .is_some_and(|before| before.ends_with(['\n', '\u{feff}']));
        let text = if needs_end { format!("{end}{text}") } else { text };
        text_with(self.text, at..at, &text)
    }

    /// The file writes a space before its values.
    fn has_spaces(&self) -> bool {
        self.settings
            .iter()
            .find(|setting| setting.has_delimiter && !setting.value.is_empty())
            .is_some_and(|setting| {
                self.text
                    .get(..setting.value.start)
                    .is_some_and(|before| before.ends_with(' '))
            })
    }

    /// The text without any line that sets `name`, and without the section that this leaves empty.
    pub(crate) fn without(&self, section: &str, name: &str) -> String {
        let gone: Vec<&Setting> = self.all(section, name).collect();
        let mut spans: Vec<Range<usize>> = gone.iter().map(|setting| setting.span.clone()).collect();
        for region in &self.regions {
            let Some(header) = &region.header else { continue };
            let inside = header.end..region.end;
            let held = spans
                .iter()
                .filter(|span| span.start >= inside.start && span.end <= inside.end);
            let (count, length) = held.fold((0, 0), |(count, length), span| (count + 1, length + span.len()));
            let rest = self.text.get(inside.clone()).unwrap_or_default();
            // What was made only to hold our settings goes with them.
            if count > 0 && (length == rest.len() || self.is_blank_without(&inside, &spans)) {
                spans.push(header.clone());
            }
        }
        spans.sort_by_key(|span| span.start);
        let mut text = self.text.to_owned();
        for span in spans.into_iter().rev() {
            text.replace_range(span, "");
        }
        text
    }

    fn is_blank_without(&self, inside: &Range<usize>, gone: &[Range<usize>]) -> bool {
        let mut at = inside.start;
        let mut left = String::new();
        for span in gone
            .iter()
            .filter(|span| span.start >= inside.start && span.end <= inside.end)
        {
            left.push_str(self.text.get(at..span.start).unwrap_or_default());
            at = span.end;
        }
        left.push_str(self.text.get(at..inside.end).unwrap_or_default());
        left.trim().is_empty()
    }
}

#[cfg(test)]
mod tests;
