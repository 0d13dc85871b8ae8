//! The audit: whom everything on this machine asks. No look-up leaves the machine.

use std::sync::Arc;

use freehold_contract::{AuditReport, Empty};
use freehold_model::{Fault, FaultCode, Network};
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{Audit, AuditInput, SystemProcesses, find_guided};

use self::nodes::node_uses;
use super::FIRST_LOOK;
use super::view::{offers, own_node};
use crate::App;

mod nodes;
mod view;

pub(super) use view::{choices, kind_view};

/// An audit with the nodes that it was made beside.
pub(super) struct Audited {
    pub(super) audit: Audit,
    pub(super) nodes: Vec<NodeSnapshot>,
}

impl App {
    /// Every endpoint that wallets, tools, variables and nodes on this machine use, and whose ground it is. Asks nobody.
    pub async fn wallet_audit(&self, _: Empty) -> Result<AuditReport, Fault> {
        let audited = self.audited().await?;
        Ok(view::report(&audited))
    }

    pub(super) async fn audited(&self) -> Result<Arc<Audited>, Fault> {
        self.settle(FIRST_LOOK).await;
        let app = self.clone();
        // Reading files and the process table is quick, but not for a runtime thread.
        let audited = tokio::task::spawn_blocking(move || app.audit_now()).await;
        let audited = audited.map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
        Ok(Arc::new(audited))
    }

    fn audit_now(&self) -> Audited {
        let nodes = self.0.fleet.snapshots();
        let places = self.places();
        let own = |host: &str, port: u16| own_node(&nodes, host, port).is_some();
        let offered = |wallet: &str, network: &Network| nodes.iter().any(|node| offers(node, wallet, network));
        let journal = Some(&self.0.journal);
        let wallets = freehold_wallets::find(&places, &SystemProcesses, journal, &own, &offered);
        let audit = freehold_wallets::audit(AuditInput {
            places: &places,
            wallets: &wallets,
            guided: &find_guided(&places),
            journal,
            nodes: &node_uses(&nodes),
            own: &own,
        });
        Audited { audit, nodes }
    }
}
