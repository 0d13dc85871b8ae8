//! Brownie: `network-config.yaml`, which its own `brownie networks` writes anew as a whole; Freehold changes one value.
//!
//! Facts are from eth-brownie 1.22 and checked against the real tool: each chain is an item of `live` with a `name`, its
//! networks are items with an `id`, and `host` is the address, in which `$NAME` stands for an environment variable. The one
//! rule: a network that the file does not have is not added.

use freehold_model::{Endpoint, Network, Protocol};

use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::yaml_keys::{Yaml, YamlDocument, masked, quoted};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Leftover, NewContent, Restored, evm};
use crate::files::Files;
use crate::place::Places;
use crate::slot::Slot;

/// Brownie and its list of networks.
#[derive(Debug)]
pub(super) struct Brownie;

fn item(network: &Network) -> String {
    format!("live/[name=Ethereum]/networks/[id={network}]")
}

impl Adapter for Brownie {
    fn id(&self) -> &'static str {
        "brownie"
    }

    fn name(&self) -> &'static str {
        "Brownie"
    }

    fn protocols(&self) -> &'static [Protocol] {
        evm::PROTOCOLS
    }

    /// A chain of one's own is started by Brownie itself, as one of its `development` networks.
    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "sepolia", "hoodi"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        vec![Slot::settings(vec![places.below(".brownie/network-config.yaml")])]
    }

    fn leftovers(&self, files: &Files, network: &Network) -> Vec<Leftover> {
        let explorer = files.settings().and_then(|bytes| {
            let document = YamlDocument::parse(bytes).ok()?;
            document.text(&format!("{}/explorer", item(network))).ok()?
        });
        let host = explorer.and_then(|written| evm::seen(&written)).map(|found| found.host);
        host.into_iter()
            .map(|host| Leftover {
                what: "source code of contracts, from a block explorer".to_owned(),
                host: Some(host),
                off: Some("take `explorer` out of this network in network-config.yaml".to_owned()),
            })
            .collect()
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint {
                leans_on: Some("Infura".to_owned()),
                ..CurrentEndpoint::default()
            });
        };
        let document = YamlDocument::parse(bytes)?;
        let written = document.text(&format!("{}/host", item(network)))?;
        let mut current = CurrentEndpoint {
            endpoint: written.as_deref().and_then(evm::seen),
            is_explicit: written.is_some(),
            ..CurrentEndpoint::default()
        };
        if written.is_some() && current.endpoint.is_none() {
            current.notes.push(
                "This network's host comes from an environment variable or a socket, which Freehold does not follow."
                    .to_owned(),
            );
        }
        for (path, text) in document.leaves() {
            let is_host = matches!(path.as_slice(), [live, .., key] if live == "live" && key == "host");
            if let Some(found) = evm::seen(&text).filter(|_| is_host)
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
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let document = YamlDocument::parse(before)?;
        let item = item(network);
        if !document.has(&item) {
            return Err(AdapterError::Conflict {
                reason: format!(
                    "Brownie has no network `{network}` below Ethereum; add it with `brownie networks add Ethereum {network} \
                     host={} chainid={}`, which already points it to your node",
                    endpoint.url(),
                    evm::chain_id(network)?
                ),
            });
        }
        let mut notes = vec![
            "`brownie networks set_provider` would write a provider's address over this one; `brownie networks modify` \
             writes the whole file anew."
                .to_owned(),
        ];
        if document.text(&format!("{item}/explorer"))?.is_some() {
            notes.push("Brownie still asks a block explorer for the source code of contracts.".to_owned());
        }
        let key = format!("{item}/host");
        let wanted = [(key.as_str(), Some(quoted(&evm::url(endpoint)?)))];
        let (bytes, changes) = set::<Yaml>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, changes, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, network: &Network) -> Result<Restored, AdapterError> {
        put_back::<Yaml>(file, &[&[format!("{}/host", item(network)).as_str()]])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}
