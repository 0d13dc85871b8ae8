//! What is kept about a node: the user's choices and what was decided once for it. Never its status.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{
    Access, ClientId, DesiredState, Digest, ImageReference, Network, NodeId, OptionId, ServiceName, Timestamp,
};

/// One node that the user has added. Passwords are kept apart, in files of mode 0600.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NodeRecord {
    /// Its id.
    pub id: NodeId,
    /// Its name for people.
    pub name: String,
    /// The catalog entry.
    pub client: ClientId,
    /// The network.
    pub network: Network,
    /// Options that differ from the defaults, as `--set` writes them.
    pub options: BTreeMap<OptionId, String>,
    /// Folder of its chain data, absolute. In it, a folder for each mount.
    pub data_dir: PathBuf,
    /// Ports on this machine by port name, chosen once so that endpoints never move.
    pub ports: BTreeMap<String, u16>,
    /// The image of each service: chosen at install, changed only by an update that the user asked for.
    pub images: BTreeMap<ServiceName, ImageReference>,
    /// What the user asked for.
    pub desired: DesiredState,
    /// When it was added.
    pub created: Timestamp,
    /// A restart was asked for and its stop has not been seen yet; kept, so that a restart survives a crash of Freehold.
    #[serde(default)]
    pub restart_pending: bool,
    /// The nodes that it needs, by the name that its catalog entry gives the dependency.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub needs: BTreeMap<String, NodeId>,
    /// Arguments of the next start only; forgotten once the node has answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub once_args: Vec<String>,
    /// Folders that were there before and are mounted where they are, by mount name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub adopted: BTreeMap<String, PathBuf>,
    /// User and group that its containers run as, where an adopted folder belongs to another user than Freehold's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_as: Option<(u32, u32)>,
    /// A node that somebody else runs on this machine: asked, offered to wallets, never started or stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<ExternalNode>,
    /// A new version on its way in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<PendingUpdate>,
    /// What ran before the last update.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Version>,
    /// Its data is being moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moving: Option<PendingMove>,
    /// Digests of an update that was taken back: not tried again by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Digest>,
    /// Until when the release that runs is good, as the catalog said when it was chosen.
    #[serde(default)]
    pub good_until: GoodUntil,
    /// What has become of its consumers' logins, by consumer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub access: BTreeMap<String, Access>,
}

/// The end of a release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodUntil {
    /// Last day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Height at which it stops by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u64>,
}

impl NodeRecord {
    /// Where its chain data is: the folder that was there before it, or its own.
    pub fn chain_folder(&self) -> &Path {
        self.adopted.values().next().unwrap_or(&self.data_dir)
    }

    /// A node that runs from now on, with the entry's defaults; ports and images are still to be chosen.
    pub fn new(id: NodeId, client: ClientId, network: Network, data_dir: PathBuf, created: Timestamp) -> Self {
        Self {
            name: id.to_string(),
            id,
            client,
            network,
            options: BTreeMap::new(),
            data_dir,
            ports: BTreeMap::new(),
            images: BTreeMap::new(),
            desired: DesiredState::Running,
            created,
            restart_pending: false,
            needs: BTreeMap::new(),
            once_args: Vec::new(),
            adopted: BTreeMap::new(),
            run_as: None,
            external: None,
            update: None,
            previous: None,
            moving: None,
            refused: Vec::new(),
            good_until: GoodUntil::default(),
            access: BTreeMap::new(),
        }
    }

    /// The consumer's login was taken back: it is no part of the node's configuration.
    pub fn is_revoked(&self, consumer: &str) -> bool {
        self.access.get(consumer).is_some_and(|access| access.revoked.is_some())
    }
}

/// A node that Freehold only watches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExternalNode {
    /// Host of its RPC.
    pub host: String,
    /// Port of its RPC.
    pub port: u16,
    /// RPC user; the password is kept as the secret `external`.
    pub user: Option<String>,
}

/// What runs, or ran: images and options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The image of each service.
    pub images: BTreeMap<ServiceName, ImageReference>,
    /// Options that differ from the defaults.
    pub options: BTreeMap<OptionId, String>,
    /// The nodes that it needed.
    #[serde(default)]
    pub needs: BTreeMap<String, NodeId>,
    /// Until when it is good.
    #[serde(default)]
    pub good_until: GoodUntil,
    /// When it was replaced.
    pub replaced: Timestamp,
}

/// An update that the user asked for, or allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingUpdate {
    /// The new images.
    pub images: BTreeMap<ServiceName, ImageReference>,
    /// On a way back: the version that is gone back to, whose options and needs count again with its images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_to: Option<Version>,
    /// Where it is.
    pub phase: UpdatePhase,
    /// The node was at the tip before, and is proven only when it is there again.
    pub was_ready: bool,
    /// Set by hand: this goes back to the version before.
    #[serde(default)]
    pub is_rollback: bool,
}

/// Where an update is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum UpdatePhase {
    /// The new images are fetched while the old version runs.
    Fetching,
    /// The new version runs and has to prove itself.
    Proving {
        /// Until when.
        until: Timestamp,
    },
}

/// A move of the data to another folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingMove {
    /// Where the data goes.
    pub to: PathBuf,
    /// Where it was; kept until the node has answered from the new place.
    pub from: PathBuf,
    /// Mounts that held data when the move was asked for: one that is missing later (a disk that is not there) is a
    /// fault, never an empty copy.
    #[serde(default)]
    pub mounts: Vec<String>,
    /// Folders that were mounted from elsewhere; they are copied and never erased.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub from_adopted: BTreeMap<String, PathBuf>,
    /// Where the move is.
    pub phase: MovePhase,
}

/// Where a move is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovePhase {
    /// Files are copied and checked; the node is stopped.
    Copying,
    /// The node runs from the new folder and has to answer.
    Proving,
    /// The old folder is erased.
    Erasing,
}
