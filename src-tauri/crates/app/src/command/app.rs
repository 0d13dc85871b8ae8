//! The application as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use freehold_contract::{
    AppSnapshot, Change, Empty, EngineSetupRequest, EngineView, NodeList, OutboundHost, ResourceReport,
};
use freehold_model::{DesiredState, Fault, ImageReference};

use crate::{App, view};

/// Looking for the engine takes a few refused connections; this is plenty.
const LOOK: Duration = Duration::from_secs(5);

impl App {
    /// Everything a window needs at start, with the number of the next event.
    pub async fn app_snapshot(&self, _: Empty) -> Result<AppSnapshot, Fault> {
        // The number first: a change between the two is then sent again, never lost.
        let revision = self.0.hub.revision();
        Ok(AppSnapshot {
            revision,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            engine: self.engine_now(),
            nodes: self.0.fleet.snapshots().iter().map(|node| self.view_of(node)).collect(),
            catalog: self.0.shelf.listing(),
            machine: self.0.usage.machine(),
            notices: self.notices(),
            settings: self.settings_view(),
            data_dir: self.0.layout.root().display().to_string(),
            home: self.0.config.home.display().to_string(),
            outbound: self.outbound(),
        })
    }

    /// The engine as seen now.
    pub(crate) fn engine_now(&self) -> EngineView {
        let (state, config) = (self.0.link.state().borrow().clone(), &self.0.config);
        view::engine_view(
            &state,
            &config.engine_environment,
            &config.elevation,
            self.0.setup.view(),
        )
    }

    /// Tells everybody who listens of the engine as seen now.
    pub(crate) fn tell_engine(&self) {
        self.0.hub.send(Change::Engine {
            engine: Box::new(self.engine_now()),
        });
    }

    /// Looks for the container engine again.
    pub async fn engine_check(&self, _: Empty) -> Result<EngineView, Fault> {
        self.0.link.check_now();
        // The link answers through its state; a short wait catches most of it, the rest comes as an event.
        tokio::time::sleep(Duration::from_millis(300)).await;
        self.settle(LOOK).await;
        Ok(self.engine_now())
    }

    /// Runs the guide's commands to get an engine, with the user's consent to exactly these. Returns once they have begun.
    pub async fn engine_setup(&self, request: EngineSetupRequest) -> Result<EngineView, Fault> {
        self.begin_setup(&request)
    }

    /// What the machine and every node use now.
    pub async fn resources(&self, _: Empty) -> Result<ResourceReport, Fault> {
        self.settle(LOOK).await;
        self.freshen().await;
        Ok(ResourceReport {
            machine: self.0.usage.machine(),
            nodes: self.0.usage.of_nodes(&self.measured()),
        })
    }

    /// Stops every running node; used by the quit question.
    pub async fn stop_all(&self, request: Empty) -> Result<NodeList, Fault> {
        for node in self.0.fleet.snapshots() {
            if node.record.desired == DesiredState::Running {
                self.desire(&node.record.id, DesiredState::Stopped).await?;
            }
        }
        self.node_list(request).await
    }

    /// Every host that is contacted, and why: registries by the engine, peers by the nodes, nothing by Freehold.
    fn outbound(&self) -> Vec<OutboundHost> {
        let mut hosts = BTreeMap::new();
        for spec in self.0.shelf.specs() {
            for service in &spec.services {
                hosts
                    .entry(ImageReference::registry_of(&service.image.repository).to_owned())
                    .or_insert_with(BTreeSet::new)
                    .insert(spec.name.clone());
            }
        }
        let registries = hosts.into_iter().map(|(host, clients)| OutboundHost {
            host,
            purpose: format!(
                "images of {}, only when you install one",
                clients.into_iter().collect::<Vec<_>>().join(", ")
            ),
            by: "engine".to_owned(),
        });
        let nodes = self.0.fleet.snapshots();
        let peers = nodes
            .iter()
            .filter(|node| node.record.desired == DesiredState::Running)
            .map(|node| OutboundHost {
                host: "peers of the network".to_owned(),
                purpose: format!("{} talks to other nodes of {}", node.record.name, node.record.network),
                by: "node".to_owned(),
            });
        let contacts = nodes
            .iter()
            .filter(|node| node.record.desired == DesiredState::Running)
            .flat_map(|node| {
                let listed = node.spec.iter().flat_map(|spec| &spec.contacts);
                listed.map(|contact| OutboundHost {
                    host: contact.host.clone(),
                    purpose: format!("{}: {}", node.record.name, contact.purpose),
                    by: "node".to_owned(),
                })
            });
        registries.chain(peers).chain(contacts).collect()
    }
}
