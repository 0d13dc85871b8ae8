//! Reads a Solana validator, also the test validator.

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage};
use serde_json::{Value, json};

use super::{Kind, Look, Pending, ask_rpc};
use crate::report::{blank, lacks, percent_of, quantity, text};
use crate::rpc::{CallError, Client};

/// The validator's code for `behind the others`.
const UNHEALTHY: i64 = -32005;

/// A validator.
#[derive(Debug)]
pub(crate) struct Solana {
    client: Client,
}

impl Solana {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let [health, slot, version, genesis] = self
            .client
            .ask_all([
                ("getHealth", json!([])),
                ("getSlot", json!([])),
                ("getVersion", json!([])),
                ("getGenesisHash", json!([])),
            ])
            .await?;
        // What is behind, where the validator knows.
        let (is_healthy, behind) = match health {
            Ok(health) => (health == json!("ok"), Some(0)),
            Err(CallError::Rpc {
                code: UNHEALTHY, data, ..
            }) => (false, data.get("numSlotsBehind").and_then(quantity)),
            Err(error) => return Err(error.into()),
        };
        let slot = match slot {
            Ok(slot) => quantity(&slot).ok_or_else(|| lacks("getSlot", "a number"))?,
            Err(CallError::Rpc { code: UNHEALTHY, .. }) => 0,
            Err(error) => return Err(error.into()),
        };
        let version = version?;
        // The list is long on a public cluster, and settles only whether this node is alone in it.
        let peers = if look.target.needs_peers {
            self.peers().await?
        } else {
            0
        };
        let has_company = !look.target.needs_peers || peers > 0 || look.was_ready;
        let is_ready = is_healthy && has_company && (slot > 0 || !look.target.needs_peers);
        let stage = match slot {
            _ if is_ready => Stage::Ready,
            0 => Stage::PreHeaders,
            _ => Stage::Blocks,
        };
        let target = behind.map(|behind| slot.saturating_add(behind));
        let percent = target.and_then(|target| percent_of(slot, target));
        Ok(ProbeReport {
            height: slot,
            target,
            percent: if is_ready { Some(100.0) } else { percent },
            peers_out: peers,
            version: text(version.get("solana-core").unwrap_or(&Value::Null)),
            chain: genesis.map(|hash| text(&hash)).unwrap_or_default(),
            tip: slot.to_string(),
            ..blank(stage)
        })
    }

    /// The others of its cluster.
    async fn peers(&self) -> Result<u32, ProbeFailure> {
        let nodes = match self.client.ask("getClusterNodes", json!([])).await {
            Ok(nodes) => nodes,
            Err(CallError::Rpc { .. }) => return Ok(0),
            Err(error) => return Err(error.into()),
        };
        let others = nodes.as_array().map_or(0, |nodes| nodes.len().saturating_sub(1));
        Ok(u32::try_from(others).unwrap_or(u32::MAX))
    }
}

impl Kind for Solana {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(ask_rpc(&self.client, question))
    }
}
