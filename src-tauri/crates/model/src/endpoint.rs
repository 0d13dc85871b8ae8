//! Where a wallet finds a node.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Secret;

/// The protocol spoken at an endpoint; its text is the scheme that `--to` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Protocol {
    /// Bitcoin Core's JSON-RPC.
    #[serde(rename = "bitcoin+http")]
    BitcoinHttp,
    /// Electrum over TCP.
    #[serde(rename = "electrum+tcp")]
    ElectrumTcp,
    /// Electrum over TLS.
    #[serde(rename = "electrum+ssl")]
    ElectrumSsl,
    /// Ethereum JSON-RPC over HTTP.
    #[serde(rename = "evm+http")]
    EvmHttp,
    /// Ethereum JSON-RPC over WebSocket.
    #[serde(rename = "evm+ws")]
    EvmWs,
    /// monerod's RPC.
    #[serde(rename = "monero+http")]
    MoneroHttp,
    /// Solana JSON-RPC.
    #[serde(rename = "solana+http")]
    SolanaHttp,
    /// Kubo's RPC.
    #[serde(rename = "ipfs+http")]
    IpfsHttp,
    /// lightwalletd's gRPC.
    #[serde(rename = "lightwalletd+http")]
    LightwalletdHttp,
    /// An Ethereum consensus client's REST API.
    #[serde(rename = "beacon+http")]
    BeaconHttp,
    /// An Arweave gateway.
    #[serde(rename = "arweave+http")]
    ArweaveHttp,
    /// An IPFS gateway.
    #[serde(rename = "ipfs-gateway+http")]
    IpfsGatewayHttp,
    /// kaspad's wRPC.
    #[serde(rename = "kaspa+ws")]
    KaspaWs,
    /// A Nostr relay.
    #[serde(rename = "nostr+ws")]
    NostrWs,
    /// A SOCKS5 proxy.
    #[serde(rename = "tor+socks5")]
    TorSocks5,
    /// LND's REST API.
    #[serde(rename = "lnd+http")]
    LndHttp,
    /// Plain pages and JSON over HTTP, for example a block explorer.
    #[serde(rename = "web+http")]
    WebHttp,
}

impl Protocol {
    /// Every protocol.
    pub const ALL: [Self; 17] = [
        Self::BitcoinHttp,
        Self::ElectrumTcp,
        Self::ElectrumSsl,
        Self::EvmHttp,
        Self::EvmWs,
        Self::MoneroHttp,
        Self::SolanaHttp,
        Self::IpfsHttp,
        Self::LightwalletdHttp,
        Self::BeaconHttp,
        Self::ArweaveHttp,
        Self::IpfsGatewayHttp,
        Self::KaspaWs,
        Self::NostrWs,
        Self::TorSocks5,
        Self::LndHttp,
        Self::WebHttp,
    ];

    /// The scheme, for example `bitcoin+http`.
    pub const fn scheme(self) -> &'static str {
        match self {
            Self::BitcoinHttp => "bitcoin+http",
            Self::ElectrumTcp => "electrum+tcp",
            Self::ElectrumSsl => "electrum+ssl",
            Self::EvmHttp => "evm+http",
            Self::EvmWs => "evm+ws",
            Self::MoneroHttp => "monero+http",
            Self::SolanaHttp => "solana+http",
            Self::IpfsHttp => "ipfs+http",
            Self::LightwalletdHttp => "lightwalletd+http",
            Self::BeaconHttp => "beacon+http",
            Self::ArweaveHttp => "arweave+http",
            Self::IpfsGatewayHttp => "ipfs-gateway+http",
            Self::KaspaWs => "kaspa+ws",
            Self::NostrWs => "nostr+ws",
            Self::TorSocks5 => "tor+socks5",
            Self::LndHttp => "lnd+http",
            Self::WebHttp => "web+http",
        }
    }

    /// The scheme that programs use on the wire, for example `http`.
    pub const fn transport(self) -> &'static str {
        match self {
            Self::BitcoinHttp
            | Self::EvmHttp
            | Self::MoneroHttp
            | Self::SolanaHttp
            | Self::IpfsHttp
            | Self::LightwalletdHttp
            | Self::BeaconHttp
            | Self::ArweaveHttp
            | Self::IpfsGatewayHttp
            | Self::LndHttp
            | Self::WebHttp => "http",
            Self::EvmWs | Self::KaspaWs | Self::NostrWs => "ws",
            Self::TorSocks5 => "socks5",
            Self::ElectrumTcp => "tcp",
            Self::ElectrumSsl => "ssl",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme())
    }
}

/// User and password of an RPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// User name.
    pub user: String,
    /// Password.
    pub password: Secret,
}

/// Where a node answers. Never holds a credential in its text form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// What is spoken there.
    pub protocol: Protocol,
    /// Host name or address; IPv6 without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
    /// User and password, where the protocol has them.
    pub credential: Option<Credential>,
}

/// Why a text is not an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEndpoint {
    /// The scheme is unknown.
    #[error("the scheme is not one of {}", Protocol::ALL.map(Protocol::scheme).join(", "))]
    Scheme,
    /// Host or port is missing or malformed.
    #[error("write it as `SCHEME://HOST:PORT`, for example `bitcoin+http://127.0.0.1:8332`")]
    HostPort,
    /// A password stands in the URL.
    #[error("leave user and password out of the URL: use `--user` and `--password-file`")]
    CredentialInUrl,
}

impl Endpoint {
    /// The address as programs write it, for example `http://127.0.0.1:8332`.
    pub fn url(&self) -> String {
        format!("{}://{}", self.protocol.transport(), self.authority())
    }

    /// `host:port`, IPv6 in brackets.
    pub fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.protocol, self.authority())
    }
}

impl FromStr for Endpoint {
    type Err = InvalidEndpoint;

    fn from_str(text: &str) -> Result<Self, InvalidEndpoint> {
        let (scheme, rest) = text.trim().split_once("://").ok_or(InvalidEndpoint::Scheme)?;
        let protocol = Protocol::ALL
            .into_iter()
            .find(|protocol| protocol.scheme().eq_ignore_ascii_case(scheme))
            .ok_or(InvalidEndpoint::Scheme)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains('@') {
            return Err(InvalidEndpoint::CredentialInUrl);
        }
        let (host, port) = rest.rsplit_once(':').ok_or(InvalidEndpoint::HostPort)?;
        let host = match host.strip_prefix('[') {
            Some(inner) => inner.strip_suffix(']').ok_or(InvalidEndpoint::HostPort)?,
            None if host.contains(':') => return Err(InvalidEndpoint::HostPort),
            None => host,
        };
        let is_plain = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:_".contains(&b));
        let port: u16 = port.parse().map_err(|_| InvalidEndpoint::HostPort)?;
        if !is_plain || port == 0 {
            return Err(InvalidEndpoint::HostPort);
        }
        Ok(Self {
            protocol,
            host: host.to_owned(),
            port,
            credential: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, InvalidEndpoint};

    #[test]
    fn reads_and_writes_every_scheme() {
        for text in [
            "bitcoin+http://127.0.0.1:8332",
            "electrum+ssl://[::1]:50002",
            "evm+ws://localhost:8546",
        ] {
            assert_eq!(text.parse::<Endpoint>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn tells_what_is_wrong() {
        for (text, error) in [
            ("http://127.0.0.1:8332", InvalidEndpoint::Scheme),
            ("127.0.0.1:8332", InvalidEndpoint::Scheme),
            ("bitcoin+http://127.0.0.1", InvalidEndpoint::HostPort),
            ("bitcoin+http://127.0.0.1:0", InvalidEndpoint::HostPort),
            ("bitcoin+http://127.0.0.1:70000", InvalidEndpoint::HostPort),
            ("bitcoin+http://::1:8332", InvalidEndpoint::HostPort),
            ("bitcoin+http://a b:8332", InvalidEndpoint::HostPort),
            ("bitcoin+http://u:p@127.0.0.1:8332", InvalidEndpoint::CredentialInUrl),
        ] {
            assert_eq!(text.parse::<Endpoint>(), Err(error), "{text}");
        }
    }
}
