//! The list of wallets on this machine, each with the endpoint that it uses and who runs that.

use std::path::PathBuf;

use freehold_model::{Network, WalletId};

use crate::adapter::{Adapter, CurrentEndpoint, SeenEndpoint, Switchable};
use crate::error::WalletError;
use crate::file::{FileBytes, WalletFile};
use crate::journal::Journal;
use crate::place::Places;
use crate::process::{ProcessEntry, ProcessView};
use crate::provider::{Locality, locality, provider_of};
use crate::running::{Running, running_among};
use crate::switch::failure;

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
        let file = WalletFile::choose(adapter, self.places, network)?;
        let read = file.read();
        let found = !matches!(read, Ok(None));
        let current = read.and_then(|bytes| inspect(adapter, &file, network, bytes.as_ref()));
        let running = running_among(adapter, self.places, network, self.processes);
        let switched_by_us = self.is_switched(adapter, network);
        let mut row = WalletRow {
            id: adapter.id().to_owned(),
            name: adapter.name().to_owned(),
            network: network.clone(),
            files: vec![file.path().to_owned()],
            found,
            endpoint: None,
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
            notes: Vec::new(),
            switched_by_us,
        };
        let is_explicit = match current {
            Ok(Some(current)) => {
                row.notes = current.notes;
                if let Some(endpoint) = current.endpoint {
                    self.fill_endpoint(&mut row, endpoint);
                }
                current.is_explicit
            }
            Ok(None) => false,
            Err(error) => {
                row.switchable = Switchable::No;
                row.why = error.to_fault().message();
                // A file that cannot be read has no sections to tell networks by: it is shown once.
                *network == Network::mainnet()
                    || !adapter
                        .files(self.places, &Network::mainnet())
                        .iter()
                        .any(|path| path == file.path())
            }
        };
        if row.switchable == Switchable::File {
            row.why = why(adapter, &row);
            if !found && !adapter.creates_missing_file() {
                row.switchable = Switchable::No;
            }
        }
        let is_own = found && (is_explicit || switched_by_us || *network == Network::mainnet());
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
        let listed = adapter.files(self.places, network);
        // A journal that cannot be read is reported where it is needed: at a switch, a revert, the history.
        journal
            .open_switches(&wallet, network)
            .is_ok_and(|open| open.iter().any(|entry| listed.contains(&entry.path)))
    }
}

fn inspect(
    adapter: &dyn Adapter,
    file: &WalletFile,
    network: &Network,
    bytes: Option<&FileBytes>,
) -> Result<Option<CurrentEndpoint>, WalletError> {
    let Some(bytes) = bytes else { return Ok(None) };
    let inspected = adapter.inspect(bytes.as_slice(), network);
    inspected
        .map(Some)
        .map_err(|source| failure(adapter, file.path().to_owned(), None, source))
}

fn why(adapter: &dyn Adapter, row: &WalletRow) -> String {
    match (row.found, row.running, adapter.creates_missing_file()) {
        (true, true, _) => format!(
            "Close {} first: it would overwrite the change ({}).",
            row.name, row.running_evidence
        ),
        (true, false, _) => "Freehold edits its settings file and can put it back.".to_owned(),
        (false, _, true) => "Freehold makes its settings file and takes it away again when you revert.".to_owned(),
        (false, _, false) => format!("{} has not been started on this machine yet.", row.name),
    }
}
