//! Reads AvalancheGo: three chains in one node, each of which tells only whether it is done.

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage, Timestamp};
use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Kind, Look, Pending, ask_rpc};
use crate::http::Question;
use crate::peers::{self as listed, Answer};
use crate::report::{age, blank, count, lacks, quantity, text};
use crate::rpc::{CallError, Client};

/// The chains, in the order in which they come up.
const CHAINS: [&str; 3] = ["P", "X", "C"];

/// AvalancheGo.
#[derive(Debug)]
pub(crate) struct Avalanche {
    info: Client,
    platform: Client,
    contracts: Client,
}

impl Avalanche {
    /// With `client`, which makes a caller of a path.
    pub(crate) fn new(client: impl Fn(&str) -> Client) -> Self {
        Self {
            info: client("/ext/info"),
            platform: client("/ext/bc/P"),
            contracts: client("/ext/bc/C/rpc"),
        }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let mut unfinished = Vec::new();
        for chain in CHAINS {
            let answer = self.info.ask("info.isBootstrapped", json!({ "chain": chain })).await?;
            let done = answer.get("isBootstrapped").and_then(Value::as_bool);
            if !done.ok_or_else(|| lacks("info.isBootstrapped", "isBootstrapped"))? {
                unfinished.push(chain);
            }
        }
        let peers = optional(self.info.ask("info.peers", json!({})).await)?;
        let version = optional(self.info.ask("info.getNodeVersion", json!({})).await)?;
        let network = optional(self.info.ask("info.getNetworkName", json!({})).await)?;
        let health = self.info.http().ask(&Question::get("/ext/health")).await?;
        let block = if unfinished.contains(&"C") {
            Value::Null
        } else {
            self.tip().await?
        };
        let height = block.get("number").and_then(quantity).unwrap_or(0);
        let made = block
            .get("timestamp")
            .and_then(quantity)
            .and_then(|made| i64::try_from(made).ok());
        let peers = count(peers.get("numPeers").unwrap_or(&Value::Null));
        let has_company = !look.target.needs_peers || peers > 0 || look.was_ready;
        let is_ready = unfinished.is_empty() && has_company;
        let stage = match peers {
            _ if is_ready => Stage::Ready,
            0 if look.target.needs_peers => Stage::PreHeaders,
            _ => Stage::Blocks,
        };
        let mut warnings = Vec::new();
        if is_ready && health.status != StatusCode::OK {
            warnings.push("It calls itself unhealthy.".to_owned());
        }
        Ok(ProbeReport {
            height,
            target: is_ready.then_some(height),
            detail: (!unfinished.is_empty()).then(|| format!("chains to go: {}", unfinished.join(", "))),
            peers_out: peers,
            version: short_version(&text(version.get("version").unwrap_or(&Value::Null))),
            chain: text(network.get("networkName").unwrap_or(&Value::Null)),
            tip_age: made.filter(|_| height > 0).map(|made| age(made, look.now)),
            tip: block.get("hash").map(text).unwrap_or_default(),
            warnings,
            ..blank(stage)
        })
    }

    /// The last block of the contract chain.
    async fn tip(&self) -> Result<Value, ProbeFailure> {
        match self
            .contracts
            .ask("eth_getBlockByNumber", json!(["latest", false]))
            .await
        {
            Ok(block) => Ok(block),
            // The chain's own server comes up a little after the chain.
            Err(CallError::Rpc { .. } | CallError::Busy | CallError::NoAnswer { .. }) => Ok(Value::Null),
            Err(error) => Err(error.into()),
        }
    }
}

fn optional(answer: Result<Value, CallError>) -> Result<Value, ProbeFailure> {
    match answer {
        Ok(value) => Ok(value),
        Err(CallError::Rpc { .. }) => Ok(Value::Null),
        Err(error) => Err(error.into()),
    }
}

/// `1.14.1` out of `avalanchego/1.14.1`.
fn short_version(whole: &str) -> String {
    whole.split_once('/').map_or(whole, |(_, number)| number).to_owned()
}

impl Kind for Avalanche {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn peers(&self, _now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async {
            let answer = self.info.ask("info.peers", json!({})).await;
            listed::of_call("info.peers", answer, listed::avalanche)
        })
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        let client = match question.method.split_once(['.', '_']) {
            Some(("platform", _)) => &self.platform,
            Some(("eth" | "net" | "web3", _)) => &self.contracts,
            _ => &self.info,
        };
        Box::pin(async move {
            // Avalanche's own methods take one object.
            match question.params.as_slice() {
                [object @ Value::Object(_)] => Ok(client.ask(&question.method, object.clone()).await?),
                [] if question.method.contains('.') => Ok(client.ask(&question.method, json!({})).await?),
                _ => ask_rpc(client, question).await,
            }
        })
    }
}
