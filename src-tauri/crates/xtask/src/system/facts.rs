//! Looks at this machine: which of the needed commands, modules and packages are there.

use std::collections::BTreeSet;

use super::needs::{Check, Need};
use super::{System, apt, on_path};
use crate::process::{A_MOMENT, Program};

/// What is there, of what was asked for.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) commands: BTreeSet<String>,
    pub(crate) modules: BTreeSet<String>,
    pub(crate) packages: BTreeSet<String>,
}

pub(crate) fn gather(system: &System, needs: &[&Need]) -> Facts {
    let mut facts = Facts::default();
    for need in needs {
        match need.check {
            Check::Command(any) => {
                facts.commands.extend(
                    any.iter()
                        .filter(|name| on_path(name).is_some())
                        .map(|name| (*name).to_owned()),
                );
            }
            Check::Module(any) if !system.installs() => {
                facts.modules.extend(
                    any.iter()
                        .filter(|name| has_module(name))
                        .map(|name| (*name).to_owned()),
                );
            }
            Check::Module(_) | Check::Package => {}
        }
    }
    if system.installs() {
        let packages: BTreeSet<&str> = needs.iter().flat_map(|need| need.packages(system)).copied().collect();
        facts.packages = apt::installed(&packages);
    }
    facts
}

fn has_module(name: &str) -> bool {
    Program::new("pkg-config").arg("--exists").arg(name).succeeds(A_MOMENT)
}
