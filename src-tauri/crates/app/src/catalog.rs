//! The catalog that the application works with, read once at start.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use freehold_catalog::Catalog;
use freehold_contract::CatalogListing;
use freehold_model::{ClientId, Fault, FaultCode, NodeSpec};

use crate::view::{entry_view, problem_view};

/// Entries by id, shared with every node's task.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    catalog: Arc<Catalog>,
    specs: Arc<BTreeMap<ClientId, Arc<NodeSpec>>>,
}

impl Shelf {
    pub(crate) fn load(overlay: Option<&Path>) -> Self {
        let catalog = Catalog::load(overlay);
        let specs = catalog
            .entries()
            .map(|entry| (entry.spec.id.clone(), Arc::new(entry.spec.clone())))
            .collect();
        Self {
            catalog: Arc::new(catalog),
            specs: Arc::new(specs),
        }
    }

    pub(crate) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub(crate) fn spec(&self, client: &ClientId) -> Option<Arc<NodeSpec>> {
        self.specs.get(client).cloned()
    }

    /// The entry that a person named.
    pub(crate) fn find(&self, text: &str) -> Result<Arc<NodeSpec>, Fault> {
        let known = || self.specs.keys().map(ClientId::as_str).collect::<Vec<_>>().join(", ");
        ClientId::try_new(text)
            .ok()
            .and_then(|client| self.spec(&client))
            .ok_or_else(|| {
                Fault::new(FaultCode::ClientUnknown)
                    .with("client", text)
                    .with("known", known())
            })
    }

    pub(crate) fn listing(&self) -> CatalogListing {
        CatalogListing {
            entries: self.catalog.entries().map(entry_view).collect(),
            problems: self.catalog.problems().iter().map(problem_view).collect(),
        }
    }
}
