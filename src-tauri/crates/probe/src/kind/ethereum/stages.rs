//! What an execution client tells while it catches up; each in its own fields. Pure.

use freehold_model::Stage;
use serde_json::{Map, Value};

use crate::excerpt::shorten;
use crate::report::{below_hundred, gigabytes, percent_of, quantity};

/// Stage, percent and words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Progress {
    pub(super) stage: Stage,
    pub(super) percent: Option<f64>,
    pub(super) detail: Option<String>,
}

/// Where a client is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Position {
    pub(super) height: u64,
    pub(super) target: Option<u64>,
    pub(super) progress: Progress,
}

impl Progress {
    fn new(stage: Stage, percent: Option<f64>, detail: Option<String>) -> Self {
        Self { stage, percent, detail }
    }
}

impl Position {
    pub(super) fn at_tip(height: u64) -> Self {
        Self {
            height,
            target: Some(height),
            progress: Progress::new(Stage::Ready, Some(100.0), None),
        }
    }

    pub(super) fn looking_for_peers(height: u64) -> Self {
        Self {
            height,
            target: None,
            progress: Progress::new(Stage::PreHeaders, Some(0.0), None),
        }
    }

    /// It has blocks, yet none that is young, and does not fetch any: its consensus client has not told it of newer ones.
    pub(super) fn waiting(height: u64) -> Self {
        let detail = "waits to be told of newer blocks".to_owned();
        Self {
            height,
            target: None,
            progress: Progress::new(Stage::Blocks, None, Some(detail)),
        }
    }
}

/// Reads the object that `eth_syncing` gives, of a client whose last block is `number`.
pub(super) fn read(fields: &Map<String, Value>, number: u64) -> Position {
    let field = |name: &str| fields.get(name).and_then(quantity).unwrap_or(0);
    let (current, highest) = (field("currentBlock").max(number), field("highestBlock"));
    if let Some(stages) = fields.get("stages").and_then(Value::as_array) {
        return pipeline(stages, number, highest);
    }
    if highest == 0 && !fields.contains_key("currentBlock") {
        // Some client of its own kind, nitro for one: that it catches up is all that is known.
        return Position {
            height: number,
            target: None,
            progress: Progress::new(Stage::Blocks, None, None),
        };
    }
    let target = highest.max(current);
    let progress = snapshot(&field, number)
        .or_else(|| transaction_index(&field, current, highest))
        .unwrap_or_else(|| {
            let stage = if current == 0 { Stage::Headers } else { Stage::Blocks };
            Progress::new(stage, percent_of(current, target).or(Some(0.0)), None)
        });
    Position {
        height: current,
        target: (target > 0).then_some(target),
        progress,
    }
}

/// geth fetches the state near the tip before its first block counts; nobody knows beforehand how much there is.
fn snapshot(field: &impl Fn(&str) -> u64, number: u64) -> Option<Progress> {
    let healing = field("healingTrienodes").saturating_add(field("healingBytecode"));
    let bytes = ["syncedAccountBytes", "syncedStorageBytes", "syncedBytecodeBytes"]
        .into_iter()
        .map(field)
        .fold(0, u64::saturating_add);
    if number > 0 {
        // What it says of the state stays after it is done.
        return None;
    }
    if healing > 0 {
        let detail = format!("mends the state: {healing} parts to go");
        return Some(Progress::new(Stage::State, None, Some(detail)));
    }
    (bytes > 0).then(|| Progress::new(Stage::State, None, Some(format!("{} of state", gigabytes(bytes)))))
}

fn transaction_index(field: &impl Fn(&str) -> u64, current: u64, highest: u64) -> Option<Progress> {
    let (done, remaining) = (field("txIndexFinishedBlocks"), field("txIndexRemainingBlocks"));
    if current < highest || remaining == 0 {
        return None;
    }
    let percent = percent_of(done, done.saturating_add(remaining));
    Some(Progress::new(
        Stage::Indexing,
        percent,
        Some("transaction index".to_owned()),
    ))
}

/// reth and erigon take every block through stages, one stage after the other.
fn pipeline(raw: &[Value], number: u64, highest: u64) -> Position {
    let stages: Vec<(String, u64)> = raw
        .iter()
        .filter_map(|stage| {
            let name = stage.get("name").or_else(|| stage.get("stage_name"))?.as_str()?;
            let block = stage.get("block").or_else(|| stage.get("block_number"))?;
            Some((shorten(name), quantity(block)?))
        })
        .collect();
    let reached = stages.iter().map(|(_, block)| *block).max().unwrap_or(0);
    let target = highest.max(reached);
    if target == 0 || reached == 0 {
        return Position {
            height: number,
            target: None,
            progress: Progress::new(Stage::State, None, Some("downloads snapshots".to_owned())),
        };
    }
    let is_erigon = raw.iter().any(|stage| stage.get("stage_name").is_some());
    let current = stages
        .iter()
        .find(|(_, block)| *block < target)
        .map(|(name, _)| name.clone());
    let mean = stages
        .iter()
        .map(|(_, block)| *block as f64 / target as f64)
        .sum::<f64>()
        / stages.len() as f64;
    // erigon leaves stages that it does not use at zero; the slowest of the others is how far it is.
    let slowest = stages
        .iter()
        .map(|(_, block)| *block)
        .filter(|block| *block > 0)
        .min()
        .unwrap_or(0);
    let percent = if is_erigon {
        percent_of(slowest, target)
    } else {
        Some(below_hundred(mean))
    };
    let stage = match current.as_deref() {
        Some("Headers" | "headers") => Stage::Headers,
        _ => Stage::Blocks,
    };
    Position {
        height: number,
        target: Some(target),
        progress: Progress::new(stage, percent, current),
    }
}

#[cfg(test)]
mod tests;
