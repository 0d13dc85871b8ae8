//! The user's overlay folder: `<client>/node.toml` adds or replaces an entry, `images.toml` replaces image references.
//!
//! Read errors and broken files are collected as problems, so that a slip of the pen never takes the app down.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use freehold_model::spec::ImageSpec;
use freehold_model::{ClientId, NodeSpec, ServiceName, nearest};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::catalog::{located, shipped_entry};
use crate::check::{across, image_problems};
use crate::document::{Document, at};
use crate::{Catalog, CatalogProblem, Origin, read, shape};

/// Largest catalog file that is read; the built-in ones have some 20 kB.
const LARGEST_FILE: u64 = 1 << 20;

/// `images.toml`: other sources for images that the catalog names, for example a registry of one's own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ImageFile {
    /// Version of this file format; 1.
    #[expect(dead_code, reason = "checked before the file is read into this type")]
    schema_version: u32,
    /// The replaced references.
    #[serde(default)]
    image: Vec<ImageOverride>,
}

/// One replaced reference.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ImageOverride {
    /// The catalog entry.
    client: ClientId,
    /// Its service.
    service: ServiceName,
    /// Registry host and path.
    repository: String,
    /// The release's name.
    tag: String,
    /// What is pulled; resolved from the tag at the first install when absent.
    #[serde(default)]
    digest: Option<freehold_model::Digest>,
    /// Platforms the digest offers.
    platforms: Vec<String>,
}

/// Puts the folder's files on top of the catalog.
pub(crate) fn apply(folder: &Path, catalog: &mut Catalog) {
    let (entries, problems) = read_entries(folder);
    catalog.report(problems);
    for found in entries {
        match found.result {
            Ok((spec, icon)) => catalog.insert(spec, Origin::Overlay(found.file), icon),
            Err(problems) => catalog.report(problems),
        }
    }
    let file = folder.join("images.toml");
    if file.is_file() {
        match read_images(&file) {
            Ok((document, images)) => override_images(&file, &document, images, catalog),
            Err(problems) => catalog.report(problems),
        }
    }
}

/// Checks an overlay folder, a folder of client folders, or one client's folder, and returns every problem found.
pub fn check_dir(folder: &Path) -> Vec<CatalogProblem> {
    if folder.join("node.toml").is_file() {
        return check_client(folder);
    }
    let (entries, problems) = read_entries(folder);
    if entries.is_empty() && problems.is_empty() && !folder.join("images.toml").is_file() {
        let problem = CatalogProblem::whole_file(folder, "there is no catalog entry in this folder");
        return vec![
            problem.with_hint("an entry is a folder with a file `node.toml`; image references stand in `images.toml`"),
        ];
    }
    let catalog = Catalog::load(Some(folder));
    catalog.problems().to_vec()
}

/// One client's folder, with the built-in entries as the ones that it may need.
fn check_client(folder: &Path) -> Vec<CatalogProblem> {
    let found = read_folder(folder);
    let (spec, _) = match found.result {
        Err(problems) => return problems,
        Ok(read) => read,
    };
    let clients = spec.dependencies.iter().flat_map(|dependency| &dependency.clients);
    let needed: BTreeMap<&ClientId, NodeSpec> = clients.filter_map(|id| Some((id, shipped_entry(id)?))).collect();
    let mismatches = across::check(&spec, |id| needed.get(id));
    if mismatches.is_empty() {
        return Vec::new();
    }
    match read_text(&found.file) {
        Ok(text) => located(mismatches, &found.file, &text),
        Err(problem) => vec![problem],
    }
}

struct FoundEntry {
    file: PathBuf,
    result: Result<(NodeSpec, Option<String>), Vec<CatalogProblem>>,
}

/// Reads every client folder, sorted by name.
fn read_entries(folder: &Path) -> (Vec<FoundEntry>, Vec<CatalogProblem>) {
    let listed = match fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) => {
            return (
                Vec::new(),
                vec![CatalogProblem::whole_file(folder, format!("cannot be read: {error}"))],
            );
        }
    };
    let mut clients: Vec<PathBuf> = listed
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && !folder_name(path).starts_with('.'))
        .collect();
    clients.sort();
    (clients.iter().map(|client| read_folder(client)).collect(), Vec::new())
}

fn folder_name(path: &Path) -> String {
    // `.` and paths that end in `..` have no name of their own until they are made absolute.
    let named = if path.file_name().is_some() {
        path.to_owned()
    } else {
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    };
    named
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn read_folder(folder: &Path) -> FoundEntry {
    let file = folder.join("node.toml");
    let result = read_text(&file).map_err(|problem| vec![problem]).and_then(|text| {
        let spec = read::entry(&file, &folder_name(folder), &text)?;
        let icon = folder.join("icon.svg");
        let icon = if icon.is_file() {
            Some(read_text(&icon).map_err(|problem| vec![problem])?)
        } else {
            None
        };
        Ok((spec, icon))
    });
    FoundEntry { file, result }
}

pub(crate) fn read_text(file: &Path) -> Result<String, CatalogProblem> {
    let refuse = |reason: String| CatalogProblem::whole_file(file, reason);
    let source = fs::File::open(file).map_err(|error| refuse(format!("cannot be read: {error}")))?;
    let mut text = String::new();
    source
        .take(LARGEST_FILE + 1)
        .read_to_string(&mut text)
        .map_err(|error| refuse(format!("cannot be read: {error}")))?;
    if text.len() as u64 > LARGEST_FILE {
        return Err(refuse(format!("is larger than {LARGEST_FILE} bytes")));
    }
    Ok(text)
}

fn read_images(file: &Path) -> Result<(Document, ImageFile), Vec<CatalogProblem>> {
    let text = read_text(file).map_err(|problem| vec![problem])?;
    let document = Document::parse(file, &text).map_err(|problem| vec![problem])?;
    read::version(&document).map_err(|problem| vec![problem])?;
    let problems = shape::check(&document, &schemars::schema_for!(ImageFile).to_value());
    if !problems.is_empty() {
        return Err(problems);
    }
    let images = read::typed(&document)?;
    Ok((document, images))
}

fn override_images(file: &Path, document: &Document, images: ImageFile, catalog: &mut Catalog) {
    for (index, image) in images.image.into_iter().enumerate() {
        let place = at!["image", index];
        let reference = ImageSpec {
            repository: image.repository,
            tag: image.tag,
            digest: image.digest,
            platforms: image.platforms,
            source: Some(format!("your own catalog: {}", file.display())),
        };
        let problems = image_problems(document, &place, &reference);
        if !problems.is_empty() {
            catalog.report(problems);
            continue;
        }
        if let Err(problem) = override_image(
            file,
            document,
            index,
            (&image.client, &image.service),
            reference,
            catalog,
        ) {
            catalog.report([problem]);
        }
    }
}

fn override_image(
    file: &Path,
    document: &Document,
    index: usize,
    (client, service): (&ClientId, &ServiceName),
    reference: ImageSpec,
    catalog: &mut Catalog,
) -> Result<(), CatalogProblem> {
    let known: Vec<String> = catalog.entries().map(|entry| entry.spec.id.to_string()).collect();
    let Some(entry) = catalog.entry_mut(client) else {
        let problem = document.problem(
            &at!["image", index, "client"],
            format!("there is no catalog entry `{client}`"),
        );
        return Err(problem.with_hint(meant(client.as_str(), &known)));
    };
    let services: Vec<String> = entry.spec.services.iter().map(|known| known.name.to_string()).collect();
    let Some(found) = entry.spec.services.iter_mut().find(|known| known.name == *service) else {
        let reason = format!("`{client}` has no service `{service}`");
        return Err(document
            .problem(&at!["image", index, "service"], reason)
            .with_hint(meant(service.as_str(), &services)));
    };
    if entry
        .image_overrides
        .get(service)
        .is_some_and(|earlier| earlier == file)
    {
        let reason = format!("the image of `{service}` of `{client}` is named twice");
        return Err(document.problem(&at!["image", index], reason));
    }
    found.image = reference;
    entry.image_overrides.insert(service.clone(), file.to_owned());
    Ok(())
}

fn meant(word: &str, known: &[String]) -> String {
    match nearest(word, known.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known: {}", known.join(", ")),
    }
}
