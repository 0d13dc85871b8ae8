//! Where things are: the work tree, its build folder, and the cache that every clone on this machine shares.
//!
//! The cache is outside the work tree on purpose: a fresh clone must not compile Bitcoin Core again, and a process that
//! outlives one `cargo xtask` (the engine, the registry) must be found from any clone.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};

/// The folders this program reads and writes.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// The work tree's root.
    pub(crate) root: PathBuf,
    /// Cargo's build folder.
    pub(crate) target: PathBuf,
    /// What belongs to this clone only: overlay, screenshots, logs.
    pub(crate) state: PathBuf,
    /// What every clone shares: compiled node programs, registry data, tools, process records.
    pub(crate) cache: PathBuf,
}

impl Places {
    /// Finds the folders from the environment that cargo and the user set.
    pub(crate) fn find() -> Result<Self> {
        // Cargo sets the variable when it runs us; the built-in path is for a binary that was started by hand.
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
        let root = Path::new(&package)
            .ancestors()
            .nth(3)
            .filter(|root| root.join("Cargo.toml").is_file())
            .ok_or_else(|| {
                anyhow!(
                    "no work tree around {}; start this with `cargo xtask`",
                    Path::new(&package).display()
                )
            })?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let cache = cache_folder(|name| env::var_os(name)).context("no folder for the build cache")?;
        Ok(Self {
            state: target.join("freehold"),
            cache: root.join(cache),
            root,
            target,
        })
    }

    /// The UI's package folder.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Screenshots, logs and reports that are worth keeping after a run.
    pub(crate) fn artifacts(&self) -> PathBuf {
        self.state.join("artifacts")
    }

    /// Where cargo puts the programs of a profile.
    pub(crate) fn programs(&self, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" })
    }
}

/// `FREEHOLD_CACHE`, else a folder in the user's own cache.
fn cache_folder(var: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf> {
    let set = |name: &str| var(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(dir) = set("FREEHOLD_CACHE") {
        return Ok(dir);
    }
    if let Some(dir) = set("XDG_CACHE_HOME") {
        return Ok(dir.join("freehold-build"));
    }
    if let Some(home) = set("HOME").or_else(|| set("USERPROFILE")) {
        return Ok(home.join(".cache").join("freehold-build"));
    }
    Err(anyhow!(
        "set FREEHOLD_CACHE to a folder, because neither XDG_CACHE_HOME nor HOME is set"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(vars: &[(&str, &str)]) -> Result<PathBuf> {
        cache_folder(|name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| OsString::from(v)))
    }

    #[test]
    fn the_cache_is_where_the_user_says_first() {
        assert_eq!(
            with(&[("FREEHOLD_CACHE", "/c"), ("HOME", "/h")]).unwrap(),
            Path::new("/c")
        );
        assert_eq!(
            with(&[("XDG_CACHE_HOME", "/x"), ("HOME", "/h")]).unwrap(),
            Path::new("/x/freehold-build")
        );
        assert_eq!(with(&[("HOME", "/h")]).unwrap(), Path::new("/h/.cache/freehold-build"));
        assert!(with(&[("HOME", "")]).is_err());
    }
}
