//! Specter Desktop: one JSON file for each node, and `config.json`, which names the one in use.
//!
//! Facts are from Specter's `node.py`, `managers/node_manager.py` and its extension Spectrum, and checked against the real
//! program. A node of Bitcoin Core gets a file of its own, named for Freehold; an Electrum server is put into the one
//! file that Spectrum has. The one rule: `config.json` and the node's file change together.

use freehold_model::{Endpoint, Network, NodeNeed, Protocol};
use serde_json::{Value, json};

use super::address::seen;
use super::json_keys::{Json, JsonDocument};
use super::keys::{Document, put_back, set};
use super::login::{check_fit, check_login};
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, KeyChange, Lock, Login, NewContent, NewFile, Override,
    Restored, SeenEndpoint, json_mask,
};
use crate::file::FileBytes;
use crate::files::{Files, HeldFile};
use crate::place::Places;
use crate::slot::{SETTINGS, Slot};

/// Specter Desktop.
#[derive(Debug)]
pub(super) struct Specter;

/// The port of its page.
const PORT: u16 = 25441;
/// The alias of our node, and the name of its file.
const OURS: &str = "freehold";
/// The slot of our node's file.
const NODE: &str = "node";
/// The slot of files that Specter itself makes for nodes.
const NODES: &str = "nodes";
/// The alias of the node of Spectrum, the extension that speaks Electrum.
const SPECTRUM: &str = "spectrum_node";
/// Aliases that Specter gives by itself; a node of another name is the user's, and its file is not opened.
const ALIASES: [&str; 4] = [SPECTRUM, "default", "bitcoin_core", "local_node"];
/// The setting that names the node in use.
const ACTIVE: &str = "active_node_alias";
/// What makes a file one of a Bitcoin Core node.
const CORE_CLASS: &str = "cryptoadvance.specter.node.Node";

fn alias_of(held: &HeldFile) -> Option<&str> {
    held.path.file_stem()?.to_str()
}

/// The file of the node with this alias.
fn node_file<'f>(files: &'f Files, alias: &str) -> Option<&'f HeldFile> {
    let mut nodes = files
        .all()
        .iter()
        .filter(|held| held.slot != SETTINGS && held.bytes.is_some());
    nodes.find(|held| alias_of(held) == Some(alias))
}

/// The port that Bitcoin Core listens at on `network`.
fn default_port(network: &Network) -> u16 {
    match network.as_str() {
        "testnet" => 18332,
        "testnet4" => 48332,
        "signet" => 38332,
        "regtest" => 18443,
        _ => 8332,
    }
}

fn number(document: &JsonDocument<'_>, key: &str) -> Result<Option<u16>, AdapterError> {
    let value = match document.value(key)? {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_u64().and_then(|number| u16::try_from(number).ok()),
    };
    value
        .filter(|port| *port > 0)
        .map(Some)
        .ok_or_else(|| document.wrong(key, "a port"))
}

/// The endpoint of a node's file, and what is to be said about it.
fn endpoint_in(document: &JsonDocument<'_>) -> Result<(Option<SeenEndpoint>, Option<String>), AdapterError> {
    let class = document.text("python_class")?.unwrap_or_else(|| CORE_CLASS.to_owned());
    let host = document.text("host")?;
    if class.ends_with(".SpectrumNode") {
        let is_ssl = document.flag("ssl")? == Some(true);
        let (protocol, port) = if is_ssl {
            (Protocol::ElectrumSsl, 50002)
        } else {
            (Protocol::ElectrumTcp, 50001)
        };
        let port = number(document, "port")?.unwrap_or(port);
        return Ok((host.map(|host| seen(protocol, &host, port, Login::None)), None));
    }
    if !class.ends_with(".Node") && !class.ends_with(".InternalNode") {
        return Ok((
            None,
            Some("The node in use is of a kind that Freehold does not know.".to_owned()),
        ));
    }
    let port = number(document, "port")?.unwrap_or(8332);
    let host = host.unwrap_or_else(|| "localhost".to_owned());
    // Where it looks for the node by itself, user and password come from that node's own files.
    let is_automatic = document.flag("autodetect")?.unwrap_or(true);
    let (login, note) = if is_automatic {
        let note = "Specter looks for a Bitcoin Core on this machine by itself and takes its login from there.";
        (Login::Cookie, Some(note.to_owned()))
    } else {
        (Login::Password, None)
    };
    let mut endpoint = seen(Protocol::BitcoinHttp, &host, port, login);
    if document.text("protocol")?.as_deref() == Some("https") {
        endpoint.text = endpoint.text.replace("bitcoin+http", "https");
    }
    Ok((Some(endpoint), note))
}

/// Python refuses a byte order mark in JSON.
fn refuse_mark(bytes: &[u8]) -> Result<(), AdapterError> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        let reason =
            "the file starts with a byte order mark, with which Specter cannot read it; save it without one first";
        return Err(AdapterError::Conflict {
            reason: reason.to_owned(),
        });
    }
    Ok(())
}

impl Adapter for Specter {
    fn id(&self) -> &'static str {
        "specter"
    }

    fn name(&self) -> &'static str {
        "Specter Desktop"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp, Protocol::ElectrumTcp, Protocol::ElectrumSsl]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "testnet4", "signet", "regtest"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        let folder = places.dir("SPECTER_DATA_FOLDER", ".specter");
        let node = |alias: &str| folder.join("nodes").join(format!("{alias}.json"));
        vec![
            Slot::settings(vec![folder.join("config.json")]),
            Slot::named(NODE, vec![node(OURS)]).created().whole(),
            Slot::named(NODES, ALIASES.iter().map(|alias| node(alias)).collect()).every(),
        ]
    }

    fn locks(&self, places: &Places, _network: &Network) -> Vec<Lock> {
        // The page of a Specter that uses another home is no evidence.
        if places.is_own_home {
            vec![Lock::Port(PORT)]
        } else {
            Vec::new()
        }
    }

    fn processes(&self) -> &'static [&'static str] {
        &["specter", "specterd"]
    }

    fn needs(&self, protocol: Protocol) -> &'static [NodeNeed] {
        match protocol {
            // It keeps its wallets as watch-only ones in the node.
            Protocol::BitcoinHttp => &[NodeNeed::WalletFunctions],
            _ => &[],
        }
    }

    fn overrides(&self) -> &'static [Override] {
        &[
            Override {
                variable: "BTC_RPC_HOST",
                effect: "names the node for a Specter that has no node file of its own",
            },
            Override {
                variable: "BTC_RPC_PORT",
                effect: "names the node's port for a Specter that has no node file of its own",
            },
            Override {
                variable: "ELM_RPC_HOST",
                effect: "names the node of Liquid for a Specter that has no node file of its own",
            },
        ]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let mut current = CurrentEndpoint {
            is_explicit: network.as_str() == "mainnet",
            ..CurrentEndpoint::default()
        };
        let Some(alias) = JsonDocument::parse(bytes)?.text(ACTIVE)? else {
            current.notes.push("No node is chosen in Specter.".to_owned());
            return Ok(current);
        };
        let Some(held) = node_file(files, &alias) else {
            current.notes.push(
                "The node that is chosen in Specter has a file of the user's own name, which Freehold does not open."
                    .to_owned(),
            );
            return Ok(current);
        };
        let document = JsonDocument::parse(held.bytes.as_ref().map(FileBytes::as_slice).unwrap_or_default())?;
        let (endpoint, note) = endpoint_in(&document)?;
        // The file does not say which network it is for; the port does, where it is that of one.
        let port = endpoint.as_ref().map(|endpoint| endpoint.port);
        let is_other = |name: &&&str| Network::try_new(**name).is_ok_and(|other| Some(default_port(&other)) == port);
        let named = self.networks().iter().find(is_other);
        current.is_explicit = named.copied().unwrap_or("mainnet") == network.as_str();
        current.endpoint = endpoint;
        current.notes.extend(note);
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        refuse_mark(before)?;
        JsonDocument::parse(before)?.text(ACTIVE)?;
        let mut notes = Vec::new();
        let (alias, node) = if endpoint.protocol == Protocol::BitcoinHttp {
            (OURS, core_node(files, endpoint, &mut notes)?)
        } else {
            (SPECTRUM, spectrum_node(files, endpoint)?)
        };
        let (after, keys) = set::<Json>(before, &[(ACTIVE, Some(Value::from(alias).to_string()))])?;
        notes.push("Specter uses one node for everything: wallets of another network are then not shown.".to_owned());
        let mut planned = NewContent::settings(files, after, keys, notes);
        planned.files.push(node);
        Ok(planned)
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        if file.slot == SETTINGS {
            put_back::<Json>(file, &[&[ACTIVE]])
        } else {
            put_back::<Json>(file, &[&["host", "port", "ssl"]])
        }
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        json_mask::masked(bytes)
    }
}

/// Our node's file, made or brought up to date.
fn core_node(files: &Files, endpoint: &Endpoint, notes: &mut Vec<String>) -> Result<NewFile, AdapterError> {
    let held = files.first(NODE).ok_or(AdapterError::Missing)?;
    let new = |bytes: Vec<u8>, keys: Vec<KeyChange>| NewFile {
        slot: NODE,
        path: held.path.clone(),
        bytes: Some(FileBytes::new(bytes)),
        keys,
    };
    let needs_login = || AdapterError::Endpoint {
        reason: "Specter needs user and password of the node; none was given".to_owned(),
    };
    let mut wanted: Vec<(&str, Option<String>)> = vec![
        ("python_class", Some(json!(CORE_CLASS).to_string())),
        ("name", Some(json!("Freehold").to_string())),
        ("alias", Some(json!(OURS).to_string())),
        ("autodetect", Some("false".to_owned())),
        ("datadir", Some("\"\"".to_owned())),
        ("user", None),
        ("password", None),
        ("port", Some(endpoint.port.to_string())),
        ("host", Some(json!(endpoint.host).to_string())),
        ("protocol", Some("\"http\"".to_owned())),
        ("node_type", Some("\"BTC\"".to_owned())),
    ];
    let existing = held.bytes.as_ref().map(FileBytes::as_slice);
    if let Some(credential) = &endpoint.credential {
        check_login(credential)?;
        for (key, value) in &mut wanted {
            match *key {
                "user" => *value = Some(json!(credential.user).to_string()),
                "password" => *value = Some(json!(credential.password.expose()).to_string()),
                _ => {}
            }
        }
    } else {
        let document = existing.map(JsonDocument::parse).transpose()?.ok_or_else(needs_login)?;
        if document.text("password")?.is_none_or(|password| password.is_empty()) {
            return Err(needs_login());
        }
        wanted.retain(|(key, _)| *key != "user" && *key != "password");
        notes.push("No login was given: the one in Freehold's node file stays.".to_owned());
    }
    let Some(existing) = existing else {
        let (bytes, keys) = set::<Json>(b"{}", &wanted)?;
        return Ok(new(bytes, keys));
    };
    refuse_mark(existing)?;
    let (bytes, keys) = set::<Json>(existing, &wanted)?;
    Ok(new(bytes, keys))
}

/// The file of Spectrum, pointed at another Electrum server.
fn spectrum_node(files: &Files, endpoint: &Endpoint) -> Result<NewFile, AdapterError> {
    let held = node_file(files, SPECTRUM).ok_or_else(|| AdapterError::Conflict {
        reason:
            "Specter has not used an Electrum server yet; choose one in Specter once, or switch it to a Bitcoin Core \
                 node"
                .to_owned(),
    })?;
    let bytes = held.bytes.as_ref().map(FileBytes::as_slice).unwrap_or_default();
    refuse_mark(bytes)?;
    let document = JsonDocument::parse(bytes)?;
    let class = document.text("python_class")?.unwrap_or_default();
    if !class.ends_with(".SpectrumNode") {
        return Err(AdapterError::UnknownValue {
            key: "python_class".into(),
            value: class.chars().take(60).collect(),
        });
    }
    let is_ssl = endpoint.protocol == Protocol::ElectrumSsl;
    let wanted = [
        ("host", Some(json!(endpoint.host).to_string())),
        ("port", Some(endpoint.port.to_string())),
        ("ssl", Some(is_ssl.to_string())),
    ];
    let (bytes, keys) = set::<Json>(bytes, &wanted)?;
    Ok(NewFile {
        slot: NODES,
        path: held.path.clone(),
        bytes: Some(FileBytes::new(bytes)),
        keys,
    })
}

#[cfg(test)]
mod tests;
