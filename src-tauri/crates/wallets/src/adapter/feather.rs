//! Feather Wallet: one JSON file, in which each Monero network has its list of nodes.
//!
//! Facts are from Feather's `utils/config.cpp` and `utils/nodes.cpp`. Of several nodes of the user's own it takes any, so
//! ours stands there alone. The one rule: `nodeSource` and the list of the network change together, else Feather goes on
//! with the public nodes that its makers name.

use std::path::PathBuf;

use freehold_model::{Credential, Endpoint, Network, Protocol};
use serde_json::Value;

use super::address::{address, no_address, seen};
use super::json_keys::{Json, JsonDocument};
use super::keys::{Document, put_back, set};
use super::login::{check_fit, check_login};
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, Leftover, Lock, Login, NewContent, Restored, SeenEndpoint,
    json_mask,
};
use crate::files::Files;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// Feather Wallet and its `settings.json`.
#[derive(Debug)]
pub(super) struct Feather;

/// Network, its number in the file, the port of its nodes where none is written.
const NETWORKS: [(&str, &str, u16); 3] = [
    ("mainnet", "0", 18081),
    ("testnet", "1", 28081),
    ("stagenet", "2", 38081),
];

/// The list of a network, and the port of its nodes.
fn list_of(network: &Network) -> Result<(String, u16), AdapterError> {
    let found = NETWORKS.iter().find(|(name, ..)| *name == network.as_str());
    found
        .map(|(_, number, port)| (format!("nodes/{number}/custom"), *port))
        .ok_or_else(|| AdapterError::Network {
            network: network.clone(),
        })
}

/// Whether the user's own nodes are used.
fn is_custom(document: &JsonDocument<'_>) -> Result<bool, AdapterError> {
    match document.value("nodeSource")? {
        None | Some(Value::Null) => Ok(false),
        Some(value) => match value.as_u64() {
            Some(0) => Ok(false),
            Some(1) => Ok(true),
            _ => Err(AdapterError::UnknownValue {
                key: "nodeSource".into(),
                value: value.to_string().chars().take(20).collect(),
            }),
        },
    }
}

/// The user's own nodes, as they are written.
fn custom(document: &JsonDocument<'_>, list: &str) -> Result<Vec<String>, AdapterError> {
    if matches!(document.value("nodes")?, Some(Value::String(text)) if !text.is_empty()) {
        return Err(AdapterError::Conflict {
            reason:
                "Feather's list of nodes is in the form of an old version; install the newest Feather, start it once \
                     and choose a node in its settings"
                    .to_owned(),
        });
    }
    match document.value(list)? {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) => {
            let text = |item: &Value| item.as_str().map(str::to_owned);
            let found: Option<Vec<String>> = items.iter().map(text).collect();
            found.ok_or_else(|| document.wrong(list, "a list of texts"))
        }
        Some(_) => Err(document.wrong(list, "a list of texts")),
    }
}

fn node(list: &str, written: &str, default_port: u16) -> Result<SeenEndpoint, AdapterError> {
    let found = address(written).ok_or_else(|| no_address(list, written))?;
    let login = if found.has_login { Login::Password } else { Login::None };
    Ok(seen(
        Protocol::MoneroHttp,
        &found.host,
        found.port.unwrap_or(default_port),
        login,
    ))
}

/// `user:password@` as it stands in a URL.
fn login_part(credential: &Credential) -> String {
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    format!(
        "{}:{}@",
        encoded(&credential.user),
        encoded(credential.password.expose())
    )
}

impl Adapter for Feather {
    fn id(&self) -> &'static str {
        "feather"
    }

    fn name(&self) -> &'static str {
        "Feather"
    }

    fn protocols(&self) -> &'static [Protocol] {
        &[Protocol::MoneroHttp]
    }

    fn networks(&self) -> &'static [&'static str] {
        &["mainnet", "testnet", "stagenet"]
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        let folders = match places.os {
            // The Flatpak's place follows from its name and is not verified.
            Os::Linux => vec![
                places.below(".var/app/org.featherwallet.Feather/config/feather"),
                places.dir("XDG_CONFIG_HOME", ".config").join("feather"),
            ],
            Os::MacOs => vec![places.below("Library/Application Support/FeatherWallet")],
            Os::Windows => vec![places.dir("APPDATA", "AppData/Roaming").join("FeatherWallet")],
        };
        vec![Slot::settings(
            folders.into_iter().map(|folder| folder.join("settings.json")).collect(),
        )]
    }

    fn locks(&self, places: &Places, _network: &Network) -> Vec<Lock> {
        let (Some(user), true, true) = (places.env.get("USER"), places.os == Os::Linux, places.is_own_home) else {
            return Vec::new();
        };
        let temporary = places
            .env
            .get("TMPDIR")
            .map_or_else(|| PathBuf::from("/tmp"), PathBuf::from);
        vec![Lock::PidFile(temporary.join(format!("feather-{user}.lock")))]
    }

    fn processes(&self) -> &'static [&'static str] {
        &["feather", "FeatherWallet"]
    }

    fn leftovers(&self, files: &Files, _network: &Network) -> Vec<Leftover> {
        let document = files.settings().and_then(|bytes| JsonDocument::parse(bytes).ok());
        let is_off = document.is_some_and(|document| document.flag("disableWebsocket").ok().flatten() == Some(true));
        if is_off {
            return Vec::new();
        }
        vec![Leftover {
            what: "prices and its list of public nodes".to_owned(),
            host: Some("ws.featherwallet.org".to_owned()),
            off: Some("disable the websocket in Feather's settings (`disableWebsocket`)".to_owned()),
        }]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let (list, default_port) = list_of(network)?;
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        let document = JsonDocument::parse(bytes)?;
        let mut current = CurrentEndpoint::default();
        if document.flag("offlineMode")? == Some(true) {
            current.notes.push("Feather is set to work offline.".to_owned());
        }
        if !is_custom(&document)? {
            current.leans_on = Some("public Monero nodes that Feather's makers name".to_owned());
            return Ok(current);
        }
        let nodes = custom(&document, &list)?;
        current.is_explicit = !nodes.is_empty();
        let mut read = nodes
            .iter()
            .map(|written| node(&list, written, default_port))
            .collect::<Result<Vec<_>, _>>()?;
        if read.is_empty() {
            current
                .notes
                .push("Feather is told to use a node of your own, but none is named.".to_owned());
        } else {
            current.endpoint = Some(read.remove(0));
        }
        if !read.is_empty() {
            current
                .notes
                .push("Of the nodes that are named Feather takes any one at each start.".to_owned());
        }
        current.others = read;
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        let (list, default_port) = list_of(network)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let document = JsonDocument::parse(before)?;
        is_custom(&document)?;
        let nodes = custom(&document, &list)?;
        let mut notes = Vec::new();
        let at_endpoint = |written: &&String| {
            node(&list, written, default_port).is_ok_and(|found| found.text.eq_ignore_ascii_case(&endpoint.to_string()))
        };
        let written = match &endpoint.credential {
            Some(credential) => {
                check_login(credential)?;
                format!("{}{}", login_part(credential), endpoint.authority())
            }
            // The same node with the login that stands there.
            None => nodes
                .iter()
                .find(at_endpoint)
                .cloned()
                .unwrap_or_else(|| endpoint.authority()),
        };
        if nodes.iter().any(|node| *node != written) {
            notes.push(
                "The other nodes of your list go, because Feather would take any of them; a revert brings them back."
                    .to_owned(),
            );
        }
        let mut wanted = vec![
            ("nodeSource", Some("1".to_owned())),
            (list.as_str(), Some(Value::from(vec![written]).to_string())),
        ];
        if document.flag("offlineMode")? == Some(true) {
            notes.push("Feather was set to work offline; this sets it online.".to_owned());
            wanted.push(("offlineMode", Some("false".to_owned())));
        }
        if network.as_str() != "mainnet"
            || document
                .value("nodeSource")?
                .is_none_or(|value| value.as_u64() == Some(0))
        {
            notes.push("Feather then uses nodes of your own on every Monero network.".to_owned());
        }
        notes.push(
            "Feather uses the node when it is started again; it never goes through Tor to a local node.".to_owned(),
        );
        let (after, keys) = set::<Json>(before, &wanted)?;
        Ok(NewContent::settings(files, after, keys, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, network: &Network) -> Result<Restored, AdapterError> {
        let (list, _) = list_of(network)?;
        put_back::<Json>(file, &[&["nodeSource", &list, "offlineMode"]])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        json_mask::masked(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::login_part;
    use freehold_model::{Credential, Secret};

    #[test]
    fn a_login_cannot_leave_its_part_of_the_address() {
        let credential = Credential {
            user: "u ser".into(),
            password: Secret::new("p@ss:/%#é"),
        };
        assert_eq!(login_part(&credential), "u%20ser:p%40ss%3A%2F%25%23%C3%A9@");
    }
}
