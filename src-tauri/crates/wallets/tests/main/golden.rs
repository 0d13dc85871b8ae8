//! Files before and after a switch, as they stand in `tests/fixtures/wallets/<wallet>/<case>/`.
//!
//! A case is `case.json` (what it is about, network, endpoint, login, and where the wallet's files are), `before`
//! (missing: there is nothing), and `after` or `refusal`. `before` and `after` are one file, the wallet's settings, or a
//! folder that stands for the home. Each switch is reverted, and must give `before` again, byte for byte; switched twice
//! is switched once. `FREEHOLD_BLESS=1` writes what comes out; read the difference before committing it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use freehold_wallets::{Files, adapters};
use serde::Deserialize;

use crate::home::{Home, endpoint, network, put, wallet};

/// What `case.json` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What the case is about, for the reader of the folder.
    #[serde(rename = "about")]
    _about: String,
    pub network: String,
    endpoint: String,
    #[serde(default)]
    login: Option<(String, String)>,
    /// Where a case of one file has it, relative to the home; the wallet's default place otherwise.
    #[serde(default)]
    file: Option<String>,
    /// The file that the user named, relative to the home.
    #[serde(default)]
    chosen: Option<String>,
    /// Environment variables; `~/` stands for the home.
    #[serde(default)]
    env: BTreeMap<String, String>,
}

/// Files of a home by their path.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/wallets")
}

pub(crate) fn folders(of: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(of)
        .unwrap_or_else(|error| panic!("{}: {error}", of.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

pub(crate) fn tree(of: &Path) -> Tree {
    let mut found = Tree::new();
    let mut open = vec![of.to_owned()];
    while let Some(folder) = open.pop() {
        for path in folders(&folder) {
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(of).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The files of a case's `before` or `after`; a single file stands at `file`.
fn expected(path: &Path, file: &str) -> Tree {
    if path.is_dir() {
        return tree(path);
    }
    let single = fs::read(path).ok();
    single.map(|bytes| (file.to_owned(), bytes)).into_iter().collect()
}

fn readable(tree: &Tree) -> BTreeMap<&str, String> {
    tree.iter()
        .map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes).into_owned()))
        .collect()
}

fn write(path: &Path, found: &Tree, is_tree: bool) {
    if !is_tree && let Some(bytes) = found.values().next() {
        put(path, bytes);
        return;
    }
    let _ = fs::remove_dir_all(path);
    for (name, bytes) in found {
        let file = path.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        put(&file, bytes);
    }
}

/// Where a wallet's settings are by default, relative to the home.
fn default_file(home: &Home, id: &str, case: &Case) -> String {
    let slots = wallet(id).slots(&home.places, &network(&case.network));
    let place = slots.first().and_then(|slot| slot.places.last().cloned());
    let place = place.unwrap_or_else(|| panic!("{id} has a place"));
    place.strip_prefix(&home.places.home).unwrap().display().to_string()
}

/// A home with the files of a case, and where its switch goes.
pub(crate) struct Stage {
    pub home: Home,
    pub case: Case,
    pub to: freehold_model::Endpoint,
    /// What is in the home.
    before: Tree,
    /// Where a single file of the case is.
    file: String,
}

/// Puts a case's files into a home.
pub(crate) fn stage(id: &str, folder: &Path) -> Stage {
    let name = format!("{id}/{}", folder.file_name().unwrap().to_string_lossy());
    let case: Case = serde_json::from_slice(&fs::read(folder.join("case.json")).unwrap())
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut home = Home::new();
    let own = home.places.home.clone();
    let at_home = |text: &String| text.replace("~/", &format!("{}/", own.display()));
    home.places.env = case
        .env
        .iter()
        .map(|(key, value)| (key.clone(), at_home(value)))
        .collect();
    home.places.chosen = case.chosen.as_ref().map(|file| own.join(file));
    let file = match (&case.file, &case.chosen) {
        (Some(file), _) | (None, Some(file)) => file.clone(),
        (None, None) => default_file(&home, id, &case),
    };
    let before = expected(&folder.join("before"), &file);
    for (name, bytes) in &before {
        home.put(name, bytes);
    }
    let login = case
        .login
        .as_ref()
        .map(|(user, password)| (user.as_str(), password.as_str()));
    let to = endpoint(&case.endpoint, login);
    Stage {
        home,
        case,
        to,
        before,
        file,
    }
}

fn check(id: &str, folder: &Path) {
    let name = format!("{id}/{}", folder.file_name().unwrap().to_string_lossy());
    let Stage {
        home,
        case,
        to,
        before,
        file,
    } = stage(id, folder);
    let own = home.places.home.clone();
    let result = home.switch(id, &case.network, &to);
    let is_tree = folder.join("before").is_dir() || folder.join("after").is_dir();
    let bless = std::env::var_os("FREEHOLD_BLESS").is_some();
    match &result {
        Ok(_) => {
            let found = tree(&own);
            if bless {
                write(&folder.join("after"), &found, is_tree);
            }
            let wanted = expected(&folder.join("after"), &file);
            assert_eq!(readable(&found), readable(&wanted), "{name}");
            assert_eq!(
                home.switch(id, &case.network, &to).unwrap(),
                None,
                "{name}: twice is once"
            );
        }
        Err(error) => {
            let text = format!("{}\n", error.to_fault().message()).replace(&own.display().to_string(), "~");
            if bless {
                put(&folder.join("refusal"), &text);
            }
            let wanted = fs::read_to_string(folder.join("refusal"));
            assert_eq!(
                text,
                wanted.unwrap_or_else(|_| panic!("{name} expects no refusal: {text}")),
                "{name}"
            );
        }
    }
    check_masking(id, &home, &case, &name);
    if matches!(result, Ok(Some(_))) {
        home.revert(id, &case.network).unwrap();
    }
    assert_eq!(
        readable(&tree(&own)),
        readable(&before),
        "{name}: byte for byte as before"
    );
}

/// The masked text of every file has as many lines as the file, and no password of the case.
fn check_masking(id: &str, home: &Home, case: &Case, name: &str) {
    let Ok(files) = Files::read(wallet(id), &home.places, &network(&case.network)) else {
        return;
    };
    for held in files.all() {
        let Some(bytes) = &held.bytes else { continue };
        let masked = wallet(id).masked(held.slot, bytes.as_slice());
        let lines = |text: &str| text.lines().count();
        assert_eq!(
            lines(&masked),
            lines(&String::from_utf8_lossy(bytes.as_slice())),
            "{name}: masking keeps lines"
        );
        if let Some((_, password)) = &case.login {
            assert!(!masked.contains(password.as_str()), "{name}: a password is shown");
        }
        assert!(!masked.contains("hunter2"), "{name}: a password is shown");
    }
}

#[test]
fn every_case_of_every_wallet() {
    for folder in folders(&root()).iter().filter(|folder| folder.is_dir()) {
        let id = folder.file_name().unwrap().to_string_lossy().into_owned();
        for case in folders(folder) {
            check(&id, &case);
        }
    }
}

/// What people meet, whatever the wallet; a format in which one of them cannot be says so by a case of that name that
/// refuses it.
const MET_BY_ALL: [&str; 6] = [
    "hosted",
    "already-ours",
    "another-own-node",
    "crlf",
    "malformed",
    "missing",
];

#[test]
fn every_wallet_has_the_cases_that_all_meet() {
    for adapter in adapters() {
        let folder = root().join(adapter.id());
        assert!(folder.is_dir(), "{} has no cases", adapter.id());
        let has = |case: &str| {
            folders(&folder)
                .iter()
                .any(|found| found.file_name().unwrap().to_string_lossy().starts_with(case))
        };
        for case in MET_BY_ALL {
            assert!(has(case), "{} has no case `{case}`", adapter.id());
        }
    }
}
