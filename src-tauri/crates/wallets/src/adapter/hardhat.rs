//! Hardhat: the `.env` file of a project that the user names; `hardhat.config.js` is code and is never touched.
//!
//! Which variable a project reads is the project's own choice. So a variable counts only when every word of its name is
//! known, its value is the address of a node, and neither says anything of another chain: `POLYGON_MAINNET_RPC_URL` is not
//! Ethereum's mainnet. The one rule: variables are never added, and when in doubt one stays as it is.

use freehold_model::{Endpoint, Network, Protocol};

use super::env_keys::{Env, EnvDocument, masked};
use super::keys::{Document, put_back, set};
use super::login::check_fit;
use super::{Adapter, AdapterError, ChangedFile, CurrentEndpoint, NewContent, Override, Restored, SeenEndpoint, evm};
use crate::files::Files;
use crate::place::Places;
use crate::slot::{SETTINGS, Slot};

/// Hardhat and the `.env` of a project.
#[derive(Debug)]
pub(super) struct Hardhat;

/// Words of a variable's name that say nothing of a chain.
const NEUTRAL: [&str; 30] = [
    "ETH",
    "ETHEREUM",
    "L1",
    "RPC",
    "URL",
    "URI",
    "HTTP",
    "HTTPS",
    "WS",
    "WSS",
    "WEBSOCKET",
    "NODE",
    "PROVIDER",
    "ENDPOINT",
    "JSON",
    "JSONRPC",
    "ALCHEMY",
    "INFURA",
    "QUICKNODE",
    "ANKR",
    "CHAINSTACK",
    "DRPC",
    "LLAMA",
    "PUBLICNODE",
    "FORK",
    "FORKING",
    "ARCHIVE",
    "WEB3",
    "HARDHAT",
    "PUBLIC",
];

/// Words of an address that say that it is another chain's.
const OTHER_CHAINS: [&str; 32] = [
    "polygon",
    "matic",
    "amoy",
    "mumbai",
    "arbitrum",
    "arb",
    "arb1",
    "optimism",
    "opt",
    "base",
    "avalanche",
    "avax",
    "bsc",
    "bnb",
    "gnosis",
    "linea",
    "zksync",
    "scroll",
    "fantom",
    "celo",
    "blast",
    "mantle",
    "moonbeam",
    "starknet",
    "solana",
    "goerli",
    "holesky",
    "etherscan",
    "blockscout",
    "zkevm",
    "unichain",
    "berachain",
];

/// Words that mean a network.
fn own_words(network: &str) -> &'static [&'static str] {
    match network {
        "mainnet" => &["MAINNET"],
        "sepolia" => &["SEPOLIA"],
        "hoodi" => &["HOODI"],
        "devnet" => &["DEVNET", "LOCALHOST", "LOCAL", "ANVIL"],
        _ => &[],
    }
}

/// Whether a variable of this name is the node of `network` for people.
fn is_named(name: &str, network: &Network) -> bool {
    let upper = name.to_ascii_uppercase();
    let words: Vec<&str> = upper.split(['_', '-', '.']).filter(|word| !word.is_empty()).collect();
    let own = own_words(network.as_str());
    let is_known = words.iter().all(|word| own.contains(word) || NEUTRAL.contains(word));
    let is_own = words.iter().any(|word| own.contains(word));
    // `ETH_RPC_URL` without a network is mainnet's; `RPC_URL` alone is nobody's.
    let is_main = network.as_str() == "mainnet" && words.iter().any(|word| matches!(*word, "ETH" | "ETHEREUM"));
    is_known && (is_own || is_main)
}

/// Whether an address says that it is of another chain or network.
fn is_foreign(written: &str, network: &Network) -> bool {
    let lower = written.to_ascii_lowercase();
    lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        let is_other_network = evm::NETWORKS
            .iter()
            .any(|other| *other != network.as_str() && *other != "devnet" && *other == word);
        is_other_network || OTHER_CHAINS.contains(&word)
    })
}

/// The variables that hold an address of a node of `network`, with that.
fn own(document: &EnvDocument<'_>, network: &Network) -> Vec<(String, SeenEndpoint)> {
    let all = document.all().into_iter();
    all.filter(|(name, value)| is_named(name, network) && !is_foreign(value, network))
        .filter_map(|(name, value)| Some((name, evm::seen(&value)?)))
        .collect()
}

/// Refuses a file that is no `.env` by its name.
pub(super) fn check_name(files: &Files) -> Result<(), AdapterError> {
    let path = files.first(SETTINGS).map(|held| held.path.as_path());
    let name = path
        .and_then(|path| path.file_name())
        .map(|name| name.to_string_lossy().into_owned());
    let is_env = |name: &String| {
        let parts: Vec<&str> = name.split('.').collect();
        matches!(parts.as_slice(), ["", "env", ..] | [.., "env"])
    };
    match name.filter(|name| name != SETTINGS) {
        Some(name) if !is_env(&name) => Err(AdapterError::Conflict {
            reason: format!(
                "`{name}` is not a .env file; name the .env of the project, since settings that are code are not edited"
            ),
        }),
        Some(_) | None => Ok(()),
    }
}

/// Every further address of a node in the file.
pub(super) fn others(document: &EnvDocument<'_>, endpoint: Option<&SeenEndpoint>) -> Vec<SeenEndpoint> {
    let mut found: Vec<SeenEndpoint> = Vec::new();
    for seen in document.all().iter().filter_map(|(_, value)| evm::seen(value)) {
        if Some(&seen) != endpoint && !found.contains(&seen) {
            found.push(seen);
        }
    }
    found
}

impl Adapter for Hardhat {
    fn id(&self) -> &'static str {
        "hardhat"
    }

    fn name(&self) -> &'static str {
        "Hardhat"
    }

    fn protocols(&self) -> &'static [Protocol] {
        evm::PROTOCOLS
    }

    fn networks(&self) -> &'static [&'static str] {
        evm::NETWORKS
    }

    fn slots(&self, places: &Places, _network: &Network) -> Vec<Slot> {
        vec![Slot::settings(places.chosen.iter().cloned().collect())]
    }

    fn takes_file(&self) -> bool {
        true
    }

    fn overrides(&self) -> &'static [Override] {
        const EFFECT: &str = "beats the same name in a project's .env";
        &[
            Override {
                variable: "MAINNET_RPC_URL",
                effect: EFFECT,
            },
            Override {
                variable: "ETH_RPC_URL",
                effect: EFFECT,
            },
            Override {
                variable: "SEPOLIA_RPC_URL",
                effect: EFFECT,
            },
        ]
    }

    fn inspect(&self, files: &Files, network: &Network) -> Result<CurrentEndpoint, AdapterError> {
        let Some(bytes) = files.settings() else {
            return Ok(CurrentEndpoint::default());
        };
        check_name(files)?;
        let document = EnvDocument::parse(bytes)?;
        let own = own(&document, network);
        // Two addresses for one network, by HTTP and by WebSocket: the one that was set last for HTTP is shown first.
        let first = own.iter().find(|(_, seen)| seen.protocol == Protocol::EvmHttp);
        let endpoint = first.or(own.first()).map(|(_, seen)| seen.clone());
        Ok(CurrentEndpoint {
            others: others(&document, endpoint.as_ref()),
            is_explicit: endpoint.is_some(),
            endpoint,
            ..CurrentEndpoint::default()
        })
    }

    fn plan(&self, files: &Files, network: &Network, endpoint: &Endpoint) -> Result<NewContent, AdapterError> {
        check_fit(self, network, endpoint)?;
        check_name(files)?;
        let before = files.settings().ok_or(AdapterError::Missing)?;
        let document = EnvDocument::parse(before)?;
        let own = own(&document, network);
        let (mine, rest): (Vec<_>, Vec<_>) = own
            .into_iter()
            .partition(|(_, seen)| seen.protocol == endpoint.protocol);
        if mine.is_empty() {
            let example = own_words(network.as_str()).first().unwrap_or(&"MAINNET");
            return Err(AdapterError::Conflict {
                reason: format!(
                    "no variable of this file holds an address for {network} that begins with {}://; add a line such as \
                     `{example}_RPC_URL={}` and let the project's configuration read it",
                    endpoint.protocol.transport(),
                    endpoint.url()
                ),
            });
        }
        if !rest.is_empty() && endpoint.protocol == Protocol::EvmWs {
            // What is shown is the HTTP address, which would go on leading elsewhere.
            let names: Vec<&str> = rest.iter().map(|(name, _)| name.as_str()).collect();
            return Err(AdapterError::Conflict {
                reason: format!(
                    "{} holds an HTTP address for {network}, which a WebSocket address cannot replace; switch to an \
                     `evm+http://` endpoint",
                    names.join(", ")
                ),
            });
        }
        let mut notes = vec!["Restart what runs in this project: it reads the file at its start.".to_owned()];
        notes.extend(
            rest.iter().map(|(name, _)| {
                format!("{name} stays as it is: it holds a WebSocket address, and your node's is HTTP.")
            }),
        );
        let url = evm::url(endpoint)?;
        let wanted: Vec<(&str, Option<String>)> = mine
            .iter()
            .map(|(name, _)| (name.as_str(), Some(url.clone())))
            .collect();
        let (bytes, changes) = set::<Env>(before, &wanted)?;
        Ok(NewContent::settings(files, bytes, changes, notes))
    }

    fn restore_keys(&self, file: &ChangedFile<'_>, _network: &Network) -> Result<Restored, AdapterError> {
        let original = EnvDocument::parse(file.original.unwrap_or_default())?.all();
        let switched = EnvDocument::parse(file.switched)?.all();
        let changed: Vec<&str> = switched
            .iter()
            .filter(|now| !original.contains(now))
            .map(|(name, _)| name.as_str())
            .collect();
        put_back::<Env>(file, &[&changed])
    }

    fn masked(&self, _slot: &str, bytes: &[u8]) -> String {
        masked(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{Hardhat, is_foreign, is_named};
    use crate::adapter::{Adapter, AdapterError};
    use crate::file::FileBytes;
    use crate::files::{Files, HeldFile};
    use freehold_model::{Endpoint, Network};

    fn plan(name: &str, text: &str, to: &str) -> Result<String, AdapterError> {
        let endpoint: Endpoint = to.parse().unwrap();
        let files = Files::of(vec![HeldFile {
            slot: "settings",
            path: std::path::Path::new("/p").join(name),
            bytes: Some(FileBytes::new(text.as_bytes().to_vec())),
        }]);
        let planned = Hardhat.plan(&files, &Network::mainnet(), &endpoint)?;
        Ok(String::from_utf8(planned.settings_bytes().to_vec()).unwrap())
    }

    #[test]
    fn only_variables_of_the_network_count() {
        let network = |name: &str| Network::try_new(name).unwrap();
        for name in [
            "MAINNET_RPC_URL",
            "ETH_RPC_URL",
            "ALCHEMY_MAINNET_URL",
            "ETHEREUM_NODE_URL",
            "mainnet_url",
            "FORK_MAINNET_RPC",
        ] {
            assert!(is_named(name, &network("mainnet")), "{name}");
        }
        for name in [
            "POLYGON_MAINNET_RPC_URL",
            "RPC_URL",
            "SEPOLIA_RPC_URL",
            "ETH_SEPOLIA_URL",
            "MAINNET_PRIVATE_KEY",
            "ETHERSCAN_URL",
        ] {
            assert!(!is_named(name, &network("mainnet")), "{name}");
        }
        assert!(is_named("ETH_SEPOLIA_RPC_URL", &network("sepolia")) && is_named("LOCALHOST_URL", &network("devnet")));
        assert!(is_foreign(
            "https://polygon-mainnet.g.alchemy.com/v2/x",
            &network("mainnet")
        ));
        assert!(is_foreign("https://sepolia.infura.io/v3/x", &network("mainnet")));
        assert!(!is_foreign(
            "https://eth-mainnet.g.alchemy.com/v2/x",
            &network("mainnet")
        ));
    }

    #[test]
    fn a_websocket_variable_keeps_its_kind() {
        let text = "MAINNET_RPC_URL=https://h/KEY\nMAINNET_WS_URL=wss://h/KEY\nPRIVATE_KEY=0x1\n";
        let after = plan(".env", text, "evm+http://127.0.0.1:8545").unwrap();
        assert_eq!(after, text.replace("https://h/KEY", "http://127.0.0.1:8545"));
        assert!(plan(".env", text, "evm+ws://127.0.0.1:8546").is_err());
        assert!(plan(".env", "MAINNET_WS_URL=wss://h/KEY\n", "evm+ws://127.0.0.1:8546").is_ok());
    }

    #[test]
    fn code_and_files_without_such_a_variable_are_refused() {
        for (name, text) in [
            ("hardhat.config.js", "MAINNET_RPC_URL=https://h\n"),
            (".env", "RPC_URL=https://h\n"),
            (".env", "MAINNET_RPC_URL=\n"),
            (".env", "MAINNET_RPC_URL=https://a\nMAINNET_RPC_URL=https://b\n"),
        ] {
            let error = plan(name, text, "evm+http://127.0.0.1:8545").unwrap_err();
            assert!(matches!(error, AdapterError::Conflict { .. }), "{name}: {error}");
        }
        assert!(
            plan(
                ".env.local",
                "export MAINNET_RPC_URL='https://h'\r\n",
                "evm+http://127.0.0.1:8545"
            )
            .is_ok()
        );
    }
}
