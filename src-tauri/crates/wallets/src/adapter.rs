//! What an adapter is: the pure knowledge about one wallet. And the list of all of them.
//!
//! The one rule: an adapter does no IO. It gets bytes and gives bytes; paths are proposed, never opened.

use std::fmt;
use std::path::PathBuf;

use freehold_model::{Endpoint, Network, Protocol};
use serde::{Deserialize, Serialize};

use crate::file::FileBytes;
use crate::place::Places;

mod bitcoin_cli;
mod login;
mod sparrow;
mod three_way;

/// How a wallet can be pointed at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Switchable {
    /// Freehold edits its file.
    File,
    /// The wallet asks the user (EIP-3085).
    Prompt,
    /// The user follows steps.
    Guide,
    /// Not at all.
    No,
}

/// How a wallet logs in at its endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// Without a login, or the protocol has none.
    None,
    /// With a cookie file that the node writes.
    Cookie,
    /// With user and password.
    Password,
}

/// An endpoint as a wallet's file names it; its text never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenEndpoint {
    /// The address in the scheme of `--to`, for example `electrum+ssl://electrum.emzy.de:50002`.
    pub text: String,
    /// The protocol.
    pub protocol: Protocol,
    /// Host name or address, lower case.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the wallet logs in there.
    pub login: Login,
}

/// What a wallet's file says about its endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentEndpoint {
    /// The endpoint in use; `None` when the wallet is offline or leaves the choice to chance.
    pub endpoint: Option<SeenEndpoint>,
    /// The file itself names this network, rather than leaving it to defaults.
    pub is_explicit: bool,
    /// What a person should know about it.
    pub notes: Vec<String>,
}

/// One setting that an edit changes. Secrets are masked already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyChange {
    /// The setting's name, with its section where there is one.
    pub key: String,
    /// Its value before; `None` when it was not there.
    pub before: Option<String>,
    /// Its value after; `None` when it goes.
    pub after: Option<String>,
    /// Both values are masked, because they are secrets.
    pub secret: bool,
}

/// What a file becomes.
#[derive(Debug, Clone)]
pub struct NewContent {
    /// The whole new file.
    pub bytes: FileBytes,
    /// The settings that change.
    pub keys: Vec<KeyChange>,
    /// What a person should know before agreeing.
    pub notes: Vec<String>,
}

/// What a file becomes when only our settings are put back.
#[derive(Debug, Clone)]
pub struct Restored {
    /// The whole new file.
    pub bytes: FileBytes,
    /// The settings that change.
    pub keys: Vec<KeyChange>,
    /// The settings that stay, because somebody changed them after the switch.
    pub kept: Vec<String>,
}

/// Why an adapter cannot read or edit a file. Never holds a value of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdapterError {
    /// The file does not follow its format.
    #[error("line {line}, byte {byte}: {reason}")]
    Malformed {
        /// Line, from 1.
        line: usize,
        /// Byte in the file, from 0.
        byte: usize,
        /// What is wrong.
        reason: String,
    },
    /// The file is well-formed, but says something that this version does not know.
    #[error("`{key}` has a value that Freehold does not know ({value}); the wallet may be newer than Freehold")]
    UnknownValue {
        /// The setting.
        key: String,
        /// Its value.
        value: String,
    },
    /// A setting in the file would make the wallet ignore or refuse the new endpoint.
    #[error("{reason}")]
    Conflict {
        /// Which, and what to do.
        reason: String,
    },
    /// The wallet does not speak the endpoint's protocol.
    #[error("the wallet does not speak {offered}")]
    Protocol {
        /// What the endpoint speaks.
        offered: Protocol,
    },
    /// The wallet has no such network.
    #[error("the wallet has no network `{network}`")]
    Network {
        /// The network that was asked for.
        network: Network,
    },
    /// The endpoint cannot be written into this wallet's file.
    #[error("{reason}")]
    Endpoint {
        /// Why.
        reason: String,
    },
    /// The wallet has not been started yet, so there is nothing to edit.
    #[error("the wallet has not made its settings yet")]
    Missing,
}

/// The pure knowledge about one wallet.
pub trait Adapter: Send + Sync + fmt::Debug {
    /// The wallet's id on the command line, for example `sparrow`.
    fn id(&self) -> &'static str;

    /// The wallet's name for people.
    fn name(&self) -> &'static str;

    /// The protocols it can use, preferred first.
    fn protocols(&self) -> &'static [Protocol];

    /// The networks it knows, mainnet first.
    fn networks(&self) -> &'static [&'static str];

    /// Where it may keep the settings of `network`, most specific first, the default place last. The first file that
    /// exists is the one in use.
    fn files(&self, places: &Places, network: &Network) -> Vec<PathBuf>;

    /// Unix sockets that it holds open while it uses the settings of `network`.
    fn lock_sockets(&self, _places: &Places, _network: &Network) -> Vec<PathBuf> {
        Vec::new()
    }

    /// Names of its own processes. It rewrites its file on exit, so an edit beside a running one would be lost.
    fn processes(&self) -> &'static [&'static str] {
        &[]
    }

    /// Names of other programs that read the same file at their start: no reason to refuse, but worth a word.
    fn neighbours(&self) -> &'static [&'static str] {
        &[]
    }

    /// The wallet works through a wallet inside the node, so the node must have wallet functions.
    fn needs_wallet_in_node(&self) -> bool {
        false
    }

    /// The file may be made by us when it is missing.
    fn creates_missing_file(&self) -> bool {
        false
    }

    /// The endpoint that the wallet uses on `network` according to `bytes`.
    fn inspect(&self, bytes: &[u8], network: &Network) -> Result<CurrentEndpoint, AdapterError>;

    /// The file with which the wallet uses `endpoint` on `network`. Bytes outside the wallet's endpoint settings stay.
    fn plan(&self, bytes: Option<&[u8]>, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError>;

    /// `current` with our settings as in `original`, except those that differ from `switched`: these were changed by
    /// somebody else since and stay.
    fn restore_keys(
        &self,
        current: &[u8],
        original: Option<&[u8]>,
        switched: &[u8],
        network: &Network,
    ) -> Result<Restored, AdapterError>;

    /// The text of `bytes` with every secret masked and the same number of lines; works on malformed files too.
    fn masked(&self, bytes: &[u8]) -> String;
}

/// Every adapter, in the order in which wallets are listed.
pub fn adapters() -> &'static [&'static dyn Adapter] {
    &[&bitcoin_cli::BitcoinCli, &sparrow::Sparrow]
}

/// The adapter with this wallet id.
pub fn adapter(id: &str) -> Option<&'static dyn Adapter> {
    adapters().iter().copied().find(|adapter| adapter.id() == id)
}

#[cfg(test)]
mod tests {
    use super::{adapter, adapters};
    use freehold_model::{Network, WalletId};

    #[test]
    fn ids_and_networks_are_valid_names_and_unique() {
        for found in adapters() {
            assert!(WalletId::try_new(found.id()).is_ok(), "{} is a wallet id", found.id());
            assert_eq!(
                adapter(found.id()).map(super::Adapter::name),
                Some(found.name()),
                "ids are unique"
            );
            for network in found.networks() {
                assert!(Network::try_new(*network).is_ok(), "{network} is a network");
            }
        }
    }
}
