//! The plan of a switch: what a wallet's file becomes, shown before anything is done.

use freehold_model::{Endpoint, Network};

use crate::adapter::{Adapter, AdapterError, KeyChange};
use crate::diff::{DiffLine, diff};
use crate::error::WalletError;
use crate::file::{FileBytes, WalletFile};
use crate::place::Places;
use crate::process::ProcessView;
use crate::running::neighbour_among;

/// What happens to one wallet's file.
#[derive(Debug, Clone)]
pub struct FileChange {
    /// The file.
    pub file: WalletFile,
    /// Its content now; `None` when it does not exist.
    pub before: Option<FileBytes>,
    /// Its content afterwards; `None` when it goes.
    pub after: Option<FileBytes>,
    /// The changed lines with their surroundings; secrets masked.
    pub diff: Vec<DiffLine>,
    /// The settings that change; secrets masked.
    pub keys: Vec<KeyChange>,
    /// What a person should know before agreeing.
    pub notes: Vec<String>,
}

impl FileChange {
    pub(crate) fn new(
        adapter: &dyn Adapter,
        file: WalletFile,
        before: Option<FileBytes>,
        after: Option<FileBytes>,
        keys: Vec<KeyChange>,
        notes: Vec<String>,
    ) -> Self {
        let diff = diff(adapter, before.as_ref(), after.as_ref());
        Self {
            file,
            before,
            after,
            diff,
            keys,
            notes,
        }
    }

    /// The file is already as it would become: it will not be touched.
    pub fn changes_nothing(&self) -> bool {
        self.before == self.after
    }
}

/// A switch that has been planned and not carried out.
#[derive(Debug, Clone)]
pub struct SwitchPlan {
    /// The wallet.
    pub adapter: &'static dyn Adapter,
    /// Where the wallet was found.
    pub places: Places,
    /// The network.
    pub network: Network,
    /// The new endpoint.
    pub endpoint: Endpoint,
    /// What happens to the file.
    pub change: FileChange,
}

/// Plans to point a wallet at `endpoint`. Reads the wallet's file and changes nothing.
pub fn plan_switch(
    adapter: &'static dyn Adapter,
    places: &Places,
    network: &Network,
    endpoint: &Endpoint,
    view: &dyn ProcessView,
) -> Result<SwitchPlan, WalletError> {
    let no_network = || AdapterError::Network {
        network: network.clone(),
    };
    if !adapter.networks().contains(&network.as_str()) {
        return Err(failure(adapter, places.home.clone(), Some(endpoint), no_network()));
    }
    let file = WalletFile::choose(adapter, places, network)
        .ok_or_else(|| failure(adapter, places.home.clone(), Some(endpoint), no_network()))?;
    let failed = |source| failure(adapter, file.path().to_owned(), Some(endpoint), source);
    let before = file.read()?;
    if before.is_none() && !adapter.creates_missing_file() {
        return Err(failed(AdapterError::Missing));
    }
    let planned = adapter
        .plan(before.as_ref().map(FileBytes::as_slice), network, endpoint)
        .map_err(failed)?;
    let mut notes = planned.notes;
    let processes = view.processes().unwrap_or_default();
    if let Some(neighbour) = neighbour_among(adapter, places, &processes) {
        notes.push(format!(
            "{neighbour} runs now and would use the new values at its next start."
        ));
    }
    if endpoint.credential.is_some() && file.is_open_to_others() {
        notes.push(format!(
            "Other users of this machine can read {}, and the password will stand in it; `chmod 600` closes it.",
            places.shown(file.path())
        ));
    }
    // The adapter checks itself: its own reading of the new file must be the endpoint that was asked for.
    let seen = adapter
        .inspect(planned.bytes.as_slice(), network)
        .map_err(failed)?
        .endpoint;
    let is_faithful = seen.is_some_and(|seen| {
        seen.protocol == endpoint.protocol
            && seen.port == endpoint.port
            && seen.host.eq_ignore_ascii_case(&endpoint.host)
    });
    if !is_faithful {
        return Err(WalletError::Unfaithful {
            path: file.path().to_owned(),
        });
    }
    let change = FileChange::new(adapter, file, before, Some(planned.bytes), planned.keys, notes);
    Ok(SwitchPlan {
        adapter,
        places: places.clone(),
        network: network.clone(),
        endpoint: Endpoint {
            credential: None,
            ..endpoint.clone()
        },
        change,
    })
}

/// An adapter's error with what a person needs to know about it.
pub(crate) fn failure(
    adapter: &dyn Adapter,
    path: std::path::PathBuf,
    endpoint: Option<&Endpoint>,
    source: AdapterError,
) -> WalletError {
    WalletError::Adapter {
        wallet: adapter.name().to_owned(),
        spoken: adapter.protocols(),
        endpoint: endpoint.map(ToString::to_string).unwrap_or_default(),
        path,
        source: Box::new(source),
    }
}
