//! JoinMarket: `joinmarket.cfg`, written once with many comments and never again by the program.
//!
//! Facts are from joinmarket-clientserver's `jmclient/configure.py`, which reads the file with Python's `configparser`: a
//! `%` in a value is written `%%`. The one rule: a cookie file that is named wins over user and password, so it goes when a
//! login comes.

use freehold_model::{Endpoint, Network, NodeNeed, Protocol};

use super::address::{port, seen};
use super::keys::{Document, put_back, set};
use super::line_keys::{LineDocument, LinesOf, Spoken, masked};
use super::login::{check_fit, check_login};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Login, NewContent, Restored};
use crate::files::Files;
use crate::format::lines::Dialect;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// JoinMarket and its `joinmarket.cfg`.
#[derive(Debug)]
pub(super) struct JoinMarket;

/// Python's `configparser` with `strict=False`.
struct ConfigParser;

impl Spoken for ConfigParser {
    const DIALECT: &'static Dialect = &Dialect {
        comments: b"#;",
        is_comment_anywhere: false,
        has_sections: true,
        ignores_sections: false,
        delimiters: b"=:",
        ignores_case: true,
        has_bare_names: false,
        has_continuations: true,
        last_counts: true,
    };
}

const SOURCE: &str = "BLOCKCHAIN/blockchain_source";
const NETWORK: &str = "BLOCKCHAIN/network";
const HOST: &str = "BLOCKCHAIN/rpc_host";
const PORT: &str = "BLOCKCHAIN/rpc_port";
const USER: &str = "BLOCKCHAIN/rpc_user";
const PASSWORD: &str = "BLOCKCHAIN/rpc_password";
const COOKIE: &str = "BLOCKCHAIN/rpc_cookie_file";

type Config<'a> = LineDocument<'a, ConfigParser>;

/// The network that the file is set to. JoinMarket's own name for regtest is a source, not a network.
fn chosen(config: &Config<'_>) -> Result<&'static str, AdapterError> {
    let unknown = |key: &str, value: &str| AdapterError::UnknownValue {
        key: key.to_owned(),
        value: value.chars().take(40).collect(),
    };
    match config.text(SOURCE) {
        None | Some("bitcoin-rpc" | "bitcoin-rpc-no-history") => {}
        Some("regtest") => return Ok("regtest"),
        Some("no-blockchain") => {
            return Err(AdapterError::Conflict {
                reason: "JoinMarket is set to work without a block chain (`blockchain_source = no-blockchain`)"
                    .to_owned(),
            });
        }
        Some(other) => return Err(unknown("blockchain_source", other)),
    }
    match config.text(NETWORK) {
        None | Some("mainnet") => Ok("mainnet"),
        Some("testnet") => Ok("testnet"),
        Some("signet") => Ok("signet"),
        Some(other) => Err(unknown("network", other)),
    }
}

/// Bitcoin Core's port where none is written.
fn default_port(network: &str) -> u16 {
    match network {
        "testnet" => 18332,
        "signet" => 38332,
        "regtest" => 18443,
        _ => 8332,
    }
}

fn written(text: &str) -> String {
    text.replace('%', "%%")
}

impl Adapter for JoinMarket {
    fn id(&self) -> &'static str {
        "joinmarket"
    }

    fn name(&self) -> &'static str {
        "JoinMarket"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "signet", "regtest"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        let folder = match places.os {
            Os::Linux => places.below(".joinmarket"),
            // Its own spelling; most file systems of macOS do not tell upper from lower case.
            Os::MacOs => places.below("Library/Application support/joinmarket"),
            Os::Windows => places.dir("APPDATA", "AppData/Roaming").join("joinmarket"),
        };
        vec![Slot::settings(vec![folder.join("joinmarket.cfg")])]
    }

    fn neighbours(&self) -> &'static [&'static str] {
        &[
            "joinmarket-qt.py",
            "jmwalletd.py",
            "jmwalletd",
            "yg-privacyenhanced.py",
            "tumbler.py",
        ]
    }

    fn needs(&self, _protocol: Protocol) -> &'static [NodeNeed] {
        // It watches its addresses through a wallet of the node.
        &[NodeNeed::WalletFunctions]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let config = Config::parse(bytes)?;
        let chosen = chosen(&config)?;
        if chosen != network.as_str() {
            return Ok(CurrentEndpoint {
                notes: vec![format!("JoinMarket is set to {chosen}.")],
                ..CurrentEndpoint::default()
            });
        }
        let port = match config.filled(PORT) {
            Some(text) => port("rpc_port", text)?,
            None => default_port(chosen),
        };
        let login = match (config.filled(COOKIE), config.filled(PASSWORD)) {
            (Some(_), _) => Login::Cookie,
            (None, Some(_)) => Login::Password,
            (None, None) => Login::None,
        };
        Ok(CurrentEndpoint {
            endpoint: Some(seen(
                Protocol::BitcoinHttp,
                config.filled(HOST).unwrap_or("localhost"),
                port,
                login,
            )),
            is_explicit: true,
            ..CurrentEndpoint::default()
        })
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let config = Config::parse(before)?;
        config.refuse_mark("JoinMarket")?;
        let chosen = chosen(&config)?;
        if chosen != network.as_str() {
            return Err(AdapterError::Conflict {
                reason: format!(
                    "joinmarket.cfg is set to {chosen}; change `network` (or `blockchain_source` for regtest) there first, \
                     because JoinMarket's wallets belong to a network"
                ),
            });
        }
        let mut wanted = vec![(HOST, Some(endpoint.host.clone()))];
        if config.filled(PORT).is_some() || default_port(chosen) != endpoint.port {
            wanted.push((PORT, Some(endpoint.port.to_string())));
        }
        let mut notes = Vec::new();
        match &endpoint.credential {
            Some(credential) => {
                check_login(credential)?;
                wanted.push((USER, Some(written(&credential.user))));
                wanted.push((PASSWORD, Some(written(credential.password.expose()))));
                if config.setting(COOKIE).is_some() {
                    wanted.push((COOKIE, None));
                }
            }
            None => notes.push("No login was given: the one that JoinMarket uses now stays.".to_owned()),
        }
        notes.push("JoinMarket reads the file at its start: restart what runs of it.".to_owned());
        let (after, keys) = set::<LinesOf<ConfigParser>>(before, &wanted)?;
        Ok(NewContent::settings(files, after, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        put_back::<LinesOf<ConfigParser>>(file, &[&[HOST, PORT, USER, PASSWORD, COOKIE]])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes, &['=', ':'])
    }
}
