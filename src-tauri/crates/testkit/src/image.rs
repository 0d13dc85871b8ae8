//! The node images in the tests' registry, as `cargo xtask images` records them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

/// One image of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Catalog id, or the name of a program that the catalog does not have.
    pub client: String,
    /// The service that it is for.
    pub service: String,
    /// `catalog`, `test`, `update` or `broken`.
    pub purpose: String,
    /// `repository@digest`.
    pub reference: String,
    /// Registry host and path.
    pub repository: String,
    /// The tag.
    pub tag: String,
    /// The digest, `sha256:…`.
    pub digest: String,
    /// The same programs on this machine, by name.
    pub programs: BTreeMap<String, PathBuf>,
}

impl Image {
    /// Reads the list of `images.json`.
    pub(crate) fn read_all(document: &Value) -> Vec<Self> {
        let rows = document["images"].as_array().expect("images.json has a list `images`");
        rows.iter().map(Self::read).collect()
    }

    fn read(row: &Value) -> Self {
        let text = |key: &str| {
            let value = row[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {row}"));
            value.to_owned()
        };
        let programs = row["programs"].as_object().into_iter().flatten();
        let programs = programs.map(|(name, path)| (name.clone(), path.as_str().unwrap_or_default().into()));
        Self {
            client: text("client"),
            service: text("service"),
            purpose: text("purpose"),
            reference: text("reference"),
            repository: text("repository"),
            tag: text("tag"),
            digest: text("digest"),
            programs: programs.collect(),
        }
    }

    /// The registry's address, `host:port`.
    pub fn registry(&self) -> &str {
        self.repository.split_once('/').map_or("", |(registry, _)| registry)
    }

    /// The repository without its registry.
    pub fn name(&self) -> &str {
        self.repository.split_once('/').map_or("", |(_, name)| name)
    }

    /// One of its programs on this machine.
    pub fn program(&self, name: &str) -> PathBuf {
        let found = self.programs.get(name);
        found
            .unwrap_or_else(|| panic!("{} names no program {name}", self.client))
            .clone()
    }
}
