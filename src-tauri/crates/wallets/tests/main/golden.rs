//! Files before and after a switch, as they stand in `tests/fixtures/wallets/<wallet>/<case>/`.
//!
//! A case is `case.json` (network, endpoint, login), `before` (missing: there is no file), and `after` or `refusal`. Each
//! switch is reverted, and must give `before` again. `FREEHOLD_BLESS=1` writes what comes out; read the difference before
//! committing it.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::home::{Home, endpoint, put};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case is about, for the reader of the folder.
    #[serde(rename = "about")]
    _about: String,
    network: String,
    endpoint: String,
    #[serde(default)]
    login: Option<(String, String)>,
}

fn cases(wallet: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures/wallets")
        .join(wallet);
    let mut found: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn check(wallet: &str, file: &str, wanted: usize) {
    let cases = cases(wallet);
    assert_eq!(cases.len(), wanted, "the number of cases of {wallet}");
    for folder in cases {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let case: Case = serde_json::from_slice(&fs::read(folder.join("case.json")).unwrap()).unwrap();
        let before = fs::read(folder.join("before")).ok();
        let home = Home::new();
        if let Some(bytes) = &before {
            home.put(file, bytes);
        }
        let login = case
            .login
            .as_ref()
            .map(|(user, password)| (user.as_str(), password.as_str()));
        let result = home.switch(wallet, &case.network, &endpoint(&case.endpoint, login));
        let (kind, found) = match &result {
            Ok(_) => ("after", fs::read(home.path(file)).unwrap()),
            Err(error) => {
                let text = format!("{}\n", error.to_fault().message());
                (
                    "refusal",
                    text.replace(&home.places.home.display().to_string(), "~").into_bytes(),
                )
            }
        };
        if std::env::var_os("FREEHOLD_BLESS").is_some() {
            put(&folder.join(kind), &found);
        }
        let expected = fs::read(folder.join(kind)).unwrap_or_else(|_| panic!("{wallet}/{name} expects no {kind}"));
        assert_eq!(
            String::from_utf8_lossy(&found),
            String::from_utf8_lossy(&expected),
            "{wallet}/{name}"
        );
        if matches!(result, Ok(Some(_))) {
            home.revert(wallet, &case.network).unwrap();
        }
        assert_eq!(
            fs::read(home.path(file)).ok(),
            before,
            "{wallet}/{name}: byte for byte as before"
        );
    }
}

#[test]
fn bitcoin_cli() {
    check("bitcoin-cli", ".bitcoin/bitcoin.conf", 15);
}

#[test]
fn sparrow() {
    check("sparrow", ".sparrow/config", 17);
}
