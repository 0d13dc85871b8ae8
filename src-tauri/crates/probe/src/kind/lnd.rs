//! Reads LND over its REST port, which has to be started with `--no-rest-tls`.

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage, Timestamp};
use hyper::StatusCode;
use serde_json::Value;

use super::{Kind, Look, Pending, ask_http};
use crate::excerpt::shorten;
use crate::http::{Http, Question};
use crate::peers::{self as listed, Answer};
use crate::report::{age, blank, count, lacks, percent_of, quantity, text};

/// LND.
#[derive(Debug)]
pub(crate) struct Lnd {
    open: Http,
    with_macaroon: Http,
}

/// Why LND waits for its owner.
const NO_WALLET: &str = "its wallet has to be made";
const LOCKED: &str = "its wallet has to be unlocked";

impl Lnd {
    /// With a caller that shows nothing and one that shows the macaroon.
    pub(crate) fn new(open: Http, with_macaroon: Http) -> Self {
        Self { open, with_macaroon }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        match self.state().await?.as_str() {
            "NON_EXISTING" => Ok(needs_owner(NO_WALLET)),
            "LOCKED" => Ok(needs_owner(LOCKED)),
            // Its macaroons and its calls are there only from here on.
            "RPC_ACTIVE" | "SERVER_ACTIVE" => self.running(look).await,
            "WAITING_TO_START" => Err(warming_up("it waits for its turn to start")),
            "UNLOCKED" => Err(warming_up("its wallet is unlocked; it is starting")),
            other => Err(warming_up(other)),
        }
    }

    /// What it says of itself without a macaroon.
    async fn state(&self) -> Result<String, ProbeFailure> {
        let answer = self.open.ask(&Question::get("/v1/state")).await?;
        if answer.status == StatusCode::BAD_REQUEST
            && answer.body.starts_with(b"Client sent an HTTP request to an HTTPS")
        {
            return Err(ProbeFailure::Unreadable {
                reason: "it speaks TLS on its REST port: start it with `--no-rest-tls`".to_owned(),
            });
        }
        if answer.status == StatusCode::UNAUTHORIZED {
            return Err(ProbeFailure::AuthenticationFailed);
        }
        if answer.status != StatusCode::OK {
            return Err(answer.unreadable().into());
        }
        let state = answer.json()?;
        Ok(text(state.get("state").ok_or_else(|| lacks("/v1/state", "state"))?))
    }

    async fn running(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let question = Question::get("/v1/getinfo");
        let info = match self.with_macaroon.json(&question).await {
            // A macaroon that it did not make is an error of its own to LND, with HTTP 500.
            Err(ProbeFailure::Unreadable { reason }) if is_refusal(&reason) => {
                return Err(ProbeFailure::AuthenticationFailed);
            }
            Err(ProbeFailure::Unreadable { reason }) if reason.contains("still in the process of starting") => {
                return Err(warming_up("the RPC server is in the process of starting up"));
            }
            answer => answer?,
        };
        let height = info
            .get("block_height")
            .and_then(quantity)
            .ok_or_else(|| lacks("/v1/getinfo", "block_height"))?;
        let is = |field: &str| info.get(field).and_then(Value::as_bool).unwrap_or(false);
        let upstream = look.target.upstream();
        let is_behind = upstream.is_some_and(|upstream| height + 1 < upstream);
        let is_ready = is("synced_to_chain") && !is_behind;
        let made = info.get("best_header_timestamp").and_then(quantity);
        let detail = match () {
            () if !is_ready => None,
            () if !is("synced_to_graph") => Some("still learns the graph of channels".to_owned()),
            () => None,
        };
        Ok(ProbeReport {
            height,
            target: upstream
                .map(|upstream| upstream.max(height))
                .or(is_ready.then_some(height)),
            percent: if is_ready {
                Some(100.0)
            } else {
                upstream.and_then(|upstream| percent_of(height, upstream))
            },
            detail,
            peers_out: info.get("num_peers").map_or(0, count),
            version: short_version(&info.get("version").map(text).unwrap_or_default()),
            chain: info.pointer("/chains/0/network").map(text).unwrap_or_default(),
            tip_age: made
                .and_then(|made| i64::try_from(made).ok())
                .map(|made| age(made, look.now)),
            tip: info.get("block_hash").map(text).unwrap_or_default(),
            ..blank(if is_ready { Stage::Ready } else { Stage::Blocks })
        })
    }
}

fn needs_owner(why: &str) -> ProbeReport {
    ProbeReport {
        detail: Some(why.to_owned()),
        ..blank(Stage::NeedsOwner)
    }
}

fn warming_up(message: &str) -> ProbeFailure {
    ProbeFailure::WarmingUp {
        message: shorten(message),
    }
}

fn is_refusal(reason: &str) -> bool {
    ["verification failed", "permission denied", "macaroon"]
        .iter()
        .any(|words| reason.contains(words))
}

/// `0.21.2-beta` out of `0.21.2-beta commit=v0.21.2-beta`.
fn short_version(whole: &str) -> String {
    whole.split_whitespace().next().unwrap_or_default().to_owned()
}

impl Kind for Lnd {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn peers(&self, _now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async {
            let list = self.with_macaroon.json(&Question::get("/v1/peers")).await?;
            Ok(listed::lnd(&list).map_or_else(
                || Answer::untold("it lists no peers before its wallet is open"),
                Answer::Told,
            ))
        })
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(async move {
            // Before its wallet is open nothing that has an identity answers.
            ask_http(&self.with_macaroon, question).await
        })
    }
}
