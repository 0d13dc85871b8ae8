//! Compiles programs of the Rust registry.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::recipe::{Crate, FAST_BUILD};
use crate::app::cargo;
use crate::files;
use crate::process::AN_HOUR;
use crate::steps::Notes;

/// How often the compilation says how far it is.
const SAY_EVERY: Duration = Duration::from_secs(20);

/// Compiles a crate's programs; returns the folder whose `bin` holds them.
pub(super) fn install(one: &Crate, work: &Path, notes: &Notes) -> Result<PathBuf> {
    let root = work.join("root");
    let log = work.with_file_name(format!("{}.log", one.name));
    files::remove(&log)?;
    notes.say(&format!(
        "Compiling {} {}; this takes {} on two cores. Log: {}",
        one.name,
        one.version,
        one.takes,
        log.display()
    ));
    let mut program = cargo()
        .args(["install", one.name, "--version"])
        .arg(format!("={}", one.version))
        .args(one.args)
        .args(["--no-track", "--root"])
        .arg(&root)
        .arg("--target-dir")
        .arg(work.join("target"))
        // Settings of this workspace are not for the crate.
        .in_folder(work);
    for (name, value) in FAST_BUILD.iter().chain(one.env) {
        program = program.env(name, value);
    }
    let (compiled, said) = (Cell::new(0_usize), Cell::new(Instant::now()));
    program.logged(AN_HOUR, &log, |line| {
        if line.trim_start().starts_with("Compiling ") {
            compiled.set(compiled.get() + 1);
        }
        if said.get().elapsed() > SAY_EVERY {
            said.set(Instant::now());
            notes.say(&format!("{} crates are compiled or begun.", compiled.get()));
        }
    })?;
    Ok(root)
}
