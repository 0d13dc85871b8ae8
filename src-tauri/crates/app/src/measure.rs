//! When nodes and machine are measured: each second while somebody watches, and whenever figures must be fresh.

use std::time::Duration;

use freehold_contract::Change;
use freehold_supervisor::NodeSnapshot;

use crate::App;
use crate::usage::{FIRST_GAP, Measured, Walk};

/// While somebody watches, usage is measured this often.
const SAMPLE_EVERY: Duration = Duration::from_secs(1);

impl App {
    /// Measures while somebody watches; sleeps otherwise.
    pub(crate) async fn measure(self) {
        loop {
            if !self.0.hub.is_watched() {
                self.0.watched.notified().await;
            }
            let nodes = self.measured();
            self.measure_once(&nodes, true).await;
            self.0.hub.send(Change::Usage {
                machine: self.0.usage.machine(),
                nodes: self.0.usage.of_nodes(&nodes),
            });
            tokio::time::sleep(SAMPLE_EVERY).await;
        }
    }

    /// Measures every node and the machine. Large folders are measured more often while somebody watches.
    pub(crate) async fn measure_once(&self, nodes: &[Measured], is_watched: bool) {
        self.0.usage.sample(nodes);
        if let Ok(engine) = self.engine() {
            self.0.usage.ask_engine(&engine).await;
        }
        self.measure_folders(nodes, is_watched).await;
    }

    async fn measure_folders(&self, nodes: &[Measured], is_watched: bool) {
        let due = self.0.usage.walks_due(nodes, is_watched);
        if !due.is_empty() {
            let walk = |node: &NodeSnapshot| due.contains(&node.record.id).then(|| Walk::of(&node.record));
            let walks = self.0.fleet.map_nodes(walk);
            let app = self.clone();
            let measured = tokio::task::spawn_blocking(move || {
                for walk in walks.into_iter().flatten() {
                    app.0.usage.note_walk(walk.node.clone(), walk.measure());
                }
            });
            // A panic while measuring leaves the old figures.
            let _ = measured.await;
        }
    }

    /// Makes sure that figures shown now are fresh; a rate needs two readings.
    pub(crate) async fn freshen(&self) {
        let nodes = self.measured();
        if self.0.usage.is_fresh(&nodes) {
            self.measure_folders(&nodes, true).await;
            return;
        }
        self.measure_once(&nodes, true).await;
        if !self.0.usage.is_fresh(&nodes) {
            tokio::time::sleep(FIRST_GAP).await;
            self.measure_once(&nodes, true).await;
        }
    }
}
