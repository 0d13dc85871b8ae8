//! Gathers the files of this machine that go into an image, and says whether they are still the same ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context as _, Result};

use super::cache::Built;
use super::libraries;
use super::recipe::Recipe;
use crate::files;
use crate::node::Node;
use crate::system::on_path;

/// Programs that an entrypoint and a person inside the container need; `dash` becomes `sh`.
const TOOLS: [&str; 12] = [
    "dash", "cat", "chmod", "chown", "env", "getent", "id", "ls", "mkdir", "setpriv", "sleep", "stat",
];
/// Raised when the code that lays out or packs images changes what comes out.
const FORM: u32 = 1;

/// Everything besides the recipe's own text.
#[derive(Debug)]
pub(super) struct Parts {
    /// By path in the image.
    pub(super) libraries: BTreeMap<String, PathBuf>,
    pub(super) tools: Vec<PathBuf>,
    pub(super) node: Option<PathBuf>,
    /// Name and file.
    pub(super) programs: Vec<(&'static str, PathBuf)>,
    pub(super) app: Option<PathBuf>,
}

impl Parts {
    pub(super) fn gather(recipe: &Recipe, built: &Built, node: &Node) -> Result<Self> {
        let names: &[&str] = if recipe.layout.shell { &TOOLS } else { &[] };
        let tools = names
            .iter()
            .map(|name| on_path(name).with_context(|| format!("{name} is not installed")));
        let tools: Vec<PathBuf> = tools.collect::<Result<_>>()?;
        let inside = recipe.programs.iter().filter(|program| program.in_image);
        let programs: Vec<_> = inside
            .map(|program| (program.name, built.program(program.name)))
            .collect();
        let node = recipe.app().map(|_| node.program()).transpose()?;
        let everything = tools.iter().chain(programs.iter().map(|(_, file)| file)).chain(&node);
        let everything: Vec<PathBuf> = everything.cloned().collect();
        Ok(Self {
            libraries: libraries::of(&everything, &built.libraries())?,
            tools,
            node,
            programs,
            app: recipe.app().map(|_| built.app()),
        })
    }

    /// Another text means another image. Programs count by the hashes of their record, this system's own files by size
    /// and time, because hashing them takes longer than everything else of a run that has nothing to do.
    pub(super) fn fingerprint(&self, recipe: &Recipe, tag: &str, built: &Built) -> Result<String> {
        let system = self.libraries.values().chain(&self.tools).chain(&self.node);
        let mut text = format!("{FORM}\n{tag}\n{recipe:?}\n{}\n", built.record);
        for file in system {
            text.push_str(&stamp(file)?);
        }
        Ok(files::sha256(text.as_bytes()))
    }
}

fn stamp(file: &Path) -> Result<String> {
    let about = fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
    let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{} {} {}\n", file.display(), about.len(), changed.as_nanos()))
}
