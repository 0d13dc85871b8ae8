//! Reads a time: seconds since 1970, or a text in RFC 3339.

use std::time::UNIX_EPOCH;

use serde_json::Value;

/// Seconds since 1970.
pub(super) fn seconds(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => rfc3339(text.trim()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn rfc3339(text: &str) -> Option<f64> {
    let (local, offset) = split_offset(text)?;
    let time = humantime::parse_rfc3339_weak(local).ok()?;
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    Some(since.as_secs_f64() - offset)
}

/// The time without its zone, and the zone in seconds east of UTC.
fn split_offset(text: &str) -> Option<(&str, f64)> {
    if let Some(local) = text.strip_suffix(['Z', 'z']) {
        return Some((local, 0.0));
    }
    // `+02:00` is six bytes; a date alone has its last `-` elsewhere.
    let at = text.len().checked_sub(6)?;
    let (local, zone) = (text.get(..at)?, text.get(at..)?);
    let east = match zone.get(..1)? {
        "+" => 1.0,
        "-" => -1.0,
        _ => return None,
    };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    (local.contains(['T', 't', ' ']) && hours < 24 && minutes < 60)
        .then(|| (local, east * (f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0)))
}
