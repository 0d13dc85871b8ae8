//! monero-wallet-cli and monero-wallet-rpc, which read settings only from a file that is named at their start
//! (`--config-file`).
//!
//! Facts are from Monero's `wallet2.cpp` and `wallet_args.cpp` and checked against the real programs (0.18). They stop at
//! an option that they do not know, at one that stands twice, and where an address stands beside a host or port. The one
//! rule: a file with an option that is not theirs is not touched, since the user may have named the wrong file.

use freehold_model::{Endpoint, Network, Protocol};

use super::address::{address, is_loopback, no_address, port, seen};
use super::keys::{Document, put_back, set};
use super::line_keys::{LineDocument, LinesOf, Spoken, masked};
use super::login::{check_fit, check_login};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Login, NewContent, Restored, SeenEndpoint};
use crate::files::Files;
use crate::format::lines::Dialect;
use crate::place::Places;
use crate::slot::Slot;

/// The wallets of Monero's own command line.
#[derive(Debug)]
pub(super) struct MoneroWalletCli;

/// How the library Boost reads a file of options.
struct Boost;

impl Spoken for Boost {
    const DIALECT: &'static Dialect = &Dialect {
        comments: b"#",
        is_comment_anywhere: true,
        has_sections: false,
        ignores_sections: false,
        delimiters: b"=",
        ignores_case: false,
        has_bare_names: false,
        has_continuations: false,
        last_counts: true,
    };
}

const ADDRESS: &str = "daemon-address";
const HOST: &str = "daemon-host";
const PORT: &str = "daemon-port";
const LOGIN: &str = "daemon-login";
const PROXY: &str = "proxy";
const SSL: &str = "daemon-ssl";
/// What ties the wallet to the certificate of one node.
const PINS: [&str; 3] = [
    "daemon-ssl-allowed-fingerprints",
    "daemon-ssl-ca-certificates",
    "daemon-ssl-allow-chained",
];

/// What we may change; it only makes sense together.
const GROUP: [&str; 11] = [
    ADDRESS, HOST, PORT, LOGIN, PROXY, SSL, PINS[0], PINS[1], PINS[2], "testnet", "stagenet",
];

/// Every option that either program takes in a file.
const OPTIONS: &[&str] = &[
    "daemon-address",
    "daemon-host",
    "daemon-port",
    "daemon-login",
    "daemon-ssl",
    "daemon-ssl-private-key",
    "daemon-ssl-certificate",
    "daemon-ssl-ca-certificates",
    "daemon-ssl-allowed-fingerprints",
    "daemon-ssl-allow-any-cert",
    "daemon-ssl-allow-chained",
    "proxy",
    "trusted-daemon",
    "untrusted-daemon",
    "testnet",
    "stagenet",
    "password",
    "password-file",
    "shared-ringdb-dir",
    "kdf-rounds",
    "bitmessage-address",
    "bitmessage-login",
    "hw-device",
    "hw-device-deriv-path",
    "tx-notify",
    "no-dns",
    "offline",
    "extra-entropy",
    "wallet-file",
    "wallet-dir",
    "mnemonic-language",
    "command",
    "allow-mismatched-daemon-version",
    "restore-height",
    "restore-date",
    "do-not-relay",
    "create-address-file",
    "subaddress-lookahead",
    "use-english-language-names",
    "rpc-client-secret-key",
    "log-file",
    "log-level",
    "max-log-file-size",
    "max-log-files",
    "max-concurrency",
    "rpc-bind-port",
    "disable-rpc-login",
    "restricted-rpc",
    "rpc-bind-ip",
    "rpc-bind-ipv6-address",
    "rpc-restricted-bind-ip",
    "rpc-restricted-bind-ipv6-address",
    "rpc-use-ipv6",
    "rpc-ignore-ipv4",
    "rpc-login",
    "confirm-external-bind",
    "rpc-access-control-origins",
    "rpc-ssl",
    "rpc-ssl-private-key",
    "rpc-ssl-certificate",
    "rpc-ssl-ca-certificates",
    "rpc-ssl-allowed-fingerprints",
    "rpc-ssl-allow-chained",
    "disable-rpc-ban",
    "prompt-for-password",
    "rpc-max-connections-per-public-ip",
    "rpc-max-connections-per-private-ip",
    "rpc-max-connections",
    "rpc-response-soft-limit",
    "detach",
    "pidfile",
    "non-interactive",
];

type Config<'a> = LineDocument<'a, Boost>;

fn is_on(config: &Config<'_>, key: &str) -> Result<bool, AdapterError> {
    match config.text(key).map(str::to_ascii_lowercase).as_deref() {
        None | Some("0" | "no" | "false" | "off") => Ok(false),
        Some("" | "1" | "yes" | "true" | "on") => Ok(true),
        Some(other) => Err(AdapterError::UnknownValue {
            key: key.to_owned(),
            value: other.chars().take(20).collect(),
        }),
    }
}

/// The network of the file: mainnet unless it says another.
fn chosen(config: &Config<'_>) -> Result<&'static str, AdapterError> {
    match (is_on(config, "testnet")?, is_on(config, "stagenet")?) {
        (false, false) => Ok("mainnet"),
        (true, false) => Ok("testnet"),
        (false, true) => Ok("stagenet"),
        (true, true) => Err(AdapterError::Conflict {
            reason: "the file asks for testnet and stagenet at once, at which the wallet stops".to_owned(),
        }),
    }
}

fn default_port(network: &str) -> u16 {
    match network {
        "testnet" => 28081,
        "stagenet" => 38081,
        _ => 18081,
    }
}

/// Reads a file; refuses one that the programs would refuse.
fn read(bytes: &[u8]) -> Result<Config<'_>, AdapterError> {
    let config = Config::parse(bytes)?;
    for setting in config.lines().settings() {
        if !OPTIONS.contains(&setting.name.as_str()) {
            return Err(AdapterError::Conflict {
                reason: format!(
                    "line {} sets `{}`, which is no option of Monero's wallets that Freehold knows, and they stop at an \
                     option that they do not know; look whether this is the right file",
                    setting.line,
                    setting.name.chars().take(40).collect::<String>()
                ),
            });
        }
    }
    config.refuse_repeated(
        &[ADDRESS, HOST, PORT, LOGIN, PROXY, SSL, "testnet", "stagenet"],
        "Monero's wallet",
    )?;
    let has = |key: &str| config.setting(key).is_some();
    if has(ADDRESS) && (has(HOST) || has(PORT)) {
        return Err(AdapterError::Conflict {
            reason:
                "`daemon-address` stands beside `daemon-host` or `daemon-port`, at which the wallet stops; take one of \
                     them out first"
                    .to_owned(),
        });
    }
    Ok(config)
}

fn endpoint_in(config: &Config<'_>, network: &str) -> Result<SeenEndpoint, AdapterError> {
    let login = if config.filled(LOGIN).is_some() {
        Login::Password
    } else {
        Login::None
    };
    let written = config
        .filled(ADDRESS)
        .or_else(|| config.filled(HOST))
        .unwrap_or("localhost");
    let found = address(written).filter(|found| matches!(found.scheme.as_str(), "" | "http" | "https"));
    let found = found.ok_or_else(|| no_address(ADDRESS, written))?;
    let port = match (found.port, config.filled(PORT)) {
        (Some(port), _) => port,
        // A port of 0 means the default one.
        (None, Some(text)) if text != "0" => port(PORT, text)?,
        (None, _) => default_port(network),
    };
    Ok(seen(Protocol::MoneroHttp, &found.host, port, login))
}

impl Adapter for MoneroWalletCli {
    fn id(&self) -> &'static str {
        "monero-wallet-cli"
    }

    fn name(&self) -> &'static str {
        "Monero command line"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::MoneroHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "stagenet"]
    }

    fn takes_file(&self) -> bool {
        true
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        vec![Slot::settings(places.chosen.iter().cloned().collect()).created()]
    }

    fn neighbours(&self) -> &'static [&'static str] {
        // They never write the file; they use the node at their next start.
        &["monero-wallet-cli", "monero-wallet-rpc"]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let config = read(bytes)?;
        let chosen = chosen(&config)?;
        let mut current = CurrentEndpoint::default();
        if chosen != network.as_str() {
            current.notes.push(format!("This file is for {chosen}."));
            return Ok(current);
        }
        current.is_explicit = true;
        current.endpoint = Some(endpoint_in(&config, chosen)?);
        if is_on(&config, "offline")? {
            current
                .notes
                .push("The file sets the wallet to work offline.".to_owned());
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().unwrap_or_default();
        let config = read(before)?;
        config.refuse_mark("Monero's wallet")?;
        let chosen = chosen(&config)?;
        let is_new = config.lines().settings().is_empty();
        if chosen != network.as_str() && !(is_new || chosen == "mainnet" && config.setting("stagenet").is_none()) {
            return Err(AdapterError::Conflict {
                reason: format!("the file is for {chosen}; name one for {network}"),
            });
        }
        if is_on(&config, "offline")? {
            return Err(AdapterError::Conflict {
                reason: "the file sets the wallet to work offline (`offline`); take that line out first".to_owned(),
            });
        }
        let is_there = chosen == network.as_str()
            && endpoint_in(&config, chosen)
                .is_ok_and(|found| found.text == endpoint.to_string() && config.filled(ADDRESS).is_some());
        let mut wanted: Vec<(&str, Option<String>)> = Vec::new();
        let mut notes = Vec::new();
        if chosen != network.as_str() {
            wanted.push((network_key(network), Some("1".to_owned())));
            notes.push(format!("The file is for {network} from now on."));
        }
        if !is_there {
            wanted.push((HOST, None));
            wanted.push((PORT, None));
            wanted.push((ADDRESS, Some(endpoint.authority())));
            let is_pinned = PINS.iter().any(|pin| config.setting(pin).is_some());
            if is_pinned || config.text(SSL) == Some("enabled") {
                wanted.extend(PINS.map(|pin| (pin, None)));
                wanted.push((SSL, None));
                notes.push(
                    "The certificate of the node before goes out of the file; a revert brings it back.".to_owned(),
                );
            }
        }
        if is_loopback(&endpoint.host) && config.setting(PROXY).is_some() {
            wanted.push((PROXY, None));
            notes.push(
                "The proxy goes out of the file: a node on this machine cannot be reached through it.".to_owned(),
            );
        }
        match &endpoint.credential {
            Some(credential) => {
                check_login(credential)?;
                let password = credential.password.expose();
                if credential.user.contains('#') || password.contains('#') {
                    let reason = "user or password contains `#`, which starts a comment in the file".to_owned();
                    return Err(AdapterError::Endpoint { reason });
                }
                wanted.push((LOGIN, Some(format!("{}:{password}", credential.user))));
            }
            None if config.filled(LOGIN).is_some() => {
                notes.push("No login was given: the one in the file stays.".to_owned());
            }
            None => {}
        }
        let path = places_hint(files);
        notes.push(format!(
            "Start the wallet with `--config-file {path}`; what is given on its command line beats the file."
        ));
        let (after, keys) = set::<LinesOf<Boost>>(before, &wanted)?;
        Ok(NewContent::settings(files, after, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        put_back::<LinesOf<Boost>>(file, &[&GROUP])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes, &['='])
    }
}

fn network_key(network: &Network) -> &'static str {
    if network.as_str() == "stagenet" {
        "stagenet"
    } else {
        "testnet"
    }
}

fn places_hint(files: &Files) -> String {
    files
        .all()
        .first()
        .map_or_else(|| "FILE".to_owned(), |held| held.path.display().to_string())
}

#[cfg(test)]
mod tests;
