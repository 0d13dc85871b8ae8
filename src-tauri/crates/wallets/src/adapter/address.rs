//! How wallets write an address, read into what people are shown.

use freehold_model::{Endpoint, Protocol};

use super::{AdapterError, Login, SeenEndpoint};
use crate::mask::mask_urls;

/// What stands in a URL before its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The scheme in lower case; empty where none is written.
    pub scheme: String,
    /// Host name or address in lower case; IPv6 without brackets.
    pub host: String,
    /// The port, where one is written.
    pub port: Option<u16>,
    /// User and password stand in front of the host.
    pub has_login: bool,
}

/// Reads `[scheme://][user:password@]host[:port][/...]`; `None` when it is none.
pub(super) fn address(text: &str) -> Option<Address> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (has_login, rest) = match rest.rsplit_once('@') {
        Some((_, rest)) => (true, rest),
        None => (false, rest),
    };
    let (host, port) = match rest.strip_prefix('[') {
        Some(inner) => {
            let (host, tail) = inner.split_once(']')?;
            match (tail, tail.strip_prefix(':')) {
                ("", _) => (host, None),
                (_, Some(port)) => (host, Some(port)),
                _ => return None,
            }
        }
        None => match rest.rsplit_once(':') {
            // More than one colon without brackets: an IPv6 address without a port.
            Some((before, _)) if before.contains(':') => (rest, None),
            Some((host, port)) => (host, Some(port)),
            None => (rest, None),
        },
    };
    let port = match port {
        Some(port) => Some(port.parse().ok().filter(|port| *port > 0)?),
        None => None,
    };
    let is_plain = !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-:_".contains(&byte));
    is_plain.then(|| Address {
        scheme: scheme.to_ascii_lowercase(),
        host: host.to_ascii_lowercase(),
        port,
        has_login,
    })
}

/// An endpoint as people are shown it.
pub(super) fn seen(protocol: Protocol, host: &str, port: u16, login: Login) -> SeenEndpoint {
    let endpoint = Endpoint {
        protocol,
        host: host.to_ascii_lowercase(),
        port,
        credential: None,
    };
    SeenEndpoint {
        text: endpoint.to_string(),
        protocol,
        host: endpoint.host,
        port,
        login,
    }
}

/// The error for a setting whose value is no address.
pub(super) fn no_address(key: &str, value: &str) -> AdapterError {
    AdapterError::UnknownValue {
        key: key.to_owned(),
        value: if value.contains('@') {
            "an address that Freehold cannot read".to_owned()
        } else {
            mask_urls(value).chars().take(60).collect()
        },
    }
}

/// Reads a port; the error names the setting.
pub(super) fn port(key: &str, value: &str) -> Result<u16, AdapterError> {
    value
        .trim()
        .parse()
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| AdapterError::UnknownValue {
            key: key.to_owned(),
            value: value.chars().take(20).collect(),
        })
}

/// Whether a host is this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{address, is_loopback};

    #[test]
    fn every_spelling_of_an_address_is_read() {
        for (text, scheme, host, port, has_login) in [
            ("127.0.0.1:8332", "", "127.0.0.1", Some(8332), false),
            ("http://u:p@Node.Example/x", "http", "node.example", None, true),
            ("[::1]:5", "", "::1", Some(5), false),
            ("::1", "", "::1", None, false),
            ("https://zec.rocks:443", "https", "zec.rocks", Some(443), false),
        ] {
            let found = address(text).unwrap();
            let expected = (scheme, host, port, has_login);
            assert_eq!(
                (found.scheme.as_str(), found.host.as_str(), found.port, found.has_login),
                expected,
                "{text}"
            );
        }
        for text in ["", "h:0", "h:x", "[::1", "[::1]x", "a b:1", "http://", "h:70000"] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn loopback_is_known_in_every_spelling() {
        assert!(is_loopback("127.0.0.1") && is_loopback("LocalHost") && is_loopback("::1") && is_loopback("127.8.0.1"));
        assert!(!is_loopback("10.0.0.1") && !is_loopback("node.example"));
    }
}
