//! `freehold support` with the real program: what must not be read in a bundle is in the folder, and not in the bundle.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

use std::path::Path;
use std::process::{Command, Output};

const PASSWORD: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
const KEY: &str = "c0ffee00c0ffee00c0ffee00c0ffee00";
const USER: &str = "grace-of-the-test";

fn freehold(root: &Path, args: &[&str]) -> Output {
    let home = root.join("home");
    Command::new(env!("CARGO_BIN_EXE_freehold"))
        .env_clear()
        .env("HOME", &home)
        .env("USER", USER)
        .env("PATH", "/usr/bin:/bin")
        .env("ETH_RPC_URL", format!("https://mainnet.infura.io/v3/{KEY}"))
        .args(["--engine", "unix:///nonexistent/engine.sock", "--data-dir"])
        .arg(root.join("data"))
        .args(args)
        .output()
        .unwrap()
}

#[expect(clippy::disallowed_methods, reason = "what a test lays out need not survive a crash")]
fn lay_out(root: &Path) {
    let home = root.join("home");
    let data = root.join("data");
    let write = |path: &Path, text: String| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(&data.join("secrets/btc/sparrow.password"), PASSWORD.to_owned());
    write(
        &home.join(".bitcoin/wallets/w/wallet.dat"),
        "the words of a seed".to_owned(),
    );
    let log = format!(
        "opened {home}/.bitcoin with {PASSWORD} for {USER}\n\
         asked https://mainnet.infura.io/v3/{KEY}\n\
         rpcauth=sparrow:00112233$445566 and rpcpassword=geheim\n\
         peer 203.0.113.77:8333, peer 127.0.0.1:8333\n",
        home = home.display()
    );
    write(&data.join("logs/freehold.2026-11-22.log"), log);
}

#[test]
fn a_bundle_tells_what_is_wrong_and_no_secret() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    lay_out(root);
    let output = freehold(root, &["support"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let home = root.join("home").display().to_string();
    for secret in [
        PASSWORD,
        KEY,
        USER,
        home.as_str(),
        "445566",
        "geheim",
        "203.0.113.77",
        "words of a seed",
    ] {
        assert!(!text.contains(secret), "{secret} can be read in:\n{text}");
    }
    for kept in [
        "==> versions.json <==",
        "==> doctor.json <==",
        "~/.bitcoin",
        "mainnet.infura.io",
        "127.0.0.1:8333",
    ] {
        assert!(text.contains(kept), "{kept} is missing in:\n{text}");
    }
}

#[test]
fn a_bundle_is_saved_where_it_was_said_and_replaces_nothing() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    lay_out(root);
    let file = root.join("bundle.tar.gz");
    let place = file.display().to_string();
    let saved = freehold(root, &["support", "--save", &place, "--json"]);
    assert!(saved.status.success(), "{}", String::from_utf8_lossy(&saved.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&saved.stdout).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(answer["path"], place.as_str());
    assert_eq!(answer["size"], bytes.len());
    assert_eq!(bytes[..2], [0x1f, 0x8b], "it is compressed");
    let again = freehold(root, &["support", "--save", &place]);
    assert_eq!(again.status.code(), Some(1), "a file that is there is kept");
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
}
