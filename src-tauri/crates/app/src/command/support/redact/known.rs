//! Replaces texts that are known, the longest first, in one pass.

use std::collections::BTreeSet;

/// Where a known text counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// Anywhere, as it is written.
    Anywhere,
    /// As a word of its own, in capitals or not.
    Whole,
}

/// `text` with `mark` for each of `known`; adds to `hidden` how often.
pub(super) fn hide_all(text: &str, known: &BTreeSet<String>, mark: &str, words: Words, hidden: &mut u32) -> String {
    let filled = known.iter().map(String::as_str).filter(|text| !text.is_empty());
    let mut known: Vec<&str> = filled.collect();
    if known.is_empty() {
        return text.to_owned();
    }
    known.sort_by_key(|text| std::cmp::Reverse(text.len()));
    // Logs are long: most letters begin nothing that is known.
    let mut begins = [false; 256];
    for first in known.iter().filter_map(|text| text.bytes().next()) {
        for byte in [first, first.to_ascii_lowercase(), first.to_ascii_uppercase()] {
            if let Some(entry) = begins.get_mut(usize::from(byte)) {
                *entry = true;
            }
        }
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(first) = rest.chars().next() {
        let is_at_start = words == Words::Anywhere || !before.is_some_and(char::is_alphanumeric);
        let may_begin = rest.bytes().next().and_then(|byte| begins.get(usize::from(byte)));
        let is_candidate = is_at_start && may_begin == Some(&true);
        let found = known.iter().filter(|_| is_candidate).find(|text| match words {
            Words::Anywhere => rest.starts_with(**text),
            Words::Whole => begins_with_word(rest, text),
        });
        let (head, tail) = rest.split_at(found.map_or(first.len_utf8(), |text| text.len()));
        shown.push_str(if found.is_some() { mark } else { head });
        *hidden = hidden.saturating_add(u32::from(found.is_some()));
        before = head.chars().next_back();
        rest = tail;
    }
    shown
}

fn begins_with_word(text: &str, word: &str) -> bool {
    let (Some(head), Some(tail)) = (text.get(..word.len()), text.get(word.len()..)) else {
        return false;
    };
    head.eq_ignore_ascii_case(word) && !tail.chars().next().is_some_and(char::is_alphanumeric)
}
