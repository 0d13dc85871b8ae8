//! What has become of the logins that a node gives to its consumers: handed out, taken back, being replaced.
//!
//! The logins themselves come from the catalog entry and their passwords from files of mode 0600; this is the part that
//! somebody decided. A consumer without an entry here has a login that nobody has been given yet.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// One consumer's login at a node.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// When its password was first written into a wallet's file or shown to the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_out: Option<Timestamp>,
    /// When it was taken back: the node no longer knows this user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
    /// A new password on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<Rotation>,
}

/// A new password on its way to the node and into the wallet's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// When it was asked for.
    pub asked: Timestamp,
    /// How far it is.
    pub phase: RotationPhase,
}

/// How far a new password is. Each phase may be begun again after a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotationPhase {
    /// The new password is made; whether it is on the disk already is not known.
    Making,
    /// The new password is on the disk, and the node has to take it at its next start.
    Starting,
    /// The node takes it; the wallet's file has to follow.
    Following,
}
