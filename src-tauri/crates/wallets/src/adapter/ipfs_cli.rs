//! The command line of IPFS (Kubo): `api` in the repository's folder, one address, by which it finds a running daemon.
//!
//! Facts are from Kubo's `repo/fsrepo` and `cmd/ipfs`: no repository has to be there for that file to count; a local daemon
//! writes it at its start and takes it away at its end. The one rule: while a local daemon holds the repository, the file is
//! its own.

use freehold_model::{Endpoint, Network, Protocol};

use super::login::check_fit;
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, KeyChange, Lock, NewContent, NewFile, Override, Restored, evm,
    multiaddr,
};
use crate::file::FileBytes;
use crate::files::Files;
use crate::place::Places;
use crate::slot::{SETTINGS, Slot};

/// Kubo's command line and its `api` file.
#[derive(Debug)]
pub(super) struct IpfsCli;

/// The slot of a file that every repository has and that holds nothing but a number: it tells that there is one.
pub(super) const VERSION: &str = "version";

/// What both programs write into an `api` file.
pub(super) fn api(files: &Files, slot: &'static str, endpoint: &Endpoint) -> Result<NewFile, AdapterError> {
    let held = files.first(slot).ok_or(AdapterError::Missing)?;
    let now = held
        .bytes
        .as_ref()
        .map(|bytes| multiaddr::read(bytes.as_slice()))
        .transpose()?;
    let wanted = multiaddr::written(endpoint);
    let is_same = now.as_ref().is_some_and(|now| now.text == endpoint.to_string());
    Ok(NewFile {
        slot,
        path: held.path.clone(),
        bytes: if is_same {
            held.bytes.clone()
        } else {
            Some(FileBytes::new(wanted.clone().into_bytes()))
        },
        keys: if is_same {
            Vec::new()
        } else {
            vec![KeyChange {
                key: "api".to_owned(),
                before: now.map(|now| now.text),
                after: Some(wanted),
                secret: false,
            }]
        },
    })
}

/// The whole file is the setting: what somebody else wrote stays.
pub(super) fn put_back(file: &ChangedFile<'_>) -> Restored {
    let is_ours = file.current.trim_ascii() == file.switched.trim_ascii();
    let bytes = match file.original {
        Some(original) if is_ours => original,
        Some(_) | None => file.current,
    };
    Restored {
        bytes: FileBytes::new(bytes.to_vec()),
        keys: Vec::new(),
        kept: if is_ours { Vec::new() } else { vec!["api".to_owned()] },
    }
}

impl Adapter for IpfsCli {
    fn id(&self) -> &'static str {
        "ipfs-cli"
    }

    fn name(&self) -> &'static str {
        "IPFS command line"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::IpfsHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "regtest"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        let folder = places.dir("IPFS_PATH", ".ipfs");
        vec![
            Slot::settings(vec![folder.join("api")]).created().whole(),
            Slot::named(VERSION, vec![folder.join("version")]),
        ]
    }

    fn locks(&self, places: &Places, _network: &Network) -> Vec<Lock> {
        vec![Lock::File(places.dir("IPFS_PATH", ".ipfs").join("repo.lock"))]
    }

    fn overrides(&self) -> &'static [Override] {
        &[Override {
            variable: "IPFS_PATH",
            effect: "names the folder of this file; a program that is started without it uses ~/.ipfs",
        }]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        Ok(CurrentEndpoint {
            endpoint: Some(multiaddr::read(bytes)?),
            is_explicit: network.as_str() == "mainnet",
            ..CurrentEndpoint::default()
        })
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        evm::refuse_login(endpoint, "the IPFS command line")?;
        let mut notes = Vec::new();
        if files.bytes(VERSION).is_some() {
            notes.push(
                "There is a repository of your own in this folder: when you start its daemon, that writes its own address \
                 into this file."
                    .to_owned(),
            );
        }
        Ok(NewContent {
            files: vec![api(files, SETTINGS, endpoint)?],
            notes,
        })
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        Ok(put_back(file))
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).into_owned()
    }
}
