//! How Sparrow writes a server (`scheme://host[:port][|alias]`), and how its file is shown without secrets.

use freehold_model::{Endpoint, Network, Protocol};

use crate::adapter::{Login, SeenEndpoint};
use crate::format::json::Object;
use crate::mask::{MASK, is_secret_name, mask_urls};

/// The port that Sparrow uses for Bitcoin Core where none is written.
fn core_port(network: &Network) -> u16 {
    match network.as_str() {
        "testnet" => 18332,
        "testnet4" => 48332,
        "signet" => 38332,
        "regtest" => 18443,
        _ => 8332,
    }
}

/// Reads a server; `None` when it is not written as Sparrow writes one.
pub(super) fn seen(written: &str, network: &Network, login: Login) -> Option<SeenEndpoint> {
    let address = written.split('|').next()?.trim();
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        // The spelling of Electrum, which older versions wrote.
        None => match address.rsplit_once(':')? {
            (rest, "t") => ("tcp".to_owned(), rest),
            (rest, "s") => ("ssl".to_owned(), rest),
            _ => return None,
        },
    };
    let (protocol, default_port) = match scheme.as_str() {
        "tcp" => (Protocol::ElectrumTcp, 50001),
        "ssl" => (Protocol::ElectrumSsl, 50002),
        "http" | "https" => (Protocol::BitcoinHttp, core_port(network)),
        _ => return None,
    };
    let rest = rest.split(['/', '?', '#']).next()?;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let (host, port) = match rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((host, tail)) => (host, tail.strip_prefix(':')),
        None => rest
            .rsplit_once(':')
            .map_or((rest, None), |(host, port)| (host, Some(port))),
    };
    let port = match port {
        Some(port) => port.parse().ok().filter(|port| *port > 0)?,
        None => default_port,
    };
    if host.is_empty() {
        return None;
    }
    let host = host.to_ascii_lowercase();
    let endpoint = Endpoint {
        protocol,
        host: host.clone(),
        port,
        credential: None,
    };
    // The scheme of `--to` has no TLS for Bitcoin Core, but a server that is used over TLS must not be shown as plain.
    let text = if scheme == "https" {
        format!("https://{}", endpoint.authority())
    } else {
        endpoint.to_string()
    };
    Some(SeenEndpoint {
        text,
        protocol,
        host,
        port,
        login,
    })
}

/// Whether `written` is this very endpoint, under whatever name.
pub(super) fn is_at(written: &str, network: &Network, endpoint: &Endpoint) -> bool {
    seen(written, network, Login::None).is_some_and(|found| found.text.eq_ignore_ascii_case(&endpoint.to_string()))
}

/// Whether a name inside `value` says that it holds a secret.
fn holds_secret(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Object(members) => members
            .iter()
            .any(|(name, value)| is_secret_name(name) || holds_secret(value)),
        serde_json::Value::Array(items) => items.iter().any(holds_secret),
        _ => false,
    }
}

/// The file's text with secrets masked and as many lines as before.
pub(super) fn masked(bytes: &[u8]) -> String {
    let Ok(object) = Object::parse(bytes) else {
        // Not readable, so nobody knows which part is a secret: only the shape is shown.
        return String::from_utf8_lossy(bytes)
            .lines()
            .flat_map(|_| [MASK, "\n"])
            .collect();
    };
    let text = String::from_utf8_lossy(bytes);
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for member in object.members() {
        shown.push_str(text.get(at..member.value_span.start).unwrap_or_default());
        let raw = object.raw(member);
        let is_secret = is_secret_name(&member.name) && raw != "null";
        if is_secret || serde_json::from_str(raw).is_ok_and(|value| holds_secret(&value)) {
            shown.push('"');
            shown.push_str(MASK);
            shown.push('"');
            // A list over several lines keeps its number of lines.
            shown.extend(raw.chars().filter(|c| *c == '\n'));
        } else {
            shown.push_str(&mask_urls(raw));
        }
        at = member.value_span.end;
    }
    shown.push_str(text.get(at..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests {
    use super::{masked, seen};
    use crate::adapter::Login;
    use freehold_model::Network;

    #[test]
    fn reads_every_spelling_of_a_server() {
        let network = Network::try_new("signet").unwrap();
        for (written, text) in [
            (
                "ssl://electrum.emzy.de:50002|electrum.emzy.de",
                "electrum+ssl://electrum.emzy.de:50002",
            ),
            ("tcp://127.0.0.1", "electrum+tcp://127.0.0.1:50001"),
            ("http://127.0.0.1|a|b", "bitcoin+http://127.0.0.1:38332"),
            ("https://user:pw@Node.Example:443/path", "https://node.example:443"),
            ("electrum.example:50002:s", "electrum+ssl://electrum.example:50002"),
            ("http://[::1]:8332", "bitcoin+http://[::1]:8332"),
        ] {
            assert_eq!(
                seen(written, &network, Login::None).map(|found| found.text).as_deref(),
                Some(text),
                "{written}"
            );
        }
        for written in ["", "ftp://x:1", "tcp://h:0", "tcp://h:x", "tcp://", "h"] {
            assert_eq!(seen(written, &network, Login::None), None, "{written} is not a server");
        }
    }

    #[test]
    fn a_login_is_masked_and_the_lines_stay() {
        let bytes = b"{\n \"coreAuth\": \"u:hunter2\",\n \"x\": 1\n}";
        let shown = masked(bytes);
        assert!(!shown.contains("hunter2"), "{shown}");
        assert_eq!(shown.lines().count(), 4);
        assert!(
            !masked(b"{\"coreAuth\": \"u:hunter2\"").contains("hunter2"),
            "a broken file shows nothing"
        );
    }
}
