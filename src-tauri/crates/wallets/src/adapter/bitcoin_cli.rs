//! The command-line tools of Bitcoin Core and of the programs made from it: `bitcoin.conf`, `litecoin.conf`,
//! `dogecoin.conf`, read at every start of the tool.
//!
//! Facts are from Bitcoin Core's source and checked against the real program: a password that is set beats every
//! cookie; `rpcport` outside a section counts for mainnet only, the other keys count for every network; `settings.json` is
//! read by bitcoind and bitcoin-qt, not by bitcoin-cli; `rpcconnect` beside `ipcconnect` is refused. The one rule: we
//! write into the section of one network (`[main]` for mainnet), so that no other network changes its endpoint.

use freehold_model::{Credential, Endpoint, Network, Protocol};

use super::login::{check_fit, check_login};
use super::three_way::{Decision, decide};
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, KeyChange, Login, NewContent, Restored, SeenEndpoint,
};
use crate::file::FileBytes;
use crate::files::Files;
use crate::format::conf::{Conf, ConfError, Setting};
use crate::mask::{MASK, is_secret_name, mask_urls};
use crate::place::{Os, Places};
use crate::slot::Slot;

/// A command-line tool of Bitcoin Core's family.
#[derive(Debug)]
pub(super) struct CoreCli(&'static Family);

/// What differs between the programs of the family.
#[derive(Debug)]
struct Family {
    id: &'static str,
    name: &'static str,
    /// The tool.
    tool: &'static str,
    /// Its node, and the node's window.
    nodes: &'static str,
    /// The settings file.
    file: &'static str,
    /// Its folder on Linux, below the home.
    linux: &'static str,
    /// Its folder on macOS and Windows.
    folder: &'static str,
    /// Windows keeps new installations in the local folder.
    is_local_on_windows: bool,
    /// A network can have a section of its own; else every network shares the values.
    has_sections: bool,
    networks: &'static [&'static str],
    /// Network, its section, its RPC port, the option that selects it.
    chains: &'static [(&'static str, &'static str, u16, &'static str)],
    neighbours: &'static [&'static str],
}

/// `bitcoin-cli` and its `bitcoin.conf`. Ports are from Core's `chainparamsbase.cpp`.
pub(super) static BITCOIN_CLI: CoreCli = CoreCli(&Family {
    id: "bitcoin-cli",
    name: "Bitcoin Core command line",
    tool: "bitcoin-cli",
    nodes: "bitcoind and bitcoin-qt",
    file: "bitcoin.conf",
    linux: ".bitcoin",
    folder: "Bitcoin",
    is_local_on_windows: true,
    has_sections: true,
    networks: &["mainnet", "testnet", "testnet4", "signet", "regtest"],
    chains: &[
        ("mainnet", "main", 8332, ""),
        ("testnet", "test", 18332, "-testnet"),
        ("testnet4", "testnet4", 48332, "-testnet4"),
        ("signet", "signet", 38332, "-signet"),
        ("regtest", "regtest", 18443, "-regtest"),
    ],
    neighbours: &["bitcoind", "bitcoin-qt", "bitcoin-node", "bitcoin-gui"],
});

/// `litecoin-cli` and its `litecoin.conf`, which Litecoin Core 0.21 reads as Bitcoin Core 0.21 does. Ports are from its
/// `chainparamsbase.cpp`.
pub(super) static LITECOIN_CLI: CoreCli = CoreCli(&Family {
    id: "litecoin-cli",
    name: "Litecoin Core command line",
    tool: "litecoin-cli",
    nodes: "litecoind and litecoin-qt",
    file: "litecoin.conf",
    linux: ".litecoin",
    folder: "Litecoin",
    is_local_on_windows: false,
    has_sections: true,
    networks: &["mainnet", "testnet", "signet", "regtest"],
    chains: &[
        ("mainnet", "main", 9332, ""),
        ("testnet", "test", 19332, "-testnet"),
        ("signet", "signet", 39332, "-signet"),
        ("regtest", "regtest", 19443, "-regtest"),
    ],
    neighbours: &["litecoind", "litecoin-qt"],
});

/// `dogecoin-cli` and its `dogecoin.conf`. Dogecoin Core 1.14 reads it as Bitcoin Core 0.14 did (`util.cpp`): no sections,
/// so one endpoint for every network. Its ports are from `chainparamsbase.cpp`; the one of regtest is not verified.
pub(super) static DOGECOIN_CLI: CoreCli = CoreCli(&Family {
    id: "dogecoin-cli",
    name: "Dogecoin Core command line",
    tool: "dogecoin-cli",
    nodes: "dogecoind and dogecoin-qt",
    file: "dogecoin.conf",
    linux: ".dogecoin",
    folder: "Dogecoin",
    is_local_on_windows: false,
    has_sections: false,
    networks: &["mainnet", "testnet", "regtest"],
    chains: &[
        ("mainnet", "", 22555, ""),
        ("testnet", "", 44555, "-testnet"),
        ("regtest", "", 18332, "-regtest"),
    ],
    neighbours: &["dogecoind", "dogecoin-qt"],
});

/// What we may change, in the order in which new lines are written.
const KEYS: [&str; 4] = ["rpcconnect", "rpcport", "rpcuser", "rpcpassword"];

impl From<ConfError> for AdapterError {
    fn from(error: ConfError) -> Self {
        Self::Malformed {
            line: error.line,
            byte: error.byte,
            reason: error.reason.to_owned(),
        }
    }
}

impl Family {
    fn section_of(&self, network: &Network) -> Result<(&'static str, u16, &'static str), AdapterError> {
        self.chains
            .iter()
            .find(|(name, ..)| *name == network.as_str())
            .map(|(_, section, port, option)| (*section, *port, *option))
            .ok_or_else(|| AdapterError::Network {
                network: network.clone(),
            })
    }

    /// In the old format a `no…` counts by its place among the others; which one wins is not guessed.
    fn refuse_switched_off(&self, conf: &Conf<'_>) -> Result<(), AdapterError> {
        let is_ours = |setting: &&Setting| KEYS.iter().any(|key| setting.name == key.as_bytes());
        let negated = conf
            .settings()
            .iter()
            .filter(is_ours)
            .find(|setting| setting.is_negated);
        match negated {
            Some(setting) if !self.has_sections => Err(AdapterError::Conflict {
                reason: format!(
                    "line {} switches a setting off with `no…`, which {} may read in two ways; take that line out first",
                    setting.line, self.tool
                ),
            }),
            Some(_) | None => Ok(()),
        }
    }
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

impl Adapter for CoreCli {
    fn id(&self) -> &'static str {
        self.0.id
    }

    fn name(&self) -> &'static str {
        self.0.name
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        self.0.networks
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        let family = self.0;
        let files = match places.os {
            Os::Linux => vec![places.below(family.linux).join(family.file)],
            Os::MacOs => vec![
                places
                    .below("Library/Application Support")
                    .join(family.folder)
                    .join(family.file),
            ],
            Os::Windows => {
                let roaming = places
                    .dir("APPDATA", "AppData/Roaming")
                    .join(family.folder)
                    .join(family.file);
                let local = places
                    .dir("LOCALAPPDATA", "AppData/Local")
                    .join(family.folder)
                    .join(family.file);
                // Core stays with the old place where that folder exists.
                if family.is_local_on_windows {
                    vec![roaming, local]
                } else {
                    vec![roaming]
                }
            }
        };
        vec![Slot::settings(files).created()]
    }

    fn neighbours(&self) -> &'static [&'static str] {
        self.0.neighbours
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let (section, default_port, option) = self.0.section_of(network)?;
        let conf = Conf::parse(files.settings().unwrap_or_default())?;
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
        self.0.refuse_switched_off(&conf)?;
        let is_explicit = (section == "main" || section.is_empty() && option.is_empty())
            && KEYS.iter().any(|key| conf.effective("", key).is_some())
            || !section.is_empty() && KEYS.iter().any(|key| conf.effective(section, key).is_some())
            || self.0.selected(&conf) == Some(option.trim_start_matches('-'));
        Ok(CurrentEndpoint {
            endpoint: Some(SeenEndpoint {
                text: endpoint.to_string(),
                protocol: Protocol::BitcoinHttp,
                host,
                port,
                login,
            }),
            is_explicit,
            notes: self.0.notes_on(&conf, section, option),
            ..CurrentEndpoint::default()
        })
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let (section, _, option) = self.0.section_of(network)?;
        let before = files.settings().unwrap_or_default();
        let conf = Conf::parse(before)?;
        refuse_ipc(&conf, section)?;
        self.0.refuse_switched_off(&conf)?;
        let mut notes = self.0.notes_on(&conf, section, option);
        let mut wanted = vec![
            ("rpcconnect", endpoint.host.clone()),
            ("rpcport", endpoint.port.to_string()),
        ];
        match &endpoint.credential {
            Some(credential) => {
                check_line_login(credential, self.0.file)?;
                wanted.push(("rpcuser", credential.user.clone()));
                wanted.push(("rpcpassword", credential.password.expose().to_owned()));
                if seen(&conf, section, "rpccookiefile").is_some() {
                    notes.push("`rpccookiefile` stays, but the password that is set here wins.".into());
                }
            }
            None => notes.push(format!(
                "No login was given: the one that {} uses now stays.",
                self.0.tool
            )),
        }
        notes.push(format!(
            "{} read the same file: a node that starts with it on this network would listen on port {} and take this \
             login as its own.",
            self.0.nodes, endpoint.port
        ));
        if !self.0.has_sections {
            notes.push(format!(
                "{} has one endpoint for all its networks: this changes it for every one of them.",
                self.0.tool
            ));
        }
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
        Ok(NewContent::settings(files, after, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, network: &Network) -> Result<Restored, AdapterError> {
        let (section, ..) = self.0.section_of(network)?;
        let original = Conf::parse(file.original.unwrap_or_default())?;
        let switched = Conf::parse(file.switched)?;
        let value =
            |conf: &Conf<'_>, name: &str| conf.effective(section, name).map(|found| conf.text(found).into_owned());
        let mut bytes = file.current.to_vec();
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
                Decision::Keep => kept.push(shown_name(section, name)),
                Decision::PutBack(back) => {
                    keys.push(change(section, name, now, back.clone()));
                    bytes = match back {
                        Some(text) => conf.with(section, name, &text),
                        None => conf.without(section, name),
                    };
                }
            }
        }
        if !section.is_empty() && !original.has_section(section) && !keys.is_empty() {
            bytes = Conf::parse(&bytes)?.without_empty(section);
        }
        Ok(Restored {
            bytes: FileBytes::new(bytes),
            keys,
            kept,
        })
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
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
fn check_line_login(credential: &Credential, file: &str) -> Result<(), AdapterError> {
    check_login(credential)?;
    if credential.user.contains('#') || credential.password.expose().contains('#') {
        let reason = format!("user or password contains `#`, which starts a comment in {file}");
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

impl Family {
    /// The network that the file itself selects, as the option's name.
    fn selected(&self, conf: &Conf<'_>) -> Option<&'static str> {
        let chain = conf
            .effective("", "chain")
            .filter(|_| self.has_sections)
            .map(|setting| conf.text(setting).into_owned());
        if let Some(chain) = chain {
            return match chain.as_str() {
                "main" => Some(""),
                "test" => Some("testnet"),
                other => self
                    .chains
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

    fn notes_on(&self, conf: &Conf<'_>, section: &str, option: &str) -> Vec<String> {
        let mut notes = Vec::new();
        if conf.has_bom() {
            notes.push(format!(
                "The file starts with a byte order mark, which {} does not know: it ignores or refuses the first line until \
                 the mark is taken out.",
                self.maker()
            ));
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
        let chosen = self.selected(conf).unwrap_or_default();
        if chosen != option.trim_start_matches('-') {
            let flag = match option {
                "" if self.has_sections => "-chain=main",
                "" => "-testnet=0 -regtest=0",
                option => option,
            };
            notes.push(format!(
                "Run it as `{} {flag}`: without that option it uses another network.",
                self.tool
            ));
        }
        notes
    }

    /// The program's name for people, without what this tool is.
    fn maker(&self) -> &'static str {
        self.name.trim_end_matches(" command line")
    }
}

fn shown_name(section: &str, name: &str) -> String {
    if section.is_empty() {
        name.to_owned()
    } else {
        format!("[{section}] {name}")
    }
}

fn change(section: &str, name: &str, before: Option<String>, after: Option<String>) -> KeyChange {
    let secret = is_secret_name(name);
    let shown = |value: Option<String>| value.map(|text| if secret { MASK.to_owned() } else { text });
    KeyChange {
        key: shown_name(section, name),
        before: shown(before),
        after: shown(after),
        secret,
    }
}

#[cfg(test)]
mod tests;
