//! Core Lightning: a general `config`, and one in the folder of each network, which counts more.
//!
//! Facts are from `lightningd-config` and `plugins/bcli.c`. It asks its node through the program `bitcoin-cli`, which must
//! be installed. The one rule: we write into the network's own file only, so that other networks keep their node.

use freehold_model::{Endpoint, Network, Protocol};

use super::address::{port, seen};
use super::keys::{Document, put_back, set};
use super::line_keys::{LineDocument, LinesOf, Spoken, masked};
use super::login::{check_fit, check_login};
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, Login, NewContent, NewFile, Restored};
use crate::file::FileBytes;
use crate::files::Files;
use crate::format::lines::Dialect;
use crate::place::{Os, Places};
use crate::slot::{SETTINGS, Slot};

/// Core Lightning and its `config`.
#[derive(Debug)]
pub(super) struct CoreLightning;

/// How lightningd reads a file: each line is an option without its `--`.
struct Options;

impl Spoken for Options {
    const DIALECT: &'static Dialect = &Dialect {
        comments: b"#",
        is_comment_anywhere: false,
        has_sections: false,
        ignores_sections: false,
        delimiters: b"=",
        ignores_case: false,
        has_bare_names: true,
        has_continuations: false,
        last_counts: true,
    };
}

/// The network's own file.
const OWN: &str = "network";
/// The file of every network.
const GENERAL: &str = "general";

const HOST: &str = "bitcoin-rpcconnect";
const PORT: &str = "bitcoin-rpcport";
const USER: &str = "bitcoin-rpcuser";
const PASSWORD: &str = "bitcoin-rpcpassword";

/// What we may change, in the order in which new lines are written.
const GROUP: [&str; 4] = [HOST, PORT, USER, PASSWORD];

/// Network, its folder, Bitcoin Core's port there.
const NETWORKS: [(&str, &str, u16); 5] = [
    ("mainnet", "bitcoin", 8332),
    ("testnet", "testnet", 18332),
    ("testnet4", "testnet4", 48332),
    ("signet", "signet", 38332),
    ("regtest", "regtest", 18443),
];

type Config<'a> = LineDocument<'a, Options>;

fn chain_of(network: &Network) -> (&'static str, u16) {
    let found = NETWORKS.iter().find(|(name, ..)| *name == network.as_str());
    found.map_or(("bitcoin", 8332), |(_, folder, port)| (*folder, *port))
}

/// The network's file and the general one.
struct Both<'a> {
    own: Config<'a>,
    general: Config<'a>,
}

impl<'a> Both<'a> {
    fn of(files: &'a Files) -> Result<Self, AdapterError> {
        Ok(Self {
            own: Config::parse(own_bytes(files))?,
            general: Config::parse(files.bytes(GENERAL).unwrap_or_default())?,
        })
    }

    /// What counts for the network.
    fn text(&self, key: &str) -> Option<&'a str> {
        self.own.filled(key).or_else(|| self.general.filled(key))
    }

    /// What takes the place of bitcoind, and the line that says so.
    fn replaced(&self) -> Option<(&'static str, String)> {
        let files = [
            (&self.own, "the network's own file"),
            (&self.general, "the general file"),
        ];
        for (config, file) in files {
            for setting in config.lines().settings() {
                let value = config.lines().value(setting).unwrap_or_default();
                let program = value.rsplit(['/', '\\']).next().unwrap_or_default();
                let is_plugin = matches!(setting.name.as_str(), "plugin" | "important-plugin");
                let is_backend = ["trustedcoin", "sauron"].iter().any(|name| program.starts_with(name));
                let place = || format!("line {} of {file}", setting.line);
                if is_plugin && is_backend {
                    return Some(("a plugin that asks block explorers on the web", place()));
                }
                if setting.name == "disable-plugin" && program.trim_end_matches(".py") == "bcli" {
                    return Some(("another plugin than bcli, which asks bitcoind", place()));
                }
            }
        }
        None
    }
}

/// The content of the network's own file. Where it exists it is the settings file.
fn own_bytes(files: &Files) -> &[u8] {
    let own = files.first(OWN).map(|held| held.path.as_path());
    let bytes = own.and_then(|path| files.at(path)).and_then(|held| held.bytes.as_ref());
    bytes.map(FileBytes::as_slice).unwrap_or_default()
}

impl Adapter for CoreLightning {
    fn id(&self) -> &'static str {
        "core-lightning"
    }

    fn name(&self) -> &'static str {
        "Core Lightning"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "testnet4", "signet", "regtest"]
    }

    fn slots(&self, places: &Places, network: &Network) -> Vec<Slot> {
        if places.os == Os::Windows {
            // It is not made for Windows.
            return Vec::new();
        }
        let folder = places.below(".lightning");
        let own = folder.join(chain_of(network).0).join("config");
        let general = folder.join("config");
        vec![
            Slot::settings(vec![general.clone(), own.clone()]).created(),
            Slot::named(OWN, vec![own]).created(),
            Slot::named(GENERAL, vec![general]),
        ]
    }

    fn neighbours(&self) -> &'static [&'static str] {
        // It never writes these files, so it may run; it uses the node at its next start.
        &["lightningd"]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let both = Both::of(files)?;
        let (_, default_port) = chain_of(network);
        let mut current = CurrentEndpoint {
            is_explicit: !own_bytes(files).is_empty(),
            ..CurrentEndpoint::default()
        };
        for config in [&both.own, &both.general] {
            if config
                .lines()
                .settings()
                .iter()
                .any(|setting| setting.name.starts_with("include "))
            {
                current
                    .notes
                    .push("The file includes another one, which Freehold does not read.".to_owned());
            }
        }
        if let Some((what, _)) = both.replaced() {
            current.leans_on = Some(what.to_owned());
            return Ok(current);
        }
        let port = both.text(PORT).map_or(Ok(default_port), |text| port(PORT, text))?;
        let login = if both.text(PASSWORD).is_some() {
            Login::Password
        } else {
            Login::Cookie
        };
        let host = both.text(HOST).unwrap_or("127.0.0.1");
        current.endpoint = Some(seen(Protocol::BitcoinHttp, host, port, login));
        if both.text(HOST).is_none() {
            current
                .notes
                .push("No host is set, so what bitcoin.conf says to `bitcoin-cli` counts.".to_owned());
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let own = files.first(OWN).ok_or(AdapterError::Missing)?;
        let both = Both::of(files)?;
        both.own.refuse_mark("Core Lightning")?;
        both.general.refuse_mark("Core Lightning")?;
        if let Some((what, place)) = both.replaced() {
            return Err(AdapterError::Conflict {
                reason: format!(
                    "{place} makes Core Lightning use {what}; take that line out first, so that it asks bitcoind"
                ),
            });
        }
        let mut wanted = vec![(HOST, endpoint.host.clone()), (PORT, endpoint.port.to_string())];
        let mut notes = Vec::new();
        match &endpoint.credential {
            Some(credential) => {
                check_login(credential)?;
                wanted.push((USER, credential.user.clone()));
                wanted.push((PASSWORD, credential.password.expose().to_owned()));
            }
            None => notes.push("No login was given: the one that Core Lightning uses now stays.".to_owned()),
        }
        // A value that counts already stays where it is, also where it comes from the general file.
        let wanted: Vec<(&str, Option<String>)> = wanted
            .into_iter()
            .filter(|(key, value)| both.text(key) != Some(value.as_str()))
            .map(|(key, value)| (key, Some(value)))
            .collect();
        notes.push(
            "Core Lightning asks the node through the program `bitcoin-cli`, which must be installed.".to_owned(),
        );
        notes.push("Core Lightning reads its files at its start: restart it afterwards.".to_owned());
        let before = own_bytes(files);
        let (after, keys) = set::<LinesOf<Options>>(before, &wanted)?;
        let is_same = after == before;
        let held = files.at(&own.path).filter(|held| held.slot == SETTINGS);
        let file = NewFile {
            slot: held.map_or(OWN, |held| held.slot),
            path: own.path.clone(),
            bytes: if is_same {
                held.unwrap_or(own).bytes.clone()
            } else {
                Some(FileBytes::new(after))
            },
            keys,
        };
        Ok(NewContent {
            files: vec![file],
            notes,
        })
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        put_back::<LinesOf<Options>>(file, &[&GROUP])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes, &['='])
    }
}

#[cfg(test)]
mod tests;
