//! Reads Kubo, and whatever else has its HTTP API. Every call is a POST. There is no chain: it is ready when it answers
//! and has peers.

use freehold_model::spec::IdentityCheck;
use freehold_model::{ByteSize, ProbeFailure, ProbeReport, Stage, Timestamp};
use serde_json::Value;

use super::{Kind, Look, Pending, ask_http};
use crate::http::{Http, Question};
use crate::peers::{self as listed, Answer};
use crate::report::{blank, gigabytes, lacks, quantity, text};

/// Share of the store's limit from which it is worth a warning.
const NEARLY_FULL: f64 = 0.9;

/// Kubo.
#[derive(Debug)]
pub(crate) struct Kubo {
    http: Http,
}

impl Kubo {
    pub(crate) fn new(http: Http) -> Self {
        Self { http }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let version = self.post("/api/v0/version").await?;
        let version = text(
            version
                .get("Version")
                .ok_or_else(|| lacks("/api/v0/version", "Version"))?,
        );
        // Without being asked for it, no side of a connection is told.
        let peers = self.optional("/api/v0/swarm/peers?direction=true").await?;
        let peers = peers
            .get("Peers")
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        // 1 is a connection that the other side opened, 2 one of our own; js-ipfs tells neither, which counts as our own.
        let incoming = peers
            .iter()
            .filter(|peer| peer.get("Direction").and_then(Value::as_u64) == Some(1))
            .count();
        let store = self.optional("/api/v0/repo/stat?size-only=true").await?;
        let size = store.get("RepoSize").and_then(quantity);
        let most = store.get("StorageMax").and_then(quantity).filter(|most| *most > 0);
        let mut warnings = Vec::new();
        if let Some((size, most)) = size.zip(most)
            && size as f64 > most as f64 * NEARLY_FULL
        {
            warnings.push(format!("Its store holds {} of {}.", gigabytes(size), gigabytes(most)));
        }
        let is_ready = !look.target.needs_peers || !peers.is_empty() || look.was_ready;
        let known = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(ProbeReport {
            peers_in: known(incoming),
            peers_out: known(peers.len() - incoming),
            version,
            chain: "ipfs".to_owned(),
            size_on_disk: size.map(ByteSize),
            warnings,
            ..blank(if is_ready { Stage::Ready } else { Stage::PreHeaders })
        })
    }

    async fn post(&self, path: &str) -> Result<Value, ProbeFailure> {
        self.http.json(&Question::post(path, None)).await
    }

    /// An answer that the reading does without: a node started with `--offline` has no swarm.
    async fn optional(&self, path: &str) -> Result<Value, ProbeFailure> {
        match self.post(path).await {
            Err(ProbeFailure::Unreadable { .. }) => Ok(Value::Null),
            answer => answer,
        }
    }
}

impl Kind for Kubo {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn peers(&self, _now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async {
            let list = self
                .optional("/api/v0/swarm/peers?direction=true&latency=true&identify=true")
                .await?;
            Ok(listed::kubo(&list).map_or_else(
                || Answer::untold("it was started offline and has no swarm"),
                Answer::Told,
            ))
        })
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(ask_http(&self.http, question))
    }
}
