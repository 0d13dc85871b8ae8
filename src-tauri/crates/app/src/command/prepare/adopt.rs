//! Chain data that is there already: recognised by the catalog's markers, used where it is.

use std::path::{Path, PathBuf};

use freehold_engine::Engine;
use freehold_model::spec::{MountSpec, NetworkSpec, NodeSpec};
use freehold_model::{FaultCode, Finding, Severity};

use super::Folders;
use super::structure::Planned;
use crate::App;

/// A folder that is to be used where it is.
pub(super) struct Adopted {
    pub(super) folders: Folders,
    pub(super) run_as: Option<(u32, u32)>,
}

impl App {
    /// Looks at the folder that the user wants to go on with.
    pub(super) fn find_adopted(
        &self,
        planned: &Planned,
        spec: &NodeSpec,
        engine: Option<&Engine>,
        findings: &mut Vec<Finding>,
    ) -> Option<Adopted> {
        let folder = planned.adopt.as_ref()?;
        let mut refuse = |code: FaultCode, message: String, hint: Option<&str>| {
            findings.push(Finding {
                severity: Severity::Blocker,
                check: "adopt".to_owned(),
                message,
                hint: hint.map(str::to_owned),
                fault: Some(code),
            });
            None
        };
        let network = spec.network(&planned.network);
        let Some(mount) = network.and_then(|network| mount_with_markers(spec, network, folder)) else {
            let message = format!(
                "{} does not look like the data of {} on {}.",
                folder.display(),
                spec.name,
                planned.network
            );
            return refuse(
                FaultCode::DataDirUnusable,
                message,
                Some("Name the data folder itself, for example `~/.bitcoin`."),
            );
        };
        if let Some(user) = self.user_of_mount(folder) {
            let message = format!("{} belongs to the node {user}.", folder.display());
            return refuse(FaultCode::DataDirInUse, message, None);
        }
        if let Some(owner) = freehold_host::opened_by(folder) {
            let message = format!(
                "{} is in use by {owner}. Two nodes on one folder would destroy it.",
                folder.display()
            );
            return refuse(FaultCode::DataDirInUse, message, Some("Stop that program first."));
        }
        if engine.is_some_and(|engine| !engine.facts().shares_machine) {
            return refuse(
                FaultCode::NotSupported,
                "The engine runs in a virtual machine, where a chain's database in a folder of this machine is not safe.".to_owned(),
                None,
            );
        }
        let run_as = match owner_of(folder) {
            Some((0, _)) if self.0.config.uid == 0 => {
                let message = format!("{} belongs to root, and no container runs as root.", folder.display());
                return refuse(
                    FaultCode::DataDirOwner,
                    message,
                    Some("Give it to an ordinary user: `sudo chown -R 1000:1000 FOLDER`."),
                );
            }
            Some(owner) if self.0.config.uid == 0 => Some(owner),
            Some((uid, _)) if uid != self.0.config.uid => {
                let message = format!("{} belongs to user {uid}; the node would run as you.", folder.display());
                return refuse(
                    FaultCode::DataDirOwner,
                    message,
                    Some("Give it to yourself with `sudo chown -R`."),
                );
            }
            _ => None,
        };
        Some(Adopted {
            folders: [(mount.name.clone(), folder.clone())].into(),
            run_as,
        })
    }
}

/// The mount whose markers for a network are in the folder.
fn mount_with_markers<'a>(spec: &'a NodeSpec, network: &NetworkSpec, folder: &Path) -> Option<&'a MountSpec> {
    let below = |path: &str, subfolder: &str| !subfolder.is_empty() && Path::new(path).starts_with(subfolder);
    // A marker may be named as it lies for one network (`regtest/chainstate`): it tells nothing about the others.
    let network_of = |marker: &str| {
        spec.networks
            .iter()
            .find(|network| below(marker, &network.data_subfolder))
    };
    let is_there = |marker: &String| match network_of(marker) {
        Some(named) => named.id == network.id && folder.join(marker).exists(),
        None => folder.join(&network.data_subfolder).join(marker).exists(),
    };
    let mut mounts = spec.services.iter().flat_map(|service| &service.mounts);
    mounts.find(|mount| mount.markers.iter().any(is_there))
}

/// Whether a folder looks like the data of a client, and on which network.
pub(crate) fn markers_in(spec: &NodeSpec, folder: &Path) -> Option<String> {
    let mut networks = spec.networks.iter();
    let network = networks.find(|network| mount_with_markers(spec, network, folder).is_some());
    network.map(|network| network.id.to_string())
}

#[cfg(unix)]
fn owner_of(folder: &PathBuf) -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::metadata(folder).ok()?;
    Some((found.uid(), found.gid()))
}

#[cfg(not(unix))]
fn owner_of(_: &PathBuf) -> Option<(u32, u32)> {
    None
}
