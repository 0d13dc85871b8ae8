//! Who runs the host that a wallet talks to: the table of hosted providers, and the rule for what is local.
//!
//! The table is data (`data/providers.toml`). The one rule: a remote host that nobody knows is "unknown", never "own".

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use serde::Deserialize;

/// A company or person who runs nodes for others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The name for people.
    pub name: String,
    /// The chains it is known to offer.
    pub chains: Vec<String>,
    /// Where it runs, as far as known. A hint, not verified.
    #[serde(default)]
    pub runs_on: Option<String>,
    /// Host patterns: `.example.org` is the domain and everything below it, `=host` that host alone, `prefix*` every
    /// host that starts so, `*part*` every host that contains it.
    hosts: Vec<String>,
}

/// Where a host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locality {
    /// This machine or the private network around it.
    Local,
    /// Somewhere else.
    Remote,
    /// Behind an onion address: it could be anybody's, the user's own too.
    Unknown,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    provider: Vec<Provider>,
}

// A test reads the table and fails on a mistake in it, so the default can only be met by a table that no test has seen.
static TABLE: LazyLock<Vec<Provider>> = LazyLock::new(|| read().map(|table| table.provider).unwrap_or_default());

fn read() -> Result<Table, toml::de::Error> {
    toml::from_str(include_str!("../data/providers.toml"))
}

/// The provider that is known to run `host`; the first entry of the table that fits.
pub fn provider_of(host: &str) -> Option<&'static Provider> {
    let host = normal(host);
    TABLE
        .iter()
        .find(|provider| provider.hosts.iter().any(|pattern| fits(pattern, &host)))
}

fn normal(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

fn fits(pattern: &str, host: &str) -> bool {
    if let Some(exact) = pattern.strip_prefix('=') {
        host == exact
    } else if let Some(domain) = pattern.strip_prefix('.') {
        host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
    } else if let Some(part) = pattern.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')) {
        host.contains(part)
    } else if let Some(start) = pattern.strip_suffix('*') {
        host.starts_with(start)
    } else {
        false
    }
}

/// Where `host` is: this machine, its private networks (RFC 1918, 100.64/10, link-local, fc00::/7, `.local`), or not.
pub fn locality(host: &str) -> Locality {
    let host = normal(host);
    let host = host
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
        .unwrap_or(&host);
    if let Ok(address) = host.parse::<IpAddr>() {
        return if is_local_address(address) {
            Locality::Local
        } else {
            Locality::Remote
        };
    }
    let is_below = |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    if is_below("onion") {
        Locality::Unknown
    } else if is_below("localhost") || is_below("local") {
        Locality::Local
    } else {
        Locality::Remote
    }
}

fn is_local_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_local_v4(address),
        IpAddr::V6(address) => address
            .to_ipv4_mapped()
            .map_or_else(|| is_local_v6(address), is_local_v4),
    }
}

fn is_local_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_unspecified()
        || (first == 100 && (64..128).contains(&second))
}

fn is_local_v6(address: Ipv6Addr) -> bool {
    address.is_loopback() || address.is_unspecified() || address.is_unique_local() || address.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::{Locality, locality, provider_of, read};

    #[test]
    fn the_table_is_well_formed() {
        let table = read().unwrap();
        assert!(
            table.provider.len() > 50,
            "the table holds {} providers",
            table.provider.len()
        );
        for provider in &table.provider {
            assert!(
                !provider.name.is_empty() && !provider.hosts.is_empty(),
                "{} has hosts",
                provider.name
            );
            for pattern in &provider.hosts {
                let has_kind = pattern.starts_with(['.', '=']) || pattern.ends_with('*');
                assert!(has_kind, "`{pattern}` of {} says how it matches", provider.name);
                assert_eq!(*pattern, pattern.to_ascii_lowercase(), "patterns are lower case");
            }
        }
    }

    #[test]
    fn hosts_are_told_apart() {
        for (host, name) in [
            ("mainnet.infura.io", Some("Infura / MetaMask (Consensys)")),
            ("eth-mainnet.g.alchemy.com", Some("Alchemy")),
            ("electrum.emzy.de", Some("Emzy")),
            ("electrum.blockstream.info", Some("Blockstream")),
            ("Mempool.Space", Some("mempool.space")),
            ("notinfura.io", None),
            ("infura.io.example.org", None),
            ("127.0.0.1", None),
            ("node.example.org", None),
        ] {
            assert_eq!(provider_of(host).map(|provider| provider.name.as_str()), name, "{host}");
        }
    }

    #[test]
    fn what_is_local_follows_the_address() {
        for host in [
            "127.0.0.1",
            "127.9.9.9",
            "::1",
            "[::1]",
            "localhost",
            "umbrel.local",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.5",
            "100.64.0.1",
            "100.127.255.255",
            "fd00::1",
            "fe80::1",
            "::ffff:192.168.0.1",
        ] {
            assert_eq!(locality(host), Locality::Local, "{host}");
        }
        for host in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "2001:db8::1",
            "example.org",
            "local.example",
            "notlocalhost",
        ] {
            assert_eq!(locality(host), Locality::Remote, "{host}");
        }
        assert_eq!(locality("abcdef.onion"), Locality::Unknown);
    }
}
