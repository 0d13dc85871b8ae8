use freehold_model::ImageReference;

use super::{Place, Wanted, answer, pull};
use crate::EngineError;

fn image() -> ImageReference {
    ImageReference {
        repository: "127.0.0.1:5000/bitcoin/bitcoin".to_owned(),
        tag: "31.0".to_owned(),
        digest: format!("sha256:{}", "ab".repeat(32)).parse().expect("a digest"),
        platforms: vec!["linux/amd64".to_owned()],
    }
}

const PLACE: Place<'static> = Place {
    platform: "linux/amd64",
    storage: "/var/lib/docker",
};

#[test]
fn a_full_disk_is_the_engine_s_and_not_a_folder_of_the_image() {
    let text = "processing tar file(write /opt/bitcoin-31.99/bin/bitcoin-cli: no space left on device): exit status 1";
    let path = |storage| match pull(&Wanted::pinned(&image()), Place { storage, ..PLACE }, text) {
        EngineError::DiskFull { path, .. } => path,
        other => panic!("{other}"),
    };
    assert_eq!(path("/var/lib/docker"), "/var/lib/docker");
    assert_eq!(path(""), "the engine's disk");
    let made = answer(
        "Making the container",
        500,
        "mkdir /var/lib/docker/overlay2/ab: no space left on device",
    );
    assert!(
        matches!(made, EngineError::DiskFull { ref path, .. } if path == "/var/lib/docker/overlay2/ab"),
        "{made}"
    );
}

/// Texts as the engines wrote them: Docker 20.10.24, Docker 29, Podman 4.3.1.
#[test]
fn pull_failures_are_told_apart() {
    let cases = [
        (
            "registry",
            "Get \"http://127.0.0.1:5000/v2/\": dial tcp 127.0.0.1:5000: connect: connection refused",
        ),
        (
            "registry",
            "Get \"https://registry.example/v2/\": dial tcp: lookup registry.example on 1.1.1.1:53: no such host",
        ),
        (
            "registry",
            "Get \"https://ghcr.io/v2/\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)",
        ),
        (
            "registry",
            "failed to resolve reference \"ghcr.io/x/y@sha256:ab\": failed to do request: Head \"https://ghcr.io/v2/x/y/manifests/sha256:ab\": dial tcp 1.2.3.4:443: i/o timeout",
        ),
        (
            "registry",
            "initializing source docker://127.0.0.1:5000/a@sha256:ab: pinging container registry 127.0.0.1:5000: Get \"https://127.0.0.1:5000/v2/\": http: server gave HTTP response to HTTPS client",
        ),
        (
            "registry",
            "Get \"http://127.0.0.1:5000/v2/bitcoin/bitcoin/manifests/sha256:ab\": EOF",
        ),
        ("registry", "expected HTTP 206 from byte range request"),
        (
            "registry",
            "writing blob: storing blob to file \"/var/tmp/storage1/1\": happened during read: unexpected EOF",
        ),
        (
            "digest",
            "filesystem layer verification failed for digest sha256:b859462caf2e1e1d58f7756cdb51b11ad46d57f54cca7a55027f67d71b41d8ca",
        ),
        (
            "digest",
            "writing blob: storing blob to file \"/var/tmp/storage1/1\": happened during read: Digest did not match, expected sha256:ba, got sha256:c9",
        ),
        (
            "missing",
            "manifest for 127.0.0.1:5000/bitcoin/bitcoin@sha256:ab not found: manifest unknown: manifest unknown",
        ),
        (
            "missing",
            "reading manifest sha256:ab in 127.0.0.1:5000/nope: name unknown: repository name not known to registry",
        ),
        (
            "missing",
            "failed to resolve reference \"127.0.0.1:5000/nope@sha256:ab\": 127.0.0.1:5000/nope@sha256:ab: not found",
        ),
        (
            "missing",
            "pull access denied for acme/none, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
        ),
        (
            "platform",
            "no matching manifest for linux/amd64 in the manifest list entries",
        ),
        (
            "platform",
            "choosing image instance: no image found in manifest list for architecture amd64, variant \"\", OS linux",
        ),
        (
            "disk",
            "failed to register layer: Error processing tar file(exit status 1): write /usr/bin/bitcoind: no space left on device",
        ),
        ("digest", "manifest verification failed for digest sha256:abab"),
        ("failed", "unauthorized: authentication required"),
        ("failed", "received unexpected HTTP status: 418 I'm a teapot"),
    ];
    for (expected, text) in cases {
        let found = match pull(&Wanted::pinned(&image()), PLACE, text) {
            EngineError::RegistryUnreachable { .. } => "registry",
            EngineError::ImageMissing { .. } => "missing",
            EngineError::PlatformMissing { .. } => "platform",
            EngineError::DiskFull { .. } => "disk",
            EngineError::DigestMismatch { .. } => "digest",
            EngineError::PullFailed { .. } => "failed",
            other => panic!("{text}: {other}"),
        };
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_taken_port_is_named_with_its_address() {
    let texts = [
        (
            "driver failed programming external connectivity on endpoint b (5e): Bind for 127.0.0.1:18443 failed: port is already allocated",
            18443,
        ),
        (
            "driver failed programming external connectivity on endpoint b (5e): Error starting userland proxy: listen tcp4 127.0.0.1:8332: bind: address already in use",
            8332,
        ),
        (
            "failed to set up container networking: driver failed programming external connectivity on endpoint x: failed to bind host port 127.0.0.1:8332/tcp: address already in use",
            8332,
        ),
        (
            "cannot listen on the TCP port: listen tcp4 127.0.0.1:8333: bind: address already in use",
            8333,
        ),
        (
            "rootlessport listen tcp 127.0.0.1:8080: bind: address already in use",
            8080,
        ),
    ];
    for (text, expected) in texts {
        match answer("Starting the container", 500, text) {
            EngineError::PortTaken { port, address, .. } => {
                assert_eq!((port, address.as_str()), (expected, "127.0.0.1"), "{text}");
            }
            other => panic!("{text}: {other}"),
        }
    }
}

#[test]
fn a_missing_container_and_a_missing_image_are_two_things() {
    let docker = answer("Starting the container", 404, "No such container: abc");
    assert!(
        matches!(docker, EngineError::NoSuchContainer { ref container } if container == "abc"),
        "{docker}"
    );
    let podman = answer(
        "x",
        404,
        "no container with name or ID \"abc\" found: no such container",
    );
    assert!(
        matches!(podman, EngineError::NoSuchContainer { ref container } if container == "abc"),
        "{podman}"
    );
    let image = answer("Making the container", 404, "No such image: sha256:00");
    assert!(matches!(image, EngineError::NoSuchImage { .. }), "{image}");
}

#[test]
fn everything_else_keeps_the_engine_s_words_on_one_line() {
    let error = answer("Making the container", 500, "OCI runtime error:\n  something\todd.\n");
    assert_eq!(
        error.to_string(),
        "Making the container: OCI runtime error: something odd"
    );
    let silent = answer("Making the container", 503, "");
    assert!(silent.to_string().contains("503"), "{silent}");
}
