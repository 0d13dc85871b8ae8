//! A TOML file that knows where each of its values stands.
//!
//! A place is a path of keys and indices from the root. Where a path leads further than the file does, the deepest
//! value on the way is meant: a missing key is reported at its table.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml_edit::{Document as TomlDocument, Item};

use crate::CatalogProblem;

/// One step from a value to a value inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Into a table.
    Key(String),
    /// Into an array.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// Where something stands: `at!["services", 0, "image"]`.
macro_rules! at {
    ($($step:expr),* $(,)?) => { [$($crate::document::Step::from($step)),*] };
}
pub(crate) use at;

/// A parsed file.
pub(crate) struct Document {
    file: PathBuf,
    text: String,
    root: TomlDocument<String>,
}

impl Document {
    /// Parses the text; a syntax error is a problem with its line.
    pub(crate) fn parse(file: &Path, text: &str) -> Result<Self, CatalogProblem> {
        match TomlDocument::parse(text.to_owned()) {
            Ok(root) => Ok(Self {
                file: file.to_owned(),
                text: text.to_owned(),
                root,
            }),
            Err(error) => {
                let (line, column) = position(text, error.span().map_or(0, |span| span.start));
                let reason = format!("not valid TOML: {}", one_line(error.message()));
                Err(CatalogProblem {
                    file: file.to_owned(),
                    line,
                    column,
                    reason,
                    hint: None,
                })
            }
        }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The root table.
    pub(crate) fn root(&self) -> &Item {
        self.root.as_item()
    }

    /// A problem at a place.
    pub(crate) fn problem(&self, place: &[Step], reason: impl Into<String>) -> CatalogProblem {
        self.problem_at(self.offset(place), reason)
    }

    /// A problem at the name of a key, rather than at its value.
    pub(crate) fn problem_at_key(&self, table: &[Step], key: &str, reason: impl Into<String>) -> CatalogProblem {
        let span = find(self.root(), table).and_then(|node| node.key_span(key));
        self.problem_at(span.map_or_else(|| self.offset(table), |span| span.start), reason)
    }

    /// A problem at a byte of the text.
    pub(crate) fn problem_at(&self, offset: usize, reason: impl Into<String>) -> CatalogProblem {
        let (line, column) = position(&self.text, offset);
        CatalogProblem {
            file: self.file.clone(),
            line,
            column,
            reason: reason.into(),
            hint: None,
        }
    }

    /// The line of the `index`th line of a text over several lines; `None` where lines of the value and lines of the
    /// file do not go together.
    pub(crate) fn line_of_text(&self, place: &[Step], index: usize) -> Option<usize> {
        let span = find(self.root(), place)?.span()?;
        let raw = self.text.get(span.clone())?;
        let inner = raw.strip_prefix("'''").or_else(|| raw.strip_prefix("\"\"\""))?;
        if raw.starts_with('"') && inner.contains("\\\n") {
            return None;
        }
        // A line end right after the opening quotes is not part of the value.
        let skipped = usize::from(inner.starts_with('\n') || inner.starts_with("\r\n"));
        let (first, _) = position(&self.text, span.start);
        (index + skipped < raw.lines().count()).then_some(first + index + skipped)
    }

    /// The first byte of the deepest value on the way that has a place in the text.
    fn offset(&self, place: &[Step]) -> usize {
        (0..=place.len())
            .rev()
            .find_map(|length| {
                let (parent, last) = place
                    .get(..length)?
                    .split_last()
                    .map_or((&[][..], None), |(last, parent)| (parent, Some(last)));
                let key_span = match last {
                    Some(Step::Key(key)) => find(self.root(), parent).and_then(|node| node.key_span(key)),
                    Some(Step::Index(_)) | None => None,
                };
                find(self.root(), place.get(..length)?)
                    .and_then(Node::span)
                    .or(key_span)
            })
            .map_or(0, |span| span.start)
    }
}

/// A value, wherever toml_edit keeps it.
#[derive(Clone, Copy)]
enum Node<'a> {
    Item(&'a Item),
    Value(&'a toml_edit::Value),
    Table(&'a toml_edit::Table),
}

impl<'a> Node<'a> {
    fn span(self) -> Option<Range<usize>> {
        match self {
            Self::Item(item) => item.span(),
            Self::Value(value) => value.span(),
            Self::Table(table) => table.span(),
        }
    }

    fn table(self) -> Option<&'a dyn toml_edit::TableLike> {
        match self {
            Self::Item(item) => item.as_table_like(),
            Self::Value(value) => value.as_inline_table().map(|table| table as &dyn toml_edit::TableLike),
            Self::Table(table) => Some(table),
        }
    }

    fn key_span(self, key: &str) -> Option<Range<usize>> {
        self.table()?.get_key_value(key)?.0.span()
    }

    fn step(self, step: &Step) -> Option<Self> {
        match step {
            Step::Key(key) => self.table()?.get(key).map(Node::Item),
            Step::Index(index) => match self {
                Self::Item(Item::ArrayOfTables(tables)) => tables.get(*index).map(Node::Table),
                Self::Item(Item::Value(value)) | Self::Value(value) => value.as_array()?.get(*index).map(Node::Value),
                Self::Item(Item::None | Item::Table(_)) | Self::Table(_) => None,
            },
        }
    }
}

fn find<'a>(root: &'a Item, place: &[Step]) -> Option<Node<'a>> {
    place.iter().try_fold(Node::Item(root), Node::step)
}

/// Line and column of a byte, both from 1.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    let column = before.get(line_start..).map_or(0, |part| part.chars().count()) + 1;
    (line, column)
}

/// A message of several lines as one.
pub(crate) fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Document;

    const TEXT: &str =
        "a = 1\n\n[[list]]\nb = [\n  \"x\",\n  \"y\",\n]\n[[list]]\n[list.inner]\nc = { d = 5 }\n[p.q]\nr = 1\n";

    fn line(place: &[super::Step]) -> usize {
        Document::parse(Path::new("f"), TEXT).unwrap().problem(place, "r").line
    }

    #[test]
    fn a_place_has_the_line_of_its_value() {
        assert_eq!(line(&at!["a"]), 1);
        assert_eq!(line(&at!["list", 0]), 3);
        assert_eq!(
            line(&at!["list", 0, "b", 1]),
            6,
            "an element of an array over several lines"
        );
        assert_eq!(line(&at!["list", 1, "inner"]), 9);
        assert_eq!(line(&at!["list", 1, "inner", "c", "d"]), 10);
        assert_eq!(line(&at!["p", "q", "r"]), 12);
    }

    #[test]
    fn what_is_missing_has_the_line_of_the_table_it_is_missing_in() {
        assert_eq!(line(&at!["list", 1, "inner", "nothing", "deeper"]), 9);
        assert_eq!(line(&at!["list", 7, "x"]), 3);
        assert_eq!(line(&at!["nothing"]), 1);
    }

    #[test]
    fn broken_toml_is_a_problem_with_its_line() {
        let problem = Document::parse(Path::new("f"), "a = 1\nb = = 2\n").err().unwrap();
        assert_eq!(problem.line, 2);
        assert!(
            !problem.reason.contains('\n'),
            "a reason is one line: {}",
            problem.reason
        );
    }
}
