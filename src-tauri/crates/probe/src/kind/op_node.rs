//! Reads op-node of the OP Stack.

use std::time::Duration;

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Kind, Look, Pending, ask_rpc};
use crate::report::{age, blank, count, parse, percent_of, quantity, text};
use crate::rpc::{CallError, Client};

/// A tip younger than this is one: a block comes every second or two.
const FRESH_TIP: Duration = Duration::from_mins(1);

/// op-node.
#[derive(Debug)]
pub(crate) struct OpNode {
    client: Client,
}

/// `optimism_syncStatus`, the part that is read.
#[derive(Debug, Deserialize)]
struct Status {
    unsafe_l2: Block,
}

#[derive(Debug, Deserialize)]
struct Block {
    hash: String,
    number: u64,
    /// Seconds since 1970.
    timestamp: i64,
}

impl OpNode {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let [status, config, peers, version] = self
            .client
            .ask_all([
                ("optimism_syncStatus", json!([])),
                ("optimism_rollupConfig", json!([])),
                ("opp2p_peerStats", json!([])),
                ("optimism_version", json!([])),
            ])
            .await?;
        let status: Status = parse("optimism_syncStatus", status?)?;
        let (config, peers, version) = (optional(config)?, optional(peers)?, optional(version)?);
        let tip = status.unsafe_l2;
        let tip_age = (tip.number > 0).then(|| age(tip.timestamp, look.now));
        let target = expected(&config, look.now.seconds()).map(|expected| expected.max(tip.number));
        let is_ready = !look.target.needs_peers || tip_age.is_some_and(|age| age < FRESH_TIP);
        let stage = match tip.number {
            _ if is_ready => Stage::Ready,
            0 => Stage::PreHeaders,
            _ => Stage::Blocks,
        };
        let percent = target.and_then(|target| percent_of(tip.number, target));
        Ok(ProbeReport {
            height: tip.number,
            target: if is_ready { Some(tip.number) } else { target },
            percent: if is_ready { Some(100.0) } else { percent },
            peers_out: count(peers.get("connected").unwrap_or(&Value::Null)),
            version: text(&version),
            chain: config
                .get("l2_chain_id")
                .and_then(quantity)
                .map_or_else(String::new, |id| id.to_string()),
            tip_age,
            tip: text(&json!(tip.hash)),
            ..blank(stage)
        })
    }
}

/// The height that the chain has by its own clock: first block, its time, and seconds a block.
fn expected(config: &Value, now: i64) -> Option<u64> {
    let first = config.pointer("/genesis/l2/number").and_then(quantity)?;
    let began = config.pointer("/genesis/l2_time").and_then(quantity)?;
    let block_time = config
        .get("block_time")
        .and_then(quantity)
        .filter(|seconds| *seconds > 0)?;
    let passed = u64::try_from(now).ok()?.saturating_sub(began);
    Some(first.saturating_add(passed / block_time))
}

/// An answer that not every op-node gives.
fn optional(answer: Result<Value, CallError>) -> Result<Value, ProbeFailure> {
    match answer {
        Ok(value) => Ok(value),
        Err(CallError::Rpc { .. }) => Ok(Value::Null),
        Err(error) => Err(error.into()),
    }
}

impl Kind for OpNode {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(ask_rpc(&self.client, question))
    }
}
