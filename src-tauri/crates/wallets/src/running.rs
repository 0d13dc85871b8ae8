//! Whether a wallet runs, so that its file must not be touched.
//!
//! Two kinds of evidence. A lock socket that somebody listens on belongs to one folder and is proof. A process of the
//! wallet's name is proof only for the home that it uses: with a home given by `--home` a Sparrow that runs on the
//! user's real home must not block, so there a name counts only when the process's `HOME` or an argument of it
//! points into that home. In the user's own home a name alone is enough: wrongly refusing costs a click, wrongly writing
//! costs the change.

use freehold_model::Network;

use crate::adapter::Adapter;
use crate::place::Places;
use crate::process::{ProcessEntry, ProcessView};

/// What the running check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Running {
    /// Nothing points to it.
    No,
    /// It runs.
    Yes {
        /// How that is known, for people: a process with its id, or the lock's path.
        evidence: String,
    },
}

impl Running {
    /// It runs.
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Yes { .. })
    }
}

/// Looks whether the wallet of `adapter` uses the settings of `network` now.
pub fn running(adapter: &dyn Adapter, places: &Places, network: &Network, view: &dyn ProcessView) -> Running {
    running_among(adapter, places, network, view.processes().as_deref())
}

/// The same with a list of processes that has been taken already.
pub fn running_among(
    adapter: &dyn Adapter,
    places: &Places,
    network: &Network,
    processes: Option<&[ProcessEntry]>,
) -> Running {
    for lock in adapter.locks(places, network) {
        if let Some(evidence) = crate::lock::held(&lock, adapter, places, processes) {
            return Running::Yes { evidence };
        }
    }
    let Some(processes) = processes else {
        // Nobody knows. A wallet that would undo the change is taken to run; a tool that only reads its file is not.
        return if adapter.processes().is_empty() {
            Running::No
        } else {
            Running::Yes {
                evidence: "the system does not tell which programs run".to_owned(),
            }
        };
    };
    match first_named(adapter.processes(), places, processes) {
        Some(process) => Running::Yes {
            evidence: format!("process {}", process.pid),
        },
        None => Running::No,
    }
}

/// The first program that reads the same file at its start, as `name (process 7)`.
pub(crate) fn neighbour_among(adapter: &dyn Adapter, places: &Places, processes: &[ProcessEntry]) -> Option<String> {
    first_named(adapter.neighbours(), places, processes).map(|found| format!("{} (process {})", found.name, found.pid))
}

/// The wallet's own processes in a list.
pub fn processes_of<'p>(
    adapter: &dyn Adapter,
    places: &Places,
    processes: &'p [ProcessEntry],
) -> impl Iterator<Item = &'p ProcessEntry> {
    processes
        .iter()
        .filter(move |process| is_one_of(adapter.processes(), places, process))
}

fn first_named<'p>(names: &[&str], places: &Places, processes: &'p [ProcessEntry]) -> Option<&'p ProcessEntry> {
    processes.iter().find(|process| is_one_of(names, places, process))
}

fn is_one_of(names: &[&str], places: &Places, process: &ProcessEntry) -> bool {
    names.iter().any(|name| process.is_named(name)) && is_of_user(process, places) && uses_home(process, places)
}

fn is_of_user(process: &ProcessEntry, places: &Places) -> bool {
    match (process.uid, places.uid) {
        (Some(theirs), Some(ours)) => theirs == ours,
        // Not known: better to ask the user to close it.
        (None, _) | (_, None) => true,
    }
}

fn uses_home(process: &ProcessEntry, places: &Places) -> bool {
    let home = places.home.to_string_lossy();
    places.is_own_home
        || process.home.as_deref() == Some(places.home.as_path())
        || process
            .arguments
            .iter()
            .any(|argument| argument.contains(home.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::{Running, running_among};
    use crate::adapter::adapter;
    use crate::place::{Os, Places};
    use crate::process::ProcessEntry;
    use freehold_model::Network;
    use std::path::PathBuf;

    fn places(is_own_home: bool) -> Places {
        Places {
            home: PathBuf::from("/h"),
            env: [].into(),
            os: Os::Linux,
            is_own_home,
            uid: Some(1000),
            chosen: None,
        }
    }

    fn sparrow(uid: u32) -> ProcessEntry {
        ProcessEntry {
            pid: 7,
            name: "Sparrow".into(),
            uid: Some(uid),
            ..ProcessEntry::default()
        }
    }

    fn check(is_own_home: bool, process: ProcessEntry) -> bool {
        let adapter = adapter("sparrow").unwrap();
        running_among(adapter, &places(is_own_home), &Network::mainnet(), Some(&[process])).is_running()
    }

    #[test]
    fn a_process_of_the_name_counts_in_the_users_own_home() {
        assert!(check(true, sparrow(1000)));
        assert!(!check(true, sparrow(1001)), "another user's wallet uses another home");
        assert!(!check(
            true,
            ProcessEntry {
                name: "bitcoind".into(),
                ..sparrow(1000)
            }
        ));
    }

    #[test]
    fn in_a_given_home_a_process_counts_only_when_it_points_there() {
        assert!(!check(false, sparrow(1000)), "it may run on the real home");
        assert!(check(
            false,
            ProcessEntry {
                home: Some(PathBuf::from("/h")),
                ..sparrow(1000)
            }
        ));
        assert!(check(
            false,
            ProcessEntry {
                arguments: vec!["Sparrow".into(), "-d/h/.sparrow".into()],
                ..sparrow(1000)
            }
        ));
    }

    #[test]
    fn without_a_process_list_a_wallet_is_taken_to_run() {
        let check = |id| running_among(adapter(id).unwrap(), &places(true), &Network::mainnet(), None).is_running();
        assert!(check("sparrow"));
        assert!(!check("bitcoin-cli"), "it does not rewrite its file");
    }

    #[test]
    fn a_node_on_the_same_file_does_not_count_as_the_tool_running() {
        let node = ProcessEntry {
            name: "bitcoind".into(),
            ..sparrow(1000)
        };
        let found = running_among(
            adapter("bitcoin-cli").unwrap(),
            &places(true),
            &Network::mainnet(),
            Some(&[node]),
        );
        assert_eq!(found, Running::No);
    }
}
