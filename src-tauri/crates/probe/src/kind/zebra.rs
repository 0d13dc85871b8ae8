//! Reads zebrad.

use std::time::Duration;

use freehold_model::spec::IdentityCheck;
use freehold_model::{ByteSize, ProbeFailure, ProbeReport, Stage, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Kind, Look, Pending, ask_rpc};
use crate::peers::{self as listed, Answer};
use crate::report::{age, blank, parse, percent_of, text};
use crate::rpc::{CallError, Client};

/// Blocks behind the estimate that count as none: what zebrad itself allows in its `/ready`.
const ALLOWED_BEHIND: u64 = 2;

/// The estimate is made from the clock and may run ahead of the chain; a tip younger than this is the tip.
const FRESH_TIP: Duration = Duration::from_mins(10);

/// zebrad.
#[derive(Debug)]
pub(crate) struct Zebra {
    client: Client,
}

/// `getblockchaininfo`, the part that is read. `verificationprogress` is left out: it is 1 at height 0 without peers.
#[derive(Debug, Deserialize)]
struct Chain {
    #[serde(rename = "chain")]
    name: String,
    blocks: u64,
    #[serde(default)]
    headers: u64,
    #[serde(default, rename = "estimatedheight")]
    estimated: u64,
    #[serde(default, rename = "bestblockhash")]
    tip: String,
    #[serde(default)]
    size_on_disk: Option<u64>,
}

impl Zebra {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let chain: Chain = parse("getblockchaininfo", self.call("getblockchaininfo", json!([])).await?)?;
        let peers = self.call("getpeerinfo", json!([])).await?;
        let peers = peers.as_array().map_or(&[][..], Vec::as_slice);
        let incoming = peers
            .iter()
            .filter(|peer| peer.get("inbound").and_then(Value::as_bool) == Some(true))
            .count();
        let info = self.call("getinfo", json!([])).await?;
        let header = match self.client.ask("getblockheader", json!([chain.tip, true])).await {
            Ok(header) => header,
            Err(CallError::Rpc { .. }) => Value::Null,
            Err(error) => return Err(error.into()),
        };
        let made = header.get("time").and_then(Value::as_i64).filter(|_| chain.blocks > 0);
        let tip_age = made.map(|made| age(made, look.now));
        let target = chain.estimated.max(chain.headers).max(chain.blocks);
        let is_near =
            chain.blocks.saturating_add(ALLOWED_BEHIND) >= target || tip_age.is_some_and(|age| age < FRESH_TIP);
        let has_company = !peers.is_empty() || look.was_ready;
        let is_ready = !look.target.needs_peers || (chain.blocks > 0 && is_near && has_company);
        let stage = match chain.blocks {
            _ if is_ready => Stage::Ready,
            0 if peers.is_empty() => Stage::PreHeaders,
            _ => Stage::Blocks,
        };
        let known = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let target = if is_ready {
            chain.blocks.max(chain.headers)
        } else {
            target
        };
        Ok(ProbeReport {
            height: chain.blocks,
            target: Some(target),
            percent: if is_ready {
                Some(100.0)
            } else {
                percent_of(chain.blocks, target).or(Some(0.0))
            },
            peers_in: known(incoming),
            peers_out: known(peers.len() - incoming),
            version: version(&info),
            chain: text(&json!(chain.name)),
            tip_age,
            tip: text(&json!(chain.tip)),
            size_on_disk: chain.size_on_disk.map(ByteSize),
            ..blank(stage)
        })
    }

    /// The answer to a question about the chain's identity. Until a peer has sent the first block, zebrad refuses every
    /// question about blocks, but names its chain's first one as the tip.
    async fn answer(&self, question: &IdentityCheck) -> Result<Value, ProbeFailure> {
        let answer = ask_rpc(&self.client, question).await;
        if answer.is_ok() || question.method != "getblockhash" || question.params != [json!(0)] {
            return answer;
        }
        let chain: Chain = parse("getblockchaininfo", self.call("getblockchaininfo", json!([])).await?)?;
        if chain.blocks == 0 && !chain.tip.is_empty() {
            return Ok(json!(chain.tip));
        }
        answer
    }

    /// A call. zebrad answers a wrong cookie by closing the connection, without a word.
    async fn call(&self, method: &str, params: Value) -> Result<Value, ProbeFailure> {
        match self.client.ask(method, params).await {
            Err(CallError::BrokenOff { .. }) => Err(ProbeFailure::AuthenticationFailed),
            answer => Ok(answer?),
        }
    }
}

/// `7.0.0` out of `/Zebra:7.0.0/`, else the build's name.
fn version(info: &Value) -> String {
    let named = info.get("subversion").and_then(Value::as_str).unwrap_or_default();
    let number = named
        .split_once(':')
        .map(|(_, rest)| rest.trim_end_matches('/'))
        .unwrap_or_default();
    if number.is_empty() {
        text(info.get("build").unwrap_or(&Value::Null))
    } else {
        crate::excerpt::shorten(number)
    }
}

impl Kind for Zebra {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn peers(&self, _now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async {
            let answer = self.client.ask("getpeerinfo", json!([])).await;
            listed::of_call("getpeerinfo", answer, listed::bitcoin)
        })
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(self.answer(question))
    }
}
