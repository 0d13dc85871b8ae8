//! What is kept about a node: the user's choices and what was decided once for it. Never its status.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{ClientId, DesiredState, ImageReference, Network, NodeId, OptionId, ServiceName, Timestamp};

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
}
