//! Nunchuk for desktops: one `NunchukClient.conf` of `QSettings`, with a section for each account that has logged in.
//!
//! Bitcoin Core can be set in the file. Its Electrum server for mainnet cannot: it stands there as a binary `@Variant`. Which
//! account is in use is not in the file, so every account, and the part without one, gets the same. Facts are from
//! `AppSetting.cpp`. On macOS and Windows the settings are in no file. The one rule: `@Variant` values are never touched.

use freehold_model::{Endpoint, Network, NodeNeed, Protocol};

use super::address::{address, no_address, seen};
use super::keys::{Document, put_back, set};
use super::login::{check_fit, check_login};
use super::qsettings_keys::{Ini, IniDocument, flag, masked, text};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Leftover, Login, NewContent, Restored, SeenEndpoint};
use crate::files::Files;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// Nunchuk and its `NunchukClient.conf`.
#[derive(Debug)]
pub(super) struct Nunchuk;

/// Uses Bitcoin Core instead of an Electrum server.
const CORE: &str = "enableCoreRPC";

/// The settings of one account that decide which node is used.
const KEYS: [&str; 5] = [CORE, "coreRPCAddress", "coreRPCPort", "coreRPCName", "coreRPCPassword"];

/// The network that all accounts use.
fn network_of(document: &IniDocument<'_>) -> Result<&'static str, AdapterError> {
    match document.number("primaryServer")? {
        None | Some(0) => Ok("mainnet"),
        Some(1) => Ok("testnet"),
        Some(2) => Ok("signet"),
        Some(other) => Err(AdapterError::UnknownValue {
            key: "primaryServer".into(),
            value: other.to_string(),
        }),
    }
}

/// What stands before the names of each account's settings; the part without an account first. An account is named by its
/// mail address, so a section is one that looks like it, or that has our settings.
fn accounts(document: &IniDocument<'_>) -> Vec<String> {
    let mut found = vec![String::new()];
    for (section, rest) in document
        .names()
        .filter_map(|name| name.split_at_checked(name.find('/')? + 1))
    {
        let is_account = section.contains('@') || KEYS.contains(&rest);
        if is_account && found.iter().all(|known| known != section) {
            found.push(section.to_owned());
        }
    }
    found
}

/// The node that an account uses; none for Nunchuk's own mainnet server, which is not readable.
fn node(document: &IniDocument<'_>, account: &str, network: &str) -> Result<Option<SeenEndpoint>, AdapterError> {
    let key = |name: &str| format!("{account}{name}");
    if document.flag(&key(CORE))? == Some(true) {
        let host = document
            .text(&key("coreRPCAddress"))?
            .unwrap_or_else(|| "127.0.0.1".into());
        let default = if network == "testnet" { 18332 } else { 8332 };
        let port = document.number(&key("coreRPCPort"))?.unwrap_or(default);
        let port = u16::try_from(port).ok().filter(|port| *port > 0);
        let found = address(&host).filter(|found| found.port.is_none() && found.scheme.is_empty());
        return match found.zip(port) {
            Some((found, port)) => Ok(Some(seen(Protocol::BitcoinHttp, &found.host, port, Login::Password))),
            None => Err(no_address("coreRPCAddress", &host)),
        };
    }
    let electrum = match network {
        "testnet" => document.text(&key("testnetServer"))?,
        "signet" => document.text(&key("signetServer"))?,
        // A `@Variant` that is left alone.
        _ => None,
    };
    let Some(written) = electrum.filter(|written| !written.is_empty()) else {
        return Ok(None);
    };
    let found = address(&written).and_then(|found| Some((found.scheme, found.host, found.port?)));
    match found {
        Some((scheme, host, port)) if ["", "tcp"].contains(&scheme.as_str()) => {
            Ok(Some(seen(Protocol::ElectrumTcp, &host, port, Login::None)))
        }
        Some((scheme, host, port)) if scheme == "ssl" => {
            Ok(Some(seen(Protocol::ElectrumSsl, &host, port, Login::None)))
        }
        Some(_) | None => Err(no_address("testnetServer or signetServer", &written)),
    }
}

impl Adapter for Nunchuk {
    fn id(&self) -> &'static str {
        "nunchuk"
    }

    fn name(&self) -> &'static str {
        "Nunchuk"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "signet"]
    }

    fn needs(&self, _protocol: Protocol) -> &'static [NodeNeed] {
        // It makes a watch-only wallet named `nunchuk` in the node.
        &[NodeNeed::WalletFunctions]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        match places.os {
            Os::Linux => {
                let folder = places.dir("XDG_CONFIG_HOME", ".config").join("nunchuk");
                vec![Slot::settings(vec![folder.join("NunchukClient.conf")])]
            }
            // The registry and a property list that the system keeps in memory.
            Os::MacOs | Os::Windows => Vec::new(),
        }
    }

    fn processes(&self) -> &'static [&'static str] {
        &["nunchuk-qt", "Nunchuk", "nunchuk"]
    }

    fn leftovers(&self, _files: &Files, _network: &Network) -> Vec<Leftover> {
        let asked = |host: &str| Leftover {
            what: "accounts and group wallets".into(),
            host: Some(host.into()),
            off: Some("Use Nunchuk without an account".into()),
        };
        vec![asked("api.nunchuk.io"), asked("matrix.nunchuk.io")]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let mut current = CurrentEndpoint {
            leans_on: Some("Nunchuk".to_owned()),
            ..CurrentEndpoint::default()
        };
        let Some(bytes) = files.settings() else {
            return Ok(current);
        };
        let document = IniDocument::parse(bytes)?;
        let used = network_of(&document)?;
        if used != network.as_str() {
            current.leans_on = None;
            current.notes.push(format!("Nunchuk is set to {used}."));
            return Ok(current);
        }
        current.is_explicit = true;
        let mut is_own = true;
        // The last one that logged in cannot be told; an account counts before the part without one.
        let mut all = accounts(&document);
        all.rotate_left(1);
        for (index, account) in all.iter().enumerate() {
            let found = node(&document, account, used)?;
            is_own &= found
                .as_ref()
                .is_some_and(|found| found.protocol == Protocol::BitcoinHttp);
            match found {
                Some(found) if index == 0 => current.endpoint = Some(found),
                Some(found) if current.endpoint.as_ref() != Some(&found) && !current.others.contains(&found) => {
                    current.others.push(found);
                }
                Some(_) | None => {}
            }
        }
        if is_own {
            current.leans_on = None;
        } else if all.len() > 1 {
            current
                .notes
                .push("At least one account of Nunchuk uses servers of Nunchuk or others.".into());
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
                reason: format!("Nunchuk is set to {used}; choose {network} in its settings first"),
            });
        }
        if let Some(credential) = &endpoint.credential {
            check_login(credential)?;
        }
        let accounts = accounts(&document);
        let mut wanted: Vec<(String, String)> = Vec::new();
        for account in &accounts {
            // What is written so that nobody can read it is refused.
            node(&document, account, used)?;
            let key = |name: &str| format!("{account}{name}");
            wanted.push((key(CORE), flag(true)));
            wanted.push((key("coreRPCAddress"), text(&endpoint.host)));
            wanted.push((key("coreRPCPort"), endpoint.port.to_string()));
            if let Some(credential) = &endpoint.credential {
                wanted.push((key("coreRPCName"), text(&credential.user)));
                wanted.push((key("coreRPCPassword"), text(credential.password.expose())));
                continue;
            }
            let has = |name: &str| -> Result<bool, AdapterError> {
                Ok(document.text(&key(name))?.is_some_and(|text| !text.is_empty()))
            };
            if !(has("coreRPCName")? && has("coreRPCPassword")?) {
                return Err(AdapterError::Endpoint {
                    reason: "Nunchuk needs user and password for Bitcoin Core; none was given".into(),
                });
            }
        }
        let mut notes = Vec::new();
        if accounts.len() > 1 {
            notes.push(format!(
                "Nunchuk keeps settings for each account: the switch sets all {}, and the part without an account.",
                accounts.len() - 1
            ));
        }
        notes.push("Nunchuk makes a wallet named `nunchuk` in the node.".into());
        notes.push("Nunchuk still asks its own servers for accounts and group wallets.".into());
        let wanted: Vec<(&str, Option<String>)> = wanted
            .iter()
            .map(|(key, value)| (key.as_str(), Some(value.clone())))
            .collect();
        let (bytes, keys) = set::<Ini>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        let accounts = accounts(&IniDocument::parse(file.switched)?);
        let names: Vec<Vec<String>> = accounts
            .iter()
            .map(|account| KEYS.iter().map(|key| format!("{account}{key}")).collect())
            .collect();
        let groups: Vec<Vec<&str>> = names
            .iter()
            .map(|group| group.iter().map(String::as_str).collect())
            .collect();
        let groups: Vec<&[&str]> = groups.iter().map(Vec::as_slice).collect();
        put_back::<Ini>(file, &groups)
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}

#[cfg(test)]
mod tests;
