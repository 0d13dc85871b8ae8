//! Zingo PC, a Zcash wallet: one JSON file with the server and its chain.
//!
//! Facts are from Zingo PC 1.4.3 (October 2024); newer versions are not verified. `http` is plain gRPC and `https` is
//! TLS. The one rule: `serverselection` changes with the server, since with `auto` Zingo PC would overwrite it.

use freehold_model::{Endpoint, Network, Protocol};
use serde_json::Value;

use super::address::{address, no_address, seen};
use super::json_keys::{Json, JsonDocument};
use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, Lock, Login, NewContent, Restored, SeenEndpoint, json_mask,
};
use crate::files::Files;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// Zingo PC and its `settings.json`.
#[derive(Debug)]
pub(super) struct Zingo;

const SERVER: &str = "all/serveruri";
const CHAIN: &str = "all/serverchain_name";
const SELECTION: &str = "all/serverselection";

/// What people are told of a version that nobody has checked.
const NOT_VERIFIED: &str = "The settings of Zingo PC are known from its version 1.4.3; with a newer one check the server in \
                            its own settings after the switch.";

fn chain_of(network: &Network) -> &'static str {
    match network.as_str() {
        "testnet" => "test",
        "regtest" => "regtest",
        _ => "main",
    }
}

/// The value of a setting that is one of `known`.
fn known(document: &JsonDocument<'_>, key: &str, known: &[&'static str]) -> Result<Option<&'static str>, AdapterError> {
    let Some(written) = document.text(key)? else {
        return Ok(None);
    };
    let found = known.iter().find(|one| **one == written);
    found.copied().map(Some).ok_or_else(|| AdapterError::UnknownValue {
        key: key.to_owned(),
        value: written.chars().take(40).collect(),
    })
}

/// The chain and how the server is chosen.
fn state(document: &JsonDocument<'_>) -> Result<(&'static str, Option<&'static str>), AdapterError> {
    let chain = known(document, CHAIN, &["main", "test", "regtest"])?.unwrap_or("main");
    Ok((chain, known(document, SELECTION, &["auto", "list", "custom"])?))
}

fn server(written: &str) -> Result<SeenEndpoint, AdapterError> {
    let found = address(written).filter(|found| matches!(found.scheme.as_str(), "http" | "https"));
    let found = found.ok_or_else(|| no_address(SERVER, written))?;
    let port = found.port.unwrap_or(if found.scheme == "https" { 443 } else { 80 });
    let mut endpoint = seen(Protocol::LightwalletdHttp, &found.host, port, Login::None);
    if found.scheme == "https" {
        endpoint.text = endpoint.text.replace("lightwalletd+http", "https");
    }
    Ok(endpoint)
}

/// Candidates for its folder; which of them it is depends on the version.
fn folders(places: &Places) -> Vec<std::path::PathBuf> {
    let base = match places.os {
        Os::Linux => places.dir("XDG_CONFIG_HOME", ".config"),
        Os::MacOs => places.below("Library/Application Support"),
        Os::Windows => places.dir("APPDATA", "AppData/Roaming"),
    };
    vec![base.join("zingo-pc"), base.join("Zingo PC")]
}

impl Adapter for Zingo {
    fn id(&self) -> &'static str {
        "zingo"
    }

    fn name(&self) -> &'static str {
        "Zingo PC"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::LightwalletdHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "regtest"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        vec![Slot::settings(
            folders(places)
                .into_iter()
                .map(|folder| folder.join("settings.json"))
                .collect(),
        )]
    }

    fn locks(&self, places: &Places, _network: &Network) -> Vec<Lock> {
        folders(places)
            .into_iter()
            .map(|folder| Lock::PidLink(folder.join("SingletonLock")))
            .collect()
    }

    fn processes(&self) -> &'static [&'static str] {
        &["zingo-pc", "Zingo PC"]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let document = JsonDocument::parse(bytes)?;
        let (chain, selection) = state(&document)?;
        if chain != chain_of(network) {
            return Ok(CurrentEndpoint::default());
        }
        let mut current = CurrentEndpoint {
            is_explicit: true,
            notes: vec![NOT_VERIFIED.to_owned()],
            ..CurrentEndpoint::default()
        };
        match document.text(SERVER)?.filter(|_| selection != Some("auto")) {
            Some(written) => current.endpoint = Some(server(&written)?),
            None => current.leans_on = Some("public lightwalletd servers, zec.rocks first".to_owned()),
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let document = JsonDocument::parse(before)?;
        let (chain, _) = state(&document)?;
        if chain != chain_of(network) {
            return Err(AdapterError::Conflict {
                reason: format!(
                    "Zingo PC is set to the chain `{chain}`, and its wallet belongs to that; change the chain in its own \
                     settings first"
                ),
            });
        }
        let now = document.text(SERVER)?.and_then(|written| server(&written).ok());
        let mut wanted = Vec::new();
        if now.is_none_or(|now| now.text != endpoint.to_string()) {
            wanted.push((SERVER, Some(Value::from(endpoint.url()).to_string())));
        }
        wanted.push((CHAIN, Some(Value::from(chain).to_string())));
        wanted.push((SELECTION, Some("\"custom\"".to_owned())));
        let notes = vec![
            "Zingo PC talks to a lightwalletd server, never to a node itself.".to_owned(),
            NOT_VERIFIED.to_owned(),
        ];
        let (after, keys) = set::<Json>(before, &wanted)?;
        Ok(NewContent::settings(files, after, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        put_back::<Json>(file, &[&[SERVER, CHAIN, SELECTION]])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        json_mask::masked(bytes)
    }
}
