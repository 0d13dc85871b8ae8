//! The real things that tests run against, how tests are told about them, and their end.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::Value;

use super::leftovers;
use crate::engine::{self, Engine};
use crate::images::Images;
use crate::registry;
use crate::session::Session;

/// What a full run has and a fast one has not.
#[derive(Debug)]
pub(super) struct Real<'a> {
    pub(super) engine: Engine,
    pub(super) images: &'a Images,
    /// The folder whose `bin` holds the tools.
    pub(super) tools: PathBuf,
    /// Nodes that were in the engine before: a person's own are not leftovers.
    pub(super) before: leftovers::Owned,
}

impl Real<'_> {
    /// The variables from which tests learn what this machine offers.
    pub(super) fn variables(&self, display: &str, artifacts: &Path, programs: &Path) -> Vec<(&'static str, OsString)> {
        let mut variables = vec![
            ("FREEHOLD_TEST_ENGINE", self.engine.url.clone().into()),
            ("FREEHOLD_TEST_OVERLAY", self.images.overlay.clone().into()),
            ("FREEHOLD_TEST_IMAGES", self.images.record.clone().into()),
            ("FREEHOLD_TEST_BITCOIN", self.images.programs.clone().into()),
            ("FREEHOLD_TEST_BITCOIND", self.images.programs.join("bitcoind").into()),
            ("FREEHOLD_TEST_TOOLS", self.tools.clone().into()),
            ("FREEHOLD_TEST_ARTIFACTS", artifacts.into()),
            ("FREEHOLD_TEST_BIN", programs.into()),
            ("FREEHOLD_TEST_DISPLAY", display.into()),
        ];
        variables.extend(programs_of(&self.images.record));
        variables
    }
}

/// Programs that the probe is tested against, by the variable that names each.
const PROGRAMS: [(&str, &str); 6] = [
    ("FREEHOLD_TEST_LITECOIND", "litecoind"),
    ("FREEHOLD_TEST_MONEROD", "monerod"),
    ("FREEHOLD_TEST_ANVIL", "anvil"),
    ("FREEHOLD_TEST_ELECTRS", "electrs"),
    ("FREEHOLD_TEST_TOR", "tor"),
    ("FREEHOLD_TEST_NOSTR_RELAY", "nostr-rs-relay"),
];

/// Those that the record of the images names; a test without its program says that it is left out.
fn programs_of(record: &Path) -> Vec<(&'static str, OsString)> {
    let text = std::fs::read_to_string(record).unwrap_or_default();
    let record: Value = serde_json::from_str(&text).unwrap_or_default();
    let images = record["images"].as_array().cloned().unwrap_or_default();
    let path = |program: &str| {
        images
            .iter()
            .find_map(|image| image["programs"][program].as_str().map(OsString::from))
    };
    PROGRAMS
        .iter()
        .filter_map(|(variable, program)| Some((*variable, path(program)?)))
        .collect()
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
