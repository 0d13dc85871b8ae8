//! Usage logs: a pattern that fits whole lines and says who asked.

use freehold_model::spec::ServiceSpec;
use regex::Regex;

use super::Checker;
use crate::document::at;

pub(super) fn check(checker: &mut Checker<'_>, index: usize, service: &ServiceSpec) {
    let Some(log) = &service.usage_log else { return };
    let place = at!["services", index, "usage_log", "line"];
    let pattern = match Regex::new(&log.line) {
        Ok(pattern) => pattern,
        Err(error) => {
            checker.report(
                &place,
                format!("`line` is not a regular expression: {}", one_line(&error)),
            );
            return;
        }
    };
    if !pattern.capture_names().flatten().any(|name| name == "user") {
        let hint = "name the part of the line that is the login's user: `user=(?<user>\\S+)`";
        checker.report_with_hint(&place, "`line` has no group `user`: nobody could be named", hint);
    }
    // A line that only holds such a text somewhere may have been written by whoever asked.
    if !log.line.starts_with('^') || !log.line.ends_with('$') {
        checker.report(
            &place,
            "`line` must fit whole lines: begin it with `^` and end it with `$`",
        );
    }
}

/// The reason alone: the error's text draws the pattern over several lines.
fn one_line(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
