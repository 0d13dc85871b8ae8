//! Switching and putting back: exact where the file is as we left it, our settings only where it is not.

use std::os::unix::fs::MetadataExt;

use freehold_model::WalletId;
use freehold_wallets::{EntryKind, EntryState, RevertKind, WalletError};

use crate::home::{Home, own_core, put};

const CONF: &str = "\u{feff}server=1\r\n# mine\r\n[regtest]\r\nrpcport=18443 # usual\r\n\r\n[main]\r\nrpcuser=me";

#[test]
fn a_revert_gives_back_every_byte_and_the_mode() {
    let home = Home::new();
    home.put(".bitcoin/bitcoin.conf", CONF);
    home.set_mode(".bitcoin/bitcoin.conf", 0o640);
    let before = home.listing();
    home.switch("bitcoin-cli", "regtest", &own_core(28332))
        .unwrap()
        .expect("the file changes");
    assert_ne!(home.text(".bitcoin/bitcoin.conf").as_deref(), Some(CONF));
    assert_eq!(home.mode(".bitcoin/bitcoin.conf"), 0o640, "a switch keeps the mode");
    let plan = home.revert_plan("bitcoin-cli", "regtest").unwrap();
    assert_eq!(plan.files[0].kind, RevertKind::Exact);
    home.revert("bitcoin-cli", "regtest")
        .unwrap()
        .expect("the file changes back");
    assert_eq!(home.text(".bitcoin/bitcoin.conf").as_deref(), Some(CONF));
    assert_eq!(home.mode(".bitcoin/bitcoin.conf"), 0o640);
    assert_eq!(home.listing(), before, "nothing else is left in the home");
    assert!(matches!(
        home.revert("bitcoin-cli", "regtest"),
        Err(WalletError::NothingToRevert { .. })
    ));
}

#[test]
fn a_file_that_did_not_exist_goes_again_with_the_folder_that_was_made_for_it() {
    let home = Home::new();
    home.switch("bitcoin-cli", "regtest", &own_core(28332)).unwrap();
    assert_eq!(home.mode(".bitcoin/bitcoin.conf"), 0o600, "it holds a password");
    assert_eq!(home.mode(".bitcoin"), 0o700);
    home.revert("bitcoin-cli", "regtest").unwrap();
    assert_eq!(home.listing(), Vec::<String>::new());
}

#[test]
fn a_folder_that_somebody_uses_by_now_stays() {
    let home = Home::new();
    home.switch("bitcoin-cli", "regtest", &own_core(28332)).unwrap();
    home.put(".bitcoin/other", "x");
    home.revert("bitcoin-cli", "regtest").unwrap();
    assert_eq!(home.listing(), [".bitcoin", ".bitcoin/other"]);
}

#[test]
fn a_switch_that_changes_nothing_leaves_the_file_untouched() {
    let home = Home::new();
    let path = home.put(".bitcoin/bitcoin.conf", CONF);
    home.switch("bitcoin-cli", "regtest", &own_core(28332)).unwrap();
    let stamp = || {
        std::fs::metadata(&path)
            .map(|found| (found.ino(), found.mtime_nsec(), found.ctime_nsec()))
            .unwrap()
    };
    let before = stamp();
    assert_eq!(home.switch("bitcoin-cli", "regtest", &own_core(28332)).unwrap(), None);
    assert_eq!(stamp(), before);
    assert_eq!(home.journal.entries().unwrap().len(), 1, "and nothing is recorded");
}

#[test]
fn after_two_switches_one_revert_goes_back_to_before_freehold() {
    let home = Home::new();
    home.put(".sparrow/config", "{\"mode\":\"OFFLINE\"}\n");
    home.switch("sparrow", "mainnet", &own_core(8332)).unwrap();
    home.switch("sparrow", "mainnet", &own_core(28332)).unwrap();
    home.revert("sparrow", "mainnet").unwrap();
    assert_eq!(
        home.text(".sparrow/config").as_deref(),
        Some("{\"mode\":\"OFFLINE\"}\n")
    );
    let history = home.journal.history(&WalletId::try_new("sparrow").unwrap()).unwrap();
    let states: Vec<_> = history.iter().map(|entry| (entry.kind, entry.state)).collect();
    assert_eq!(
        states,
        [
            (EntryKind::Switch, EntryState::Reverted),
            (EntryKind::Switch, EntryState::Reverted),
            (EntryKind::Revert, EntryState::Applied)
        ]
    );
}

#[test]
fn an_edit_between_two_switches_is_kept() {
    let home = Home::new();
    let path = home.put(".bitcoin/bitcoin.conf", "server=1\n");
    home.switch("bitcoin-cli", "regtest", &own_core(1)).unwrap();
    put(
        &path,
        format!("{}txindex=1\n", home.text(".bitcoin/bitcoin.conf").unwrap()),
    );
    home.switch("bitcoin-cli", "regtest", &own_core(2)).unwrap();
    let plan = home.revert_plan("bitcoin-cli", "regtest").unwrap();
    assert_eq!(
        plan.files[0].kind,
        RevertKind::KeysOnly { kept: vec![] },
        "the exact original would lose the user's line"
    );
    home.revert("bitcoin-cli", "regtest").unwrap();
    assert_eq!(
        home.text(".bitcoin/bitcoin.conf").as_deref(),
        Some("server=1\n[regtest]\ntxindex=1\n")
    );
}

#[test]
fn what_somebody_changed_since_is_kept_and_named() {
    let home = Home::new();
    let path = home.put(".bitcoin/bitcoin.conf", "server=1\n");
    home.switch("bitcoin-cli", "regtest", &own_core(28332)).unwrap();
    let text = home
        .text(".bitcoin/bitcoin.conf")
        .unwrap()
        .replace("rpcport=28332", "rpcport=5");
    put(&path, text);
    let plan = home.revert_plan("bitcoin-cli", "regtest").unwrap();
    assert_eq!(
        plan.files[0].kind,
        RevertKind::KeysOnly {
            kept: vec!["[regtest] rpcport".into()]
        }
    );
    assert!(
        plan.notes.iter().any(|note| note.contains("[regtest] rpcport")),
        "{:?}",
        plan.notes
    );
    home.revert("bitcoin-cli", "regtest").unwrap();
    assert_eq!(
        home.text(".bitcoin/bitcoin.conf").as_deref(),
        Some("server=1\n[regtest]\nrpcport=5\n")
    );
}

#[test]
fn networks_that_share_a_file_go_back_in_any_order() {
    for original in [None, Some("server=1"), Some(CONF), Some("rpcuser=me\n")] {
        for order in [["regtest", "mainnet"], ["mainnet", "regtest"]] {
            let home = Home::new();
            if let Some(text) = original {
                home.put(".bitcoin/bitcoin.conf", text);
            }
            let before = home.listing();
            home.switch("bitcoin-cli", "regtest", &own_core(1)).unwrap();
            home.switch("bitcoin-cli", "mainnet", &own_core(2)).unwrap();
            for network in order {
                home.revert("bitcoin-cli", network).unwrap();
            }
            assert_eq!(
                home.text(".bitcoin/bitcoin.conf").as_deref(),
                original,
                "{original:?} {order:?}"
            );
            assert_eq!(home.listing(), before, "{original:?} {order:?}");
        }
    }
}

#[test]
fn a_file_that_was_taken_away_comes_back() {
    let home = Home::new();
    let path = home.put(".sparrow/config", "{}");
    home.switch("sparrow", "mainnet", &own_core(1)).unwrap();
    std::fs::remove_file(path).unwrap();
    home.revert("sparrow", "mainnet").unwrap();
    assert_eq!(home.text(".sparrow/config").as_deref(), Some("{}"));
}

#[test]
fn a_file_that_the_user_put_back_by_hand_is_only_marked() {
    let home = Home::new();
    let path = home.put(".sparrow/config", "{}");
    home.switch("sparrow", "mainnet", &own_core(1)).unwrap();
    put(&path, "{}");
    assert_eq!(home.revert("sparrow", "mainnet").unwrap(), None);
    assert!(matches!(
        home.revert("sparrow", "mainnet"),
        Err(WalletError::NothingToRevert { .. })
    ));
}

#[test]
fn a_broken_file_is_not_touched_and_the_backup_is_named() {
    let home = Home::new();
    let path = home.put(".sparrow/config", "{}");
    home.switch("sparrow", "mainnet", &own_core(1)).unwrap();
    put(&path, "{\"mode\":");
    let fault = home.revert("sparrow", "mainnet").unwrap_err().to_fault();
    assert_eq!(fault.code.as_str(), "wallet-file-malformed");
    assert!(
        fault.steps().iter().any(|step| step.contains("before.bin")),
        "{:?}",
        fault.steps()
    );
    assert_eq!(home.text(".sparrow/config").as_deref(), Some("{\"mode\":"));
}

#[test]
fn the_journal_is_private_and_holds_the_bytes_without_this_program() {
    let home = Home::new();
    home.put(".bitcoin/bitcoin.conf", CONF);
    let entry = home
        .switch("bitcoin-cli", "regtest", &own_core(28332))
        .unwrap()
        .unwrap();
    let folder = home.journal.dir().join(entry.id.as_str());
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().mode() & 0o7777;
    assert!(
        entry.id.as_str().starts_with("20261122T082435Z-bitcoin-cli-regtest-"),
        "{}",
        entry.id
    );
    assert_eq!(mode(home.journal.dir()), 0o700);
    assert_eq!(mode(&folder), 0o700);
    for name in ["entry.json", "before.bin", "after.bin"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    assert_eq!(std::fs::read(folder.join("before.bin")).unwrap(), CONF.as_bytes());
    let record = std::fs::read_to_string(folder.join("entry.json")).unwrap();
    assert!(
        record.contains("bitcoin+http://127.0.0.1:28332") && !record.contains("pass-of-the-wallet"),
        "{record}"
    );
}
