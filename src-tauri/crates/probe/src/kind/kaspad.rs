//! Reads kaspad over wRPC in its JSON form: `{"id", "method", "params"}` both ways over a WebSocket.

use std::time::Duration;

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::{Kind, Look, Pending};
use crate::excerpt::shorten;
use crate::report::{age, blank, lacks, percent_of, quantity, text};
use crate::websocket::Socket;

/// A tip younger than this is one: ten blocks come in a second.
const FRESH_TIP: Duration = Duration::from_mins(5);

/// kaspad, with the connection to it.
#[derive(Debug)]
pub(crate) struct Kaspad {
    url: String,
    socket: Mutex<Option<Socket>>,
}

impl Kaspad {
    pub(crate) fn new(authority: &str, path: &str) -> Self {
        Self {
            url: format!("ws://{authority}{}", if path.is_empty() { "/" } else { path }),
            socket: Mutex::default(),
        }
    }

    async fn call(&self, method: &str, params: Value) -> Result<Value, ProbeFailure> {
        let mut kept = self.socket.lock().await;
        if let Some(socket) = kept.as_mut() {
            match one(socket, method, params.clone()).await {
                Err(ProbeFailure::Silent { .. }) => *kept = None,
                answered => return answered,
            }
        }
        let mut socket = Socket::connect(&self.url).await?;
        let answer = one(&mut socket, method, params).await?;
        *kept = Some(socket);
        Ok(answer)
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let server = self.call("getServerInfo", json!({})).await?;
        let is_synced = server.get("isSynced").and_then(Value::as_bool);
        let is_synced = is_synced.ok_or_else(|| lacks("getServerInfo", "isSynced"))?;
        let dag = self.call("getBlockDagInfo", json!({})).await?;
        let blocks = dag
            .get("blockCount")
            .and_then(quantity)
            .ok_or_else(|| lacks("getBlockDagInfo", "blockCount"))?;
        let headers = dag.get("headerCount").and_then(quantity).unwrap_or(0);
        let score = dag.get("virtualDaaScore").and_then(quantity).unwrap_or(0);
        let peers = self.call("getConnectedPeerInfo", json!({})).await?;
        let peers = peers
            .get("peerInfo")
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let outgoing = peers
            .iter()
            .filter(|peer| peer.get("isOutbound").and_then(Value::as_bool) == Some(true))
            .count();
        // Milliseconds; the median lies minutes back.
        let made = dag
            .get("pastMedianTime")
            .and_then(Value::as_i64)
            .map(|millis| millis / 1000)
            .filter(|_| score > 0);
        let tip_age = made.map(|made| age(made, look.now));
        let has_company = !peers.is_empty() || look.was_ready;
        // It calls a chain without peers synced as well.
        let is_fresh = tip_age.is_some_and(|age| age < FRESH_TIP);
        let is_ready =
            !look.target.needs_peers || (is_synced && has_company && (is_fresh || look.was_ready) && score > 0);
        let stage = match () {
            () if is_ready => Stage::Ready,
            () if peers.is_empty() && score == 0 => Stage::PreHeaders,
            () if headers > 0 && blocks == 0 => Stage::Headers,
            () => Stage::Blocks,
        };
        let known = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        // Headers come long before their blocks; what the score will be at the tip, nobody says.
        let percent = percent_of(blocks, headers.max(blocks)).filter(|_| blocks < headers);
        Ok(ProbeReport {
            height: score,
            target: is_ready.then_some(score),
            percent: match stage {
                Stage::Ready => Some(100.0),
                Stage::PreHeaders => Some(0.0),
                _ => percent,
            },
            peers_in: known(peers.len() - outgoing),
            peers_out: known(outgoing),
            version: server.get("serverVersion").map(text).unwrap_or_default(),
            chain: dag
                .get("network")
                .or_else(|| server.get("networkId"))
                .map(text)
                .unwrap_or_default(),
            tip_age,
            tip: dag.get("sink").map(text).unwrap_or_default(),
            ..blank(stage)
        })
    }
}

async fn one(socket: &mut Socket, method: &str, params: Value) -> Result<Value, ProbeFailure> {
    let mut answer = socket.exchange(json!({"method": method, "params": params})).await?;
    if let Some(error) = answer.get("error").filter(|error| !error.is_null()) {
        let message = error.get("message").map_or_else(|| error.to_string(), text);
        return Err(ProbeFailure::Unreadable {
            reason: shorten(&format!("{method}: {message}")),
        });
    }
    Ok(answer.get_mut("params").map(Value::take).unwrap_or_default())
}

impl Kind for Kaspad {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        let params = question.params.first().cloned().unwrap_or_else(|| json!({}));
        Box::pin(async move { self.call(&question.method, params).await })
    }
}
