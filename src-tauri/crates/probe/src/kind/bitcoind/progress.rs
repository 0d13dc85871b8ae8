//! Honest progress: what stage a node is in and how far it is. Pure.
//!
//! bitcoind's own figures mislead at both ends: `verificationprogress` is 1 before the first header, and
//! `initialblockdownload` turns false a third of the way on a private chain and stays true there when the tip is old.
//! So 100 percent means one thing only: nothing that anybody has announced is missing.

use freehold_model::Stage;

use super::peers::PeerHeights;
use crate::report::below_hundred;

/// Where a node says that it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Position {
    pub(crate) blocks: u64,
    pub(crate) headers: u64,
    /// 0 to 1, weighted by transactions.
    pub(crate) verification: Option<f64>,
    pub(crate) is_initial_download: bool,
    pub(crate) peers: PeerHeights,
    /// The tip was made so recently that nothing can be missing.
    pub(crate) is_fresh: bool,
}

impl Position {
    /// The height to reach; 0 where nothing is known.
    pub(crate) fn target(&self) -> u64 {
        self.headers.max(self.blocks).max(self.peers.announced.unwrap_or(0))
    }

    /// How much is done before the tip is reached, 0 to 1: the node's own figure, unless it says that nothing is missing.
    /// On private chains bcoin and Litecoin Core do so from the first block on.
    fn share(&self) -> f64 {
        match self.verification.unwrap_or(0.0) {
            complete if complete >= 1.0 => self.blocks as f64 / self.target().max(1) as f64,
            share => share,
        }
    }
}

/// What counts as the tip for this node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    /// The chain is complete only with peers.
    pub(crate) needs_peers: bool,
    /// Only its owner extends the chain: an old tip is normal, and so is an empty chain.
    pub(crate) is_private: bool,
    /// The same run of the node was at its tip before: losing every peer does not take that back, nor does one block on
    /// its way.
    pub(crate) was_ready: bool,
}

/// Percent by blocks and headers alone, 0 to 100: 0 without headers, 100 when no header lacks its block, else
/// bitcoind's own progress cut (not rounded) to two places and kept below 100.
pub fn percent(headers: u64, blocks: u64, verification_progress: f64) -> f64 {
    if headers == 0 {
        0.0
    } else if blocks >= headers {
        100.0
    } else {
        below_hundred(verification_progress)
    }
}

/// Stage, and percent with 100 only at the tip.
pub(crate) fn assess(position: &Position, rules: Rules) -> (Stage, f64) {
    if is_at_tip(position, rules) {
        return (Stage::Ready, 100.0);
    }
    let stage = if position.headers == 0 {
        Stage::PreHeaders
    } else if position.blocks == 0 {
        Stage::Headers
    } else {
        Stage::Blocks
    };
    let share = position.share();
    let percent = percent(position.headers, position.blocks, share);
    // Every known header may have its block, yet more must come.
    (
        stage,
        if percent >= 100.0 {
            below_hundred(share)
        } else {
            percent
        },
    )
}

fn is_at_tip(position: &Position, rules: Rules) -> bool {
    // A header comes before its block, so a node at the tip is one behind for a moment with every block. Getting
    // there the first time is exact: whoever waits for it compares tips next.
    let slack = u64::from(rules.was_ready);
    if position.blocks + slack < position.target() {
        return false;
    }
    if !rules.needs_peers {
        return true;
    }
    let has_heard = position.peers.announced.is_some() || rules.was_ready;
    if rules.is_private {
        has_heard && !position.peers.is_presyncing
    } else {
        position.blocks > 0
            && !position.is_initial_download
            && !position.peers.is_presyncing
            && (has_heard || position.is_fresh)
    }
}

#[cfg(test)]
mod tests;
