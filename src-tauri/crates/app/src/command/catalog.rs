//! The catalog.

use std::path::Path;

use freehold_contract::{CatalogCheckReport, CatalogEntryView, CatalogListing, ClientRequest, Empty, FolderRequest};
use freehold_model::{Fault, FaultCode};

use crate::{App, view};

impl App {
    /// Every catalog entry, and what is wrong with the user's overlay.
    pub async fn catalog_list(&self, _: Empty) -> Result<CatalogListing, Fault> {
        self.0.shelf.refresh();
        Ok(self.0.shelf.listing())
    }

    /// One catalog entry.
    pub async fn catalog_show(&self, request: ClientRequest) -> Result<CatalogEntryView, Fault> {
        let spec = self.0.shelf.find(&request.client)?;
        self.0
            .shelf
            .entry(&spec.id)
            .ok_or_else(|| Fault::new(FaultCode::ClientUnknown).with("client", request.client))
    }

    /// Checks a folder of catalog files.
    pub async fn catalog_check(&self, request: FolderRequest) -> Result<CatalogCheckReport, Fault> {
        Ok(check_folder(Path::new(&request.folder)))
    }
}

/// Checks a folder of catalog files; needs no running application.
pub fn check_folder(folder: &Path) -> CatalogCheckReport {
    let problems = freehold_catalog::check_dir(folder);
    CatalogCheckReport {
        files: count_files(folder, 2),
        problems: problems.iter().map(view::problem_view).collect(),
    }
}

/// TOML files in the folder and its client folders.
fn count_files(folder: &Path, depth: u32) -> u32 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .map(|entry| {
            let path = entry.path();
            if path.is_dir() && depth > 1 {
                count_files(&path, depth - 1)
            } else {
                u32::from(path.extension().is_some_and(|extension| extension == "toml"))
            }
        })
        .sum()
}
