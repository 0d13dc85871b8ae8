//! Values of options: read from what `--set` writes, checked against the option, written back in one canonical form.

use std::fmt;

use super::{OptionKind, SizeUnit};
use crate::{ByteSize, nearest};

/// Longest list that one option takes; keeps a container's command line bounded.
const MOST_ENTRIES: usize = 64;
/// Longest entry of a list: a host name has at most 253 characters, a port 5.
const LONGEST_ENTRY: usize = 260;

/// A checked value. `Display` writes the canonical text, which reads back as the same value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionValue {
    /// One of the option's choices.
    Choice(String),
    /// On or off.
    Switch(bool),
    /// A size.
    Size(ByteSize),
    /// A whole number.
    Count(u64),
    /// A short text; may be empty.
    Text(String),
    /// Whether a secret was given. The secret itself is kept in a file of its own.
    Secret(bool),
    /// Several short texts.
    List(Vec<String>),
}

/// Why an option cannot have a value, as the rest of a sentence that begins with the option's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidValue {
    /// Not one of the choices.
    #[error("`{text}` is not one of {}{}", .known.join(", "), .meant.as_ref().map(|m| format!("; did you mean `{m}`?")).unwrap_or_default())]
    NotAChoice {
        /// The refused text.
        text: String,
        /// The choices.
        known: Vec<String>,
        /// The choice that is closest.
        meant: Option<String>,
    },
    /// Neither on nor off.
    #[error("`{text}` is neither `on` nor `off`")]
    NotASwitch {
        /// The refused text.
        text: String,
    },
    /// No size.
    #[error("`{text}` is not a size: write for example `10GB` or `550MiB`; a number alone is in {unit}")]
    NotASize {
        /// The refused text.
        text: String,
        /// The unit of a number alone.
        unit: &'static str,
    },
    /// No whole number.
    #[error("`{text}` is not a whole number")]
    NotACount {
        /// The refused text.
        text: String,
    },
    /// Outside the range.
    #[error("{value} is outside {min} to {max}")]
    OutOfRange {
        /// The refused value.
        value: String,
        /// Smallest value.
        min: String,
        /// Largest value.
        max: String,
    },
    /// An entry of a list holds a character that it may not.
    #[error("`{entry}` may hold only letters, digits and `{allowed}`, for example `{example}`")]
    BadEntry {
        /// The refused entry.
        entry: String,
        /// What is allowed beside letters and digits.
        allowed: String,
        /// What an entry looks like.
        example: String,
    },
    /// Too many entries, or one that is too long.
    #[error("at most {MOST_ENTRIES} entries of at most {LONGEST_ENTRY} characters are taken")]
    TooLong,
}

impl OptionKind {
    /// The value used when nothing is chosen; an empty list for lists.
    pub fn default_value(&self) -> OptionValue {
        match self {
            Self::Choice { default, .. } => OptionValue::Choice(default.clone()),
            Self::Switch { default, .. } => OptionValue::Switch(*default),
            Self::Size { default, .. } => OptionValue::Size(*default),
            Self::Count { default, .. } => OptionValue::Count(*default),
            Self::Text { default, .. } => OptionValue::Text(default.clone()),
            Self::Secret { .. } => OptionValue::Secret(false),
            Self::List { .. } => OptionValue::List(Vec::new()),
        }
    }

    /// Reads what `--set` writes and checks it against choices, range and characters.
    pub fn parse(&self, text: &str) -> Result<OptionValue, InvalidValue> {
        let text = text.trim();
        match self {
            Self::Choice { choices, .. } => {
                let known = || choices.iter().map(|choice| choice.value.as_str());
                if known().any(|value| value == text) {
                    return Ok(OptionValue::Choice(text.to_owned()));
                }
                Err(InvalidValue::NotAChoice {
                    text: text.to_owned(),
                    known: known().map(|value| format!("`{value}`")).collect(),
                    meant: nearest(text, known()).map(str::to_owned),
                })
            }
            Self::Switch { .. } => match text.to_ascii_lowercase().as_str() {
                "on" | "true" | "yes" => Ok(OptionValue::Switch(true)),
                "off" | "false" | "no" => Ok(OptionValue::Switch(false)),
                _ => Err(InvalidValue::NotASwitch { text: text.to_owned() }),
            },
            Self::Size { min, max, unit, .. } => {
                let size = parse_size(text, *unit)?;
                if size < *min || size > *max {
                    return Err(out_of_range(
                        &canonical_size(size),
                        &canonical_size(*min),
                        &canonical_size(*max),
                    ));
                }
                Ok(OptionValue::Size(size))
            }
            Self::Count { min, max, .. } => {
                let count: u64 = text
                    .parse()
                    .map_err(|_| InvalidValue::NotACount { text: text.to_owned() })?;
                if count < *min || count > *max {
                    return Err(out_of_range(&count.to_string(), &min.to_string(), &max.to_string()));
                }
                Ok(OptionValue::Count(count))
            }
            Self::Text { example, allowed, .. } => {
                check_entry(text, example, allowed)?;
                Ok(OptionValue::Text(text.to_owned()))
            }
            Self::Secret { .. } => Ok(OptionValue::Secret(!text.is_empty())),
            Self::List { example, allowed, .. } => parse_list(text, example, allowed),
        }
    }

    /// The texts that `{value}` stands for in the option's arguments: one for each entry of a list, one for anything
    /// else. Sizes are written in the option's unit, rounded down.
    pub fn argument_texts(&self, value: &OptionValue) -> Vec<String> {
        match (self, value) {
            (Self::Size { unit, .. }, OptionValue::Size(size)) => vec![(size.bytes() / unit.bytes()).to_string()],
            (_, OptionValue::List(entries)) => entries.clone(),
            (_, other) => vec![other.to_string()],
        }
    }

    /// The arguments, still with placeholders, that the option adds at this value.
    pub fn args_for(&self, value: &OptionValue) -> &[String] {
        match (self, value) {
            (Self::Choice { choices, .. }, OptionValue::Choice(chosen)) => choices
                .iter()
                .find(|choice| choice.value == *chosen)
                .map_or(&[], |choice| &choice.args),
            (Self::Switch { on_args, off_args, .. }, OptionValue::Switch(on)) => {
                if *on {
                    on_args
                } else {
                    off_args
                }
            }
            (Self::Size { .. }, OptionValue::Size(ByteSize(0))) => &[],
            (Self::Text { .. }, OptionValue::Text(text)) if text.is_empty() => &[],
            (Self::Size { args, .. }, OptionValue::Size(_))
            | (Self::Text { args, .. }, OptionValue::Text(_))
            | (Self::Count { args, .. }, OptionValue::Count(_))
            | (Self::List { args, .. }, OptionValue::List(_)) => args,
            // A value is made by the same kind; a foreign one adds nothing.
            (_, _) => &[],
        }
    }
}

fn out_of_range(value: &str, min: &str, max: &str) -> InvalidValue {
    InvalidValue::OutOfRange {
        value: value.to_owned(),
        min: min.to_owned(),
        max: max.to_owned(),
    }
}

fn parse_size(text: &str, unit: SizeUnit) -> Result<ByteSize, InvalidValue> {
    let invalid = || InvalidValue::NotASize {
        text: text.to_owned(),
        unit: unit.label(),
    };
    match text.parse::<u64>() {
        Ok(count) => count.checked_mul(unit.bytes()).map(ByteSize).ok_or_else(invalid),
        Err(_) => text.parse().map_err(|_| invalid()),
    }
}

fn parse_list(text: &str, example: &str, allowed: &str) -> Result<OptionValue, InvalidValue> {
    let mut entries: Vec<String> = Vec::new();
    for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
        check_entry(entry, example, allowed)?;
        if entries.len() == MOST_ENTRIES {
            return Err(InvalidValue::TooLong);
        }
        if !entries.iter().any(|known| known == entry) {
            entries.push(entry.to_owned());
        }
    }
    Ok(OptionValue::List(entries))
}

/// Only letters, digits and what the option allows; no dash in front, which would turn the text into a flag of its own
/// where an argument is only the value.
fn check_entry(entry: &str, example: &str, allowed: &str) -> Result<(), InvalidValue> {
    let is_plain = entry.chars().all(|c| c.is_ascii_alphanumeric() || allowed.contains(c)) && !entry.starts_with('-');
    if !is_plain {
        return Err(InvalidValue::BadEntry {
            entry: entry.chars().take(LONGEST_ENTRY).collect(),
            allowed: allowed.to_owned(),
            example: example.to_owned(),
        });
    }
    if entry.len() > LONGEST_ENTRY {
        return Err(InvalidValue::TooLong);
    }
    Ok(())
}

fn canonical_size(size: ByteSize) -> String {
    let bytes = size.bytes();
    if bytes == 0 {
        return "0".to_owned();
    }
    let exact = [(1_000_000_000, "GB"), (1 << 20, "MiB"), (1_000_000, "MB"), (1, "B")];
    exact
        .into_iter()
        .find(|(factor, _)| bytes.is_multiple_of(*factor))
        .map_or_else(
            || format!("{bytes}B"),
            |(factor, unit)| format!("{}{unit}", bytes / factor),
        )
}

impl fmt::Display for OptionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(value) => f.write_str(value),
            Self::Switch(on) => f.write_str(if *on { "on" } else { "off" }),
            Self::Size(size) => f.write_str(&canonical_size(*size)),
            Self::Count(count) => write!(f, "{count}"),
            Self::Text(text) => f.write_str(text),
            Self::Secret(is_set) => f.write_str(if *is_set { "set" } else { "" }),
            Self::List(entries) => f.write_str(&entries.join(",")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ByteSize, InvalidValue, OptionKind, OptionValue, SizeUnit};

    fn size(unit: SizeUnit) -> OptionKind {
        let (min, max) = (ByteSize::mib(550), ByteSize::gb(1000));
        OptionKind::Size {
            default: ByteSize::gb(10),
            min,
            max,
            unit,
            args: vec!["-prune={value}".to_owned()],
        }
    }

    #[test]
    fn a_bare_number_is_in_the_options_unit() {
        let kind = size(SizeUnit::MiB);
        assert_eq!(kind.parse("550").unwrap(), OptionValue::Size(ByteSize::mib(550)));
        assert_eq!(kind.parse("10GB").unwrap(), OptionValue::Size(ByteSize::gb(10)));
        assert_eq!(
            kind.argument_texts(&OptionValue::Size(ByteSize::gb(10))),
            ["9536"],
            "rounded down to whole MiB"
        );
    }

    #[test]
    fn the_ends_of_a_range_are_inside_and_their_neighbours_are_not() {
        let kind = size(SizeUnit::MiB);
        assert!(kind.parse("550MiB").is_ok() && kind.parse("1000GB").is_ok());
        for text in ["549MiB", "1001GB", "0"] {
            assert!(
                matches!(kind.parse(text), Err(InvalidValue::OutOfRange { .. })),
                "{text}"
            );
        }
    }

    #[test]
    fn canonical_texts_read_back_as_the_same_value() {
        for unit in [SizeUnit::MiB, SizeUnit::GB, SizeUnit::B] {
            for bytes in [576_716_800, 576_716_801, 10_000_000_000, 600_000_000, 1_000_000_000_000] {
                let value = OptionValue::Size(ByteSize(bytes));
                assert_eq!(size(unit).parse(&value.to_string()), Ok(value), "{bytes} bytes");
            }
        }
    }

    #[test]
    fn a_zero_size_adds_no_argument() {
        let kind = size(SizeUnit::MiB);
        assert!(kind.args_for(&OptionValue::Size(ByteSize(0))).is_empty());
        assert_eq!(kind.args_for(&OptionValue::Size(ByteSize::gb(1))).len(), 1);
    }

    #[test]
    fn a_list_refuses_what_could_become_another_argument() {
        let kind = OptionKind::List {
            example: "node.example:8333".into(),
            allowed: ".:-[]".into(),
            args: vec![],
        };
        assert_eq!(
            kind.parse("a.example:1, [::1]:2,,a.example:1").unwrap(),
            OptionValue::List(vec!["a.example:1".into(), "[::1]:2".into()]),
            "spaces and repetitions do not matter"
        );
        for bad in ["-conf=/etc/passwd", "a b", "a\nb", "a=b", "{port.rpc}", "ä"] {
            assert!(kind.parse(bad).is_err(), "{bad:?} must be refused");
        }
    }
}
