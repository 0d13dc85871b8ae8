//! LND: `lnd.conf`, which it reads at its start and never writes.
//!
//! Facts are from lnd's `sample-lnd.conf`, `lncfg/bitcoind.go` and the library go-flags, which reads the file: a name may
//! stand in any section. The one rule: subscriptions (ZMQ) of another node go with that node, and lnd then asks ours
//! regularly (`bitcoind.rpcpolling`), since blocks of one node and answers of another do not fit.

use freehold_model::{Endpoint, Network, Protocol};

use super::address::{address, no_address, seen};
use super::keys::{Document, put_back, set};
use super::line_keys::{LineDocument, LinesOf, Spoken, masked};
use super::login::{check_fit, check_login};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Login, NewContent, Restored, SeenEndpoint};
use crate::files::Files;
use crate::format::lines::Dialect;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// LND and its `lnd.conf`.
#[derive(Debug)]
pub(super) struct Lnd;

/// How go-flags reads a file.
struct GoFlags;

impl Spoken for GoFlags {
    const DIALECT: &'static Dialect = &Dialect {
        comments: b"#;",
        is_comment_anywhere: false,
        has_sections: true,
        ignores_sections: true,
        delimiters: b"=",
        ignores_case: true,
        has_bare_names: false,
        has_continuations: false,
        last_counts: true,
    };
}

const NODE: &str = "Bitcoin/bitcoin.node";
const HOST: &str = "Bitcoind/bitcoind.rpchost";
const USER: &str = "Bitcoind/bitcoind.rpcuser";
const PASSWORD: &str = "Bitcoind/bitcoind.rpcpass";
const COOKIE: &str = "Bitcoind/bitcoind.rpccookie";
const POLLING: &str = "Bitcoind/bitcoind.rpcpolling";
const BLOCKS: &str = "Bitcoind/bitcoind.zmqpubrawblock";
const TRANSACTIONS: &str = "Bitcoind/bitcoind.zmqpubrawtx";

/// What we may change; it only makes sense together.
const GROUP: [&str; 8] = [NODE, HOST, USER, PASSWORD, COOKIE, POLLING, BLOCKS, TRANSACTIONS];

/// The network, the setting that chooses it, and Bitcoin Core's port there.
const NETWORKS: [(&str, &str, u16); 5] = [
    ("mainnet", "Bitcoin/bitcoin.mainnet", 8332),
    ("testnet", "Bitcoin/bitcoin.testnet", 18332),
    ("testnet4", "Bitcoin/bitcoin.testnet4", 48332),
    ("signet", "Bitcoin/bitcoin.signet", 38332),
    ("regtest", "Bitcoin/bitcoin.regtest", 18443),
];

type Config<'a> = LineDocument<'a, GoFlags>;

/// A value as it is written, or between quotes.
fn plain<'a>(config: &Config<'a>, key: &str) -> Option<&'a str> {
    let value = config.filled(key)?;
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    Some(inner.unwrap_or(value)).filter(|value| !value.is_empty())
}

fn is_on(config: &Config<'_>, key: &str) -> bool {
    plain(config, key).is_some_and(|value| matches!(value, "1" | "t" | "T" | "true" | "TRUE" | "True"))
}

/// The network that the file chooses; `None` where it leaves that to the command line.
fn chosen(config: &Config<'_>) -> Option<&'static str> {
    NETWORKS
        .iter()
        .find(|(_, key, _)| is_on(config, key))
        .map(|(name, ..)| *name)
}

/// The kind of node; lnd's own default is btcd.
fn kind(config: &Config<'_>) -> Result<&'static str, AdapterError> {
    match plain(config, NODE) {
        None | Some("btcd") => Ok("btcd"),
        Some("bitcoind") => Ok("bitcoind"),
        Some("neutrino") => Ok("neutrino"),
        Some("nochainbackend") => Ok("nochainbackend"),
        Some(other) => Err(AdapterError::UnknownValue {
            key: "bitcoin.node".into(),
            value: other.chars().take(40).collect(),
        }),
    }
}

fn host(config: &Config<'_>, default_port: u16) -> Result<SeenEndpoint, AdapterError> {
    let written = plain(config, HOST).unwrap_or("localhost");
    let found = address(written).ok_or_else(|| no_address("bitcoind.rpchost", written))?;
    // A cookie counts where no password is set, also the one that it finds in bitcoind's folder.
    let login = if plain(config, PASSWORD).is_some() {
        Login::Password
    } else {
        Login::Cookie
    };
    Ok(seen(
        Protocol::BitcoinHttp,
        &found.host,
        found.port.unwrap_or(default_port),
        login,
    ))
}

impl Adapter for Lnd {
    fn id(&self) -> &'static str {
        "lnd"
    }

    fn name(&self) -> &'static str {
        "LND"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "testnet4", "signet", "regtest"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        let folder = match places.os {
            Os::Linux => places.below(".lnd"),
            Os::MacOs => places.below("Library/Application Support/Lnd"),
            Os::Windows => places.dir("LOCALAPPDATA", "AppData/Local").join("Lnd"),
        };
        vec![Slot::settings(vec![folder.join("lnd.conf")])]
    }

    fn neighbours(&self) -> &'static [&'static str] {
        // It never writes the file, so it may run; it uses the node at its next start.
        &["lnd"]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let config = Config::parse(bytes)?;
        let chosen = chosen(&config);
        let mut current = CurrentEndpoint::default();
        let Some((_, _, default_port)) = NETWORKS.iter().find(|(name, ..)| *name == network.as_str()) else {
            return Ok(current);
        };
        if let Some(chosen) = chosen.filter(|chosen| *chosen != network.as_str()) {
            current.notes.push(format!("LND is set to {chosen}."));
            return Ok(current);
        }
        current.is_explicit = chosen.is_some();
        match kind(&config)? {
            "bitcoind" => current.endpoint = Some(host(&config, *default_port)?),
            "neutrino" => {
                current.notes.push(
                    "LND reads block filters from peers of the Bitcoin network (`bitcoin.node=neutrino`).".to_owned(),
                );
                let names = ["neutrino.addpeer", "neutrino.connect"];
                let peers = names.iter().flat_map(|name| config.lines().all("", name));
                let hosts: Vec<&str> = peers.filter_map(|peer| config.lines().value(peer)).collect();
                if !hosts.is_empty() {
                    current
                        .notes
                        .push(format!("The peers that it is told to use: {}.", hosts.join(", ")));
                }
            }
            kind => current
                .notes
                .push(format!("LND is set to use {kind}, not a Bitcoin Core.")),
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let config = Config::parse(before)?;
        config.refuse_mark("LND")?;
        config.refuse_repeated(&GROUP, "LND")?;
        match chosen(&config) {
            Some(chosen) if chosen != network.as_str() => {
                return Err(AdapterError::Conflict {
                    reason: format!("lnd.conf is set to {chosen}, and LND's wallet belongs to that network"),
                });
            }
            Some(_) | None => {}
        }
        let kind = kind(&config)?;
        if kind == "nochainbackend" {
            return Err(AdapterError::Conflict {
                reason: "LND is set to work without a node (`bitcoin.node=nochainbackend`); take that line out first"
                    .to_owned(),
            });
        }
        let default_port = NETWORKS
            .iter()
            .find(|(name, ..)| *name == network.as_str())
            .map_or(0, |(.., port)| *port);
        let is_there = kind == "bitcoind"
            && host(&config, default_port).is_ok_and(|found| found.text.eq_ignore_ascii_case(&endpoint.to_string()));
        let mut notes = Vec::new();
        let mut wanted = vec![(NODE, Some("bitcoind".to_owned()))];
        if !is_there {
            wanted.push((HOST, Some(endpoint.authority())));
        }
        match &endpoint.credential {
            Some(credential) => {
                check_login(credential)?;
                for text in [credential.user.as_str(), credential.password.expose()] {
                    if text.starts_with('"') {
                        let reason =
                            "user or password starts with a quote, which means something else in lnd.conf".to_owned();
                        return Err(AdapterError::Endpoint { reason });
                    }
                }
                wanted.push((USER, Some(credential.user.clone())));
                wanted.push((PASSWORD, Some(credential.password.expose().to_owned())));
                wanted.extend(config.setting(COOKIE).map(|_| (COOKIE, None)));
            }
            None if plain(&config, PASSWORD).is_none() && plain(&config, COOKIE).is_none() => {
                let reason = "LND needs user and password of the node; none was given".to_owned();
                return Err(AdapterError::Endpoint { reason });
            }
            None => notes.push("No login was given: the one that LND uses now stays.".to_owned()),
        }
        let has_subscriptions = plain(&config, BLOCKS).is_some() && plain(&config, TRANSACTIONS).is_some();
        if !(is_there && has_subscriptions) {
            wanted.extend([BLOCKS, TRANSACTIONS].map(|key| (key, None)));
            wanted.push((POLLING, Some("true".to_owned())));
            notes.push(
                "LND asks the node regularly for new blocks (`bitcoind.rpcpolling`) instead of subscribing to them."
                    .to_owned(),
            );
        }
        if kind == "neutrino" {
            notes.push(
                "This LND has worked with block filters of peers so far. Going over to a node of one's own with a wallet \
                 that holds channels is not something its makers promise to work: back up `channel.backup` and close \
                 LND before."
                    .to_owned(),
            );
        }
        notes.push("LND reads the file at its start: restart it afterwards.".to_owned());
        let (after, keys) = set::<LinesOf<GoFlags>>(before, &wanted)?;
        Ok(NewContent::settings(files, after, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        put_back::<LinesOf<GoFlags>>(file, &[&GROUP])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes, &['='])
    }
}

#[cfg(test)]
mod tests;
