//! The Blockstream app for desktops (once Green): one `settings.ini` of `QSettings` for all networks.
//!
//! Each network has an address of its own, but the switch between Blockstream's servers and one's own node, and the one
//! for TLS, are shared by all of them, Liquid included. Facts are from `green_settings.cpp` and `session.cpp` of 3.0.1.
//! The one rule: a network that uses an own server already is not broken by the shared switch for TLS.

use freehold_model::{Endpoint, Network, Protocol};

use super::address::{address, no_address, seen};
use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::qsettings_keys::{Ini, IniDocument, flag, masked, text, unverified};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Leftover, Login, NewContent, Restored, SeenEndpoint};
use crate::files::Files;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// The Blockstream app and its `settings.ini`.
#[derive(Debug)]
pub(super) struct Blockstream;

/// Uses the addresses below instead of Blockstream's servers.
const OWN: &str = "use_personal_node";
/// Speaks TLS with them; on unless it is switched off.
const TLS: &str = "enable_electrum_tls";
/// The addresses, `host:port`.
const ADDRESSES: [&str; 4] = [
    "bitcoin_electrum_url",
    "testnet_electrum_url",
    "liquid_electrum_url",
    "liquid_testnet_electrum_url",
];

/// The setting for the address of a network.
fn key(network: &Network) -> &'static str {
    match network.as_str() {
        "mainnet" => "bitcoin_electrum_url",
        _ => "testnet_electrum_url",
    }
}

/// The server that an address names; none where it is empty.
fn server(document: &IniDocument<'_>, key: &str) -> Result<Option<SeenEndpoint>, AdapterError> {
    let written = document.text(key)?.unwrap_or_default();
    let written = written.trim();
    if written.is_empty() {
        return Ok(None);
    }
    let protocol = if document.flag(TLS)?.unwrap_or(true) {
        Protocol::ElectrumSsl
    } else {
        Protocol::ElectrumTcp
    };
    let found = address(written).filter(|found| found.scheme.is_empty() && !found.has_login);
    match found.and_then(|found| Some((found.host, found.port?))) {
        Some((host, port)) => Ok(Some(seen(protocol, &host, port, Login::None))),
        None => Err(no_address(key, written)),
    }
}

impl Adapter for Blockstream {
    fn id(&self) -> &'static str {
        "blockstream"
    }

    fn name(&self) -> &'static str {
        "Blockstream"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::ElectrumTcp, Protocol::ElectrumSsl]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        let folders = match places.os {
            Os::Linux => vec![
                places.below(".var/app/com.blockstream.Green/data"),
                places.dir("XDG_DATA_HOME", ".local/share"),
            ],
            Os::MacOs => vec![places.below("Library/Application Support")],
            Os::Windows => vec![places.dir("LOCALAPPDATA", "AppData/Local")],
        };
        let file = |folder: std::path::PathBuf| {
            folder
                .join("Blockstream")
                .join("Green")
                .join("app")
                .join("settings.ini")
        };
        vec![Slot::settings(folders.into_iter().map(file).collect())]
    }

    fn processes(&self) -> &'static [&'static str] {
        &["blockstream", "Blockstream", "green_qt", "Blockstream Green"]
    }

    fn leftovers(&self, files: &Files, _network: &Network) -> Vec<Leftover> {
        let mut found = vec![Leftover {
            what: "wallets with two-factor protection, which only Blockstream's servers can serve".into(),
            host: None,
            off: None,
        }];
        let Some(Ok(document)) = files.settings().map(IniDocument::parse) else {
            return found;
        };
        if document.text("analytics").ok().flatten().as_deref() == Some("enabled") {
            found.push(Leftover {
                what: "usage statistics".into(),
                host: None,
                off: Some("App settings: analytics off".into()),
            });
        }
        found
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let mut current = CurrentEndpoint {
            leans_on: Some("Blockstream".to_owned()),
            ..CurrentEndpoint::default()
        };
        let Some(bytes) = files.settings() else {
            return Ok(current);
        };
        let document = IniDocument::parse(bytes)?;
        current.notes.extend(unverified(files));
        if document.flag(OWN)? != Some(true) {
            return Ok(current);
        }
        current.endpoint = server(&document, key(network))?;
        current.is_explicit = current.endpoint.is_some();
        for other in ADDRESSES.iter().filter(|other| **other != key(network)) {
            current.others.extend(server(&document, other)?);
        }
        match current.endpoint {
            Some(_) => {
                current.leans_on = None;
                current
                    .notes
                    .push("Wallets with two-factor protection go on asking Blockstream's servers.".into());
            }
            None => current.notes.push(format!(
                "`{}` is empty, so Blockstream's servers are used.",
                key(network)
            )),
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let document = IniDocument::parse(before)?;
        let (own, key) = (document.flag(OWN)? == Some(true), key(network));
        let mut notes = Vec::new();
        if endpoint.credential.is_some() {
            notes.push("Blockstream cannot log in at a server: user and password are not used.".to_owned());
        }
        for other in ADDRESSES.iter().filter(|other| **other != key) {
            let Some(found) = server(&document, other)? else {
                continue;
            };
            if found.protocol != endpoint.protocol {
                return Err(AdapterError::Conflict {
                    reason: format!(
                        "Blockstream has one setting for TLS (`{TLS}`) for all networks, and `{other}` stands there for a \
                         server of the other kind; offer that one the same way, or empty it in the app's settings"
                    ),
                });
            }
            if !own {
                notes.push(format!(
                    "The switch also turns on `{other}` ({}), which stands in the settings.",
                    found.text
                ));
            }
        }
        let wants_tls = endpoint.protocol == Protocol::ElectrumSsl;
        let is_there = server(&document, key)?.is_some_and(|found| found.text == endpoint.to_string());
        let mut wanted = vec![(OWN, Some(flag(true))), (TLS, Some(flag(wants_tls)))];
        if document.flag(TLS)?.unwrap_or(true) == wants_tls {
            wanted.pop();
        }
        if !is_there {
            wanted.push((key, Some(text(&endpoint.authority()))));
        }
        if document.flag("use_tor")? == Some(true) {
            notes.push(
                "Blockstream is set to use Tor; if it does not reach the node, turn Tor off in its settings.".into(),
            );
        }
        notes.push(
            "Only singlesig wallets ask your node; those with two-factor protection go on asking Blockstream's servers."
                .into(),
        );
        let (bytes, keys) = set::<Ini>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, network: &Network) -> Result<Restored, AdapterError> {
        put_back::<Ini>(file, &[&[OWN, TLS, key(network)]])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}

#[cfg(test)]
mod tests;
