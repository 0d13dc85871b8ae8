//! Removing an image that is no longer needed.
//!
//! The one rule: only the reference by digest goes, never by force. A container that was made from the image and a name
//! that somebody else gave it keep it on the engine.

use bollard::query_parameters::RemoveImageOptionsBuilder;
use freehold_model::{EngineKind, ImageReference};
use serde_json::Value;

use crate::engine::CHANGE_LIMIT;
use crate::{Engine, EngineError};

const OPERATION: &str = "Removing the image";

/// What became of the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageRemoval {
    /// It is gone; the image's bytes too, unless it has other names.
    Removed,
    /// A container, running or stopped, was made from it; nothing was changed.
    InUse,
    /// The engine did not hold it under this name and digest.
    Absent,
}

impl Engine {
    /// Removes the engine's reference `repository@digest`, and with the last name the image. Never by force.
    pub async fn remove_image(&self, image: &ImageReference) -> Result<ImageRemoval, EngineError> {
        match self.facts().kind {
            EngineKind::Docker => self.drop_reference(&image.pinned()).await,
            EngineKind::Podman => self.remove_from_podman(&image.pinned()).await,
        }
    }

    async fn drop_reference(&self, pinned: &str) -> Result<ImageRemoval, EngineError> {
        let options = RemoveImageOptionsBuilder::new().force(false).noprune(true).build();
        let done = self
            .change(OPERATION, CHANGE_LIMIT, |docker| async move {
                docker.remove_image(pinned, Some(options), None).await
            })
            .await;
        match done {
            Ok(_) => Ok(ImageRemoval::Removed),
            Err(EngineError::NoSuchImage { .. }) => Ok(ImageRemoval::Absent),
            Err(EngineError::Refused { reason, .. }) if is_in_use(&reason) => Ok(ImageRemoval::InUse),
            Err(EngineError::Refused { reason, .. }) if is_unknown_name(&reason) => Ok(ImageRemoval::Absent),
            Err(error) => Err(error),
        }
    }

    /// Podman finds an image by its digest under any repository and then removes it as a whole, so it is asked first
    /// whether this very reference is one of the image's names. Where it is, only that name goes.
    async fn remove_from_podman(&self, pinned: &str) -> Result<ImageRemoval, EngineError> {
        let list = self.read("Looking for an image", "/v4.0.0/libpod/images/json").await?;
        let names = list
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|image| image.get("Names"));
        let is_a_name = names
            .filter_map(Value::as_array)
            .flatten()
            .any(|name| name.as_str() == Some(pinned));
        if is_a_name {
            self.drop_reference(pinned).await
        } else {
            Ok(ImageRemoval::Absent)
        }
    }
}

/// Docker: `conflict: unable to remove repository reference … container … is using its referenced image`. Podman: `image
/// used by …: image is in use by a container`.
fn is_in_use(reason: &str) -> bool {
    let reason = reason.to_ascii_lowercase();
    [
        "is using its referenced image",
        "in use by a container",
        "is being used by",
    ]
    .iter()
    .any(|part| reason.contains(part))
}

fn is_unknown_name(reason: &str) -> bool {
    let reason = reason.to_ascii_lowercase();
    ["tag not known", "image not known", "no such image", "not found"]
        .iter()
        .any(|part| reason.contains(part))
}
