//! What the tools of Ethereum developers have in common: addresses of nodes, names and numbers of networks.

use freehold_model::{Endpoint, Network, Protocol};

use super::address::address;
use super::login::check_login;
use super::{AdapterError, Login, SeenEndpoint};

/// The networks of Ethereum that Freehold runs nodes for; `devnet` is a chain of one's own (Anvil).
pub(super) const NETWORKS: &[&str] = &["mainnet", "sepolia", "hoodi", "devnet"];

/// What such tools speak, preferred first.
pub(super) const PROTOCOLS: &[Protocol] = &[Protocol::EvmHttp, Protocol::EvmWs];

/// The chain's number (EIP-155; Anvil's own default for `devnet`).
pub(super) fn chain_id(network: &Network) -> Result<u64, AdapterError> {
    match network.as_str() {
        "mainnet" => Ok(1),
        "sepolia" => Ok(11_155_111),
        "hoodi" => Ok(560_048),
        "devnet" => Ok(31_337),
        _ => Err(AdapterError::Network {
            network: network.clone(),
        }),
    }
}

/// Reads the address of a node; `None` when it is none that a tool reaches over the network.
pub(super) fn seen(written: &str) -> Option<SeenEndpoint> {
    let found = address(written)?;
    let (protocol, default_port) = match found.scheme.as_str() {
        "http" => (Protocol::EvmHttp, 80),
        "https" => (Protocol::EvmHttp, 443),
        "ws" => (Protocol::EvmWs, 80),
        "wss" => (Protocol::EvmWs, 443),
        _ => return None,
    };
    let port = found.port.unwrap_or(default_port);
    let login = if found.has_login { Login::Password } else { Login::None };
    let mut seen = super::address::seen(protocol, &found.host, port, login);
    // `--to` has no scheme with TLS, but what is used over TLS must not be shown as plain.
    if matches!(found.scheme.as_str(), "https" | "wss") {
        let rest = seen.text.split_once("://").map_or("", |(_, rest)| rest).to_owned();
        seen.text = format!("{}://{rest}", found.scheme);
    }
    Some(seen)
}

/// The address of `endpoint` with its login in front of the host.
pub(super) fn url(endpoint: &Endpoint) -> Result<String, AdapterError> {
    let Some(credential) = &endpoint.credential else {
        return Ok(endpoint.url());
    };
    check_login(credential)?;
    Ok(format!(
        "{}://{}:{}@{}",
        endpoint.protocol.transport(),
        encoded(&credential.user),
        encoded(credential.password.expose()),
        endpoint.authority()
    ))
}

/// Refuses an endpoint with a login, for a program that cannot log in.
pub(super) fn refuse_login(endpoint: &Endpoint, program: &str) -> Result<(), AdapterError> {
    if endpoint.credential.is_none() {
        return Ok(());
    }
    Err(AdapterError::Endpoint {
        reason: format!("{program} cannot log in with user and password at a node; use an endpoint without a login"),
    })
}

/// Percent-encoding of all but the letters that every URL may hold.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{encoded, seen};
    use crate::adapter::Login;

    #[test]
    fn addresses_of_nodes_are_read_without_their_keys() {
        for (written, text, port) in [
            ("http://localhost:8545", "evm+http://localhost:8545", 8545),
            ("https://mainnet.infura.io/v3/KEY", "https://mainnet.infura.io:443", 443),
            ("wss://evm.pylon.link/mainnet", "wss://evm.pylon.link:443", 443),
            ("ws://[::1]:8546", "evm+ws://[::1]:8546", 8546),
        ] {
            let found = seen(written).unwrap();
            assert_eq!((found.text.as_str(), found.port), (text, port));
        }
        assert_eq!(seen("http://u:p@h:1").unwrap().login, Login::Password);
        for written in ["/tmp/geth.ipc", "mainnet", "${URL}", "ftp://h:1", ""] {
            assert_eq!(seen(written), None, "{written}");
        }
        assert_eq!(encoded("a:b@é"), "a%3Ab%40%C3%A9");
    }
}
