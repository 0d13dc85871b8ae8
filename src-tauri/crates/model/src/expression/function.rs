//! The functions of the language.

use serde_json::Value;

use super::evaluate::{cut, number};
use super::time::seconds;

/// A function. `if` and `exists` look at what is unknown; of the others, unknown in is unknown out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// A number, or a text that holds one (decimal, or hex with `0x`).
    Num,
    /// A text in hex, with or without `0x`, as a number.
    Hex,
    /// A number, a truth value or a text as a text.
    Text,
    /// Characters of a text, entries of a list or an object.
    Len,
    /// The smaller of two numbers.
    Min,
    /// The larger of two numbers.
    Max,
    /// The second if the first is true, the third if it is false.
    If,
    /// False for what is unknown.
    Exists,
    /// Seconds since a unix time (in seconds) or a text in RFC 3339; 0 for a time to come.
    Age,
    /// The nearest whole number.
    Round,
    /// A text holds a text, or a list holds an entry.
    Contains,
}

impl Function {
    /// Every function.
    pub const ALL: [Self; 11] = [
        Self::Num,
        Self::Hex,
        Self::Text,
        Self::Len,
        Self::Min,
        Self::Max,
        Self::If,
        Self::Exists,
        Self::Age,
        Self::Round,
        Self::Contains,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Num => "num",
            Self::Hex => "hex",
            Self::Text => "text",
            Self::Len => "len",
            Self::Min => "min",
            Self::Max => "max",
            Self::If => "if",
            Self::Exists => "exists",
            Self::Age => "age",
            Self::Round => "round",
            Self::Contains => "contains",
        }
    }

    /// How many values it takes.
    pub const fn arguments(self) -> usize {
        match self {
            Self::Num | Self::Hex | Self::Text | Self::Len | Self::Exists | Self::Age | Self::Round => 1,
            Self::Min | Self::Max | Self::Contains => 2,
            Self::If => 3,
        }
    }

    /// The function of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    /// Its value, with `now` in seconds since 1970.
    pub(super) fn of(self, arguments: &[Value], now: f64) -> Value {
        let at = |index: usize| arguments.get(index).unwrap_or(&Value::Null);
        let numbers = || at(0).as_f64().zip(at(1).as_f64());
        match self {
            Self::Num => numeric(at(0)),
            Self::Hex => at(0).as_str().map_or(Value::Null, hexadecimal),
            Self::Text => text(at(0)),
            Self::Len => length(at(0)).map_or(Value::Null, Value::from),
            Self::Min => numbers().map_or(Value::Null, |(a, b)| number(a.min(b))),
            Self::Max => numbers().map_or(Value::Null, |(a, b)| number(a.max(b))),
            Self::If => match at(0) {
                Value::Bool(true) => at(1).clone(),
                Value::Bool(false) => at(2).clone(),
                _ => Value::Null,
            },
            Self::Exists => Value::Bool(!at(0).is_null()),
            Self::Age => seconds(at(0)).map_or(Value::Null, |then| number((now - then).max(0.0))),
            Self::Round => at(0).as_f64().map_or(Value::Null, |value| number(value.round())),
            Self::Contains => contains(at(0), at(1)),
        }
    }
}

fn numeric(value: &Value) -> Value {
    match value {
        Value::Number(_) => value.clone(),
        Value::String(text) => {
            let text = text.trim();
            if text.starts_with("0x") || text.starts_with("0X") {
                return hexadecimal(text);
            }
            let looks_like_one = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
            match text.parse::<i64>() {
                Ok(whole) => Value::from(whole),
                Err(_) if looks_like_one => text.parse::<f64>().map_or(Value::Null, number),
                Err(_) => Value::Null,
            }
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Value::Null,
    }
}

fn hexadecimal(text: &str) -> Value {
    let text = text.trim();
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .unwrap_or(text);
    // `from_str_radix` would take a sign.
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Value::Null;
    }
    u128::from_str_radix(digits, 16).map_or(Value::Null, |value| match u64::try_from(value) {
        Ok(value) => Value::from(value),
        Err(_) => number(value as f64),
    })
}

fn text(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(cut(text.clone())),
        Value::Number(number) => Value::String(number.to_string()),
        Value::Bool(truth) => Value::String(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => Value::Null,
    }
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(entries) => Some(entries.len()),
        Value::Object(fields) => Some(fields.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn contains(whole: &Value, part: &Value) -> Value {
    match (whole, part) {
        (Value::Null, _) | (_, Value::Null) => Value::Null,
        (Value::String(whole), Value::String(part)) => Value::Bool(whole.contains(part.as_str())),
        (Value::Array(entries), part) => Value::Bool(entries.contains(part)),
        _ => Value::Null,
    }
}
