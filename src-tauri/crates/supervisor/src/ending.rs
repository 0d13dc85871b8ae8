//! Releases that end: by a date after which the catalog entry is no longer good, or at a block height at which the program
//! stops by itself.

use freehold_model::spec::NodeSpec;
use freehold_model::{NodeRecord, ProbeReport, Timestamp};

/// Blocks before the halt at which that is worth a warning: 10 days of a chain with a block every 75 seconds.
const SOON_BLOCKS: u64 = 11_520;
/// Days before the last day at which that is worth a warning.
const SOON_DAYS: i64 = 30;

/// Whether the node runs the images that the catalog names, so that the entry's words are about it.
fn is_current(record: &NodeRecord, spec: &NodeSpec) -> bool {
    record.images.iter().all(|(service, image)| {
        let named = spec.service(service).map(|service| &service.image);
        named.is_some_and(|named| {
            named.digest.as_ref().is_none_or(|digest| *digest == image.digest) && named.tag == image.tag
        })
    })
}

/// Until when the release is good: of the catalog entry where the node runs what that names, else as it was when the node
/// was installed or updated.
fn good_until<'a>(record: &'a NodeRecord, spec: &'a NodeSpec) -> (Option<&'a str>, Option<u64>) {
    if is_current(record, spec) {
        spec.good_until(&record.network)
    } else {
        (record.good_until.date.as_deref(), record.good_until.height)
    }
}

/// Why the release has ended by this day, in one sentence.
pub(crate) fn ended(record: &NodeRecord, spec: &NodeSpec, today: &str) -> Option<String> {
    let (date, _) = good_until(record, spec);
    let date = date.filter(|date| is_after(today, date))?;
    Some(format!(
        "its release was good until {date} and may no longer follow the network; update it (`freehold update {}`)",
        record.id
    ))
}

/// Why the release has stopped at this height, in one sentence.
pub(crate) fn halted(record: &NodeRecord, spec: &NodeSpec, height: u64) -> Option<String> {
    let (_, halt) = good_until(record, spec);
    let halt = halt.filter(|halt| height >= *halt)?;
    Some(format!(
        "this release stops by itself at block {halt}, so that nobody follows an outdated chain; update it (`freehold update {}`)",
        record.id
    ))
}

/// What is worth saying ahead of the end.
pub fn warnings(record: &NodeRecord, spec: &NodeSpec, report: Option<&ProbeReport>, now: Timestamp) -> Vec<String> {
    let (date, halt) = good_until(record, spec);
    let mut warnings = Vec::new();
    if let Some(date) = date
        && let Some(left) = days_until(now, date).filter(|left| (0..=SOON_DAYS).contains(left))
    {
        warnings.push(format!(
            "This release is good until {date}, {left} more days. Update it before then."
        ));
    }
    if let Some((halt, report)) = halt.zip(report)
        && let Some(left) = halt.checked_sub(report.height).filter(|left| *left <= SOON_BLOCKS)
    {
        warnings.push(format!(
            "This release stops by itself at block {halt}, in {left} blocks. Update it before then."
        ));
    }
    warnings
}

/// Both are `YYYY-MM-DD`, which sorts as text; an unknown day is never after anything.
fn is_after(today: &str, date: &str) -> bool {
    !today.is_empty() && today > date
}

fn days_until(now: Timestamp, date: &str) -> Option<i64> {
    let last = freehold_plan::day_number(date)?;
    Some(last - now.seconds().div_euclid(86_400))
}
