//! Where a new setting of a TOML file goes, and what goes with one that is taken away.
//!
//! A new setting follows the last one of its table; a new table stands at the end of the file behind an empty line. Both
//! ways are each other's inverse, to the byte, also where the file's last line has no end.

use std::ops::Range;

use toml_edit::{Item, Key, Table, TableLike, Value};

use super::{TomlDocument, malformed};
use crate::adapter::AdapterError;
use crate::format::splice::text_with;

impl TomlDocument<'_> {
    /// Where every single value stands, with the parts of its path.
    pub(super) fn leaves(&self) -> Vec<(Vec<String>, Range<usize>)> {
        let mut found = Vec::new();
        collect(self.parsed.as_table(), &mut Vec::new(), &mut found);
        found
    }

    /// How this file ends its lines.
    fn line_end(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
            Some(_) | None => "\n",
        }
    }

    /// The text with a setting that it does not have.
    pub(super) fn added(&self, keys: &[Key], path: &str, raw: &str) -> Result<String, AdapterError> {
        let Some((leaf, parents)) = keys.split_last() else {
            return Ok(self.text.to_owned());
        };
        let mut here: &Item = self.parsed.as_item();
        let mut depth = 0;
        for key in parents {
            let inner = here.as_table_like().and_then(|table| table.get(key.get()));
            let Some(inner) = inner.filter(|inner| !inner.is_none()) else {
                break;
            };
            if !inner.is_table_like() {
                let byte = inner.span().map_or(0, |span| span.start);
                return Err(malformed(self.text, byte, format!("a part of `{path}` is not a table")));
            }
            (here, depth) = (inner, depth + 1);
        }
        let rest = written(keys.get(depth..).unwrap_or_default());
        match here {
            Item::Value(Value::InlineTable(inline)) => {
                let Some(span) = inline.span() else {
                    // A dotted key inside of an inline table: its neighbours stand in the outer one.
                    return Err(unclear(path));
                };
                let close = span.end.saturating_sub(1);
                let body = self.text.get(span.start + 1..close).unwrap_or_default();
                let (from, separator) = if inline.is_empty() {
                    (span.start + 1, " ")
                } else {
                    (span.start + 1 + body.trim_end().len(), ", ")
                };
                let tail = if inline.is_empty() && body.is_empty() { " " } else { "" };
                Ok(text_with(
                    self.text,
                    from..from,
                    &format!("{separator}{rest} = {raw}{tail}"),
                ))
            }
            Item::Table(table) if table.is_dotted() => self.beside(table, &rest, raw).ok_or_else(|| unclear(path)),
            Item::Table(table) if depth == parents.len() && (depth == 0 || !table.is_implicit()) => {
                Ok(self.line_in(table, depth == 0, &leaf.display_repr(), raw))
            }
            Item::Table(_) => Ok(self.new_table(&written(parents), &leaf.display_repr(), raw)),
            Item::None | Item::Value(_) | Item::ArrayOfTables(_) => Err(unclear(path)),
        }
    }

    /// A line behind the last one of `table`, which has a header (or is the file's outermost).
    fn line_in(&self, table: &Table, is_root: bool, leaf: &str, raw: &str) -> String {
        let indent = |at: usize| -> &str {
            let line = self.line_start(at);
            let text = self.text.get(line..at).unwrap_or_default();
            text.get(..text.len() - text.trim_start_matches([' ', '\t']).len())
                .unwrap_or_default()
        };
        match last_value(table) {
            Some((key, end)) => self.line_behind(end, &format!("{}{leaf} = {raw}", indent(key))),
            None if !is_root => {
                let end = table.span().map_or(self.text.len(), |span| span.end);
                self.line_behind(end, &format!("{leaf} = {raw}"))
            }
            None if table.is_empty() => {
                // Only comments, or nothing.
                let has_end = self.text.is_empty() || self.text.ends_with('\n');
                let is_blank = self.text.trim_start_matches('\u{feff}').is_empty();
                let end = self.line_end();
                let line = if has_end || is_blank {
                    format!("{leaf} = {raw}{end}")
                } else {
                    format!("{end}{leaf} = {raw}")
                };
                [self.text, &line].concat()
            }
            None => {
                let at = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
                text_with(self.text, at..at, &format!("{leaf} = {raw}{}", self.line_end()))
            }
        }
    }

    /// A line beside the settings of a table that is written as dotted keys.
    fn beside(&self, table: &Table, rest: &str, raw: &str) -> Option<String> {
        let (name, item) = table.iter().filter(|(_, item)| item.is_value()).last()?;
        let key = table.get_key_value(name)?.0.span()?;
        let prefix = self.text.get(self.line_start(key.start)..key.start)?;
        Some(self.line_behind(item.span()?.end, &format!("{prefix}{rest} = {raw}")))
    }

    /// A new table at the end of the file.
    fn new_table(&self, header: &str, leaf: &str, raw: &str) -> String {
        let end = self.line_end();
        let body = format!("[{header}]{end}{leaf} = {raw}");
        if self.text.trim_start_matches('\u{feff}').is_empty() {
            format!("{}{body}{end}", self.text)
        } else if self.text.ends_with('\n') {
            format!("{}{end}{body}{end}", self.text)
        } else {
            format!("{}{end}{end}{body}", self.text)
        }
    }

    /// The text with a line behind the one in which the byte `at` stands.
    fn line_behind(&self, at: usize, line: &str) -> String {
        let end = self.line_end();
        match self.after_line(at) {
            Some(next) => text_with(self.text, next..next, &format!("{line}{end}")),
            None => [self.text, end, line].concat(),
        }
    }

    /// The first byte of the line in which the byte `at` stands.
    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let mark = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
        before.rfind('\n').map_or(mark.min(at), |end| end + 1)
    }

    /// The first byte of the line after the one in which the byte `at` stands; `None` where that line has no end.
    fn after_line(&self, at: usize) -> Option<usize> {
        self.text.get(at..)?.find('\n').map(|end| at + end + 1)
    }

    /// The text without the setting whose value stands at `value`.
    pub(super) fn removed(&self, keys: &[Key], value: Range<usize>) -> String {
        let mut here: &Item = self.parsed.as_item();
        for key in keys.split_last().map(|(_, parents)| parents).unwrap_or_default() {
            if let Some(Item::Value(Value::InlineTable(inline))) =
                here.as_table_like().and_then(|table| table.get(key.get()))
                && let Some(span) = inline.span()
            {
                return self.out_of_inline(span, value);
            }
            match here.as_table_like().and_then(|table| table.get(key.get())) {
                Some(inner) => here = inner,
                None => return self.text.to_owned(),
            }
        }
        let lines = self.lines_of(self.line_start(value.start), value.end);
        let mut text = text_with(self.text, lines, "");
        // The header that was made for it goes with it.
        if let Some(table) = here.as_table().filter(|table| !table.is_dotted() && table.len() == 1)
            && let Some(header) = table
                .span()
                .filter(|header| header.end <= value.start && !header.is_empty())
        {
            text = without_bare_header(&text, header);
        }
        text
    }

    /// Whole lines from the byte `start` (of a line) to the line of `end`; the line end before them, where the last has none.
    fn lines_of(&self, start: usize, end: usize) -> Range<usize> {
        match self.after_line(end) {
            Some(next) => start..next,
            None => before_line_end(self.text, start)..self.text.len(),
        }
    }

    /// The text without an entry `key = value` of the inline table at `table`.
    fn out_of_inline(&self, table: Range<usize>, value: Range<usize>) -> String {
        let before = self.text.get(table.start + 1..value.start).unwrap_or_default();
        let after = self
            .text
            .get(value.end..table.end.saturating_sub(1))
            .unwrap_or_default();
        let span = match (before.rfind(','), after.find(',')) {
            (Some(comma), _) => table.start + 1 + comma..value.end,
            (None, Some(comma)) => {
                let rest = after.get(comma + 1..).unwrap_or_default();
                let first = table.start + 1 + before.len() - before.trim_start().len();
                first..value.end + comma + 1 + rest.len() - rest.trim_start().len()
            }
            (None, None) => table.start + 1..table.end.saturating_sub(1),
        };
        text_with(self.text, span, "")
    }
}

fn unclear(path: &str) -> AdapterError {
    AdapterError::Conflict {
        reason: format!("`{path}` would have to go into a table that Freehold does not change safely; add it by hand"),
    }
}

fn collect(table: &dyn TableLike, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, Range<usize>)>) {
    for (name, item) in table.iter() {
        path.push(name.to_owned());
        match item {
            Item::ArrayOfTables(tables) => tables.iter().for_each(|table| collect(table, path, found)),
            _ => match item.as_table_like() {
                Some(inner) => collect(inner, path, found),
                None => found.extend(item.span().map(|span| (path.clone(), span))),
            },
        }
        path.pop();
    }
}

/// The parts of a path as they are written.
fn written(keys: &[Key]) -> String {
    keys.iter()
        .map(|key| key.display_repr().into_owned())
        .collect::<Vec<_>>()
        .join(".")
}

/// Where the key and the value of a table's last own line stand: (start of the key, end of the value).
fn last_value(table: &Table) -> Option<(usize, usize)> {
    let of = |(name, item): (&str, &Item)| match item {
        Item::Value(value) => Some((table.get_key_value(name)?.0.span()?.start, value.span()?.end)),
        Item::Table(inner) if inner.is_dotted() => last_value(inner),
        Item::Table(_) | Item::ArrayOfTables(_) | Item::None => None,
    };
    table.iter().filter_map(of).max_by_key(|(_, end)| *end)
}

/// The byte before the line end that stands before `start`.
fn before_line_end(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default();
    let cut = before.strip_suffix('\n').unwrap_or(before);
    cut.strip_suffix('\r').unwrap_or(cut).len()
}

/// The text without the header at `header` and the empty line before it, if nothing but empty lines follow it up to the next
/// header or the end, and nothing else stands in its own line.
fn without_bare_header(text: &str, header: Range<usize>) -> String {
    let start = text
        .get(..header.start)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |end| end + 1);
    let start = if start == 0 && text.starts_with('\u{feff}') {
        3
    } else {
        start
    };
    let rest = text.get(header.end..).unwrap_or_default();
    let line_end = rest.find('\n').map_or(rest.len(), |end| end + 1);
    let (own, following) = rest.split_at(line_end);
    let next = following.lines().map(str::trim).find(|line| !line.is_empty());
    let is_bare = own.trim().is_empty()
        && text
            .get(start..header.start)
            .is_some_and(|indent| indent.trim().is_empty())
        && next.is_none_or(|line| line.starts_with('['));
    if !is_bare {
        return text.to_owned();
    }
    let before = text.get(..start).unwrap_or_default();
    let keep = if own.ends_with('\n') {
        match before_line_end(before, before.len()) {
            // The line before it is empty.
            cut if before.get(..cut).is_some_and(|text| text.ends_with('\n')) => cut,
            _ => before.len(),
        }
    } else {
        let cut = before_line_end(before, before.len());
        before_line_end(before, cut)
    };
    [before.get(..keep).unwrap_or_default(), following].concat()
}
