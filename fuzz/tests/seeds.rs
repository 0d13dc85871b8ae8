//! Every target over real files, so that a target that fits its parser no more fails without a fuzzer.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder of the repository.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    assert!(!found.is_empty(), "no seeds in {folder}");
    found
}

fn over(folder: &str, target: fn(&[u8])) {
    for file in files(folder) {
        let whole = fs::read(file).unwrap();
        target(&whole);
        // A file that was cut off is what a full disk leaves.
        target(&whole[..whole.len() / 2]);
    }
}

#[test]
fn catalog_entries() {
    over("tests/catalog", freehold_fuzz::catalog);
}

#[test]
fn wallet_files() {
    over("tests/fixtures/wallets", freehold_fuzz::wallet_settings);
}

#[test]
fn texts_of_every_kind_are_no_reason_to_panic() {
    for target in [
        freehold_fuzz::expression,
        freehold_fuzz::placeholder,
        freehold_fuzz::pull_progress,
        freehold_fuzz::rpc_reply,
    ] {
        over("tests/catalog", target);
        over("src-tauri/crates/probe/tests/fixtures", target);
        over("src-tauri/crates/engine/tests/fixtures", target);
    }
}
