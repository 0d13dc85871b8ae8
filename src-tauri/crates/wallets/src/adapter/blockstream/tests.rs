//! Claims about the settings that all networks share.

use freehold_model::Network;

use super::Blockstream;
use crate::adapter::{Adapter, AdapterError, ChangedFile};
use crate::files::Files;
use crate::slot::SETTINGS;

const OWN: &str = "[General]\nbitcoin_electrum_url=127.0.0.1:50001\nenable_electrum_tls=false\ntestnet_electrum_url=10.0.0.5:60001\nuse_personal_node=true\n";

fn network(name: &str) -> Network {
    Network::try_new(name).unwrap()
}

fn files(text: &str) -> Files {
    Files::single(Some(text.as_bytes()))
}

#[test]
fn each_network_shows_its_own_server_and_names_the_others() {
    let seen = |text: &str, on: &str| Blockstream.inspect(&files(text), &network(on)).unwrap();
    let mainnet = seen(OWN, "mainnet");
    assert_eq!(mainnet.endpoint.unwrap().text, "electrum+tcp://127.0.0.1:50001");
    assert_eq!(mainnet.others[0].text, "electrum+tcp://10.0.0.5:60001");
    assert_eq!(mainnet.leans_on, None);
    let tls = OWN.replace("enable_electrum_tls=false\n", "");
    assert_eq!(
        seen(&tls, "testnet").endpoint.unwrap().text,
        "electrum+ssl://10.0.0.5:60001",
        "TLS is the default"
    );
    let off = seen(&OWN.replace("node=true", "node=false"), "mainnet");
    assert_eq!((off.endpoint, off.leans_on.as_deref()), (None, Some("Blockstream")));
    let empty = seen("[General]\nuse_personal_node=true\n", "mainnet");
    assert_eq!(
        (empty.endpoint, empty.leans_on.as_deref(), empty.is_explicit),
        (None, Some("Blockstream"), false)
    );
}

#[test]
fn the_switch_for_tls_is_not_turned_under_another_network() {
    let tls = "electrum+ssl://127.0.0.1:50002".parse().unwrap();
    let refused = Blockstream.plan(&files(OWN), &network("mainnet"), &tls).unwrap_err();
    assert!(
        matches!(&refused, AdapterError::Conflict { reason } if reason.contains("testnet_electrum_url")),
        "{refused}"
    );
    // Switched off it is not in use yet, but the shared switch would put it to use.
    let off = OWN.replace("node=true", "node=false");
    let plan = Blockstream
        .plan(
            &files(&off),
            &network("mainnet"),
            &"electrum+tcp://127.0.0.1:1".parse().unwrap(),
        )
        .unwrap();
    assert!(
        plan.notes.iter().any(|note| note.contains("testnet_electrum_url")),
        "{:?}",
        plan.notes
    );
}

#[test]
fn after_the_app_rewrote_the_file_our_settings_go_back_together() {
    let original = "[General]\nlanguage=en_US\nuse_personal_node=false\n";
    let to = "electrum+tcp://127.0.0.1:50001".parse().unwrap();
    let plan = Blockstream.plan(&files(original), &network("mainnet"), &to).unwrap();
    let restore = |current: &str| {
        let file = ChangedFile {
            slot: SETTINGS,
            current: current.as_bytes(),
            original: Some(original.as_bytes()),
            switched: plan.settings_bytes(),
        };
        let restored = Blockstream.restore_keys(&file, &network("mainnet")).unwrap();
        (
            String::from_utf8(restored.bytes.as_slice().to_vec()).unwrap(),
            restored.kept,
        )
    };
    let rewritten = "[General]\nbitcoin_electrum_url=127.0.0.1:50001\nenable_electrum_tls=false\nlanguage=de_DE\nuse_personal_node=true\nwindow_x=7\n";
    assert_eq!(
        restore(rewritten),
        (
            "[General]\nlanguage=de_DE\nuse_personal_node=false\nwindow_x=7\n".into(),
            Vec::new()
        )
    );
    let moved = rewritten.replace("127.0.0.1:50001", "10.0.0.9:50001");
    assert_eq!(
        restore(&moved).0,
        moved,
        "a group in which somebody changed a setting stays whole"
    );
}
