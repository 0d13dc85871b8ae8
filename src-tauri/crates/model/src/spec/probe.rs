//! Probes: how a node is asked how it is.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OptionTest;
use crate::{OptionId, ServiceName};

/// How a service is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProbeSpec {
    /// The kind of probe.
    pub kind: ProbeKind,
    /// The service that answers, by name or role.
    pub service: ServiceName,
    /// The name of its RPC port.
    pub port: String,
    /// The name of a port on which it tells of new blocks by itself (WebSocket), where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_port: Option<String>,
    /// The consumer whose credential the probe uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumer: Option<String>,
    /// A secret of the node that the probe uses as its password (with the user name in `user`, if any).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// User name that goes with `secret`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// A file that the node writes and the probe reads: a cookie, a macaroon, a socket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenFile>,
    /// List options that name peers: with one of them set, even a private chain is complete only with its peers.
    #[serde(default)]
    pub peer_options: Vec<OptionId>,
    /// True for a node whose tip is measured against a needed node's, for example an index: the name of the dependency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<String>,
    /// What it means while the service runs and does not answer yet, for example `the first index is being built`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent_while: Option<String>,
    /// Path after host and port, for example `/ext/bc/C/rpc`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// It is asked only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<OptionTest>,
    /// With kind `json`: what is asked and how the answers are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<JsonProbe>,
}

/// The kinds of probe that this program has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProbeKind {
    /// Bitcoin Core and its family, Litecoin Core, Dogecoin Core, Bitcoin Cash Node.
    Bitcoind,
    /// An Electrum server: electrs, Fulcrum, ElectrumX.
    Electrum,
    /// An Ethereum execution client, any other client of an EVM chain, and anvil.
    EthereumExecution,
    /// An Ethereum consensus client.
    EthereumBeacon,
    /// op-node of the OP Stack.
    OpNode,
    /// monerod.
    Monerod,
    /// zebrad.
    Zebra,
    /// Kubo, and anything with its HTTP API.
    Kubo,
    /// An Arweave node or gateway.
    Arweave,
    /// A Solana validator, also the test validator.
    Solana,
    /// AvalancheGo.
    Avalanche,
    /// LND.
    Lnd,
    /// Core Lightning, over the socket in its folder.
    CoreLightning,
    /// kaspad, over wRPC (JSON).
    Kaspad,
    /// tor, over its control port.
    Tor,
    /// A service without questions of its own: it is ready once its port takes connections.
    Port,
    /// Anything that answers JSON over HTTP: see `json`.
    Json,
}

/// A file that a node writes into one of its folders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenFile {
    /// The mount it is in.
    pub mount: String,
    /// Path below the mount; may hold `{network}` and `{network.NAME}`.
    pub path: String,
}

/// A declarative probe: requests, and expressions over their answers.
///
/// An expression holds numbers, texts in single quotes, `true`, `false`, `null`, `REQUEST#/json/pointer`, names of
/// values given here (`height`, `target` ...), `+ - * / %`, comparisons, `&& || !`, brackets, and the functions that
/// `assets/catalog/README.md` lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JsonProbe {
    /// What is asked, each under a name.
    pub requests: BTreeMap<String, JsonRequest>,
    /// Blocks checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<String>,
    /// Height to reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// 0 to 100; made from height and target when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<String>,
    /// True at the tip; made from height and target when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready: Option<String>,
    /// True while the node says that it is starting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warming_up: Option<String>,
    /// Connections that others opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peers_in: Option<String>,
    /// Connections that the node opened, or all where it does not tell them apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peers_out: Option<String>,
    /// The client's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The chain's name in the client's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    /// Hash of the tip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip: Option<String>,
    /// When the tip was made: seconds since 1970 or a text in RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tip_time: Option<String>,
    /// Bytes of data, as the node counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_on_disk: Option<String>,
    /// A warning: a text, or a list of texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warnings: Option<String>,
}

/// One request of a declarative probe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JsonRequest {
    /// HTTP method: `GET` or `POST`; `GET` without a body or an RPC method, else `POST`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Path with query, for example `/status`.
    #[serde(default = "slash")]
    pub path: String,
    /// JSON-RPC method: the request is then a JSON-RPC 2.0 call, and its answer is the `result`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rpc: Option<String>,
    /// Parameters of the RPC method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub params: Option<serde_json::Value>,
    /// A JSON body, where it is no JSON-RPC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<serde_json::Value>,
    /// Headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// How the answer is read.
    #[serde(default)]
    pub answer: BodyForm,
    /// True where a failing answer leaves the values that use it unknown, instead of failing the reading.
    #[serde(default)]
    pub optional: bool,
}

/// How an answer is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BodyForm {
    /// As JSON.
    #[default]
    Json,
    /// As a text, for example a bare number.
    Text,
}

fn slash() -> String {
    "/".to_owned()
}
