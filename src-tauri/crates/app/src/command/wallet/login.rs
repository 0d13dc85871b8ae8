//! The login that a wallet has at a node of the user: where it stands, and how a new password gets there.

use std::collections::BTreeMap;

use freehold_model::spec::IdentityCheck;
use freehold_model::{Endpoint, Fault, FaultCode, Network};
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::SystemProcesses;

use super::destination::identity_of;
use super::{find_adapter, running_fault};
use crate::App;

impl App {
    /// The settings files that Freehold has pointed at this node, by wallet.
    pub(in crate::command) async fn wallets_at(
        &self,
        node: &NodeSnapshot,
    ) -> Result<BTreeMap<String, Vec<String>>, Fault> {
        let app = self.clone();
        let rows = tokio::task::spawn_blocking(move || app.wallet_rows()).await;
        let rows = rows.map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
        let record = &node.record;
        let here = rows.into_iter().filter(|row| {
            row.can_revert && row.network == record.network.as_str() && row.node.as_deref() == Some(record.id.as_str())
        });
        Ok(here.map(|row| (row.id, row.files)).collect())
    }

    /// Why the settings of this wallet cannot be written now: it runs.
    pub(in crate::command) fn running_wallet(&self, wallet: &str, network: &Network) -> Option<Fault> {
        let adapter = find_adapter(wallet).ok()?;
        running_fault(adapter, &self.places(), network)
    }

    /// Where a consumer logs in at a node, and what proves the node's chain. `None` where nothing there can be asked.
    pub(in crate::command) fn login_of(
        &self,
        node: &NodeSnapshot,
        consumer: &str,
    ) -> Option<(Endpoint, Vec<IdentityCheck>)> {
        let spec = node.spec.as_deref()?;
        let mut offered = spec.endpoints.iter();
        let offer = offered.find(|offer| freehold_plan::asks_for_user(spec, &offer.port))?;
        let endpoint = self.endpoint_for(node, offer, consumer).ok()?;
        Some((endpoint, identity_of(node)))
    }

    /// Writes the login of today into the settings of a wallet that points at this node already: through the journal, as
    /// every other change.
    pub(in crate::command) fn write_login(&self, node: &NodeSnapshot, wallet: &str) -> Result<(), Fault> {
        let adapter = find_adapter(wallet)?;
        let endpoint = self.own_endpoint(adapter, node)?;
        let places = self.places();
        let network = &node.record.network;
        let plan = freehold_wallets::plan_switch(adapter, &places, network, &endpoint, &SystemProcesses)
            .map_err(|error| error.to_fault())?;
        let (clock, checkpoint) = (&self.0.config.clock, &self.0.config.checkpoint);
        freehold_wallets::apply(&plan, &self.0.journal, &SystemProcesses, clock.now(), checkpoint)
            .map(drop)
            .map_err(|error| error.to_fault())
    }
}
