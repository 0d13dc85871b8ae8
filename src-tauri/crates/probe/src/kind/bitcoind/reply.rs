//! The parts of bitcoind's replies that Freehold reads. Fields that some versions lack are optional.

use std::time::Duration;

use freehold_model::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::excerpt::shorten;
use crate::report::{quantity, text};

/// bitcoind's name for a chain that its owner alone extends.
const PRIVATE_CHAIN: &str = "regtest";

/// `getblockchaininfo`.
#[derive(Debug, Deserialize)]
pub(crate) struct ChainReply {
    pub(crate) chain: String,
    pub(crate) blocks: u64,
    /// -1 before the first header is loaded.
    headers: i64,
    pub(crate) bestblockhash: String,
    #[serde(default)]
    pub(crate) verificationprogress: Option<f64>,
    #[serde(default)]
    pub(crate) initialblockdownload: bool,
    /// Bytes.
    #[serde(default)]
    pub(crate) size_on_disk: Option<u64>,
    #[serde(default)]
    pub(crate) pruned: bool,
    /// The tip's time, seconds since 1970; from version 23 on.
    #[serde(default)]
    time: Option<i64>,
    /// Median time of the last eleven blocks, about an hour behind `time`.
    #[serde(default)]
    mediantime: Option<i64>,
    #[serde(default)]
    pub(crate) warnings: Value,
}

impl ChainReply {
    /// Headers known.
    pub(crate) fn headers(&self) -> u64 {
        u64::try_from(self.headers).unwrap_or(0)
    }

    /// Time since the tip was made; `None` at height 0, whose time says nothing about this node.
    pub(crate) fn tip_age(&self, now: Timestamp) -> Option<Duration> {
        let made = self.time.or(self.mediantime).filter(|_| self.blocks > 0)?;
        Some(now.since(Timestamp(made.saturating_mul(1000))))
    }

    /// Only its owner extends this chain, so that an old tip is normal.
    pub(crate) fn is_private(&self) -> bool {
        self.chain == PRIVATE_CHAIN
    }
}

/// `getnetworkinfo`.
#[derive(Debug, Deserialize)]
pub(crate) struct NetworkReply {
    /// A number, 310100 for 31.1.0; bcoin says a text.
    version: Value,
    #[serde(default)]
    pub(crate) subversion: String,
    #[serde(default)]
    connections: u32,
    /// From version 0.21 on.
    #[serde(default)]
    connections_in: Option<u32>,
    #[serde(default)]
    connections_out: Option<u32>,
    #[serde(default)]
    pub(crate) warnings: Value,
}

impl NetworkReply {
    /// Connections, in and out.
    pub(crate) fn connections(&self) -> u32 {
        let (incoming, outgoing) = self.peers();
        incoming.saturating_add(outgoing)
    }

    /// Connections in and out; a version that does not tell them apart counts as out.
    pub(crate) fn peers(&self) -> (u32, u32) {
        match (self.connections_in, self.connections_out) {
            (None, None) => (0, self.connections),
            (incoming, outgoing) => (incoming.unwrap_or(0), outgoing.unwrap_or(0)),
        }
    }

    /// The version's number; 0 where it is told as a text.
    pub(crate) fn number(&self) -> u64 {
        quantity(&self.version).unwrap_or(0)
    }

    /// The version as people write it: `31.1.0` out of `/Satoshi:31.1.0(comment)/` or `/bcoin:v31.1.0/`, else out of the
    /// number 310100.
    pub(crate) fn version(&self) -> String {
        let named = self.subversion.split_once(':').map(|(_, rest)| rest);
        let named = named
            .and_then(|rest| rest.split(['/', '(']).next())
            .map(|rest| without_v(rest.trim()))
            .unwrap_or_default();
        if named.starts_with(|c: char| c.is_ascii_digit()) {
            return shorten(named);
        }
        match quantity(&self.version) {
            Some(number) => format!("{}.{}.{}", number / 10_000, number / 100 % 100, number % 100),
            None => without_v(&text(&self.version)).to_owned(),
        }
    }

    /// Bitcoin Core itself: relatives count their versions in other ways.
    pub(crate) fn is_bitcoin_core(&self) -> bool {
        self.subversion.starts_with("/Satoshi:")
    }
}

/// `1.0.2` out of `v1.0.2`.
fn without_v(version: &str) -> &str {
    version.strip_prefix('v').unwrap_or(version)
}

/// Warnings of two replies, each a text (up to version 27) or a list, without repetitions.
pub(crate) fn merge_warnings(first: &Value, second: &Value) -> Vec<String> {
    let mut merged = Vec::new();
    for warnings in [first, second] {
        let texts = match warnings {
            Value::Array(texts) => texts.as_slice(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                std::slice::from_ref(warnings)
            }
        };
        for text in texts
            .iter()
            .filter_map(Value::as_str)
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            if !merged.iter().any(|known| known == text) {
                merged.push(text.to_owned());
            }
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{NetworkReply, merge_warnings};

    fn network(subversion: &str, version: u64) -> NetworkReply {
        serde_json::from_value(json!({"subversion": subversion, "version": version})).unwrap()
    }

    #[test]
    fn the_version_is_read_from_the_name_else_from_the_number() {
        for (subversion, number, version) in [
            ("/Satoshi:31.1.0/", 310_100, "31.1.0"),
            ("/Satoshi:27.1.0(my node)/Knots:20240801/", 270_100, "27.1.0"),
            ("/LitecoinCore:0.21.2.1/", 210_201, "0.21.2.1"),
            ("/Bitcoin Cash Node:27.1.0(EB32.0)/", 27_010_000, "27.1.0"),
            ("", 300_200, "30.2.0"),
            ("/odd/", 300_200, "30.2.0"),
        ] {
            assert_eq!(network(subversion, number).version(), version, "{subversion}");
        }
    }

    #[test]
    fn a_version_may_be_a_text() {
        let read = |subversion: &str| -> NetworkReply {
            serde_json::from_value(json!({"subversion": subversion, "version": "v1.0.2"})).unwrap()
        };
        for subversion in ["/bcoin:v1.0.2/", "/odd/", ""] {
            let network = read(subversion);
            assert_eq!(
                (network.version().as_str(), network.number()),
                ("1.0.2", 0),
                "{subversion}"
            );
        }
    }

    #[test]
    fn connections_that_are_not_told_apart_count_as_out() {
        let old: NetworkReply = serde_json::from_value(json!({"version": 200_000, "connections": 8})).unwrap();
        assert_eq!(old.peers(), (0, 8));
        let new: NetworkReply = serde_json::from_value(
            json!({"version": 310_100, "connections": 11, "connections_in": 1, "connections_out": 10}),
        )
        .unwrap();
        assert_eq!((new.peers(), new.connections()), ((1, 10), 11));
    }

    #[test]
    fn warnings_may_be_a_text_or_a_list() {
        assert_eq!(
            merge_warnings(&json!("old"), &json!(["old", "new", ""])),
            ["old", "new"]
        );
        assert!(merge_warnings(&json!(""), &json!(null)).is_empty());
    }
}
