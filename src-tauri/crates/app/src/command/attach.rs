//! Nodes that somebody else runs on this machine: watched and offered to wallets, never touched.

use freehold_contract::{AttachRequest, Change, NodeView};
use freehold_model::spec::NodeSpec;
use freehold_model::{Credential, Endpoint, ExternalNode, Fault, FaultCode, NodeRecord, ProbeFailure, Secret};
use freehold_store::{ActivityKind, secret};
use freehold_supervisor::EXTERNAL_PASSWORD;

use super::node::supervisor_fault;
use super::prepare::{Structure, choose_network};
use crate::App;

impl App {
    /// Watches a node that somebody else runs on this machine, and offers it to wallets. Changes nothing there.
    ///
    /// It is asked first which chain it follows: a dead endpoint, a wrong password or another chain is a fault.
    pub async fn node_attach(&self, request: AttachRequest) -> Result<NodeView, Fault> {
        let _order = self.0.orders.lock().await;
        let spec = self.0.shelf.find(&request.client)?;
        let network = choose_network(&spec, request.network.as_deref())?;
        let endpoint = read_endpoint(&spec, &request)?;
        let identity = spec
            .network(&network)
            .map(|network| network.identity.clone())
            .unwrap_or_default();
        freehold_probe::identify(&endpoint, &identity)
            .await
            .map_err(|failure| endpoint_fault(&endpoint, &failure))?;
        let (id, name) = self.choose_name(&spec, &network, request.name.as_deref(), &Structure::default())?;
        let mut record = NodeRecord::new(
            id.clone(),
            spec.id.clone(),
            network,
            self.0.layout.chain_data(&id),
            self.0.config.clock.now(),
        );
        record.name = name;
        record.external = Some(ExternalNode {
            host: endpoint.host.clone(),
            port: endpoint.port,
            user: endpoint.credential.as_ref().map(|credential| credential.user.clone()),
        });
        // Offers are made by port name; the external node has the one that was named.
        let offered = spec
            .endpoints
            .iter()
            .find(|offered| offered.protocol == endpoint.protocol);
        let port = offered.map_or(&spec.probe.port, |offered| &offered.port);
        record.ports.insert(port.clone(), endpoint.port);
        if let Some(credential) = &endpoint.credential {
            secret::set_named(&self.0.layout, &id, EXTERNAL_PASSWORD, &credential.password)
                .map_err(|error| error.to_fault())?;
        }
        let text = format!(
            "{} is watched from now on; it is not Freehold's to start or stop",
            record.name
        );
        self.0.fleet.install(record).map_err(|error| supervisor_fault(&error))?;
        self.note(ActivityKind::Node, Some(id.as_str()), &text);
        self.0.hub.send(Change::Wallets {});
        Ok(self.view_of(&self.find_node(id.as_str())?))
    }
}

fn read_endpoint(spec: &NodeSpec, request: &AttachRequest) -> Result<Endpoint, Fault> {
    let bad = |reason: String| Fault::new(FaultCode::BadRequest).with("reason", reason);
    let mut endpoint: Endpoint = request
        .endpoint
        .parse()
        .map_err(|error| bad(format!("`{}`: {error}", request.endpoint)))?;
    let spoken: Vec<&str> = spec.endpoints.iter().map(|offered| offered.protocol.scheme()).collect();
    if !spec
        .endpoints
        .iter()
        .any(|offered| offered.protocol == endpoint.protocol)
    {
        return Err(bad(format!(
            "{} does not speak {}; it speaks {}",
            spec.name,
            endpoint.protocol,
            spoken.join(", ")
        )));
    }
    if !matches!(endpoint.host.as_str(), "127.0.0.1" | "localhost" | "::1") {
        return Err(bad(format!("{} is not this machine", endpoint.host)));
    }
    endpoint.credential = request.user.clone().map(|user| Credential {
        user,
        password: Secret::new(request.password.clone().unwrap_or_default()),
    });
    Ok(endpoint)
}

/// Why an endpoint cannot be used, as a fault.
fn endpoint_fault(endpoint: &Endpoint, failure: &ProbeFailure) -> Fault {
    match failure {
        ProbeFailure::WrongChain { expected, found } => Fault::new(FaultCode::WrongChain)
            .with("node", endpoint)
            .with("expected", expected)
            .with("found", found),
        ProbeFailure::AuthenticationFailed
        | ProbeFailure::WarmingUp { .. }
        | ProbeFailure::Silent { .. }
        | ProbeFailure::Unreadable { .. } => Fault::new(FaultCode::AttachFailed)
            .with("endpoint", endpoint)
            .with("reason", failure),
    }
}
