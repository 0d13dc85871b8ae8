//! The list of wallets on this machine, each with the endpoint that it uses and who runs that.

use std::path::{Path, PathBuf};

use freehold_model::{Network, WalletId};

use crate::adapter::{Adapter, CurrentEndpoint, Leftover, SeenEndpoint, Switchable};
use crate::error::WalletError;
use crate::files::Files;
use crate::journal::Journal;
use crate::locality::{Locality, locality};
use crate::place::Places;
use crate::process::{ProcessEntry, ProcessView};
use crate::provider::provider_of;
use crate::running::{Running, running_among};
use crate::slot::Slot;
use crate::switch::{failure, overridden};

/// One wallet on one network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalletRow {
    /// The wallet's id.
    pub id: String,
    /// The wallet's name for people.
    pub name: String,
    /// The network.
    pub network: Network,
    /// The settings file, where it is or would be.
    pub files: Vec<PathBuf>,
    /// The settings file exists.
    pub found: bool,
    /// The endpoint in use; never holds a secret. `None` when there is none or it cannot be read (see `why`).
    pub endpoint: Option<String>,
    /// Further endpoints that it uses beside; never with a secret.
    pub others: Vec<String>,
    /// Who runs the endpoint's host, where that is known.
    pub provider: Option<String>,
    /// Where that provider runs, as a hint.
    pub runs_on: Option<String>,
    /// `true`: a known provider; `false`: this machine, its private network, or a node of the user; `None`: not known.
    pub hosted: Option<bool>,
    /// The endpoint is one of the user's nodes.
    pub own: bool,
    /// It runs.
    pub running: bool,
    /// How that is known; empty when it does not run.
    pub running_evidence: String,
    /// How it can be pointed at a node.
    pub switchable: Switchable,
    /// Why it can or cannot, in a sentence.
    pub why: String,
    /// What else a person should know about the endpoint.
    pub notes: Vec<String>,
    /// What it goes on asking others for.
    pub leftovers: Vec<Leftover>,
    /// Freehold switched it and has not put it back.
    pub switched_by_us: bool,
}

/// Looks for every wallet: a row for each network that a wallet has settings for, and one for mainnet where it has none.
/// `own` tells whether a host and port is one of the user's nodes, `offered` whether one of them offers itself to a wallet
/// on a network: that makes a row too, since the wallet could be pointed there. Changes nothing.
pub fn find(
    places: &Places,
    view: &dyn ProcessView,
    journal: Option<&Journal>,
    own: &dyn Fn(&str, u16) -> bool,
    offered: &dyn Fn(&str, &Network) -> bool,
) -> Vec<WalletRow> {
    let processes = view.processes();
    let search = Search {
        places,
        processes: processes.as_deref(),
        journal,
        own,
        offered,
    };
    crate::adapter::adapters()
        .iter()
        .flat_map(|adapter| search.rows(*adapter))
        .collect()
}

/// What the settings of one wallet say now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsNow {
    /// The settings file exists.
    pub found: bool,
    /// The endpoint in use.
    pub endpoint: Option<SeenEndpoint>,
}

/// Reads the settings of one wallet on one network. Changes nothing.
pub fn settings_now(adapter: &dyn Adapter, places: &Places, network: &Network) -> Result<SettingsNow, WalletError> {
    let files = Files::read(adapter, places, network)?;
    let current = inspect(adapter, None, network, &files)?;
    Ok(SettingsNow {
        found: files.all().first().is_some_and(|held| held.bytes.is_some()),
        endpoint: current.endpoint,
    })
}

struct Search<'a> {
    places: &'a Places,
    processes: Option<&'a [ProcessEntry]>,
    journal: Option<&'a Journal>,
    own: &'a dyn Fn(&str, u16) -> bool,
    offered: &'a dyn Fn(&str, &Network) -> bool,
}

impl Search<'_> {
    fn rows(&self, adapter: &dyn Adapter) -> Vec<WalletRow> {
        let networks = adapter
            .networks()
            .iter()
            .filter_map(|name| Network::try_new(*name).ok());
        let all: Vec<(WalletRow, bool)> = networks.filter_map(|network| self.row(adapter, &network)).collect();
        let shown: Vec<WalletRow> = all
            .iter()
            .filter(|(_, is_shown)| *is_shown)
            .map(|(row, _)| row.clone())
            .collect();
        // Nothing there at all: one row tells that the wallet is known and where it would be.
        if shown.is_empty() {
            all.into_iter().take(1).map(|(row, _)| row).collect()
        } else {
            shown
        }
    }

    /// The row, and whether it is shown: the wallet has settings for that network, or could get some.
    fn row(&self, adapter: &dyn Adapter, network: &Network) -> Option<(WalletRow, bool)> {
        let slots = adapter.slots(self.places, network);
        let may_create = slots.first()?.may_create;
        let read = Files::read(adapter, self.places, network);
        let paths = match &read {
            Ok(files) => files.all().iter().map(|held| held.path.clone()).collect(),
            Err(_) => slots.iter().flat_map(Slot::found).collect::<Vec<PathBuf>>(),
        };
        let main = paths.first().or(slots.first()?.places.last()).cloned();
        let found = match &read {
            Ok(files) => files.all().first().is_some_and(|held| held.bytes.is_some()),
            Err(_) => true,
        };
        let leftovers = read
            .as_ref()
            .map(|files| adapter.leftovers(files, network))
            .unwrap_or_default();
        let current = read.and_then(|files| inspect(adapter, main.as_deref(), network, &files));
        let running = running_among(adapter, self.places, network, self.processes);
        let switched_by_us = self.is_switched(adapter, network);
        let mut row = WalletRow {
            id: adapter.id().to_owned(),
            name: adapter.name().to_owned(),
            network: network.clone(),
            files: if paths.is_empty() {
                main.clone().into_iter().collect()
            } else {
                paths
            },
            found,
            endpoint: None,
            others: Vec::new(),
            provider: None,
            runs_on: None,
            hosted: None,
            own: false,
            running: running.is_running(),
            running_evidence: match running {
                Running::No => String::new(),
                Running::Yes { evidence } => evidence,
            },
            switchable: Switchable::File,
            why: String::new(),
            notes: overridden(adapter, self.places),
            leftovers,
            switched_by_us,
        };
        let is_explicit = match current {
            Ok(current) => {
                row.notes.extend(current.notes);
                row.others = current.others.into_iter().map(|other| other.text).collect();
                // A wallet that is not there leans on nobody.
                match current.endpoint.filter(|_| found) {
                    Some(endpoint) => self.fill_endpoint(&mut row, endpoint),
                    None if found => {
                        row.hosted = current.leans_on.is_some().then_some(true);
                        row.provider = current.leans_on;
                    }
                    None => {}
                }
                current.is_explicit
            }
            Err(error) => {
                row.switchable = Switchable::No;
                row.why = error.to_fault().message();
                // A file that cannot be read has no sections to tell networks by: it is shown once.
                *network == Network::mainnet()
                    || !adapter
                        .slots(self.places, &Network::mainnet())
                        .iter()
                        .any(|slot| main.as_deref().is_some_and(|main| slot.lists(main)))
            }
        };
        if let Some(steps) = adapter.by_hand().filter(|_| row.switchable == Switchable::File) {
            row.switchable = Switchable::Guide;
            steps.clone_into(&mut row.why);
        }
        if row.switchable == Switchable::File {
            row.why = why(adapter, &row, may_create);
            if !found && !may_create {
                row.switchable = Switchable::No;
            }
        }
        let is_first = adapter
            .networks()
            .first()
            .is_some_and(|first| *first == network.as_str());
        let is_own = found && (is_explicit || switched_by_us || is_first);
        let could_be = row.switchable == Switchable::File && (self.offered)(adapter.id(), network);
        Some((row, is_own || could_be))
    }

    fn fill_endpoint(&self, row: &mut WalletRow, endpoint: SeenEndpoint) {
        row.own = (self.own)(&endpoint.host, endpoint.port);
        let provider = provider_of(&endpoint.host);
        row.hosted = match (row.own, locality(&endpoint.host), provider) {
            (true, ..) | (false, Locality::Local, _) => Some(false),
            (false, Locality::Remote | Locality::Unknown, Some(_)) => Some(true),
            (false, Locality::Remote | Locality::Unknown, None) => None,
        };
        if row.hosted == Some(true) {
            row.provider = provider.map(|found| found.name.clone());
            row.runs_on = provider.and_then(|found| found.runs_on.clone());
        }
        row.endpoint = Some(endpoint.text);
    }

    fn is_switched(&self, adapter: &dyn Adapter, network: &Network) -> bool {
        let (Some(journal), Ok(wallet)) = (self.journal, WalletId::try_new(adapter.id())) else {
            return false;
        };
        let slots = adapter.slots(self.places, network);
        let is_listed = |path: &Path| adapter.takes_file() || slots.iter().any(|slot| slot.lists(path));
        // A journal that cannot be read is reported where it is needed: at a switch, a revert, the history.
        journal
            .open_switches(&wallet, network)
            .is_ok_and(|open| open.iter().any(|entry| is_listed(entry.path())))
    }
}

fn inspect(
    adapter: &dyn Adapter,
    main: Option<&Path>,
    network: &Network,
    files: &Files,
) -> Result<CurrentEndpoint, WalletError> {
    adapter
        .inspect(files, network)
        .map_err(|source| failure(adapter, main.unwrap_or(Path::new("")).to_owned(), None, source))
}

fn why(adapter: &dyn Adapter, row: &WalletRow, may_create: bool) -> String {
    match (row.found, row.running, may_create) {
        _ if adapter.takes_file() && !row.found => format!(
            "{} has no fixed place for its settings: name the file to look at.",
            row.name
        ),
        (true, true, _) => format!(
            "Close {} first: it would overwrite the change ({}).",
            row.name, row.running_evidence
        ),
        (true, false, _) => "Freehold edits its settings file and can put it back.".to_owned(),
        (false, _, true) => "Freehold makes its settings file and takes it away again when you revert.".to_owned(),
        (false, _, false) => format!("{} has not been started on this machine yet.", row.name),
    }
}
