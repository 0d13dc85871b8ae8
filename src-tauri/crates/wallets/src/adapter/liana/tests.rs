//! Claims about Liana's list of wallets and its addresses.

use super::{Liana, WALLETS};
use crate::adapter::{Adapter, ChangedFile};
use crate::file::FileBytes;
use crate::files::{Files, HeldFile};
use crate::slot::SETTINGS;
use freehold_model::Network;
use std::path::PathBuf;

fn held(slot: &'static str, text: &str) -> HeldFile {
    HeldFile {
        slot,
        path: PathBuf::from(slot),
        bytes: Some(FileBytes::new(text.as_bytes().to_vec())),
    }
}

#[test]
fn a_list_in_which_wallets_came_or_went_is_left_as_it_is() {
    let list = |first: &str, flag: bool| {
        format!(r#"{{"wallets":[{{"descriptor_checksum":"{first}","start_internal_bitcoind":{flag}}}]}}"#)
    };
    let (before, after) = (list("aa", true), list("aa", false));
    let restored = |now: &str| {
        let file = ChangedFile {
            slot: WALLETS,
            current: now.as_bytes(),
            original: Some(before.as_bytes()),
            switched: after.as_bytes(),
        };
        Liana.restore_keys(&file, &Network::mainnet()).unwrap()
    };
    let spaced = after.replace("\"wallets\"", "\"x\":1,\"wallets\"");
    assert_eq!(
        restored(&spaced).bytes.as_slice(),
        spaced.replace("false", "true").as_bytes()
    );
    let other = list("bb", false);
    assert_eq!(restored(&other).bytes.as_slice(), other.as_bytes());
    assert_eq!(restored(&other).kept, ["start_internal_bitcoind"]);
}

#[test]
fn names_are_refused_as_liana_refuses_them_and_connect_is_seen() {
    let on = Network::mainnet();
    let seen = |text: &str| Liana.inspect(&Files::of(vec![held(SETTINGS, text)]), &on);
    assert!(seen("[bitcoind_config]\naddr = \"localhost:8332\"\n").is_err());
    let found = seen("[bitcoind_config]\naddr = \"[::1]:8332\"\n")
        .unwrap()
        .endpoint
        .unwrap();
    assert_eq!(found.text, "bitcoin+http://[::1]:8332");
    let list = r#"{"wallets":[{"remote_backend_auth":{"email":"a"}}]}"#;
    let found = Liana
        .inspect(&Files::of(vec![held(WALLETS, list)]), &on)
        .unwrap()
        .endpoint
        .unwrap();
    assert_eq!(found.host, "api.connect.lianawallet.com");
}
