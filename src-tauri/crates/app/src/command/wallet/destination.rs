//! Where a wallet should be pointed, and the proof that the right chain answers there.

use std::path::Path;

use freehold_contract::SwitchRequest;
use freehold_model::spec::{EndpointSpec, IdentityCheck};
use freehold_model::{Credential, Endpoint, Fault, FaultCode, Network, ObservedState, ProbeFailure, Secret};
use freehold_probe::Identity;
use freehold_store::secret;
use freehold_supervisor::{EXTERNAL_PASSWORD, NodeSnapshot};
use freehold_wallets::Adapter;

use crate::App;
use crate::command::guide::offers as offered_by;

/// A password file is one line; anything longer is another file.
const LONGEST_PASSWORD: u64 = 4096;

/// Where a wallet should be pointed, with what proves the chain.
pub(super) struct Destination {
    pub(super) endpoint: Endpoint,
    pub(super) network: Network,
    pub(super) identity: Vec<IdentityCheck>,
    pub(super) label: String,
    /// The node, where it is one of the user's.
    pub(super) node: Option<NodeSnapshot>,
}

impl App {
    pub(super) fn destination(&self, adapter: &dyn Adapter, request: &SwitchRequest) -> Result<Destination, Fault> {
        let wanted = request.network.as_deref().map(Network::try_new).transpose();
        let wanted = wanted.map_err(|error| Fault::new(FaultCode::BadRequest).with("reason", error))?;
        match (&request.node, &request.to) {
            (Some(node), None) => self.own_destination(adapter, node, wanted),
            (None, Some(to)) => self.foreign_destination(adapter, to, request, wanted.unwrap_or_else(Network::mainnet)),
            (Some(_), Some(_)) | (None, None) => {
                Err(Fault::new(FaultCode::BadRequest).with("reason", "name either a node or an endpoint"))
            }
        }
    }

    /// One of the user's nodes, with the credential that was made for this wallet.
    fn own_destination(
        &self,
        adapter: &dyn Adapter,
        node: &str,
        wanted: Option<Network>,
    ) -> Result<Destination, Fault> {
        let node = self.find_node(node)?;
        let network = node.record.network.clone();
        if let Some(wanted) = wanted.filter(|wanted| *wanted != network) {
            return Err(Fault::new(FaultCode::EndpointWrongChain)
                .with("endpoint", &node.record.name)
                .with("expected", wanted)
                .with("found", network));
        }
        let endpoint = self.own_endpoint(adapter, &node)?;
        if !node
            .services
            .iter()
            .any(|seen| matches!(seen.state, ObservedState::Running { .. }))
        {
            let why = match node.checked_at {
                Some(_) => format!("the node {} does not run", node.record.name),
                None => format!(
                    "the container engine has not said in time whether the node {} runs",
                    node.record.name
                ),
            };
            return Err(Fault::new(FaultCode::EndpointSilent)
                .with("endpoint", &endpoint)
                .with("reason", why));
        }
        Ok(Destination {
            endpoint,
            network,
            identity: identity_of(&node),
            label: node.record.name.clone(),
            node: Some(node),
        })
    }

    /// What this wallet would be pointed at, whether the node runs or not.
    pub(super) fn own_endpoint(&self, adapter: &dyn Adapter, node: &NodeSnapshot) -> Result<Endpoint, Fault> {
        let offered = offered_by(node);
        // The wallet's order: what it does best comes first.
        let usable = adapter
            .protocols()
            .iter()
            .find_map(|spoken| offered.iter().find(|offer| offer.protocol == *spoken));
        let Some(offer) = usable else {
            let offers: Vec<&str> = offered.iter().map(|offer| offer.protocol.scheme()).collect();
            return Err(protocol_fault(adapter, &offers.join(", ")));
        };
        self.endpoint_for(node, offer, adapter.id())
    }

    /// An endpoint of a node with the login of this consumer, where it has one there.
    pub(super) fn endpoint_for(
        &self,
        node: &NodeSnapshot,
        offer: &EndpointSpec,
        consumer: &str,
    ) -> Result<Endpoint, Fault> {
        if node.record.is_revoked(consumer) {
            return Err(Fault::new(FaultCode::CredentialRevoked)
                .with("node", &node.record.name)
                .with("consumer", consumer));
        }
        if let Some(external) = &node.record.external {
            let password = self.named_secret(node, EXTERNAL_PASSWORD)?;
            return Ok(Endpoint {
                protocol: offer.protocol,
                host: external.host.clone(),
                port: external.port,
                credential: external
                    .user
                    .clone()
                    .zip(password)
                    .map(|(user, password)| Credential { user, password }),
            });
        }
        let port = node.record.ports.get(&offer.port).copied().unwrap_or_default();
        let has_credential = node
            .spec
            .iter()
            .flat_map(|spec| &spec.credentials)
            .any(|made| made.consumer == consumer);
        let credential = if has_credential {
            let kept =
                secret::load_or_make(&self.0.layout, &node.record.id, consumer).map_err(|error| error.to_fault())?;
            Some(Credential {
                user: kept.consumer,
                password: kept.password,
            })
        } else {
            // The one login of a client that has no more.
            let password = match &offer.secret {
                Some(name) => self.named_secret(node, name)?,
                None => None,
            };
            offer
                .user
                .clone()
                .zip(password)
                .map(|(user, password)| Credential { user, password })
        };
        Ok(Endpoint {
            protocol: offer.protocol,
            host: "127.0.0.1".to_owned(),
            port,
            credential,
        })
    }

    fn named_secret(&self, node: &NodeSnapshot, name: &str) -> Result<Option<Secret>, Fault> {
        secret::load_named(&self.0.layout, &node.record.id, name).map_err(|error| error.to_fault())
    }

    /// Any endpoint that the user names. Its chain is checked against the catalog's knowledge of that network.
    fn foreign_destination(
        &self,
        adapter: &dyn Adapter,
        to: &str,
        request: &SwitchRequest,
        network: Network,
    ) -> Result<Destination, Fault> {
        let mut endpoint: Endpoint = to.parse().map_err(|error| {
            // The text may hold a password: only its beginning up to the scheme is repeated.
            let shown = to.split_once("://").map_or("(no scheme)", |(scheme, _)| scheme);
            Fault::new(FaultCode::EndpointInvalid)
                .with("endpoint", format_args!("{shown}://…"))
                .with("reason", error)
        })?;
        if !adapter.protocols().contains(&endpoint.protocol) {
            return Err(protocol_fault(adapter, endpoint.protocol.scheme()));
        }
        endpoint.credential = match (&request.user, &request.password_file) {
            (None, None) => None,
            (Some(user), Some(file)) => Some(Credential {
                user: user.clone(),
                password: read_password(Path::new(file))?,
            }),
            (Some(_), None) | (None, Some(_)) => {
                return Err(
                    Fault::new(FaultCode::BadRequest).with("reason", "`--user` and `--password-file` belong together")
                );
            }
        };
        let identity = self.known_identity(&request.wallet, &endpoint, &network);
        let label = endpoint.to_string();
        Ok(Destination {
            endpoint,
            network,
            identity,
            label,
            node: None,
        })
    }

    /// What the catalog knows of a network that is reached by this protocol: of the entries that this wallet can use, since
    /// several chains speak the same protocol.
    fn known_identity(&self, wallet: &str, endpoint: &Endpoint, network: &Network) -> Vec<IdentityCheck> {
        let specs = self.0.shelf.specs();
        let speaks = |spec: &&std::sync::Arc<freehold_model::NodeSpec>| {
            spec.wallets.iter().any(|known| known == wallet)
                && spec.endpoints.iter().any(|offer| offer.protocol == endpoint.protocol)
        };
        specs
            .iter()
            .filter(speaks)
            .find_map(|spec| spec.network(network))
            .map(|network| network.identity.clone())
            .unwrap_or_default()
    }
}

impl App {
    /// Asks the endpoint for its chain, as the wallet would.
    pub(super) async fn prove(&self, destination: &Destination) -> Result<Identity, Fault> {
        let _own = self.own_calls(&destination.endpoint);
        prove(destination).await
    }
}

/// Asks the endpoint for its chain: dead, wrong password, warming up, wrong chain and something else are five faults.
async fn prove(destination: &Destination) -> Result<Identity, Fault> {
    let endpoint = &destination.endpoint;
    let fault = |code| Fault::new(code).with("endpoint", endpoint);
    freehold_probe::identify(endpoint, &destination.identity)
        .await
        .map_err(|failure| match failure {
            ProbeFailure::WarmingUp { message } => fault(FaultCode::EndpointWarmingUp).with("message", message),
            ProbeFailure::AuthenticationFailed => {
                let user = endpoint
                    .credential
                    .as_ref()
                    .map_or("(none)", |credential| credential.user.as_str());
                let refused = fault(FaultCode::EndpointAuth).with("user", user);
                match &destination.node {
                    Some(node) => refused.hint(format!(
                        "The node learns its users at its start: `freehold restart {}` lets it know one that is newer.",
                        node.record.id
                    )),
                    None => refused,
                }
            }
            ProbeFailure::WrongChain { expected, found } => fault(FaultCode::EndpointWrongChain)
                .with("expected", expected)
                .with("found", found),
            ProbeFailure::Silent { reason } => fault(FaultCode::EndpointSilent).with("reason", reason),
            ProbeFailure::Unreadable { reason } => fault(FaultCode::EndpointUnreadable).with("reason", reason),
        })
}

fn read_password(file: &Path) -> Result<Secret, Fault> {
    let failed = |reason: String| {
        Fault::new(FaultCode::BadRequest).with("reason", format_args!("the password file {} {reason}", file.display()))
    };
    let size = std::fs::metadata(file)
        .map_err(|error| failed(format!("cannot be read: {error}")))?
        .len();
    if size > LONGEST_PASSWORD {
        return Err(failed("is too large to be one".to_owned()));
    }
    let text = std::fs::read_to_string(file).map_err(|error| failed(format!("cannot be read: {error}")))?;
    let password = text.trim_end_matches(['\r', '\n']);
    if password.is_empty() || password.contains(['\r', '\n']) {
        return Err(failed("must hold one line".to_owned()));
    }
    Ok(Secret::new(password))
}

fn protocol_fault(adapter: &dyn Adapter, offered: &str) -> Fault {
    let spoken = adapter
        .protocols()
        .iter()
        .map(|protocol| protocol.scheme())
        .collect::<Vec<_>>()
        .join(", ");
    Fault::new(FaultCode::WalletProtocol)
        .because(format_args!(
            "{} speaks {spoken}; the endpoint is {offered}",
            adapter.name()
        ))
        .with("wallet", adapter.name())
}

pub(super) fn identity_of(node: &NodeSnapshot) -> Vec<IdentityCheck> {
    let network = node.spec.as_ref().and_then(|spec| spec.network(&node.record.network));
    network.map(|network| network.identity.clone()).unwrap_or_default()
}
