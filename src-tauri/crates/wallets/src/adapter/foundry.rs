//! Foundry (cast, forge, anvil, chisel): the global `foundry.toml`, read at every start, never written by the tools.
//!
//! Facts are from Foundry's source and checked against the real `cast`: `--rpc-url` beats `ETH_RPC_URL` (also from a `.env`
//! in the working folder), that beats a project's own `foundry.toml`, that the global one, that the built-in
//! `http://localhost:8545`. The one rule: the default node and the alias of the network change together; other aliases are
//! the user's.

use freehold_model::{Endpoint, Network, Protocol};

use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::toml_keys::{Toml, TomlDocument, masked, part, quoted};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, NewContent, Override, Restored, SeenEndpoint, evm};
use crate::files::Files;
use crate::place::Places;
use crate::slot::Slot;

/// Foundry and its global settings.
#[derive(Debug)]
pub(super) struct Foundry;

/// The node that commands without `--rpc-url` use.
const DEFAULT: &str = "profile.default.eth_rpc_url";

/// The node that they use where no file names one (`crates/cli/src/opts/rpc.rs`).
const BUILT_IN: &str = "http://localhost:8545";

/// Where the address of an alias stands; `None` when there is no such alias. Beside it: the setting of its login.
fn alias(document: &TomlDocument<'_>, name: &str) -> Option<(String, String)> {
    let own = format!("rpc_endpoints.{}", part(name));
    if document.is_table(&own) {
        let names = document.names(&own);
        let address = ["endpoint", "url"]
            .into_iter()
            .find(|known| names.iter().any(|name| name == known))?;
        return Some((format!("{own}.{address}"), format!("{own}.auth")));
    }
    let is_there = document.names("rpc_endpoints").iter().any(|found| found == name);
    is_there.then(|| (own.clone(), String::new()))
}

/// The address behind `written`: itself, or that of the alias that it names.
fn resolved(document: &TomlDocument<'_>, written: &str) -> Result<Option<SeenEndpoint>, AdapterError> {
    if let Some(found) = evm::seen(written) {
        return Ok(Some(found));
    }
    match alias(document, written) {
        Some((key, _)) => Ok(document.text(&key)?.and_then(|written| evm::seen(&written))),
        None => Ok(None),
    }
}

/// Our settings in this file.
fn keys(document: &TomlDocument<'_>, network: &Network) -> Vec<String> {
    let mut keys = vec![DEFAULT.to_owned()];
    if let Some((address, login)) = alias(document, network.as_str()) {
        keys.push(address);
        if !login.is_empty() {
            keys.push(login);
        }
    }
    keys
}

impl Adapter for Foundry {
    fn id(&self) -> &'static str {
        "foundry"
    }

    fn name(&self) -> &'static str {
        "Foundry"
    }

    fn protocols(&self) -> &'static [Protocol] {
        evm::PROTOCOLS
    }

    fn networks(&self) -> &'static [&'static str] {
        evm::NETWORKS
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        vec![Slot::settings(vec![places.below(".foundry/foundry.toml")]).created()]
    }

    fn overrides(&self) -> &'static [Override] {
        &[
            Override {
                variable: "ETH_RPC_URL",
                effect: "beats the file for cast",
            },
            Override {
                variable: "FOUNDRY_ETH_RPC_URL",
                effect: "beats the file for forge and cast",
            },
            Override {
                variable: "FOUNDRY_CONFIG",
                effect: "names another settings file",
            },
            Override {
                variable: "FOUNDRY_PROFILE",
                effect: "chooses another profile than `default`, whose own node counts",
            },
            Override {
                variable: "MESC_PATH",
                effect: "gives cast further names of nodes",
            },
        ]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let document = TomlDocument::parse(bytes)?;
        let default = document.text(DEFAULT)?;
        let mut current = CurrentEndpoint::default();
        let mut is_alias = false;
        let mut unread = 0;
        for name in document.names("rpc_endpoints") {
            let Some((key, _)) = alias(&document, &name) else {
                continue;
            };
            // An odd alias is no reason to say nothing of the others.
            let found = document
                .text(&key)
                .ok()
                .flatten()
                .and_then(|written| evm::seen(&written));
            if name == network.as_str() {
                is_alias = true;
            }
            match found {
                Some(found) => current.others.push(found),
                None => unread += 1,
            }
        }
        current.endpoint = match &default {
            Some(written) => resolved(&document, written)?,
            None => evm::seen(BUILT_IN),
        };
        current.others.dedup();
        current.others.retain(|other| Some(other) != current.endpoint.as_ref());
        current.is_explicit = is_alias || default.is_some() && network.as_str() == "mainnet";
        if default.is_some() && current.endpoint.is_none() {
            current.notes.push(
                "The default node's address comes from an environment variable or a socket, which Freehold does not \
                 follow."
                    .to_owned(),
            );
        }
        if unread > 0 {
            current.notes.push(format!(
                "{unread} of the names in `rpc_endpoints` take their address from environment variables."
            ));
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().unwrap_or_default();
        let document = TomlDocument::parse(before)?;
        let url = quoted(&evm::url(endpoint)?);
        let keys = keys(&document, network);
        // A value that is no text is not ours to replace.
        for key in &keys {
            document.text(key)?;
        }
        let is_login = |key: &str| key.rsplit('.').next() == Some("auth");
        let wanted: Vec<(&str, Option<String>)> = keys
            .iter()
            .map(|key| (key.as_str(), (!is_login(key)).then(|| url.clone())))
            .collect();
        let mut notes = vec![
            "A project's own foundry.toml or .env beats this file; look there if a project goes on with another node."
                .to_owned(),
            "This is the node of every command that names none, whatever the network.".to_owned(),
        ];
        let others: Vec<String> = document.names("rpc_endpoints");
        if others.iter().any(|name| name != network.as_str()) {
            notes.push("The other names in `rpc_endpoints` stay as they are.".to_owned());
        }
        if document.text("profile.default.eth_rpc_jwt")?.is_some() {
            notes.push("`eth_rpc_jwt` stays: cast would show that token to your node, too.".to_owned());
        }
        let (bytes, changes) = set::<Toml>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, changes, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, network: &Network) -> Result<Restored, AdapterError> {
        let switched = TomlDocument::parse(file.switched)?;
        let mut keys = keys(&switched, network);
        // The login of an alias went with the switch.
        if let Some(original) = file.original {
            for key in self::keys(&TomlDocument::parse(original)?, network) {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        let group: Vec<&str> = keys.iter().map(String::as_str).collect();
        put_back::<Toml>(file, &[&group])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::Foundry;
    use crate::adapter::Adapter;
    use crate::files::Files;
    use freehold_model::{Endpoint, Network};

    fn plan(before: &str, network: &str) -> String {
        let network = Network::try_new(network).unwrap();
        let endpoint: Endpoint = "evm+http://127.0.0.1:18545".parse().unwrap();
        let planned = Foundry
            .plan(&Files::single(Some(before.as_bytes())), &network, &endpoint)
            .unwrap();
        String::from_utf8(planned.settings_bytes().to_vec()).unwrap()
    }

    #[test]
    fn the_default_and_the_alias_of_the_network_change_and_no_other() {
        let before = "[profile.default]\neth_rpc_url = \"mainnet\"\n\n[rpc_endpoints]\nmainnet = \"${URL}\"\nsepolia = \"https://rpc.sepolia.org\"\n";
        let after = plan(before, "mainnet");
        assert_eq!(
            after,
            "[profile.default]\neth_rpc_url = \"http://127.0.0.1:18545\"\n\n[rpc_endpoints]\nmainnet = \
             \"http://127.0.0.1:18545\"\nsepolia = \"https://rpc.sepolia.org\"\n"
        );
        assert_eq!(plan(&after, "mainnet"), after);
    }

    #[test]
    fn an_alias_with_a_login_of_another_node_loses_it() {
        let before = "[rpc_endpoints.mainnet]\nendpoint = 'https://h/KEY'\nauth = 'Bearer X'\nretries = 3\n";
        let after = plan(before, "mainnet");
        assert!(
            after.contains("endpoint = \"http://127.0.0.1:18545\"\nretries = 3\n"),
            "{after}"
        );
        assert!(!after.contains("Bearer"), "{after}");
    }

    #[test]
    fn a_default_that_names_an_alias_is_followed() {
        let before =
            "profile.default.eth_rpc_url = \"main\"\nrpc_endpoints = { main = \"https://eth.llamarpc.com\" }\n";
        let found = Foundry
            .inspect(&Files::single(Some(before.as_bytes())), &Network::mainnet())
            .unwrap();
        assert_eq!(found.endpoint.unwrap().host, "eth.llamarpc.com");
        let unknown = Foundry
            .inspect(
                &Files::single(Some(b"[profile.default]\neth_rpc_url = \"${X}\"\n")),
                &Network::mainnet(),
            )
            .unwrap();
        assert!(unknown.endpoint.is_none() && !unknown.notes.is_empty());
        let none = Foundry.inspect(&Files::single(Some(b"")), &Network::mainnet()).unwrap();
        assert_eq!(none.endpoint.unwrap().text, "evm+http://localhost:8545");
    }
}
