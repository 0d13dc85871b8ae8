//! How `QSettings` writes the names of settings and sections: `a@b.c` stands as `a%40b.c`, `/` inside a section as `\`.

/// The name of a setting without a section in programs, and its section in the file.
const GENERAL: &str = "general";

/// A name as programs use it.
pub(crate) fn decode(written: &[u8]) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((first, tail)) = rest.split_first() {
        let (unit, length) = match first {
            b'\\' => (u16::from(b'/'), 1),
            b'%' => match tail {
                [b'U', digits @ ..] if hex(digits, 4).is_some() => (hex(digits, 4).unwrap_or_default(), 6),
                digits => hex(digits, 2).map_or((u16::from(b'%'), 1), |unit| (unit, 3)),
            },
            other => (u16::from(*other), 1),
        };
        units.push(unit);
        rest = rest.get(length..).unwrap_or_default();
    }
    String::from_utf16_lossy(&units)
}

/// The number that the first `count` bytes write.
fn hex(bytes: &[u8], count: usize) -> Option<u16> {
    let digits = bytes
        .get(..count)
        .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// A name as it is written.
pub(crate) fn encode(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    for unit in name.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b'/') => written.push('\\'),
            Ok(byte) if byte.is_ascii_alphanumeric() || b"_-.".contains(&byte) => written.push(char::from(byte)),
            Ok(byte) => written.extend(["%", &upper_hex(u16::from(byte), 2)]),
            Err(_) => written.extend(["%U", &upper_hex(unit, 4)]),
        }
    }
    written
}

fn upper_hex(number: u16, digits: usize) -> String {
    format!("{number:0digits$X}")
}

/// What a header's section puts before the names of its settings: `a@b.c/`, and nothing for `[General]`.
pub(super) fn section(written: &[u8]) -> String {
    if written.eq_ignore_ascii_case(GENERAL.as_bytes()) {
        return String::new();
    }
    let plain = written
        .strip_prefix(b"%")
        .filter(|rest| rest.eq_ignore_ascii_case(GENERAL.as_bytes()));
    decode(plain.unwrap_or(written)) + "/"
}

/// A section as its header writes it; `section` ends with `/` or is empty.
pub(super) fn encode_section(section: &str) -> String {
    match section.strip_suffix('/') {
        None => "General".to_owned(),
        Some(name) if name.eq_ignore_ascii_case(GENERAL) => format!("%{name}"),
        Some(name) => encode(name),
    }
}

/// Section (with its `/`; empty without one) and the rest of a name.
pub(crate) fn split(name: &str) -> (&str, &str) {
    name.find('/').map_or(("", name), |at| name.split_at(at + 1))
}
