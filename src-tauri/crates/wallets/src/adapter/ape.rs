//! Ape: the global `ape-config.yaml`, read at every start, never written by the tool.
//!
//! Facts are from eth-ape 0.8.52 and checked against the real `ape`: for its provider `node` the first of `uri`, `url`,
//! `ipc_path`, `http_uri`, `ws_uri` counts; where none is set, it takes a public server at random. The one rule: `uri` and
//! the network's `default_provider` change together, since with another provider the address would not be used.

use freehold_model::{Endpoint, Network, Protocol};

use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::yaml_keys::{Yaml, YamlDocument, masked, quoted};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, NewContent, Override, Restored, evm};
use crate::files::Files;
use crate::place::Places;
use crate::slot::Slot;

/// Ape and its global settings.
#[derive(Debug)]
pub(super) struct Ape;

/// The settings of an address, in Ape's own order.
const ADDRESSES: [&str; 5] = ["uri", "url", "ipc_path", "http_uri", "ws_uri"];

/// Ape's name for a network; a chain of one's own is its `local`.
fn name(network: &Network) -> &str {
    match network.as_str() {
        "devnet" => "local",
        other => other,
    }
}

fn keys(network: &Network) -> [String; 2] {
    let name = name(network);
    [
        format!("node/ethereum/{name}/uri"),
        format!("ethereum/{name}/default_provider"),
    ]
}

impl Adapter for Ape {
    fn id(&self) -> &'static str {
        "ape"
    }

    fn name(&self) -> &'static str {
        "Ape"
    }

    fn protocols(&self) -> &'static [Protocol] {
        evm::PROTOCOLS
    }

    fn networks(&self) -> &'static [&'static str] {
        evm::NETWORKS
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        vec![Slot::settings(vec![places.below(".ape/ape-config.yaml")]).created()]
    }

    fn overrides(&self) -> &'static [Override] {
        &[Override {
            variable: "APE_DATA_FOLDER",
            effect: "names another folder of settings for ape",
        }]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let public = || Some("public servers that Ape picks at random".to_owned());
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint {
                leans_on: public(),
                ..CurrentEndpoint::default()
            });
        };
        let document = YamlDocument::parse(bytes)?;
        let name = name(network);
        let mut current = CurrentEndpoint::default();
        let mut written = None;
        for key in ADDRESSES {
            written = document.text(&format!("node/ethereum/{name}/{key}"))?;
            if written.is_some() {
                break;
            }
        }
        current.is_explicit = written.is_some();
        let provider = document.text(&format!("ethereum/{name}/default_provider"))?;
        match provider.as_deref() {
            None | Some("node") => {
                current.endpoint = written.as_deref().and_then(evm::seen);
                if written.is_none() && name != "local" {
                    current.leans_on = public();
                }
            }
            Some(other) => {
                current.is_explicit = true;
                current.leans_on = Some(format!(
                    "Ape's provider `{}`",
                    other.chars().take(40).collect::<String>()
                ));
            }
        }
        for (path, text) in document.leaves() {
            let is_address =
                matches!(path.as_slice(), [node, .., key] if node == "node" && ADDRESSES.contains(&key.as_str()));
            if let Some(found) = evm::seen(&text).filter(|_| is_address)
                && Some(&found) != current.endpoint.as_ref()
                && !current.others.contains(&found)
            {
                current.others.push(found);
            }
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().unwrap_or_default();
        let document = YamlDocument::parse(before)?;
        let [uri, provider] = keys(network);
        let mut notes = vec![
            "A project's own ape-config.yaml beats this file; look there if a project goes on with another node."
                .to_owned(),
            format!(
                "Run it as `ape console --network ethereum:{}:node`, or make this your default network.",
                name(network)
            ),
        ];
        if matches!(network.as_str(), "hoodi" | "devnet") {
            notes.push(format!(
                "Ape's network `{}` with a node of your own is not verified by us.",
                name(network)
            ));
        }
        let now = document.text(&provider)?;
        if let Some(other) = now.filter(|now| now != "node") {
            notes.push(format!(
                "Ape's provider for this network was `{}`; this sets `node`.",
                quoted(&other)
            ));
        }
        let wanted = [
            (uri.as_str(), Some(quoted(&evm::url(endpoint)?))),
            (provider.as_str(), Some("node".to_owned())),
        ];
        let (bytes, changes) = set::<Yaml>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, changes, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, network: &Network) -> Result<Restored, AdapterError> {
        put_back::<Yaml>(file, &[&keys(network).each_ref().map(String::as_str)])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}
