//! Reads monerod. `get_info` is answered on the restricted port too, with less in it.

use std::time::Duration;

use freehold_model::spec::IdentityCheck;
use freehold_model::{ByteSize, ProbeFailure, ProbeReport, Stage, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Kind, Look, Pending};
use crate::excerpt::shorten;
use crate::peers::{self as listed, Answer};
use crate::report::{age, blank, parse, percent_of, text};
use crate::rpc::{CallError, Client};

/// monerod's code while its core is busy.
const BUSY: i64 = -9;

/// A chain that only its owner extends.
const PRIVATE_CHAIN: &str = "fakechain";

/// A tip older than this cannot be the tip of a public chain, which makes a block every two minutes.
const STALE_TIP: Duration = Duration::from_hours(3);

/// monerod.
#[derive(Debug)]
pub(crate) struct Monerod {
    client: Client,
}

/// `get_info`. Fields that a restricted port leaves out or some versions lack are optional.
#[derive(Debug, Deserialize)]
struct Info {
    /// Blocks in the chain: the height of the tip and one more.
    height: u64,
    /// 0 when nothing is known to be missing, and while no peer has said anything.
    #[serde(default)]
    target_height: u64,
    #[serde(default)]
    synchronized: Option<bool>,
    #[serde(default)]
    busy_syncing: bool,
    #[serde(default)]
    status: String,
    #[serde(default)]
    incoming_connections_count: u32,
    #[serde(default)]
    outgoing_connections_count: u32,
    #[serde(default)]
    database_size: u64,
    #[serde(default)]
    top_block_hash: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    update_available: bool,
    #[serde(default)]
    nettype: String,
    #[serde(default)]
    offline: bool,
    #[serde(default)]
    restricted: bool,
}

impl Info {
    /// A restricted port says 0 connections, whatever there are.
    fn may_have_peers(&self) -> bool {
        self.restricted || self.incoming_connections_count > 0 || self.outgoing_connections_count > 0
    }
}

impl Monerod {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let info: Info = parse("get_info", self.call("get_info").await?)?;
        if info.status == "BUSY" {
            return Err(ProbeFailure::WarmingUp {
                message: "it is busy (BUSY)".to_owned(),
            });
        }
        let header = self.call("get_last_block_header").await?;
        let made = header
            .pointer("/block_header/timestamp")
            .and_then(Value::as_i64)
            .filter(|_| info.height > 1);
        let tip_age = made.map(|made| age(made, look.now));
        let (stage, percent) = assess(&info, tip_age, look);
        let target = info.target_height.max(info.height);
        let mut warnings = Vec::new();
        if info.update_available {
            warnings.push("monerod says that a newer version of itself is there.".to_owned());
        }
        if info.offline && look.target.needs_peers {
            warnings.push("It was started with `--offline`, so it never finds a peer.".to_owned());
        }
        Ok(ProbeReport {
            height: info.height,
            target: (stage == Stage::Ready || info.target_height > 0).then_some(target),
            percent: Some(percent),
            peers_in: info.incoming_connections_count,
            peers_out: info.outgoing_connections_count,
            version: short_version(&info.version),
            chain: text(&json!(info.nettype)),
            tip_age,
            tip: text(&json!(info.top_block_hash)),
            // A restricted port rounds it up to whole 5 GiB.
            size_on_disk: (!info.restricted && info.database_size > 0).then_some(ByteSize(info.database_size)),
            warnings,
            ..blank(stage)
        })
    }

    async fn call(&self, method: &str) -> Result<Value, ProbeFailure> {
        match self.client.ask(method, json!({})).await {
            Err(CallError::Rpc {
                code: BUSY, message, ..
            }) => Err(ProbeFailure::WarmingUp { message }),
            answer => Ok(answer?),
        }
    }
}

/// `0.18.0.0` out of `0.18.0.0-unknown`.
fn short_version(whole: &str) -> String {
    shorten(whole.split('-').next().unwrap_or_default())
}

fn assess(info: &Info, tip_age: Option<Duration>, look: Look<'_>) -> (Stage, f64) {
    let needs_peers = look.target.needs_peers;
    let slack = u64::from(look.was_ready);
    let lacks_none = info.height + slack >= info.target_height;
    let is_ready = if needs_peers {
        // `synchronized` is true for a moment before the first block when no peer has said how high it is.
        let is_young = info.nettype == PRIVATE_CHAIN || tip_age.is_some_and(|age| age < STALE_TIP);
        let is_settled = info.synchronized.unwrap_or(info.target_height > 0) && !info.busy_syncing;
        lacks_none && is_young && (is_settled || look.was_ready) && (info.may_have_peers() || look.was_ready)
    } else {
        lacks_none
    };
    if is_ready {
        return (Stage::Ready, 100.0);
    }
    if info.target_height == 0 {
        // Nobody has said how much there is.
        let stage = if info.may_have_peers() && info.height > 1 {
            Stage::Blocks
        } else {
            Stage::PreHeaders
        };
        return (stage, 0.0);
    }
    (
        Stage::Blocks,
        percent_of(info.height, info.target_height.max(info.height)).unwrap_or(0.0),
    )
}

impl Kind for Monerod {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn peers(&self, now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async move {
            let answer = self.client.ask("get_connections", json!({})).await;
            // A restricted port calls the method unknown.
            listed::of_call("get_connections", answer, |answer| listed::monero(answer, now))
        })
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        // monerod takes its parameters as one object or, in a few methods, as a list.
        let params = match question.params.as_slice() {
            [] => json!({}),
            [object @ Value::Object(_)] => object.clone(),
            list => Value::Array(list.to_vec()),
        };
        Box::pin(async move {
            match super::http_question(&question.method) {
                Some(asked) => self.client.http().json(&asked).await,
                None => Ok(self.client.ask(&question.method, params).await?),
            }
        })
    }
}
