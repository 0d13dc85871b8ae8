//! Updates that the user has asked for beforehand, node by node (`update_policy = automatic`). Everything else waits for an
//! order.

use std::time::Duration;

use freehold_contract::ConfirmedNodeRequest;
use freehold_model::spec::{DataChange, OptionValue};
use freehold_model::{DesiredState, OptionId};
use freehold_supervisor::NodeSnapshot;

use crate::App;

/// A start brings enough work of its own.
const AT_FIRST: Duration = Duration::from_secs(30);
/// The catalog changes with Freehold itself, or when the user edits an overlay.
const EVERY: Duration = Duration::from_mins(10);

impl App {
    /// Looks for nodes with something newer whose owner wants it by itself.
    pub(crate) async fn update_by_policy(self) {
        tokio::time::sleep(AT_FIRST).await;
        loop {
            self.0.shelf.refresh();
            for node in self.0.fleet.snapshots() {
                if !is_calm(&node) || !self.may_update_alone(&node) {
                    continue;
                }
                let request = ConfirmedNodeRequest {
                    node: node.record.id.to_string(),
                    confirmed: true,
                };
                if let Err(fault) = self.node_update(request).await {
                    tracing::warn!(node = %node.record.id, code = fault.code.as_str(), "no update by policy");
                }
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// The owner asked for it, and there is something newer that the old version can be gone back from, whose digests are
    /// published, and that has not been taken back before. Anything else is shown, and waits for an order.
    fn may_update_alone(&self, node: &NodeSnapshot) -> bool {
        let Ok((spec, options)) = self.entry_of(node) else {
            return false;
        };
        let policy = OptionId::try_new("update_policy").ok();
        let is_wanted = policy.and_then(|policy| options.value(&policy).cloned())
            == Some(OptionValue::Choice("automatic".to_owned()));
        let digests: Vec<_> = freehold_plan::active_services(&spec, &options)
            .map(|service| service.image.digest.as_ref())
            .collect();
        let is_published = digests.iter().all(Option::is_some);
        let is_refused = digests
            .iter()
            .flatten()
            .any(|digest| node.record.refused.contains(digest));
        is_wanted
            && spec.update.data == DataChange::TwoWay
            && is_published
            && !is_refused
            && self
                .service_changes(&spec, &options, &node.record)
                .is_ok_and(|changes| !changes.is_empty())
    }
}

/// The node runs undisturbed.
fn is_calm(node: &NodeSnapshot) -> bool {
    let record = &node.record;
    record.desired == DesiredState::Running
        && record.external.is_none()
        && record.update.is_none()
        && record.moving.is_none()
        && record.once_args.is_empty()
}
