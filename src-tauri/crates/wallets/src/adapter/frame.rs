//! Frame, a wallet for the whole desktop: `config.json`, held in memory and written every half minute and on exit.
//!
//! Facts are from Frame 0.6.10's `main/store`: the state lies below `main.__.<N>`, where N is the number of its format (42
//! there), each chain has a `primary` and a `secondary` connection, and the chain's number is checked on connecting. The
//! one rule: a newer format is refused, because its settings would be guessed.

use freehold_model::{Endpoint, Network, Protocol};

use super::json_keys::{Json, JsonDocument};
use super::json_mask::masked;
use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::{
    Adapter, AdapterError, ChangedFile, CurrentEndpoint, Leftover, Lock, NewContent, Restored, SeenEndpoint, evm,
};
use crate::files::Files;
use crate::mask::mask_urls;
use crate::place::{Os, Places};
use crate::slot::Slot;

/// Frame and its `config.json`.
#[derive(Debug)]
pub(super) struct Frame;

/// The newest format whose settings are known.
const NEWEST: u32 = 42;

/// The preset `local`: the first address of eth-provider's list that is no socket of a file.
const LOCAL: &str = "ws://127.0.0.1:8546";

fn folder(places: &Places) -> std::path::PathBuf {
    match places.os {
        Os::Linux => places.dir("XDG_CONFIG_HOME", ".config").join("frame"),
        Os::MacOs => places.below("Library/Application Support/frame"),
        Os::Windows => places.dir("APPDATA", "AppData/Roaming").join("frame"),
    }
}

/// The path of the chains in the newest state that the file holds.
fn chains(document: &JsonDocument<'_>) -> Result<String, AdapterError> {
    let mut newest = None;
    for name in document.names("main/__")? {
        let unknown = || AdapterError::UnknownValue {
            key: "main.__".to_owned(),
            value: name.chars().take(20).collect(),
        };
        let number: u32 = name.parse().map_err(|_| unknown())?;
        if number > NEWEST {
            return Err(unknown());
        }
        newest = newest.max(Some(number));
    }
    match newest {
        Some(number) => Ok(format!("main/__/{number}/main/networks/ethereum")),
        None => Err(AdapterError::Conflict {
            reason: "the file has no state of a Frame that Freehold knows; start Frame once and close it".to_owned(),
        }),
    }
}

/// Where a connection leads: to an address, or by a preset to somebody.
struct Connection {
    endpoint: Option<SeenEndpoint>,
    preset: Option<&'static str>,
}

/// The connection at `path`; `None` when it is switched off or not there.
fn connection(document: &JsonDocument<'_>, path: &str, chain: &str) -> Result<Option<Connection>, AdapterError> {
    if document.flag(&format!("{path}/on"))? != Some(true) {
        return Ok(None);
    }
    let current = document.text(&format!("{path}/current"))?;
    let to = |written: &str| Connection {
        endpoint: evm::seen(written),
        preset: None,
    };
    Ok(Some(match current.as_deref() {
        Some("custom") => {
            let written = document.text(&format!("{path}/custom"))?.unwrap_or_default();
            let is_socket = written.is_empty() || !written.contains("://");
            if !is_socket && evm::seen(&written).is_none() {
                return Err(AdapterError::UnknownValue {
                    key: path.replace('/', "."),
                    value: mask_urls(&written).chars().take(60).collect(),
                });
            }
            to(&written)
        }
        Some("local") => to(LOCAL),
        Some("pylon") if chain == "100" => to("https://rpc.gnosischain.com"),
        Some("pylon") => to("wss://evm.pylon.link"),
        Some("infura") => Connection {
            endpoint: None,
            preset: Some("Infura"),
        },
        Some("alchemy") => Connection {
            endpoint: None,
            preset: Some("Alchemy"),
        },
        Some("poa") => Connection {
            endpoint: None,
            preset: Some("POA Network"),
        },
        None | Some("") => return Ok(None),
        Some(other) => {
            return Err(AdapterError::UnknownValue {
                key: format!("{}.current", path.replace('/', ".")),
                value: other.chars().take(40).collect(),
            });
        }
    }))
}

/// Both connections of a chain; the second steps in for the first.
const CONNECTIONS: [&str; 2] = ["primary", "secondary"];

/// Reads the chain that is asked for.
fn own(
    document: &JsonDocument<'_>,
    path: &str,
    chain: &str,
    current: &mut CurrentEndpoint,
) -> Result<(), AdapterError> {
    current.is_explicit = document.flag(&format!("{path}/on"))? == Some(true);
    if !current.is_explicit {
        current.notes.push("This network is switched off in Frame.".to_owned());
        return Ok(());
    }
    for name in CONNECTIONS {
        let Some(found) = connection(document, &format!("{path}/connection/{name}"), chain)? else {
            continue;
        };
        if current.endpoint.is_none() && current.leans_on.is_none() {
            current.leans_on = found.preset.map(str::to_owned);
            current.endpoint = found.endpoint;
        } else {
            further(found.endpoint, current);
        }
    }
    Ok(())
}

/// Adds an endpoint that is used beside.
fn further(endpoint: Option<SeenEndpoint>, current: &mut CurrentEndpoint) {
    if let Some(endpoint) = endpoint
        && !current.others.contains(&endpoint)
    {
        current.others.push(endpoint);
    }
}

/// Our settings of one chain.
fn keys(chain: &str) -> [String; 5] {
    [
        "on",
        "connection/primary/on",
        "connection/primary/current",
        "connection/primary/custom",
        "connection/secondary/on",
    ]
    .map(|name| format!("{chain}/{name}"))
}

impl Adapter for Frame {
    fn id(&self) -> &'static str {
        "frame"
    }

    fn name(&self) -> &'static str {
        "Frame"
    }

    fn protocols(&self) -> &'static [Protocol] {
        evm::PROTOCOLS
    }

    fn networks(&self) -> &'static [&'static str] {
        evm::NETWORKS
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        vec![Slot::settings(vec![folder(places).join("config.json")])]
    }

    fn locks(&self, places: &Places, _network: &Network) -> Vec<Lock> {
        vec![Lock::PidLink(folder(places).join("SingletonLock"))]
    }

    fn processes(&self) -> &'static [&'static str] {
        &["frame", "Frame"]
    }

    fn leftovers(&self, _files: &Files, _network: &Network) -> Vec<Leftover> {
        vec![Leftover {
            what: "token lists, exchange rates and balances of other chains".to_owned(),
            host: Some("data.pylon.link".to_owned()),
            off: None,
        }]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let own = evm::chain_id(network)?.to_string();
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint {
                leans_on: Some("Pylon, the service of Frame's makers".to_owned()),
                ..CurrentEndpoint::default()
            });
        };
        let document = JsonDocument::parse(bytes)?;
        let root = chains(&document)?;
        let mut current = CurrentEndpoint::default();
        for chain in document.names(&root)? {
            let path = format!("{root}/{chain}");
            if chain == own {
                self::own(&document, &path, &chain, &mut current)?;
                continue;
            }
            // What is odd about another chain is no reason to say nothing of this one.
            if document.flag(&format!("{path}/on")).ok().flatten() != Some(true) {
                continue;
            }
            for name in CONNECTIONS {
                let found = connection(&document, &format!("{path}/connection/{name}"), &chain)
                    .ok()
                    .flatten();
                further(found.and_then(|found| found.endpoint), &mut current);
            }
        }
        // Listed before it was known which is the first.
        let first = current.endpoint.clone();
        current.others.retain(|other| Some(other) != first.as_ref());
        Ok(current)
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        evm::refuse_login(endpoint, "Frame")?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let document = JsonDocument::parse(before)?;
        let root = chains(&document)?;
        let chain = format!("{root}/{}", evm::chain_id(network)?);
        if document.value(&format!("{chain}/connection/primary"))?.is_none() {
            return Err(AdapterError::Conflict {
                reason: format!(
                    "Frame has no chain with the number {}; add it in Frame's list of chains, close Frame and try again",
                    evm::chain_id(network)?
                ),
            });
        }
        // What it is now must be known, else the group would be guessed.
        for name in CONNECTIONS {
            connection(&document, &format!("{chain}/connection/{name}"), "")?;
        }
        let mut notes = vec![
            "Frame still asks its makers' service for token lists, exchange rates and the other chains.".to_owned(),
        ];
        if document.flag(&format!("{chain}/connection/secondary/on"))? == Some(true) {
            notes.push(
                "The second connection of this chain is switched off: it would step in for your node.".to_owned(),
            );
        }
        let [on, primary_on, current, custom, secondary_on] = keys(&chain);
        let has_secondary = document.value(&secondary_on)?.is_some();
        let mut wanted = vec![
            (on.as_str(), Some("true".to_owned())),
            (primary_on.as_str(), Some("true".to_owned())),
            (current.as_str(), Some("\"custom\"".to_owned())),
            (
                custom.as_str(),
                Some(serde_json::Value::from(endpoint.url()).to_string()),
            ),
        ];
        if has_secondary {
            wanted.push((secondary_on.as_str(), Some("false".to_owned())));
        }
        let (bytes, changes) = set::<Json>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, changes, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, network: &Network) -> Result<Restored, AdapterError> {
        let switched = chains(&JsonDocument::parse(file.switched)?)?;
        if chains(&JsonDocument::parse(file.current)?)? != switched {
            return Err(AdapterError::Conflict {
                reason:
                    "Frame was updated since and keeps its settings in another format now; set the connection back \
                         in Frame itself"
                        .to_owned(),
            });
        }
        let keys = keys(&format!("{switched}/{}", evm::chain_id(network)?));
        put_back::<Json>(file, &[&keys.each_ref().map(String::as_str)])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::Frame;
    use crate::adapter::{Adapter, AdapterError};
    use crate::files::Files;
    use freehold_model::{Endpoint, Network};

    fn state(number: u32, primary: &str) -> String {
        format!(
            "{{\"main\": {{\"__\": {{\"{number}\": {{\"main\": {{\"networks\": {{\"ethereum\": {{\"1\": {{\"on\": true, \
             \"connection\": {{\"primary\": {primary}, \"secondary\": {{\"on\": true, \"current\": \"local\"}}}}}}}}}}}}}}}}}}}}"
        )
    }

    fn plan(text: &str, network: &str) -> Result<String, AdapterError> {
        let network = Network::try_new(network).unwrap();
        let endpoint: Endpoint = "evm+http://127.0.0.1:8545".parse().unwrap();
        let planned = Frame.plan(&Files::single(Some(text.as_bytes())), &network, &endpoint)?;
        Ok(String::from_utf8(planned.settings_bytes().to_vec()).unwrap())
    }

    #[test]
    fn the_primary_becomes_ours_and_the_fallback_goes_off() {
        let before = state(42, r#"{"on": true, "current": "pylon", "custom": ""}"#);
        let found = Frame
            .inspect(&Files::single(Some(before.as_bytes())), &Network::mainnet())
            .unwrap();
        assert_eq!(found.endpoint.unwrap().text, "wss://evm.pylon.link:443");
        assert_eq!(found.others.len(), 1, "the fallback");
        let after = plan(&before, "mainnet").unwrap();
        let expected = before
            .replace(
                r#""pylon", "custom": """#,
                r#""custom", "custom": "http://127.0.0.1:8545""#,
            )
            .replace(r#""secondary": {"on": true"#, r#""secondary": {"on": false"#);
        assert_eq!(after, expected);
    }

    #[test]
    fn a_newer_format_another_chain_and_an_unknown_preset_are_refused() {
        let primary = r#"{"on": true, "current": "pylon", "custom": ""}"#;
        assert!(matches!(
            plan(&state(43, primary), "mainnet"),
            Err(AdapterError::UnknownValue { .. })
        ));
        assert!(matches!(
            plan(&state(42, primary), "hoodi"),
            Err(AdapterError::Conflict { .. })
        ));
        assert!(matches!(
            plan("{\"main\": {}}", "mainnet"),
            Err(AdapterError::Conflict { .. })
        ));
        let unknown = r#"{"on": true, "current": "quux", "custom": ""}"#;
        assert!(matches!(
            plan(&state(41, unknown), "mainnet"),
            Err(AdapterError::UnknownValue { .. })
        ));
    }

    #[test]
    fn a_chain_below_an_older_number_is_not_the_one_that_counts() {
        let both = state(41, r#"{"on": true, "current": "infura", "custom": ""}"#).replace(
            "\"__\": {",
            "\"__\": {\"42\": {\"main\": {\"networks\": {\"ethereum\": {\"1\": {\"on\": true, \"connection\": {\"primary\": \
             {\"on\": true, \"current\": \"local\", \"custom\": \"\"}}}}}}}, ",
        );
        let found = Frame
            .inspect(&Files::single(Some(both.as_bytes())), &Network::mainnet())
            .unwrap();
        assert_eq!(found.endpoint.unwrap().text, "evm+ws://127.0.0.1:8546");
        let after = plan(&both, "mainnet").unwrap();
        assert!(after.contains("\"infura\""), "the older state stays: {after}");
    }
}
