//! Many running regtest nodes, installed through Freehold, and gone when the figure is taken.

use anyhow::{Context as _, Result};

use super::freehold::Freehold;
use crate::process::{A_MOMENT, AN_HOUR, Program};
use crate::steps::Notes;
use crate::test::leftovers::{self, Owned};

/// Nodes between two lines of progress.
const SAY_EVERY: u16 = 10;

/// The nodes of one Freehold; everything in the engine that came with them goes when this is dropped, even after a
/// failure. Other Freeholds may have nodes in the same engine, which are left alone.
#[derive(Debug)]
pub(super) struct Fleet<'a> {
    freehold: &'a Freehold,
    engine: &'a str,
    nodes: u16,
}

impl<'a> Fleet<'a> {
    /// A fleet without nodes.
    pub(super) fn new(freehold: &'a Freehold, engine: &'a str) -> Self {
        Self {
            freehold,
            engine,
            nodes: 0,
        }
    }

    /// Installs nodes through Freehold until there are this many.
    pub(super) fn grow(&mut self, nodes: u16, notes: &Notes) -> Result<()> {
        let freehold = self.freehold;
        while self.nodes < nodes {
            let at = self.nodes + 1;
            let name = format!("bench-{at}");
            if freehold.install(&name).is_err() {
                // Another program may have taken the port that was chosen; a new node chooses anew.
                freehold.erase(&name)?;
                freehold
                    .install(&name)
                    .with_context(|| format!("node {at} of {nodes} did not start"))?;
            }
            self.nodes = at;
            if at.is_multiple_of(SAY_EVERY) || at == nodes {
                notes.say(&format!("{at} of {nodes} nodes run after {}.", notes.elapsed()));
            }
        }
        Ok(())
    }

    /// The address of the engine that it runs in.
    pub(super) fn engine(&self) -> &str {
        self.engine
    }

    /// The names of the fleet's containers, for the engine's command line.
    pub(super) fn containers(&self) -> Result<Vec<String>> {
        let new = self.owned()?;
        Ok(new
            .iter()
            .filter_map(|one| one.strip_prefix("container "))
            .map(str::to_owned)
            .collect())
    }

    fn owned(&self) -> Result<Owned> {
        match self.freehold.instance() {
            Some(instance) => leftovers::owned_by(self.engine, &instance),
            None => Ok(Owned::new()),
        }
    }

    fn down(&self) -> Result<()> {
        let new = self.owned()?;
        let of = |kind: &str| -> Vec<String> {
            new.iter()
                .filter_map(|one| one.strip_prefix(kind)?.strip_prefix(' '))
                .map(str::to_owned)
                .collect()
        };
        let docker = |args: &[&str]| docker(self.engine).args(args);
        let (containers, networks, volumes) = (of("container"), of("network"), of("volume"));
        if !containers.is_empty() {
            docker(&["rm", "--force", "--volumes"])
                .args(containers)
                .output(AN_HOUR)?;
        }
        if !networks.is_empty() {
            docker(&["network", "rm"]).args(networks).output(AN_HOUR)?;
        }
        if !volumes.is_empty() {
            docker(&["volume", "rm", "--force"]).args(volumes).output(A_MOMENT)?;
        }
        Ok(())
    }
}

impl Drop for Fleet<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.down() {
            eprintln!("      the nodes of this figure could not all be removed: {error:#}");
        }
    }
}

/// The engine's own command line.
pub(super) fn docker(engine: &str) -> Program {
    Program::new("docker").arg("--host").arg(engine)
}
