//! Claims that hold for every wallet: what is refused, what a damaged file does, and that nothing else is opened.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use freehold_model::Network;
use freehold_wallets::{Adapter, ChangedFile, Files, HeldFile, Slot, adapters};
use proptest::prelude::*;

use crate::golden::{Stage, folders, root, stage};
use crate::home::{network, put};

/// A case of each wallet in which a file exists and is switched.
fn switched_cases() -> Vec<(&'static dyn Adapter, PathBuf)> {
    let mut found = Vec::new();
    for adapter in adapters() {
        let folder = root().join(adapter.id());
        let has = |case: &PathBuf| case.join("before").exists() && case.join("after").exists();
        let cases = if folder.is_dir() { folders(&folder) } else { Vec::new() };
        found.extend(cases.into_iter().filter(has).map(|case| (*adapter, case)));
    }
    found
}

fn slots(adapter: &dyn Adapter, stage: &Stage) -> Vec<Slot> {
    adapter.slots(&stage.home.places, &network(&stage.case.network))
}

/// The settings file that is there.
fn settings(adapter: &dyn Adapter, stage: &Stage) -> Option<HeldFile> {
    let files = Files::read(adapter, &stage.home.places, &network(&stage.case.network)).unwrap();
    let first = files.all().first().cloned();
    first.filter(|held| held.bytes.is_some())
}

#[test]
fn a_link_in_place_of_the_settings_is_refused() {
    for (adapter, case) in switched_cases() {
        let stage = stage(adapter.id(), &case);
        let Some(held) = settings(adapter, &stage) else {
            continue;
        };
        let target = stage.home.path("the-real-one");
        fs::rename(&held.path, &target).unwrap();
        std::os::unix::fs::symlink(&target, &held.path).unwrap();
        let fault = stage
            .home
            .switch(adapter.id(), &stage.case.network, &stage.to)
            .expect_err("a link must be refused")
            .to_fault();
        assert_eq!(fault.code.as_str(), "wallet-file-symlink", "{}", case.display());
        assert_eq!(fs::read(&target).unwrap(), held.bytes.unwrap().as_slice());
        assert!(held.path.is_symlink());
    }
}

#[test]
fn a_read_only_file_is_refused() {
    for (adapter, case) in switched_cases() {
        let stage = stage(adapter.id(), &case);
        let Some(held) = settings(adapter, &stage) else {
            continue;
        };
        let mut permissions = fs::metadata(&held.path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&held.path, permissions).unwrap();
        match stage.home.switch(adapter.id(), &stage.case.network, &stage.to) {
            Err(error) => assert_eq!(
                error.to_fault().code.as_str(),
                "wallet-file-read-only",
                "{}",
                case.display()
            ),
            // What is right already is not written, and another file of the wallet may be the one that changes.
            Ok(entry) => assert!(
                entry.is_none_or(|entry| entry.file(&held.path).is_none()),
                "{}",
                case.display()
            ),
        }
        assert_eq!(fs::read(&held.path).unwrap(), held.bytes.unwrap().as_slice());
    }
}

/// Names of files that hold keys, seeds or wallets, beside the settings of the wallets here.
const PRIVATE: [&str; 12] = [
    "wallet.dat",
    "wallets",
    "default_wallet",
    "keystore",
    "keys",
    "id.json",
    "seed",
    "lianad.sqlite3",
    "macaroons.db",
    "hsm_secret",
    "Wallets",
    "IndexedDB",
];

#[test]
fn no_wallet_lists_a_file_that_holds_keys() {
    for adapter in adapters() {
        for name in adapter.networks() {
            let home = crate::home::Home::new();
            let places = home.places.choosing(Some(home.path("project/.env")));
            for place in adapter
                .slots(&places, &network(name))
                .iter()
                .flat_map(|slot| &slot.places)
            {
                let last = place.file_name().unwrap().to_string_lossy();
                assert!(
                    !PRIVATE.contains(&last.as_ref()),
                    "{} lists {}",
                    adapter.id(),
                    place.display()
                );
                let star_at_end = last.contains('*');
                assert!(!star_at_end, "{} lists any file in {}", adapter.id(), place.display());
                assert!(place.is_absolute(), "{}", place.display());
            }
        }
    }
}

/// Changes a text in one place, as people and crashes do.
fn damaged(bytes: &[u8], (at, kind, filler): (prop::sample::Index, u8, String)) -> Vec<u8> {
    let at = if bytes.is_empty() { 0 } else { at.index(bytes.len()) };
    let (head, tail) = bytes.split_at(at);
    let line_end = tail
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(tail.len(), |end| end + 1);
    match kind {
        // A new line of somebody's, a line twice, a line gone, a line's end, the rest gone, anything.
        0 => [
            &bytes[..at + line_end],
            filler.as_bytes(),
            b"\n",
            &bytes[at + line_end..],
        ]
        .concat(),
        1 => [&bytes[..at + line_end], &tail[..line_end], &bytes[at + line_end..]].concat(),
        2 => [head, &tail[line_end..]].concat(),
        3 => [head, b"\r", tail].concat(),
        4 => head.to_vec(),
        _ => [head, filler.as_bytes(), tail].concat(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_file_says_a_switch_is_faithful_or_refused_and_a_revert_its_inverse(
        which in any::<prop::sample::Index>(),
        damage in (any::<prop::sample::Index>(), 0_u8..6, "[ -~é]{0,24}")
    ) {
        static CASES: LazyLock<Vec<(&'static dyn Adapter, PathBuf)>> = LazyLock::new(switched_cases);
        // A loop of one, which is left where there is nothing to say.
        for (adapter, case) in std::iter::once(which.get(&CASES)) {
            let (adapter, stage) = (*adapter, stage(adapter.id(), case));
            let Some(held) = settings(adapter, &stage) else { continue };
            let name = case.display().to_string();
            let bytes = damaged(held.bytes.as_ref().unwrap().as_slice(), damage.clone());
            put(&held.path, &bytes);
            let on = network(&stage.case.network);
            let places = &stage.home.places;
            let before = Files::read(adapter, places, &on).unwrap();
            let seen = adapter.inspect(&before, &on);
            let Ok(plan) = adapter.plan(&before, &on, &stage.to) else { continue };
            let after = before.with(&plan.files);
            let Ok(found) = adapter.inspect(&after, &on) else {
                prop_assert!(false, "{} writes what it cannot read: {:?}", name, String::from_utf8_lossy(&bytes));
                continue;
            };
            // A wallet that takes no names has the number of this machine.
            let number_of = |host: &str| if host == "localhost" { "127.0.0.1".to_owned() } else { host.to_owned() };
            let at = found.endpoint.map(|seen| (number_of(&seen.host), seen.port));
            prop_assert_eq!(at, Some((number_of(&stage.to.host), stage.to.port)), "{}: {:?}", name, String::from_utf8_lossy(&bytes));
            let again = adapter.plan(&after, &on, &stage.to).unwrap();
            prop_assert_eq!(&after.with(&again.files), &after, "{}: twice is once", name);
            for new in &plan.files {
                let listed = slots(adapter, &stage).iter().any(|slot| slot.name == new.slot);
                prop_assert!(listed, "{}: {} is no slot", name, new.slot);
                let Some(switched) = &new.bytes else { continue };
                let original = before.at(&new.path).and_then(|held| held.bytes.as_ref());
                if slots(adapter, &stage).iter().any(|slot| slot.name == new.slot && slot.whole) {
                    continue;
                }
                // Put back by its settings alone, as after an edit of somebody else's.
                let file = ChangedFile {
                    slot: new.slot,
                    current: switched.as_slice(),
                    original: original.map(freehold_wallets::FileBytes::as_slice),
                    switched: switched.as_slice(),
                };
                let restored = adapter.restore_keys(&file, &on).unwrap();
                prop_assert!(restored.kept.is_empty(), "{}: {:?}", name, restored.kept);
            }
            // And through the journal, byte for byte.
            if let Ok(Some(_)) = stage.home.switch(adapter.id(), &stage.case.network, &stage.to) {
                stage.home.revert(adapter.id(), &stage.case.network).unwrap();
                prop_assert_eq!(&Files::read(adapter, places, &on).unwrap(), &before, "{}", name);
                let back = adapter.inspect(&before, &on).map(|seen| seen.endpoint);
                prop_assert_eq!(back.ok(), seen.map(|seen| seen.endpoint).ok());
            }
        }
    }
}

#[test]
fn every_wallet_survives_bytes_that_are_no_settings_at_all() {
    let noise: [&[u8]; 6] = [
        b"",
        b"\xff\xfe\x00",
        b"{",
        b"[[[[",
        b"a: &x *x",
        b"\xef\xbb\xbf\r\n\r\n",
    ];
    for adapter in adapters() {
        let home = crate::home::Home::new();
        let places = home.places.choosing(Some(home.path("project/.env")));
        for name in adapter.networks() {
            let on: Network = network(name);
            for bytes in noise {
                let held: Vec<HeldFile> = adapter
                    .slots(&places, &on)
                    .iter()
                    .map(|slot| HeldFile {
                        slot: slot.name,
                        path: slot
                            .places
                            .last()
                            .cloned()
                            .unwrap_or_else(|| Path::new("/none").to_owned()),
                        bytes: Some(freehold_wallets::FileBytes::new(bytes.to_vec())),
                    })
                    .collect();
                let files = Files::of(held);
                let _ = adapter.inspect(&files, &on);
                let _ = adapter.leftovers(&files, &on);
                for protocol in adapter.protocols() {
                    let to = freehold_model::Endpoint {
                        protocol: *protocol,
                        ..crate::home::own_core(1)
                    };
                    let _ = adapter.plan(&files, &on, &to);
                }
            }
        }
    }
}
