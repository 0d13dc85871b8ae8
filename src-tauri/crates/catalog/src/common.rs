//! Options that every entry has: how much of the machine a node may take, and when it runs.
//!
//! They stand in `assets/catalog/common.toml` and are read by Freehold itself, by id and type; no client gets arguments
//! from them.

use std::path::Path;
use std::sync::LazyLock;

use freehold_model::NodeSpec;
use freehold_model::spec::OptionSpec;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::Document;
use crate::{CatalogProblem, read, shape};

/// The text of `assets/catalog/common.toml`.
const TEXT: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../assets/catalog/common.toml"
));

static OPTIONS: LazyLock<Result<Vec<OptionSpec>, Vec<CatalogProblem>>> = LazyLock::new(|| {
    let document = Document::parse(Path::new("assets/catalog/common.toml"), TEXT).map_err(|problem| vec![problem])?;
    read::version(&document).map_err(|problem| vec![problem])?;
    let problems = shape::check(&document, &schemars::schema_for!(CommonFile).to_value());
    if !problems.is_empty() {
        return Err(problems);
    }
    read::typed::<CommonFile>(&document).map(|file| file.options)
});

/// `common.toml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CommonFile {
    /// Version of this file format; 1.
    #[expect(dead_code, reason = "checked before the file is read into this type")]
    schema_version: u32,
    /// The options.
    options: Vec<OptionSpec>,
}

/// The common options; none where the file is not valid, which [`problems`] reports.
pub(crate) fn options() -> &'static [OptionSpec] {
    OPTIONS.as_deref().unwrap_or_default()
}

/// What is wrong with the file.
pub(crate) fn problems() -> &'static [CatalogProblem] {
    OPTIONS.as_ref().err().map_or(&[], Vec::as_slice)
}

/// Gives an entry that can be installed the common options, after its own; one that it has itself is kept.
pub(crate) fn add_to(spec: &mut NodeSpec) {
    if spec.unavailable.is_some() {
        return;
    }
    for option in options() {
        if spec.option(&option.id).is_none() {
            spec.options.push(option.clone());
        }
    }
}
