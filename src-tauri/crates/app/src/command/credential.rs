//! The logins of a node: shown, taken back, given a new password.
//!
//! Order of a new password: the wish is recorded, the password's file is replaced, the node is told to start again (in the
//! same record), and the wallet's file follows once the node takes it. Each step may be done twice, so that a crash between
//! any two is finished by the next start ([`follow`]).

use freehold_contract::{
    Change, CredentialAction, CredentialChangeRequest, CredentialList, CredentialPreview, CredentialPreviewRequest,
    FaultView, NodeRequest,
};
use freehold_model::{Access, DesiredState, Fault, FaultCode, NodeId, NodeRecord, Rotation, RotationPhase};
use freehold_store::{ActivityKind, secret};
use freehold_supervisor::NodeSnapshot;

use self::view::{Around, Kind, kind_of, name_of, users_of};
use super::change::refuse_while_busy;
use super::node::supervisor_fault;
use crate::App;

pub(crate) mod follow;
mod view;

/// A view asked for right after the start waits this long for the first look at everything.
const FIRST_LOOK: std::time::Duration = std::time::Duration::from_secs(5);

impl App {
    /// Every login of a node, and what has become of it.
    pub async fn credential_list(&self, request: NodeRequest) -> Result<CredentialList, Fault> {
        self.settle(FIRST_LOOK).await;
        self.freshen_use().await;
        let node = self.find_node(&request.node)?;
        let around = self.around(&node).await?;
        Ok(view::list(&node, &around))
    }

    async fn around(&self, node: &NodeSnapshot) -> Result<Around, Fault> {
        Ok(Around {
            nodes: self.0.fleet.snapshots(),
            wallets: self.wallets_at(node).await?,
            waits: self.0.followed.reasons_of(&node.record.id),
            used: self.0.wallet_use.of_node(&node.record.id),
        })
    }

    /// What taking a login back, or giving it a new password, would mean. Changes nothing.
    pub async fn credential_preview(&self, request: CredentialPreviewRequest) -> Result<CredentialPreview, Fault> {
        self.settle(FIRST_LOOK).await;
        let node = self.find_node(&request.node)?;
        let around = self.around(&node).await?;
        let files = around.files_of(&request.consumer);
        let blocked = self.speaks_against(&node, &around, &request.consumer, request.action);
        let restarts = if node.record.desired == DesiredState::Running {
            let mut restarts = vec![node.record.id.to_string()];
            restarts.extend(self.0.fleet.needed_by(&node.record.id).iter().map(ToString::to_string));
            restarts
        } else {
            Vec::new()
        };
        Ok(CredentialPreview {
            node: node.record.id.to_string(),
            means: meaning(&node.record, &request.consumer, request.action, &files),
            consumer: request.consumer,
            action: request.action,
            restarts,
            files: if request.action == CredentialAction::Rotate {
                files
            } else {
                Vec::new()
            },
            blocked: blocked.as_ref().map(FaultView::from),
        })
    }

    /// Takes a login back: the node is started again without that user. The others' passwords stay as they are.
    pub async fn credential_revoke(&self, request: CredentialChangeRequest) -> Result<CredentialList, Fault> {
        let order = self.0.orders.lock().await;
        let node = self.agreed(&request, CredentialAction::Revoke).await?;
        let (id, consumer) = (node.record.id.clone(), request.consumer.clone());
        let now = self.0.config.clock.now();
        self.edit_access(&id, &consumer, true, move |access| {
            access.rotation = None;
            access.revoked = Some(now);
        })
        .await?;
        self.0.config.checkpoint.reached("credential.revoked");
        // Nobody can use it any more, whatever becomes of the file; a failure leaves a password without a user.
        if let Err(error) = secret::forget_password(&self.0.layout, &id, &consumer) {
            tracing::warn!(%error, "the password of a login that was taken back stays in its file");
        }
        let text = format!("{} no longer lets {} in", node.record.name, name_of(&consumer));
        self.note(ActivityKind::Node, Some(id.as_str()), &text);
        drop(order);
        self.0.hub.send(Change::Wallets {});
        self.credential_list(NodeRequest { node: id.to_string() }).await
    }

    /// Gives a login a new password; one that was taken back is given again. Returns once that is recorded: the node starts
    /// again, and the wallet's file follows by itself.
    pub async fn credential_rotate(&self, request: CredentialChangeRequest) -> Result<CredentialList, Fault> {
        let order = self.0.orders.lock().await;
        let node = self.agreed(&request, CredentialAction::Rotate).await?;
        let (id, consumer) = (node.record.id.clone(), request.consumer.clone());
        let asked = self.0.config.clock.now();
        self.edit_access(&id, &consumer, false, move |access| {
            access.rotation = Some(Rotation {
                asked,
                phase: RotationPhase::Making,
            });
        })
        .await?;
        self.0.config.checkpoint.reached("credential.rotation.recorded");
        self.make_password(&id, &consumer, asked).await?;
        let text = format!("{} gets a new password at {}", name_of(&consumer), node.record.name);
        self.note(ActivityKind::Node, Some(id.as_str()), &text);
        drop(order);
        self.0.followed.wake();
        self.credential_list(NodeRequest { node: id.to_string() }).await
    }

    /// The second step of a new password, and what a crash in it is finished with: a password that nobody knows yet is
    /// replaced by another one.
    async fn make_password(&self, id: &NodeId, consumer: &str, asked: freehold_model::Timestamp) -> Result<(), Fault> {
        secret::replace(&self.0.layout, id, consumer).map_err(|error| error.to_fault())?;
        self.0.config.checkpoint.reached("credential.rotation.made");
        self.edit_access(id, consumer, true, move |access| {
            access.revoked = None;
            access.rotation = Some(Rotation {
                asked,
                phase: RotationPhase::Starting,
            });
        })
        .await?;
        self.0.config.checkpoint.reached("credential.rotation.told");
        Ok(())
    }

    /// The node, once nothing speaks against the change and the user has agreed to it.
    async fn agreed(&self, request: &CredentialChangeRequest, action: CredentialAction) -> Result<NodeSnapshot, Fault> {
        self.settle(FIRST_LOOK).await;
        let node = self.find_node(&request.node)?;
        let around = self.around(&node).await?;
        if let Some(fault) = self.speaks_against(&node, &around, &request.consumer, action) {
            return Err(fault);
        }
        if !request.confirmed {
            let means = meaning(
                &node.record,
                &request.consumer,
                action,
                &around.files_of(&request.consumer),
            );
            return Err(Fault::new(FaultCode::ConfirmationNeeded).with("what", means.join(" ").trim_end_matches('.')));
        }
        Ok(node)
    }

    /// Why the change cannot be made now.
    fn speaks_against(
        &self,
        node: &NodeSnapshot,
        around: &Around,
        consumer: &str,
        action: CredentialAction,
    ) -> Option<Fault> {
        let record = &node.record;
        let unsupported = |what: String| Some(Fault::new(FaultCode::NotSupported).with("what", what));
        if record.external.is_some() {
            return unsupported(format!("{} is run by somebody else, who gives its logins", record.name));
        }
        let Some(kind) = kind_of(node, consumer) else {
            let reason = format!("{} has no login for `{consumer}`", record.name);
            return Some(Fault::new(FaultCode::BadRequest).with("reason", reason));
        };
        if kind == Kind::Freehold {
            return unsupported("this login is the one by which Freehold itself asks the node how it is".to_owned());
        }
        if let Err(fault) = refuse_while_busy(record) {
            return Some(fault);
        }
        match action {
            CredentialAction::Revoke => {
                let users = users_of(&around.nodes, record, consumer);
                if record.is_revoked(consumer) {
                    return unsupported(format!("the login of {} was taken back already", name_of(consumer)));
                }
                (!users.is_empty()).then(|| {
                    Fault::new(FaultCode::NodeNeeded)
                        .with("node", &record.name)
                        .with("others", users.join(", "))
                })
            }
            CredentialAction::Rotate => self.wallet_that_runs(node, around, consumer),
        }
    }

    /// A wallet that runs would overwrite its file with the old password.
    fn wallet_that_runs(&self, node: &NodeSnapshot, around: &Around, consumer: &str) -> Option<Fault> {
        if around.files_of(consumer).is_empty() {
            return None;
        }
        self.running_wallet(consumer, &node.record.network)
    }

    /// Changes what is kept about one login, in the node's own turn; `restarts` lets the node start again where it runs.
    async fn edit_access(
        &self,
        id: &NodeId,
        consumer: &str,
        restarts: bool,
        edit: impl FnOnce(&mut Access) + Send + 'static,
    ) -> Result<(), Fault> {
        let consumer = consumer.to_owned();
        let change = move |record: &mut NodeRecord| {
            edit(record.access.entry(consumer).or_default());
            record.restart_pending |= restarts && record.desired == DesiredState::Running;
            Ok(())
        };
        let edited = self.0.fleet.edit(id, change).await;
        edited.map_err(|error| supervisor_fault(&error))
    }

    /// Remembers that somebody has been given this login's password.
    pub(crate) async fn hand_out(&self, node: &NodeRecord, consumer: &str) {
        let known = node.access.get(consumer).and_then(|access| access.handed_out);
        if known.is_some() || node.external.is_some() {
            return;
        }
        let now = self.0.config.clock.now();
        let kept = self.edit_access(&node.id, consumer, false, move |access| {
            access.handed_out.get_or_insert(now);
        });
        // Only shown: the login itself works without it.
        if let Err(fault) = kept.await {
            tracing::warn!(code = fault.code.as_str(), "that a password was handed out is not kept");
        }
        self.0.wallet_use.wake();
    }
}

/// What a change means, one sentence each.
fn meaning(record: &NodeRecord, consumer: &str, action: CredentialAction, files: &[String]) -> Vec<String> {
    let (node, who) = (&record.name, name_of(consumer));
    let mut means = vec![if record.desired == DesiredState::Running {
        format!("{node} is stopped cleanly and started again, since it reads its users at its start only.")
    } else {
        format!("{node} does not run: it holds from its next start.")
    }];
    means.push("Other wallets reconnect by themselves; their passwords stay as they are.".to_owned());
    means.push(match (action, files) {
        (CredentialAction::Revoke, []) => format!("{who} cannot log in any more."),
        (CredentialAction::Revoke, _) => format!(
            "{who} still points there and cannot log in any more, until you put it back or give it a new password."
        ),
        (CredentialAction::Rotate, []) => {
            format!("The old password of {who} is refused. Freehold has written it into no settings file.")
        }
        (CredentialAction::Rotate, files) => format!(
            "The old password of {who} is refused, and the new one is written into {}. Close {who} until then.",
            files.join(" and ")
        ),
    });
    means
}
