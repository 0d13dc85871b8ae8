//! Claims about what Wasabi asks, by its version.

use super::Wasabi;
use crate::adapter::{Adapter, Lock};
use crate::files::Files;
use crate::place::{Os, Places};
use freehold_model::{Network, NodeNeed, Protocol};
use std::path::PathBuf;

fn files(text: &str) -> Files {
    Files::single(Some(text.as_bytes()))
}

#[test]
fn each_version_says_in_its_own_way_whom_it_asks() {
    let on = Network::mainnet();
    for (text, endpoint) in [
        (r#"{"ConfigVersion":4,"BitcoinRpcEndPoint":""}"#, None),
        (
            r#"{"ConfigVersion":4,"BitcoinRpcEndPoint":"localhost:8332"}"#,
            Some("bitcoin+http://localhost:8332"),
        ),
        (
            r#"{"ConfigVersion":2,"BackendUri":"https://api.wasabiwallet.io/","UseBitcoinRpc":false,"BitcoinRpcEndPoint":"http://h:1"}"#,
            Some("https://api.wasabiwallet.io:443"),
        ),
        (
            r#"{"ConfigVersion":2,"BackendUri":"https://api.wasabiwallet.io/","UseBitcoinRpc":true,"BitcoinRpcEndPoint":"http://h:1"}"#,
            Some("bitcoin+http://h:1"),
        ),
        (
            r#"{"MainNetBackendUri":"https://api.wasabiwallet.io/"}"#,
            Some("https://api.wasabiwallet.io:443"),
        ),
    ] {
        let found = Wasabi.inspect(&files(text), &on).unwrap().endpoint;
        assert_eq!(found.map(|found| found.text).as_deref(), endpoint, "{text}");
    }
    assert!(Wasabi.inspect(&files(r#"{"ConfigVersion":3}"#), &on).is_err());
    assert_eq!(Wasabi.needs(Protocol::BitcoinHttp), [NodeNeed::BlockFilters]);
}

#[test]
fn what_is_left_follows_the_settings() {
    let text = r#"{"ExchangeRateProvider":"None","FeeRateEstimationProvider":"BlockstreamInfo",
        "CoordinatorUri":"https://coordinator.example/"}"#;
    let left = Wasabi.leftovers(&files(text), &Network::mainnet());
    let hosts: Vec<_> = left.iter().map(|left| left.host.as_deref()).collect();
    assert_eq!(
        hosts,
        [
            Some("blockstream.info"),
            Some("mempool.space"),
            Some("coordinator.example")
        ]
    );
}

#[test]
fn each_network_has_its_file_and_a_folder_its_lock() {
    let mut places = Places {
        home: PathBuf::from("/h"),
        env: [].into(),
        os: Os::Linux,
        is_own_home: true,
        uid: None,
        chosen: None,
    };
    let file = |places: &Places, on: &str| Wasabi.slots(places, &Network::try_new(on).unwrap())[0].places.clone();
    assert_eq!(
        file(&places, "testnet4"),
        [PathBuf::from("/h/.walletwasabi/client/Config.TestNet.json")]
    );
    let lock = Lock::PidFile(PathBuf::from("/h/.walletwasabi/client/.wasabi-lock"));
    assert_eq!(Wasabi.locks(&places, &Network::mainnet()), [lock]);
    places.env.insert("WASABI_DATADIR".into(), "/w".into());
    assert_eq!(file(&places, "signet")[0], PathBuf::from("/w/Config.Signet.json"));
    places.os = Os::Windows;
    places.env.clear();
    places.env.insert("APPDATA".into(), "/r".into());
    assert_eq!(
        file(&places, "mainnet"),
        [PathBuf::from("/r/WalletWasabi/Client/Config.json")]
    );
}
