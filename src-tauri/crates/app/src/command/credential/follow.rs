//! Sees new passwords through: until the node takes them and the wallet's file holds them. Also after a crash.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use freehold_contract::Change;
use freehold_model::{Fault, NodeId, ObservedState, ProbeFailure, Rotation, RotationPhase};
use freehold_store::ActivityKind;
use freehold_supervisor::NodeSnapshot;
use tokio::sync::Notify;

use super::view::name_of;
use crate::App;

/// While a new password is on its way, it is looked after this often.
const EVERY: Duration = Duration::from_secs(1);
/// A node that is asked answers in this time, or is asked again.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// What new passwords wait for. Nothing here has to outlive the process: the records say how far each is.
#[derive(Debug, Default)]
pub(crate) struct Followed {
    wake: Notify,
    reasons: Mutex<BTreeMap<(NodeId, String), String>>,
}

impl Followed {
    /// There is a new password to look after.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// What the new passwords of a node wait for, by consumer.
    pub(super) fn reasons_of(&self, node: &NodeId) -> BTreeMap<String, String> {
        let reasons = self.reasons();
        let own = reasons.iter().filter(|((of, _), _)| of == node);
        own.map(|((_, consumer), reason)| (consumer.clone(), reason.clone()))
            .collect()
    }

    fn reasons(&self) -> MutexGuard<'_, BTreeMap<(NodeId, String), String>> {
        self.reasons.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How far one look brought a new password.
enum Step {
    /// It is through.
    Done,
    /// The next step can follow at once.
    On,
    /// It waits, and this is why.
    Waits(String),
}

impl App {
    /// Looks after new passwords until the application ends. Sleeps while there are none.
    pub(crate) async fn follow_credentials(self) {
        loop {
            let open = self.0.fleet.map_nodes(|node| {
                let access = node.record.access.iter();
                let rotations = access.filter_map(|(consumer, access)| Some((consumer.clone(), access.rotation?)));
                rotations
                    .map(|(consumer, rotation)| (node.record.id.clone(), consumer, rotation))
                    .collect::<Vec<_>>()
            });
            let open = open.concat();
            self.0
                .followed
                .reasons()
                .retain(|(node, consumer), _| open.iter().any(|(of, who, _)| of == node && who == consumer));
            if open.is_empty() {
                self.0.followed.wake.notified().await;
                continue;
            }
            for (node, consumer, rotation) in open {
                self.follow_one(&node, &consumer, rotation).await;
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    async fn follow_one(&self, id: &NodeId, consumer: &str, rotation: Rotation) {
        let Ok(node) = self.find_node(id.as_str()) else { return };
        let key = (id.clone(), consumer.to_owned());
        match self.step(&node, consumer, rotation).await {
            Ok(Step::Done | Step::On) => {
                self.0.followed.reasons().remove(&key);
            }
            Ok(Step::Waits(why)) => {
                self.0.followed.reasons().insert(key, why);
            }
            Err(fault) => {
                let why = format!("{} It is tried again.", fault.message());
                if self.0.followed.reasons().insert(key, why).is_none() {
                    tracing::warn!(node = %id, consumer, code = fault.code.as_str(), "a new password waits");
                }
            }
        }
    }

    async fn step(&self, node: &NodeSnapshot, consumer: &str, rotation: Rotation) -> Result<Step, Fault> {
        let record = &node.record;
        match rotation.phase {
            RotationPhase::Making => {
                let _order = self.0.orders.lock().await;
                // While the turn was waited for, the order itself may have gone on.
                let is_open = self.find_node(record.id.as_str())?.record.access.get(consumer).cloned();
                if is_open.and_then(|access| access.rotation) == Some(rotation) {
                    self.make_password(&record.id, consumer, rotation.asked).await?;
                }
                Ok(Step::On)
            }
            RotationPhase::Starting => {
                if let Some(why) = self.not_taken_yet(node, consumer).await {
                    return Ok(Step::Waits(why));
                }
                self.edit_access(&record.id, consumer, false, move |access| {
                    if let Some(open) = access.rotation.as_mut().filter(|open| open.asked == rotation.asked) {
                        open.phase = RotationPhase::Following;
                    }
                })
                .await?;
                self.0.config.checkpoint.reached("credential.rotation.taken");
                Ok(Step::On)
            }
            RotationPhase::Following => self.finish(node, consumer, rotation).await,
        }
    }

    /// Why the node cannot have taken the new password yet. One that is stopped takes it at its next start.
    async fn not_taken_yet(&self, node: &NodeSnapshot, consumer: &str) -> Option<String> {
        let record = &node.record;
        let runs = node
            .services
            .iter()
            .any(|seen| matches!(seen.state, ObservedState::Running { .. } | ObservedState::Paused));
        let is_wanted = record.desired == freehold_model::DesiredState::Running;
        if !is_wanted && !runs {
            return None;
        }
        if record.restart_pending || !runs {
            return Some(format!("{} is starting again with the new password.", record.name));
        }
        // Where nothing can be asked, there is nothing to wait for.
        let (endpoint, identity) = self.login_of(node, consumer)?;
        let _own = self.own_calls(&endpoint);
        let asked = tokio::time::timeout(ANSWER_WITHIN, freehold_probe::identify(&endpoint, &identity)).await;
        match asked {
            // Whoever is told to wait was let in.
            Ok(Ok(_) | Err(ProbeFailure::WarmingUp { .. } | ProbeFailure::Unreadable { .. })) => None,
            Ok(Err(ProbeFailure::AuthenticationFailed)) => {
                Some(format!("{} does not take the new password yet.", record.name))
            }
            Ok(Err(ProbeFailure::Silent { .. } | ProbeFailure::WrongChain { .. })) | Err(_) => {
                Some(format!("{} does not answer yet.", record.name))
            }
        }
    }

    /// The last step: the wallet's file, then the record.
    async fn finish(&self, node: &NodeSnapshot, consumer: &str, rotation: Rotation) -> Result<Step, Fault> {
        let record = &node.record;
        let files = self.wallets_at(node).await?.remove(consumer).unwrap_or_default();
        if !files.is_empty() {
            if let Some(fault) = self.running_wallet(consumer, &record.network) {
                let wait = "The new password is written into its settings once it is closed.";
                return Ok(Step::Waits(format!("{} {wait}", fault.why())));
            }
            let app = self.clone();
            let (followed, who) = (node.clone(), consumer.to_owned());
            let written = tokio::task::spawn_blocking(move || app.write_login(&followed, &who)).await;
            written.map_err(|error| Fault::new(freehold_model::FaultCode::Internal).with("reason", error))??;
            self.0.config.checkpoint.reached("credential.rotation.followed");
        }
        let is_out = !files.is_empty();
        let now = self.0.config.clock.now();
        self.edit_access(&record.id, consumer, false, move |access| {
            if access.rotation.is_some_and(|open| open.asked == rotation.asked) {
                access.rotation = None;
            }
            if is_out {
                access.handed_out.get_or_insert(now);
            }
        })
        .await?;
        let text = if is_out {
            format!("{} logs in at {} with its new password", name_of(consumer), record.name)
        } else {
            format!("{} takes the new password of {}", record.name, name_of(consumer))
        };
        self.note(ActivityKind::Node, Some(record.id.as_str()), &text);
        self.0.hub.send(Change::Wallets {});
        Ok(Step::Done)
    }
}
