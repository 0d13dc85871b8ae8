//! Programs for tests that come from the crate registry, built once into the cache.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::app::cargo;
use crate::lock;
use crate::paths::Places;
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Notes;

const DRIVER: &str = "tauri-driver";
const DRIVER_VERSION: &str = "2.1.0";

/// Returns the folder whose `bin` holds the tools.
pub(super) fn ensure(places: &Places, notes: &Notes) -> Result<PathBuf> {
    let folder = places.cache.join("tools").join(format!("{DRIVER}-{DRIVER_VERSION}"));
    let _lock = lock::cache(places, notes)?;
    if Program::new(folder.join("bin").join(DRIVER))
        .arg("--help")
        .succeeds(A_MOMENT)
    {
        notes.say(&format!("{DRIVER} {DRIVER_VERSION} is there."));
        return Ok(folder);
    }
    notes.say(&format!("Building {DRIVER} {DRIVER_VERSION}."));
    let log = places.state.join("logs").join("tools.log");
    // Outside the work tree, so that no setting of our workspace applies.
    let install = cargo()
        .args(["install", DRIVER, "--version", DRIVER_VERSION, "--locked", "--root"])
        .arg(&folder);
    let install = install.in_folder(&places.cache);
    install
        .logged(AN_HOUR, &log, |_| ())
        .context("the driver of the window tests could not be built")?;
    Ok(folder)
}
