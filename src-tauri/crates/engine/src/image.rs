//! Is a pinned image on the engine?
//!
//! The one rule: an image is present only when the engine itself records the pinned digest for it. A tag proves nothing,
//! and an image loaded into Docker's classic store has lost its digest, so it does not count.

use freehold_model::{ByteSize, Digest, ImageReference};
use serde_json::Value;

use crate::wire::encoded;
use crate::{Engine, EngineError};

mod removal;

pub use removal::ImageRemoval;

/// An image's id on one engine: what containers are made from, so that making one never asks a registry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ImageId(String);

impl ImageId {
    /// Wraps an id that an engine gave out.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as text, for example `sha256:…`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ImageId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an engine says about an image it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) id: ImageId,
    pub(crate) digests: Vec<String>,
    pub(crate) platform: String,
    /// What it takes on the engine's disk, unpacked; layers shared with other images are counted too.
    pub(crate) size: Option<u64>,
}

impl Held {
    fn from_inspect(image: &Value) -> Option<Self> {
        let id = image.get("Id")?.as_str()?;
        // Podman gives ids without the algorithm; both forms name the image in a request.
        let text = |name: &str| image.get(name).and_then(Value::as_str).unwrap_or_default();
        Some(Self {
            id: ImageId::new(id),
            digests: repo_digests(image),
            platform: format!("{}/{}", text("Os"), text("Architecture")),
            size: image.get("Size").and_then(Value::as_u64),
        })
    }

    /// True where the engine records this digest, under whatever name (Podman files loaded images under `localhost/`).
    pub(crate) fn has(&self, digest: &Digest) -> bool {
        has_digest(&self.digests, digest)
    }
}

impl Engine {
    /// The image's id where the engine holds the pinned digest.
    pub async fn find_image(&self, image: &ImageReference) -> Result<Option<ImageId>, EngineError> {
        let by_name = self.inspect_image(&image.pinned()).await?;
        if let Some(held) = by_name.filter(|held| held.has(&image.digest)) {
            return Ok(Some(held.id));
        }
        // The same content may be filed under another name.
        let list = self.read("Looking for an image", "/images/json").await?;
        let images = list.as_array().map(Vec::as_slice).unwrap_or_default();
        let found = images
            .iter()
            .find(|entry| has_digest(&repo_digests(entry), &image.digest));
        Ok(found
            .and_then(|entry| entry.get("Id"))
            .and_then(Value::as_str)
            .map(ImageId::new))
    }

    /// What the image takes on the engine's disk, unpacked; `None` where the engine does not hold it or does not tell.
    /// Layers that other images share are counted here too, so that removing it may free less.
    pub async fn image_bytes(&self, image: &ImageReference) -> Result<Option<ByteSize>, EngineError> {
        let Some(id) = self.find_image(image).await? else {
            return Ok(None);
        };
        let held = self.inspect_image(id.as_str()).await?;
        Ok(held.and_then(|held| held.size).map(ByteSize))
    }

    /// What the engine holds under a name, digest reference or id.
    pub(crate) async fn inspect_image(&self, name: &str) -> Result<Option<Held>, EngineError> {
        // Slashes are part of an image's name in this path; everything else is encoded.
        let name: Vec<String> = name.split('/').map(encoded).collect();
        let path = format!("/images/{}/json", name.join("/"));
        match self.read("Looking for an image", &path).await {
            Ok(reply) => Ok(Held::from_inspect(&reply)),
            Err(EngineError::NoSuchImage { .. }) => Ok(None),
            // Podman and Docker 29 word the absence of a digest reference in several ways, always with 404.
            Err(EngineError::Refused { reason, .. }) if is_absence(&reason) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

pub(crate) fn is_absence(reason: &str) -> bool {
    let reason = reason.to_ascii_lowercase();
    ["no such image", "not found", "not known", "does not exist"]
        .iter()
        .any(|part| reason.contains(part))
}

pub(crate) fn repo_digests(image: &Value) -> Vec<String> {
    let digests = image.get("RepoDigests").and_then(Value::as_array).into_iter().flatten();
    digests.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn has_digest(repo_digests: &[String], digest: &Digest) -> bool {
    repo_digests.iter().any(|entry| {
        entry
            .rsplit_once('@')
            .is_some_and(|(_, found)| found == digest.as_str())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Held;

    #[test]
    fn only_a_recorded_digest_counts() {
        let digest = format!("sha256:{}", "cd".repeat(32)).parse().expect("a digest");
        let held = |digests: serde_json::Value| {
            Held::from_inspect(
                &json!({"Id": "sha256:1", "Os": "linux", "Architecture": "amd64", "RepoDigests": digests}),
            )
            .expect("an image")
        };
        assert!(
            held(json!([
                format!("a/b@sha256:{}", "00".repeat(32)),
                format!("a/b@{digest}")
            ]))
            .has(&digest)
        );
        assert!(
            held(json!([format!("localhost/a/b@{digest}")])).has(&digest),
            "Podman's name of a loaded image"
        );
        assert!(
            !held(json!([])).has(&digest),
            "a loaded image in Docker's classic store has lost its digest"
        );
        assert!(!held(json!(null)).has(&digest));
        assert!(
            !held(json!([format!("a/b@{digest}0")])).has(&digest),
            "a longer text is another digest"
        );
    }
}
