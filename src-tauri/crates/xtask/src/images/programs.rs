//! Builds the programs of recipes and puts them into the cache, whole or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};

use super::cache::{self, APP, Built, LIBRARIES, STARTERS};
use super::recipe::{Origin, Program, Recipe};
use super::{bitcoin_core, crates, debian, hashes, npm};
use crate::files;
use crate::node::Node;
use crate::paths::Places;
use crate::process::{self, A_MOMENT};
use crate::steps::Notes;
use crate::system::on_path;

/// Starts the program of the same name one folder up, with the libraries that came with it.
const STARTER: &str = "#!/bin/sh\nhere=$(CDPATH= cd -- \"$(dirname -- \"$0\")/..\" && pwd)\n\
                       LD_LIBRARY_PATH=$here/lib exec \"$here/$(basename -- \"$0\")\" \"$@\"\n";

/// Builds what is missing, each program once in a run also where several recipes share it.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    pub(super) places: &'a Places,
    pub(super) node: &'a Node,
    /// Build again also what the cache has.
    pub(super) force: bool,
    pub(super) done: BTreeSet<PathBuf>,
}

impl Builder<'_> {
    /// The recipe's programs, from the cache where they are there and whole.
    pub(super) fn programs(&mut self, recipe: &Recipe, notes: &Notes) -> Result<Built> {
        let folder = cache::folder(self.places, recipe);
        let build_again = self.force && !self.done.contains(&folder);
        if !build_again && let Some(built) = cache::find(self.places, recipe) {
            return Ok(built);
        }
        self.build(recipe, &folder, notes)
            .with_context(|| format!("{} could not be built", recipe.name()))?;
        self.done.insert(folder);
        cache::find(self.places, recipe).context("what was just built is not whole")
    }

    fn build(&self, recipe: &Recipe, folder: &Path, notes: &Notes) -> Result<()> {
        let work = self.places.state.join("images").join("build");
        let stage = folder.with_file_name(format!("partial-{}", std::process::id()));
        for fresh in [&work, &stage] {
            files::remove_dir(fresh)?;
            files::create_dir(fresh)?;
        }
        notes.say(&format!("{}: building.", recipe.name()));
        let mut version = recipe.pinned_version().unwrap_or_default().to_owned();
        match recipe.origin {
            Origin::BitcoinCore => bitcoin_core::build(&work, &stage, notes)?,
            Origin::Debian(one) => {
                let unpacked = debian::unpack(&one, self.places, &work, &stage.join(LIBRARIES), notes)?;
                version = unpacked.version;
                take(recipe.programs, &unpacked.folder, &stage)?;
            }
            Origin::Crate(one) => take(recipe.programs, &crates::install(&one, &work, notes)?, &stage)?,
            Origin::Npm(one) => {
                let installed = npm::install(&one, self.node, &work)?;
                take(recipe.programs, &installed, &stage)?;
                if one.app.is_some() {
                    files::write(&stage.join(APP), &npm::pack(&installed)?.archive()?)?;
                }
            }
            Origin::System => {
                for program in recipe.programs {
                    let file = on_path(program.file).with_context(|| format!("{} is not installed", program.file))?;
                    copy(&file, &stage.join(program.name))?;
                }
            }
        }
        if stage.join(LIBRARIES).is_dir() {
            for program in recipe.programs {
                write_starter(&stage.join(STARTERS).join(program.name))?;
            }
        }
        try_out(recipe, &stage, &version)?;
        let record = json!({ "version": version, "programs": hashes_of(&stage)? });
        files::write(&stage.join("record.json"), format!("{record:#}\n").as_bytes())?;
        files::remove_dir(folder)?;
        fs::rename(&stage, folder).with_context(|| format!("cannot put {} in place", folder.display()))?;
        // Gigabytes in some cases, and nothing reads them again.
        files::remove_dir(&work)
    }
}

/// Copies the programs out of what an origin has put into a folder.
fn take(programs: &[Program], from: &Path, stage: &Path) -> Result<()> {
    for program in programs {
        copy(&from.join(program.file), &stage.join(program.name))?;
    }
    Ok(())
}

/// Copies a file with its mode.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let copied = fs::copy(from, to);
    copied.with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

fn write_starter(file: &Path) -> Result<()> {
    files::write(file, STARTER.as_bytes())?;
    process::Program::new("chmod").arg("0755").arg(file).output(A_MOMENT)?;
    Ok(())
}

/// Starts the first program once: what calls itself another version, or does not start, is not put into the cache.
fn try_out(recipe: &Recipe, stage: &Path, version: &str) -> Result<()> {
    let Some(program) = recipe.programs.first() else {
        return Ok(());
    };
    if matches!(recipe.origin, Origin::System) {
        return Ok(());
    }
    let starter = stage.join(STARTERS).join(program.name);
    let file = if starter.is_file() {
        starter
    } else {
        stage.join(program.name)
    };
    let said = process::Program::new(file).arg("--version").output(A_MOMENT)?;
    if !said.contains(version) {
        bail!(
            "{} should be version {version}, but calls itself {}",
            program.name,
            said.lines().next().unwrap_or("nothing")
        );
    }
    Ok(())
}

/// The hashes of all files in a folder, by path relative to it.
fn hashes_of(folder: &Path) -> Result<Map<String, Value>> {
    let mut paths = Vec::new();
    list(folder, &mut paths)?;
    paths.sort();
    let hashes = hashes::of(&paths)?;
    let names = paths.iter().map(|path| path.strip_prefix(folder).unwrap_or(path));
    Ok(names
        .map(|name| name.to_string_lossy().into_owned())
        .zip(hashes.into_iter().map(Value::from))
        .collect())
}

fn list(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}
