//! Which registries images come from, and when each was last reached.

use std::collections::{BTreeMap, BTreeSet};

use freehold_contract::{Empty, RegistryList, RegistryView};
use freehold_model::{Fault, ImageReference};

use crate::App;

#[derive(Default)]
struct Use {
    clients: BTreeSet<String>,
    nodes: BTreeSet<String>,
}

impl App {
    /// Which registries images come from, and when each was last reached. Asks none of them.
    pub async fn registry_list(&self, _: Empty) -> Result<RegistryList, Fault> {
        let mut found: BTreeMap<String, Use> = BTreeMap::new();
        for spec in self.0.shelf.specs() {
            for service in &spec.services {
                let host = ImageReference::registry_of(&service.image.repository);
                found
                    .entry(host.to_owned())
                    .or_default()
                    .clients
                    .insert(spec.name.clone());
            }
        }
        for node in self.0.fleet.snapshots() {
            for image in node.record.images.values() {
                let entry = found.entry(image.registry().to_owned()).or_default();
                entry.nodes.insert(node.record.name.clone());
            }
        }
        let contacts = self.0.store.registry_contacts().map_err(|error| error.to_fault())?;
        let registries = found.into_iter().map(|(host, used)| {
            let contact = contacts.iter().find(|contact| contact.host == host);
            RegistryView {
                clients: used.clients.into_iter().collect(),
                nodes: used.nodes.into_iter().collect(),
                last_reached: contact.and_then(|contact| contact.reached).map(|at| at.0),
                last_failed: contact.and_then(|contact| contact.failed).map(|at| at.0),
                why: contact.and_then(|contact| contact.why.clone()),
                host,
            }
        });
        Ok(RegistryList {
            registries: registries.collect(),
        })
    }
}
