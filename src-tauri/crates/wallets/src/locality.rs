//! Where a host is: on this machine or its private network, or not. Decided by the name alone; nothing is looked up.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

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

/// A host name as the rules here and the table of providers want it: lower case, without the last dot and brackets.
pub(crate) fn normal(host: &str) -> String {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    match host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => inner.to_owned(),
        None => host,
    }
}

/// Where `host` is: this machine, its private networks (RFC 1918, 100.64/10, link-local, fc00::/7, `.local`), or not.
pub fn locality(host: &str) -> Locality {
    let host = normal(host);
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

/// Whether `host` is this machine itself, rather than its private network.
pub fn is_this_machine(host: &str) -> bool {
    let host = normal(host);
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_unspecified(),
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unspecified(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
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
    use super::{Locality, is_this_machine, locality};

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

    #[test]
    fn the_private_network_is_not_this_machine() {
        for host in ["127.0.0.1", "localhost", "[::1]", "node.localhost"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["192.168.1.5", "umbrel.local", "example.org", "10.0.0.1"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
