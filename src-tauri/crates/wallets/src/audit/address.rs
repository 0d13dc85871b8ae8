//! An address as a file or a variable writes it: whose host it names, and how it may be shown.
//!
//! Many spellings: URLs, `host:port`, Electrum's `host:port:s`, multiaddresses, sockets. The one rule: nothing of a path, a query
//! or a user name is ever shown, because any of them may be a provider's key; what cannot be taken apart is hidden whole.

use std::net::IpAddr;

use freehold_model::Protocol;

use crate::locality::normal;
use crate::mask::MASK;

/// A part of a host name from this length on that holds a digit is taken for a key: some providers give every customer a
/// host of their own. Names of networks and of rented machines (`vmd84592`, `ec2-12-34-56-78`) are shorter.
const KEY_LENGTH: usize = 18;
/// Schemes that are taken, beside those of `--to`. What stands before any other `://` may be anything.
const SCHEMES: [&str; 9] = ["http", "https", "ws", "wss", "tcp", "ssl", "tls", "grpc", "socks5"];
/// Longest host name that DNS allows.
const LONGEST_HOST: usize = 253;

/// An address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A host.
    Host(HostAddress),
    /// A socket file on this machine.
    Socket,
    /// Another variable stands where the host should be.
    Variable,
    /// None that is understood.
    Unreadable,
}

/// An address with a host. `Debug` hides what may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct HostAddress {
    /// The scheme, where there is one.
    pub scheme: Option<String>,
    /// The host itself: for comparing, never for showing.
    host: String,
    /// The port, where it is written.
    pub port: Option<u16>,
    has_login: bool,
    has_rest: bool,
}

impl std::fmt::Debug for HostAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
    }
}

impl HostAddress {
    /// The host as it is, for the table of providers and the rules of locality.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The host as it may be shown: parts that look like a key are masked.
    pub(crate) fn shown_host(&self) -> String {
        shown_host(&self.host)
    }

    /// The address as it may be shown.
    pub(crate) fn shown(&self) -> String {
        let scheme = self.scheme.as_ref().map(|scheme| format!("{scheme}://"));
        let login = self.has_login.then(|| format!("{MASK}@"));
        let host = self.shown_host();
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        let port = self.port.map(|port| format!(":{port}"));
        let rest = self.has_rest.then(|| format!("/{MASK}"));
        [scheme, login, Some(host), port, rest].into_iter().flatten().collect()
    }
}

impl Address {
    /// Takes `text` apart.
    pub(crate) fn read(text: &str) -> Self {
        let text = text.trim();
        if text.starts_with('/') {
            return multiaddress(text);
        }
        match text.split_once("://") {
            Some((scheme, rest)) => url(scheme, rest),
            None => bare(text),
        }
    }
}

fn url(scheme: &str, rest: &str) -> Address {
    let scheme = scheme.to_ascii_lowercase();
    if matches!(scheme.as_str(), "ipc" | "unix" | "file") {
        return Address::Socket;
    }
    let is_known = SCHEMES.contains(&scheme.as_str()) || Protocol::ALL.iter().any(|known| known.scheme() == scheme);
    if !is_known {
        return Address::Unreadable;
    }
    // Sparrow writes `URL|name`.
    let rest = rest.split_once('|').map_or(rest, |(url, _)| url);
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (has_login, host) = match authority.rsplit_once('@') {
        Some((_, host)) => (true, host),
        None => (false, authority),
    };
    // A password with a `/` in it would be cut in the middle, and its first half be taken for a host.
    if !has_login && path.contains('@') {
        return Address::Unreadable;
    }
    let has_rest = !matches!(path, "" | "/");
    with_host(Some(scheme), host, has_login, has_rest)
}

fn bare(text: &str) -> Address {
    let text = text.split_once('|').map_or(text, |(address, _)| address);
    // Electrum's `host:port:t`.
    let address = match text.rsplit_once(':') {
        Some((address, "t" | "s")) if !text.ends_with("::s") => address,
        _ => text,
    };
    let (has_login, host) = match address.rsplit_once('@') {
        Some((_, host)) => (true, host),
        None => (false, address),
    };
    let is_name = host.contains(['.', ':']) || host.eq_ignore_ascii_case("localhost") || host.contains('$');
    if is_name {
        with_host(None, host, has_login, false)
    } else {
        Address::Unreadable
    }
}

fn with_host(scheme: Option<String>, host: &str, has_login: bool, has_rest: bool) -> Address {
    if host.contains('$') {
        return Address::Variable;
    }
    let Some((host, port)) = host_and_port(host) else {
        return Address::Unreadable;
    };
    Address::Host(HostAddress {
        scheme,
        host,
        port,
        has_login,
        has_rest,
    })
}

fn host_and_port(text: &str) -> Option<(String, Option<u16>)> {
    let host = normal(text);
    if host.parse::<IpAddr>().is_ok() {
        return Some((host, None));
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (normal(host), Some(port.parse().ok().filter(|port| *port != 0)?)),
        None => (host, None),
    };
    let is_label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    let is_host = host.parse::<IpAddr>().is_ok() || (host.len() <= LONGEST_HOST && host.split('.').all(is_label));
    is_host.then_some((host, port))
}

/// `/ip4/127.0.0.1/tcp/5001/http`; any other path that starts with `/` is a socket file.
fn multiaddress(text: &str) -> Address {
    let mut parts = text.trim_start_matches('/').split('/');
    let (Some("ip4" | "ip6" | "dns" | "dns4" | "dns6" | "dnsaddr"), Some(host)) = (parts.next(), parts.next()) else {
        return Address::Socket;
    };
    let port = match (parts.next(), parts.next()) {
        (Some("tcp" | "udp"), Some(port)) => match port.parse::<u16>() {
            Ok(port) => Some(port),
            Err(_) => return Address::Unreadable,
        },
        _ => None,
    };
    match host_and_port(host) {
        Some((host, None)) => Address::Host(HostAddress {
            scheme: None,
            host,
            port,
            has_login: false,
            has_rest: false,
        }),
        _ => Address::Unreadable,
    }
}

/// A host name as it may be shown.
pub(crate) fn shown_host(host: &str) -> String {
    // An onion address is a public key: long by nature, and no secret.
    if host.rsplit('.').next() == Some("onion") || host.parse::<IpAddr>().is_ok() {
        return host.to_owned();
    }
    let shown = |label: &str| {
        if label.len() >= KEY_LENGTH && label.bytes().any(|b| b.is_ascii_digit()) {
            MASK.to_owned()
        } else {
            label.to_owned()
        }
    };
    host.split('.').map(shown).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn shown(text: &str) -> Option<(String, String, Option<u16>)> {
        match Address::read(text) {
            Address::Host(found) => Some((found.shown(), found.host().to_owned(), found.port)),
            Address::Socket | Address::Variable | Address::Unreadable => None,
        }
    }

    #[test]
    fn every_spelling_gives_its_host_and_no_secret() {
        for (text, expected, host, port) in [
            (
                "https://mainnet.infura.io/v3/0123",
                "https://mainnet.infura.io/••••",
                "mainnet.infura.io",
                None,
            ),
            (
                "http://user:pass@127.0.0.1:8332",
                "http://••••@127.0.0.1:8332",
                "127.0.0.1",
                Some(8332),
            ),
            ("wss://H.Example?k=v", "wss://h.example/••••", "h.example", None),
            (
                "http://localhost:8545/",
                "http://localhost:8545",
                "localhost",
                Some(8545),
            ),
            ("http://[::1]:8545", "http://[::1]:8545", "::1", Some(8545)),
            (
                "ssl://electrum.emzy.de:50002|Emzy",
                "ssl://electrum.emzy.de:50002",
                "electrum.emzy.de",
                Some(50002),
            ),
            (
                "electrum.emzy.de:50002:s",
                "electrum.emzy.de:50002",
                "electrum.emzy.de",
                Some(50002),
            ),
            (
                "user:pass@node.example:18081",
                "••••@node.example:18081",
                "node.example",
                Some(18081),
            ),
            (
                "/ip4/127.0.0.1/tcp/5001/http",
                "127.0.0.1:5001",
                "127.0.0.1",
                Some(5001),
            ),
            (
                "/dns4/ipfs.example/tcp/443/https",
                "ipfs.example:443",
                "ipfs.example",
                Some(443),
            ),
            (
                "evm+http://127.0.0.1:8545",
                "evm+http://127.0.0.1:8545",
                "127.0.0.1",
                Some(8545),
            ),
            ("localhost", "localhost", "localhost", None),
            ("::1", "[::1]", "::1", None),
            (
                "https://0123456789abcdef0123.eth.example.com/x",
                "https://••••.eth.example.com/••••",
                "0123456789abcdef0123.eth.example.com",
                None,
            ),
        ] {
            assert_eq!(
                shown(text),
                Some((expected.to_owned(), host.to_owned(), port)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_host_says_what_it_is() {
        for (text, expected) in [
            ("/home/u/.ethereum/geth.ipc", Address::Socket),
            ("ipc:///home/u/geth.ipc", Address::Socket),
            ("https://$HOST/v3", Address::Variable),
            ("${HOST}:8545", Address::Variable),
            ("0123456789abcdef", Address::Unreadable),
            ("http://user:pa/ss@host:80", Address::Unreadable),
            ("http://host:99999", Address::Unreadable),
            ("http://ho st", Address::Unreadable),
            ("0123456789abcdef://h.example", Address::Unreadable),
            ("", Address::Unreadable),
        ] {
            assert_eq!(Address::read(text), expected, "{text}");
        }
    }
}
