//! Reads a YAML text into a tree in which every value knows its bytes.
//!
//! A real parser does the reading. The one rule: what an edit of single bytes could not keep apart is refused at once: more
//! than one document, a name twice in one mapping.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

/// Where and why a text is not the YAML that is edited here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YamlError {
    /// Line, from 1.
    pub line: usize,
    /// Byte in the file, from 0.
    pub byte: usize,
    /// What is wrong.
    pub reason: String,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Names with values, in the file's order.
    Mapping(Vec<(Node, Node)>),
    /// Items.
    Sequence(Vec<Node>),
    /// A single value, decoded.
    Scalar(String),
    /// A reference to another place of the file.
    Alias,
}

/// A value of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its bytes; empty where nothing is written (`key:`). A block mapping or sequence begins at its first item.
    pub span: Range<usize>,
    /// How far its first byte stands in its line, in characters.
    pub column: usize,
    /// It has an anchor, or a tag, or is written over several lines behind `|` or `>`.
    pub is_special: bool,
    /// It is written in braces or brackets.
    pub is_flow: bool,
}

impl Node {
    /// The entry of that name, if this is a mapping: the name's node and the value's.
    pub(crate) fn entry(&self, name: &str) -> Option<(&Node, &Node)> {
        let Kind::Mapping(entries) = &self.kind else {
            return None;
        };
        entries
            .iter()
            .find(|(key, _)| key.text() == Some(name))
            .map(|(key, value)| (key, value))
    }

    /// The decoded text, if this is a single value.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text) => Some(text),
            Kind::Mapping(_) | Kind::Sequence(_) | Kind::Alias => None,
        }
    }

    /// Nothing is written here.
    pub(crate) fn is_empty(&self) -> bool {
        self.span.is_empty() && matches!(self.kind, Kind::Scalar(_))
    }
}

/// Reads `text`, which may start with a byte order mark. `None`: there is no document, or only comments.
pub(crate) fn parse(text: &str) -> Result<Option<Node>, YamlError> {
    let skipped = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let body = text.get(skipped..).unwrap_or_default();
    // The parser counts characters.
    let bytes: Vec<usize> = body.char_indices().map(|(at, _)| at + skipped).collect();
    let mut reader = Reader {
        text,
        bytes,
        parser: Parser::new_from_str(body),
    };
    let mut root = None;
    let mut documents = 0;
    while let Some((event, span)) = reader.next()? {
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    let byte = reader.byte(span.start.index());
                    return Err(error_at(text, byte, "a second document begins here"));
                }
            }
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Nothing => {}
            other => root = Some(reader.node(other, span)?),
        }
    }
    Ok(root)
}

struct Reader<'t> {
    text: &'t str,
    bytes: Vec<usize>,
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
}

impl<'t> Reader<'t> {
    fn byte(&self, character: usize) -> usize {
        self.bytes.get(character).copied().unwrap_or(self.text.len())
    }

    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, YamlError> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok(found)) => Ok(Some(found)),
            Some(Err(error)) => Err(self.failed(&error)),
        }
    }

    fn failed(&self, error: &ScanError) -> YamlError {
        error_at(self.text, self.byte(error.marker().index()), error.info())
    }

    /// The event of something that must follow.
    fn following(&mut self) -> Result<(Event<'t>, Span), YamlError> {
        let end = || error_at(self.text, self.text.len(), "the file ends too early");
        match self.parser.next_event() {
            Some(Ok(found)) => Ok(found),
            Some(Err(error)) => Err(self.failed(&error)),
            None => Err(end()),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span) -> Result<Node, YamlError> {
        let start = self.byte(span.start.index());
        let mut node = Node {
            kind: Kind::Alias,
            span: start..self.byte(span.end.index()),
            column: span.start.col(),
            is_special: true,
            is_flow: false,
        };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                node.is_special = is_block || anchor != 0 || tag.is_some();
                // The parser counts a comment behind a closing quote in.
                if let Some(end) = own_end(self.text.get(node.span.clone()).unwrap_or_default(), style) {
                    node.span.end = start + end;
                }
                node.kind = Kind::Scalar(text.into_owned());
            }
            Event::SequenceStart(anchor, tag) => {
                node.is_special = anchor != 0 || tag.is_some();
                node.is_flow = self.text.get(start..).is_some_and(|rest| rest.starts_with('['));
                let mut items = Vec::new();
                loop {
                    let (event, span) = self.following()?;
                    if event == Event::SequenceEnd {
                        self.close(&mut node, span, items.last());
                        break;
                    }
                    items.push(self.node(event, span)?);
                }
                node.kind = Kind::Sequence(items);
            }
            Event::MappingStart(anchor, tag) => {
                node.is_special = anchor != 0 || tag.is_some();
                node.is_flow = self.text.get(start..).is_some_and(|rest| rest.starts_with('{'));
                let mut entries: Vec<(Node, Node)> = Vec::new();
                loop {
                    let (event, span) = self.following()?;
                    if event == Event::MappingEnd {
                        self.close(&mut node, span, entries.last().map(|(_, value)| value));
                        break;
                    }
                    let key = self.node(event, span)?;
                    if key.text().is_some() && entries.iter().any(|(other, _)| other.text() == key.text()) {
                        return Err(error_at(self.text, key.span.start, "a name stands twice"));
                    }
                    let (event, span) = self.following()?;
                    let value = self.node(event, span)?;
                    entries.push((key, value));
                }
                node.kind = Kind::Mapping(entries);
            }
            _ => {}
        }
        Ok(node)
    }

    /// Where a mapping or sequence ends: behind its brace, or with its last value.
    fn close(&self, node: &mut Node, end: Span, last: Option<&Node>) {
        node.span.end = if node.is_flow {
            self.byte(end.end.index())
        } else {
            last.map_or(node.span.start, |last| last.span.end)
        };
    }
}

/// Where a single value that begins with `written` ends; `None` for one with an anchor, a tag or `|`.
fn own_end(written: &str, style: ScalarStyle) -> Option<usize> {
    let quote = match style {
        ScalarStyle::Plain => {
            let comment = written.match_indices('#').find(|(at, _)| {
                written
                    .get(..*at)
                    .is_some_and(|before| before.ends_with([' ', '\t', '\n']))
            });
            let value = written.get(..comment.map_or(written.len(), |(at, _)| at))?;
            return Some(value.trim_end().len());
        }
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        ScalarStyle::Literal | ScalarStyle::Folded => return None,
    };
    let mut letters = written.strip_prefix(quote)?.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        if c == '\\' && quote == '"' {
            letters.next();
        } else if c == quote {
            // Two single quotes stand for one.
            if quote == '\'' && letters.peek().is_some_and(|(_, next)| *next == quote) {
                letters.next();
            } else {
                return Some(at + 2);
            }
        }
    }
    None
}

fn error_at(text: &str, byte: usize, reason: &str) -> YamlError {
    YamlError {
        line: text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1,
        byte,
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, parse};

    #[test]
    fn every_value_knows_its_bytes_with_marks_and_line_ends() {
        let quoted = parse("a: 'it''s' # x\nb: \"q\\\"\" # y\n'c d' : e f # z\n")
            .unwrap()
            .unwrap();
        let Kind::Mapping(entries) = &quoted.kind else {
            panic!("a mapping")
        };
        let spans: Vec<std::ops::Range<usize>> = entries.iter().map(|(_, value)| value.span.clone()).collect();
        assert_eq!(spans, [3..10, 18..23, 36..39]);
        assert_eq!(entries[2].0.span, 28..33);
        let text = "\u{feff}# é\r\na: 'é' # k\r\nb:\r\n  - n: x\r\n    h: \"y\"\r\nc: {x: 1}\r\nd:\r\n";
        let root = parse(text).unwrap().unwrap();
        let (_, a) = root.entry("a").unwrap();
        assert_eq!((&text[a.span.clone()], a.text()), ("'é'", Some("é")));
        let (_, b) = root.entry("b").unwrap();
        let Kind::Sequence(items) = &b.kind else {
            panic!("a list")
        };
        let (key, h) = items[0].entry("h").unwrap();
        assert_eq!((&text[h.span.clone()], key.column), ("\"y\"", 4));
        let (_, c) = root.entry("c").unwrap();
        assert_eq!((&text[c.span.clone()], c.is_flow), ("{x: 1}", true));
        assert!(root.entry("d").unwrap().1.is_empty());
        assert_eq!(parse("# only\n").unwrap(), None);
    }

    #[test]
    fn what_cannot_be_kept_apart_is_refused_with_its_place() {
        for (text, line) in [
            ("a: 1\n---\nb: 2\n", 2),
            ("a: 1\na: 2\n", 2),
            ("a: [1\n", 2),
            ("a: 'x\n", 1),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.line >= line, "{text:?}: {error:?}");
        }
    }
}
