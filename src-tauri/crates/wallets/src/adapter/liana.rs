//! Liana: one `daemon.toml` for each wallet, and one `settings.json` for each network.
//!
//! Facts are from Liana's `lianad/src/config.rs` and `liana-gui/src/app/settings` at version 14. A node's address is
//! numbers and a port, never a name; login and cookie exclude each other, and so do Bitcoin Core and Electrum. The one
//! rule: where Liana runs a bitcoind of its own, `settings.json` changes together with `daemon.toml`, else it goes on
//! starting that one.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use freehold_model::{Endpoint, Network, NodeNeed, Protocol};
use serde_json::Value;

use super::address::{address, no_address, seen};
use super::json_keys::{Json, JsonDocument};
use super::keys::{Document, put_back, set};
use super::login::{check_fit, check_login};
use super::toml_keys::{Toml, TomlDocument, quoted};
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, Leftover, Login, NewContent, NewFile, Restored, SeenEndpoint,
    json_mask, toml_keys,
};
use crate::file::FileBytes;
use crate::files::{Files, HeldFile};
use crate::place::{Os, Places};
use crate::slot::{SETTINGS, Slot};

/// Liana.
#[derive(Debug)]
pub(super) struct Liana;

/// The slot of `settings.json`.
const WALLETS: &str = "wallets";

const CORE: &str = "bitcoind_config.addr";
const AUTH: &str = "bitcoind_config.auth";
const COOKIE: &str = "bitcoind_config.cookie_path";
const ELECTRUM: &str = "electrum_config.addr";
const VALIDATE: &str = "electrum_config.validate_domain";

/// What we may change in a wallet's file; it only makes sense together.
const GROUP: [&str; 5] = [CORE, AUTH, COOKIE, ELECTRUM, VALIDATE];

fn folder_of(network: &Network) -> &str {
    match network.as_str() {
        "mainnet" => "bitcoin",
        other => other,
    }
}

/// What `settings.json` says about one wallet.
struct Kept {
    /// Its makers' service is used in place of a node.
    is_remote: bool,
    /// Liana starts a bitcoind of its own for it.
    starts_own: bool,
    /// What tells it from others.
    checksum: Option<String>,
}

fn kept(bytes: &[u8]) -> Result<Vec<Kept>, AdapterError> {
    let document = JsonDocument::parse(bytes)?;
    let list = match document.value("wallets")? {
        Some(Value::Array(list)) => list,
        Some(Value::Null) | None => Vec::new(),
        Some(_) => return Err(document.wrong("wallets", "a list")),
    };
    let read = |wallet: &Value| Kept {
        is_remote: wallet.get("remote_backend_auth").is_some_and(|auth| !auth.is_null()),
        starts_own: wallet.get("start_internal_bitcoind") == Some(&Value::Bool(true)),
        checksum: wallet
            .get("descriptor_checksum")
            .and_then(Value::as_str)
            .map(str::to_owned),
    };
    Ok(list.iter().map(read).collect())
}

fn flag_of(index: usize) -> String {
    format!("wallets/{index}/start_internal_bitcoind")
}

/// The wallets' own files that exist.
fn daemons(files: &Files) -> impl Iterator<Item = (&HeldFile, &[u8])> {
    files
        .every(SETTINGS)
        .filter_map(|held| held.bytes.as_ref().map(|bytes| (held, bytes.as_slice())))
}

/// The node of one wallet.
fn node(document: &TomlDocument<'_>) -> Result<Option<SeenEndpoint>, AdapterError> {
    if let Some(written) = document.text(CORE)? {
        let at: SocketAddr = written.parse().map_err(|_| no_address(CORE, &written))?;
        let login = match (document.text(AUTH)?, document.text(COOKIE)?) {
            (Some(_), Some(_)) => {
                return Err(AdapterError::Conflict {
                    reason: "`auth` stands beside `cookie_path`, at which Liana stops; take one of them out first"
                        .to_owned(),
                });
            }
            (Some(_), None) => Login::Password,
            (None, _) => Login::Cookie,
        };
        return Ok(Some(seen(
            Protocol::BitcoinHttp,
            &at.ip().to_string(),
            at.port(),
            login,
        )));
    }
    let Some(written) = document.text(ELECTRUM)? else {
        return Ok(None);
    };
    let found = address(&written).ok_or_else(|| no_address(ELECTRUM, &written))?;
    let protocol = match found.scheme.as_str() {
        "ssl" => Protocol::ElectrumSsl,
        "" | "tcp" => Protocol::ElectrumTcp,
        _ => return Err(no_address(ELECTRUM, &written)),
    };
    let port = found.port.ok_or_else(|| no_address(ELECTRUM, &written))?;
    Ok(Some(seen(protocol, &found.host, port, Login::None)))
}

/// The service of Liana's makers.
fn connect(network: &Network) -> SeenEndpoint {
    let host = if network.as_str() == "signet" {
        "api.connect.signet.lianawallet.com"
    } else {
        "api.connect.lianawallet.com"
    };
    let mut endpoint = seen(Protocol::WebHttp, host, 443, Login::Password);
    endpoint.text = format!("https://{host}:443");
    endpoint
}

impl Adapter for Liana {
    fn id(&self) -> &'static str {
        "liana"
    }

    fn name(&self) -> &'static str {
        "Liana"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp, Protocol::ElectrumTcp, Protocol::ElectrumSsl]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "testnet4", "signet", "regtest"]
    }

    fn slots(&self, places: &Places, network: &Network) -> Vec<Slot> {
        let home = match places.os {
            Os::Linux => places.below(".liana"),
            Os::MacOs => places.below("Library/Application Support/Liana"),
            Os::Windows => places.dir("APPDATA", "AppData/Roaming").join("Liana"),
        };
        let folder = home.join(folder_of(network));
        // Since version 11 each wallet has a folder; before there was one wallet.
        let each = folder.join("data").join("*").join("daemon.toml");
        vec![
            Slot::settings(vec![each, folder.join("daemon.toml")]).every(),
            Slot::named(WALLETS, vec![folder.join("settings.json")]),
        ]
    }

    fn processes(&self) -> &'static [&'static str] {
        &["liana-gui", "lianad", "Liana"]
    }

    fn needs(&self, protocol: Protocol) -> &'static [NodeNeed] {
        match protocol {
            // It keeps a watch-only wallet in the node.
            Protocol::BitcoinHttp => &[NodeNeed::WalletFunctions],
            _ => &[],
        }
    }

    fn leftovers(&self, _files: &Files, _network: &Network) -> Vec<Leftover> {
        vec![Leftover {
            what: "prices".to_owned(),
            host: Some("mempool.space".to_owned()),
            off: None,
        }]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let mut current = CurrentEndpoint {
            is_explicit: true,
            ..CurrentEndpoint::default()
        };
        let mut all: Vec<SeenEndpoint> = Vec::new();
        for (_, bytes) in daemons(files) {
            let found = node(&TomlDocument::parse(bytes)?)?;
            all.extend(found.filter(|found| !all.contains(found)));
        }
        let kept = files.bytes(WALLETS).map(kept).transpose()?.unwrap_or_default();
        if kept.iter().any(|wallet| wallet.is_remote) {
            all.push(connect(network));
            current
                .notes
                .push("A wallet of Liana Connect asks the server of Liana's makers.".to_owned());
        }
        if kept.iter().any(|wallet| wallet.starts_own) {
            current
                .notes
                .push("Liana starts a bitcoind of its own for a wallet.".to_owned());
        }
        let mut all = all.into_iter();
        current.endpoint = all.next();
        current.others = all.collect();
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let settings = files
            .first(WALLETS)
            .and_then(|held| Some((held, held.bytes.as_ref()?.as_slice())));
        let kept = settings.map(|(_, bytes)| kept(bytes)).transpose()?.unwrap_or_default();
        let has_remote = kept.iter().any(|wallet| wallet.is_remote);
        if daemons(files).next().is_none() {
            return Err(if has_remote {
                AdapterError::Conflict {
                    reason: "the wallet is one of Liana Connect, which uses the server of Liana's makers and has no node to \
                             set; set the wallet up in Liana with a node of your own first"
                        .to_owned(),
                }
            } else {
                AdapterError::Missing
            });
        }
        let wanted = wanted(endpoint)?;
        let mut notes = Vec::new();
        let mut changed = Vec::new();
        for (held, bytes) in daemons(files) {
            let document = TomlDocument::parse(bytes)?;
            if !document.is_table("bitcoin_config") {
                return Err(AdapterError::Conflict {
                    reason: format!(
                        "`[bitcoin_config]` is missing in {}, without which Liana cannot read it",
                        held.path.display()
                    ),
                });
            }
            let now = node(&document)?;
            if endpoint.protocol == Protocol::BitcoinHttp
                && endpoint.credential.is_none()
                && now.as_ref().is_none_or(|now| now.protocol != Protocol::BitcoinHttp)
            {
                let reason = "Liana needs user and password of the node; none was given".to_owned();
                return Err(AdapterError::Endpoint { reason });
            }
            // An address that means the same stays in its spelling.
            let is_there = now.is_some_and(|now| now.protocol == endpoint.protocol && is_at(&now, endpoint));
            let wanted: Vec<(&str, Option<String>)> = wanted
                .iter()
                .filter(|(key, value)| !(is_there && value.is_some() && (*key == CORE || *key == ELECTRUM)))
                .cloned()
                .collect();
            let (after, keys) = set::<Toml>(bytes, &wanted)?;
            changed.push(NewFile {
                slot: SETTINGS,
                path: held.path.clone(),
                bytes: Some(FileBytes::new(after)),
                keys,
            });
        }
        if let Some((held, bytes)) = settings {
            let own = kept
                .iter()
                .enumerate()
                .filter(|(_, wallet)| wallet.starts_own && !wallet.is_remote);
            let flags: Vec<String> = own.map(|(index, _)| flag_of(index)).collect();
            let wanted: Vec<(&str, Option<String>)> = flags
                .iter()
                .map(|flag| (flag.as_str(), Some("false".to_owned())))
                .collect();
            let (after, keys) = set::<Json>(bytes, &wanted)?;
            if !flags.is_empty() {
                notes.push("Liana no longer starts a bitcoind of its own; what that has stored stays.".to_owned());
            }
            changed.push(NewFile {
                slot: WALLETS,
                path: held.path.clone(),
                bytes: Some(FileBytes::new(after)),
                keys,
            });
        }
        if changed.iter().filter(|file| file.slot == SETTINGS).count() > 1 {
            notes.push("Every wallet of Liana on this network is switched.".to_owned());
        }
        if has_remote {
            notes.push("A wallet of Liana Connect stays with the server of Liana's makers.".to_owned());
        }
        if endpoint.credential.is_none() && endpoint.protocol == Protocol::BitcoinHttp {
            notes.push("No login was given: the one that Liana uses now stays.".to_owned());
        }
        Ok(NewContent { files: changed, notes })
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        if file.slot == SETTINGS {
            return put_back::<Toml>(file, &[&GROUP]);
        }
        let (ours, now) = (kept(file.switched)?, kept(file.current)?);
        let order = |wallets: &[Kept]| wallets.iter().map(|wallet| wallet.checksum.clone()).collect::<Vec<_>>();
        if order(&ours) != order(&now) {
            // Wallets came or went, so a place in the list no longer says which one it is.
            return Ok(Restored {
                bytes: FileBytes::new(file.current.to_vec()),
                keys: Vec::new(),
                kept: vec!["start_internal_bitcoind".to_owned()],
            });
        }
        let flags: Vec<String> = (0..ours.len()).map(flag_of).collect();
        let flags: Vec<[&str; 1]> = flags.iter().map(|flag| [flag.as_str()]).collect();
        let groups: Vec<&[&str]> = flags.iter().map(<[&str; 1]>::as_slice).collect();
        put_back::<Json>(file, &groups)
    }

    fn masked(&self, slot: &str, bytes: &[u8]) -> String {
        if slot == WALLETS {
            json_mask::masked(bytes)
        } else {
            toml_keys::masked(bytes)
        }
    }
}

fn is_at(now: &SeenEndpoint, endpoint: &Endpoint) -> bool {
    let wanted = if endpoint.host.eq_ignore_ascii_case("localhost") {
        "127.0.0.1"
    } else {
        &endpoint.host
    };
    now.port == endpoint.port && now.host.eq_ignore_ascii_case(wanted)
}

/// The settings of a wallet's file for this endpoint.
fn wanted(endpoint: &Endpoint) -> Result<Vec<(&'static str, Option<String>)>, AdapterError> {
    if endpoint.protocol != Protocol::BitcoinHttp {
        let mut wanted: Vec<(&str, Option<String>)> = [CORE, AUTH, COOKIE].map(|key| (key, None)).into();
        wanted.push((ELECTRUM, Some(quoted(&endpoint.url()))));
        // A certificate that a server on this machine made itself is nobody's word.
        let validates = (endpoint.protocol == Protocol::ElectrumSsl).then(|| "false".to_owned());
        wanted.push((VALIDATE, validates));
        return Ok(wanted);
    }
    let host = match endpoint.host.parse::<IpAddr>() {
        Ok(host) => host,
        // Liana does not look up names.
        Err(_) if endpoint.host.eq_ignore_ascii_case("localhost") => IpAddr::V4(Ipv4Addr::LOCALHOST),
        Err(_) => {
            return Err(AdapterError::Endpoint {
                reason: "Liana takes an address in numbers, not a name".to_owned(),
            });
        }
    };
    let at = SocketAddr::new(host, endpoint.port);
    let mut wanted = vec![
        (ELECTRUM, None),
        (VALIDATE, None),
        (CORE, Some(quoted(&at.to_string()))),
    ];
    if let Some(credential) = &endpoint.credential {
        check_login(credential)?;
        let text = format!("{}:{}", credential.user, credential.password.expose());
        wanted.push((COOKIE, None));
        wanted.push((AUTH, Some(quoted(&text))));
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests;
