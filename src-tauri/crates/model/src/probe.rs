//! What a node says about itself, free of any client's own words.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ByteSize;

/// What a node is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Looks for peers, or gets the first headers ready.
    PreHeaders,
    /// Downloads headers; blocks have not begun.
    Headers,
    /// Fetches the state of the chain at a point near its tip; how much there is, nobody knows beforehand.
    State,
    /// Downloads and checks blocks.
    Blocks,
    /// Builds an index over what it has.
    Indexing,
    /// Waits for its owner: a wallet has to be made or unlocked.
    NeedsOwner,
    /// At the tip.
    Ready,
}

/// One reading.
#[derive(Debug, Clone, PartialEq)]
pub struct ProbeReport {
    /// What the node is doing.
    pub stage: Stage,
    /// Blocks checked.
    pub height: u64,
    /// Height to reach, where known.
    pub target: Option<u64>,
    /// 0 to 100; 100 only at the tip. `None` where the node cannot tell.
    pub percent: Option<f64>,
    /// What it is doing, where it tells more than the stage, for example `Execution` or `12 GB of state`.
    pub detail: Option<String>,
    /// Connections that others opened.
    pub peers_in: u32,
    /// Connections that the node opened.
    pub peers_out: u32,
    /// The client's version, for example `31.1.0`.
    pub version: String,
    /// The chain's name in the client's words.
    pub chain: String,
    /// Time since the tip was made.
    pub tip_age: Option<Duration>,
    /// Hash of the tip.
    pub tip: String,
    /// Bytes of chain data, as the node counts them.
    pub size_on_disk: Option<ByteSize>,
    /// Old blocks are dropped.
    pub pruned: bool,
    /// What the node itself warns about.
    pub warnings: Vec<String>,
}

/// Why there is no reading. Each is a different thing for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProbeFailure {
    /// The node says that it is starting.
    #[error("the node is still starting: {message}")]
    WarmingUp {
        /// Its own words, for example `Loading block index...`.
        message: String,
    },
    /// The node refuses Freehold's password.
    #[error("the node refuses the password")]
    AuthenticationFailed,
    /// The node follows another chain.
    #[error("the node follows another chain: expected {expected}, found {found}")]
    WrongChain {
        /// The answer of the right chain.
        expected: String,
        /// The answer given.
        found: String,
    },
    /// Nothing listens, or nothing came back in time.
    #[error("the node does not answer: {reason}")]
    Silent {
        /// In a few words.
        reason: String,
    },
    /// Something answered that no node says.
    #[error("the answer is not one that this node gives: {reason}")]
    Unreadable {
        /// In a few words, with the beginning of the answer.
        reason: String,
    },
}
