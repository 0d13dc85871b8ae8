//! Remembers which image came out of which files, so that a run that has nothing to do packs nothing.

use std::path::PathBuf;

use anyhow::Result;

use crate::files;
use crate::paths::Places;

/// The digest of the image that these files gave the last time.
pub(super) fn digest(places: &Places, fingerprint: &str) -> Option<String> {
    let text = std::fs::read_to_string(file(places, fingerprint)).ok()?;
    Some(text.trim().to_owned()).filter(|digest| digest.starts_with("sha256:"))
}

pub(super) fn remember(places: &Places, fingerprint: &str, digest: &str) -> Result<()> {
    files::write(&file(places, fingerprint), format!("{digest}\n").as_bytes())
}

fn file(places: &Places, fingerprint: &str) -> PathBuf {
    places.cache.join("images").join(fingerprint)
}
