//! The files that a wallet keeps, as its adapter lists them: some of them in one of several places, some any number.
//!
//! A part of a listed path may be `*`, which stands for any one folder name. The one rule: listing is pure; only
//! [`Slot::found`] looks at the disk, and it reads names of folders, never files.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The name of the slot that most adapters have alone.
pub const SETTINGS: &str = "settings";

/// How many folders a `*` may stand for. A wallet with more than this many of them is not what the adapter means.
const MOST_MATCHES: usize = 500;

/// One kind of file of a wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its name inside the adapter, for example `settings` or `pin`.
    pub name: &'static str,
    /// Where it may be, most specific first, the default place last.
    pub places: Vec<PathBuf>,
    /// Every place that exists counts; otherwise only the first one does.
    pub every: bool,
    /// Freehold may make it when it is missing.
    pub may_create: bool,
    /// It is replaced or taken away whole; there are no settings in it to be told apart. One that somebody else has changed
    /// since is left alone.
    pub whole: bool,
}

impl Slot {
    /// The settings file: the first of these places that exists. It is only edited, never made.
    pub fn settings(places: Vec<PathBuf>) -> Self {
        Self::named(SETTINGS, places)
    }

    /// A further file of this name.
    pub fn named(name: &'static str, places: Vec<PathBuf>) -> Self {
        Self {
            name,
            places,
            every: false,
            may_create: false,
            whole: false,
        }
    }

    /// May be made when it is missing.
    #[must_use]
    pub fn created(self) -> Self {
        Self {
            may_create: true,
            ..self
        }
    }

    /// Every place counts.
    #[must_use]
    pub fn every(self) -> Self {
        Self { every: true, ..self }
    }

    /// Is replaced or taken away whole.
    #[must_use]
    pub fn whole(self) -> Self {
        Self { whole: true, ..self }
    }

    /// Whether `path` is one of the places.
    pub(crate) fn lists(&self, path: &Path) -> bool {
        self.places.iter().any(|place| matches(place, path))
    }

    /// The files in use: those that exist; for a slot of one file else the first whose folder exists, else the default.
    pub(crate) fn found(&self) -> Vec<PathBuf> {
        let exists = |path: &PathBuf| fs::symlink_metadata(path).is_ok();
        let mut there: Vec<PathBuf> = self
            .places
            .iter()
            .flat_map(|place| expanded(place))
            .filter(exists)
            .collect();
        if self.every {
            return there;
        }
        if !there.is_empty() {
            there.truncate(1);
            return there;
        }
        let plain = || self.places.iter().filter(|place| !has_star(place));
        let has_folder = |path: &&PathBuf| path.parent().is_some_and(Path::is_dir);
        let chosen = plain().find(has_folder).or_else(|| plain().next_back());
        chosen.into_iter().cloned().collect()
    }
}

fn is_star(part: &OsStr) -> bool {
    part == "*"
}

fn has_star(place: &Path) -> bool {
    place.components().any(|part| is_star(part.as_os_str()))
}

/// Whether `path` is `place`, with any plain folder name where `place` has a `*`.
fn matches(place: &Path, path: &Path) -> bool {
    // As it is written: `Path` compares `a/./b` equal to `a/b`, and what is listed has no such parts.
    if !has_star(place) {
        return place.as_os_str() == path.as_os_str();
    }
    let (wanted, given) = (place.components(), path.components());
    wanted.clone().count() == given.clone().count()
        && path == given.clone().collect::<PathBuf>()
        && wanted.zip(given).all(|(wanted, given)| {
            if is_star(wanted.as_os_str()) {
                matches!(given, Component::Normal(name) if !name.to_string_lossy().starts_with('.'))
            } else {
                wanted == given
            }
        })
}

/// The paths that `place` stands for, in the order of their names.
fn expanded(place: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for part in place.components() {
        if is_star(part.as_os_str()) {
            found = found
                .iter()
                .flat_map(|folder| folders_in(folder))
                .take(MOST_MATCHES)
                .collect();
        } else {
            for path in &mut found {
                path.push(part);
            }
        }
    }
    found
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    // A folder that cannot be listed holds nothing that could be edited.
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::{Slot, expanded, matches};
    use std::fs;
    use std::path::{Path, PathBuf};

    #[test]
    fn a_star_stands_for_one_plain_folder_name() {
        let place = Path::new("/h/.liana/bitcoin/data/*/daemon.toml");
        assert!(matches(place, Path::new("/h/.liana/bitcoin/data/abc-1/daemon.toml")));
        for other in [
            "/h/.liana/bitcoin/data/daemon.toml",
            "/h/.liana/bitcoin/data/../daemon.toml",
            "/h/.liana/bitcoin/data/a/b/daemon.toml",
            "/h/.liana/bitcoin/data/.hidden/daemon.toml",
            "/h/.liana/bitcoin/data/abc/lianad.sqlite3",
        ] {
            assert!(!matches(place, Path::new(other)), "{other}");
        }
        assert!(!matches(Path::new("/h/a"), Path::new("/h/./a")));
    }

    #[test]
    fn a_slot_of_one_file_takes_the_first_and_a_slot_of_every_file_all() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b", "a"] {
            fs::create_dir_all(dir.path().join(name)).unwrap();
            fs::File::create(dir.path().join(name).join("f")).unwrap();
        }
        let star = dir.path().join("*/f");
        assert_eq!(expanded(&star), [dir.path().join("a/f"), dir.path().join("b/f")]);
        let missing = dir.path().join("none/f");
        assert_eq!(
            Slot::named("x", vec![missing.clone(), star.clone()]).found(),
            [dir.path().join("a/f")]
        );
        assert_eq!(Slot::named("x", vec![star]).every().found().len(), 2);
        assert_eq!(Slot::named("x", vec![missing.clone()]).found(), [missing]);
        assert_eq!(
            Slot::named("x", vec![dir.path().join("*/none")]).found(),
            Vec::<PathBuf>::new()
        );
    }
}
