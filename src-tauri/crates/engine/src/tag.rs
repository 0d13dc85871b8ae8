//! What a tag points to now: how a newer image is noticed.
//!
//! The one rule: a tag is only ever looked at. What is installed is the digest that it pointed to, after a person agreed.

use std::time::Duration;

use freehold_model::{Digest, EngineKind, ImageReference};
use hyper::Method;
use serde_json::Value;

use crate::engine::CHANGE_LIMIT;
use crate::error::classify::{self, Wanted};
use crate::image::{is_absence, repo_digests};
use crate::pull::Aggregator;
use crate::wire::{encoded, path_with_query};
use crate::{Engine, EngineError};

/// Registries answer for one manifest within seconds; the engine gives up on a silent one by itself before this.
const REGISTRY_LIMIT: Duration = Duration::from_mins(1);
const OPERATION: &str = "Asking the registry for a tag";

/// What a tag points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedTag {
    /// The digest; of the list of platforms where the tag names one.
    pub digest: Digest,
    /// Platforms that it offers, for example `linux/amd64`; only the engine's own where the image had to be downloaded.
    pub platforms: Vec<String>,
    /// How it was found out.
    pub how: ResolvedBy,
}

/// How a tag was looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResolvedBy {
    /// The engine asked the registry; nothing was downloaded.
    Asking,
    /// The engine cannot ask, so it downloaded the image, which it now holds by its digest (Podman).
    Download,
}

impl Engine {
    /// Finds out what `repository:tag` points to now.
    ///
    /// Errors: [`EngineError::RegistryUnreachable`], [`EngineError::ImageMissing`] where the registry does not know the
    /// tag, and those of [`Engine::pull`] where the engine can only find out by downloading.
    pub async fn resolve_tag(&self, repository: &str, tag: &str) -> Result<ResolvedTag, EngineError> {
        let wanted = Wanted {
            image: format!("{repository}:{tag}"),
            registry: ImageReference::registry_of(repository),
            expected: tag,
            offered: String::new(),
        };
        match self.facts().kind {
            EngineKind::Docker => self.ask_registry(&wanted).await,
            // It answers 404 to the question.
            EngineKind::Podman => self.resolve_by_download(repository, tag, &wanted).await,
        }
    }

    async fn ask_registry(&self, wanted: &Wanted<'_>) -> Result<ResolvedTag, EngineError> {
        let name: Vec<String> = wanted.image.split('/').map(encoded).collect();
        let path = format!("/distribution/{}/json", name.join("/"));
        let asked = self.asked(OPERATION, REGISTRY_LIMIT);
        let reply = match self.wire().json(&path, asked).await {
            Ok(reply) => reply,
            Err(EngineError::Refused { reason, .. }) => {
                return Err(classify::pull(wanted, self.place(), &reason));
            }
            Err(EngineError::TimedOut { .. }) => {
                return Err(EngineError::RegistryUnreachable {
                    registry: wanted.registry.to_owned(),
                    reason: format!("it did not answer within {} s", REGISTRY_LIMIT.as_secs()),
                });
            }
            Err(error) => return Err(error),
        };
        let digest = reply.pointer("/Descriptor/digest").and_then(Value::as_str);
        let digest = digest.and_then(|text| text.parse().ok()).ok_or_else(no_digest)?;
        let platforms = reply.get("Platforms").and_then(Value::as_array);
        Ok(ResolvedTag {
            digest,
            platforms: platforms.map(Vec::as_slice).map(platform_names).unwrap_or_default(),
            how: ResolvedBy::Asking,
        })
    }

    async fn resolve_by_download(
        &self,
        repository: &str,
        tag: &str,
        wanted: &Wanted<'_>,
    ) -> Result<ResolvedTag, EngineError> {
        let was_there = self.inspect_image(&wanted.image).await?.is_some();
        let mut progress = Aggregator::of(wanted.image.clone());
        self.pull_reference(&wanted.image, wanted, &mut progress, &mut |_| {})
            .await?;
        let path = format!("/v4.0.0/libpod/images/{}/json", encoded(&wanted.image));
        let image = match self.read(OPERATION, &path).await {
            Err(EngineError::Refused { reason, .. }) if is_absence(&reason) => return Err(no_digest()),
            other => other?,
        };
        let digest = digest_of(repository, &image).ok_or_else(no_digest)?;
        if !was_there {
            // Held by digest as everything else of ours, so that `remove_image` can remove it; no tag is left behind.
            let pinned = format!("{repository}@{digest}");
            self.pull_reference(&pinned, wanted, &mut progress, &mut |_| {}).await?;
            let path = format!("/v4.0.0/libpod/images/{}/untag", encoded(&wanted.image));
            let path = path_with_query(&path, &[("repo", repository), ("tag", tag)]);
            let asked = self.asked("Forgetting the tag", CHANGE_LIMIT);
            self.wire().open(Method::POST, &path, asked).await?;
        }
        let text = |name: &str| image.get(name).and_then(Value::as_str).unwrap_or_default();
        Ok(ResolvedTag {
            digest,
            platforms: vec![format!("{}/{}", text("Os"), text("Architecture"))],
            how: ResolvedBy::Download,
        })
    }
}

fn no_digest() -> EngineError {
    EngineError::Refused {
        operation: OPERATION,
        reason: "the engine names no digest for it".to_owned(),
    }
}

/// The digest of an image of Podman's that was just pulled by tag. It records several under one repository where the
/// tag names a list of platforms; its `Digest` is then the list's.
fn digest_of(repository: &str, image: &Value) -> Option<Digest> {
    let known: Vec<String> = repo_digests(image)
        .iter()
        .filter_map(|entry| entry.split_once('@'))
        .filter(|(name, _)| *name == repository)
        .map(|(_, digest)| digest.to_owned())
        .collect();
    let own = image.get("Digest").and_then(Value::as_str);
    let chosen = known.iter().find(|digest| Some(digest.as_str()) == own);
    chosen.or_else(|| known.first())?.parse().ok()
}

/// Platforms as registries name them. What is of no platform (signatures, build records) is left out.
fn platform_names(platforms: &[Value]) -> Vec<String> {
    let mut names = Vec::new();
    for platform in platforms {
        let text = |name: &str| platform.get(name).and_then(Value::as_str).unwrap_or_default();
        let (os, architecture, variant) = (text("os"), text("architecture"), text("variant"));
        if os.is_empty() || architecture.is_empty() || os == "unknown" || architecture == "unknown" {
            continue;
        }
        let name = match (architecture, variant) {
            // Every 64-bit Arm image is of variant 8; the catalog and the engines leave it out.
            (_, "") | ("arm64", "v8") => format!("{os}/{architecture}"),
            _ => format!("{os}/{architecture}/{variant}"),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{digest_of, platform_names};

    #[test]
    fn platforms_are_named_as_the_catalog_names_them() {
        let platforms = json!([
            {"architecture": "amd64", "os": "linux"}, {"architecture": "arm64", "os": "linux", "variant": "v8"},
            {"architecture": "arm", "os": "linux", "variant": "v7"}, {"architecture": "unknown", "os": "unknown"},
            {"architecture": "amd64", "os": "linux"}
        ]);
        let names = platform_names(platforms.as_array().expect("a list"));
        assert_eq!(names, ["linux/amd64", "linux/arm64", "linux/arm/v7"]);
    }

    #[test]
    fn the_digest_is_of_the_list_and_of_the_asked_repository() {
        let digest = |digits: &str| format!("sha256:{}", digits.repeat(32));
        let image = json!({"Digest": digest("bb"), "RepoDigests": [
            format!("localhost/mine@{}", digest("bb")), format!("r.example/a@{}", digest("aa")),
            format!("r.example/a@{}", digest("bb"))
        ]});
        let found = |repository: &str| digest_of(repository, &image).map(|digest| digest.to_string());
        assert_eq!(found("r.example/a"), Some(digest("bb")));
        assert_eq!(found("localhost/mine"), Some(digest("bb")));
        assert_eq!(found("r.example/b"), None, "another repository's digest is no answer");
    }
}
