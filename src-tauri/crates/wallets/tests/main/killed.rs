//! Killed with SIGKILL at every step of a switch and of a revert: the file is the old or the new one, and the next start
//! knows which. The killed process is this test program, started again.

use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::Command;

use freehold_model::Checkpoint;
use freehold_wallets::{EntryState, Journal, apply, plan_switch, revert};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::home::{Home, NOW, Processes, network, own_core, places, wallet};

/// Every step that a switch or a revert passes, in its order.
const STEPS: [&str; 7] = [
    "wallet.journal-writing",
    "wallet.journal-written",
    "wallet.folders-made",
    "wallet.temp-written",
    "wallet.renamed",
    "wallet.read-back",
    "wallet.applied",
];

const CONF: &str = "# mine\r\nserver=1\r\n[regtest]\r\nrpcport=18443";

/// What the child does: not a test of its own, it returns at once unless it was started by the tests below.
#[test]
fn child() {
    let variable = |name: &str| std::env::var(name).ok();
    let (Some(dir), Some(work), Some(step)) = (
        variable("FREEHOLD_TEST_DIR"),
        variable("FREEHOLD_TEST_WORK"),
        variable("FREEHOLD_TEST_KILL_AT"),
    ) else {
        return;
    };
    let dir = PathBuf::from(dir);
    let places = places(dir.join("home"));
    let journal = Journal::open(dir.join("journal")).unwrap();
    // A wallet with several files passes some steps once for each.
    let (step, time) = step.split_once('#').map_or((step.clone(), 1), |(step, time)| {
        (step.to_owned(), time.parse::<usize>().unwrap())
    });
    let times = std::sync::atomic::AtomicUsize::new(0);
    let checkpoint = Checkpoint::watched(move |reached| {
        if reached == step && times.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1 == time {
            kill(Pid::this(), Signal::SIGKILL).unwrap();
        }
    });
    let none = Processes::default();
    if let Some(id) = work.strip_prefix("switch ") {
        let plan = plan_switch(wallet(id), &places, &network("mainnet"), &own_core(1), &none).unwrap();
        apply(&plan, &journal, &none, NOW, &checkpoint).unwrap();
    } else if let Some(id) = work.strip_prefix("revert ") {
        let plan = freehold_wallets::plan_revert(wallet(id), &places, &network("mainnet"), &journal).unwrap();
        revert(&plan, &journal, &none, NOW, &checkpoint).unwrap();
    } else if work == "switch" {
        let plan = plan_switch(wallet("bitcoin-cli"), &places, &network("regtest"), &own_core(1), &none).unwrap();
        apply(&plan, &journal, &none, NOW, &checkpoint).unwrap();
    } else {
        let plan =
            freehold_wallets::plan_revert(wallet("bitcoin-cli"), &places, &network("regtest"), &journal).unwrap();
        revert(&plan, &journal, &none, NOW, &checkpoint).unwrap();
    }
    panic!("the step was not reached");
}

fn killed_at(home: &Home, work: &str, step: &str) {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["killed::child", "--exact", "--nocapture"])
        .env("FREEHOLD_TEST_DIR", home.dir.path())
        .env("FREEHOLD_TEST_WORK", work)
        .env("FREEHOLD_TEST_KILL_AT", step)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.signal(), Some(9), "{work} must be killed at {step}");
}

fn is_known(home: &Home) -> bool {
    home.journal
        .entries()
        .unwrap()
        .iter()
        .all(|entry| entry.state != EntryState::Prepared)
}

#[test]
fn a_killed_switch_leaves_the_old_or_the_new_file_and_the_next_start_knows() {
    for original in [Some(CONF), None] {
        // What a switch that nobody kills makes of it.
        let whole = Home::new();
        if let Some(text) = original {
            whole.put(".bitcoin/bitcoin.conf", text);
        }
        whole.switch("bitcoin-cli", "regtest", &own_core(1)).unwrap();
        let new = whole.text(".bitcoin/bitcoin.conf");

        for step in STEPS {
            let home = Home::new();
            if let Some(text) = original {
                home.put(".bitcoin/bitcoin.conf", text);
            }
            let before = home.listing();
            killed_at(&home, "switch", step);
            let found = home.text(".bitcoin/bitcoin.conf");
            let is_new = found == new;
            assert!(
                is_new || found.as_deref() == original,
                "{step}: the file is neither old nor new: {found:?}"
            );
            assert_eq!(
                is_new,
                ["wallet.renamed", "wallet.read-back", "wallet.applied"].contains(&step),
                "{step}"
            );

            let recovery = home.journal.recover(&home.places, &Processes::default()).unwrap();
            assert!(is_known(&home), "{step}: every entry is decided");
            assert!(
                recovery.undecided.is_empty() && recovery.damaged.is_empty(),
                "{step}: {recovery:?}"
            );
            let again = home.journal.recover(&home.places, &Processes::default()).unwrap();
            assert!(
                again.applied.is_empty() && again.abandoned.is_empty(),
                "{step}: a second look finds nothing"
            );
            if is_new {
                assert_eq!(
                    home.revert_plan("bitcoin-cli", "regtest").unwrap().reverts.len(),
                    1,
                    "{step}"
                );
                home.revert("bitcoin-cli", "regtest").unwrap();
            }
            assert_eq!(home.text(".bitcoin/bitcoin.conf").as_deref(), original, "{step}");
            assert_eq!(home.listing(), before, "{step}: nothing of ours is left in the home");
            home.switch("bitcoin-cli", "regtest", &own_core(1))
                .unwrap()
                .expect("it works again");
        }
    }
}

#[test]
fn a_killed_revert_leaves_the_old_or_the_new_file_and_the_next_start_knows() {
    for original in [Some(CONF), None] {
        for step in STEPS {
            // Nothing is written where the file only goes away.
            if original.is_none() && step == "wallet.temp-written" {
                continue;
            }
            let home = Home::new();
            if let Some(text) = original {
                home.put(".bitcoin/bitcoin.conf", text);
            }
            let before = home.listing();
            home.switch("bitcoin-cli", "regtest", &own_core(1)).unwrap();
            home.switch("bitcoin-cli", "regtest", &own_core(2)).unwrap();
            let switched = home.text(".bitcoin/bitcoin.conf");
            killed_at(&home, "revert", step);
            let found = home.text(".bitcoin/bitcoin.conf");
            assert!(
                found == switched || found.as_deref() == original,
                "{step}: neither old nor new: {found:?}"
            );

            let recovery = home.journal.recover(&home.places, &Processes::default()).unwrap();
            assert!(is_known(&home) && recovery.undecided.is_empty(), "{step}: {recovery:?}");
            if found == switched {
                home.revert("bitcoin-cli", "regtest").unwrap();
            }
            assert_eq!(home.text(".bitcoin/bitcoin.conf").as_deref(), original, "{step}");
            assert!(
                home.revert_plan("bitcoin-cli", "regtest").is_err(),
                "{step}: nothing is left to revert"
            );
            assert_eq!(home.listing(), before, "{step}: nothing of ours is left in the home");
        }
    }
}

#[test]
fn a_file_that_is_neither_old_nor_new_is_left_for_the_user() {
    let home = Home::new();
    let path = home.put(".bitcoin/bitcoin.conf", CONF);
    killed_at(&home, "switch", "wallet.temp-written");
    crate::home::put(&path, "edited=1\n");
    let recovery = home.journal.recover(&home.places, &Processes::default()).unwrap();
    assert_eq!(recovery.undecided.len(), 1, "{recovery:?}");
    assert_eq!(recovery.removed.len(), 1, "the temporary file goes all the same");
    assert_eq!(home.text(".bitcoin/bitcoin.conf").as_deref(), Some("edited=1\n"));
    let backup = {
        let entry = home.journal.entries().unwrap().remove(0);
        home.journal.backup_path(&entry, entry.path())
    };
    assert_eq!(std::fs::read(backup).unwrap(), CONF.as_bytes(), "the backup stays");
}

#[test]
fn an_entry_of_another_home_waits_for_that_home() {
    let home = Home::new();
    home.put(".bitcoin/bitcoin.conf", CONF);
    killed_at(&home, "switch", "wallet.renamed");
    let other = tempfile::tempdir().unwrap();
    let recovery = home
        .journal
        .recover(&places(other.path().to_owned()), &Processes::default())
        .unwrap();
    assert_eq!(recovery.elsewhere.len(), 1, "{recovery:?}");
    assert_eq!(
        home.journal
            .recover(&home.places, &Processes::default())
            .unwrap()
            .applied
            .len(),
        1
    );
}

/// The steps that a change of two files passes, those that come for each file twice.
const STEPS_OF_TWO: [&str; 9] = [
    "wallet.journal-writing",
    "wallet.journal-written",
    "wallet.folders-made#1",
    "wallet.temp-written#1",
    "wallet.renamed#1",
    "wallet.folders-made#2",
    "wallet.renamed#2",
    "wallet.read-back",
    "wallet.applied",
];

#[test]
fn two_files_of_a_wallet_end_on_the_same_side_whenever_it_is_killed() {
    let fixture = crate::golden::root().join("specter/hosted/before");
    let set_up = || {
        let home = Home::new();
        for (file, bytes) in crate::golden::tree(&fixture) {
            home.put(&file, bytes);
        }
        home
    };
    let files = |home: &Home| crate::golden::tree(&home.places.home);
    let whole = set_up();
    let old = files(&whole);
    let entry = whole.switch("specter", "mainnet", &own_core(1)).unwrap().unwrap();
    assert!(entry.files.len() > 1, "{} files", entry.files.len());
    let new = files(&whole);
    for step in STEPS_OF_TWO {
        let home = set_up();
        killed_at(&home, "switch specter", step);
        let recovery = home.journal.recover(&home.places, &Processes::default()).unwrap();
        assert!(is_known(&home) && recovery.undecided.is_empty(), "{step}: {recovery:?}");
        let found = files(&home);
        assert!(
            found == old || found == new,
            "{step}: one file is old and the other new"
        );
        if found == old {
            home.switch("specter", "mainnet", &own_core(1)).unwrap().unwrap();
        }
        killed_at(&home, "revert specter", step.trim_end_matches("#2"));
        let recovery = home.journal.recover(&home.places, &Processes::default()).unwrap();
        assert!(is_known(&home) && recovery.undecided.is_empty(), "{step}: {recovery:?}");
        let found = files(&home);
        assert!(
            found == old || found == new,
            "{step}: one file is old and the other new"
        );
        if found == new {
            home.revert("specter", "mainnet").unwrap();
        }
        assert_eq!(files(&home), old, "{step}");
    }
}
