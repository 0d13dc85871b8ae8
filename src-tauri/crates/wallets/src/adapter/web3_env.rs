//! web3.py and what else reads `WEB3_PROVIDER_URI`: a `.env` file that the user names, made when it is missing.
//!
//! Checked against the real library: `web3.auto` takes `WEB3_PROVIDER_URI`, `HTTPProvider()` takes `WEB3_HTTP_PROVIDER_URI`,
//! and without either both use `http://localhost:8545`. `.env` is loaded by python-dotenv or by a shell. The one rule: the
//! first variable is always set; the others only where the file has them.

use freehold_model::{Endpoint, Network, Protocol};

use super::env_keys::{Env, EnvDocument, masked};
use super::hardhat::{check_name, others};
use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, NewContent, Override, Restored, evm};
use crate::files::Files;
use crate::place::Places;
use crate::slot::Slot;

/// web3.py and its variables.
#[derive(Debug)]
pub(super) struct Web3Env;

/// The variable that is always set.
const PROVIDER: &str = "WEB3_PROVIDER_URI";

/// Variables that hold an HTTP address and follow where the file has them.
const FOLLOWERS: [&str; 2] = ["WEB3_HTTP_PROVIDER_URI", "ETH_RPC_URL"];

/// The node that web3.py uses where nothing names one.
const BUILT_IN: &str = "http://localhost:8545";

impl Adapter for Web3Env {
    fn id(&self) -> &'static str {
        "web3-env"
    }

    fn name(&self) -> &'static str {
        "web3.py"
    }

    fn protocols(&self) -> &'static [Protocol] {
        evm::PROTOCOLS
    }

    fn networks(&self) -> &'static [&'static str] {
        evm::NETWORKS
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        vec![Slot::settings(places.chosen.iter().cloned().collect()).created()]
    }

    fn takes_file(&self) -> bool {
        true
    }

    fn overrides(&self) -> &'static [Override] {
        &[
            Override {
                variable: PROVIDER,
                effect: "beats the file for programs that load it with python-dotenv",
            },
            Override {
                variable: "WEB3_HTTP_PROVIDER_URI",
                effect: "is the node of programs that ask for an HTTP provider without a name",
            },
        ]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        check_name(files)?;
        let document = EnvDocument::parse(bytes)?;
        let mut written = document.text(PROVIDER)?;
        if written.is_none() {
            written = document.text("WEB3_HTTP_PROVIDER_URI")?;
        }
        let endpoint = evm::seen(written.as_deref().unwrap_or(BUILT_IN));
        let mut notes = Vec::new();
        if document
            .text("WEB3_INFURA_PROJECT_ID")
            .is_ok_and(|found| found.is_some())
        {
            notes
                .push("WEB3_INFURA_PROJECT_ID is set: programs that ask for Infura by name go on using it.".to_owned());
        }
        Ok(CurrentEndpoint {
            others: others(&document, endpoint.as_ref()),
            is_explicit: written.is_some() && network.as_str() == "mainnet",
            endpoint,
            notes,
            ..CurrentEndpoint::default()
        })
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        check_name(files)?;
        let before = files.settings().unwrap_or_default();
        let document = EnvDocument::parse(before)?;
        document.refuse_mark()?;
        let url = evm::url(endpoint)?;
        let mut wanted = vec![(PROVIDER, Some(url.clone()))];
        let mut notes = vec![
            "Programs read the file only when they load it: with python-dotenv, or in a shell with `set -a; . ./.env`."
                .to_owned(),
        ];
        for name in FOLLOWERS {
            if document.raw(name)?.is_none() {
                continue;
            }
            if endpoint.protocol == Protocol::EvmHttp {
                wanted.push((name, Some(url.clone())));
            } else {
                notes.push(format!(
                    "{name} stays as it is: it holds an HTTP address, and yours is a WebSocket's."
                ));
            }
        }
        let (bytes, changes) = set::<Env>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, changes, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        let [http, eth] = FOLLOWERS;
        put_back::<Env>(file, &[&[PROVIDER, http, eth]])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}
