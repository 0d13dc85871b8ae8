//! Reads the engines' texts: the only place that does, and nothing else decides on a text.
//!
//! Docker and Podman answer nearly everything with HTTP 500 and a sentence, so the sentence has to tell a silent
//! registry from a missing image and a taken port from a full disk. The tests hold captured texts.

use freehold_model::ImageReference;

use super::EngineError;

/// What a person can act on in a failed pull.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PullProblem {
    Registry,
    Missing,
    Platform,
    Disk,
    Digest,
}

/// Parts of texts, in the order in which they are tried: the more particular ones first.
const PULL_TEXTS: &[(&str, PullProblem)] = &[
    ("no space left on device", PullProblem::Disk),
    ("disk quota exceeded", PullProblem::Disk),
    ("no matching manifest for", PullProblem::Platform),
    ("no image found in manifest list", PullProblem::Platform),
    ("no image found in image index", PullProblem::Platform),
    ("does not match the specified platform", PullProblem::Platform),
    ("does not provide the specified platform", PullProblem::Platform),
    ("manifest verification failed", PullProblem::Digest),
    ("digest did not match", PullProblem::Digest),
    ("filesystem layer verification failed", PullProblem::Digest),
    ("unexpected commit digest", PullProblem::Digest),
    ("invalid diffid", PullProblem::Digest),
    ("does not match provided manifest digest", PullProblem::Digest),
    ("connection refused", PullProblem::Registry),
    ("connection reset by peer", PullProblem::Registry),
    ("no such host", PullProblem::Registry),
    ("server misbehaving", PullProblem::Registry),
    ("temporary failure in name resolution", PullProblem::Registry),
    ("i/o timeout", PullProblem::Registry),
    ("context deadline exceeded", PullProblem::Registry),
    ("client.timeout exceeded", PullProblem::Registry),
    ("request canceled while waiting for connection", PullProblem::Registry),
    ("tls handshake timeout", PullProblem::Registry),
    ("network is unreachable", PullProblem::Registry),
    ("no route to host", PullProblem::Registry),
    ("unexpected eof", PullProblem::Registry),
    (": eof", PullProblem::Registry),
    // A registry that cannot go on after a cut.
    ("expected http 206", PullProblem::Registry),
    ("broken pipe", PullProblem::Registry),
    ("connection timed out", PullProblem::Registry),
    ("http2: server sent goaway", PullProblem::Registry),
    ("stopped after 10 redirects", PullProblem::Registry),
    ("500 internal server error", PullProblem::Registry),
    ("server gave http response to https client", PullProblem::Registry),
    ("x509:", PullProblem::Registry),
    ("503 service unavailable", PullProblem::Registry),
    ("502 bad gateway", PullProblem::Registry),
    ("504 gateway", PullProblem::Registry),
    ("toomanyrequests", PullProblem::Registry),
    ("manifest unknown", PullProblem::Missing),
    ("name unknown", PullProblem::Missing),
    ("repository name not known", PullProblem::Missing),
    ("repository does not exist", PullProblem::Missing),
    ("not found", PullProblem::Missing),
];

/// What a registry was asked for, as its errors name it.
#[derive(Debug, Clone)]
pub(crate) struct Wanted<'a> {
    /// The image for people: repository, tag, and the digest where there is one.
    pub(crate) image: String,
    /// The registry's host.
    pub(crate) registry: &'a str,
    /// The pinned digest; the tag's name where a tag was asked for.
    pub(crate) expected: &'a str,
    /// Platforms that the catalog says it has.
    pub(crate) offered: String,
}

impl<'a> Wanted<'a> {
    /// A pinned image.
    pub(crate) fn pinned(image: &'a ImageReference) -> Self {
        Self {
            image: image.to_string(),
            registry: image.registry(),
            expected: image.digest.as_str(),
            offered: image.platforms.join(", "),
        }
    }
}

/// The engine that failed, as its errors name it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Its platform, for example `linux/amd64`.
    pub(crate) platform: &'a str,
    /// Where it keeps images; empty where that is not known.
    pub(crate) storage: &'a str,
}

/// What a failed pull means. `offered` of a platform error is what the catalog says about the image.
pub(crate) fn pull(wanted: &Wanted<'_>, place: Place<'_>, text: &str) -> EngineError {
    let lower = text.to_ascii_lowercase();
    let problem = PULL_TEXTS
        .iter()
        .find(|(part, _)| lower.contains(part))
        .map(|(_, problem)| *problem);
    let reason = one_line(text);
    match problem {
        Some(PullProblem::Registry) => EngineError::RegistryUnreachable {
            registry: wanted.registry.to_owned(),
            reason,
        },
        Some(PullProblem::Missing) => EngineError::ImageMissing {
            image: wanted.image.clone(),
            registry: wanted.registry.to_owned(),
        },
        Some(PullProblem::Platform) => EngineError::PlatformMissing {
            image: wanted.image.clone(),
            platform: place.platform.to_owned(),
            offered: wanted.offered.clone(),
        },
        // The text names a path inside the image, which tells nobody which disk is full.
        Some(PullProblem::Disk) if !place.storage.is_empty() => EngineError::DiskFull {
            path: place.storage.to_owned(),
            reason,
        },
        Some(PullProblem::Disk) => EngineError::DiskFull {
            path: ENGINE_DISK.to_owned(),
            reason,
        },
        Some(PullProblem::Digest) => EngineError::DigestMismatch {
            expected: wanted.expected.to_owned(),
            found: format!("something else ({reason})"),
        },
        None => EngineError::PullFailed {
            image: wanted.image.clone(),
            reason,
        },
    }
}

/// What a refused request means.
pub(crate) fn answer(operation: &'static str, status: u16, text: &str) -> EngineError {
    let lower = text.to_ascii_lowercase();
    let reason = one_line(text);
    if lower.contains("no space left on device") || lower.contains("disk quota exceeded") {
        return disk_full(reason);
    }
    let is_taken = ["port is already allocated", "address already in use"]
        .iter()
        .any(|part| lower.contains(part));
    if is_taken {
        let (address, port) = find_socket_address(text).unwrap_or_default();
        return EngineError::PortTaken { port, address, reason };
    }
    if status == 404 || lower.contains("no such container") {
        if lower.contains("no such image") {
            return EngineError::NoSuchImage { image: last_word(text) };
        }
        if lower.contains("no such container") || lower.contains("no container with name or id") {
            return EngineError::NoSuchContainer {
                container: container_name(text),
            };
        }
    }
    let reason = if reason.is_empty() {
        format!("it answered with HTTP status {status}")
    } else {
        reason
    };
    EngineError::Refused { operation, reason }
}

/// Where the engine does not say which disk is full.
const ENGINE_DISK: &str = "the engine's disk";

fn disk_full(reason: String) -> EngineError {
    let path = reason
        .split([' ', ':', ',', '"', '\''])
        .find(|word| word.starts_with('/') && word.len() > 1)
        .unwrap_or(ENGINE_DISK)
        .to_owned();
    EngineError::DiskFull { path, reason }
}

/// The first `address:port` in a text, as in `listen tcp4 127.0.0.1:8332: bind: ...` and `Bind for 0.0.0.0:80 failed`.
fn find_socket_address(text: &str) -> Option<(String, u16)> {
    text.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '[');
        let word = word.split_once('/').map_or(word, |(before, _)| before);
        let (address, port) = word.rsplit_once(':')?;
        let port = port.parse().ok()?;
        let address = address.trim_start_matches('[').trim_end_matches(']');
        address
            .parse::<std::net::IpAddr>()
            .ok()
            .map(|address| (address.to_string(), port))
    })
}

/// Docker: `No such container: abc`. Podman: `no container with name or ID "abc" found: no such container`.
fn container_name(text: &str) -> String {
    match text.split('"').nth(1) {
        Some(quoted) => quoted.to_owned(),
        None => last_word(text),
    }
}

fn last_word(text: &str) -> String {
    text.split_whitespace().next_back().unwrap_or_default().to_owned()
}

/// Engine texts as one line without a closing full stop, so that they fit into a sentence.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', ':']).to_owned()
}

#[cfg(test)]
mod tests;
