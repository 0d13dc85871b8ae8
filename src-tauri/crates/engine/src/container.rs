//! A container's life: made, started, stopped, removed.
//!
//! The one rule: nothing here contacts a registry. A container is made from an image id that the engine already holds;
//! where it does not, that is an error and never a pull. Every call may be repeated: the wished state is success.

use std::collections::HashMap;
use std::time::Duration;

use bollard::models::{EndpointSettings, NetworkConnectRequest};
use bollard::query_parameters::{
    CreateContainerOptionsBuilder, KillContainerOptionsBuilder, RemoveContainerOptionsBuilder,
    RemoveVolumeOptionsBuilder, StopContainerOptionsBuilder,
};
use freehold_model::ContainerPlan;

use crate::engine::CHANGE_LIMIT;
use crate::image::ImageId;
use crate::{Engine, EngineError};

mod body;
mod limits;

pub use limits::LimitsSet;
pub(crate) use limits::limits_of;

/// An engine needs this long beyond the grace period to end and clean up a container.
const AFTER_GRACE: Duration = Duration::from_mins(1);

impl Engine {
    /// Makes the container, hardened, and returns its id. It is not started.
    ///
    /// Errors: [`EngineError::NoSuchImage`] where the engine does not hold the image.
    pub async fn create(&self, plan: &ContainerPlan, image: &ImageId) -> Result<String, EngineError> {
        let body = body::container(plan, image, self.facts().kind, self.has_selinux())?;
        let options = CreateContainerOptionsBuilder::new().name(&plan.name).build();
        let made = self
            .change("Making the container", CHANGE_LIMIT, |docker| async move {
                docker.create_container(Some(options), body).await
            })
            .await?;
        for warning in made.warnings {
            tracing::warn!(
                container = plan.name,
                warning,
                "the engine made the container with a warning"
            );
        }
        Ok(made.id)
    }

    /// Starts the container; one that runs already is left alone.
    ///
    /// Errors: [`EngineError::PortTaken`], [`EngineError::NoSuchContainer`].
    pub async fn start(&self, container: &str) -> Result<(), EngineError> {
        self.change("Starting the container", CHANGE_LIMIT, |docker| async move {
            docker.start_container(container, None).await
        })
        .await
    }

    /// Sends the container's own stop signal and waits for its end; after `grace` the engine kills it.
    pub async fn stop(&self, container: &str, grace: Duration) -> Result<(), EngineError> {
        let seconds = i32::try_from(grace.as_secs()).unwrap_or(i32::MAX);
        let options = StopContainerOptionsBuilder::new().t(seconds).build();
        self.change(
            "Stopping the container",
            grace.saturating_add(AFTER_GRACE),
            |docker| async move { docker.stop_container(container, Some(options)).await },
        )
        .await
    }

    /// Sends the container's first process a signal, for example `SIGKILL`; for what is not running that is nothing.
    /// After `SIGKILL` chain data may need a repair.
    pub async fn kill(&self, container: &str, signal: &str) -> Result<(), EngineError> {
        let options = KillContainerOptionsBuilder::new().signal(signal).build();
        let done = self
            .change("Sending the container a signal", CHANGE_LIMIT, |docker| async move {
                docker.kill_container(container, Some(options)).await
            })
            .await;
        unless_so_already(done, &["is not running", "can only kill running containers"])
    }

    /// Removes the container with its anonymous volumes; folders and named volumes stay. A container that is gone or
    /// going is a success. A running one is refused.
    pub async fn remove(&self, container: &str) -> Result<(), EngineError> {
        let options = RemoveContainerOptionsBuilder::new().v(true).build();
        let done = self
            .change("Removing the container", CHANGE_LIMIT, |docker| async move {
                docker.remove_container(container, Some(options)).await
            })
            .await;
        unless_so_already(done, &["already in progress", "is being removed"])
    }

    /// Removes a named volume with everything in it. One that is gone is a success; one in use is refused.
    pub async fn remove_volume(&self, name: &str) -> Result<(), EngineError> {
        let options = RemoveVolumeOptionsBuilder::new().force(false).build();
        let done = self
            .change("Removing the volume", CHANGE_LIMIT, |docker| async move {
                docker.remove_volume(name, Some(options)).await
            })
            .await;
        unless_so_already(done, &["no such volume", "no volume with name"])
    }

    /// Joins the container to one more network, under these names. One that is a member already is a success.
    pub async fn connect(&self, container: &str, network: &str, aliases: &[String]) -> Result<(), EngineError> {
        let endpoint = EndpointSettings {
            aliases: Some(aliases.to_vec()),
            ..EndpointSettings::default()
        };
        let request = NetworkConnectRequest {
            container: container.to_owned(),
            endpoint_config: Some(endpoint),
        };
        let done = self
            .change("Joining the network", CHANGE_LIMIT, |docker| async move {
                docker.connect_network(network, request).await
            })
            .await;
        match done {
            Err(gone @ EngineError::NoSuchContainer { .. }) => Err(gone),
            other => unless_so_already(other, &["already exists in network", "is already connected"]),
        }
    }
}

/// A refusal because the wished state holds already is a success, and so is the container's absence.
fn unless_so_already(done: Result<(), EngineError>, parts: &[&str]) -> Result<(), EngineError> {
    match done {
        Err(EngineError::Refused { reason, .. })
            if parts.iter().any(|part| reason.to_ascii_lowercase().contains(part)) =>
        {
            Ok(())
        }
        Err(EngineError::NoSuchContainer { .. }) => Ok(()),
        other => other,
    }
}

/// An ordered map as the hash map that bollard wants.
pub(crate) fn hash_map(map: &std::collections::BTreeMap<String, String>) -> HashMap<String, String> {
    map.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}
