//! tor off the network, arlocal, and a Nostr relay by a declaration.

use std::path::Path;

use freehold_model::spec::ProbeKind;
use freehold_model::{ProbeFailure, Stage};
use freehold_probe::{Probe, Target};
use serde_json::json;

use crate::program::{Program, free_port, is_ready, named, now, read_until};

#[tokio::test]
async fn tor_without_a_network_stays_at_the_beginning() {
    let Some(tor) = named("FREEHOLD_TEST_TOR") else { return };
    let [socks, control] = std::array::from_fn(|_| free_port());
    let tor = Program::start(&tor, |folder| {
        let pairs = [
            ("--DataDirectory", folder.join("data").display().to_string()),
            ("--SocksPort", socks.to_string()),
            ("--ControlPort", control.to_string()),
            ("--CookieAuthentication", "1".to_owned()),
            (
                "--DirAuthority",
                "nobody orport=1 127.0.0.1:1 FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF".to_owned(),
            ),
        ];
        let mut args = vec![
            "-f".to_owned(),
            folder.join("none").display().to_string(),
            "--ignore-missing-torrc".to_owned(),
        ];
        args.extend(pairs.into_iter().flat_map(|(name, value)| [name.to_owned(), value]));
        args
    });
    let mut target = Target::new(ProbeKind::Tor, "127.0.0.1", control);
    target.token = Some(tor.folder.path().join("data/control_auth_cookie"));
    let (report, ..) = read_until(&Probe::new(target.clone()), |_| true).await;
    assert_eq!(report.stage, Stage::PreHeaders, "{report:?}");
    assert!(
        report.percent.is_some_and(|percent| percent < 50.0) && !report.version.is_empty(),
        "{report:?}"
    );
    target.token = None;
    let failure = Probe::new(target).read(now()).await.unwrap_err();
    assert_eq!(failure, ProbeFailure::AuthenticationFailed, "without its cookie");
}

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
    std::io::Write::write_all(
        &mut std::fs::File::create(folder.path().join("config.toml")).unwrap(),
        config.as_bytes(),
    )
    .unwrap();
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
