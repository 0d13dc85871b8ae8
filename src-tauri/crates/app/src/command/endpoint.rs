//! Endpoints and their passwords.

use freehold_contract::{CredentialRequest, EndpointList, EndpointRequest, RevealedCredential};
use freehold_model::{Fault, FaultCode};
use freehold_store::secret;

use crate::{App, view};

impl App {
    /// URLs that wallets can use, of one node or all.
    pub async fn endpoint_list(&self, request: EndpointRequest) -> Result<EndpointList, Fault> {
        let nodes = match &request.node {
            Some(text) => vec![self.find_node(text)?],
            None => self.0.fleet.snapshots(),
        };
        let endpoints = nodes
            .iter()
            .flat_map(|node| view::endpoints(node, &self.0.layout))
            .collect();
        Ok(EndpointList { endpoints })
    }

    /// The password of one consumer of a node. Only for showing it to the user who asked.
    pub async fn credential_reveal(&self, request: CredentialRequest) -> Result<RevealedCredential, Fault> {
        let node = self.find_node(&request.node)?;
        let is_offered = view::endpoints(&node, &self.0.layout)
            .iter()
            .any(|row| row.consumer == request.consumer);
        if !is_offered {
            let reason = format!("{} has no credential for `{}`", node.record.name, request.consumer);
            return Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
        }
        let kept = secret::load_or_make(&self.0.layout, &node.record.id, &request.consumer)
            .map_err(|error| error.to_fault())?;
        Ok(RevealedCredential {
            user: kept.consumer,
            password: kept.password.expose().to_owned(),
        })
    }
}
