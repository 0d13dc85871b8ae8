//! The catalog in memory: the built-in entries, with the user's overlay on top.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use freehold_model::{ClientId, NodeSpec, ServiceName};

use crate::check::across;
use crate::document::Document;
use crate::{CatalogError, CatalogProblem, common, overlay, read};

/// `(folder, node.toml, icon.svg)` of every entry of `assets/catalog`, sorted by folder.
pub(crate) const BUILT_IN: &[(&str, &str, Option<&str>)] = include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// Where an entry comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Shipped with the program.
    BuiltIn,
    /// This file of the user's overlay.
    Overlay(PathBuf),
}

/// One entry, valid.
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogEntry {
    /// What the file says; method classes are written out.
    pub spec: NodeSpec,
    /// Where it comes from.
    pub origin: Origin,
    /// Services whose image reference an overlay's `images.toml` replaced, with that file.
    pub image_overrides: BTreeMap<ServiceName, PathBuf>,
    /// The icon, as SVG text.
    pub icon_svg: Option<String>,
}

/// Every entry, and what was wrong with the files that could not be used.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    entries: BTreeMap<ClientId, CatalogEntry>,
    problems: Vec<CatalogProblem>,
}

impl Catalog {
    /// The entries that are built into the program.
    ///
    /// Fails only when an entry that was shipped is not valid, which the tests rule out.
    pub fn built_in() -> Result<Self, CatalogError> {
        let mut catalog = Self::shipped();
        catalog.check_across();
        if catalog.problems.is_empty() {
            Ok(catalog)
        } else {
            Err(CatalogError::BuiltIn {
                problems: catalog.problems,
            })
        }
    }

    /// The built-in entries with the overlay on top. A broken or missing overlay is reported by
    /// [`Catalog::problems`]; everything else stays usable.
    pub fn load(overlay: Option<&Path>) -> Self {
        let mut catalog = Self::shipped();
        if let Some(folder) = overlay {
            overlay::apply(folder, &mut catalog);
        }
        catalog.check_across();
        catalog
    }

    fn shipped() -> Self {
        let mut catalog = Self {
            problems: common::problems().to_vec(),
            ..Self::default()
        };
        for (folder, text, icon) in BUILT_IN {
            let file = Path::new("assets/catalog").join(folder).join("node.toml");
            match read::entry(&file, folder, text) {
                Ok(spec) => catalog.insert(spec, Origin::BuiltIn, icon.map(str::to_owned)),
                Err(problems) => catalog.problems.extend(problems),
            }
        }
        catalog
    }

    /// Reports what entries expect of each other and do not find.
    fn check_across(&mut self) {
        let entries = self.entries.values();
        let found: Vec<CatalogProblem> = entries.flat_map(|entry| self.mismatches(entry)).collect();
        self.problems.extend(found);
    }

    fn mismatches(&self, entry: &CatalogEntry) -> Vec<CatalogProblem> {
        let found = across::check(&entry.spec, |id| self.entries.get(id).map(|entry| &entry.spec));
        if found.is_empty() {
            return Vec::new();
        }
        match &entry.origin {
            Origin::BuiltIn => {
                let id = entry.spec.id.as_str();
                let file = Path::new("assets/catalog").join(id).join("node.toml");
                let text = BUILT_IN
                    .iter()
                    .find(|(folder, ..)| *folder == id)
                    .map(|(_, text, _)| *text);
                located(found, &file, text.unwrap_or_default())
            }
            // It could be read a moment ago; if not any more, the problems stand at the file's beginning.
            Origin::Overlay(file) => located(found, file, &overlay::read_text(file).unwrap_or_default()),
        }
    }

    pub(crate) fn insert(&mut self, mut spec: NodeSpec, origin: Origin, icon_svg: Option<String>) {
        common::add_to(&mut spec);
        let id = spec.id.clone();
        // An overlay that replaces an entry without bringing an icon keeps the one that people know.
        let icon_svg = icon_svg.or_else(|| self.entries.get(&id).and_then(|entry| entry.icon_svg.clone()));
        self.entries.insert(
            id,
            CatalogEntry {
                spec,
                origin,
                image_overrides: BTreeMap::new(),
                icon_svg,
            },
        );
    }

    pub(crate) fn entry_mut(&mut self, id: &ClientId) -> Option<&mut CatalogEntry> {
        self.entries.get_mut(id)
    }

    pub(crate) fn report(&mut self, problems: impl IntoIterator<Item = CatalogProblem>) {
        self.problems.extend(problems);
    }

    /// Every entry, sorted by id.
    pub fn entries(&self) -> impl Iterator<Item = &CatalogEntry> {
        self.entries.values()
    }

    /// The entry with this id.
    pub fn find(&self, id: &ClientId) -> Option<&CatalogEntry> {
        self.entries.get(id)
    }

    /// What is wrong with files that were left out.
    pub fn problems(&self) -> &[CatalogProblem] {
        &self.problems
    }
}

/// The built-in entry of this id, as it is shipped.
pub(crate) fn shipped_entry(id: &ClientId) -> Option<NodeSpec> {
    let (folder, text, _) = BUILT_IN.iter().find(|(folder, ..)| *folder == id.as_str())?;
    let file = Path::new("assets/catalog").join(folder).join("node.toml");
    let mut spec = read::entry(&file, folder, text).ok()?;
    common::add_to(&mut spec);
    Some(spec)
}

/// Mismatches as problems, each with its line in the file's text.
pub(crate) fn located(found: Vec<across::Mismatch>, file: &Path, text: &str) -> Vec<CatalogProblem> {
    let document = match Document::parse(file, text) {
        Ok(document) => document,
        Err(problem) => return vec![problem],
    };
    let located = found.into_iter().map(|mismatch| {
        let problem = document.problem(&mismatch.place, mismatch.reason);
        match mismatch.hint {
            Some(hint) => problem.with_hint(hint),
            None => problem,
        }
    });
    located.collect()
}
