//! What is said about the use of nodes.

use freehold_model::Timestamp;
use jiff::tz::TimeZone;

use super::How;
use super::silence::Silence;

/// How a use is known.
pub(super) fn how_known(how: How, node: &str) -> String {
    match how {
        How::Log => format!("{node} says so in its own log."),
        How::Connection => format!("It was seen connected to {node} on this machine."),
    }
}

/// A wallet that runs and does not ask.
pub(super) fn silent(wallet: &str, node: &str, silence: Silence, switched: Timestamp, now: Timestamp) -> String {
    let since = match silence {
        Silence::Never => format!("since it was switched at {}", clock(switched, now)),
        Silence::Since(used) => format!("since {}", clock(used, now)),
    };
    format!(
        "{wallet} runs, but has not asked {node} {since}: close it and start it again, and look at the server in its settings."
    )
}

/// A wallet whose settings point elsewhere.
pub(super) fn elsewhere(wallet: &str, endpoint: Option<&str>, wanted: &str, now: Timestamp) -> String {
    let since = clock(now, now);
    match endpoint {
        Some(endpoint) => {
            format!(
                "{wallet}'s settings point at {endpoint} instead of {wanted}: changed since the switch, seen at {since}."
            )
        }
        None => format!("{wallet}'s settings do not name {wanted} any more, seen at {since}."),
    }
}

/// A wallet whose settings are gone.
pub(super) fn gone(wallet: &str, file: &str, now: Timestamp) -> String {
    format!("{wallet}'s settings file {file} is gone, seen at {}.", clock(now, now))
}

/// A wallet that is well again.
pub(super) fn back(wallet: &str, wanted: &str) -> String {
    format!("{wallet}'s settings point at {wanted} again")
}

/// The time of day, with the day where it is another than today.
fn clock(at: Timestamp, now: Timestamp) -> String {
    clock_in(at, now, &TimeZone::system())
}

fn clock_in(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let local = |at: Timestamp| {
        let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        at.to_zoned(zone.clone())
    };
    let (at, now) = (local(at), local(now));
    let form = if at.date() == now.date() {
        "%H:%M"
    } else {
        "%H:%M on %Y-%m-%d"
    };
    at.strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use freehold_model::Timestamp;
    use jiff::tz::{TimeZone, offset};

    use super::clock_in;

    #[test]
    fn a_time_of_another_day_is_told_with_it() {
        let zone = TimeZone::fixed(offset(2));
        let at = |at, now| clock_in(Timestamp(at), Timestamp(now), &zone);
        assert_eq!(at(3_600_000, 7_200_000), "03:00");
        assert_eq!(at(3_600_000, 90_000_000), "03:00 on 1970-01-01");
    }
}
