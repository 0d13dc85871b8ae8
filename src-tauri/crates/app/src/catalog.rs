//! The catalog that the application works with: read at start, and again when the user's overlay has changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use freehold_catalog::Catalog;
use freehold_contract::CatalogListing;
use freehold_model::{ClientId, Fault, FaultCode, NodeSpec};

use crate::view::{entry_view, problem_view};

/// Entries by id, shared with every node's task.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    overlay: Option<PathBuf>,
    loaded: Arc<RwLock<Arc<Loaded>>>,
}

#[derive(Debug)]
struct Loaded {
    catalog: Catalog,
    specs: BTreeMap<ClientId, Arc<NodeSpec>>,
    /// The overlay's files with their times of change.
    state: Vec<(PathBuf, SystemTime)>,
}

impl Shelf {
    pub(crate) fn load(overlay: Option<&Path>) -> Self {
        Self {
            overlay: overlay.map(Path::to_owned),
            loaded: Arc::new(RwLock::new(Arc::new(read(overlay)))),
        }
    }

    /// Reads the overlay again if a file in it has changed. True where it has.
    pub(crate) fn refresh(&self) -> bool {
        let Some(overlay) = self.overlay.as_deref() else {
            return false;
        };
        if state_of(overlay) == self.loaded().state {
            return false;
        }
        let next = Arc::new(read(Some(overlay)));
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = next;
        true
    }

    fn loaded(&self) -> Arc<Loaded> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn spec(&self, client: &ClientId) -> Option<Arc<NodeSpec>> {
        self.loaded().specs.get(client).cloned()
    }

    /// Every entry, sorted by id.
    pub(crate) fn specs(&self) -> Vec<Arc<NodeSpec>> {
        self.loaded().specs.values().cloned().collect()
    }

    /// The entry that a person named.
    pub(crate) fn find(&self, text: &str) -> Result<Arc<NodeSpec>, Fault> {
        ClientId::try_new(text)
            .ok()
            .and_then(|client| self.spec(&client))
            .ok_or_else(|| {
                let loaded = self.loaded();
                let known: Vec<&str> = loaded.specs.keys().map(ClientId::as_str).collect();
                Fault::new(FaultCode::ClientUnknown)
                    .with("client", text)
                    .with("known", known.join(", "))
            })
    }

    pub(crate) fn entry(&self, client: &ClientId) -> Option<freehold_contract::CatalogEntryView> {
        self.loaded().catalog.find(client).map(entry_view)
    }

    pub(crate) fn listing(&self) -> CatalogListing {
        let loaded = self.loaded();
        CatalogListing {
            entries: loaded.catalog.entries().map(entry_view).collect(),
            problems: loaded.catalog.problems().iter().map(problem_view).collect(),
        }
    }
}

fn read(overlay: Option<&Path>) -> Loaded {
    // Before reading: a change meanwhile is then seen as one.
    let state = overlay.map(state_of).unwrap_or_default();
    let catalog = Catalog::load(overlay);
    let specs = catalog
        .entries()
        .map(|entry| (entry.spec.id.clone(), Arc::new(entry.spec.clone())))
        .collect();
    Loaded { catalog, specs, state }
}

/// The TOML files of an overlay and when they were changed.
fn state_of(overlay: &Path) -> Vec<(PathBuf, SystemTime)> {
    let mut files = Vec::new();
    let mut folders = vec![(overlay.to_owned(), true)];
    while let Some((folder, goes_deeper)) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && goes_deeper {
                folders.push((path, false));
            } else if let Ok(changed) = entry.metadata().and_then(|found| found.modified()) {
                files.push((path, changed));
            }
        }
    }
    files.sort();
    files
}
