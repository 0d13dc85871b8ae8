//! Reads an Ethereum consensus client over the standard beacon API.

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage, Timestamp};
use hyper::StatusCode;
use serde_json::Value;

use super::{Kind, Look, Pending, ask_http};
use crate::http::{Http, Question};
use crate::peers::{self as listed, Answer};
use crate::report::{blank, count, lacks, percent_of, quantity, text};

/// A consensus client.
#[derive(Debug)]
pub(crate) struct Beacon {
    http: Http,
}

impl Beacon {
    pub(crate) fn new(http: Http) -> Self {
        Self { http }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let asked = "/eth/v1/node/syncing";
        let syncing = self.http.json(&Question::get(asked)).await?;
        let data = syncing.get("data").ok_or_else(|| lacks(asked, "data"))?;
        let head = data
            .get("head_slot")
            .and_then(quantity)
            .ok_or_else(|| lacks(asked, "head_slot"))?;
        let distance = data.get("sync_distance").and_then(quantity).unwrap_or(0);
        let is = |field: &str| data.get(field).and_then(Value::as_bool).unwrap_or(false);
        let health = self.http.ask(&Question::get("/eth/v1/node/health")).await?.status;
        let [peers, version, contract, header] = [
            self.optional("/eth/v1/node/peer_count").await?,
            self.optional("/eth/v1/node/version").await?,
            self.optional("/eth/v1/config/deposit_contract").await?,
            self.optional("/eth/v1/beacon/headers/head").await?,
        ];
        let peers = count(peers.pointer("/data/connected").unwrap_or(&Value::Null));
        let target = head.saturating_add(distance);
        let mut warnings = Vec::new();
        if is("el_offline") {
            warnings.push(
                "It does not reach the execution client: that one is off, or its address or the shared secret is wrong."
                    .to_owned(),
            );
        }
        let has_company = !look.target.needs_peers || peers > 0 || look.was_ready;
        // A slot passes while the questions are asked.
        let is_at_tip = !is("is_syncing") && distance <= 1 && has_company;
        let is_ready = is_at_tip && !is("is_optimistic") && !is("el_offline") && health == StatusCode::OK;
        let (stage, detail) = match () {
            () if is_ready => (Stage::Ready, None),
            () if is("is_optimistic") => (
                Stage::Blocks,
                Some("waits for the execution client to check its blocks"),
            ),
            () if head == 0 && peers == 0 && look.target.needs_peers => (Stage::PreHeaders, None),
            () => (Stage::Blocks, None),
        };
        Ok(ProbeReport {
            height: head,
            target: Some(target),
            percent: if is_ready {
                Some(100.0)
            } else {
                percent_of(head, target).or(Some(0.0))
            },
            detail: detail.map(str::to_owned),
            peers_out: peers,
            version: short_version(&text(version.pointer("/data/version").unwrap_or(&Value::Null))),
            chain: text(contract.pointer("/data/chain_id").unwrap_or(&Value::Null)),
            tip: text(header.pointer("/data/root").unwrap_or(&Value::Null)),
            warnings,
            ..blank(stage)
        })
    }

    /// An answer that the reading does without.
    async fn optional(&self, path: &str) -> Result<Value, ProbeFailure> {
        match self.http.json(&Question::get(path)).await {
            Err(ProbeFailure::Unreadable { .. } | ProbeFailure::WarmingUp { .. }) => Ok(Value::Null),
            answer => answer,
        }
    }
}

/// `8.2.2` out of `Lighthouse/v8.2.2-abc/x86_64-linux`; what has another form as it is.
fn short_version(whole: &str) -> String {
    let found = whole
        .split(['/', ' '])
        .map(|part| part.strip_prefix('v').unwrap_or(part))
        .find(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    found
        .map_or(whole, |part| part.split(['-', '+']).next().unwrap_or(part))
        .to_owned()
}

impl Kind for Beacon {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn peers(&self, _now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async {
            let list = self.optional("/eth/v1/node/peers?state=connected").await?;
            Ok(listed::beacon(&list)
                .map_or_else(|| Answer::untold("this consensus client lists no peers"), Answer::Told))
        })
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(ask_http(&self.http, question))
    }
}
