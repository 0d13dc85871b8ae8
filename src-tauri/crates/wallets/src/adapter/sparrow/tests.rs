//! Claims about the group of settings that decides which server Sparrow uses.

use super::Sparrow;
use crate::adapter::{Adapter, AdapterError, ChangedFile, Login};
use crate::files::Files;
use crate::place::{Os, Places};
use crate::slot::SETTINGS;
use freehold_model::{Credential, Endpoint, Network, Secret};
use std::path::PathBuf;

fn mainnet() -> Network {
    Network::mainnet()
}

fn core(password: Option<&str>) -> Endpoint {
    let mut endpoint: Endpoint = "bitcoin+http://127.0.0.1:8332".parse().unwrap();
    endpoint.credential = password.map(|password| Credential {
        user: "sparrow".into(),
        password: Secret::new(password),
    });
    endpoint
}

fn planned(text: &str, endpoint: &Endpoint) -> String {
    let plan = Sparrow
        .plan(&Files::single(Some(text.as_bytes())), &mainnet(), endpoint)
        .unwrap();
    String::from_utf8(plan.settings_bytes().to_vec()).unwrap()
}

const PUBLIC: &str = r#"{
  "mode": "ONLINE",
  "serverType": "PUBLIC_ELECTRUM_SERVER",
  "publicElectrumServer": "ssl://electrum.emzy.de:50002|electrum.emzy.de",
  "appWidth": 1100.0
}"#;

#[test]
fn the_endpoint_in_use_follows_the_group() {
    let seen = |text: &str| {
        Sparrow
            .inspect(&Files::single(Some(text.as_bytes())), &mainnet())
            .unwrap()
            .endpoint
            .map(|found| (found.text, found.login))
    };
    let at = |text: &str, login| Some((text.to_owned(), login));
    assert_eq!(seen(PUBLIC), at("electrum+ssl://electrum.emzy.de:50002", Login::None));
    assert_eq!(seen(&PUBLIC.replace("ONLINE", "OFFLINE")), None, "offline uses nothing");
    assert_eq!(seen("{}"), None, "not set up");
    assert_eq!(
        seen(r#"{"mode":"ONLINE","electrumServer":"tcp://h:1"}"#),
        at("electrum+tcp://h:1", Login::None)
    );
    let core =
        r#"{"mode":"ONLINE","serverType":"BITCOIN_CORE","coreServer":"http://127.0.0.1:8332","coreDataDir":"/d""#;
    assert_eq!(
        seen(&format!("{core}}}")),
        at("bitcoin+http://127.0.0.1:8332", Login::Cookie)
    );
    assert_eq!(
        seen(&format!("{core},\"coreAuth\":\"u:p\",\"coreAuthType\":\"USERPASS\"}}")),
        at("bitcoin+http://127.0.0.1:8332", Login::Password)
    );
}

#[test]
fn a_switch_to_bitcoin_core_writes_the_whole_group() {
    let after = planned(PUBLIC, &core(Some("p\"w")));
    assert_eq!(
        after,
        r#"{
  "mode": "ONLINE",
  "serverType": "BITCOIN_CORE",
  "publicElectrumServer": "ssl://electrum.emzy.de:50002|electrum.emzy.de",
  "appWidth": 1100.0,
  "coreServer": "http://127.0.0.1:8332|Freehold",
  "coreAuthType": "USERPASS",
  "coreAuth": "sparrow:p\"w",
  "recentCoreServers": ["http://127.0.0.1:8332|Freehold"]
}"#
    );
    assert_eq!(
        planned(&after, &core(Some("p\"w"))),
        after,
        "switching twice is switching once"
    );
}

#[test]
fn a_switch_to_tls_lets_go_of_the_old_certificate() {
    let before = r#"{"mode":"ONLINE","electrumServerCert":"/old.pem","recentElectrumServers":["ssl://old:1"]}"#;
    let tls: Endpoint = "electrum+ssl://127.0.0.1:50002".parse().unwrap();
    let after = planned(before, &tls);
    assert!(!after.contains("old.pem"), "{after}");
    assert!(
        after.contains(r#"["ssl://old:1","ssl://127.0.0.1:50002|Freehold"]"#),
        "{after}"
    );
    let tcp: Endpoint = "electrum+tcp://127.0.0.1:50001".parse().unwrap();
    assert!(planned(before, &tcp).contains("old.pem"), "without TLS it is not used");
}

#[test]
fn the_users_own_name_for_the_same_server_stays() {
    let before = r#"{"mode":"ONLINE","serverType":"ELECTRUM_SERVER","electrumServer":"tcp://127.0.0.1:50001|Mine","recentElectrumServers":["tcp://127.0.0.1:50001|Mine"]}"#;
    assert_eq!(
        planned(before, &"electrum+tcp://127.0.0.1:50001".parse().unwrap()),
        before
    );
}

#[test]
fn a_login_is_needed_for_core_unless_there_is_one() {
    let plan = |text: &str| {
        Sparrow
            .plan(&Files::single(Some(text.as_bytes())), &mainnet(), &core(None))
            .map(|_| ())
    };
    assert!(matches!(plan(PUBLIC), Err(AdapterError::Endpoint { .. })));
    assert_eq!(
        plan(r#"{"mode":"ONLINE","coreDataDir":"/d"}"#),
        Ok(()),
        "a cookie will do"
    );
}

#[test]
fn what_is_not_known_is_refused_and_named() {
    for (text, key) in [
        (r#"{"mode":"SOMETIMES"}"#, "mode"),
        (r#"{"mode":"ONLINE","serverType":"FRIGATE_SERVER"}"#, "serverType"),
        (r#"{"mode":"ONLINE","coreAuthType":"TOKEN"}"#, "coreAuthType"),
    ] {
        for result in [
            Sparrow
                .inspect(&Files::single(Some(text.as_bytes())), &mainnet())
                .map(|_| ()),
            Sparrow
                .plan(&Files::single(Some(text.as_bytes())), &mainnet(), &core(Some("p")))
                .map(|_| ()),
        ] {
            assert!(
                matches!(&result, Err(AdapterError::UnknownValue { key: found, .. }) if found == key),
                "{result:?}"
            );
        }
    }
    let wrong_type = Sparrow
        .plan(&Files::single(Some(b"{\"mode\":\n1}")), &mainnet(), &core(Some("p")))
        .map(|_| ());
    assert!(
        matches!(wrong_type, Err(AdapterError::Malformed { line: 2, .. })),
        "{wrong_type:?}"
    );
    assert_eq!(
        Sparrow
            .plan(&Files::single(None), &mainnet(), &core(Some("p")))
            .map(|_| ()),
        Err(AdapterError::Missing)
    );
}

#[test]
fn after_sparrow_rewrote_the_file_our_settings_still_go_back() {
    let switched = planned(PUBLIC, &core(Some("pw")));
    // Sparrow writes without spaces here, moves a window, adds a server of its own, and drops nothing of ours.
    let current = r#"{"mode":"ONLINE","serverType":"BITCOIN_CORE","publicElectrumServer":"ssl://electrum.emzy.de:50002|electrum.emzy.de","appWidth":900.0,"coreServer":"http://127.0.0.1:8332|Freehold","coreAuthType":"COOKIE","coreAuth":"sparrow:pw","recentCoreServers":["http://127.0.0.1:8332|Freehold","http://h:1"]}"#;
    let restored = Sparrow
        .restore_keys(
            &ChangedFile {
                slot: SETTINGS,
                current: current.as_bytes(),
                original: Some(PUBLIC.as_bytes()),
                switched: switched.as_bytes(),
            },
            &mainnet(),
        )
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(restored.bytes.as_slice()),
        r#"{"mode":"ONLINE","serverType":"PUBLIC_ELECTRUM_SERVER","publicElectrumServer":"ssl://electrum.emzy.de:50002|electrum.emzy.de","appWidth":900.0,"coreAuthType":"COOKIE","recentCoreServers":["http://h:1"]}"#
    );
    assert_eq!(restored.kept, ["coreAuthType"]);
    assert!(
        !format!("{restored:?}").contains("sparrow:pw"),
        "nothing secret in what is shown"
    );
}

#[test]
fn each_network_has_its_own_file() {
    let places = Places {
        home: PathBuf::from("/h"),
        env: [].into(),
        os: Os::Linux,
        is_own_home: true,
        uid: None,
        chosen: None,
    };
    let files = |name: &str| {
        let slots = Sparrow.slots(&places, &Network::try_new(name).unwrap());
        slots.first().unwrap().places.clone()
    };
    assert_eq!(
        files("mainnet"),
        [
            PathBuf::from("/h/.config/sparrow/config"),
            PathBuf::from("/h/.sparrow/config")
        ]
    );
    assert_eq!(files("testnet")[1], PathBuf::from("/h/.sparrow/testnet3/config"));
    assert_eq!(files("regtest")[1], PathBuf::from("/h/.sparrow/regtest/config"));
}

#[test]
fn whom_sparrow_asks_beside_its_server_follows_its_settings() {
    let hosts = |text: &str, on: &str| -> Vec<String> {
        let files = Files::single(Some(text.as_bytes()));
        let found = Sparrow.leftovers(&files, &Network::try_new(on).unwrap());
        found.into_iter().filter_map(|leftover| leftover.host).collect()
    };
    let defaults = ["mempool.space", "api.coingecko.com", "www.sparrowwallet.com"];
    assert_eq!(
        hosts("{}", "mainnet"),
        defaults,
        "what is not set has Sparrow's defaults"
    );
    assert_eq!(
        hosts("{}", "regtest"),
        defaults[1..],
        "nobody serves fees of a private chain"
    );
    let quiet = r#"{"feeRatesSource":"ELECTRUM_SERVER","exchangeSource":"NONE","checkNewVersions":false}"#;
    assert_eq!(hosts(quiet, "mainnet"), Vec::<String>::new());
    let other = r#"{"feeRatesSource":"BLOCK_XYZ","exchangeSource":"COINBASE","checkNewVersions":false}"#;
    assert_eq!(
        hosts(other, "mainnet"),
        ["pricing.bitcoin.block.xyz", "api.coinbase.com"]
    );
    assert_eq!(hosts(other, "testnet4"), ["api.coinbase.com"]);
}

#[test]
fn a_public_server_is_somebody_elses() {
    let seen = |text: &str| {
        Sparrow
            .inspect(&Files::single(Some(text.as_bytes())), &mainnet())
            .unwrap()
    };
    assert_eq!(
        seen(PUBLIC).leans_on.as_deref(),
        Some("volunteers' public Electrum servers")
    );
    let own = r#"{"mode":"ONLINE","serverType":"ELECTRUM_SERVER","electrumServer":"tcp://127.0.0.1:50001"}"#;
    assert_eq!(seen(own).leans_on, None);
}
