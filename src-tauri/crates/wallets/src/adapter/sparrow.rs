//! Sparrow Wallet: one JSON file for each network, rewritten whole by the program on every change and on exit.
//!
//! The settings come in a group: `mode`, `serverType`, the server itself and its login must fit each other, else Sparrow
//! goes on with a public server. Facts are from Sparrow 2.5.3's `io/Config.java` and `io/Server.java`. The one rule: a
//! value that this file does not know is refused, because the group would be guessed.

use std::path::PathBuf;

use freehold_model::{Endpoint, Network, NodeNeed, Protocol};
use serde_json::Value;

use super::login::{check_fit, check_login};
use super::three_way::{Decision, decide};
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, KeyChange, Leftover, Lock, Login, NewContent, Override,
    Restored,
};
use crate::file::FileBytes;
use crate::files::Files;
use crate::format::json::{JsonError, Object, array_with, array_without};
use crate::mask::{MASK, is_secret_name, mask_urls};
use crate::place::{Os, Places};
use crate::slot::Slot;

mod leftovers;
mod pins;
mod server;

/// Sparrow Wallet and its `config`.
#[derive(Debug)]
pub(super) struct Sparrow;

/// What we may change with a value of its own; the two lists of recent servers get one entry more.
const KEYS: [&str; 7] = [
    "mode",
    "serverType",
    "coreServer",
    "coreAuthType",
    "coreAuth",
    "electrumServer",
    "electrumServerCert",
];

/// The lists that feed Sparrow's own menu of servers.
const LISTS: [&str; 2] = ["recentCoreServers", "recentElectrumServers"];

/// The name under which our endpoint stands in Sparrow's menu.
const ALIAS: &str = "Freehold";

impl From<JsonError> for AdapterError {
    fn from(error: JsonError) -> Self {
        Self::Malformed {
            line: error.line,
            byte: error.byte,
            reason: error.reason,
        }
    }
}

/// Sparrow's folder for a network; mainnet has none.
fn folder(network: &Network) -> &str {
    match network.as_str() {
        "mainnet" => "",
        "testnet" => "testnet3",
        other => other,
    }
}

/// The value of a member that must be a text; `null` counts as absent, as it does for Sparrow.
fn text(object: &Object<'_>, name: &str) -> Result<Option<String>, AdapterError> {
    let Some(member) = object.member(name) else {
        return Ok(None);
    };
    match object.value(name)? {
        Some(Value::String(text)) => Ok(Some(text)),
        None | Some(Value::Null) => Ok(None),
        Some(_) => Err(object.error_at(member, &format!("`{name}` is not a text")).into()),
    }
}

/// The value of a member that must be one of `known`.
fn known(object: &Object<'_>, name: &str, known: &[&'static str]) -> Result<Option<&'static str>, AdapterError> {
    let Some(value) = text(object, name)? else {
        return Ok(None);
    };
    match known.iter().find(|candidate| **candidate == value) {
        Some(found) => Ok(Some(*found)),
        None => Err(AdapterError::UnknownValue {
            key: name.to_owned(),
            value: value.chars().take(40).collect(),
        }),
    }
}

/// The group that decides which server is used: (mode, server type).
fn group(object: &Object<'_>) -> Result<(Option<&'static str>, Option<&'static str>), AdapterError> {
    let mode = known(object, "mode", &["ONLINE", "OFFLINE"])?;
    let kind = known(
        object,
        "serverType",
        &["BITCOIN_CORE", "ELECTRUM_SERVER", "PUBLIC_ELECTRUM_SERVER"],
    )?;
    known(object, "coreAuthType", &["COOKIE", "USERPASS"])?;
    // Sparrow itself fills a missing type this way at its start.
    let is_electrum =
        kind.is_none() && object.member("electrumServer").is_some() && object.member("coreServer").is_none();
    Ok((mode, if is_electrum { Some("ELECTRUM_SERVER") } else { kind }))
}

/// Sparrow's rule: the cookie counts when it is chosen, or no login is there, and a folder for it is.
fn core_login(object: &Object<'_>) -> Result<Login, AdapterError> {
    let has_folder = text(object, "coreDataDir")?.is_some();
    let has_login = text(object, "coreAuth")?.is_some_and(|login| login.len() >= 2);
    let wants_cookie = text(object, "coreAuthType")?.as_deref() == Some("COOKIE") || !has_login;
    Ok(match (wants_cookie && has_folder, has_login) {
        (true, _) => Login::Cookie,
        (false, true) => Login::Password,
        (false, false) => Login::None,
    })
}

impl Adapter for Sparrow {
    fn id(&self) -> &'static str {
        "sparrow"
    }

    fn name(&self) -> &'static str {
        "Sparrow"
    }

    fn needs(&self, protocol: Protocol) -> &'static [NodeNeed] {
        match protocol {
            // It makes a watch-only wallet named `cormorant` in the node and refuses an older one.
            Protocol::BitcoinHttp => &[NodeNeed::WalletFunctions, NodeNeed::AtLeastVersion { major: 24 }],
            _ => &[],
        }
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::BitcoinHttp, Protocol::ElectrumTcp, Protocol::ElectrumSsl]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "testnet4", "signet", "regtest"]
    }

    fn slots(&self, places: &Places, network: &Network) -> Vec<Slot> {
        let own = |home: PathBuf| home.join(folder(network)).join("config");
        let files = match places.os {
            // Since 2.5.3 the XDG folder is used where it exists, on macOS too.
            Os::Linux | Os::MacOs => vec![
                own(places.dir("XDG_CONFIG_HOME", ".config").join("sparrow")),
                own(places.below(".sparrow")),
            ],
            Os::Windows => vec![own(places.dir("APPDATA", "AppData/Roaming").join("Sparrow"))],
        };
        vec![Slot::settings(files), pins::slot(places, folder(network))]
    }

    fn overrides(&self) -> &'static [Override] {
        &[Override {
            variable: "SPARROW_NETWORK",
            effect: "makes Sparrow use the settings of the network that it names, whatever you switched",
        }]
    }

    fn leftovers(&self, files: &Files, network: &Network) -> Vec<Leftover> {
        leftovers::of(files, network)
    }

    fn locks(&self, places: &Places, network: &Network) -> Vec<Lock> {
        let own = |home: PathBuf| Lock::Socket(home.join(folder(network)).join("sparrow.lock"));
        match places.os {
            Os::Linux | Os::MacOs => vec![
                own(places.dir("XDG_STATE_HOME", ".local/state").join("sparrow")),
                own(places.below(".sparrow")),
            ],
            Os::Windows => vec![own(places.dir("APPDATA", "AppData/Roaming").join("Sparrow"))],
        }
    }

    fn processes(&self) -> &'static [&'static str] {
        &["Sparrow", "sparrow"]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let object = Object::parse(bytes)?;
        let (mode, kind) = group(&object)?;
        let mut current = CurrentEndpoint {
            is_explicit: true,
            ..CurrentEndpoint::default()
        };
        match mode {
            None => current
                .notes
                .push("Sparrow has not been set up yet: it would ask for a server at its start.".into()),
            Some("OFFLINE") => current.notes.push("Sparrow is set to work offline.".into()),
            Some(_) => {}
        }
        if mode != Some("ONLINE") {
            return Ok(current);
        }
        if kind == Some("PUBLIC_ELECTRUM_SERVER") {
            current.leans_on = Some("volunteers' public Electrum servers".into());
        }
        let name = match kind {
            Some("BITCOIN_CORE") => "coreServer",
            Some("ELECTRUM_SERVER") => "electrumServer",
            Some("PUBLIC_ELECTRUM_SERVER") => "publicElectrumServer",
            Some(_) | None => {
                current.notes.push("Sparrow is not told which server to use.".into());
                return Ok(current);
            }
        };
        match text(&object, name)? {
            None => current
                .notes
                .push(format!("`{name}` is missing, so Sparrow chooses a server by itself.")),
            Some(written) => {
                let login = if kind == Some("BITCOIN_CORE") {
                    core_login(&object)?
                } else {
                    Login::None
                };
                let unknown = || AdapterError::UnknownValue {
                    key: name.to_owned(),
                    value: mask_urls(&written),
                };
                current.endpoint = Some(server::seen(&written, network, login).ok_or_else(unknown)?);
            }
        }
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let object = Object::parse(before)?;
        let (mode, _) = group(&object)?;
        let mut notes = Vec::new();
        if mode == Some("OFFLINE") {
            notes.push("Sparrow was set to work offline; this sets it online.".to_owned());
        }
        let server = format!("{}|{ALIAS}", endpoint.url());
        let mut wanted: Vec<(&str, Option<String>)> = vec![("mode", Some("ONLINE".into()))];
        let list = if endpoint.protocol == Protocol::BitcoinHttp {
            wanted.push(("serverType", Some("BITCOIN_CORE".into())));
            wanted.push(("coreServer", Some(server.clone())));
            match &endpoint.credential {
                Some(credential) => {
                    check_login(credential)?;
                    wanted.push(("coreAuthType", Some("USERPASS".into())));
                    wanted.push((
                        "coreAuth",
                        Some(format!("{}:{}", credential.user, credential.password.expose())),
                    ));
                }
                None if core_login(&object)? == Login::None => {
                    let reason = "Sparrow needs user and password for Bitcoin Core; none was given".to_owned();
                    return Err(AdapterError::Endpoint { reason });
                }
                None => notes.push("No login was given: the one that Sparrow uses now stays.".to_owned()),
            }
            notes.push(
                "Sparrow makes a wallet named `cormorant` in the node and needs Bitcoin Core 24 or later.".into(),
            );
            "recentCoreServers"
        } else {
            wanted.push(("serverType", Some("ELECTRUM_SERVER".into())));
            wanted.push(("electrumServer", Some(server.clone())));
            if endpoint.protocol == Protocol::ElectrumSsl {
                // It pins the certificate of the server before ours; with it Sparrow would not connect.
                wanted.push(("electrumServerCert", None));
            }
            "recentElectrumServers"
        };
        notes.push(
            "Sparrow still asks others for fee rates, exchange rates and new versions, unless you turn that off."
                .into(),
        );

        let mut content = before.to_vec();
        let mut keys = Vec::new();
        for (name, value) in wanted {
            let object = Object::parse(&content)?;
            let now = text(&object, name)?;
            let is_address = name == "coreServer" || name == "electrumServer";
            let is_same = |now: &String| is_address && server::is_at(now, network, endpoint);
            if now == value || now.as_ref().is_some_and(is_same) {
                continue;
            }
            let edited = match &value {
                Some(value) => object.with(name, &Value::from(value.as_str()).to_string()),
                None => object.without(name),
            };
            keys.push(change(name, now, value));
            content = edited.into_bytes();
        }
        if let Some((edited, key)) = with_recent(&content, list, endpoint, &server)? {
            keys.push(key);
            content = edited;
        }
        let forgotten = if keys.is_empty() {
            Vec::new()
        } else {
            pins::forgotten(files, endpoint, &mut notes)
        };
        let mut new = NewContent::settings(files, content, keys, notes);
        new.files.extend(forgotten);
        Ok(new)
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        let original = Object::parse(file.original.ok_or(AdapterError::Missing)?)?;
        let switched = Object::parse(file.switched)?;
        let mut content = file.current.to_vec();
        let (mut keys, mut kept) = (Vec::new(), Vec::new());
        for name in LISTS {
            if let Some((edited, key)) = without_recent(&content, name, &original, &switched)? {
                keys.push(key);
                content = edited;
            }
        }
        for name in KEYS {
            let object = Object::parse(&content)?;
            let (was, ours, now) = (original.value(name)?, switched.value(name)?, object.value(name)?);
            match decide(was.as_ref(), ours.as_ref(), now.as_ref()) {
                Decision::Leave => {}
                Decision::Keep => kept.push(name.to_owned()),
                Decision::PutBack(back) => {
                    let shown = |value: Option<&Value>| value.map(|value| value.as_str().unwrap_or("null").to_owned());
                    keys.push(change(name, shown(now.as_ref()), shown(back.as_ref())));
                    let edited = match original.member(name) {
                        Some(member) => object.with(name, original.raw(member)),
                        None => object.without(name),
                    };
                    content = edited.into_bytes();
                }
            }
        }
        Ok(Restored {
            bytes: FileBytes::new(content),
            keys,
            kept,
        })
    }

    fn masked(&self, slot: &str, bytes: &[u8]) -> String {
        if slot == pins::PIN {
            // A certificate is public.
            return String::from_utf8_lossy(bytes).into_owned();
        }
        server::masked(bytes)
    }
}

/// The list `name` with our server at its end; `None` when a server of that address is listed already.
fn with_recent(
    content: &[u8],
    name: &str,
    endpoint: &Endpoint,
    server: &str,
) -> Result<Option<(Vec<u8>, KeyChange)>, AdapterError> {
    let object = Object::parse(content)?;
    let item = Value::from(server).to_string();
    let edited = match (object.member(name), object.value(name)?) {
        (None, _) | (Some(_), None | Some(Value::Null)) => object.with(name, &format!("[{item}]")),
        (Some(member), Some(Value::Array(items))) => {
            let is_listed = items
                .iter()
                .filter_map(Value::as_str)
                .any(|entry| entry.split('|').next() == Some(endpoint.url().as_str()));
            if is_listed {
                return Ok(None);
            }
            object.with(name, &array_with(object.raw(member), &item)?)
        }
        (Some(member), Some(_)) => return Err(object.error_at(member, &format!("`{name}` is not a list")).into()),
    };
    let key = KeyChange {
        key: name.to_owned(),
        before: None,
        after: Some(mask_urls(server)),
        secret: false,
    };
    Ok(Some((edited.into_bytes(), key)))
}

/// The list `name` without the entries that the switch added; what others added stays.
fn without_recent(
    content: &[u8],
    name: &str,
    original: &Object<'_>,
    switched: &Object<'_>,
) -> Result<Option<(Vec<u8>, KeyChange)>, AdapterError> {
    let object = Object::parse(content)?;
    let items = |object: &Object<'_>| -> Result<Vec<Value>, AdapterError> {
        Ok(object
            .value(name)?
            .and_then(|value| value.as_array().cloned())
            .unwrap_or_default())
    };
    let (was, ours) = (items(original)?, items(switched)?);
    let (Some(member), now) = (object.member(name), items(&object)?) else {
        return Ok(None);
    };
    let mut raw = object.raw(member).to_owned();
    let mut gone = None;
    for (index, item) in now.iter().enumerate().rev() {
        if ours.contains(item) && !was.contains(item) {
            raw = array_without(&raw, index)?;
            gone = item.as_str().map(mask_urls);
        }
    }
    let Some(gone) = gone else { return Ok(None) };
    let is_empty = serde_json::from_str::<Vec<Value>>(&raw).is_ok_and(|left| left.is_empty());
    let edited = match original.member(name) {
        None if is_empty => object.without(name),
        // `null`, or a list whose spelling comes back with its content.
        Some(before) if is_empty && was.is_empty() => object.with(name, original.raw(before)),
        Some(_) | None => object.with(name, &raw),
    };
    let key = KeyChange {
        key: name.to_owned(),
        before: Some(gone),
        after: None,
        secret: false,
    };
    Ok(Some((edited.into_bytes(), key)))
}

fn change(name: &str, before: Option<String>, after: Option<String>) -> KeyChange {
    let secret = is_secret_name(name);
    let shown = |value: Option<String>| value.map(|text| if secret { MASK.to_owned() } else { mask_urls(&text) });
    KeyChange {
        key: name.to_owned(),
        before: shown(before),
        after: shown(after),
        secret,
    }
}

#[cfg(test)]
mod tests;
