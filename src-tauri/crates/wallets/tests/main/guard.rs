//! The kernel as a witness: which files are opened, made, written or removed while wallets are found, audited, switched
//! and put back. Seeds, keystores and wallet databases lie beside every settings file here, and none of them is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use freehold_wallets::{AuditInput, Lock, adapters, audit, find, find_guided};
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify, WatchDescriptor};

use crate::golden::{folders, root, stage, tree};
use crate::home::{Home, Processes, endpoint, network, put};

/// What people would never want to be opened, put into every folder.
const DECOYS: [&str; 14] = [
    "wallet.dat",
    "default_wallet",
    "seed.txt",
    "id.json",
    "UTC--2026-01-01T00-00-00Z--00",
    "lianad.sqlite3",
    "hsm_secret",
    "mine.mv.db",
    "wallet.keys",
    "000003.log",
    "wallet.db",
    "keyring.txt",
    "jmwallet.jmdat",
    ".cookie",
];

/// Sees what happens to the files below a folder.
struct Witness {
    inotify: Inotify,
    folders: BTreeMap<WatchDescriptor, PathBuf>,
}

impl Witness {
    fn new() -> Self {
        Self {
            inotify: Inotify::init(InitFlags::IN_NONBLOCK).unwrap(),
            folders: BTreeMap::new(),
        }
    }

    fn watch(&mut self, folder: &Path) {
        let what = AddWatchFlags::IN_OPEN
            | AddWatchFlags::IN_CREATE
            | AddWatchFlags::IN_MODIFY
            | AddWatchFlags::IN_DELETE
            | AddWatchFlags::IN_MOVED_TO
            | AddWatchFlags::IN_ATTRIB;
        let watched = self.inotify.add_watch(folder, what).unwrap();
        self.folders.insert(watched, folder.to_owned());
        for path in folders(folder).into_iter().filter(|path| path.is_dir()) {
            self.watch(&path);
        }
    }

    /// The files that something happened to since the last call; folders themselves are left out.
    fn seen(&self) -> BTreeSet<PathBuf> {
        let mut seen = BTreeSet::new();
        while let Ok(events) = self.inotify.read_events() {
            for event in events {
                assert!(!event.mask.contains(AddWatchFlags::IN_Q_OVERFLOW), "events were lost");
                let name: Option<OsString> = event.name;
                if let (Some(name), false) = (name, event.mask.contains(AddWatchFlags::IN_ISDIR)) {
                    seen.insert(self.folders[&event.wd].join(name));
                }
            }
        }
        seen
    }
}

/// A home in which every wallet has been set up, with decoys in every folder.
fn full_home() -> Home {
    let home = Home::new();
    for adapter in adapters() {
        for case in folders(&root().join(adapter.id())) {
            let name = case.file_name().unwrap().to_string_lossy().into_owned();
            if !name.starts_with("hosted") || !case.join("before").exists() {
                continue;
            }
            let staged = stage(adapter.id(), &case);
            for (file, bytes) in tree(&staged.home.places.home) {
                home.put(&file, bytes);
            }
        }
    }
    let mut open = vec![home.places.home.clone()];
    while let Some(folder) = open.pop() {
        open.extend(folders(&folder).into_iter().filter(|path| path.is_dir()));
        for decoy in DECOYS {
            let path = folder.join(decoy);
            if !path.exists() {
                put(&path, "a secret");
            }
        }
    }
    home
}

/// What may be opened: settings that an adapter lists, and what tells whether a wallet runs.
fn listed(home: &Home) -> impl Fn(&Path) -> bool {
    let (mut files, mut stars) = (BTreeSet::new(), Vec::new());
    for adapter in adapters() {
        for name in adapter.networks() {
            let on = network(name);
            for place in adapter
                .slots(&home.places, &on)
                .into_iter()
                .flat_map(|slot| slot.places)
            {
                if place.components().any(|part| part.as_os_str() == "*") {
                    stars.push(place.file_name().unwrap().to_owned());
                } else {
                    files.insert(place);
                }
            }
            for lock in adapter.locks(&home.places, &on) {
                match lock {
                    Lock::Socket(path)
                    | Lock::PidFile(path)
                    | Lock::PidLink(path)
                    | Lock::NamesSocket(path)
                    | Lock::File(path) => {
                        files.insert(path);
                    }
                    Lock::Port(_) => {}
                }
            }
        }
    }
    move |path| {
        let name = path.file_name().unwrap_or_default();
        let is_ours = name.to_string_lossy().starts_with(".freehold-");
        is_ours || files.contains(path) || stars.iter().any(|star| star == name)
    }
}

#[test]
fn only_listed_files_are_opened_while_wallets_are_found_switched_and_put_back() {
    let home = full_home();
    let mut witness = Witness::new();
    witness.watch(&home.places.home);
    let is_listed = listed(&home);

    // Looking writes nothing at all.
    let rows = find(
        &home.places,
        &Processes::default(),
        Some(&home.journal),
        &|_, _| false,
        &|_, _| true,
    );
    let found = rows.iter().filter(|row| row.found).count();
    assert!(found > 15, "{found} wallets are set up here");
    let _ = find_guided(&home.places);
    let opened = witness.seen();
    assert!(opened.len() > 15, "the witness sees what is read: {opened:?}");
    let foreign: Vec<_> = opened.iter().filter(|path| !is_listed(path)).collect();
    assert!(foreign.is_empty(), "opened while looking: {foreign:?}");

    let mut switched = 0;
    for row in rows.iter().filter(|row| row.found) {
        let adapter = freehold_wallets::adapter(&row.id).unwrap();
        for protocol in adapter.protocols() {
            let to = endpoint(
                &format!("{}://127.0.0.1:28999", protocol.scheme()),
                Some(("me", "my-password")),
            );
            if home
                .switch(&row.id, row.network.as_str(), &to)
                .is_ok_and(|entry| entry.is_some())
            {
                home.revert(&row.id, row.network.as_str()).unwrap();
                switched += 1;
            }
            let foreign: Vec<_> = witness.seen().into_iter().filter(|path| !is_listed(path)).collect();
            assert!(foreign.is_empty(), "opened for {}: {foreign:?}", row.id);
        }
    }
    assert!(switched > 12, "{switched} switches were made");
    for path in tree(&home.places.home).keys() {
        let decoy = Path::new(path).file_name().unwrap().to_string_lossy();
        if DECOYS.contains(&decoy.as_ref()) && home.text(path).as_deref() != Some("a secret") {
            assert!(is_listed(&home.path(path)), "{path} was changed");
        }
    }
}

#[test]
fn an_audit_opens_settings_and_shell_files_only_and_writes_nothing() {
    let home = full_home();
    home.put(
        ".bashrc",
        "export ETH_RPC_URL=https://mainnet.infura.io/v3/0123456789abcdef0123456789abcdef\n",
    );
    home.put(".ssh/id_ed25519", "a secret");
    home.put(".gnupg/private-keys-v1.d/a.key", "a secret");
    let before = tree(&home.places.home);
    let mut witness = Witness::new();
    witness.watch(&home.places.home);
    let is_listed = listed(&home);
    let own = |_: &str, _: u16| false;
    let wallets = find(
        &home.places,
        &Processes::default(),
        Some(&home.journal),
        &own,
        &|_, _| false,
    );
    let guided = find_guided(&home.places);
    let found = audit(AuditInput {
        places: &home.places,
        wallets: &wallets,
        guided: &guided,
        journal: Some(&home.journal),
        nodes: &[],
        own: &own,
    });
    assert!(!found.rows.is_empty());
    let is_shell_file = |path: &Path| {
        let text = path.strip_prefix(&home.places.home).unwrap().display().to_string();
        text.starts_with(".config/environment.d/")
            || [
                ".bashrc",
                ".profile",
                ".zshrc",
                ".bash_profile",
                ".zshenv",
                ".pam_environment",
                "mesc.json",
            ]
            .contains(&text.as_str())
    };
    let foreign: Vec<_> = witness
        .seen()
        .into_iter()
        .filter(|path| !is_listed(path) && !is_shell_file(path))
        .collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    assert_eq!(tree(&home.places.home), before, "an audit writes nothing");
}
