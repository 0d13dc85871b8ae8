//! One part of a text put in the place of another, the rest byte for byte.

use std::ops::Range;

/// `text` with `new` in the place of `span`.
pub(crate) fn text_with(text: &str, span: Range<usize>, new: &str) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    [before, new, after].concat()
}

/// The same for bytes that need not be UTF-8.
pub(crate) fn bytes_with(bytes: &[u8], span: Range<usize>, new: &[u8]) -> Vec<u8> {
    let before = bytes.get(..span.start).unwrap_or_default();
    let after = bytes.get(span.end..).unwrap_or_default();
    [before, new, after].concat()
}
