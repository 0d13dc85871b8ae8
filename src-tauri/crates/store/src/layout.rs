//! Where everything is inside Freehold's folder. Paths are made here and nowhere else.

use std::path::{Path, PathBuf};

use freehold_model::NodeId;

/// The folder and the names in it.
#[derive(Debug, Clone)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The layout of the folder `root`, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Held by the one process that owns the folder; its text is that process's id.
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// Where the owner listens for the command line and further windows (mode 0600).
    pub fn control_socket(&self) -> PathBuf {
        self.root.join("control.sock")
    }

    /// The database: node records and what was done.
    pub fn database(&self) -> PathBuf {
        self.root.join("freehold.db")
    }

    /// The settings that differ from the defaults.
    pub fn settings(&self) -> PathBuf {
        self.root.join("settings.toml")
    }

    /// The id that the labels of this folder's containers carry.
    pub fn instance(&self) -> PathBuf {
        self.root.join("instance")
    }

    /// Address of the engine that holds this folder's nodes.
    pub fn engine(&self) -> PathBuf {
        self.root.join("engine")
    }

    /// Passwords of one node (folder 0700, files 0600).
    pub fn secrets(&self, node: &NodeId) -> PathBuf {
        self.all_secrets().join(node.as_str())
    }

    /// Passwords of every node, each in a folder of its own.
    pub fn all_secrets(&self) -> PathBuf {
        self.root.join("secrets")
    }

    /// Files that were written for a node's containers, secrets among them (folder 0700, files 0600).
    pub fn container_files(&self, node: &NodeId) -> PathBuf {
        self.root.join("files").join(node.as_str())
    }

    /// Backups of wallet files; stands alone without the database.
    pub fn wallet_journal(&self) -> PathBuf {
        self.root.join("wallet-journal")
    }

    /// Changes of wallets that are made when these close.
    pub fn waiting_wallets(&self) -> PathBuf {
        self.root.join("waiting-wallets.json")
    }

    /// When each node was last asked by whom, and what is wrong with wallets that were switched.
    pub fn wallet_use(&self) -> PathBuf {
        self.root.join("wallet-use.json")
    }

    /// Freehold's own log files.
    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// Chain data of a node, unless the user chose another place.
    pub fn chain_data(&self, node: &NodeId) -> PathBuf {
        self.chains().join(node.as_str())
    }

    /// The folder of every node's chain data, unless the user chose another place.
    pub fn chains(&self) -> PathBuf {
        self.root.join("nodes")
    }

    /// What the commands print that get a container engine; kept until the next ones.
    pub fn engine_setup_log(&self) -> PathBuf {
        self.run().join("engine-setup.log")
    }

    /// Sockets of helpers that Freehold itself started (Podman's API service).
    pub fn run(&self) -> PathBuf {
        self.root.join("run")
    }
}
