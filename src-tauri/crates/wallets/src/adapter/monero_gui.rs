//! Monero GUI: one `monero-core.conf` of `QSettings` for all networks, its nodes a list of JSON inside one text.
//!
//! Our node is added to the list and chosen; the others stay. In its simple modes the program switches remote nodes off at
//! every start, so these are left with it. Facts are from `main.qml` and `MoneroSettings.cpp`. On macOS and Windows the
//! settings are in no file. The one rule: the list must be one that the program itself can read, else nothing is done.

use freehold_model::{Endpoint, Network, Protocol};

use super::address::{address, no_address, seen};
use super::keys::{Document, set};
use super::login::{check_fit, check_login};
use super::qsettings_keys::{Ini, IniDocument, flag, masked, text, unverified};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Leftover, Login, NewContent, Restored, SeenEndpoint};
use crate::files::Files;
use crate::locality::{Locality, locality};
use crate::place::{Os, Places};
use crate::slot::Slot;
use nodes::Nodes;

mod nodes;

/// Monero GUI and its `monero-core.conf`.
#[derive(Debug)]
pub(super) struct MoneroGui;

/// Uses the chosen node of the list instead of one that the program starts.
const REMOTE: &str = "useRemoteNode";
/// The list.
const NODES: &str = "remoteNodesSerialized";
/// 0 and 1 are simple modes, 2 is the one with nodes of the user's choice.
const MODE: &str = "walletMode";
const ADVANCED: i64 = 2;

/// The network that the program uses.
fn network_of(document: &IniDocument<'_>) -> Result<&'static str, AdapterError> {
    match document.number("nettype")? {
        None | Some(0) => Ok("mainnet"),
        Some(1) => Ok("testnet"),
        Some(2) => Ok("stagenet"),
        Some(other) => Err(AdapterError::UnknownValue {
            key: "nettype".into(),
            value: other.to_string(),
        }),
    }
}

/// The port of a node's RPC where none is written.
fn default_port(network: &str) -> u16 {
    match network {
        "testnet" => 28081,
        "stagenet" => 38081,
        _ => 18081,
    }
}

/// The mode; refuses one that is not known.
fn mode(document: &IniDocument<'_>) -> Result<i64, AdapterError> {
    match document.number(MODE)?.unwrap_or(ADVANCED) {
        known @ 0..=ADVANCED => Ok(known),
        other => Err(AdapterError::UnknownValue {
            key: MODE.into(),
            value: other.to_string(),
        }),
    }
}

/// The node at an address as the program writes it.
fn server(written: &str, network: &str, login: Login) -> Result<SeenEndpoint, AdapterError> {
    match address(written) {
        Some(found) => {
            let port = found.port.unwrap_or(default_port(network));
            Ok(seen(Protocol::MoneroHttp, &found.host, port, login))
        }
        None => Err(no_address(NODES, written)),
    }
}

impl Adapter for MoneroGui {
    fn id(&self) -> &'static str {
        "monero-gui"
    }

    fn name(&self) -> &'static str {
        "Monero GUI"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::MoneroHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "stagenet"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        match places.os {
            Os::Linux => vec![Slot::settings(vec![
                // Tails keeps it where it survives.
                places.below("Persistent/Monero/monero-core.conf"),
                places.below(".var/app/org.getmonero.Monero/config/monero-project/monero-core.conf"),
                places
                    .dir("XDG_CONFIG_HOME", ".config")
                    .join("monero-project")
                    .join("monero-core.conf"),
            ])],
            // A property list that the system keeps in memory, and the registry.
            Os::MacOs | Os::Windows => Vec::new(),
        }
    }

    fn processes(&self) -> &'static [&'static str] {
        &["monero-wallet-gui"]
    }

    fn leftovers(&self, files: &Files, _network: &Network) -> Vec<Leftover> {
        let Some(Ok(document)) = files.settings().map(IniDocument::parse) else {
            return Vec::new();
        };
        let is_on = |key: &str| matches!(document.flag(key), Ok(Some(true)));
        let mut found = Vec::new();
        if is_on("fiatPriceEnabled") {
            let provider = document.text("fiatPriceProvider").ok().flatten();
            found.push(Leftover {
                what: provider.map_or("exchange rates".into(), |provider| {
                    format!("exchange rates ({provider})")
                }),
                host: None,
                off: Some("Settings, Interface: no price conversion".into()),
            });
        }
        if is_on("checkForUpdates") {
            found.push(Leftover {
                what: "new versions".into(),
                host: None,
                off: Some("Settings, Interface: no check for updates".into()),
            });
        }
        found
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let mut current = CurrentEndpoint::default();
        let Some(bytes) = files.settings() else {
            return Ok(current);
        };
        let document = IniDocument::parse(bytes)?;
        let used = network_of(&document)?;
        if used != network.as_str() {
            current.notes.push(format!("Monero GUI is set to {used}."));
            return Ok(current);
        }
        current.is_explicit = true;
        current.notes.extend(unverified(files));
        let nodes = Nodes::read(&document)?;
        if mode(&document)? < ADVANCED {
            current.leans_on = Some("strangers' Monero nodes".into());
            current.notes.push(
                "Monero GUI is in a simple mode: it asks nodes of strangers until a node of its own has caught up."
                    .into(),
            );
        } else if document.flag(REMOTE)? == Some(true) {
            match nodes.selected() {
                Some(node) => {
                    let login = if node.has_login() { Login::Password } else { Login::None };
                    current.endpoint = Some(server(node.address(), used, login)?);
                }
                None => current
                    .notes
                    .push("Monero GUI is set to use a remote node, and none is chosen.".into()),
            }
        } else {
            current.endpoint = Some(seen(Protocol::MoneroHttp, "localhost", default_port(used), Login::None));
            current
                .notes
                .push("Monero GUI uses a node on this machine, and starts one itself if there is none.".into());
            match document.text("bootstrapNodeAddress")?.as_deref() {
                None | Some("") => {}
                Some("auto") => {
                    current.leans_on = Some("strangers' Monero nodes".into());
                    current
                        .notes
                        .push("Until its node has caught up it asks nodes of strangers.".into());
                }
                Some(address) => current.others.push(server(address, used, Login::None)?),
            }
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let document = IniDocument::parse(before)?;
        let used = network_of(&document)?;
        if used != network.as_str() {
            return Err(AdapterError::Conflict {
                reason: format!("Monero GUI is set to {used}; choose {network} in its settings first"),
            });
        }
        if let Some(credential) = &endpoint.credential {
            check_login(credential)?;
        }
        document.flag(REMOTE)?;
        let mut notes = Vec::new();
        let mut wanted = vec![(REMOTE, Some(flag(true)))];
        let nodes = Nodes::read(&document)?.choosing(endpoint, locality(&endpoint.host) == Locality::Local);
        wanted.push((NODES, Some(text(&nodes.written()))));
        if mode(&document)? < ADVANCED {
            wanted.push((MODE, Some(ADVANCED.to_string())));
            notes.push(
                "Monero GUI was in a simple mode, in which it uses no node of your choice; this sets it to advanced."
                    .into(),
            );
        }
        notes.push("Your other nodes stay in Monero GUI's list.".into());
        let (bytes, keys) = set::<Ini>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        nodes::put_back_beside_others(file)
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}

#[cfg(test)]
mod tests;
