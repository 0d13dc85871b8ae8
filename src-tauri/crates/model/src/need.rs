//! What a wallet may need of a node, beyond that it answers.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing that a wallet needs of a node and that not every node has. An adapter names them, a catalog entry says with
/// which option it meets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeNeed {
    /// The node can keep wallets, for example a watch-only one that Sparrow makes there.
    WalletFunctions,
    /// Compact summaries of the blocks (BIP 158), read over RPC.
    BlockFilters,
    /// Any transaction is found by its id.
    TransactionIndex,
    /// Every block is kept: the node is not pruned.
    FullBlocks,
    /// The node answers BIP 37 bloom filters of peers.
    BloomFilters,
    /// The peer-to-peer port takes connections on this machine's loopback address.
    PeerPort,
    /// The node program is of this major version, as its makers count, or newer.
    AtLeastVersion {
        /// The first part of the version, for example 24 of `24.0.1`.
        major: u32,
    },
}

impl NodeNeed {
    /// The needs that an option of a node can meet: all but a version.
    pub const OF_OPTIONS: [Self; 6] = [
        Self::WalletFunctions,
        Self::BlockFilters,
        Self::TransactionIndex,
        Self::FullBlocks,
        Self::BloomFilters,
        Self::PeerPort,
    ];

    /// Its name in the catalog and on the wire, for example `block-filters`. A version's number is not part of it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::WalletFunctions => "wallet-functions",
            Self::BlockFilters => "block-filters",
            Self::TransactionIndex => "transaction-index",
            Self::FullBlocks => "full-blocks",
            Self::BloomFilters => "bloom-filters",
            Self::PeerPort => "peer-port",
            Self::AtLeastVersion { .. } => "at-least-version",
        }
    }
}

/// Plain words that end a sentence such as `Sparrow needs …`.
impl fmt::Display for NodeNeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WalletFunctions => f.write_str("the wallet functions of the node"),
            Self::BlockFilters => f.write_str("block filters"),
            Self::TransactionIndex => f.write_str("the transaction index"),
            Self::FullBlocks => f.write_str("every block: a node that is not pruned"),
            Self::BloomFilters => f.write_str("bloom filters"),
            Self::PeerPort => f.write_str("the peer-to-peer port of the node on this machine"),
            Self::AtLeastVersion { major } => write!(f, "version {major} of the node or newer"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NodeNeed;

    #[test]
    fn the_id_is_what_serde_writes() {
        for need in NodeNeed::OF_OPTIONS {
            let written = serde_json::to_value(need).unwrap();
            assert_eq!(written, need.id());
            assert_eq!(serde_json::from_value::<NodeNeed>(written).unwrap(), need);
        }
    }

    #[test]
    fn a_version_keeps_its_number() {
        let need = NodeNeed::AtLeastVersion { major: 24 };
        let written = serde_json::to_value(need).unwrap();
        assert_eq!(written, serde_json::json!({ "at-least-version": { "major": 24 } }));
        assert_eq!(need.to_string(), "version 24 of the node or newer");
    }
}
