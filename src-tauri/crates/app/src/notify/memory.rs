//! What was told already, and what was so before.

use std::collections::BTreeMap;
use std::path::PathBuf;

use freehold_model::{NodeId, Timestamp};
use freehold_supervisor::NodeSnapshot;

use super::News;
use super::disk::DiskMemory;
use super::node::NodeMemory;
use crate::forecast::DiskState;

/// Remembers, so that nothing is told twice.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    nodes: BTreeMap<NodeId, NodeMemory>,
    disks: BTreeMap<PathBuf, DiskMemory>,
}

impl Memory {
    /// Looks at a node's view; what is news about it.
    pub(crate) fn see(&mut self, node: &NodeSnapshot, now: Timestamp) -> Vec<News> {
        self.nodes.entry(node.record.id.clone()).or_default().see(node, now)
    }

    /// A service of a node ended by itself; what is news about it.
    pub(crate) fn crashed(&mut self, node: &NodeId, name: &str, why: &str, now: Timestamp) -> Option<News> {
        self.nodes
            .entry(node.clone())
            .or_default()
            .crashed(node, name, why, now)
    }

    /// Looks at how the disks stand; what is news about them.
    pub(crate) fn see_disks(&mut self, states: &BTreeMap<PathBuf, DiskState>, now: Timestamp) -> Vec<News> {
        let mut news = Vec::new();
        for (mount_point, state) in states {
            match self.disks.get_mut(mount_point) {
                Some(known) => news.extend(known.see(mount_point, state, now)),
                None => {
                    self.disks.insert(mount_point.clone(), DiskMemory::begin(state));
                }
            }
        }
        news
    }

    /// A node is gone.
    pub(crate) fn forget(&mut self, node: &NodeId) {
        self.nodes.remove(node);
    }
}
