//! What an adapter is: the pure knowledge about one wallet. And the list of all of them.
//!
//! The one rule: an adapter does no IO. It gets bytes and gives bytes; paths are proposed, never opened.

use std::fmt;
use std::path::PathBuf;

use freehold_model::{Endpoint, Network, NodeNeed, Protocol};
use serde::{Deserialize, Serialize};

use crate::file::FileBytes;
use crate::files::Files;
use crate::place::Places;
use crate::slot::{SETTINGS, Slot};

mod address;
mod ape;
mod bisq;
mod bitcoin_cli;
mod blockstream;
mod brownie;
mod core_lightning;
mod electrum;
mod env_keys;
mod evm;
mod feather;
mod foundry;
mod frame;
mod hardhat;
mod ipfs_cli;
mod ipfs_desktop;
mod joinmarket;
mod json_keys;
mod json_mask;
mod keys;
mod liana;
mod line_keys;
mod lnd;
mod login;
mod monero_gui;
mod monero_wallet_cli;
mod multiaddr;
mod nunchuk;
mod qsettings_keys;
mod solana_cli;
mod sparrow;
mod specter;
mod three_way;
mod toml_keys;
mod wasabi;
mod web3_env;
mod yaml_keys;
mod zingo;

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

/// What a wallet's files say about its endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CurrentEndpoint {
    /// The endpoint in use; `None` when the wallet is offline or leaves the choice to chance.
    pub endpoint: Option<SeenEndpoint>,
    /// Further endpoints that it uses beside: fallbacks, named aliases, other chains.
    pub others: Vec<SeenEndpoint>,
    /// Whose servers it leans on where its files name none, for example `volunteers' public Electrum servers`.
    pub leans_on: Option<String>,
    /// The file itself names this network, rather than leaving it to defaults.
    pub is_explicit: bool,
    /// What a person should know about it.
    pub notes: Vec<String>,
}

/// Something that a wallet goes on asking others for after a switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftover {
    /// What, for example `exchange rates`.
    pub what: String,
    /// Whom, where the host is known.
    pub host: Option<String>,
    /// How to turn it off, where that can be done.
    pub off: Option<String>,
}

/// An environment variable that beats what a wallet's file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Override {
    /// The variable.
    pub variable: &'static str,
    /// What it does, as the end of a sentence that starts with its name: `beats the file for cast`.
    pub effect: &'static str,
}

/// Something that a running wallet holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// A Unix socket that it listens at.
    Socket(PathBuf),
    /// A text file whose first number is the id of its process.
    PidFile(PathBuf),
    /// A link that points to `host-PID`, as Chromium and Electron make it.
    PidLink(PathBuf),
    /// A file that names, in quotes, the Unix socket that it listens at, as Electrum's `daemon`.
    NamesSocket(PathBuf),
    /// A file that it holds a lock of the system on (`fcntl`), as Kubo does with its repository.
    File(PathBuf),
    /// A port of this machine that it listens at.
    Port(u16),
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

/// What one file becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// The slot that it belongs to.
    pub slot: &'static str,
    /// Where it is.
    pub path: PathBuf,
    /// The whole new content; `None` takes the file away.
    pub bytes: Option<FileBytes>,
    /// The settings that change.
    pub keys: Vec<KeyChange>,
}

/// What a wallet's files become.
#[derive(Debug, Clone)]
pub struct NewContent {
    /// The files; those that stay as they are may be left out or named with their old bytes.
    pub files: Vec<NewFile>,
    /// What a person should know before agreeing.
    pub notes: Vec<String>,
}

impl NewContent {
    /// One changed settings file. `files` says where it is.
    pub(crate) fn settings(files: &Files, bytes: Vec<u8>, keys: Vec<KeyChange>, notes: Vec<String>) -> Self {
        let path = files.first(SETTINGS).map(|held| held.path.clone()).unwrap_or_default();
        let file = NewFile {
            slot: SETTINGS,
            path,
            bytes: Some(FileBytes::new(bytes)),
            keys,
        };
        Self {
            files: vec![file],
            notes,
        }
    }

    /// The new settings; empty where there are none.
    pub fn settings_bytes(&self) -> &[u8] {
        let settings = self.files.iter().find(|file| file.slot == SETTINGS);
        settings
            .and_then(|file| file.bytes.as_ref())
            .map(FileBytes::as_slice)
            .unwrap_or_default()
    }
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

    /// The files that it may keep for `network`, the settings first. Nothing else of it is ever opened.
    fn slots(&self, places: &Places, network: &Network) -> Vec<Slot>;

    /// What it holds while it uses the settings of `network`.
    fn locks(&self, _places: &Places, _network: &Network) -> Vec<Lock> {
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

    /// What it needs of a node that it reaches by `protocol`.
    fn needs(&self, _protocol: Protocol) -> &'static [NodeNeed] {
        &[]
    }

    /// Environment variables that beat its files.
    fn overrides(&self) -> &'static [Override] {
        &[]
    }

    /// It has no fixed place: the user names the file, which then is in [`Places::chosen`].
    fn takes_file(&self) -> bool {
        false
    }

    /// What a person does instead, for a wallet whose endpoint Freehold reads but does not write.
    fn by_hand(&self) -> Option<&'static str> {
        None
    }

    /// What it goes on asking others for, as far as its files and its makers tell.
    fn leftovers(&self, _files: &Files, _network: &Network) -> Vec<Leftover> {
        Vec::new()
    }

    /// The endpoint that it uses on `network` according to its files.
    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError>;

    /// The files with which it uses `endpoint` on `network`. Bytes outside its endpoint settings stay.
    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError>;

    /// One file with our settings as in `original`, except those that differ from `switched`: these were changed by
    /// somebody else since and stay.
    fn restore_keys(&self, file: &ChangedFile<'_>, network: &Network) -> Result<Restored, AdapterError>;

    /// The text of a file with every secret masked and the same number of lines; works on malformed files too.
    fn masked(&self, slot: &str, bytes: &[u8]) -> String;
}

/// A file that has changed since it was switched.
#[derive(Debug, Clone, Copy)]
pub struct ChangedFile<'a> {
    /// The slot that it belongs to.
    pub slot: &'a str,
    /// As it is now.
    pub current: &'a [u8],
    /// As it was before the switch; `None` when there was none.
    pub original: Option<&'a [u8]>,
    /// As the switch left it.
    pub switched: &'a [u8],
}

/// Every adapter, in the order in which wallets are listed.
pub fn adapters() -> &'static [&'static dyn Adapter] {
    static ALL: &[&dyn Adapter] = &[
        &bitcoin_cli::BITCOIN_CLI,
        &bitcoin_cli::LITECOIN_CLI,
        &bitcoin_cli::DOGECOIN_CLI,
        &sparrow::Sparrow,
        &electrum::ELECTRUM,
        &electrum::ELECTRUM_LTC,
        &nunchuk::Nunchuk,
        &blockstream::Blockstream,
        &monero_gui::MoneroGui,
        &wasabi::Wasabi,
        &specter::Specter,
        &liana::Liana,
        &joinmarket::JoinMarket,
        &lnd::Lnd,
        &core_lightning::CoreLightning,
        &bisq::Bisq,
        &monero_wallet_cli::MoneroWalletCli,
        &feather::Feather,
        &zingo::Zingo,
        &foundry::Foundry,
        &frame::Frame,
        &ape::Ape,
        &brownie::Brownie,
        &hardhat::Hardhat,
        &web3_env::Web3Env,
        &solana_cli::SolanaCli,
        &ipfs_cli::IpfsCli,
        &ipfs_desktop::IpfsDesktop,
    ];
    ALL
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
