//! The environment variables that name an endpoint or a provider's key, and what reads them.
//!
//! The one rule: this list decides what leaves the environment and the files that set it; every other variable and line
//! stays unread by everything behind the parser.

use freehold_model::Protocol;

/// What the value of a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// An address.
    Endpoint(Option<Protocol>),
    /// A host; the port is in the second variable.
    Host(Protocol, &'static str),
    /// A port that belongs to a host in another variable.
    Port,
    /// A key at the provider with this id: whatever reads it asks there.
    Key(&'static str),
    /// A file that names endpoints.
    Mesc,
    /// A folder in which a wallet keeps its settings.
    Folder,
}

/// One variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub holds: Holds,
    /// Who reads it, as the end of `Read by …`.
    pub readers: &'static str,
}

const fn variable(name: &'static str, holds: Holds, readers: &'static str) -> Variable {
    Variable { name, holds, readers }
}

const EVM: Holds = Holds::Endpoint(Some(Protocol::EvmHttp));

/// The variables that are known by name.
const KNOWN: &[Variable] = &[
    variable("ETH_RPC_URL", EVM, "cast, before any foundry.toml"),
    variable("FOUNDRY_ETH_RPC_URL", EVM, "forge, before any foundry.toml"),
    variable("WEB3_PROVIDER_URI", EVM, "web3.py"),
    variable("WEB3_HTTP_PROVIDER_URI", EVM, "web3.py"),
    variable("MAINNET_RPC_URL", EVM, "settings of Hardhat and Foundry projects"),
    variable(
        "SOLANA_RPC_URL",
        Holds::Endpoint(Some(Protocol::SolanaHttp)),
        "Solana programs",
    ),
    variable(
        "ANCHOR_PROVIDER_URL",
        Holds::Endpoint(Some(Protocol::SolanaHttp)),
        "Anchor, probably",
    ),
    variable(
        "BITCOIN_RPC_URL",
        Holds::Endpoint(Some(Protocol::BitcoinHttp)),
        "Bitcoin programs, probably",
    ),
    variable(
        "IPFS_GATEWAY",
        Holds::Endpoint(Some(Protocol::IpfsGatewayHttp)),
        "curl from 8.4 on, and ffmpeg",
    ),
    variable(
        "BTC_RPC_HOST",
        Holds::Host(Protocol::BitcoinHttp, "BTC_RPC_PORT"),
        "Specter, where it has no node file",
    ),
    variable("BTC_RPC_PORT", Holds::Port, "Specter"),
    variable(
        "ELM_RPC_HOST",
        Holds::Host(Protocol::BitcoinHttp, "ELM_RPC_PORT"),
        "Specter, where it has no node file",
    ),
    variable("ELM_RPC_PORT", Holds::Port, "Specter"),
    variable(
        "WEB3_INFURA_PROJECT_ID",
        Holds::Key("infura"),
        "Brownie and older web3.py",
    ),
    variable(
        "INFURA_API_KEY",
        Holds::Key("infura"),
        "settings of Hardhat and Foundry projects",
    ),
    variable(
        "ALCHEMY_API_KEY",
        Holds::Key("alchemy"),
        "settings of Hardhat and Foundry projects",
    ),
    variable("MESC_PATH", Holds::Mesc, "cast and other tools that follow MESC"),
    variable("IPFS_PATH", Holds::Folder, "the ipfs program"),
    variable("ELECTRUMDIR", Holds::Folder, "Electrum"),
];

/// The variable of this name, if the audit looks at it. Beside the known ones: every `…_RPC_URL`, and what begins with a provider's name.
pub(crate) fn variable_of(name: &str) -> Option<Variable> {
    if let Some(known) = KNOWN.iter().find(|known| known.name == name) {
        return Some(*known);
    }
    let has = |word: &str| name.contains(word);
    let holds = if name.len() > 64 {
        return None;
    } else if name.starts_with("INFURA_") {
        Holds::Key("infura")
    } else if name.starts_with("ALCHEMY_") {
        Holds::Key("alchemy")
    } else if !name.ends_with("_RPC_URL") {
        return None;
    } else if has("SOLANA") {
        Holds::Endpoint(Some(Protocol::SolanaHttp))
    } else if has("BITCOIN") || has("BTC") {
        Holds::Endpoint(Some(Protocol::BitcoinHttp))
    } else if has("MONERO") || has("XMR") {
        Holds::Endpoint(Some(Protocol::MoneroHttp))
    } else {
        EVM
    };
    Some(Variable {
        name: "",
        holds,
        readers: "settings of projects",
    })
}

/// Whether the audit looks at a variable of this name: hosts pass these in, and no others.
pub fn is_audited_variable(name: &str) -> bool {
    variable_of(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Holds, KNOWN, is_audited_variable, variable_of};
    use crate::provider::providers;
    use freehold_model::Protocol;

    #[test]
    fn variables_of_endpoints_are_taken_and_everything_else_stays() {
        for name in [
            "ETH_RPC_URL",
            "SEPOLIA_RPC_URL",
            "INFURA_KEY",
            "ALCHEMY_ID",
            "MESC_PATH",
            "BTC_RPC_HOST",
        ] {
            assert!(is_audited_variable(name), "{name}");
        }
        for name in [
            "PATH",
            "HOME",
            "AWS_SECRET_ACCESS_KEY",
            "BTC_RPC_PASSWORD",
            "BTC_RPC_USER",
            "RPC_URL",
            "PRIVATE_KEY",
        ] {
            assert!(!is_audited_variable(name), "{name}");
        }
        let holds = |name| variable_of(name).map(|found| found.holds);
        assert_eq!(
            holds("MONERO_RPC_URL"),
            Some(Holds::Endpoint(Some(Protocol::MoneroHttp)))
        );
        assert_eq!(holds("BASE_RPC_URL"), Some(Holds::Endpoint(Some(Protocol::EvmHttp))));
    }

    #[test]
    fn the_list_names_each_variable_once_and_only_known_providers() {
        for (at, known) in KNOWN.iter().enumerate() {
            assert!(
                KNOWN.iter().skip(at + 1).all(|other| other.name != known.name),
                "{}",
                known.name
            );
            if let Holds::Key(id) = known.holds {
                assert!(providers().iter().any(|provider| provider.id == id), "{id}");
            }
        }
    }
}
