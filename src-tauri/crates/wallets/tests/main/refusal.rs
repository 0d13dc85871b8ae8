//! Every refusal leaves the file, the home and the history as they were, and says what is wrong.

use std::fs;
use std::os::unix::net::UnixListener;

use freehold_model::{Checkpoint, Endpoint};
use freehold_wallets::{EntryState, ProcessEntry, WalletError, apply, plan_switch};

use crate::home::{Home, NOW, Processes, network, own_core, put, wallet};

/// Switches, expects a refusal with this code, and that nothing changed.
fn refused(home: &Home, id: &str, to: &Endpoint, code: &str) -> String {
    refused_beside(home, id, to, code, &Processes::default())
}

fn refused_beside(home: &Home, id: &str, to: &Endpoint, code: &str, view: &Processes) -> String {
    let before = home.listing();
    let fault = home
        .switch_beside(id, "mainnet", to, view)
        .expect_err("it must be refused")
        .to_fault();
    assert_eq!(fault.code.as_str(), code, "{}", fault.message());
    assert_eq!(home.listing(), before, "a refusal leaves no file behind");
    let applied = home
        .journal
        .entries()
        .unwrap()
        .iter()
        .any(|entry| entry.state != EntryState::Abandoned);
    assert!(!applied, "a refusal is not in force");
    fault.message()
}

#[test]
fn a_running_sparrow_is_refused_by_its_lock() {
    let home = Home::new();
    home.put(".sparrow/config", "{}");
    let held = UnixListener::bind(home.path(".sparrow/sparrow.lock")).unwrap();
    let message = refused(&home, "sparrow", &own_core(1), "wallet-running");
    assert!(message.contains("sparrow.lock"), "{message}");
    // The socket's file stays behind after a crash: nobody listens, so it is stale.
    drop(held);
    assert!(home.path(".sparrow/sparrow.lock").exists());
    assert!(home.switch("sparrow", "mainnet", &own_core(1)).unwrap().is_some());
}

#[test]
fn a_sparrow_on_another_network_does_not_block_this_one() {
    let home = Home::new();
    home.put(".sparrow/config", "{}");
    home.put(".sparrow/testnet4/config", "{}");
    let _held = UnixListener::bind(home.path(".sparrow/testnet4/sparrow.lock")).unwrap();
    assert!(home.switch("sparrow", "mainnet", &own_core(1)).unwrap().is_some());
    assert!(matches!(
        home.switch("sparrow", "testnet4", &own_core(1)),
        Err(WalletError::Running { .. })
    ));
}

#[test]
fn a_running_sparrow_is_refused_by_its_process() {
    let home = Home::new();
    home.put(".sparrow/config", "{}");
    let uid = home.places.uid;
    let process = ProcessEntry {
        pid: 42,
        name: "Sparrow".into(),
        uid,
        ..ProcessEntry::default()
    };
    let here = ProcessEntry {
        home: Some(home.places.home.clone()),
        ..process.clone()
    };
    let message = refused_beside(&home, "sparrow", &own_core(1), "wallet-running", &Processes(vec![here]));
    assert!(message.contains("process 42"), "{message}");
    let elsewhere = Processes(vec![process]);
    assert!(
        home.switch_beside("sparrow", "mainnet", &own_core(1), &elsewhere)
            .unwrap()
            .is_some()
    );
}

#[test]
fn a_running_node_on_the_same_file_is_no_refusal_but_a_note() {
    let home = Home::new();
    let node = ProcessEntry {
        pid: 7,
        name: "bitcoind".into(),
        uid: home.places.uid,
        home: Some(home.places.home.clone()),
        ..ProcessEntry::default()
    };
    let view = Processes(vec![node]);
    let plan = plan_switch(
        wallet("bitcoin-cli"),
        &home.places,
        &network("regtest"),
        &own_core(1),
        &view,
    )
    .unwrap();
    assert!(
        plan.notes.iter().any(|note| note.starts_with("bitcoind (process 7)")),
        "{:?}",
        plan.notes
    );
    assert!(
        home.switch_beside("bitcoin-cli", "regtest", &own_core(1), &view)
            .unwrap()
            .is_some()
    );
}

#[test]
fn a_file_that_others_can_read_is_pointed_out() {
    let home = Home::new();
    home.put(".bitcoin/bitcoin.conf", "server=1\n");
    let notes = |to: &Endpoint| {
        let none = Processes::default();
        plan_switch(wallet("bitcoin-cli"), &home.places, &network("regtest"), to, &none)
            .unwrap()
            .notes
            .join(" ")
    };
    home.set_mode(".bitcoin/bitcoin.conf", 0o644);
    assert!(notes(&own_core(1)).contains("Other users of this machine can read ~/.bitcoin/bitcoin.conf"));
    assert!(
        !notes(&Endpoint {
            credential: None,
            ..own_core(1)
        })
        .contains("Other users"),
        "no password is written"
    );
    home.set_mode(".bitcoin/bitcoin.conf", 0o600);
    assert!(!notes(&own_core(1)).contains("Other users"));
}

#[test]
fn a_link_is_refused_and_its_target_named() {
    let home = Home::new();
    home.put("elsewhere.conf", "server=1\n");
    fs::create_dir(home.path(".bitcoin")).unwrap();
    std::os::unix::fs::symlink(home.path("elsewhere.conf"), home.path(".bitcoin/bitcoin.conf")).unwrap();
    let message = refused(&home, "bitcoin-cli", &own_core(1), "wallet-file-symlink");
    assert!(message.contains("elsewhere.conf"), "{message}");
    assert_eq!(home.text("elsewhere.conf").as_deref(), Some("server=1\n"));
}

#[test]
fn a_folder_that_is_a_link_is_followed() {
    // Many people keep ~/.bitcoin on another disk; the file itself is what must be plain.
    let home = Home::new();
    home.put("disk/bitcoin.conf", "server=1\n");
    std::os::unix::fs::symlink(home.path("disk"), home.path(".bitcoin")).unwrap();
    home.switch("bitcoin-cli", "regtest", &own_core(1)).unwrap().unwrap();
    assert!(home.text("disk/bitcoin.conf").unwrap().contains("rpcport=1"));
    assert!(home.path(".bitcoin").is_symlink());
    home.revert("bitcoin-cli", "regtest").unwrap();
    assert_eq!(home.text("disk/bitcoin.conf").as_deref(), Some("server=1\n"));
}

#[test]
fn a_read_only_file_or_folder_is_refused_even_for_the_administrator() {
    let home = Home::new();
    home.put(".sparrow/config", "{}");
    home.set_mode(".sparrow/config", 0o400);
    let message = refused(&home, "sparrow", &own_core(1), "wallet-file-read-only");
    assert!(message.contains("the file is read-only"), "{message}");
    home.set_mode(".sparrow/config", 0o600);
    home.set_mode(".sparrow", 0o500);
    let message = refused(&home, "sparrow", &own_core(1), "wallet-file-read-only");
    assert!(message.contains("the folder is read-only"), "{message}");
    home.set_mode(".sparrow", 0o700);
}

#[test]
fn a_file_that_changes_under_the_plan_is_left_alone() {
    let home = Home::new();
    let path = home.put(".sparrow/config", "{}");
    let none = Processes::default();
    let plan = plan_switch(
        wallet("sparrow"),
        &home.places,
        &network("mainnet"),
        &own_core(1),
        &none,
    )
    .unwrap();
    put(&path, "{\"mode\":\"OFFLINE\"}");
    let error = apply(&plan, &home.journal, &none, NOW, &Checkpoint::none()).unwrap_err();
    assert!(matches!(error, WalletError::Changed { .. }));
    assert!(home.journal.entries().unwrap().is_empty());

    // And at the very last moment, when the temporary file stands there already.
    put(&path, "{}");
    let late = path.clone();
    let checkpoint = Checkpoint::watched(move |step| {
        if step == "wallet.temp-written" {
            put(&late, "{\"mode\":\"OFFLINE\"}");
        }
    });
    let error = apply(&plan, &home.journal, &none, NOW, &checkpoint).unwrap_err();
    assert!(matches!(error, WalletError::Changed { .. }));
    assert_eq!(home.text(".sparrow/config").as_deref(), Some("{\"mode\":\"OFFLINE\"}"));
    assert_eq!(
        home.listing(),
        [".sparrow", ".sparrow/config"],
        "the temporary file is gone"
    );
    assert_eq!(home.journal.entries().unwrap()[0].state, EntryState::Abandoned);
}

#[test]
fn a_sparrow_that_starts_at_the_last_moment_is_refused() {
    let home = Home::new();
    home.put(".sparrow/config", "{}");
    let none = Processes::default();
    let plan = plan_switch(
        wallet("sparrow"),
        &home.places,
        &network("mainnet"),
        &own_core(1),
        &none,
    )
    .unwrap();
    let lock = home.path(".sparrow/sparrow.lock");
    let held = std::sync::Mutex::new(None);
    let checkpoint = Checkpoint::watched(move |step| {
        if step == "wallet.temp-written" {
            *held.lock().unwrap() = UnixListener::bind(&lock).ok();
        }
    });
    let error = apply(&plan, &home.journal, &none, NOW, &checkpoint).unwrap_err();
    assert!(matches!(error, WalletError::Running { .. }));
    assert_eq!(home.text(".sparrow/config").as_deref(), Some("{}"));
}

#[test]
fn a_wallet_that_was_never_started_is_not_found_and_the_path_is_named() {
    let home = Home::new();
    let message = refused(&home, "sparrow", &own_core(1), "wallet-not-found");
    assert!(message.contains(".sparrow/config"), "{message}");
    home.put(".sparrow/config", "{}");
    let fault = home.switch("sparrow", "regtest", &own_core(1)).unwrap_err().to_fault();
    assert_eq!(fault.code.as_str(), "wallet-not-found");
    assert!(
        fault.message().contains(".sparrow/regtest/config"),
        "{}",
        fault.message()
    );
}

#[test]
fn an_endpoint_of_another_kind_is_refused_with_what_the_wallet_speaks() {
    let home = Home::new();
    let evm = "evm+http://127.0.0.1:8545".parse().unwrap();
    let message = refused(&home, "bitcoin-cli", &evm, "wallet-protocol");
    assert!(
        message.contains("speaks bitcoin+http") && message.contains("evm+http://127.0.0.1:8545"),
        "{message}"
    );
    let electrum = "electrum+tcp://127.0.0.1:50001".parse().unwrap();
    refused(&home, "bitcoin-cli", &electrum, "wallet-protocol");
    let fault = home
        .switch("bitcoin-cli", "stagenet", &own_core(1))
        .unwrap_err()
        .to_fault();
    assert!(fault.message().contains("stagenet"), "{}", fault.message());
}

#[test]
fn a_journal_that_cannot_be_written_stops_the_switch() {
    let home = Home::new();
    home.put(".sparrow/config", "{}");
    fs::remove_dir(home.journal.dir()).unwrap();
    put(home.journal.dir(), "not a folder");
    let fault = home.switch("sparrow", "mainnet", &own_core(1)).unwrap_err().to_fault();
    assert_eq!(fault.code.as_str(), "wallet-journal");
    assert_eq!(home.text(".sparrow/config").as_deref(), Some("{}"));
}

#[test]
fn a_damaged_backup_is_never_put_back() {
    let home = Home::new();
    home.put(".sparrow/config", "{}");
    let entry = home.switch("sparrow", "mainnet", &own_core(1)).unwrap().unwrap();
    put(&home.journal.backup_path(&entry, entry.path()), "{\"x\":1}");
    let switched = home.text(".sparrow/config");
    let fault = home.revert("sparrow", "mainnet").unwrap_err().to_fault();
    assert_eq!(fault.code.as_str(), "wallet-journal");
    assert_eq!(home.text(".sparrow/config"), switched);
}
