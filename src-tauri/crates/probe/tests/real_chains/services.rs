//! arlocal, and a Nostr relay by a declaration.

use std::path::Path;

use freehold_model::spec::ProbeKind;
use freehold_probe::{Probe, Target};
use serde_json::json;

use crate::program::{Program, free_port, is_ready, named, read_until, write};

#[tokio::test]
async fn arlocal_is_ready() {
    let Some(script) = named("FREEHOLD_TEST_ARLOCAL") else {
        return;
    };
    let port = free_port();
    let _arlocal = Program::start(Path::new("node"), |_| {
        vec![script.display().to_string(), port.to_string()]
    });
    let mut target = Target::new(ProbeKind::Arweave, "127.0.0.1", port);
    target.needs_peers = false;
    let (report, ..) = read_until(&Probe::new(target), is_ready).await;
    assert!(report.chain.starts_with("arlocal"), "{report:?}");
}

#[tokio::test]
async fn a_nostr_relay_is_read_by_its_declaration() {
    let Some(relay) = named("FREEHOLD_TEST_NOSTR_RELAY") else {
        return;
    };
    let port = free_port();
    let folder = tempfile::tempdir().unwrap();
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/nostr-by-hand/config.toml");
    let config = std::fs::read_to_string(config)
        .unwrap()
        .replace("PORT", &port.to_string());
    write(&folder.path().join("config.toml"), &config);
    let _relay = Program::start_in(folder, &relay, |folder| {
        vec![
            "--config".to_owned(),
            folder.join("config.toml").display().to_string(),
            "--db".to_owned(),
            folder.display().to_string(),
        ]
    });
    let declared = json!({
        "requests": {"info": {"path": "/", "headers": {"Accept": "application/nostr+json"}}},
        "ready": "contains(info#/supported_nips, 11)", "version": "info#/version", "chain": "'nostr'",
    });
    let mut target = Target::new(ProbeKind::Json, "127.0.0.1", port);
    target.json = Some(serde_json::from_value(declared).unwrap());
    let (report, ..) = read_until(&Probe::new(target), is_ready).await;
    assert!(!report.version.is_empty() && report.chain == "nostr", "{report:?}");
}
