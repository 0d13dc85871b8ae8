//! Reads Bitcoin Core and its family: Litecoin Core, Dogecoin Core, Bitcoin Cash Node.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use freehold_model::spec::IdentityCheck;
use freehold_model::{ByteSize, ProbeFailure, ProbeReport, Stage, Timestamp};
use serde_json::{Value, json};

use super::{Kind, Look, POLL, Pending, ask_rpc};
use crate::peers::{self as listed, Answer};
use crate::report::parse;
use crate::rpc::{CALL_TIMEOUT, CallError, Client};

pub(crate) mod peers;
pub(crate) mod progress;
pub(crate) mod reply;

use peers::{PeerHeights, PeerReply};
use progress::{Position, Rules};
use reply::{ChainReply, NetworkReply};

/// Every method that the probe calls beside the identity checks of the catalog; the probe's user must be allowed them.
pub const METHODS: [&str; 4] = ["getblockchaininfo", "getnetworkinfo", "getpeerinfo", "waitfornewblock"];

/// A tip younger than this is the tip, whatever a peer claims: a chain that makes a block every ten minutes leaves an
/// hour without one about twice a year.
const FRESH_TIP: Duration = Duration::from_hours(1);

/// Characters of a block's hash.
const HASH_LENGTH: usize = 64;

/// First version whose `waitfornewblock` takes the tip to differ from.
const TAKES_CURRENT_TIP: u64 = 290_000;

/// A node without the method that waits.
const METHOD_NOT_FOUND: i64 = -32601;

/// One bitcoind.
#[derive(Debug)]
pub(crate) struct Bitcoind {
    client: Client,
    /// Its `waitfornewblock` takes the tip to differ from; learned with each reading.
    takes_current_tip: AtomicBool,
}

impl Kind for Bitcoind {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(ask_rpc(&self.client, question))
    }

    fn peers(&self, _now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async {
            let answer = self.client.ask("getpeerinfo", json!([])).await;
            listed::of_call("getpeerinfo", answer, listed::bitcoin)
        })
    }

    fn wait<'a>(&'a self, tip: &'a str, timeout: Duration) -> Pending<'a, ()> {
        Box::pin(self.wait_for_change(tip, timeout))
    }
}

impl Bitcoind {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            takes_current_tip: AtomicBool::new(false),
        }
    }

    /// Asks for everything that a report holds.
    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let (client, needs_peers) = (&self.client, look.target.needs_peers);
        // Whatever answers now may be another version than before.
        self.takes_current_tip.store(false, Ordering::Relaxed);
        let [chain, network] = client
            .ask_all([("getblockchaininfo", json!([])), ("getnetworkinfo", json!([]))])
            .await?;
        let chain: ChainReply = parse("getblockchaininfo", chain?)?;
        let network: NetworkReply = parse("getnetworkinfo", network?)?;
        let tip_age = chain.tip_age(look.now);
        let is_fresh = tip_age.is_some_and(|age| age < FRESH_TIP);
        let headers = chain.headers();

        // The list of peers is long (100 kB with 125 peers) and only settles whether a chain without gaps is complete. On a
        // private chain a young tip settles nothing: its owner may have made a thousand blocks a minute ago.
        let has_open_question = needs_peers && chain.blocks + 1 >= headers && (chain.is_private() || !is_fresh);
        let peers: Vec<PeerReply> = if has_open_question && network.connections() > 0 {
            parse("getpeerinfo", client.ask("getpeerinfo", json!([])).await?)?
        } else {
            Vec::new()
        };
        let position = Position {
            blocks: chain.blocks,
            headers,
            verification: chain.verificationprogress,
            is_initial_download: chain.initialblockdownload,
            peers: PeerHeights::of(&peers, headers),
            is_fresh,
        };
        let rules = Rules {
            needs_peers,
            is_private: chain.is_private(),
            was_ready: look.was_ready,
        };
        let (stage, percent) = progress::assess(&position, rules);
        let target = position.target();
        let (peers_in, peers_out) = network.peers();
        let is_new = network.is_bitcoin_core() && network.number() >= TAKES_CURRENT_TIP;
        self.takes_current_tip.store(is_new, Ordering::Relaxed);
        Ok(ProbeReport {
            stage,
            height: chain.blocks,
            target: (target > 0 || stage == Stage::Ready).then_some(target),
            percent: Some(percent),
            detail: None,
            peers_in,
            peers_out,
            version: network.version(),
            tip_age,
            size_on_disk: chain.size_on_disk.map(ByteSize),
            pruned: chain.pruned,
            warnings: reply::merge_warnings(&chain.warnings, &network.warnings),
            chain: chain.chain,
            tip: chain.bestblockhash,
        })
    }

    /// Waits until the node's tip is not `tip`, or `timeout` has passed.
    async fn wait_for_change(&self, tip: &str, timeout: Duration) -> Result<(), ProbeFailure> {
        // No tip has such a name, so it differs already; bitcoind would refuse the question.
        if tip.len() != HASH_LENGTH || !tip.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(());
        }
        // 0 means for ever to bitcoind.
        let millis = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX).max(1);
        let params = if self.takes_current_tip.load(Ordering::Relaxed) {
            json!([millis, tip])
        } else {
            // Before version 29 the wait starts at whatever the tip is when the call arrives. A block in the millisecond
            // between these two calls is seen by the next reading.
            let chain: ChainReply = parse(
                "getblockchaininfo",
                self.client.ask("getblockchaininfo", json!([])).await?,
            )?;
            if chain.bestblockhash != tip {
                return Ok(());
            }
            json!([millis])
        };
        let limit = timeout.saturating_add(CALL_TIMEOUT);
        match self.client.call_within("waitfornewblock", params, limit).await {
            Ok(_) => Ok(()),
            Err(CallError::Rpc {
                code: METHOD_NOT_FOUND, ..
            }) => {
                tokio::time::sleep(timeout.min(POLL)).await;
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }
}
