//! Whom a node is connected to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A node's connections, asked just now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PeerList {
    /// The node.
    pub node: String,
    /// Whether the list is known. False where the node does not run or its client lists nobody; then `why` says so, and an
    /// empty list does not stand for no peers.
    pub known: bool,
    /// Why nothing, or not everything, is listed: one sentence for each service that lists nobody.
    pub why: Vec<String>,
    /// The connections.
    pub peers: Vec<PeerView>,
    /// How many more there are than are listed.
    pub more: u32,
    /// When it was asked, in milliseconds since 1970.
    pub at: i64,
}

/// One connection. What a client does not tell is absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PeerView {
    /// The service that has it, where the node has several.
    pub service: Option<String>,
    /// Address and port, as the client writes them.
    pub address: String,
    /// `in` where the other side opened it, `out` where the node did.
    pub direction: Option<String>,
    /// The program at the other end, in its own words.
    pub client: Option<String>,
    /// How far the other end is.
    pub height: Option<u64>,
    /// Milliseconds until an answer comes.
    pub ping_ms: Option<f64>,
    /// Bytes that came from there.
    pub received: Option<u64>,
    /// Bytes that went there.
    pub sent: Option<u64>,
    /// Since when it stands, in milliseconds since 1970.
    pub since: Option<i64>,
}
