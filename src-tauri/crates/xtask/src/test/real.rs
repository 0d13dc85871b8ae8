//! The real things that tests run against, how tests are told about them, and their end.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{leftovers, node_programs};
use crate::engine::{self, Engine};
use crate::images::Images;
use crate::paths::Places;
use crate::registry;
use crate::session::Session;

/// What a full run has and a fast one has not.
#[derive(Debug)]
pub(super) struct Real<'a> {
    pub(super) engine: Engine,
    pub(super) images: &'a Images,
    /// The folder whose `bin` holds the tools.
    pub(super) tools: PathBuf,
    /// The variables of the wallets that tests run.
    pub(super) wallets: Vec<(&'static str, OsString)>,
    /// Nodes that were in the engine before: a person's own are not leftovers.
    pub(super) before: leftovers::Owned,
}

impl Real<'_> {
    /// The variables from which tests learn what this machine offers.
    pub(super) fn variables(
        &self,
        places: &Places,
        display: &str,
        artifacts: &Path,
    ) -> Result<Vec<(&'static str, OsString)>> {
        let mut variables = vec![
            ("FREEHOLD_TEST_ENGINE", self.engine.url.clone().into()),
            ("FREEHOLD_TEST_OVERLAY", self.images.overlay.clone().into()),
            ("FREEHOLD_TEST_IMAGES", self.images.record.clone().into()),
            ("FREEHOLD_TEST_BITCOIN", self.images.programs.clone().into()),
            ("FREEHOLD_TEST_BITCOIND", self.images.programs.join("bitcoind").into()),
            ("FREEHOLD_TEST_TOOLS", self.tools.clone().into()),
            ("FREEHOLD_TEST_ARTIFACTS", artifacts.into()),
            ("FREEHOLD_TEST_BIN", places.programs(false).into()),
            ("FREEHOLD_TEST_DISPLAY", display.into()),
        ];
        variables.extend(node_programs::variables(places, &self.images.record)?);
        variables.extend(self.wallets.iter().cloned());
        Ok(variables)
    }
}

/// What this run started and ends again.
#[derive(Debug, Default)]
pub(super) struct Started {
    pub(super) engine: bool,
    pub(super) registry: bool,
}

impl Started {
    pub(super) fn end(&self, session: &Session) -> Result<()> {
        if self.registry && registry::stop(&session.places)? {
            println!("The registry that this run started was stopped.");
        }
        if self.engine && engine::stop(&session.places)? {
            println!("The container engine that this run started was stopped.");
        }
        Ok(())
    }
}
