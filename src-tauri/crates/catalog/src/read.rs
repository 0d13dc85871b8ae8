//! From the text of one `node.toml` to a valid `NodeSpec`.

use std::path::Path;

use freehold_model::NodeSpec;
use freehold_model::spec::SCHEMA_VERSION;

use crate::document::{Document, at, one_line};
use crate::{CatalogProblem, check, expand, schema, shape};

/// Reads one entry. `folder` is the name of the folder that holds the file.
pub(crate) fn entry(file: &Path, folder: &str, text: &str) -> Result<NodeSpec, Vec<CatalogProblem>> {
    let document = Document::parse(file, text).map_err(|problem| vec![problem])?;
    version(&document).map_err(|problem| vec![problem])?;
    let problems = shape::check(&document, schema::shared());
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut spec: NodeSpec = typed(&document)?;
    let problems = check::entry(&document, folder, &spec);
    if !problems.is_empty() {
        return Err(problems);
    }
    spec.method_classes = expand::all(&spec.method_classes);
    Ok(spec)
}

/// Refuses a file that a later program has to read, before its new keys look like mistakes.
pub(crate) fn version(document: &Document) -> Result<(), CatalogProblem> {
    let Some(found) = document
        .root()
        .get("schema_version")
        .and_then(toml_edit::Item::as_integer)
    else {
        return Ok(());
    };
    let known = i64::from(SCHEMA_VERSION);
    let place = at!["schema_version"];
    if found > known {
        let reason = format!("made for a newer Freehold: schema version {found}, this program knows {known}");
        return Err(document
            .problem(&place, reason)
            .with_hint("update Freehold, or remove the file from the overlay"));
    }
    if found < 1 {
        return Err(document.problem(&place, format!("`schema_version` must be {known}, not {found}")));
    }
    Ok(())
}

/// Reads the document into its type; an error has the line that the reader names.
pub(crate) fn typed<T: serde::de::DeserializeOwned>(document: &Document) -> Result<T, Vec<CatalogProblem>> {
    toml::from_str(document.text()).map_err(|error| {
        vec![document.problem_at(error.span().map_or(0, |span| span.start), one_line(error.message()))]
    })
}

#[cfg(test)]
mod tests;
