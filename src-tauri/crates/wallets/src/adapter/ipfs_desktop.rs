//! IPFS Desktop: it runs a node of its own, unless its repository's folder has an `api` file and no repository; then it
//! shows and uses the node that this file names.
//!
//! Facts are from IPFS Desktop's `src/daemon`; where its `config.json` lies is not verified by us. The one rule: where there
//! is a repository, nothing is changed: it holds a key and data, and only its owner may move it away.

use std::path::Path;

use freehold_model::{Endpoint, Network, Protocol};

use super::ipfs_cli::{VERSION, api, put_back};
use super::json_keys::JsonDocument;
use super::json_mask::masked;
use super::keys::Document;
use super::login::check_fit;
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, NewContent, Restored, evm, multiaddr};
use crate::files::Files;
use crate::place::{Os, Places};
use crate::slot::{SETTINGS, Slot};

/// IPFS Desktop, its `config.json` and the `api` file.
#[derive(Debug)]
pub(super) struct IpfsDesktop;

/// The slot of the file that names the node.
const API: &str = "api";

/// The repository's folder that the program's own settings name, if they name one.
fn chosen_folder(files: &Files) -> Result<Option<String>, AdapterError> {
    let Some(bytes) = files.settings() else {
        return Ok(None);
    };
    let named = JsonDocument::parse(bytes)?.text("ipfsConfig/path")?;
    Ok(named.filter(|folder| !folder.trim().is_empty()))
}

/// Whether it uses the folder in which the `api` file is looked for.
fn uses_folder(files: &Files) -> Result<bool, AdapterError> {
    let folder = files.first(API).and_then(|held| held.path.parent());
    Ok(chosen_folder(files)?.is_none_or(|chosen| folder == Some(Path::new(&chosen))))
}

impl Adapter for IpfsDesktop {
    fn id(&self) -> &'static str {
        "ipfs-desktop"
    }

    fn name(&self) -> &'static str {
        "IPFS Desktop"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::IpfsHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "regtest"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        let settings = match places.os {
            Os::Linux => places.dir("XDG_CONFIG_HOME", ".config"),
            Os::MacOs => places.below("Library/Application Support"),
            Os::Windows => places.dir("APPDATA", "AppData/Roaming"),
        };
        let folder = places.dir("IPFS_PATH", ".ipfs");
        vec![
            Slot::settings(vec![settings.join("IPFS Desktop").join("config.json")]),
            Slot::named(API, vec![folder.join("api")]).created().whole(),
            Slot::named(VERSION, vec![folder.join("version")]),
        ]
    }

    fn processes(&self) -> &'static [&'static str] {
        &["ipfs-desktop", "IPFS Desktop"]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let mut current = CurrentEndpoint::default();
        if files.settings().is_none() {
            return Ok(current);
        }
        if !uses_folder(files)? || files.bytes(VERSION).is_some() {
            current
                .notes
                .push("It runs a node of its own on this machine.".to_owned());
            return Ok(current);
        }
        if let Some(bytes) = files.bytes(API) {
            current.endpoint = Some(multiaddr::read(bytes)?);
            current.is_explicit = network.as_str() == "mainnet";
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        evm::refuse_login(endpoint, "IPFS Desktop")?;
        files.bytes(SETTINGS).ok_or(AdapterError::Missing)?;
        if !uses_folder(files)? {
            return Err(AdapterError::Conflict {
                reason: "IPFS Desktop is set to a folder of its own choice (`ipfsConfig.path`), where Freehold writes nothing; \
                         choose the default folder in IPFS Desktop first"
                    .to_owned(),
            });
        }
        if files.bytes(VERSION).is_some() {
            return Err(AdapterError::Conflict {
                reason: "IPFS Desktop has a node of its own in ~/.ipfs, and uses another node only where there is none; close \
                         it, move that folder away (it holds your node's key and data) and try again"
                    .to_owned(),
            });
        }
        Ok(NewContent {
            files: vec![api(files, API, endpoint)?],
            notes: vec![
                "IPFS Desktop then shows your node and starts none of its own; the IPFS command line follows the same file."
                    .to_owned(),
                "The place of IPFS Desktop's settings is not verified by us.".to_owned(),
            ],
        })
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        Ok(put_back(file))
    }

    fn masked(&self, slot: &str, bytes: &[u8]) -> String {
        if slot == SETTINGS {
            masked(bytes)
        } else {
            String::from_utf8_lossy(bytes).into_owned()
        }
    }
}
