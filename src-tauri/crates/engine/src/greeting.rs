//! The first words with an engine: which it is, and of which version.
//!
//! Docker says that in `/version` at once. Podman asks the system's package manager about its helpers for that reply,
//! which takes a second or more on a busy machine; but it names itself in the headers of every reply, also of the ping.

use hyper::header::HeaderMap;
use hyper::{Method, header};
use serde_json::{Value, json};

use crate::EngineError;
use crate::error::Asked;
use crate::wire::Wire;

/// The engine's `/version`, or what of it Podman tells in other ways.
pub(crate) async fn version(wire: &Wire, asked: Asked<'_>) -> Result<Value, EngineError> {
    let named = match wire.open(Method::GET, "/_ping", asked).await {
        Ok(reply) => podman(reply.headers()),
        // One limit is enough of waiting.
        Err(error @ EngineError::TimedOut { .. }) => return Err(error),
        // Whatever else is wrong is told by the next reply as well, or is wrong with the ping alone.
        Err(_) => None,
    };
    match named {
        Some(version) => Ok(version),
        None => wire.json("/version", asked).await,
    }
}

/// What Podman says of itself in the headers of a reply, in the form of its `/version`.
fn podman(headers: &HeaderMap) -> Option<Value> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let server = text(header::SERVER.as_str())?;
    let version = text("libpod-api-version").filter(|_| server.starts_with("Libpod/"))?;
    Some(json!({
        "Version": version,
        "ApiVersion": text("api-version")?,
        "Components": [{"Name": "Podman Engine", "Version": version}],
    }))
}

#[cfg(test)]
mod tests {
    use hyper::header::{HeaderMap, HeaderName, HeaderValue};

    use super::podman;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn podman_names_itself_in_every_reply_and_docker_does_not() {
        // Podman 4.3.1
        let said = podman(&headers(&[
            ("api-version", "1.41"),
            ("libpod-api-version", "4.3.1"),
            ("server", "Libpod/4.3.1 (linux)"),
        ]))
        .unwrap();
        assert_eq!(
            (&said["Version"], &said["ApiVersion"]),
            (&"4.3.1".into(), &"1.41".into())
        );
        assert_eq!(said["Components"][0]["Name"], "Podman Engine");
        // Docker 20.10.24
        let docker = [
            ("api-version", "1.41"),
            ("ostype", "linux"),
            ("server", "Docker/20.10.24 (linux)"),
        ];
        assert_eq!(podman(&headers(&docker)), None);
        assert_eq!(podman(&headers(&[])), None);
    }
}
