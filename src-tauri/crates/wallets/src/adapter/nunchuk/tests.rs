//! Claims about the accounts, and about what is never touched.

use std::path::PathBuf;

use freehold_model::{Credential, Endpoint, Network, Secret};

use super::Nunchuk;
use crate::adapter::{Adapter, ChangedFile, Login};
use crate::files::Files;
use crate::place::{Os, Places};
use crate::slot::SETTINGS;

const TWO: &str = "[General]\ncoreRPCAddress=10.0.0.5\nenableCoreRPC=true\nmainnestServer=@Variant(\\0\\0\\0\\b\\0)\n\n[a%40b.c]\nenableCoreRPC=false\nmainnestServer=@Variant(\\0\\0\\0\\b\\1)\n";

fn mainnet() -> Network {
    Network::mainnet()
}

fn files(text: &str) -> Files {
    Files::single(Some(text.as_bytes()))
}

fn core() -> Endpoint {
    Endpoint {
        credential: Some(Credential {
            user: "freehold".into(),
            password: Secret::new("p;w"),
        }),
        ..("bitcoin+http://127.0.0.1:8332".parse().unwrap())
    }
}

#[test]
fn every_account_is_looked_at_and_switched() {
    let seen = Nunchuk.inspect(&files(TWO), &mainnet()).unwrap();
    assert_eq!(
        seen.endpoint, None,
        "the account uses Nunchuk's server, which stands in a binary value"
    );
    assert_eq!(seen.others[0].text, "bitcoin+http://10.0.0.5:8332");
    assert_eq!(seen.leans_on.as_deref(), Some("Nunchuk"));
    let plan = Nunchuk.plan(&files(TWO), &mainnet(), &core()).unwrap();
    let after = String::from_utf8(plan.settings_bytes().to_vec()).unwrap();
    for kept in [
        "mainnestServer=@Variant(\\0\\0\\0\\b\\0)\n",
        "mainnestServer=@Variant(\\0\\0\\0\\b\\1)\n",
    ] {
        assert!(after.contains(kept), "{after}");
    }
    assert_eq!(after.matches("coreRPCPassword=\"p;w\"").count(), 2, "{after}");
    let seen = Nunchuk.inspect(&files(&after), &mainnet()).unwrap();
    assert_eq!(seen.endpoint.as_ref().map(|found| found.login), Some(Login::Password));
    assert_eq!((seen.others, seen.leans_on), (Vec::new(), None));
    assert!(
        plan.files[0].keys.iter().all(|key| !format!("{key:?}").contains("p;w")),
        "no secret in what is shown"
    );
    assert!(!Nunchuk.masked(SETTINGS, after.as_bytes()).contains("p;w"));
}

#[test]
fn an_account_that_the_user_changed_stays_and_the_others_go_back() {
    let plan = Nunchuk.plan(&files(TWO), &mainnet(), &core()).unwrap();
    let switched = String::from_utf8(plan.settings_bytes().to_vec()).unwrap();
    let (general, account) = switched.split_at(switched.find("[a%40b.c]").unwrap());
    let current = format!("{general}{}", account.replace("8332", "8999"));
    let file = ChangedFile {
        slot: SETTINGS,
        current: current.as_bytes(),
        original: Some(TWO.as_bytes()),
        switched: switched.as_bytes(),
    };
    let restored = Nunchuk.restore_keys(&file, &mainnet()).unwrap();
    let text = String::from_utf8(restored.bytes.as_slice().to_vec()).unwrap();
    assert!(text.starts_with(TWO.split_once("[a%40").unwrap().0), "{text}");
    assert!(text.contains("coreRPCPort=8999"), "{text}");
    assert!(
        restored.kept.contains(&"a@b.c/coreRPCPort".to_owned()),
        "{:?}",
        restored.kept
    );
}

#[test]
fn the_electrum_servers_of_the_test_networks_are_shown() {
    let seen = |chain: u8, on: &str| {
        let text = format!(
            "[General]\nprimaryServer={chain}\nsignetServer=ssl://mempool.space:60602\ntestnetServer=testnet.nunchuk.io:50001\n"
        );
        Nunchuk
            .inspect(&files(&text), &Network::try_new(on).unwrap())
            .unwrap()
            .endpoint
            .map(|found| found.text)
    };
    assert_eq!(
        seen(1, "testnet").as_deref(),
        Some("electrum+tcp://testnet.nunchuk.io:50001")
    );
    assert_eq!(seen(2, "signet").as_deref(), Some("electrum+ssl://mempool.space:60602"));
    assert_eq!(seen(2, "mainnet"), None, "set to another network");
}

#[test]
fn there_is_a_file_on_linux_alone() {
    let slots = |os: Os| {
        let places = Places {
            home: PathBuf::from("/h"),
            env: [("XDG_CONFIG_HOME".to_owned(), "/x".to_owned())].into(),
            os,
            is_own_home: true,
            uid: None,
            chosen: None,
        };
        Nunchuk.slots(&places, &mainnet())
    };
    assert_eq!(
        slots(Os::Linux)[0].places,
        [PathBuf::from("/x/nunchuk/NunchukClient.conf")]
    );
    assert!(slots(Os::MacOs).is_empty() && slots(Os::Windows).is_empty());
}
