//! Addresses as IPFS writes them: `/ip4/127.0.0.1/tcp/5001`.

use freehold_model::{Endpoint, Protocol};

use super::address::seen;
use super::{AdapterError, Login, SeenEndpoint};

/// The longest text of such a file that makes sense, in bytes.
const LONGEST: usize = 300;

/// Reads the content of an `api` file.
pub(super) fn read(bytes: &[u8]) -> Result<SeenEndpoint, AdapterError> {
    let refusal = |reason: &str| AdapterError::Malformed {
        line: 1,
        byte: 0,
        reason: reason.to_owned(),
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|_| refusal("not UTF-8 text"))?
        .trim();
    if text.is_empty() || text.len() > LONGEST || text.lines().count() != 1 {
        return Err(refusal("not one address such as /ip4/127.0.0.1/tcp/5001"));
    }
    let parts: Vec<&str> = text.split('/').collect();
    let ["", kind, host, "tcp", port, rest @ ..] = parts.as_slice() else {
        return Err(refusal("not an address such as /ip4/127.0.0.1/tcp/5001"));
    };
    let is_host = match *kind {
        "ip4" => host.parse::<std::net::Ipv4Addr>().is_ok(),
        "ip6" => host.parse::<std::net::Ipv6Addr>().is_ok(),
        "dns" | "dns4" | "dns6" => {
            !host.is_empty()
                && host
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
        }
        _ => false,
    };
    let port: Option<u16> = port.parse().ok().filter(|port| *port > 0);
    let (true, Some(port), [] | ["http" | "https"]) = (is_host, port, rest) else {
        return Err(refusal("not an address such as /ip4/127.0.0.1/tcp/5001"));
    };
    let mut found = seen(Protocol::IpfsHttp, host, port, Login::None);
    if rest == ["https"] {
        let tail = found.text.split_once("://").map_or("", |(_, rest)| rest).to_owned();
        found.text = format!("https://{tail}");
    }
    Ok(found)
}

/// The content of an `api` file that leads to `endpoint`; Kubo writes none behind it, not even a line's end.
pub(super) fn written(endpoint: &Endpoint) -> String {
    let host = &endpoint.host;
    let kind = match host.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(_)) => "ip4",
        Ok(std::net::IpAddr::V6(_)) => "ip6",
        Err(_) => "dns",
    };
    format!("/{kind}/{host}/tcp/{}", endpoint.port)
}

#[cfg(test)]
mod tests {
    use super::{read, written};

    #[test]
    fn addresses_go_there_and_back() {
        for (text, address) in [
            ("/ip4/127.0.0.1/tcp/5001", "ipfs+http://127.0.0.1:5001"),
            ("/ip6/::1/tcp/5001", "ipfs+http://[::1]:5001"),
            ("/dns/localhost/tcp/80", "ipfs+http://localhost:80"),
        ] {
            let found = read(format!("{text}\r\n").as_bytes()).unwrap();
            assert_eq!(found.text, address);
            assert_eq!(written(&address.parse().unwrap()), text);
        }
        assert_eq!(
            read(b"/dns4/ipfs.infura.io/tcp/5001/https").unwrap().text,
            "https://ipfs.infura.io:5001"
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "127.0.0.1:5001",
            "/ip4/x/tcp/1",
            "/ip4/1.2.3.4/udp/1",
            "/ip4/1.2.3.4/tcp/0",
            "/ip4/1.2.3.4/tcp/1\n/ip4/1.2.3.4/tcp/2",
        ] {
            assert!(read(text.as_bytes()).is_err(), "{text:?}");
        }
    }
}
