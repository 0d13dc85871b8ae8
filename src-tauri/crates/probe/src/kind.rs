//! The kinds of node: each asks in its own words, and all make one report.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use freehold_model::spec::{IdentityCheck, ProbeKind};
use freehold_model::{ProbeFailure, ProbeReport, Timestamp};
use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::Target;
use crate::http::access::Access;
use crate::http::{Http, Question};
use crate::peers::Answer;
use crate::rpc::Client;

mod arweave;
mod avalanche;
mod beacon;
mod bitcoind;
mod core_lightning;
mod electrum;
mod ethereum;
mod json;
mod kaspad;
mod kubo;
mod lnd;
mod monerod;
mod op_node;
mod port;
mod solana;
mod tor;
mod zebra;

pub use bitcoind::METHODS;
pub use bitcoind::progress::percent;
pub(crate) use bitcoind::reply::{ChainReply, NetworkReply};
pub(crate) use electrum::Electrum;
pub(crate) use ethereum::heads::Heads;

/// Between two readings of a node that cannot tell of news by itself.
const POLL: Duration = Duration::from_secs(1);

/// What is known beside the node's answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) target: &'a Target,
    /// The same run of the node was at its tip before.
    pub(crate) was_ready: bool,
    pub(crate) now: Timestamp,
}

/// What a reading, an answer or a wait comes to.
pub(crate) type Pending<'a, T> = BoxFuture<'a, Result<T, ProbeFailure>>;

/// One kind of node.
pub(crate) trait Kind: fmt::Debug + Send + Sync {
    /// One reading.
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport>;

    /// The answer to a question about the chain's identity.
    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value>;

    /// Whom it is connected to, where the client lists it.
    fn peers(&self, _now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async { Ok(Answer::untold("this kind of node lists no peers to anybody")) })
    }

    /// Waits until the tip is not `tip`, at most for `timeout`. A kind that is not told of news waits a second: the reading
    /// after it is the poll.
    fn wait<'a>(&'a self, tip: &'a str, timeout: Duration) -> Pending<'a, ()> {
        let _ = tip;
        Box::pin(async move {
            tokio::time::sleep(timeout.min(POLL)).await;
            Ok(())
        })
    }
}

/// The speaker of a target's kind.
pub(crate) fn speaker(target: &Target) -> Arc<dyn Kind> {
    let authority = target.endpoint().authority();
    let basic = || Access::basic(target.credential.as_ref());
    let http = |access| Http::new(&authority, access);
    let path = target.path.as_str();
    match target.kind {
        ProbeKind::Bitcoind => Arc::new(bitcoind::Bitcoind::new(Client::new(&target.endpoint()))),
        ProbeKind::Electrum => Arc::new(Electrum::new(&target.host, target.port)),
        ProbeKind::EthereumExecution => Arc::new(ethereum::Ethereum::new(
            Client::version_2(http(basic()), path),
            Heads::new(target),
        )),
        ProbeKind::EthereumBeacon => Arc::new(beacon::Beacon::new(http(basic()))),
        ProbeKind::OpNode => Arc::new(op_node::OpNode::new(Client::version_2(http(basic()), path))),
        ProbeKind::Monerod => {
            let access = Access::digest(target.credential.as_ref());
            Arc::new(monerod::Monerod::new(Client::version_2(http(access), "/json_rpc")))
        }
        ProbeKind::Zebra => {
            let access = Access::cookie(target.token.as_ref(), target.credential.as_ref());
            Arc::new(zebra::Zebra::new(Client::version_2(http(access), path)))
        }
        ProbeKind::Kubo => Arc::new(kubo::Kubo::new(http(basic()))),
        ProbeKind::Arweave => Arc::new(arweave::Arweave::new(http(basic()))),
        ProbeKind::Solana => Arc::new(solana::Solana::new(Client::version_2(http(basic()), path))),
        ProbeKind::Avalanche => Arc::new(avalanche::Avalanche::new(|path: &str| {
            Client::version_2(http(basic()), path)
        })),
        ProbeKind::Lnd => Arc::new(lnd::Lnd::new(
            http(Access::None),
            http(Access::macaroon(target.token.as_ref())),
        )),
        ProbeKind::CoreLightning => Arc::new(core_lightning::CoreLightning::new(target.token.clone())),
        ProbeKind::Kaspad => Arc::new(kaspad::Kaspad::new(&authority, path)),
        ProbeKind::Tor => Arc::new(tor::Tor::new(target)),
        ProbeKind::Port => Arc::new(port::Port::new(&target.host, target.port)),
        ProbeKind::Json => Arc::new(json::Json::new(http(basic()), target.json.clone())),
    }
}

/// A question over plain HTTP: `GET /path` or `POST /path`.
pub(crate) fn http_question(method: &str) -> Option<Question> {
    let (verb, path) = method.split_once(' ')?;
    let path = path.trim();
    match verb {
        "GET" if path.starts_with('/') => Some(Question::get(path)),
        "POST" if path.starts_with('/') => Some(Question::post(path, None)),
        _ => None,
    }
}

/// The answer to a question over plain HTTP, else over JSON-RPC.
pub(crate) async fn ask_rpc(client: &Client, question: &IdentityCheck) -> Result<Value, ProbeFailure> {
    match http_question(&question.method) {
        Some(asked) => client.http().json(&asked).await,
        None => Ok(client
            .ask(&question.method, Value::Array(question.params.clone()))
            .await?),
    }
}

/// The answer to a question over plain HTTP.
pub(crate) async fn ask_http(http: &Http, question: &IdentityCheck) -> Result<Value, ProbeFailure> {
    match http_question(&question.method) {
        Some(asked) => http.json(&asked).await,
        None => Err(ProbeFailure::Unreadable {
            reason: format!("`{}` is no question for this node: write `GET /path`", question.method),
        }),
    }
}
