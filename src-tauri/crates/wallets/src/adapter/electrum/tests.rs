//! Claims about the settings that go together, the certificates, and where Electrum keeps its files.

use std::path::PathBuf;

use freehold_model::{Endpoint, Network};

use super::{ELECTRUM, ELECTRUM_LTC, PIN};
use crate::adapter::{Adapter, ChangedFile, Lock};
use crate::file::FileBytes;
use crate::files::{Files, HeldFile};
use crate::place::{Os, Places};
use crate::slot::SETTINGS;

const HOSTED: &str = r#"{
    "auto_connect": true,
    "config_version": 3,
    "server": "electrum.blockstream.info:50002:s"
}"#;

fn network(name: &str) -> Network {
    Network::try_new(name).unwrap()
}

fn own(kind: &str) -> Endpoint {
    format!("electrum+{kind}://127.0.0.1:50001").parse().unwrap()
}

fn held(slot: &'static str, path: &str, text: &str) -> HeldFile {
    HeldFile {
        slot,
        path: PathBuf::from(path),
        bytes: Some(FileBytes::new(text.into())),
    }
}

fn places(os: Os, env: &[(&str, &str)]) -> Places {
    Places {
        home: PathBuf::from("/h"),
        env: env
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        os,
        is_own_home: true,
        uid: None,
        chosen: None,
    }
}

#[test]
fn each_network_and_each_system_has_its_own_file() {
    let settings = |places: &Places, on: &str| ELECTRUM.slots(places, &network(on)).remove(0).places;
    let at = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
    let linux = places(Os::Linux, &[]);
    let flatpak = "/h/.var/app/org.electrum.electrum/.electrum";
    assert_eq!(
        settings(&linux, "mainnet"),
        at(&[&format!("{flatpak}/config"), "/h/.electrum/config"])
    );
    assert_eq!(
        settings(&linux, "testnet4"),
        at(&[&format!("{flatpak}/testnet4/config"), "/h/.electrum/testnet4/config"])
    );
    assert_eq!(
        settings(&places(Os::MacOs, &[]), "signet"),
        at(&["/h/.electrum/signet/config"])
    );
    let windows = places(Os::Windows, &[("APPDATA", "/r")]);
    assert_eq!(settings(&windows, "mainnet"), at(&["/r/Electrum/config"]));
    let moved = places(Os::Linux, &[("ELECTRUMDIR", "/e")]);
    assert_eq!(
        settings(&moved, "regtest"),
        at(&["/e/regtest/config"]),
        "a moved folder is the only one"
    );
    assert_eq!(
        ELECTRUM.locks(&moved, &network("regtest")),
        [Lock::NamesSocket(PathBuf::from("/e/regtest/daemon"))]
    );
    assert_eq!(
        ELECTRUM_LTC.slots(&linux, &network("testnet"))[0].places,
        at(&["/h/.electrum-ltc/testnet/config"])
    );
}

#[test]
fn what_else_electrum_asks_is_told() {
    let seen = |text: &str| {
        ELECTRUM
            .inspect(&Files::single(Some(text.as_bytes())), &network("mainnet"))
            .unwrap()
    };
    let hosted = seen(HOSTED);
    assert_eq!(
        hosted.endpoint.unwrap().text,
        "electrum+ssl://electrum.blockstream.info:50002"
    );
    assert_eq!(hosted.leans_on.as_deref(), Some("volunteers' public Electrum servers"));
    assert!(
        hosted
            .notes
            .iter()
            .any(|note| note.contains("about ten public servers")),
        "{:?}",
        hosted.notes
    );
    let alone =
        seen(r#"{"config_version": 3, "auto_connect": false, "oneserver": true, "server": "192.168.1.5:50001:t"}"#);
    assert_eq!((alone.leans_on, alone.notes), (None, Vec::new()));
    let trap = seen(r#"{"config_version": 3, "oneserver": true, "server": "192.168.1.5:50001:t"}"#);
    assert!(
        trap.notes.iter().any(|note| note.contains("would forget this server")),
        "{:?}",
        trap.notes
    );
    assert_eq!(seen("{}").endpoint, None, "chosen by chance");
    let none = ELECTRUM.inspect(&Files::single(None), &network("mainnet")).unwrap();
    assert_eq!((none.endpoint.is_none(), none.leans_on.is_some()), (true, true));
    let rates = Files::single(Some(
        &br#"{"use_exchange_rate": true, "use_exchange": "Kraken", "check_updates": true}"#[..],
    ));
    let leftovers = ELECTRUM.leftovers(&rates, &network("mainnet"));
    assert_eq!(leftovers[0].what, "exchange rates (Kraken)");
    assert_eq!(leftovers[1].host.as_deref(), Some("electrum.org"));
}

#[test]
fn a_remembered_certificate_goes_only_where_it_would_matter() {
    let files = |config: &str| {
        Files::of(vec![
            held(SETTINGS, "/h/.electrum/config", config),
            held(PIN, "/h/.electrum/certs/127.0.0.1", "old"),
            held(PIN, "/h/.electrum/certs/localhost", "other"),
        ])
    };
    let gone = |config: &str, to: &Endpoint| -> Vec<PathBuf> {
        let plan = ELECTRUM.plan(&files(config), &network("mainnet"), to).unwrap();
        plan.files
            .into_iter()
            .filter(|file| file.bytes.is_none())
            .map(|file| file.path)
            .collect()
    };
    assert_eq!(
        gone(HOSTED, &own("ssl")),
        [PathBuf::from("/h/.electrum/certs/127.0.0.1")]
    );
    assert_eq!(gone(HOSTED, &own("tcp")), Vec::<PathBuf>::new(), "without TLS");
    let ours = r#"{"config_version": 3, "auto_connect": false, "oneserver": true, "server": "127.0.0.1:50001:s"}"#;
    assert_eq!(
        gone(ours, &own("ssl")),
        Vec::<PathBuf>::new(),
        "it is the node's own by now"
    );
    let elsewhere = "electrum+ssl://192.168.1.5:50002".parse().unwrap();
    let plan = ELECTRUM.plan(&files(HOSTED), &network("mainnet"), &elsewhere).unwrap();
    assert!(
        plan.notes.iter().any(|note| note.contains("certs/192.168.1.5")),
        "{:?}",
        plan.notes
    );
}

#[test]
fn after_electrum_rewrote_the_file_our_settings_still_go_back_together() {
    let plan = ELECTRUM
        .plan(
            &Files::single(Some(HOSTED.as_bytes())),
            &network("mainnet"),
            &own("tcp"),
        )
        .unwrap();
    let restore = |current: &str| {
        let file = ChangedFile {
            slot: SETTINGS,
            current: current.as_bytes(),
            original: Some(HOSTED.as_bytes()),
            switched: plan.settings_bytes(),
        };
        let restored = ELECTRUM.restore_keys(&file, &network("mainnet")).unwrap();
        (
            String::from_utf8(restored.bytes.as_slice().to_vec()).unwrap(),
            restored.kept,
        )
    };
    let rewritten = r#"{
    "auto_connect": false,
    "config_version": 3,
    "is_maximized": true,
    "oneserver": true,
    "server": "127.0.0.1:50001:t"
}"#;
    let back = r#"{
    "auto_connect": true,
    "config_version": 3,
    "is_maximized": true,
    "server": "electrum.blockstream.info:50002:s"
}"#;
    assert_eq!(restore(rewritten), (back.to_owned(), Vec::new()));
    let chosen = rewritten.replace("127.0.0.1:50001:t", "10.0.0.9:50001:t");
    let (text, kept) = restore(&chosen);
    assert_eq!(text, chosen, "half of the group would be a dead wallet");
    assert!(kept.contains(&"server".to_owned()), "{kept:?}");
}
