//! Writes what was pushed: `images.toml`, which the app reads as a catalog overlay, and `images.json` for tests.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::cache::Built;
use super::recipe::{Purpose, Recipe, architecture};
use crate::files;
use crate::paths::Places;

/// One image in the registry.
#[derive(Debug)]
pub(super) struct Pushed<'a> {
    pub(super) recipe: &'a Recipe,
    pub(super) built: Built,
    pub(super) tag: String,
    pub(super) digest: String,
}

impl Pushed<'_> {
    /// `HOST:PORT/REPOSITORY@DIGEST`
    pub(super) fn reference(&self, registry: &str) -> String {
        format!("{registry}/{}@{}", self.recipe.repository, self.digest)
    }

    /// The overlay may name only what the catalog has.
    pub(super) fn is_in_catalog(&self, places: &Places) -> bool {
        let entry = places.root.join("assets").join("catalog").join(self.recipe.client);
        self.recipe.purpose == Purpose::Catalog && entry.join("node.toml").is_file()
    }

    fn record(&self, registry: &str) -> Value {
        let programs = self.recipe.programs.iter();
        let programs = programs.map(|one| (one.name.to_owned(), path(&self.built.starter(one.name))));
        json!({
            "client": self.recipe.client,
            "service": self.recipe.service,
            "purpose": self.recipe.purpose.name(),
            "reference": self.reference(registry),
            "repository": format!("{registry}/{}", self.recipe.repository),
            "tag": self.tag,
            "digest": self.digest,
            "platforms": [platform()],
            "programs": programs.collect::<Map<_, _>>(),
            // The archive of what Node.js runs, where the program is that.
            "app": self.recipe.app().map(|_| path(&self.built.app())),
        })
    }

    fn toml(&self, registry: &str) -> String {
        let Recipe {
            client,
            service,
            repository,
            ..
        } = self.recipe;
        format!(
            "\n[[image]]\n\
             client = \"{client}\"\n\
             service = \"{service}\"\n\
             repository = \"{registry}/{repository}\"\n\
             tag = \"{}\"\n\
             digest = \"{}\"\n\
             platforms = [\"{}\"]\n",
            self.tag,
            self.digest,
            platform()
        )
    }
}

/// The folder for `--catalog`, and the record beside it.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) overlay: PathBuf,
    pub(super) record: PathBuf,
}

pub(super) fn write(places: &Places, registry: &str, images: &[Pushed<'_>]) -> Result<Written> {
    let folder = places.state.join("images");
    let written = Written {
        overlay: folder.join("overlay"),
        record: folder.join("images.json"),
    };
    let mut toml = "# Written by `cargo xtask images`: the node images of this machine's own registry.\n\
                    schema_version = 1\n"
        .to_owned();
    for image in images.iter().filter(|image| image.is_in_catalog(places)) {
        toml.push_str(&image.toml(registry));
    }
    files::write(&written.overlay.join("images.toml"), toml.as_bytes())?;
    let record = json!({
        "schema_version": 1,
        "registry": registry,
        "overlay": path(&written.overlay),
        "images": images.iter().map(|image| image.record(registry)).collect::<Vec<_>>(),
    });
    files::write(&written.record, format!("{record:#}\n").as_bytes())?;
    Ok(written)
}

fn platform() -> String {
    format!("linux/{}", architecture())
}

fn path(path: &Path) -> Value {
    Value::from(path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::images::recipes::ALL;

    fn pushed(recipe: &Recipe) -> Pushed<'_> {
        Pushed {
            recipe,
            built: Built {
                folder: PathBuf::from("/cache/p"),
                version: "31.99".to_owned(),
                record: String::new(),
            },
            tag: "31.99".to_owned(),
            digest: "sha256:ab".to_owned(),
        }
    }

    #[test]
    fn the_overlay_names_registry_and_digest() {
        let text = pushed(&ALL[0]).toml("127.0.0.1:5055");
        for line in [
            "client = \"bitcoin-core\"",
            "repository = \"127.0.0.1:5055/bitcoin/bitcoin\"",
            "tag = \"31.99\"",
            "digest = \"sha256:ab\"",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
    }

    #[test]
    fn only_images_of_catalog_entries_are_laid_over() {
        let places = Places::find().unwrap();
        let named = ALL.iter().filter(|one| pushed(one).is_in_catalog(&places));
        let named: Vec<_> = named.map(|one| (one.client, one.purpose)).collect();
        assert!(named.contains(&("bitcoin-core", Purpose::Catalog)));
        assert!(
            named
                .iter()
                .all(|(client, purpose)| *purpose == Purpose::Catalog && *client != "bcoin")
        );
    }

    #[test]
    fn tests_find_programs_and_purpose_in_the_record() {
        let record = pushed(&ALL[0]).record("127.0.0.1:5055");
        assert_eq!(record["programs"]["bitcoind"], "/cache/p/bitcoind");
        assert_eq!(record["reference"], "127.0.0.1:5055/bitcoin/bitcoin@sha256:ab");
        assert_eq!(record["purpose"], "catalog");
        assert!(record["app"].is_null());
        let bcoin = ALL.iter().find(|one| one.client == "bcoin").unwrap();
        assert_eq!(pushed(bcoin).record("127.0.0.1:5055")["app"], "/cache/p/app.tar");
    }
}
