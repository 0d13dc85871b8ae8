//! Reads an Arweave node, arlocal, and an AR.IO gateway.

use std::time::Duration;

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage};
use hyper::StatusCode;
use serde_json::Value;

use super::{Kind, Look, Pending, ask_http};
use crate::excerpt::shorten;
use crate::http::{Http, Question};
use crate::report::{age, blank, count, lacks, quantity, text};

/// A tip younger than this is one: a block comes every two minutes.
const FRESH_TIP: Duration = Duration::from_mins(30);

/// An Arweave node or gateway.
#[derive(Debug)]
pub(crate) struct Arweave {
    http: Http,
}

impl Arweave {
    pub(crate) fn new(http: Http) -> Self {
        Self { http }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        match self.optional("/ar-io/info").await? {
            Some(gateway) if gateway.get("processId").is_some() || gateway.get("release").is_some() => {
                self.gateway(&gateway).await
            }
            Some(_) | None => self.node(look).await,
        }
    }

    async fn node(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let info = self.http.json(&Question::get("/info")).await?;
        let chain = info
            .get("network")
            .and_then(Value::as_str)
            .ok_or_else(|| lacks("/info", "network"))?;
        // -1 until it has joined.
        let height = info
            .get("height")
            .and_then(Value::as_i64)
            .ok_or_else(|| lacks("/info", "height"))?;
        let peers = count(info.get("peers").unwrap_or(&Value::Null));
        let tip = text(info.get("current").unwrap_or(&Value::Null));
        let block = if look.target.needs_peers && is_hash(&tip) {
            self.optional(&format!("/block/hash/{tip}")).await?
        } else {
            None
        };
        let made = block.as_ref().and_then(|block| block.get("timestamp")?.as_i64());
        let tip_age = made.map(|made| age(made, look.now));
        let is_fresh = tip_age.is_some_and(|age| age < FRESH_TIP);
        let is_ready = height >= 0 && (!look.target.needs_peers || (is_fresh && (peers > 0 || look.was_ready)));
        let stage = match height {
            _ if is_ready => Stage::Ready,
            ..=0 => Stage::PreHeaders,
            _ => Stage::Blocks,
        };
        let height = u64::try_from(height).unwrap_or(0);
        let release = info.get("release").map(ToString::to_string).unwrap_or_default();
        Ok(ProbeReport {
            height,
            target: is_ready.then_some(height),
            peers_out: peers,
            version: shorten(release.trim_matches('"')),
            chain: shorten(chain),
            tip_age,
            tip,
            ..blank(stage)
        })
    }

    /// A gateway is ready when it calls itself healthy; how far its index is, it does not tell.
    async fn gateway(&self, info: &Value) -> Result<ProbeReport, ProbeFailure> {
        let health = self.http.ask(&Question::get("/ar-io/healthcheck")).await?;
        let words = health.json().unwrap_or_default();
        let is_healthy = health.status == StatusCode::OK;
        let chain = self.optional("/info").await?.unwrap_or_default();
        let height = chain.get("height").and_then(quantity).unwrap_or(0);
        let reasons = words.get("reasons").and_then(Value::as_array).into_iter().flatten();
        let warnings = reasons.map(text).filter(|reason| !reason.is_empty()).collect();
        Ok(ProbeReport {
            height,
            version: text(info.get("release").unwrap_or(&Value::Null)),
            chain: chain.get("network").map(text).unwrap_or_default(),
            tip: chain.get("current").map(text).unwrap_or_default(),
            percent: is_healthy.then_some(100.0),
            warnings,
            ..blank(if is_healthy { Stage::Ready } else { Stage::Indexing })
        })
    }

    /// An answer that this kind of server may not have.
    async fn optional(&self, path: &str) -> Result<Option<Value>, ProbeFailure> {
        let answer = self.http.ask(&Question::get(path)).await?;
        match answer.status {
            StatusCode::OK => Ok(answer.json().ok()),
            StatusCode::UNAUTHORIZED => Err(ProbeFailure::AuthenticationFailed),
            _ => Ok(None),
        }
    }
}

/// A block's hash, which goes into a path.
fn is_hash(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

impl Kind for Arweave {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(ask_http(&self.http, question))
    }
}
