//! Where a new setting of a YAML file goes, and what goes with one that is taken away.
//!
//! A new setting follows the last one of its mapping, as far in as that one; names that are missing above it are made, two
//! spaces further in each. Both ways are each other's inverse, to the byte, also where the last line has no end.

use super::{YamlDocument, child, parts, quoted, selector};
use crate::adapter::AdapterError;
use crate::format::splice::text_with;
use crate::format::yaml::{Kind, Node};

/// How much further in a new mapping stands than the name above it.
const STEP: usize = 2;

impl YamlDocument<'_> {
    fn line_end(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
            Some(_) | None => "\n",
        }
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let mark = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
        before.rfind('\n').map_or(mark.min(at), |end| end + 1)
    }

    fn after_line(&self, at: usize) -> Option<usize> {
        self.text.get(at..)?.find('\n').map(|end| at + end + 1)
    }

    /// The text with lines behind the one in which the byte `at` stands.
    fn lines_behind(&self, at: usize, lines: &[String]) -> String {
        let end = self.line_end();
        let block = lines.join(end);
        match self.after_line(at) {
            Some(next) => text_with(self.text, next..next, &format!("{block}{end}")),
            None if self
                .text
                .get(self.line_start(self.text.len())..)
                .is_some_and(str::is_empty) =>
            {
                [self.text, &block, end].concat()
            }
            None => [self.text, end, &block].concat(),
        }
    }

    /// The byte behind the colon of a name; `None` where the name is written in another way.
    fn behind_colon(&self, key: &Node) -> Option<usize> {
        let rest = self.text.get(key.span.end..)?;
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(gap..)?.starts_with(':').then_some(key.span.end + gap + 1)
    }

    /// The last byte of an entry that holds something.
    fn end_of(&self, key: &Node, value: &Node) -> usize {
        if value.is_empty() {
            return self.behind_colon(key).unwrap_or(key.span.end);
        }
        match &value.kind {
            Kind::Mapping(entries) if !value.is_flow => entries
                .last()
                .map_or(value.span.end, |(key, value)| self.end_of(key, value)),
            Kind::Sequence(items) if !value.is_flow => match items.last() {
                Some(last) if !last.is_empty() => self.end_of(last, last),
                Some(_) | None => value.span.end,
            },
            Kind::Mapping(_) | Kind::Sequence(_) | Kind::Scalar(_) | Kind::Alias => {
                let written = self.text.get(value.span.clone()).unwrap_or_default();
                value.span.start + written.trim_end_matches(['\r', '\n', ' ']).len()
            }
        }
    }

    /// The entry at `path` with the mapping that holds it.
    fn entry<'n>(&'n self, path: &[&str]) -> Option<(&'n Node, &'n Node, &'n Node)> {
        let (last, parents) = path.split_last()?;
        let mut holder = self.root.as_ref()?;
        for part in parents {
            holder = child(holder, part)?.1;
        }
        let (key, value) = holder.entry(last)?;
        Some((holder, key, value))
    }

    /// The text with another value for a setting that it has.
    pub(super) fn replaced(&self, path: &str, raw: &str) -> Result<String, AdapterError> {
        let Some((_, key, value)) = self.entry(&parts(path)) else {
            return Err(self.refusal(path, 0, "is an item of a list"));
        };
        if value.is_special || value.text().is_none() {
            return Err(self.refusal(path, value.span.start, "is not a plain single value"));
        }
        match (value.is_empty(), raw.is_empty(), self.behind_colon(key)) {
            (true, _, Some(colon)) => Ok(text_with(self.text, colon..colon, &format!(" {raw}"))),
            (false, true, Some(colon)) => Ok(text_with(self.text, colon..value.span.end, "")),
            (false, false, _) => Ok(text_with(self.text, value.span.clone(), raw)),
            (_, _, None) => Err(self.refusal(path, key.span.start, "is written in an unusual way")),
        }
    }

    /// The text with a setting that it does not have.
    pub(super) fn added(&self, path: &str, raw: &str) -> Result<String, AdapterError> {
        let parts = parts(path);
        let lines = |from: usize, indent: usize| -> Vec<String> {
            let new = parts.get(from..).unwrap_or_default();
            let line = |(step, part): (usize, &&str)| {
                let space = " ".repeat(indent + step * STEP);
                let value = if step + 1 == new.len() {
                    format!(" {raw}")
                } else {
                    String::new()
                };
                format!("{space}{}:{value}", quoted(part))
            };
            new.iter().enumerate().map(line).collect()
        };
        if let Some(part) = parts.iter().enumerate().find_map(|(depth, part)| {
            let is_there = selector(part).is_none() || self.entry_or_item(parts.get(..=depth).unwrap_or_default());
            (!is_there).then_some(part)
        }) {
            return Err(AdapterError::Conflict {
                reason: format!("the file has no item {part} for `{path}`; add it by hand first"),
            });
        }
        let Some(root) = self.root.as_ref().filter(|root| !root.is_empty()) else {
            return Ok(self.lines_behind(self.text.len(), &lines(0, 0)));
        };
        let (mut here, mut depth) = (root, 0);
        let mut name: Option<(&Node, usize)> = None;
        while let Some((_, found)) = parts.get(depth).and_then(|part| child(here, part)) {
            let key = parts.get(depth).and_then(|part| here.entry(part)).map(|(key, _)| key);
            name = key.map(|key| (key, key.column));
            (here, depth) = (found, depth + 1);
        }
        match &here.kind {
            Kind::Mapping(entries) if !here.is_flow && !here.is_special => {
                let (Some((first, _)), Some((key, value))) = (entries.first(), entries.last()) else {
                    return Err(self.refusal(path, here.span.start, "is written in an unusual way"));
                };
                Ok(self.lines_behind(self.end_of(key, value), &lines(depth, first.column)))
            }
            Kind::Scalar(_) if here.is_empty() => {
                match name.and_then(|(key, column)| Some((self.behind_colon(key)?, column))) {
                    Some((colon, column)) => Ok(self.lines_behind(colon, &lines(depth, column + STEP))),
                    None => Err(self.refusal(path, here.span.start, "is written in an unusual way")),
                }
            }
            Kind::Mapping(_) => Err(self.refusal(
                path,
                here.span.start,
                "belongs into a mapping in braces or with an anchor",
            )),
            Kind::Sequence(_) | Kind::Scalar(_) | Kind::Alias => {
                Err(self.refusal(path, here.span.start, "belongs below a name that has a value"))
            }
        }
    }

    fn entry_or_item(&self, path: &[&str]) -> bool {
        let mut node = self.root.as_ref();
        for part in path {
            node = node.and_then(|node| child(node, part)).map(|(_, found)| found);
        }
        node.is_some()
    }

    /// The text without a setting, and without the names above it that hold nothing else.
    pub(super) fn removed(&self, path: &str) -> Result<String, AdapterError> {
        let parts = parts(path);
        let mut depth = parts.len();
        let unusual = |at: usize| self.refusal(path, at, "is written in an unusual way");
        while let Some((holder, key, value)) = parts.get(..depth).and_then(|path| self.entry(path)) {
            let is_alone = matches!(&holder.kind, Kind::Mapping(entries) if entries.len() == 1);
            if holder.is_flow || holder.is_special {
                return Err(self.refusal(path, key.span.start, "stands in braces or behind an anchor"));
            }
            let above = parts
                .get(depth.saturating_sub(2))
                .is_some_and(|part| selector(part).is_none());
            if is_alone && depth > 1 && above {
                depth -= 1;
                continue;
            }
            let start = self.line_start(key.span.start);
            if self
                .text
                .get(start..key.span.start)
                .is_none_or(|before| !before.trim().is_empty())
            {
                return Err(unusual(key.span.start));
            }
            if let Some(next) = self.after_line(self.end_of(key, value)) {
                return Ok(text_with(self.text, start..next, ""));
            }
            let before = self.text.get(..start).unwrap_or_default();
            let before = before.strip_suffix('\n').unwrap_or(before);
            return Ok(before.strip_suffix('\r').unwrap_or(before).to_owned());
        }
        Err(unusual(0))
    }
}
