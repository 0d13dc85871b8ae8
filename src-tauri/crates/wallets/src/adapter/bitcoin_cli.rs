//! Bitcoin Core's own command-line tool: `bitcoin.conf`, read at every start of `bitcoin-cli`.
//!
//! Facts are from Bitcoin Core's source and checked against the real program: a password that is set beats every
//! cookie; `rpcport` outside a section counts for mainnet only, the other keys count for every network; `settings.json` is
//! read by bitcoind and bitcoin-qt, not by bitcoin-cli; `rpcconnect` beside `ipcconnect` is refused. The one rule: we
//! write into the section of one network (`[main]` for mainnet), so that no other network changes its endpoint.

use std::path::PathBuf;

use freehold_model::{Credential, Endpoint, Network, Protocol};

use super::login::{check_fit, check_login};
use super::three_way::{Decision, decide};
use super::{Adapter, AdapterError, CurrentEndpoint, KeyChange, Login, NewContent, Restored, SeenEndpoint};
use crate::file::FileBytes;
use crate::format::conf::{Conf, ConfError, Setting};
use crate::mask::{MASK, is_secret_name, mask_urls};
use crate::place::{Os, Places};

/// `bitcoin-cli` and its `bitcoin.conf`.
#[derive(Debug)]
pub(super) struct BitcoinCli;

/// What we may change, in the order in which new lines are written.
const KEYS: [&str; 4] = ["rpcconnect", "rpcport", "rpcuser", "rpcpassword"];

/// Network, its section, its RPC port (Core's `chainparamsbase.cpp`), the option that selects it.
const NETWORKS: [(&str, &str, u16, &str); 5] = [
    ("mainnet", "main", 8332, ""),
    ("testnet", "test", 18332, "-testnet"),
    ("testnet4", "testnet4", 48332, "-testnet4"),
    ("signet", "signet", 38332, "-signet"),
    ("regtest", "regtest", 18443, "-regtest"),
];

impl From<ConfError> for AdapterError {
    fn from(error: ConfError) -> Self {
        Self::Malformed {
            line: error.line,
            byte: error.byte,
            reason: error.reason.to_owned(),
        }
    }
}

fn section_of(network: &Network) -> Result<(&'static str, u16, &'static str), AdapterError> {
    NETWORKS
        .iter()
        .find(|(name, ..)| *name == network.as_str())
        .map(|(_, section, port, option)| (*section, *port, *option))
        .ok_or_else(|| AdapterError::Network {
            network: network.clone(),
        })
}

/// What bitcoin-cli sees on the network of `section`: the section first, then the common part.
fn seen<'c>(conf: &'c Conf<'_>, section: &str, name: &str) -> Option<&'c Setting> {
    if let Some(setting) = conf.effective(section, name) {
        return Some(setting);
    }
    let is_network_only = name == "rpcport" && section != "main";
    if conf.is_switched_off(section, name) || is_network_only {
        None
    } else {
        conf.effective("", name)
    }
}

fn text_of(conf: &Conf<'_>, section: &str, name: &str) -> Option<String> {
    seen(conf, section, name).map(|setting| conf.text(setting).into_owned())
}

/// Host and port of an `rpcconnect` value, as Core's `SplitHostPort` reads it.
fn split_host_port(value: &str) -> (String, Option<u16>) {
    if let Some((host, rest)) = value.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (
            host.to_owned(),
            rest.strip_prefix(':').and_then(|port| port.parse().ok()),
        );
    }
    match value.split_once(':') {
        Some((host, port)) if !port.contains(':') => (host.to_owned(), port.parse().ok()),
        _ => (value.to_owned(), None),
    }
}

impl Adapter for BitcoinCli {
    fn id(&self) -> &'static str {
        "bitcoin-cli"
    }

    fn name(&self) -> &'static str {
        "Bitcoin Core command line"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "testnet4", "signet", "regtest"]
    }

    fn files(&self, places: &Places, _network: &Network) -> Vec<PathBuf> {
        let file = "bitcoin.conf";
        match places.os {
            Os::Linux => vec![places.below(".bitcoin").join(file)],
            Os::MacOs => vec![places.below("Library/Application Support/Bitcoin").join(file)],
            // Core stays with the old place where that folder exists.
            Os::Windows => vec![
                places.dir("APPDATA", "AppData/Roaming").join("Bitcoin").join(file),
                places.dir("LOCALAPPDATA", "AppData/Local").join("Bitcoin").join(file),
            ],
        }
    }

    fn neighbours(&self) -> &'static [&'static str] {
        &["bitcoind", "bitcoin-qt", "bitcoin-node", "bitcoin-gui"]
    }

    fn creates_missing_file(&self) -> bool {
        true
    }

    fn inspect(&self, bytes: &[u8], network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let (section, default_port, option) = section_of(network)?;
        let conf = Conf::parse(bytes)?;
        let (host, port_in_host) = text_of(&conf, section, "rpcconnect")
            .map_or(("127.0.0.1".to_owned(), None), |value| split_host_port(&value));
        let port = match seen(&conf, section, "rpcport") {
            Some(setting) => conf
                .text(setting)
                .parse::<u16>()
                .ok()
                .filter(|port| *port > 0)
                .ok_or_else(|| AdapterError::Malformed {
                    line: setting.line,
                    byte: setting.value.start,
                    reason: "`rpcport` is not a port".into(),
                })?,
            None => port_in_host.unwrap_or(default_port),
        };
        let has_password = text_of(&conf, section, "rpcpassword").is_some_and(|value| !value.is_empty());
        let login = if has_password { Login::Password } else { Login::Cookie };
        let host = host.to_ascii_lowercase();
        let endpoint = Endpoint {
            protocol: Protocol::BitcoinHttp,
            host: host.clone(),
            port,
            credential: None,
        };
        let is_explicit = section == "main" && KEYS.iter().any(|key| conf.effective("", key).is_some())
            || KEYS.iter().any(|key| conf.effective(section, key).is_some())
            || selected(&conf) == Some(option.trim_start_matches('-'));
        Ok(CurrentEndpoint {
            endpoint: Some(SeenEndpoint {
                text: endpoint.to_string(),
                protocol: Protocol::BitcoinHttp,
                host,
                port,
                login,
            }),
            is_explicit,
            notes: notes_on(&conf, section, option),
        })
    }

    fn plan(&self, bytes: Option<&[u8]>, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let (section, _, option) = section_of(network)?;
        let before = bytes.unwrap_or_default();
        let conf = Conf::parse(before)?;
        refuse_ipc(&conf, section)?;
        let mut notes = notes_on(&conf, section, option);
        let mut wanted = vec![
            ("rpcconnect", endpoint.host.clone()),
            ("rpcport", endpoint.port.to_string()),
        ];
        match &endpoint.credential {
            Some(credential) => {
                check_line_login(credential)?;
                wanted.push(("rpcuser", credential.user.clone()));
                wanted.push(("rpcpassword", credential.password.expose().to_owned()));
                if seen(&conf, section, "rpccookiefile").is_some() {
                    notes.push("`rpccookiefile` stays, but the password that is set here wins.".into());
                }
            }
            None => notes.push("No login was given: the one that bitcoin-cli uses now stays.".into()),
        }
        notes.push(format!(
            "bitcoind and bitcoin-qt read the same file: a node that starts with it on this network would listen on port \
             {} and take this login as its own.",
            endpoint.port
        ));
        let mut after = before.to_vec();
        let mut keys = Vec::new();
        for (name, value) in &wanted {
            let conf = Conf::parse(&after)?;
            // A value that counts already stays where it is, also where it comes from the common part.
            let now = text_of(&conf, section, name);
            if now.as_deref() == Some(value) {
                continue;
            }
            keys.push(change(section, name, now, Some(value.clone())));
            after = conf.with(section, name, value);
        }
        Ok(NewContent {
            bytes: FileBytes::new(after),
            keys,
            notes,
        })
    }

    fn restore_keys(
        &self,
        current: &[u8],
        original: Option<&[u8]>,
        switched: &[u8],
        network: &Network,
    ) -> Result<Restored, AdapterError> {
        let (section, ..) = section_of(network)?;
        let original = Conf::parse(original.unwrap_or_default())?;
        let switched = Conf::parse(switched)?;
        let value =
            |conf: &Conf<'_>, name: &str| conf.effective(section, name).map(|found| conf.text(found).into_owned());
        let mut bytes = current.to_vec();
        let (mut keys, mut kept) = (Vec::new(), Vec::new());
        for name in KEYS {
            let conf = Conf::parse(&bytes)?;
            let now = value(&conf, name);
            match decide(
                value(&original, name).as_ref(),
                value(&switched, name).as_ref(),
                now.as_ref(),
            ) {
                Decision::Leave => {}
                Decision::Keep => kept.push(format!("[{section}] {name}")),
                Decision::PutBack(back) => {
                    keys.push(change(section, name, now, back.clone()));
                    bytes = match back {
                        Some(text) => conf.with(section, name, &text),
                        None => conf.without(section, name),
                    };
                }
            }
        }
        if !original.has_section(section) && !keys.is_empty() {
            bytes = Conf::parse(&bytes)?.without_empty(section);
        }
        Ok(Restored {
            bytes: FileBytes::new(bytes),
            keys,
            kept,
        })
    }

    fn masked(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes);
        let mut shown = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let (body, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
            // Comments too: a password is often parked behind a `#`.
            match body.split_once('=') {
                Some((name, value)) if is_secret_name(name.trim()) && !value.trim().is_empty() => {
                    shown.push_str(name);
                    shown.push('=');
                    shown.push_str(MASK);
                }
                Some(_) | None => shown.push_str(&mask_urls(body)),
            }
            shown.push_str(end);
        }
        shown
    }
}

/// `#` starts a comment in this format, even inside a value.
fn check_line_login(credential: &Credential) -> Result<(), AdapterError> {
    check_login(credential)?;
    if credential.user.contains('#') || credential.password.expose().contains('#') {
        let reason = "user or password contains `#`, which starts a comment in bitcoin.conf".to_owned();
        return Err(AdapterError::Endpoint { reason });
    }
    Ok(())
}

/// bitcoin-cli stops with an error when both `ipcconnect` and `rpcconnect` are set.
fn refuse_ipc(conf: &Conf<'_>, section: &str) -> Result<(), AdapterError> {
    let Some(setting) = seen(conf, section, "ipcconnect") else {
        return Ok(());
    };
    let value = conf.text(setting);
    if value == "auto" || value == "0" {
        return Ok(());
    }
    Err(AdapterError::Conflict {
        reason: format!(
            "line {} sets `ipcconnect`, and bitcoin-cli refuses `rpcconnect` beside it; take that line out first",
            setting.line
        ),
    })
}

/// The network that the file itself selects, as the option's name.
fn selected(conf: &Conf<'_>) -> Option<&'static str> {
    let chain = conf
        .effective("", "chain")
        .map(|setting| conf.text(setting).into_owned());
    if let Some(chain) = chain {
        return match chain.as_str() {
            "main" => Some(""),
            "test" => Some("testnet"),
            other => NETWORKS
                .iter()
                .find(|(_, section, ..)| *section == other)
                .map(|(name, ..)| *name),
        };
    }
    // Core reads these as booleans: a value that starts with a number other than 0, or no value at all.
    ["testnet", "testnet4", "signet", "regtest"].into_iter().find(|name| {
        conf.effective("", name).is_some_and(|setting| {
            let value = conf.text(setting);
            let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
            value.is_empty() || digits.bytes().any(|digit| digit != b'0')
        })
    })
}

fn notes_on(conf: &Conf<'_>, section: &str, option: &str) -> Vec<String> {
    let mut notes = Vec::new();
    if conf.has_bom() {
        notes.push(
            "The file starts with a byte order mark, which Bitcoin Core does not know: it ignores or refuses the first \
             line until the mark is taken out."
                .to_owned(),
        );
    }
    for setting in conf.settings() {
        let applies = setting.section.is_empty() || setting.section == section.as_bytes();
        if applies && setting.name == b"includeconf" {
            notes.push(format!(
                "Line {} includes another file, which Freehold does not read; this file wins where both set a value, \
                 unless the other one switches it off with `no…`.",
                setting.line
            ));
        }
    }
    let chosen = selected(conf).unwrap_or_default();
    if chosen != option.trim_start_matches('-') {
        let flag = if option.is_empty() { "-chain=main" } else { option };
        notes.push(format!(
            "Run it as `bitcoin-cli {flag}`: without that option it uses another network."
        ));
    }
    notes
}

fn change(section: &str, name: &str, before: Option<String>, after: Option<String>) -> KeyChange {
    let secret = is_secret_name(name);
    let shown = |value: Option<String>| value.map(|text| if secret { MASK.to_owned() } else { text });
    KeyChange {
        key: format!("[{section}] {name}"),
        before: shown(before),
        after: shown(after),
        secret,
    }
}

#[cfg(test)]
mod tests;
