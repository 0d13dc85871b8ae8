//! Solana's command line: `config.yml`, read at every start and written anew by `solana config set`.
//!
//! Facts are from the crate `solana-cli-config`, which is the tool's own code: `json_rpc_url`, `websocket_url` and
//! `keypair_path` must all be there; an empty `websocket_url` is worked out from the first (its port and one more), and one
//! that is not empty is used whatever the first says. The one rule: both addresses change together, and a file is not made,
//! since it would have to name a key file.

use freehold_model::{Endpoint, Network, Protocol};

use super::address::{address, no_address};
use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::yaml_keys::{Yaml, YamlDocument, masked, quoted};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Login, NewContent, Restored, SeenEndpoint, evm};
use crate::files::Files;
use crate::locality::{Locality, locality};
use crate::place::Places;
use crate::slot::Slot;

/// Solana's command line and its `config.yml`.
#[derive(Debug)]
pub(super) struct SolanaCli;

/// The address behind a short name (`cli-config`'s `normalize_to_url_if_moniker`).
fn spelled_out(written: &str) -> &str {
    match written {
        "m" | "mainnet-beta" => "https://api.mainnet-beta.solana.com",
        "t" | "testnet" => "https://api.testnet.solana.com",
        "d" | "devnet" => "https://api.devnet.solana.com",
        "l" | "localhost" => "http://localhost:8899",
        other => other,
    }
}

fn seen(written: &str) -> Option<SeenEndpoint> {
    let found = address(spelled_out(written))?;
    let default = match found.scheme.as_str() {
        "http" | "ws" => 80,
        "https" | "wss" => 443,
        _ => return None,
    };
    let login = if found.has_login { Login::Password } else { Login::None };
    let port = found.port.unwrap_or(default);
    let mut seen = super::address::seen(Protocol::SolanaHttp, &found.host, port, login);
    if found.scheme != "http" {
        let rest = seen.text.split_once("://").map_or("", |(_, rest)| rest).to_owned();
        seen.text = format!("{}://{rest}", found.scheme);
    }
    Some(seen)
}

/// The network that an address is of, as far as its name tells; a node of this machine is a chain of one's own.
fn network_of(host: &str) -> &'static str {
    ["devnet", "testnet"]
        .into_iter()
        .find(|name| host.contains(name))
        .unwrap_or(if locality(host) == Locality::Local {
            "devnet"
        } else {
            "mainnet"
        })
}

impl Adapter for SolanaCli {
    fn id(&self) -> &'static str {
        "solana-cli"
    }

    fn name(&self) -> &'static str {
        "Solana command line"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::SolanaHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "devnet", "testnet"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        vec![Slot::settings(vec![places.below(".config/solana/cli/config.yml")])]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint {
                leans_on: Some("Solana Foundation public RPC".to_owned()),
                ..CurrentEndpoint::default()
            });
        };
        let document = YamlDocument::parse(bytes)?;
        let mut current = CurrentEndpoint::default();
        if let Some(written) = document.text("json_rpc_url")? {
            let found = seen(&written).ok_or_else(|| no_address("json_rpc_url", &written))?;
            current.is_explicit = network_of(&found.host) == network.as_str();
            current.endpoint = Some(found);
        }
        let websocket = document.text("websocket_url")?.filter(|written| !written.is_empty());
        if let Some(written) = websocket {
            let found = seen(&written).ok_or_else(|| no_address("websocket_url", &written))?;
            let is_beside = current
                .endpoint
                .as_ref()
                .is_some_and(|endpoint| endpoint.host == found.host);
            if !is_beside {
                current.notes.push(
                    "Updates come over another server than the one that is asked: see `websocket_url`.".to_owned(),
                );
            }
            current.others.push(found);
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let wanted = [
            ("json_rpc_url", Some(quoted(&evm::url(endpoint)?))),
            ("websocket_url", Some("''".to_owned())),
        ];
        let before = files.settings().ok_or(AdapterError::Missing)?;
        if YamlDocument::parse(before)?.text("keypair_path")?.is_none() {
            return Err(AdapterError::Conflict {
                reason:
                    "the file has no `keypair_path`, without which Solana's tools refuse it; run `solana config set \
                         --keypair FILE` first"
                        .to_owned(),
            });
        }
        // What it is now must be known.
        self.inspect(files, network)?;
        let notes = vec![
            format!(
                "Solana's tools expect the WebSocket of the node at port {}, one above.",
                u32::from(endpoint.port) + 1
            ),
            "A project of Anchor names its own node in Anchor.toml; this file does not change that.".to_owned(),
        ];
        let (bytes, changes) = set::<Yaml>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, changes, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        put_back::<Yaml>(file, &[&["json_rpc_url", "websocket_url"]])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{SolanaCli, network_of, seen};
    use crate::adapter::{Adapter, AdapterError};
    use crate::files::Files;
    use freehold_model::Network;

    #[test]
    fn short_names_stand_for_addresses() {
        assert_eq!(
            seen("mainnet-beta").unwrap().text,
            "https://api.mainnet-beta.solana.com:443"
        );
        assert_eq!(seen("localhost").unwrap().text, "solana+http://localhost:8899");
        assert_eq!(network_of(&seen("d").unwrap().host), "devnet");
        assert_eq!(network_of("127.0.0.1"), "devnet");
        assert_eq!(seen("solana"), None);
    }

    #[test]
    fn a_file_that_the_tool_would_refuse_is_not_edited() {
        let files = Files::single(Some(b"json_rpc_url: https://h\nwebsocket_url: ''\n"));
        let endpoint = "solana+http://127.0.0.1:8899".parse().unwrap();
        let error = SolanaCli.plan(&files, &Network::mainnet(), &endpoint).unwrap_err();
        assert!(matches!(error, AdapterError::Conflict { .. }), "{error}");
    }
}
