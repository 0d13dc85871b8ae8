//! Makes a report of a declarative probe's values, and fills in what it leaves out. Pure.

use std::time::Duration;

use freehold_model::expression::{Expression, Function, Scope};
use freehold_model::spec::JsonProbe;
use freehold_model::{ByteSize, ProbeFailure, ProbeReport, Stage};
use serde_json::Value;

use super::Look;
use crate::excerpt::shorten;
use crate::report::{below_hundred, blank, count, percent_of, quantity};

/// Most warnings that are shown.
const MOST_WARNINGS: usize = 16;

/// The report, or that the node is still starting.
pub(super) fn report(scope: &dyn Scope, declared: &JsonProbe, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
    let of = |name: &str| scope.named(name);
    match of("warming_up") {
        Value::Bool(true) => {
            let message = "it says that it is starting".to_owned();
            return Err(ProbeFailure::WarmingUp { message });
        }
        // Its own words.
        Value::String(message) if !message.is_empty() => {
            return Err(ProbeFailure::WarmingUp {
                message: shorten(&message),
            });
        }
        _ => {}
    }
    let height = whole(&of("height"));
    if declared.height.is_some() && height.is_none() {
        return Err(ProbeFailure::Unreadable {
            reason: "the answers do not hold a height where the catalog looks for it".to_owned(),
        });
    }
    let target = whole(&of("target"));
    let (peers_in, peers_out) = (
        count(&whole_value(&of("peers_in"))),
        count(&whole_value(&of("peers_out"))),
    );
    let tells_peers = declared.peers_in.is_some() || declared.peers_out.is_some();
    let has_company = !look.target.needs_peers || !tells_peers || peers_in > 0 || peers_out > 0 || look.was_ready;
    let is_ready = if declared.ready.is_some() {
        of("ready") == Value::Bool(true)
    } else {
        let slack = u64::from(look.was_ready);
        let is_there = height
            .zip(target)
            .is_some_and(|(height, target)| target > 0 && height + slack >= target);
        is_there && has_company
    };
    let percent = match &declared.percent {
        Some(_) => of("percent").as_f64().map(|percent| below_hundred(percent / 100.0)),
        None => height
            .zip(target)
            .and_then(|(height, target)| percent_of(height, target)),
    };
    let begun = height.unwrap_or(0) > 0 || percent.is_some_and(|percent| percent > 0.0);
    let stage = match () {
        () if is_ready => Stage::Ready,
        () if begun => Stage::Blocks,
        () => Stage::PreHeaders,
    };
    let height = height.unwrap_or(0);
    Ok(ProbeReport {
        height,
        target: target.map(|target| target.max(height)),
        percent: if is_ready { Some(100.0) } else { percent },
        peers_in,
        peers_out,
        version: words(&of("version")),
        chain: words(&of("chain")),
        tip_age: tip_age(scope),
        tip: words(&of("tip")),
        size_on_disk: whole(&of("size_on_disk")).map(ByteSize),
        warnings: warnings(&of("warnings")),
        ..blank(stage)
    })
}

/// A whole number, also where it was written as a text or came out of a division.
fn whole(value: &Value) -> Option<u64> {
    quantity(&whole_value(value))
}

fn whole_value(value: &Value) -> Value {
    match value.as_f64() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range is checked"
        )]
        Some(number) if !value.is_u64() && (0.0..9e15).contains(&number) => Value::from(number.round() as u64),
        _ => value.clone(),
    }
}

/// A text for people; numbers as they are.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => shorten(text),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

fn tip_age(scope: &dyn Scope) -> Option<Duration> {
    // The language knows how to read a time.
    let age = Expression::parse(&format!("{}(tip_time)", Function::Age.name())).ok()?;
    Duration::try_from_secs_f64(age.evaluate(scope).as_f64()?).ok()
}

fn warnings(value: &Value) -> Vec<String> {
    let texts = match value {
        Value::Array(texts) => texts.as_slice(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            std::slice::from_ref(value)
        }
    };
    let texts = texts.iter().filter_map(Value::as_str).map(shorten);
    texts.filter(|text| !text.is_empty()).take(MOST_WARNINGS).collect()
}
