//! Installs packages of the npm registry, and packs those that Node.js runs into one archive.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::recipe::Npm;
use super::tar::Tree;
use crate::files;
use crate::node::Node;
use crate::platform;
use crate::process::AN_HOUR;

/// What no program reads when it runs: it would double the number of files.
const LEFT_OUT: [&str; 4] = [".map", ".d.ts", ".d.mts", ".d.cts"];

/// Installs the packages; returns the folder that holds `node_modules`.
pub(super) fn install(one: &Npm, node: &Node, work: &Path) -> Result<PathBuf> {
    let folder = work.join("npm");
    files::write(&folder.join("package.json"), one.manifest.as_bytes())?;
    let command = match one.lock {
        Some(lock) => {
            files::write(&folder.join("package-lock.json"), lock.as_bytes())?;
            "ci"
        }
        None => "install",
    };
    let npm = node.npm(&folder).args([command, "--no-audit", "--no-fund"]);
    npm.args(one.args).output(AN_HOUR).context("npm failed")?;
    Ok(folder)
}

/// The packages below `/app`.
pub(super) fn pack(folder: &Path) -> Result<Tree> {
    let mut tree = Tree::default();
    add(&mut tree, &folder.join("node_modules"), "app/node_modules")?;
    Ok(tree)
}

fn add(tree: &mut Tree, folder: &Path, place: &str) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        // npm's own notes, and its links to programs, which the launcher does not use.
        if name == ".bin" || name == ".package-lock.json" || LEFT_OUT.iter().any(|ending| name.ends_with(ending)) {
            continue;
        }
        let place = format!("{place}/{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            add(tree, &path, &place)?;
        } else if kind.is_symlink() {
            tree.link(&place, &fs::read_link(&path)?.to_string_lossy());
        } else {
            let runs = platform::is_executable(&entry.metadata()?);
            tree.file(&place, if runs { 0o755 } else { 0o644 }, files::read(&path)?);
        }
    }
    Ok(())
}
