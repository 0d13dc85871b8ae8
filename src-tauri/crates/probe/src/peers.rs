//! Whom a node is connected to, one by one, as far as its client tells.
//!
//! Reading the answers is pure and stands here, so that each kind only asks. What a peer says of itself (its program, the
//! height that it claims) is its word and is shown as such; texts are cut and made printable. The one rule: what nobody
//! tells is said to be untold, with the reason, and never shown as no peers.

use std::time::Duration;

use freehold_model::{ProbeFailure, Timestamp};
use serde_json::Value;

use crate::excerpt::shorten;
use crate::report::{quantity, text};
use crate::rpc::CallError;

/// Who opened a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The other side.
    In,
    /// This node.
    Out,
}

/// One connection.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Peer {
    /// Which of the node's services has it, for example `consensus`; empty where it has one only.
    pub service: String,
    /// Address and port as the client writes them.
    pub address: String,
    /// Who opened it, where the client tells.
    pub direction: Option<Direction>,
    /// The program at the other end, in its own words.
    pub client: Option<String>,
    /// How far the other end is, as far as the client knows.
    pub height: Option<u64>,
    /// How long an answer takes.
    pub ping: Option<Duration>,
    /// Bytes that came from there.
    pub received: Option<u64>,
    /// Bytes that went there.
    pub sent: Option<u64>,
    /// Since when the connection stands.
    pub since: Option<Timestamp>,
}

/// A service that tells no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// Which service; empty where the node has one only.
    pub service: String,
    /// Why, in one sentence without a full stop.
    pub why: String,
}

/// Everything that a node's services tell about their peers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Peers {
    /// At least one service gave a list, be it empty.
    pub told: bool,
    /// The connections.
    pub list: Vec<Peer>,
    /// Services that gave none.
    pub untold: Vec<Untold>,
}

/// What one service answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// Its list, be it empty.
    Told(Vec<Peer>),
    /// It gives none: why.
    Untold(String),
}

impl Answer {
    pub(crate) fn untold(why: &str) -> Self {
        Self::Untold(why.to_owned())
    }
}

/// A method's answer read with `read`. A refusal is a reason and not a failure: such a node is well all the same.
pub(crate) fn of_call(
    method: &str,
    answer: Result<Value, CallError>,
    read: impl FnOnce(&Value) -> Option<Vec<Peer>>,
) -> Result<Answer, ProbeFailure> {
    match answer {
        Ok(value) => Ok(read(&value).map_or_else(
            || Answer::Untold(format!("`{method}` is answered without a list of peers")),
            Answer::Told,
        )),
        Err(CallError::Rpc { code, .. }) if code != crate::rpc::WARMING_UP => Ok(Answer::Untold(format!(
            "this node does not answer `{method}`, which lists its peers"
        ))),
        Err(CallError::MethodForbidden | CallError::Forbidden) => Ok(Answer::Untold(format!(
            "the login that Freehold uses at this node may not call `{method}`, which lists its peers"
        ))),
        Err(error) => Err(error.into()),
    }
}

/// `getpeerinfo` of the Bitcoin family and of zebrad.
pub(crate) fn bitcoin(answer: &Value) -> Option<Vec<Peer>> {
    let read = |peer: &Value| {
        // -1 stands for not known.
        let height = |field: &str| {
            peer.get(field)
                .and_then(Value::as_i64)
                .and_then(|at| u64::try_from(at).ok())
        };
        Peer {
            address: word(peer.get("addr")).unwrap_or_default(),
            direction: peer.get("inbound").and_then(Value::as_bool).map(inbound),
            client: word(peer.get("subver")).map(|name| name.trim_matches('/').to_owned()),
            // What was checked comes before what was claimed.
            height: height("synced_headers")
                .max(height("synced_blocks"))
                .or_else(|| height("startingheight")),
            ping: peer.get("pingtime").and_then(Value::as_f64).and_then(seconds),
            received: peer.get("bytesrecv").and_then(quantity),
            sent: peer.get("bytessent").and_then(quantity),
            since: peer
                .get("conntime")
                .and_then(Value::as_i64)
                .filter(|at| *at > 0)
                .map(|at| Timestamp(at.saturating_mul(1000))),
            ..Peer::default()
        }
    };
    Some(answer.as_array()?.iter().map(read).collect())
}

/// `admin_peers` of an execution client.
pub(crate) fn ethereum(answer: &Value) -> Option<Vec<Peer>> {
    let read = |peer: &Value| Peer {
        address: word(peer.pointer("/network/remoteAddress"))
            .or_else(|| word(peer.get("address")))
            .unwrap_or_default(),
        direction: peer.pointer("/network/inbound").and_then(Value::as_bool).map(inbound),
        client: word(peer.get("name")),
        ..Peer::default()
    };
    Some(answer.as_array()?.iter().map(read).collect())
}

/// `/eth/v1/node/peers` of the beacon API: it lists those that it only knows, too.
pub(crate) fn beacon(answer: &Value) -> Option<Vec<Peer>> {
    let read = |peer: &Value| Peer {
        address: word(peer.get("last_seen_p2p_address"))
            .or_else(|| word(peer.get("peer_id")))
            .unwrap_or_default(),
        direction: peer.get("direction").and_then(Value::as_str).and_then(|way| match way {
            "inbound" => Some(Direction::In),
            "outbound" => Some(Direction::Out),
            _ => None,
        }),
        client: word(peer.get("agent")).or_else(|| word(peer.get("agent_version"))),
        ..Peer::default()
    };
    let connected = |peer: &&Value| peer.get("state").and_then(Value::as_str) == Some("connected");
    let list = answer.get("data")?.as_array()?;
    Some(list.iter().filter(connected).map(read).collect())
}

/// `get_connections` of monerod; an answer without a list stands for none.
pub(crate) fn monero(answer: &Value, now: Timestamp) -> Option<Vec<Peer>> {
    let read = |peer: &Value| Peer {
        address: word(peer.get("address")).unwrap_or_default(),
        direction: peer.get("incoming").and_then(Value::as_bool).map(inbound),
        height: peer.get("height").and_then(quantity).filter(|at| *at > 0),
        received: peer.get("recv_count").and_then(quantity),
        sent: peer.get("send_count").and_then(quantity),
        since: peer
            .get("live_time")
            .and_then(Value::as_i64)
            .map(|lived| ago(now, lived)),
        ..Peer::default()
    };
    let list = match answer.get("connections") {
        Some(list) => list.as_array()?.as_slice(),
        None if answer.get("status").and_then(Value::as_str) == Some("OK") => &[],
        None => return None,
    };
    Some(list.iter().map(read).collect())
}

/// `/api/v0/swarm/peers` of Kubo and of js-ipfs; no peers are `null`.
pub(crate) fn kubo(answer: &Value) -> Option<Vec<Peer>> {
    let read = |peer: &Value| Peer {
        address: word(peer.get("Addr"))
            .or_else(|| word(peer.get("Peer")))
            .unwrap_or_default(),
        direction: match peer.get("Direction").and_then(Value::as_u64) {
            Some(1) => Some(Direction::In),
            Some(2) => Some(Direction::Out),
            _ => None,
        },
        client: word(peer.pointer("/Identify/AgentVersion")),
        ping: peer.get("Latency").and_then(Value::as_str).and_then(go_duration),
        ..Peer::default()
    };
    match answer.get("Peers")? {
        Value::Null => Some(Vec::new()),
        list => Some(list.as_array()?.iter().map(read).collect()),
    }
}

/// `/v1/peers` of LND; the ping is in microseconds.
pub(crate) fn lnd(answer: &Value) -> Option<Vec<Peer>> {
    let read = |peer: &Value| Peer {
        address: word(peer.get("address")).unwrap_or_default(),
        direction: peer.get("inbound").and_then(Value::as_bool).map(inbound),
        ping: peer
            .get("ping_time")
            .and_then(quantity)
            .filter(|at| *at > 0)
            .map(Duration::from_micros),
        received: peer.get("bytes_recv").and_then(quantity),
        sent: peer.get("bytes_sent").and_then(quantity),
        ..Peer::default()
    };
    Some(answer.get("peers")?.as_array()?.iter().map(read).collect())
}

/// `info.peers` of AvalancheGo.
pub(crate) fn avalanche(answer: &Value) -> Option<Vec<Peer>> {
    let read = |peer: &Value| Peer {
        address: word(peer.get("ip")).unwrap_or_default(),
        client: word(peer.get("version")),
        ..Peer::default()
    };
    Some(answer.get("peers")?.as_array()?.iter().map(read).collect())
}

/// A text that says something.
fn word(value: Option<&Value>) -> Option<String> {
    value.map(text).filter(|word| !word.is_empty())
}

fn inbound(is_inbound: bool) -> Direction {
    if is_inbound { Direction::In } else { Direction::Out }
}

/// A span that a peer's figures can make absurd.
fn seconds(span: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(span).ok()
}

fn ago(now: Timestamp, seconds: i64) -> Timestamp {
    Timestamp(now.0.saturating_sub(seconds.max(0).saturating_mul(1000)))
}

/// `12.5ms`, `1.2s`, `850µs` as Go writes spans of one unit; `n/a` is none.
fn go_duration(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: f64 = digits.parse().ok()?;
    let factor = match text.get(digits.len()..)? {
        "s" => 1.0,
        "ms" => 1e-3,
        "µs" | "us" => 1e-6,
        "ns" => 1e-9,
        _ => return None,
    };
    seconds(number * factor)
}

/// What a failure means for the list of peers.
pub(crate) fn failed(failure: &ProbeFailure) -> Answer {
    Answer::Untold(shorten(&failure.to_string()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::{any, proptest};
    use serde_json::json;

    use super::{avalanche, beacon, bitcoin, ethereum, go_duration, kubo, lnd, monero};

    #[test]
    fn spans_of_go_are_read() {
        for (text, expected) in [
            ("12.5ms", Some(Duration::from_micros(12_500))),
            ("1.25s", Some(Duration::from_millis(1250))),
            ("850µs", Some(Duration::from_micros(850))),
            ("n/a", None),
            ("", None),
            ("12", None),
            ("1m2.5s", None),
        ] {
            assert_eq!(go_duration(text), expected, "{text}");
        }
    }

    #[test]
    fn an_unknown_height_is_none_and_a_checked_one_beats_a_claim() {
        let list = bitcoin(&json!([
            {"addr": "a", "synced_headers": -1, "startingheight": -1},
            {"addr": "b", "synced_headers": -1, "startingheight": 900},
            {"addr": "c", "synced_headers": 800, "startingheight": 99_999_999},
        ]));
        let heights: Vec<_> = list.unwrap().iter().map(|peer| peer.height).collect();
        assert_eq!(heights, [None, Some(900), Some(800)]);
    }

    proptest! {
        #[test]
        fn absurd_figures_break_nothing(number in any::<f64>(), whole in any::<i64>(), words in any::<String>()) {
            let peer = json!({"addr": words, "pingtime": number, "conntime": whole, "bytesrecv": whole, "height": whole,
                "live_time": whole, "Latency": words, "ping_time": whole, "ip": words});
            let _ = bitcoin(&json!([peer]));
            let _ = ethereum(&json!([peer]));
            let _ = beacon(&json!({"data": [peer]}));
            let _ = monero(&json!({"connections": [peer]}), freehold_model::Timestamp(whole));
            let _ = kubo(&json!({"Peers": [peer]}));
            let _ = lnd(&json!({"peers": [peer]}));
            let _ = avalanche(&json!({"peers": [peer]}));
        }
    }
}
