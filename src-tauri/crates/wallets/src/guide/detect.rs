//! Whether a wallet is on this machine: its folder, or its extension in a known browser, exists.
//!
//! Names only. No file of a profile or a wallet is ever opened; of Firefox the names of its profiles are listed, since
//! they are made up.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{BySystem, Guide, SCHEMA_VERSION, guides};
use crate::place::{Os, Places};

/// Profiles of a browser that are looked at. A person has a few.
const MOST_PROFILES: usize = 20;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Browsers {
    pub(super) schema_version: u32,
    pub(super) chromium: BySystem,
    pub(super) firefox: BySystem,
}

// A test reads the table and fails on a mistake in it.
static BROWSERS: LazyLock<Browsers> = LazyLock::new(|| {
    let table = read_browsers().ok();
    table
        .filter(|table| table.schema_version == SCHEMA_VERSION)
        .unwrap_or_default()
});

pub(super) fn read_browsers() -> Result<Browsers, toml::de::Error> {
    toml::from_str(include_str!("../../../../../assets/wallets/browsers.toml"))
}

/// Every guide, with the path by whose existence the wallet is known to be here. Telephones are never here.
pub fn find_guided(places: &Places) -> Vec<(&'static Guide, Option<PathBuf>)> {
    guides().iter().map(|guide| (guide, evidence(guide, places))).collect()
}

fn evidence(guide: &Guide, places: &Places) -> Option<PathBuf> {
    let folders = guide.folders.of(places.os).iter().map(|folder| resolve(places, folder));
    let extensions = &guide.extensions;
    let chromium = BROWSERS.chromium.of(places.os).iter().flat_map(|browser| {
        let browser = resolve(places, browser);
        let profiles = std::iter::once("Default".to_owned()).chain((1..MOST_PROFILES).map(|n| format!("Profile {n}")));
        let ids = extensions.chromium.iter();
        ids.flat_map(move |id| {
            let browser = browser.clone();
            profiles
                .clone()
                .map(move |profile| browser.join(profile).join("Extensions").join(id))
        })
    });
    let is_folder = |path: &PathBuf| path.is_dir();
    folders.chain(chromium).find(is_folder).or_else(|| {
        let roots = BROWSERS.firefox.of(places.os).iter().map(|root| resolve(places, root));
        let ids = &extensions.firefox;
        roots
            // Without an id there is nothing to look for, and the list of profiles is left alone.
            .filter(|_| !ids.is_empty())
            .flat_map(|root| profiles_of(&root))
            .flat_map(|profile| {
                ids.iter()
                    .map(move |id| profile.join("extensions").join(format!("{id}.xpi")))
            })
            .find(|path| path.is_file())
    })
}

fn profiles_of(root: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root) else {
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    paths.filter(|path| path.is_dir()).take(MOST_PROFILES).collect()
}

impl BySystem {
    fn of(&self, os: Os) -> &[String] {
        match os {
            Os::Linux => &self.linux,
            Os::MacOs => &self.macos,
            Os::Windows => &self.windows,
        }
    }
}

/// A path of the data, with the folders that a variable may have moved.
fn resolve(places: &Places, path: &str) -> PathBuf {
    const MOVABLE: [(&str, &str); 4] = [
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("APPDATA", "AppData/Roaming"),
        ("LOCALAPPDATA", "AppData/Local"),
    ];
    for (variable, folder) in MOVABLE {
        if let Some(rest) = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
            let base = places.dir(variable, folder);
            return rest.split('/').fold(base, |path, part| path.join(part));
        }
    }
    places.below(path)
}
