//! Makes a program's bytes fit to be shown: valid UTF-8, no escape sequences, no control characters, bounded.

/// Longest line; Docker cuts there too.
pub(super) const LONGEST_LINE: usize = 16 * 1024;

/// The text of a line.
pub(super) fn clean(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().min(LONGEST_LINE));
    let lossy = String::from_utf8_lossy(bytes);
    let mut characters = lossy.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\u{1b}' => match characters.next() {
                // CSI: parameters, then one letter. `ESC [ 3 1 m`
                Some('[') => skip_while(&mut characters, |c| !('\u{40}'..='\u{7e}').contains(&c)),
                // OSC, DCS, APC, PM and SOS: a text that ends with BEL or ESC \.
                Some(']' | 'P' | '_' | '^' | 'X') => skip_while(&mut characters, |c| c != '\u{7}' && c != '\u{1b}'),
                // Two-character sequences, and those that name a character set: `ESC ( B`
                Some('(' | ')' | '*' | '+' | '#' | '%') => {
                    characters.next();
                }
                Some(_) | None => {}
            },
            '\t' => text.push(character),
            // Control characters of both sets, and those that turn the direction of the text around.
            character if character.is_control() => {}
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            character => text.push(character),
        }
        if text.len() > LONGEST_LINE {
            let mut end = LONGEST_LINE - '…'.len_utf8();
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            text.push('…');
            break;
        }
    }
    text
}

/// Skips up to and with the first character that does not fit.
fn skip_while(characters: &mut std::iter::Peekable<std::str::Chars<'_>>, fits: impl Fn(char) -> bool) {
    for character in characters.by_ref() {
        if !fits(character) {
            break;
        }
    }
    // `ESC \` ends a text: its second half goes too.
    characters.next_if_eq(&'\\');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST_LINE, clean};

    #[test]
    fn colours_titles_and_control_characters_go_and_the_words_stay() {
        assert_eq!(clean(b"\x1b[1;31merror\x1b[0m: disk\x07"), "error: disk");
        assert_eq!(clean(b"\x1b]0;title\x07hello \x1b(Bworld\r"), "hello world");
        assert_eq!(clean(b"\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"), "link");
        assert_eq!(clean("a\tb \u{202e}c é".as_bytes()), "a\tb c é");
        assert_eq!(clean(b"caf\xe9 \xff"), "caf\u{fffd} \u{fffd}");
    }

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let long = "é".repeat(LONGEST_LINE);
        let cut = clean(long.as_bytes());
        assert!(cut.len() <= LONGEST_LINE && cut.ends_with('…'), "{} bytes", cut.len());
    }

    proptest! {
        #[test]
        fn whatever_comes_is_bounded_and_without_control_characters(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let text = clean(&bytes);
            prop_assert!(text.len() <= LONGEST_LINE);
            prop_assert!(text.chars().all(|c| c == '\t' || !c.is_control()), "{:?}", text);
        }
    }
}
