//! Reads an Ethereum execution client (geth, reth, nethermind, besu, erigon, EthereumJS), the client of any other EVM
//! chain, and anvil.

use std::time::Duration;

use freehold_model::spec::IdentityCheck;
use freehold_model::{ProbeFailure, ProbeReport, Timestamp};
use serde_json::{Value, json};

use super::{Kind, Look, Pending, ask_rpc};
use crate::peers::{self as listed, Answer};
use crate::report::{age, blank, count, lacks, quantity};
use crate::rpc::{CallError, Client};

pub(crate) mod heads;
mod stages;

use heads::Heads;
use stages::{Position, Progress};

/// A tip younger than this is one: a block comes every 12 s, and five missing in a row are rare.
const FRESH_TIP: Duration = Duration::from_mins(1);

/// A node that was at its tip stays there for this long without a block: a pause of the chain is none of the node.
const PAUSE: Duration = Duration::from_mins(10);

/// Lists the peers one by one.
const LIST_OF_PEERS: &str = "admin_peers";

/// Why it does not.
const LISTS_NONE: &str = "an execution client lists its peers only to those who may also steer it (`admin_peers`), and \
                          Freehold opens that to nobody; it tells how many there are";

/// JSON-RPC's code for a trouble inside the node.
const INTERNAL: i64 = -32603;

/// An execution client.
#[derive(Debug)]
pub(crate) struct Ethereum {
    client: Client,
    heads: Heads,
}

impl Ethereum {
    pub(crate) fn new(client: Client, heads: Heads) -> Self {
        Self { client, heads }
    }

    async fn report(&self, look: Look<'_>) -> Result<ProbeReport, ProbeFailure> {
        let [syncing, number, latest, peers, version, chain] = self
            .client
            .ask_all([
                ("eth_syncing", json!([])),
                ("eth_blockNumber", json!([])),
                ("eth_getBlockByNumber", json!(["latest", false])),
                ("net_peerCount", json!([])),
                ("web3_clientVersion", json!([])),
                ("eth_chainId", json!([])),
            ])
            .await?;
        let syncing = match syncing {
            Err(error) if looks_for_peers(&error) => None,
            answer => Some(answer?),
        };
        let number = quantity(&number?).ok_or_else(|| lacks("eth_blockNumber", "a number"))?;
        let latest = optional(latest)?;
        let tip_time = latest.get("timestamp").and_then(quantity).filter(|_| number > 0);
        let tip_age = tip_time
            .and_then(|made| i64::try_from(made).ok())
            .map(|made| age(made, look.now));
        let position = match &syncing {
            None => Position::looking_for_peers(number),
            Some(Value::Bool(false)) => settled(number, tip_age, look),
            Some(Value::Object(fields)) => stages::read(fields, number),
            Some(_) => return Err(lacks("eth_syncing", "false or an object")),
        };
        let Progress { stage, percent, detail } = position.progress;
        Ok(ProbeReport {
            height: position.height,
            target: position.target,
            percent,
            detail,
            peers_out: optional(peers).map(|peers| count(&peers))?,
            version: short_version(&optional(version)?),
            chain: quantity(&optional(chain)?).map_or_else(String::new, |id| id.to_string()),
            tip_age,
            tip: latest.get("hash").map(crate::report::text).unwrap_or_default(),
            ..blank(stage)
        })
    }
}

/// The node says that it is not syncing: true at the tip, and before it has begun.
fn settled(number: u64, tip_age: Option<Duration>, look: Look<'_>) -> Position {
    let limit = if look.was_ready { PAUSE } else { FRESH_TIP };
    let is_at_tip = !look.target.needs_peers || (number > 0 && tip_age.is_some_and(|age| age < limit));
    if is_at_tip {
        Position::at_tip(number)
    } else if number == 0 {
        Position::looking_for_peers(number)
    } else {
        Position::waiting(number)
    }
}

/// EthereumJS answers `eth_syncing` so until it has a peer.
fn looks_for_peers(error: &CallError) -> bool {
    matches!(error, CallError::Rpc { code: INTERNAL, message, .. } if message.to_lowercase().contains("no peer"))
}

/// An answer that some clients do not give.
fn optional(answer: Result<Value, CallError>) -> Result<Value, ProbeFailure> {
    match answer {
        Ok(value) => Ok(value),
        Err(CallError::Rpc { .. }) => Ok(Value::Null),
        Err(error) => Err(error.into()),
    }
}

/// `1.17.5` out of `Geth/v1.17.5-stable-abc/linux-amd64/go1.24`; what has another form as it is.
fn short_version(version: &Value) -> String {
    let whole = version.as_str().unwrap_or_default();
    let second = whole.split('/').nth(1).unwrap_or(whole);
    let number = second
        .strip_prefix('v')
        .unwrap_or(second)
        .split(['-', '+'])
        .next()
        .unwrap_or_default();
    let is_one = number.starts_with(|c: char| c.is_ascii_digit());
    crate::excerpt::shorten(if is_one { number } else { whole })
}

impl Kind for Ethereum {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(self.report(look))
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(ask_rpc(&self.client, question))
    }

    fn peers(&self, _now: Timestamp) -> Pending<'_, Answer> {
        Box::pin(async {
            let answer = self.client.ask(LIST_OF_PEERS, json!([])).await;
            // Answered to whoever may also steer the node; Freehold opens that to nobody.
            Ok(match listed::of_call(LIST_OF_PEERS, answer, listed::ethereum)? {
                Answer::Untold(_) => Answer::untold(LISTS_NONE),
                told @ Answer::Told(_) => told,
            })
        })
    }

    fn wait<'a>(&'a self, tip: &'a str, timeout: Duration) -> Pending<'a, ()> {
        Box::pin(self.heads.wait(&self.client, tip, timeout))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::short_version;

    #[test]
    fn versions_are_cut_short() {
        for (whole, short) in [
            ("Geth/v1.17.5-stable-5b7ce5f7/linux-amd64/go1.24.1", "1.17.5"),
            ("reth/v1.10.0-8e3b5e6/x86_64-unknown-linux-gnu", "1.10.0"),
            ("Nethermind/v1.39.2+3f5c8a1/linux-x64/dotnet10.0", "1.39.2"),
            ("besu/v26.7.1/linux-x86_64/openjdk-java-21", "26.7.1"),
            ("erigon/3.5.4/linux-amd64/go1.24.1", "3.5.4"),
            ("anvil/v1.7.1", "1.7.1"),
            ("EthereumJS/0.10.5/linux/node20.20.2", "0.10.5"),
            ("something else", "something else"),
        ] {
            assert_eq!(short_version(&json!(whole)), short);
        }
    }
}
