//! Wasabi Wallet 2: one JSON file for each network, rewritten whole by the program.
//!
//! Facts are from Wasabi's `Client/Configuration` at its versions 2.5.1, 2.7.2 and 2.8.1. Its settings changed twice, and a
//! file that it cannot read it gives up for its defaults. The one rule: only a schema that is known is edited, and no file
//! is ever made.

use freehold_model::{Endpoint, Network, NodeNeed, Protocol};
use serde_json::Value;

use super::address::{address, no_address, seen};
use super::json_keys::{Json, JsonDocument};
use super::keys::{Document, put_back, set};
use super::login::{check_fit, check_login};
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, Leftover, Lock, Login, NewContent, Override, Restored,
    SeenEndpoint, json_mask,
};
use crate::files::Files;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// Wasabi Wallet and its `Config.json`.
#[derive(Debug)]
pub(super) struct Wasabi;

/// What a file's version makes of the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Schema {
    /// 2.8 and later: an endpoint, or none.
    Rpc,
    /// 2.6 and 2.7: an endpoint that a flag switches on, else an indexer on the web.
    RpcOrIndexer,
    /// The time between 2.5 and 2.6: the same, with a name for each network.
    RpcOrBackend,
    /// Up to 2.5: a backend on the web, and a node by peer-to-peer only.
    Backend,
}

impl Schema {
    fn of(document: &JsonDocument<'_>) -> Result<Self, AdapterError> {
        let has = |name: &str| document.raw(name).map(|found| found.is_some());
        let version = document.value("ConfigVersion")?;
        let number = version.as_ref().and_then(Value::as_i64);
        if has("MainNetBackendUri")? && number.is_none_or(|number| number <= 2) {
            let has_rpc = has("UseBitcoinRpc")? || has("MainNetBitcoinRpcEndPoint")?;
            return Ok(if has_rpc { Self::RpcOrBackend } else { Self::Backend });
        }
        match number {
            Some(4) => Ok(Self::Rpc),
            Some(2) if has("BackendUri")? => Ok(Self::RpcOrIndexer),
            _ => Err(AdapterError::UnknownValue {
                key: "ConfigVersion".into(),
                value: version.map_or_else(
                    || "missing".into(),
                    |value| value.to_string().chars().take(20).collect(),
                ),
            }),
        }
    }

    /// The settings of the endpoint and of its login.
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Rpc | Self::RpcOrIndexer => ("BitcoinRpcEndPoint", "BitcoinRpcCredentialString"),
            Self::RpcOrBackend | Self::Backend => ("MainNetBitcoinRpcEndPoint", "MainNetBitcoinRpcCredentialString"),
        }
    }
}

/// The flag of 2.6 and 2.7.
const FLAG: &str = "UseBitcoinRpc";

/// Every setting that we may change; they only make sense together.
const GROUP: [&str; 5] = [
    FLAG,
    "BitcoinRpcEndPoint",
    "BitcoinRpcCredentialString",
    "MainNetBitcoinRpcEndPoint",
    "MainNetBitcoinRpcCredentialString",
];

/// Without one of these Wasabi 2.8 takes its file for broken.
const REQUIRED: [&str; 13] = [
    "CoordinatorUri",
    "UseTor",
    "TerminateTorOnExit",
    "TorBridges",
    "DownloadNewVersion",
    "JsonRpcServerEnabled",
    "JsonRpcUser",
    "JsonRpcPassword",
    "JsonRpcServerPrefixes",
    "DustThreshold",
    "EnableGpu",
    "CoordinatorIdentifier",
    "AbsoluteMinInputCount",
];

fn file_name(network: &Network) -> &'static str {
    match network.as_str() {
        "testnet4" => "Config.TestNet.json",
        "signet" => "Config.Signet.json",
        "regtest" => "Config.RegTest.json",
        _ => "Config.json",
    }
}

/// The folders in which it keeps its settings, its own one last.
fn folders(places: &Places) -> Vec<std::path::PathBuf> {
    let own = match places.os {
        Os::Linux | Os::MacOs => places.below(".walletwasabi/client"),
        Os::Windows => places
            .dir("APPDATA", "AppData/Roaming")
            .join("WalletWasabi")
            .join("Client"),
    };
    let moved = places.dir("WASABI_DATADIR", ".walletwasabi/client");
    if moved == own || places.os == Os::Windows && moved == places.below(".walletwasabi/client") {
        vec![own]
    } else {
        vec![moved, own]
    }
}

/// A server on the web that is not a node.
fn web(written: &str) -> Option<SeenEndpoint> {
    let found = address(written)?;
    let port = found.port.unwrap_or(if found.scheme == "https" { 443 } else { 80 });
    let mut endpoint = seen(Protocol::WebHttp, &found.host, port, Login::None);
    endpoint.text = endpoint.text.replace("web+http", &found.scheme);
    Some(endpoint)
}

/// The node that a file names; `None` where it names none.
fn node(document: &JsonDocument<'_>, schema: Schema) -> Result<Option<SeenEndpoint>, AdapterError> {
    let (key, login) = schema.keys();
    let is_on = schema == Schema::Rpc || document.flag(FLAG)? == Some(true);
    let written = document
        .text(key)?
        .filter(|written| !written.trim().is_empty() && is_on);
    let Some(written) = written else { return Ok(None) };
    let found = address(&written).filter(|found| matches!(found.scheme.as_str(), "" | "http" | "https"));
    let found = found.ok_or_else(|| no_address(key, &written))?;
    let port = found.port.unwrap_or(if found.scheme == "https" { 443 } else { 80 });
    let login = match document.text(login)?.as_deref() {
        Some(text) if text.contains(':') && !text.starts_with("cookiefile=") => Login::Password,
        Some(_) | None => Login::Cookie,
    };
    let mut endpoint = seen(Protocol::BitcoinHttp, &found.host, port, login);
    if found.scheme == "https" {
        endpoint.text = endpoint.text.replace("bitcoin+http", "https");
    }
    Ok(Some(endpoint))
}

impl Adapter for Wasabi {
    fn id(&self) -> &'static str {
        "wasabi"
    }

    fn name(&self) -> &'static str {
        "Wasabi"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet4", "signet", "regtest"]
    }

    fn slots(&self, places: &Places, network: &Network) -> Vec<Slot> {
        let file = |folder: std::path::PathBuf| folder.join(file_name(network));
        vec![Slot::settings(folders(places).into_iter().map(file).collect())]
    }

    fn locks(&self, places: &Places, _network: &Network) -> Vec<Lock> {
        let lock = |folder: std::path::PathBuf| Lock::PidFile(folder.join(".wasabi-lock"));
        folders(places).into_iter().map(lock).collect()
    }

    fn processes(&self) -> &'static [&'static str] {
        &["wassabee", "wassabeed"]
    }

    fn needs(&self, _protocol: Protocol) -> &'static [NodeNeed] {
        // Without them it goes on asking peers for filters.
        &[NodeNeed::BlockFilters]
    }

    fn overrides(&self) -> &'static [Override] {
        &[
            Override {
                variable: "WASABI_BITCOINRPCENDPOINT",
                effect: "beats the endpoint in Wasabi's settings",
            },
            Override {
                variable: "WASABI_BITCOINRPCCREDENTIALSTRING",
                effect: "beats the login in Wasabi's settings",
            },
            Override {
                variable: "WASABI_USEBITCOINRPC",
                effect: "decides in Wasabi's place whether it uses a node",
            },
        ]
    }

    fn leftovers(&self, files: &Files, _network: &Network) -> Vec<Leftover> {
        let Some(document) = files.settings().and_then(|bytes| JsonDocument::parse(bytes).ok()) else {
            return Vec::new();
        };
        let mut left = Vec::new();
        for (what, key, default) in [
            ("exchange rates", "ExchangeRateProvider", "MempoolSpace"),
            (
                "fee rates where the node has none",
                "FeeRateEstimationProvider",
                "BlockstreamInfo",
            ),
            (
                "sending a transaction where no peer takes it",
                "ExternalTransactionBroadcaster",
                "MempoolSpace",
            ),
        ] {
            let provider = document.text(key).ok().flatten().unwrap_or_else(|| default.to_owned());
            if provider.eq_ignore_ascii_case("none") {
                continue;
            }
            let host = match provider.to_ascii_lowercase().as_str() {
                "mempoolspace" => Some("mempool.space".to_owned()),
                "blockstreaminfo" => Some("blockstream.info".to_owned()),
                _ => None,
            };
            let can_be_off = key != "ExternalTransactionBroadcaster";
            left.push(Leftover {
                what: what.to_owned(),
                host,
                off: can_be_off.then(|| format!("choose `None` for it in Wasabi's settings (`{key}`)")),
            });
        }
        let coordinator = document.text("CoordinatorUri").ok().flatten();
        if let Some(found) = coordinator.as_deref().and_then(address) {
            left.push(Leftover {
                what: "coinjoins, by the coordinator that is set".to_owned(),
                host: Some(found.host),
                off: Some("take the coordinator out of Wasabi's settings".to_owned()),
            });
        }
        left
    }

    fn inspect(&self, files: &Files, _network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let document = JsonDocument::parse(bytes)?;
        let schema = Schema::of(&document)?;
        let mut current = CurrentEndpoint {
            endpoint: node(&document, schema)?,
            is_explicit: true,
            ..CurrentEndpoint::default()
        };
        let indexer = match schema {
            Schema::Rpc => None,
            Schema::RpcOrIndexer => document.text("BackendUri")?,
            Schema::RpcOrBackend | Schema::Backend => document.text("MainNetBackendUri")?,
        };
        let indexer = indexer.as_deref().and_then(web);
        match (&current.endpoint, schema) {
            (Some(_), _) => current.others.extend(indexer),
            (None, Schema::Rpc) => current.notes.push(
                "No node is set: Wasabi asks peers of the Bitcoin network for block filters and blocks.".to_owned(),
            ),
            (None, _) => current.endpoint = indexer,
        }
        if schema == Schema::Backend {
            current
                .notes
                .push("This file is of Wasabi 2.5 or older, whose server has been closed.".to_owned());
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let document = JsonDocument::parse(before)?;
        let schema = Schema::of(&document)?;
        if schema == Schema::Backend {
            return Err(AdapterError::Conflict {
                reason:
                    "this file is of Wasabi 2.5 or older, which uses a node by peer-to-peer only; install Wasabi 2.8 \
                         or newer and start it once"
                        .to_owned(),
            });
        }
        let missing = REQUIRED
            .iter()
            .find(|key| document.raw(key).is_ok_and(|found| found.is_none()));
        if let Some(missing) = missing.filter(|_| schema == Schema::Rpc) {
            return Err(AdapterError::Conflict {
                reason: format!(
                    "`{missing}` is missing, without which Wasabi cannot read its settings; start Wasabi once, so that \
                     it writes them anew"
                ),
            });
        }
        let (key, login) = schema.keys();
        let is_there = node(&document, schema)
            .ok()
            .flatten()
            .is_some_and(|found| found.text == endpoint.to_string() && found.port == endpoint.port);
        let mut wanted = Vec::new();
        if schema != Schema::Rpc {
            wanted.push((FLAG, Some("true".to_owned())));
        }
        if !is_there {
            let written = if schema == Schema::RpcOrBackend {
                endpoint.authority()
            } else {
                endpoint.url()
            };
            wanted.push((key, Some(Value::from(written).to_string())));
        }
        let mut notes = Vec::new();
        match &endpoint.credential {
            Some(credential) => {
                check_login(credential)?;
                let password = credential.password.expose();
                if credential.user.contains([';', '=']) || password.contains([';', ':']) {
                    return Err(AdapterError::Endpoint {
                        reason: "user or password contains `;`, `:` or `=`, which mean something else in Wasabi's \
                                 settings"
                            .to_owned(),
                    });
                }
                let text = format!("{}:{password}", credential.user);
                wanted.push((login, Some(Value::from(text).to_string())));
            }
            None => notes.push("No login was given: the one that Wasabi uses now stays.".to_owned()),
        }
        notes.push("Wasabi uses the node when it is started again.".to_owned());
        notes.push(
            "Without block filters on the node Wasabi goes on asking peers of the Bitcoin network for them.".to_owned(),
        );
        let (after, keys) = set::<Json>(before, &wanted)?;
        Ok(NewContent::settings(files, after, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        put_back::<Json>(file, &[&GROUP])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        json_mask::masked(bytes)
    }
}

#[cfg(test)]
mod tests;
