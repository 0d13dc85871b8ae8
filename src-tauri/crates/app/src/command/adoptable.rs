//! Data folders and nodes that are on this machine already.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use freehold_contract::{AdoptableFolder, AdoptableList, AdoptableNode, AdoptableRequest};
use freehold_model::spec::NodeSpec;
use freehold_model::{Endpoint, Fault};

use super::prepare::markers_in;
use crate::App;

impl App {
    /// Existing data folders and running nodes of this machine that a node could be made from. Changes nothing.
    pub async fn node_adoptable(&self, request: AdoptableRequest) -> Result<AdoptableList, Fault> {
        let specs = match &request.client {
            Some(client) => vec![self.0.shelf.find(client)?],
            None => self.0.shelf.specs(),
        };
        let running = self.running_nodes(&specs).await;
        let app = self.clone();
        let searched = tokio::task::spawn_blocking(move || {
            specs
                .iter()
                .filter(|spec| spec.unavailable.is_none())
                .flat_map(|spec| app.folders_of(spec, request.folder.as_deref()))
                .collect()
        });
        let folders = searched
            .await
            .map_err(|error| Fault::new(freehold_model::FaultCode::Internal).with("reason", error))?;
        Ok(AdoptableList { folders, running })
    }

    /// Folders with this client's markers: the one that was named, and those where the client keeps its data by itself.
    fn folders_of(&self, spec: &NodeSpec, named: Option<&str>) -> Vec<AdoptableFolder> {
        let usual = spec.usual_folders.iter().map(|folder| self.0.config.home.join(folder));
        let named = named.map(PathBuf::from);
        named
            .into_iter()
            .chain(usual)
            .filter_map(|folder| self.folder_of(spec, &folder))
            .collect()
    }

    fn folder_of(&self, spec: &NodeSpec, folder: &Path) -> Option<AdoptableFolder> {
        let network = markers_in(spec, folder)?;
        let problem = match (self.user_of_mount(folder), freehold_host::opened_by(folder)) {
            (Some(node), _) => Some(format!("it belongs to your node {node}")),
            (None, Some(program)) => Some(format!("{program} uses it now")),
            (None, None) => None,
        };
        Some(AdoptableFolder {
            client: spec.id.to_string(),
            folder: folder.display().to_string(),
            network: Some(network),
            bytes: freehold_host::folder_size(folder).unwrap_or(0),
            problem,
        })
    }

    /// Programs that listen on a client's own ports, and foreign containers that publish them.
    async fn running_nodes(&self, specs: &[Arc<NodeSpec>]) -> Vec<AdoptableNode> {
        let containers = match self.engine() {
            Ok(engine) => engine.list_foreign().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let own = self.given_ports();
        let mut found = Vec::new();
        for spec in specs.iter().filter(|spec| spec.unavailable.is_none()) {
            for (network, offered) in spec
                .networks
                .iter()
                .flat_map(|network| spec.endpoints.iter().map(move |offered| (network, offered)))
            {
                let Some(port) = network.ports.get(&offered.port).copied() else {
                    continue;
                };
                let container = containers.iter().find_map(|container| {
                    let published = container
                        .ports
                        .iter()
                        .find(|published| published.container == port && published.protocol == "tcp")?;
                    Some((
                        published.host,
                        format!("container {} ({})", container.name, container.image),
                    ))
                });
                let listener = || freehold_host::port::owner(port).map(|owner| (port, owner));
                let Some((host, owner)) = container.or_else(listener).filter(|(host, _)| !own.contains(host)) else {
                    continue;
                };
                let endpoint = Endpoint {
                    protocol: offered.protocol,
                    host: "127.0.0.1".to_owned(),
                    port: host,
                    credential: None,
                };
                found.push(AdoptableNode {
                    client: spec.id.to_string(),
                    endpoint: endpoint.to_string(),
                    network: Some(network.id.to_string()),
                    owner,
                });
            }
        }
        found
    }
}
