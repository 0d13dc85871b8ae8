//! Writes what was pushed: `images.toml`, which the app reads as a catalog overlay, and `images.json` for tests.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use super::bitcoin_core::Programs;
use super::oci::Image;
use super::recipe;
use crate::files;
use crate::paths::Places;

/// The folder for `--catalog`, and the record beside it.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) overlay: PathBuf,
    pub(super) record: PathBuf,
}

pub(super) fn write(places: &Places, registry: &str, image: &Image, programs: &Programs) -> Result<Written> {
    let folder = places.state.join("images");
    let written = Written {
        overlay: folder.join("overlay"),
        record: folder.join("images.json"),
    };
    files::write(
        &written.overlay.join("images.toml"),
        toml(registry, image.digest()).as_bytes(),
    )?;
    let repository = format!("{registry}/{}", recipe::REPOSITORY);
    let paths = recipe::PROGRAMS
        .iter()
        .map(|name| ((*name).to_owned(), path(&programs.path(name))));
    let record = json!({
        "schema_version": 1,
        "registry": registry,
        "overlay": path(&written.overlay),
        "images": [{
            "client": recipe::CLIENT,
            "service": recipe::SERVICE,
            "reference": format!("{repository}@{}", image.digest()),
            "repository": repository,
            "tag": recipe::TAG,
            "digest": image.digest(),
            "platforms": [platform()],
            "programs": paths.collect::<serde_json::Map<_, _>>(),
        }],
    });
    files::write(&written.record, format!("{record:#}\n").as_bytes())?;
    Ok(written)
}

fn toml(registry: &str, digest: &str) -> String {
    let (client, service, repository, tag) = (recipe::CLIENT, recipe::SERVICE, recipe::REPOSITORY, recipe::TAG);
    format!(
        "# Written by `cargo xtask images`: the node images of this machine's own registry.\n\
         schema_version = 1\n\n\
         [[image]]\n\
         client = \"{client}\"\n\
         service = \"{service}\"\n\
         repository = \"{registry}/{repository}\"\n\
         tag = \"{tag}\"\n\
         digest = \"{digest}\"\n\
         platforms = [\"{}\"]\n",
        platform()
    )
}

fn platform() -> String {
    format!("linux/{}", recipe::architecture())
}

fn path(path: &std::path::Path) -> Value {
    Value::from(path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_overlay_names_registry_and_digest() {
        let text = toml("127.0.0.1:5055", "sha256:ab");
        for line in [
            "repository = \"127.0.0.1:5055/bitcoin/bitcoin\"",
            "tag = \"31.99\"",
            "digest = \"sha256:ab\"",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
    }
}
