//! Reads Bitcoin Core and its family (tested with the replies of version 24 to 31).

use freehold_model::{ByteSize, ProbeFailure, ProbeReport, Stage, Timestamp};
use serde_json::json;
use std::time::Duration;

use crate::rpc::{CALL_TIMEOUT, Client};

pub(crate) mod peers;
pub(crate) mod progress;
pub(crate) mod reply;

use peers::{PeerHeights, PeerReply};
use progress::{Position, Rules};
use reply::{ChainReply, NetworkReply, parse};

/// Every method that the probe calls beside the identity checks of the catalog; the probe's user must be allowed them.
pub const METHODS: [&str; 4] = ["getblockchaininfo", "getnetworkinfo", "getpeerinfo", "waitfornewblock"];

/// A tip younger than this is the tip, whatever a peer claims: a chain that makes a block every ten minutes leaves an
/// hour without one about twice a year.
const FRESH_TIP: Duration = Duration::from_hours(1);

/// Characters of a block's hash.
const HASH_LENGTH: usize = 64;

/// First version whose `waitfornewblock` takes the tip to differ from.
const TAKES_CURRENT_TIP: u64 = 290_000;

/// A reading, with what later calls need to know.
pub(crate) struct Reading {
    /// What the node says.
    pub(crate) report: ProbeReport,
    /// Its `waitfornewblock` takes the tip to differ from.
    pub(crate) takes_current_tip: bool,
}

/// Asks for everything that a report holds. `was_ready`: the same run of the node was at its tip before.
pub(crate) async fn read(
    client: &Client,
    needs_peers: bool,
    was_ready: bool,
    now: Timestamp,
) -> Result<Reading, ProbeFailure> {
    let [chain, network] = client
        .ask_all([("getblockchaininfo", json!([])), ("getnetworkinfo", json!([]))])
        .await?;
    let chain: ChainReply = parse("getblockchaininfo", chain?)?;
    let network: NetworkReply = parse("getnetworkinfo", network?)?;
    let tip_age = chain.tip_age(now);
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
        was_ready,
    };
    let (stage, percent) = progress::assess(&position, rules);
    let target = position.target();
    let (peers_in, peers_out) = network.peers();
    let report = ProbeReport {
        stage,
        height: chain.blocks,
        target: (target > 0 || stage == Stage::Ready).then_some(target),
        percent,
        peers_in,
        peers_out,
        version: network.version(),
        tip_age,
        size_on_disk: chain.size_on_disk.map(ByteSize),
        pruned: chain.pruned,
        warnings: reply::merge_warnings(&chain.warnings, &network.warnings),
        chain: chain.chain,
        tip: chain.bestblockhash,
    };
    Ok(Reading {
        report,
        takes_current_tip: network.is_bitcoin_core() && network.version >= TAKES_CURRENT_TIP,
    })
}

/// Waits until the node's tip is not `tip`, or `timeout` has passed.
pub(crate) async fn wait_for_change(
    client: &Client,
    tip: &str,
    timeout: Duration,
    takes_current_tip: bool,
) -> Result<(), ProbeFailure> {
    // No tip has such a name, so it differs already; bitcoind would refuse the question.
    if tip.len() != HASH_LENGTH || !tip.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(());
    }
    // 0 means for ever to bitcoind.
    let millis = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX).max(1);
    let params = if takes_current_tip {
        json!([millis, tip])
    } else {
        // Before version 29 the wait starts at whatever the tip is when the call arrives. A block in the millisecond
        // between these two calls is seen by the next reading.
        let chain: ChainReply = parse("getblockchaininfo", client.ask("getblockchaininfo", json!([])).await?)?;
        if chain.bestblockhash != tip {
            return Ok(());
        }
        json!([millis])
    };
    client
        .call_within("waitfornewblock", params, timeout.saturating_add(CALL_TIMEOUT))
        .await?;
    Ok(())
}
