//! The programs of a recipe as the cache has them: where they are, whether they are whole, and under which name.

use std::env::consts::ARCH;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::recipe::{Crate, FAST_BUILD, Origin, Recipe};
use super::{bitcoin_core, hashes};
use crate::files;
use crate::paths::Places;

/// Libraries that the programs need and this system does not have.
pub(super) const LIBRARIES: &str = "lib";
/// The packages of a program that Node.js runs, as one archive.
pub(super) const APP: &str = "app.tar";
/// Scripts that start the programs with those libraries.
pub(super) const STARTERS: &str = "run";

/// The programs of one recipe in the cache.
#[derive(Debug, Clone)]
pub(super) struct Built {
    pub(super) folder: PathBuf,
    /// The program's own version.
    pub(super) version: String,
    /// How they were made, and their hashes.
    pub(super) record: String,
}

impl Built {
    /// The program itself, for the image.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What starts the program on this machine.
    pub(super) fn starter(&self, name: &str) -> PathBuf {
        let starter = self.folder.join(STARTERS).join(name);
        if starter.is_file() { starter } else { self.program(name) }
    }

    /// The folder of libraries that came with the programs; it may not be there.
    pub(super) fn libraries(&self) -> PathBuf {
        self.folder.join(LIBRARIES)
    }

    /// The archive of the packages that Node.js runs.
    pub(super) fn app(&self) -> PathBuf {
        self.folder.join(APP)
    }
}

/// What the cache has of a recipe. A folder that a full disk or a hand has spoiled counts as missing.
pub(super) fn find(places: &Places, recipe: &Recipe) -> Option<Built> {
    let folder = folder(places, recipe);
    let record = fs::read_to_string(folder.join("record.json")).ok()?;
    let value: Value = serde_json::from_str(&record).ok()?;
    let expected = value.get("programs")?.as_object()?;
    let paths: Vec<PathBuf> = expected.keys().map(|name| folder.join(name)).collect();
    let found = hashes::of(&paths).ok()?;
    let is_whole = expected
        .values()
        .map(Value::as_str)
        .eq(found.iter().map(|hash| Some(hash.as_str())));
    let has_all = recipe
        .programs
        .iter()
        .all(|program| expected.contains_key(program.name));
    let recorded = || value.get("version")?.as_str();
    let version = recipe.pinned_version().or_else(recorded)?.to_owned();
    (is_whole && has_all).then_some(Built {
        folder,
        version,
        record,
    })
}

/// Where the recipe's programs are, or will be.
pub(super) fn folder(places: &Places, recipe: &Recipe) -> PathBuf {
    places.cache.join("programs").join(key(recipe))
}

/// The name of the cache folder: other sources, settings, processor or system libraries are another result.
fn key(recipe: &Recipe) -> String {
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let release = system
        .lines()
        .filter(|line| line.starts_with("ID=") || line.starts_with("VERSION_ID="));
    let (name, mut inputs) = inputs(recipe);
    inputs.extend(release.map(str::to_owned));
    format!("{name}-{}", &files::sha256(inputs.join("\n").as_bytes())[..12])
}

fn inputs(recipe: &Recipe) -> (String, Vec<String>) {
    let texts = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let pairs = |all: &[(&str, &str)]| {
        all.iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
    };
    let programs = recipe.programs.iter().map(|one| format!("{} {}", one.name, one.file));
    let (name, inputs) = match recipe.origin {
        Origin::BitcoinCore => {
            let name = format!("{}-{}", bitcoin_core::CRATE, bitcoin_core::CRATE_VERSION);
            return (name, texts(&bitcoin_core::inputs()));
        }
        Origin::Debian(one) => (one.package.to_owned(), Vec::new()),
        Origin::Crate(Crate {
            name,
            version,
            args,
            env,
            ..
        }) => (
            format!("{name}-{version}"),
            [texts(args), pairs(FAST_BUILD), pairs(env)].concat(),
        ),
        Origin::Npm(one) => {
            let name = format!("{}-{}", recipe.client, one.version);
            (
                name,
                [texts(&[one.manifest, one.lock.unwrap_or_default()]), texts(one.args)].concat(),
            )
        }
        Origin::System => ("system".to_owned(), Vec::new()),
    };
    let processor = std::iter::once(ARCH.to_owned());
    (name, processor.chain(inputs).chain(programs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::images::recipes::ALL;

    #[test]
    fn the_key_is_stable_and_names_the_source() {
        assert_eq!(key(&ALL[0]), key(&ALL[0]));
        assert!(key(&ALL[0]).starts_with("libbitcoinkernel-sys-0.4.1-"));
    }

    #[test]
    fn recipes_share_a_cache_folder_only_where_they_share_the_programs() {
        let mut seen = std::collections::BTreeMap::new();
        for recipe in ALL {
            let programs: Vec<_> = recipe.programs.iter().map(|one| (one.name, one.file)).collect();
            let earlier = seen.insert(key(recipe), programs.clone());
            assert!(earlier.is_none_or(|earlier| earlier == programs), "{}", recipe.name());
        }
    }
}
