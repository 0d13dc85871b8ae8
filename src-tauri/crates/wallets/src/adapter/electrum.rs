//! Electrum and Electrum-LTC: one JSON file for each network, rewritten whole by the program on every change and on exit.
//!
//! Three settings go together: without `auto_connect: false` Electrum moves to another server as it likes, without
//! `oneserver` it asks about ten others beside, and from 4.6.0 on it forgets `server` where `oneserver` meets an
//! `auto_connect` that is not off. A fingerprint belongs to the server before ours. The one rule: a file that says nothing
//! of its version is given one, because Electrum would take it for one of 2017 and put TLS on our server.

use std::path::PathBuf;

use freehold_model::{Endpoint, Network, Protocol};

use super::json_keys::{Json, JsonDocument};
use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, KeyChange, Leftover, Lock, NewContent, NewFile, Restored,
};
use crate::file::FileBytes;
use crate::files::{Files, HeldFile};
use crate::place::{Os, Places};
use crate::slot::{SETTINGS, Slot};
use pins::PIN;

mod leftovers;
mod pins;
mod server;

/// Electrum or a program made from it.
#[derive(Debug)]
pub(super) struct Electrum {
    id: &'static str,
    name: &'static str,
    /// The folder below the home, on every system but Windows.
    folder: &'static str,
    /// The folder below `%APPDATA%`.
    windows_folder: &'static str,
    /// The folder of the Flatpak below the home.
    flatpak: Option<&'static str>,
    /// The variable that moves the folder.
    variable: Option<&'static str>,
    networks: &'static [&'static str],
    processes: &'static [&'static str],
    /// Whose servers it uses unless it is told otherwise.
    crowd: &'static str,
}

/// Electrum for Bitcoin.
pub(super) const ELECTRUM: Electrum = Electrum {
    id: "electrum",
    name: "Electrum",
    folder: ".electrum",
    windows_folder: "Electrum",
    flatpak: Some(".var/app/org.electrum.electrum/.electrum"),
    variable: Some("ELECTRUMDIR"),
    networks: &["mainnet", "testnet", "testnet4", "signet", "regtest"],
    processes: &["electrum", "run_electrum"],
    crowd: "volunteers' public Electrum servers",
};

/// Electrum-LTC for Litecoin.
pub(super) const ELECTRUM_LTC: Electrum = Electrum {
    id: "electrum-ltc",
    name: "Electrum-LTC",
    folder: ".electrum-ltc",
    windows_folder: "Electrum-LTC",
    flatpak: None,
    variable: None,
    networks: &["mainnet", "testnet", "regtest"],
    processes: &["electrum-ltc"],
    crowd: "volunteers' public Electrum-LTC servers",
};

/// The settings that decide which server is used.
const SERVER: [&str; 4] = ["auto_connect", "oneserver", "server", "serverfingerprint"];

/// How old the file's format is. In a group of its own, since Electrum itself raises it.
const VERSION: [&str; 1] = ["config_version"];

/// The newest format, of Electrum 3.2.0 to 4.8.1.
const NEWEST: i64 = 3;

/// The file of the other kind of installation, where both are there.
const SECOND: &str = "second";

impl Electrum {
    /// The folders that may hold its files for a network, the default last.
    fn folders(&self, places: &Places, network: &Network) -> Vec<PathBuf> {
        let below = |folder: PathBuf| match network.as_str() {
            "mainnet" => folder,
            other => folder.join(other),
        };
        if places.os == Os::Windows {
            return vec![below(
                places.dir("APPDATA", "AppData/Roaming").join(self.windows_folder),
            )];
        }
        let own = places.below(self.folder);
        // Electrum itself looks at nothing else then.
        if let Some(moved) = self
            .variable
            .map(|variable| places.dir(variable, self.folder))
            .filter(|dir| *dir != own)
        {
            return vec![below(moved)];
        }
        let flatpak = self
            .flatpak
            .filter(|_| places.os == Os::Linux)
            .map(|folder| places.below(folder));
        flatpak.into_iter().chain([own]).map(below).collect()
    }
}

/// Reads a settings file; refuses what Electrum cannot read.
fn parse(bytes: &[u8]) -> Result<JsonDocument<'_>, AdapterError> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        // Older versions would then start with their defaults, newer ones not at all.
        return Err(AdapterError::Malformed {
            line: 1,
            byte: 0,
            reason: "the file starts with a byte order mark, with which Electrum cannot read it".into(),
        });
    }
    JsonDocument::parse(bytes)
}

/// The file's format.
fn version(document: &JsonDocument<'_>) -> Result<i64, AdapterError> {
    let unknown = |value: String| AdapterError::UnknownValue {
        key: "config_version".into(),
        value,
    };
    let found = match document.value("config_version")? {
        None => 1,
        Some(value) => value
            .as_i64()
            .ok_or_else(|| document.wrong("config_version", "a number"))?,
    };
    if (1..=NEWEST).contains(&found) {
        Ok(found)
    } else {
        Err(unknown(found.to_string()))
    }
}

/// The text of a settings file that uses `endpoint`.
fn switched(held: &HeldFile, endpoint: &Endpoint) -> Result<(Vec<u8>, Vec<KeyChange>), AdapterError> {
    // As Electrum writes it: sorted, four spaces, no line break at the end.
    let before: &[u8] = held.bytes.as_ref().map_or(b"{\n}", |bytes| bytes.as_slice());
    let document = parse(before)?;
    let found = version(&document)?;
    if document.flag("offline")? == Some(true) {
        return Err(AdapterError::Conflict {
            reason: "Electrum is told to work offline (`offline` in its settings), so it would not ask any server"
                .into(),
        });
    }
    // What is written in a way that nobody knows is refused, also where it would go.
    server::current(&document, found < 2)?;
    document.flag("auto_connect")?;
    document.flag("oneserver")?;
    document.text("serverfingerprint")?;
    let kind = if endpoint.protocol == Protocol::ElectrumSsl {
        "s"
    } else {
        "t"
    };
    let quoted = serde_json::Value::from(format!("{}:{kind}", endpoint.authority())).to_string();
    let mut wanted: Vec<(&str, Option<String>)> = vec![("auto_connect", Some("false".into()))];
    match document.raw("config_version")? {
        None if held.bytes.is_none() => wanted.push(("config_version", Some(NEWEST.to_string()))),
        // Higher than the step that puts TLS on every server, and low enough for the later ones.
        None => wanted.push(("config_version", Some("2".into()))),
        Some(_) if found < 2 => wanted.push(("config_version", Some("2".into()))),
        Some(_) => {}
    }
    wanted.push(("oneserver", Some("true".into())));
    wanted.push(("server", Some(quoted)));
    wanted.push(("serverfingerprint", None));
    drop(document);
    let (text, keys) = set::<Json>(before, &wanted)?;
    if held.bytes.is_some() {
        return Ok((text, keys));
    }
    let made: serde_json::Value = serde_json::from_slice(&text).unwrap_or_default();
    let lines: Vec<String> = made
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| format!("    \"{name}\": {value}"))
        .collect();
    Ok((format!("{{\n{}\n}}", lines.join(",\n")).into_bytes(), keys))
}

/// The settings files, each once.
fn settings(files: &Files) -> Vec<&HeldFile> {
    let mut found: Vec<&HeldFile> = files.every(SETTINGS).collect();
    for second in files.every(SECOND) {
        if found.iter().all(|held| held.path != second.path) {
            found.push(second);
        }
    }
    found
}

impl Adapter for Electrum {
    fn id(&self) -> &'static str {
        self.id
    }

    fn name(&self) -> &'static str {
        self.name
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::ElectrumTcp, Protocol::ElectrumSsl]
    }

    fn networks(&self) -> &'static [&'static str] {
        self.networks
    }

    fn slots(&self, places: &Places, network: &Network) -> Vec<Slot> {
        let folders = self.folders(places, network);
        let configs = |folders: &[PathBuf]| folders.iter().map(|folder| folder.join("config")).collect();
        let mut slots = vec![Slot::settings(configs(&folders)).created()];
        if let Some(others) = folders.get(1..).filter(|others| !others.is_empty()) {
            slots.push(Slot::named(SECOND, configs(others)).every());
        }
        slots.push(pins::slot(&folders));
        slots
    }

    fn locks(&self, places: &Places, network: &Network) -> Vec<Lock> {
        let lock = |folder: PathBuf| Lock::NamesSocket(folder.join("daemon"));
        self.folders(places, network).into_iter().map(lock).collect()
    }

    fn processes(&self) -> &'static [&'static str] {
        self.processes
    }

    fn leftovers(&self, files: &Files, _network: &Network) -> Vec<Leftover> {
        leftovers::of(files, self.id == ELECTRUM.id)
    }

    fn inspect(&self, files: &Files, _network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let all = settings(files);
        let mut current = CurrentEndpoint {
            leans_on: Some(self.crowd.to_owned()),
            ..CurrentEndpoint::default()
        };
        let Some(bytes) = all.first().and_then(|held| held.bytes.as_ref()) else {
            return Ok(current);
        };
        current.is_explicit = true;
        let document = parse(bytes.as_slice())?;
        let is_old = version(&document)? < 2;
        if document.flag("offline")? == Some(true) {
            current.leans_on = None;
            current.notes.push(format!("{} is set to work offline.", self.name));
            return Ok(current);
        }
        current.endpoint = server::current(&document, is_old)?;
        let moves = document.flag("auto_connect")? != Some(false);
        let is_alone = document.flag("oneserver")? == Some(true);
        match (&current.endpoint, moves, is_alone) {
            (None, ..) => current.notes.push(format!("{} chooses a server by itself.", self.name)),
            (Some(_), true, true) => current.notes.push(format!(
                "{} 4.6 or newer would forget this server, because `oneserver` is on and `auto_connect` is not off.",
                self.name
            )),
            (Some(_), true, false) => current.notes.push(format!(
                "{} moves to another public server when this one is slow.",
                self.name
            )),
            (Some(_), false, true) => current.leans_on = None,
            (Some(_), false, false) => {}
        }
        if current.endpoint.is_some() && !is_alone {
            current.notes.push(format!(
                "{} also asks about ten public servers for block headers, because `oneserver` is off.",
                self.name
            ));
        }
        for second in all.iter().skip(1) {
            let Some(bytes) = &second.bytes else { continue };
            let document = parse(bytes.as_slice())?;
            current
                .others
                .extend(server::current(&document, version(&document)? < 2)?);
            current.notes.push(format!(
                "{} is there twice, as a Flatpak and without; a switch sets both.",
                self.name
            ));
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let mut new = Vec::new();
        let mut notes = Vec::new();
        if endpoint.credential.is_some() {
            notes.push(format!(
                "{} cannot log in at a server: user and password are not used.",
                self.name
            ));
        }
        for held in settings(files) {
            let (bytes, keys) = switched(held, endpoint)?;
            if !keys.is_empty() && endpoint.protocol == Protocol::ElectrumSsl {
                new.extend(pins::forgotten(files, held, endpoint, &mut notes));
            }
            new.push(NewFile {
                slot: held.slot,
                path: held.path.clone(),
                bytes: Some(FileBytes::new(bytes)),
                keys,
            });
        }
        new.sort_by_key(|file| file.slot == PIN);
        notes.push(format!(
            "{} uses this server alone from its next start on: with the node stopped it is offline.",
            self.name
        ));
        Ok(NewContent { files: new, notes })
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        put_back::<Json>(file, &[&SERVER, &VERSION])
    }

    fn masked(&self, slot: &str, bytes: &[u8]) -> String {
        if slot == PIN {
            // A certificate is public.
            return String::from_utf8_lossy(bytes).into_owned();
        }
        server::masked(bytes)
    }
}

#[cfg(test)]
mod tests;
