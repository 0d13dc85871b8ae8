//! One connection to an Electrum server.

use freehold_model::ProbeFailure;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::head::Head;
use crate::excerpt::{excerpt, shorten};
use crate::report::text;
use crate::rpc::reply;
use crate::socket::{Lines, connect};

/// Asks for the tip, and to be told of every one after it.
pub(super) const SUBSCRIBE: &str = "blockchain.headers.subscribe";

/// The protocol versions that are understood here: what is asked is the same in all of them.
const VERSIONS: [&str; 2] = ["1.4", "1.6"];

/// JSON-RPC's code for a trouble inside the server.
const INTERNAL: i64 = -32603;

/// A connection on which the server has said what it is.
#[derive(Debug)]
pub(super) struct Session {
    lines: Lines<TcpStream>,
    next_id: u64,
    /// The server's name and version, for example `electrs/0.10.10`.
    pub(super) server: String,
    /// Hash of the chain's first block; empty where the server does not tell.
    pub(super) genesis: String,
    /// The last tip that it told of.
    pub(super) head: Option<Head>,
}

impl Session {
    pub(super) async fn open(host: &str, port: u16) -> Result<Self, ProbeFailure> {
        let mut session = Self {
            lines: Lines::new(connect(host, port).await?),
            next_id: 0,
            server: String::new(),
            genesis: String::new(),
            head: None,
        };
        let version = session.call("server.version", json!(["freehold", VERSIONS])).await?;
        session.server = text(version.get(0).unwrap_or(&Value::Null));
        // Not every server tells its features.
        match session.call("server.features", json!([])).await {
            Ok(features) => session.genesis = text(&features["genesis_hash"]),
            Err(ProbeFailure::Unreadable { .. } | ProbeFailure::WarmingUp { .. }) => {}
            Err(failure) => return Err(failure),
        }
        Ok(session)
    }

    /// Calls one method. News that come meanwhile are kept.
    pub(super) async fn call(&mut self, method: &str, params: Value) -> Result<Value, ProbeFailure> {
        let id = self.next_id;
        self.next_id += 1;
        let call = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        self.lines.send(&format!("{call}\n")).await?;
        loop {
            let message = self.message().await?;
            if message.get("id").and_then(Value::as_u64) != Some(id) {
                self.note(&message)?;
                // A server that cannot read the question answers with the id null.
                if message.get("method").is_some() || message.get("error").is_none_or(Value::is_null) {
                    continue;
                }
            }
            let outcome = reply::single(message).ok_or_else(|| ProbeFailure::Unreadable {
                reason: format!("`{method}` is answered with neither result nor error"),
            })?;
            return outcome.map_err(explain);
        }
    }

    /// Waits for a tip other than `tip`.
    pub(super) async fn wait_for_head(&mut self, tip: &str) -> Result<(), ProbeFailure> {
        while self.head.as_ref().is_some_and(|head| head.hash == tip) {
            let message = self.message().await?;
            self.note(&message)?;
        }
        Ok(())
    }

    async fn message(&mut self) -> Result<Value, ProbeFailure> {
        let line = self.lines.next().await?;
        serde_json::from_slice(&line).map_err(|_| ProbeFailure::Unreadable {
            reason: format!("`{}`", excerpt(&line, &[])),
        })
    }

    /// Keeps a new tip.
    fn note(&mut self, message: &Value) -> Result<(), ProbeFailure> {
        if message.get("method").and_then(Value::as_str) == Some(SUBSCRIBE)
            && let Some(head) = message.pointer("/params/0")
        {
            self.head = Some(Head::read(head)?);
        }
        Ok(())
    }
}

/// electrs answers `unavailable index` until it has one, ElectrumX speaks of its daemon.
fn explain(error: crate::rpc::CallError) -> ProbeFailure {
    match error {
        crate::rpc::CallError::Rpc {
            code: INTERNAL,
            message,
            ..
        } if message.contains("unavailable index") => ProbeFailure::WarmingUp {
            message: shorten(&message),
        },
        error => error.into(),
    }
}
