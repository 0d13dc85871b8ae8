//! Reads Core Lightning over the socket in its folder. Whoever reaches the socket may do everything; only `getinfo` and the
//! identity questions are asked.

use std::path::PathBuf;

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage};
use serde_json::{Value, json};

use super::{Kind, Look, Pending};
use crate::report::{blank, count, lacks, percent_of, quantity, text};
use crate::socket::silent;

/// Core Lightning.
#[derive(Debug)]
pub(crate) struct CoreLightning {
    socket: Option<PathBuf>,
}

impl CoreLightning {
    pub(crate) fn new(socket: Option<PathBuf>) -> Self {
        Self { socket }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let info = self.call("getinfo", json!({})).await?;
        let height = info
            .get("blockheight")
            .and_then(quantity)
            .ok_or_else(|| lacks("getinfo", "blockheight"))?;
        // Each is there only while it holds.
        let behind = ["warning_bitcoind_sync", "warning_lightningd_sync"].map(|field| info.get(field).map(text));
        let detail = behind.into_iter().flatten().next();
        let upstream = look.target.upstream();
        let is_ready = detail.is_none() && upstream.is_none_or(|upstream| height + 1 >= upstream);
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
            version: info
                .get("version")
                .map(|version| text(version).trim_start_matches('v').to_owned())
                .unwrap_or_default(),
            chain: info.get("network").map(text).unwrap_or_default(),
            tip: height.to_string(),
            ..blank(if is_ready { Stage::Ready } else { Stage::Blocks })
        })
    }

    #[cfg(unix)]
    async fn call(&self, method: &str, params: Value) -> Result<Value, ProbeFailure> {
        use crate::rpc::{CallError, reply};
        use crate::socket::{Lines, in_time, io_failure};

        let path = self
            .socket
            .as_ref()
            .ok_or_else(|| silent("the path of its socket is not known"))?;
        let call = json!({"jsonrpc": "2.0", "id": 0, "method": method, "params": params});
        in_time(async {
            let stream = tokio::net::UnixStream::connect(path)
                .await
                .map_err(|error| match error.kind() {
                    std::io::ErrorKind::NotFound => silent("its socket is not there yet"),
                    std::io::ErrorKind::PermissionDenied => ProbeFailure::AuthenticationFailed,
                    _ => io_failure(&error),
                })?;
            let mut lines = Lines::new(stream);
            lines.send(&call.to_string()).await?;
            let answer = reply::single(lines.next_json().await?).ok_or_else(|| ProbeFailure::Unreadable {
                reason: format!("`{method}` is answered with neither result nor error"),
            })?;
            answer.map_err(|error| match error {
                CallError::Rpc { message, .. } if message.contains("starting up") => {
                    ProbeFailure::WarmingUp { message }
                }
                error => error.into(),
            })
        })
        .await
    }

    #[cfg(not(unix))]
    async fn call(&self, _method: &str, _params: Value) -> Result<Value, ProbeFailure> {
        let _ = &self.socket;
        Err(silent("its socket cannot be reached from this system"))
    }
}

impl Kind for CoreLightning {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        let params = if question.params.is_empty() {
            json!({})
        } else {
            Value::Array(question.params.clone())
        };
        Box::pin(async move { self.call(&question.method, params).await })
    }
}
