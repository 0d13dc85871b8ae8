//! Endpoints and their passwords.

use freehold_contract::{CredentialRequest, EndpointList, EndpointRequest, RevealedCredential};
use freehold_model::{Fault, FaultCode};
use freehold_store::secret;
use freehold_supervisor::{EXTERNAL_PASSWORD, NodeSnapshot};

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
        let offered = view::endpoints(&node, &self.0.layout)
            .into_iter()
            .find(|row| row.consumer == request.consumer && (row.user.is_some() || row.password_file.is_some()));
        if node.record.is_revoked(&request.consumer) {
            return Err(Fault::new(FaultCode::CredentialRevoked)
                .with("node", &node.record.name)
                .with("consumer", &request.consumer));
        }
        let Some(row) = offered else {
            let reason = format!("{} has no credential for `{}`", node.record.name, request.consumer);
            return Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
        };
        if row.class.is_none() {
            // Not an RPC user of its own: a secret of the node, or what was given for a node that somebody else runs.
            return self.reveal_secret(&node, row.user.unwrap_or_default());
        }
        let kept = secret::load_or_make(&self.0.layout, &node.record.id, &request.consumer)
            .map_err(|error| error.to_fault())?;
        self.hand_out(&node.record, &request.consumer).await;
        Ok(RevealedCredential {
            user: kept.consumer,
            password: kept.password.expose().to_owned(),
        })
    }

    fn reveal_secret(&self, node: &NodeSnapshot, user: String) -> Result<RevealedCredential, Fault> {
        let name = if node.record.external.is_some() {
            Some(EXTERNAL_PASSWORD)
        } else {
            let mut endpoints = node.spec.iter().flat_map(|spec| &spec.endpoints);
            endpoints.find_map(|offered| offered.secret.as_deref())
        };
        let kept = match name {
            Some(name) => {
                secret::load_named(&self.0.layout, &node.record.id, name).map_err(|error| error.to_fault())?
            }
            None => None,
        };
        let password = kept.map(|kept| kept.expose().to_owned()).unwrap_or_default();
        Ok(RevealedCredential { user, password })
    }
}
