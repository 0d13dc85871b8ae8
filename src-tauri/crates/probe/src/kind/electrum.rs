//! Reads an Electrum server (electrs, Fulcrum, ElectrumX): lines of JSON over TCP.
//!
//! Such a server opens its port only once its index is done, so silence is normal for hours; afterwards it is as far as
//! the node that it follows.

use std::time::Duration;

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Stage, Timestamp};
use serde_json::{Value, json};
use tokio::sync::{Mutex, MutexGuard};

use super::{Kind, Look, Pending};
use crate::peers::Answer;
use crate::report::{age, blank, percent_of};
use crate::socket::in_time;

mod head;
mod session;

use session::{SUBSCRIBE, Session};

/// Without a node to compare with, a tip younger than this is one. Of the chains that have such servers the slowest makes
/// a block every ten minutes.
const FRESH_TIP: Duration = Duration::from_hours(2);

/// An Electrum server, with the connection to it.
#[derive(Debug)]
pub(crate) struct Electrum {
    host: String,
    port: u16,
    session: Mutex<Option<Session>>,
}

impl Electrum {
    pub(crate) fn new(host: &str, port: u16) -> Self {
        Self {
            host: host.to_owned(),
            port,
            session: Mutex::default(),
        }
    }

    /// Asks over the kept connection, else over a new one; a kept one that broke off is made anew.
    async fn call(
        &self,
        method: &str,
        params: Value,
    ) -> Result<(Value, MutexGuard<'_, Option<Session>>), ProbeFailure> {
        let mut kept = self.session.lock().await;
        if let Some(session) = kept.as_mut() {
            match in_time(session.call(method, params.clone())).await {
                Err(ProbeFailure::Silent { .. }) => *kept = None,
                Err(failure) => return Err(failure),
                Ok(answer) => return Ok((answer, kept)),
            }
        }
        let mut session = in_time(Session::open(&self.host, self.port)).await?;
        let answer = in_time(session.call(method, params)).await?;
        *kept = Some(session);
        Ok((answer, kept))
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let (answer, mut kept) = self.call(SUBSCRIBE, json!([])).await?;
        let head = head::Head::read(&answer)?;
        let version = kept.as_mut().map(|session| {
            session.head = Some(head.clone());
            (session.server.clone(), session.genesis.clone())
        });
        drop(kept);
        let (version, chain) = version.unwrap_or_default();
        let tip_age = head.time.filter(|_| head.height > 0).map(|made| age(made, look.now));
        let (stage, percent) = assess(head.height, tip_age, look);
        Ok(ProbeReport {
            height: head.height,
            target: look.target.upstream().map(|upstream| upstream.max(head.height)),
            percent,
            version,
            chain,
            tip_age,
            tip: head.hash,
            ..blank(stage)
        })
    }

    async fn wait_for_change(&self, tip: &str, timeout: Duration) -> Result<(), ProbeFailure> {
        let news = async {
            let mut kept = self.session.lock().await;
            let Some(session) = kept.as_mut() else { return Ok(()) };
            let outcome = session.wait_for_head(tip).await;
            if outcome.is_err() {
                *kept = None;
            }
            outcome
        };
        tokio::time::timeout(timeout, news).await.unwrap_or(Ok(()))
    }
}

fn assess(height: u64, tip_age: Option<Duration>, look: Look<'_>) -> (Stage, Option<f64>) {
    let slack = u64::from(look.was_ready);
    let is_at_tip = match look.target.upstream() {
        Some(upstream) => height + slack >= upstream,
        None => !look.target.needs_peers || tip_age.is_some_and(|age| age < FRESH_TIP),
    };
    if is_at_tip {
        (Stage::Ready, Some(100.0))
    } else {
        let percent = look.target.upstream().and_then(|upstream| percent_of(height, upstream));
        (Stage::Indexing, percent)
    }
}

impl Kind for Electrum {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(async move {
            let params = Value::Array(question.params.clone());
            self.call(&question.method, params).await.map(|(answer, _)| answer)
        })
    }

    fn peers(&self, _now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async {
            Ok(Answer::untold(
                "it serves wallets and has no peers of its own: it asks the node below it",
            ))
        })
    }

    fn wait<'a>(&'a self, tip: &'a str, timeout: Duration) -> Pending<'a, ()> {
        Box::pin(self.wait_for_change(tip, timeout))
    }
}
