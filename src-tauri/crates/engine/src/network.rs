//! Engine networks, on which a node's containers find each other by name.
//!
//! The one rule: a network is removed only when no container names it, running or not; a stopped container whose
//! network is gone can never be started again.

use std::collections::BTreeMap;

use bollard::models::NetworkCreateRequest;
use serde_json::Value;

use crate::container::hash_map;
use crate::engine::CHANGE_LIMIT;
use crate::wire::{encoded, filters, path_with_query};
use crate::{Engine, EngineError};

impl Engine {
    /// Makes the network where it does not exist.
    pub async fn ensure_network(&self, name: &str, labels: &BTreeMap<String, String>) -> Result<(), EngineError> {
        let _one_at_a_time = self.network_lock().lock().await;
        if self.find_network(name).await?.is_some() {
            return Ok(());
        }
        let request = NetworkCreateRequest {
            name: name.to_owned(),
            driver: Some("bridge".to_owned()),
            labels: Some(hash_map(labels)),
            ..NetworkCreateRequest::default()
        };
        let made = self
            .change("Making the network", CHANGE_LIMIT, |docker| async move {
                docker.create_network(request).await
            })
            .await;
        match made {
            Ok(_) => Ok(()),
            // Another program was faster.
            Err(EngineError::Refused { reason, .. }) if reason.contains("already exists") => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Removes the network unless a container, running or stopped, belongs to it. One that is gone is a success.
    pub async fn remove_network_if_unused(&self, name: &str) -> Result<(), EngineError> {
        let _one_at_a_time = self.network_lock().lock().await;
        if self.find_network(name).await?.is_none() {
            return Ok(());
        }
        let of_network = filters(&[("network", &[name.to_owned()])]);
        let path = path_with_query("/containers/json", &[("all", "true"), ("filters", &of_network)]);
        let members = self.read("Looking who uses the network", &path).await?;
        if members.as_array().is_some_and(|members| !members.is_empty()) {
            return Ok(());
        }
        let done = self
            .change("Removing the network", CHANGE_LIMIT, |docker| async move {
                docker.remove_network(name).await
            })
            .await;
        match done {
            Err(EngineError::Refused { reason, .. }) if is_in_use_or_gone(&reason) => Ok(()),
            other => other,
        }
    }

    async fn find_network(&self, name: &str) -> Result<Option<Value>, EngineError> {
        match self
            .read("Looking for the network", &format!("/networks/{}", encoded(name)))
            .await
        {
            // The engine also answers to the beginning of an id; only the name counts.
            Ok(network) if network.get("Name").and_then(Value::as_str) == Some(name) => Ok(Some(network)),
            Ok(_) => Ok(None),
            Err(EngineError::Refused { reason, .. }) if is_in_use_or_gone(&reason) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn is_in_use_or_gone(reason: &str) -> bool {
    let reason = reason.to_ascii_lowercase();
    ["not found", "no such network", "has active endpoints", "being used"]
        .iter()
        .any(|part| reason.contains(part))
}
