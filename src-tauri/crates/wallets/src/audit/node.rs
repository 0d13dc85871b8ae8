//! Rows for the user's own nodes: whom they ask themselves.

use super::row::{AuditRow, Ground, Source, SourceKind, UserKind};

/// Something that a node asks.
#[derive(Clone, PartialEq, Eq)]
pub struct NodeUse {
    /// The node's id.
    pub node: String,
    /// Its name.
    pub name: String,
    /// Its network.
    pub network: String,
    /// Whom it asks.
    pub asks: NodeAsks,
    /// What for, or when, in a sentence.
    pub note: Option<String>,
    /// It is asked while the node runs; false: only at its first start, which does not count.
    pub is_lasting: bool,
}

/// Whom a node asks.
#[derive(Clone, PartialEq, Eq)]
pub enum NodeAsks {
    /// An address from its options. It may hold a key.
    Address(String),
    /// Another node of the user, by name.
    Node(String),
}

pub(super) fn row(at: usize, used: &NodeUse, own: &dyn Fn(&str, u16) -> bool) -> AuditRow {
    let mut now = match &used.asks {
        NodeAsks::Address(text) => Ground::of_text(text, None, own),
        NodeAsks::Node(name) => Ground::of_own_node(name),
    };
    now.counted = used.is_lasting;
    AuditRow {
        id: format!("node:{}:{}", used.node, at + 1),
        kind: UserKind::Node,
        who: used.name.clone(),
        wallet: None,
        node: Some(used.node.clone()),
        network: Some(used.network.clone()),
        now,
        before: None,
        read_from: vec![Source {
            kind: SourceKind::NodeOption,
            path: None,
            line: None,
        }],
        notes: used.note.iter().cloned().collect(),
    }
}
