//! The logins of a node on the wire: who has one, taken back, replaced.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FaultView;

/// Every login of a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CredentialList {
    /// The node's id.
    pub node: String,
    /// Its name.
    pub name: String,
    /// Its RPC asks for a user and a password. False: whoever reaches its port may use it.
    pub has_logins: bool,
    /// What to know about the logins of this node, in one or two sentences.
    pub note: Option<String>,
    /// The logins, those of wallets first.
    pub credentials: Vec<CredentialView>,
}

/// One consumer's login.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CredentialView {
    /// Who uses it, for example `sparrow`.
    pub consumer: String,
    /// Its name for people.
    pub name: String,
    /// `wallet`, `node` (another node of yours) or `freehold`.
    pub kind: String,
    /// RPC user.
    pub user: String,
    /// The class of methods that it may call.
    pub class: String,
    /// How many methods that class holds; absent where the client has no lists and this user may call everything.
    pub methods: Option<u32>,
    /// `active`, `revoked`, `rotating` or `not-handed-out`.
    pub state: String,
    /// Why it is in this state, or what it waits for, in one sentence.
    pub why: Option<String>,
    /// When its password was first handed out, in milliseconds since 1970.
    pub handed_out_at: Option<i64>,
    /// When it was taken back, in milliseconds since 1970.
    pub revoked_at: Option<i64>,
    /// Settings files of wallets that use it, as far as Freehold has written them.
    pub files: Vec<String>,
    /// Nodes of yours that use it, by id.
    pub nodes: Vec<String>,
    /// When the node was last asked with it, in milliseconds since 1970; absent where that is not known.
    pub last_used_at: Option<i64>,
    /// It can be taken back.
    pub can_revoke: bool,
    /// It can have a new password.
    pub can_rotate: bool,
}

/// Names a login and consents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialChangeRequest {
    /// The node.
    pub node: String,
    /// Whose login.
    pub consumer: String,
    /// Consent to what the preview says.
    #[serde(default)]
    pub confirmed: bool,
}

/// Asks what a change of a login would mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialPreviewRequest {
    /// The node.
    pub node: String,
    /// Whose login.
    pub consumer: String,
    /// What is asked for.
    pub action: CredentialAction,
}

/// What can be done to a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CredentialAction {
    /// The node forgets the user.
    Revoke,
    /// The user gets a new password; one that was taken back comes back with it.
    Rotate,
}

/// What a change of a login would mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CredentialPreview {
    /// The node's id.
    pub node: String,
    /// Whose login.
    pub consumer: String,
    /// What would be done.
    pub action: CredentialAction,
    /// What it means, one sentence each.
    pub means: Vec<String>,
    /// Nodes that would be stopped and started, by id.
    pub restarts: Vec<String>,
    /// Wallet files that would be written.
    pub files: Vec<String>,
    /// Why it cannot be done now.
    pub blocked: Option<FaultView>,
}
