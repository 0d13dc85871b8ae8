//! Wallets' files: whatever stands in them, an edit does what it promises or is refused.

use std::path::PathBuf;

use freehold_model::{Credential, Endpoint, Network, Protocol, Secret};
use freehold_wallets::{Adapter, ChangedFile, FileBytes, Files, HeldFile, Os, Places, adapters};

const PASSWORD: &str = "a-password-of-forty-characters-like-ours";

/// The bytes as the settings of every wallet, for each protocol that it speaks.
pub fn wallet_settings(data: &[u8]) {
    for adapter in adapters() {
        for protocol in adapter.protocols() {
            edited(*adapter, *protocol, data);
        }
    }
}

/// The wallet's settings with these bytes; `None` where it keeps no file.
fn settings(adapter: &dyn Adapter, network: &Network, data: &[u8]) -> Option<Files> {
    let places = Places {
        home: PathBuf::from("/home/somebody"),
        env: [].into(),
        os: Os::Linux,
        is_own_home: true,
        uid: None,
        chosen: Some(PathBuf::from("/home/somebody/project/.env")),
    };
    let slot = adapter.slots(&places, network).into_iter().next()?;
    let path = slot.places.last()?.to_string_lossy().replace('*', "one");
    Some(Files::of(vec![HeldFile {
        slot: slot.name,
        path: path.into(),
        bytes: Some(FileBytes::new(data.to_vec())),
    }]))
}

/// Points the wallet at a node and back.
///
/// # Panics
///
/// When the wallet would not use the node after the edit, when a second edit changes a file again, when a secret is
/// shown, or when our settings cannot be taken back.
fn edited(adapter: &dyn Adapter, protocol: Protocol, data: &[u8]) {
    let first = adapter.networks().first().expect("a network");
    let network: Network = first.parse().expect("a network's name");
    let Some(files) = settings(adapter, &network, data) else { return };
    let _masked = adapter.masked("settings", data);
    let _before = adapter.inspect(&files, &network);
    let _leftovers = adapter.leftovers(&files, &network);
    let endpoint = Endpoint {
        protocol,
        host: "127.0.0.1".to_owned(),
        port: 23_456,
        credential: Some(Credential {
            user: "wallet".to_owned(),
            password: Secret::new(PASSWORD),
        }),
    };
    let Ok(plan) = adapter.plan(&files, &network, &endpoint) else {
        return;
    };
    let after = files.with(&plan.files);
    let current = adapter.inspect(&after, &network).expect("what we wrote can be read");
    let Some(seen) = current.endpoint else { panic!("{} has no endpoint after a switch of {:?}", adapter.id(), String::from_utf8_lossy(data)) };
    assert_eq!(seen.port, 23_456, "{} points elsewhere", adapter.id());
    let again = adapter
        .plan(&after, &network, &endpoint)
        .expect("our own files can be edited");
    assert!(after.with(&again.files) == after, "an edit that changes nothing changed something");
    for new in &plan.files {
        let Some(switched) = new.bytes.as_ref().map(FileBytes::as_slice) else { continue };
        let shown = adapter.masked(new.slot, switched);
        assert!(!shown.contains(PASSWORD), "{} shows a secret", adapter.id());
        let original = files.at(&new.path).and_then(|held| held.bytes.as_ref());
        let Some(original) = original.map(FileBytes::as_slice) else { continue };
        let file = ChangedFile {
            slot: new.slot,
            current: switched,
            original: Some(original),
            switched,
        };
        let restored = adapter
            .restore_keys(&file, &network)
            .expect("our settings can be taken back");
        assert!(restored.kept.is_empty(), "nobody else has changed {:?}", restored.kept);
    }
}
