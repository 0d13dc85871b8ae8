//! The interface's packages, checks and build, with npm.

mod dist;

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::files;
use crate::node::Node;
use crate::paths::Places;
use crate::process::AN_HOUR;
use crate::steps::Notes;

/// Installs the packages that the lock file names; skipped when they are the ones installed last.
pub(crate) fn install(places: &Places, node: &Node, notes: &Notes) -> Result<()> {
    let wanted = stamp(places, node)?;
    if std::fs::read_to_string(stamp_file(places)).is_ok_and(|found| found == wanted) {
        notes.say("The packages are those of the lock file.");
        return Ok(());
    }
    node.npm(&places.ui())
        .args(["ci", "--no-audit", "--no-fund"])
        .stream(AN_HOUR)?;
    files::write(&stamp_file(places), wanted.as_bytes())
}

/// Runs one script of the interface's package.
pub(crate) fn script(places: &Places, node: &Node, name: &str) -> Result<()> {
    node.npm(&places.ui()).args(["run", "--silent", name]).stream(AN_HOUR)
}

/// Builds the bundle that goes into the programs; one that the sources would give again is left alone.
pub(crate) fn build(places: &Places, node: &Node, notes: &Notes) -> Result<()> {
    let file = dist::stamp_file(places);
    let built = std::fs::read_to_string(&file).ok();
    if built.is_some() && built == dist::stamp(places, node).ok() {
        notes.say("Nothing has changed since it was built.");
        return Ok(());
    }
    script(places, node, "build")?;
    files::write(&file, dist::stamp(places, node)?.as_bytes())
}

/// What decides which packages are installed: the lock file, and the Node.js that add-ons were built for.
fn stamp(places: &Places, node: &Node) -> Result<String> {
    let lock = files::read(&places.ui().join("package-lock.json")).context("the interface has no lock file")?;
    Ok(format!("{} {}\n", files::sha256(&lock), node.version))
}

/// Inside the folder it describes: whoever deletes the packages deletes the stamp.
fn stamp_file(places: &Places) -> PathBuf {
    places.ui().join("node_modules").join(".freehold-stamp")
}
