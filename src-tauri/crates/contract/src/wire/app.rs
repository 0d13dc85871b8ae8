//! The application as a whole: snapshot, events, engine, settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ActivityEntry, CatalogListing, EngineGuide, EngineSetup, FaultView, MachineView, NodeUsage, NodeView};

/// A request without fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Empty {}

/// Names a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FolderRequest {
    /// Absolute path.
    pub folder: String,
}

/// Everything a window needs at start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AppSnapshot {
    /// Number of the last event that this snapshot includes; the next event is one higher.
    pub revision: u64,
    /// Freehold's version.
    pub version: String,
    /// The container engine.
    pub engine: EngineView,
    /// Every node.
    pub nodes: Vec<NodeView>,
    /// The catalog.
    pub catalog: CatalogListing,
    /// This machine.
    pub machine: MachineView,
    /// Things the user should know, such as a settings file that was set aside.
    pub notices: Vec<Notice>,
    /// The settings.
    pub settings: SettingsView,
    /// Freehold's own folder.
    pub data_dir: String,
    /// The home in which wallets are looked for.
    pub home: String,
    /// Every host that Freehold or the engine on its behalf contacts, and why.
    pub outbound: Vec<OutboundHost>,
}

/// Something that changed, numbered without gaps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AppEvent {
    /// One higher than the event before. On a gap, ask for the snapshot again.
    pub revision: u64,
    /// What changed.
    pub change: Change,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A node appeared or changed.
    Node {
        /// The node as it is now.
        node: Box<NodeView>,
    },
    /// A node is gone.
    NodeGone {
        /// Its id.
        id: String,
    },
    /// The engine came, went or changed.
    Engine {
        /// The engine as it is now.
        engine: Box<EngineView>,
    },
    /// What is being used, about once a second while somebody watches.
    Usage {
        /// This machine.
        machine: MachineView,
        /// Every running node.
        nodes: Vec<NodeUsage>,
    },
    /// Freehold did something.
    Activity {
        /// What.
        entry: ActivityEntry,
    },
    /// Something that the user may want to be told about outside the window.
    Notification {
        /// What.
        notification: Notification,
    },
    /// A wallet's settings changed.
    Wallets {},
    /// Settings changed.
    Settings {
        /// The settings now.
        settings: SettingsView,
    },
}

/// Something that the user may want to be told about outside the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Notification {
    /// `synced`, `stalled`, `crashed`, `disk`, `update` or `expiring`.
    pub topic: String,
    /// The node it is about, if any.
    pub node: Option<String>,
    /// A few words.
    pub title: String,
    /// One sentence.
    pub body: String,
    /// Shown on the desktop with the present settings.
    pub on_desktop: bool,
}

/// The container engine as seen now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EngineView {
    /// Whether it answers.
    pub state: EngineState,
    /// `docker` or `podman`, once known.
    pub kind: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// API version spoken.
    pub api_version: Option<String>,
    /// Where it is, for example `unix:///var/run/docker.sock`.
    pub address: Option<String>,
    /// Runs without root.
    pub rootless: bool,
    /// Shares this machine (no virtual machine between).
    pub shares_machine: bool,
    /// Why it does not answer.
    pub fault: Option<FaultView>,
    /// How to get one on this system, when there is none.
    pub guide: Option<EngineGuide>,
    /// The commands that Freehold runs, or has last run, to get one.
    pub setup: Option<EngineSetup>,
    /// Where Freehold looked, in order.
    pub looked_at: Vec<EngineCandidate>,
}

/// Whether the engine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EngineState {
    /// Being looked for.
    Looking,
    /// Answers.
    Connected,
    /// Was there and does not answer now, or was never found; see the fault.
    Down,
}

/// A place where an engine may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EngineCandidate {
    /// Address.
    pub address: String,
    /// Why it was tried.
    pub origin: String,
}

/// Something the user should know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Notice {
    /// Stable id.
    pub id: String,
    /// What it is about.
    pub fault: FaultView,
}

/// A host that is contacted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutboundHost {
    /// Host name.
    pub host: String,
    /// What for.
    pub purpose: String,
    /// Who contacts it: `engine`, `node`, `freehold`.
    pub by: String,
}

/// Settings that the user may change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SettingsView {
    /// Light, dark or as the system.
    pub theme: Theme,
    /// Language of the window, or as the system.
    #[serde(default)]
    pub language: Language,
    /// Folder for the chain data of new nodes; empty: inside Freehold's folder.
    pub chain_data_dir: String,
    /// `ask`, `keep` or `stop`: what happens to running nodes when Freehold quits.
    pub on_quit: String,
    /// Engine address to use instead of looking; empty: look.
    pub engine: String,
    /// Which notifications are shown on the desktop: `important` (crashed, disk, expiring), `all` or `none`.
    #[serde(default = "important")]
    pub notifications: String,
}

fn important() -> String {
    "important".to_owned()
}

/// Colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Language of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// As the system.
    #[default]
    System,
    /// English.
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
    /// French.
    Fr,
    /// Japanese.
    Ja,
}
