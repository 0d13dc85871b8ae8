//! How `QSettings` writes values: quotes, escapes, lists, and the `@…(…)` forms of what is no text.

/// What a written value means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A text; numbers and flags are texts too.
    Text(String),
    /// Several texts, separated by commas.
    List(Vec<String>),
    /// `@Invalid()`: there is no value.
    Nothing,
    /// Another kind of value, as `@Variant(…)`.
    Other,
}

impl Value {
    /// Reads a value as it is written.
    pub(crate) fn decode(written: &str) -> Self {
        let mut texts = texts(written);
        if texts.len() > 1 {
            return Self::List(texts);
        }
        let text = texts.pop().unwrap_or_default();
        let inner = |kind: &str| text.strip_prefix(kind).and_then(|rest| rest.strip_suffix(')'));
        if let Some(rest) = text.strip_prefix("@@") {
            Self::Text(format!("@{rest}"))
        } else if text == "@Invalid()" {
            Self::Nothing
        } else if let Some(inner) = inner("@String(") {
            Self::Text(inner.to_owned())
        } else if text.starts_with('@') && text.ends_with(')') {
            Self::Other
        } else {
            Self::Text(text)
        }
    }

    /// The text, where the value is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(_) | Self::Nothing | Self::Other => None,
        }
    }
}

/// The texts that a value lists; one for a plain value.
fn texts(written: &str) -> Vec<String> {
    let mut found = Vec::new();
    // UTF-16, because that is what `\x` counts in: a character beyond U+FFFF is written as two escapes.
    let mut text: Vec<u16> = Vec::new();
    // Space at the end goes, except what was escaped or quoted.
    let mut keep = 0;
    let (mut is_quoted, mut was_quoted) = (false, false);
    let mut rest = written.trim_start_matches([' ', '\t']).chars().peekable();
    let mut finish = |text: &mut Vec<u16>, keep: usize, was_quoted: bool| {
        if !was_quoted {
            while text.len() > keep && text.last().is_some_and(|unit| [32, 9].contains(unit)) {
                text.pop();
            }
        }
        found.push(String::from_utf16_lossy(text));
        text.clear();
    };
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                escape(&mut rest, &mut text);
                keep = text.len();
            }
            '"' => {
                is_quoted = !is_quoted;
                was_quoted = true;
                if !is_quoted {
                    while rest.next_if(|c| [' ', '\t'].contains(c)).is_some() {}
                }
            }
            ',' if !is_quoted => {
                finish(&mut text, keep, was_quoted);
                (keep, was_quoted) = (0, false);
                while rest.next_if(|c| [' ', '\t'].contains(c)).is_some() {}
            }
            other => text.extend(other.encode_utf16(&mut [0; 2]).iter()),
        }
    }
    finish(&mut text, keep, was_quoted);
    found
}

/// Reads what follows a `\`.
fn escape(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, text: &mut Vec<u16>) {
    let Some(c) = rest.next() else { return };
    let plain = match c {
        'a' => 7,
        'b' => 8,
        't' => 9,
        'n' => 10,
        'v' => 11,
        'f' => 12,
        'r' => 13,
        '"' | '?' | '\'' | '\\' => u16::try_from(u32::from(c)).unwrap_or_default(),
        'x' => {
            if rest.peek().is_some_and(char::is_ascii_hexdigit) {
                text.push(number(rest, 16, 0));
            }
            return;
        }
        '0'..='7' => {
            let first = u16::try_from(c.to_digit(8).unwrap_or_default()).unwrap_or_default();
            text.push(number(rest, 8, first));
            return;
        }
        '\r' | '\n' => {
            let other = if c == '\r' { '\n' } else { '\r' };
            rest.next_if_eq(&other);
            return;
        }
        // Qt leaves out what it does not know.
        _ => return,
    };
    text.push(plain);
}

/// Reads digits of a number that overflows as Qt's does.
fn number(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, base: u16, first: u16) -> u16 {
    let mut value = first;
    while let Some(digit) = rest.next_if(|c| c.is_digit(u32::from(base))) {
        let digit = u16::try_from(digit.to_digit(u32::from(base)).unwrap_or_default()).unwrap_or_default();
        value = value.wrapping_mul(base).wrapping_add(digit);
    }
    value
}

/// A text as `QSettings` writes it. What is not ASCII is escaped, which Qt 5 and Qt 6 read alike.
pub(crate) fn encode(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    if text.starts_with('@') {
        written.push('@');
    }
    let mut after_number = false;
    for unit in text.encode_utf16() {
        let byte = u8::try_from(unit).ok().filter(|byte| (0x20..0x7f).contains(byte));
        match byte {
            Some(byte) if !(after_number && byte.is_ascii_hexdigit()) => {
                after_number = false;
                if b"\"\\".contains(&byte) {
                    written.push('\\');
                }
                written.push(char::from(byte));
            }
            Some(_) | None => match unit {
                9 => written.push_str("\\t"),
                10 => written.push_str("\\n"),
                13 => written.push_str("\\r"),
                _ => {
                    written.extend(["\\x", &format!("{unit:x}")]);
                    after_number = true;
                    continue;
                }
            },
        }
        if byte.is_none() {
            after_number = false;
        }
    }
    let needs_quotes = text.contains([';', ',', '=']) || text.starts_with(' ') || text.ends_with(' ');
    if needs_quotes {
        format!("\"{written}\"")
    } else {
        written
    }
}
