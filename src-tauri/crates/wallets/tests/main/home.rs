//! A throw-away home with a journal beside it, and the few calls that every test here makes.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use freehold_model::{Checkpoint, Credential, Endpoint, Network, Secret, Timestamp};
use freehold_wallets::{
    Adapter, Entry, Journal, Os, Places, ProcessEntry, ProcessView, RevertPlan, WalletError, adapter, apply,
    plan_revert, plan_switch, revert,
};

/// A list of processes that a test brings.
#[derive(Default)]
pub(crate) struct Processes(pub Vec<ProcessEntry>);

impl ProcessView for Processes {
    fn processes(&self) -> Option<Vec<ProcessEntry>> {
        Some(self.0.clone())
    }
}

/// A home and a journal that go with it.
pub(crate) struct Home {
    pub dir: tempfile::TempDir,
    pub places: Places,
    pub journal: Journal,
}

/// The moment of every test.
pub(crate) const NOW: Timestamp = Timestamp(1_795_335_875_000);

impl Home {
    pub(crate) fn new() -> Self {
        Self::at(tempfile::tempdir().unwrap())
    }

    pub(crate) fn at(dir: tempfile::TempDir) -> Self {
        let home = dir.path().join("home");
        fs::create_dir_all(&home).unwrap();
        let places = places(home);
        let journal = Journal::open(dir.path().join("journal")).unwrap();
        Self { dir, places, journal }
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.places.home.join(relative)
    }

    pub(crate) fn put(&self, relative: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        put(&path, text);
        path
    }

    pub(crate) fn text(&self, relative: &str) -> Option<String> {
        fs::read(self.path(relative))
            .ok()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    pub(crate) fn mode(&self, relative: &str) -> u32 {
        fs::metadata(self.path(relative)).unwrap().permissions().mode() & 0o7777
    }

    pub(crate) fn set_mode(&self, relative: &str, mode: u32) {
        fs::set_permissions(self.path(relative), fs::Permissions::from_mode(mode)).unwrap();
    }

    pub(crate) fn switch(&self, id: &str, on: &str, to: &Endpoint) -> Result<Option<Entry>, WalletError> {
        self.switch_beside(id, on, to, &Processes::default())
    }

    pub(crate) fn switch_beside(
        &self,
        id: &str,
        on: &str,
        to: &Endpoint,
        view: &Processes,
    ) -> Result<Option<Entry>, WalletError> {
        let plan = plan_switch(wallet(id), &self.places, &network(on), to, view)?;
        apply(&plan, &self.journal, view, NOW, &Checkpoint::none())
    }

    pub(crate) fn revert_plan(&self, id: &str, on: &str) -> Result<RevertPlan, WalletError> {
        plan_revert(wallet(id), &self.places, &network(on), &self.journal)
    }

    pub(crate) fn revert(&self, id: &str, on: &str) -> Result<Option<Entry>, WalletError> {
        let plan = self.revert_plan(id, on)?;
        revert(&plan, &self.journal, &Processes::default(), NOW, &Checkpoint::none())
    }

    /// Every file and folder below the home, to see that nothing was left behind.
    pub(crate) fn listing(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![self.places.home.clone()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                found.push(path.strip_prefix(&self.places.home).unwrap().display().to_string());
                if path.is_dir() && !path.is_symlink() {
                    open.push(path);
                }
            }
        }
        found.sort();
        found
    }
}

pub(crate) fn places(home: PathBuf) -> Places {
    Places {
        home,
        env: [].into(),
        os: Os::Linux,
        is_own_home: false,
        uid: Some(nix::unistd::getuid().as_raw()),
        chosen: None,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test's own file; half of it would only fail the test"
)]
pub(crate) fn put(path: &std::path::Path, text: impl AsRef<[u8]>) {
    fs::write(path, text).unwrap();
}

pub(crate) fn wallet(id: &str) -> &'static dyn Adapter {
    adapter(id).unwrap()
}

pub(crate) fn network(name: &str) -> Network {
    Network::try_new(name).unwrap()
}

pub(crate) fn endpoint(url: &str, login: Option<(&str, &str)>) -> Endpoint {
    let mut endpoint: Endpoint = url.parse().unwrap();
    endpoint.credential = login.map(|(user, password)| Credential {
        user: user.to_owned(),
        password: Secret::new(password),
    });
    endpoint
}

/// Our own node's Bitcoin RPC with the login of a wallet.
pub(crate) fn own_core(port: u16) -> Endpoint {
    endpoint(
        &format!("bitcoin+http://127.0.0.1:{port}"),
        Some(("freehold-wallet", "pass-of-the-wallet")),
    )
}
