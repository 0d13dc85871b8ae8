//! The images of a new node: pinned by the catalog, or by the answer of the registry that the user has confirmed.

use freehold_engine::{Engine, ResolvedBy};
use freehold_model::spec::{ImageSpec, NodeSpec};
use freehold_model::{Fault, Finding, ImageReference, Severity};
use freehold_plan::ResolvedOptions;

use super::Images;
use crate::App;

impl App {
    /// The image of each service that the options choose. One whose digest nobody has published is resolved from its tag;
    /// that is a warning, so that nothing is pinned without consent.
    pub(crate) async fn find_images(
        &self,
        spec: &NodeSpec,
        options: &ResolvedOptions,
        engine: Option<&Engine>,
        findings: &mut Vec<Finding>,
    ) -> Images {
        let mut images = Images::new();
        for service in freehold_plan::active_services(spec, options) {
            let name = format!("{}:{}", service.image.repository, service.image.tag);
            match self.known_image(&service.image) {
                Ok(Some(image)) => {
                    images.insert(service.name.clone(), image);
                    continue;
                }
                Ok(None) => {}
                Err(fault) => findings.push(blocker(&fault)),
            }
            let Some(engine) = engine else { continue };
            match self.ask_for_image(engine, &service.image).await {
                Ok((image, how)) => {
                    findings.push(resolved(&name, &image, how));
                    images.insert(service.name.clone(), image);
                }
                Err(fault) => findings.push(blocker(&fault)),
            }
        }
        images
    }

    /// The image where its digest is known: from the catalog, or from an earlier confirmation.
    pub(crate) fn known_image(&self, image: &ImageSpec) -> Result<Option<ImageReference>, Fault> {
        if let Some(pinned) = image.pinned() {
            return Ok(Some(pinned));
        }
        let pin = self
            .0
            .store
            .pin(&image.repository, &image.tag)
            .map_err(|error| error.to_fault())?;
        // A pin that is no digest was not written by this program; it is asked for again.
        let digest = pin.and_then(|pin| pin.digest.parse().ok());
        Ok(digest.map(|digest| image.pinned_to(digest)))
    }

    /// Asks what the tag points to now, through the engine.
    pub(crate) async fn ask_for_image(
        &self,
        engine: &Engine,
        image: &ImageSpec,
    ) -> Result<(ImageReference, ResolvedBy), Fault> {
        let found = engine
            .resolve_tag(&image.repository, &image.tag)
            .await
            .map_err(|error| error.to_fault())?;
        let mut reference = image.pinned_to(found.digest);
        if !found.platforms.is_empty() {
            reference.platforms = found.platforms;
        }
        Ok((reference, found.how))
    }

    /// Keeps the digests that were confirmed, so that the tag is never asked for again.
    pub(crate) fn keep_pins(&self, spec: &NodeSpec, images: &Images) -> Result<(), Fault> {
        let now = self.0.config.clock.now();
        for (service, image) in images {
            let is_unpinned = spec
                .service(service)
                .is_some_and(|service| service.image.digest.is_none());
            if is_unpinned {
                self.0
                    .store
                    .set_pin(&image.repository, &image.tag, image.digest.as_str(), now)
                    .map_err(|error| error.to_fault())?;
            }
        }
        Ok(())
    }
}

fn resolved(name: &str, image: &ImageReference, how: ResolvedBy) -> Finding {
    let how = match how {
        ResolvedBy::Asking => "",
        ResolvedBy::Download => " (it was downloaded for that: this engine cannot only ask)",
    };
    Finding {
        severity: Severity::Warning,
        check: "image".to_owned(),
        message: format!(
            "Nobody has published a digest of {name}. Its registry says {}{how}; from now on exactly that is used.",
            image.digest
        ),
        hint: Some("Compare it with another source if you can; then accept it.".to_owned()),
        fault: None,
    }
}

fn blocker(fault: &Fault) -> Finding {
    Finding {
        severity: Severity::Blocker,
        check: "image".to_owned(),
        message: fault.message(),
        hint: None,
        fault: Some(fault.code),
    }
}
