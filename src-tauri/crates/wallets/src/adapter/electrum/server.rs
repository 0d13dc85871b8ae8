//! How Electrum writes a server (`host:port:t`, or `:s` with TLS), and how its file is shown without secrets.

use freehold_model::Protocol;

use crate::adapter::address::seen;
use crate::adapter::json_keys::JsonDocument;
use crate::adapter::{AdapterError, Login, SeenEndpoint, json_mask};
use crate::format::json::Object;
use crate::mask::MASK;

/// The server that a file names; none where Electrum chooses. `is_old`: Electrum puts TLS on every server of such a file.
pub(super) fn current(document: &JsonDocument<'_>, is_old: bool) -> Result<Option<SeenEndpoint>, AdapterError> {
    match document.text("server")? {
        None => Ok(None),
        Some(written) if written.is_empty() => Ok(None),
        Some(written) => read(&written, is_old)
            .map(Some)
            .ok_or_else(|| AdapterError::UnknownValue {
                key: "server".into(),
                value: written.chars().filter(|c| !c.is_control()).take(60).collect(),
            }),
    }
}

fn read(written: &str, is_old: bool) -> Option<SeenEndpoint> {
    let (rest, kind) = written.rsplit_once(':')?;
    let (host, port) = rest.rsplit_once(':')?;
    let host = host
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
        .unwrap_or(host);
    let port = port.parse().ok().filter(|port| *port > 0)?;
    let protocol = match kind {
        "s" => Protocol::ElectrumSsl,
        "t" if is_old => Protocol::ElectrumSsl,
        "t" => Protocol::ElectrumTcp,
        _ => return None,
    };
    let is_plain = !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-:_".contains(&byte));
    is_plain.then(|| seen(protocol, host, port, Login::None))
}

/// The file's text with secrets masked and as many lines as before. Older versions write a proxy's password into the
/// proxy's address: `socks5:host:port:user:password`.
pub(super) fn masked(bytes: &[u8]) -> String {
    let shown = json_mask::masked(bytes);
    let Ok(object) = Object::parse(bytes) else {
        return shown;
    };
    let Some(raw) = object.member("proxy").map(|member| object.raw(member)) else {
        return shown;
    };
    // Three parts without a login.
    let parts: Vec<&str> = raw.trim_matches('"').split(':').collect();
    let kept = parts.get(..3).filter(|_| parts.len() > 3);
    match kept {
        Some(kept) => shown.replacen(raw, &format!("\"{}:{MASK}\"", kept.join(":")), 1),
        None => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::{masked, read};

    #[test]
    fn every_spelling_of_a_server_is_read() {
        for (written, text) in [
            ("127.0.0.1:50001:t", "electrum+tcp://127.0.0.1:50001"),
            (
                "Electrum.Blockstream.info:50002:s",
                "electrum+ssl://electrum.blockstream.info:50002",
            ),
            ("[::1]:50001:t", "electrum+tcp://[::1]:50001"),
            ("::1:50001:t", "electrum+tcp://[::1]:50001"),
        ] {
            assert_eq!(
                read(written, false).map(|found| found.text).as_deref(),
                Some(text),
                "{written}"
            );
        }
        for written in ["h", "h:1", "h:1:x", "h:0:t", ":1:t", "h:x:s", "u@h:1:s"] {
            assert_eq!(read(written, false), None, "{written} is not a server");
        }
        let old = read("127.0.0.1:50001:t", true).map(|found| found.text);
        assert_eq!(
            old.as_deref(),
            Some("electrum+ssl://127.0.0.1:50001"),
            "a file without a version"
        );
    }

    #[test]
    fn a_proxys_password_is_masked() {
        let bytes = b"{\n    \"proxy\": \"socks5:127.0.0.1:9050:user:hunter2\",\n    \"proxy_password\": \"hunter2\",\n    \"rpcpassword\": \"hunter2\"\n}";
        let shown = masked(bytes);
        assert!(
            !shown.contains("hunter2") && shown.contains("socks5:127.0.0.1:9050"),
            "{shown}"
        );
        assert_eq!(shown.lines().count(), 5);
        let harmless = "{\"proxy\": \"socks5:127.0.0.1:9050\"}";
        assert_eq!(masked(harmless.as_bytes()), harmless);
    }
}
