//! The plan of a switch: what a wallet's file becomes, shown before anything is done.

use std::path::{Path, PathBuf};

use freehold_model::{Endpoint, Network};

use crate::adapter::{Adapter, AdapterError, KeyChange, Override};
use crate::diff::{DiffLine, diff};
use crate::error::WalletError;
use crate::file::{FileBytes, WalletFile};
use crate::files::Files;
use crate::place::Places;
use crate::process::ProcessView;
use crate::running::neighbour_among;
use crate::slot::Slot;

/// What happens to one of a wallet's files.
#[derive(Debug, Clone)]
pub struct FileChange {
    /// The adapter's name for it.
    pub slot: &'static str,
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
}

impl FileChange {
    pub(crate) fn new(
        adapter: &dyn Adapter,
        slot: &'static str,
        file: WalletFile,
        before: Option<FileBytes>,
        after: Option<FileBytes>,
        keys: Vec<KeyChange>,
    ) -> Self {
        let diff = diff(adapter, slot, before.as_ref(), after.as_ref());
        Self {
            slot,
            file,
            before,
            after,
            diff,
            keys,
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
    /// What happens to each file, the settings first. Files that stay as they are are listed too.
    pub changes: Vec<FileChange>,
    /// What a person should know before agreeing.
    pub notes: Vec<String>,
}

impl SwitchPlan {
    /// Every file is already as it would become.
    pub fn changes_nothing(&self) -> bool {
        self.changes.iter().all(FileChange::changes_nothing)
    }
}

/// Plans to point a wallet at `endpoint`. Reads the wallet's files and changes nothing.
pub fn plan_switch(
    adapter: &'static dyn Adapter,
    places: &Places,
    network: &Network,
    endpoint: &Endpoint,
    view: &dyn ProcessView,
) -> Result<SwitchPlan, WalletError> {
    let at = |path: &Path, source| failure(adapter, path.to_owned(), Some(endpoint), source);
    if !adapter.networks().contains(&network.as_str()) {
        let network = network.clone();
        return Err(at(&places.home, AdapterError::Network { network }));
    }
    if adapter.takes_file() && places.chosen.is_none() {
        return Err(WalletError::NoFileNamed {
            wallet: adapter.id().to_owned(),
        });
    }
    let slots = adapter.slots(places, network);
    let files = Files::read(adapter, places, network)?;
    let main = files
        .all()
        .first()
        .map_or_else(|| first_place(&slots, places), |held| held.path.clone());
    let is_there = files.all().first().is_some_and(|held| held.bytes.is_some());
    if !is_there && !slots.first().is_some_and(|slot| slot.may_create) {
        return Err(at(&main, AdapterError::Missing));
    }
    let planned = adapter
        .plan(&files, network, endpoint)
        .map_err(|source| at(&main, source))?;
    let mut notes = planned.notes;
    notes.extend(overridden(adapter, places));
    let processes = view.processes().unwrap_or_default();
    if let Some(neighbour) = neighbour_among(adapter, places, &processes) {
        notes.push(format!(
            "{neighbour} runs now and would use the new values at its next start."
        ));
    }
    // The adapter checks itself: its own reading of the new files must be the endpoint that was asked for.
    let seen = adapter
        .inspect(&files.with(&planned.files), network)
        .map_err(|source| at(&main, source))?
        .endpoint;
    let is_faithful = seen.is_some_and(|seen| {
        seen.protocol == endpoint.protocol && seen.port == endpoint.port && is_same_host(&seen.host, &endpoint.host)
    });
    if !is_faithful {
        return Err(WalletError::Unfaithful { path: main });
    }
    let mut changes = Vec::new();
    for new in planned.files {
        let file = WalletFile::try_new(&new.path, adapter, places, network)?;
        let before = match files.at(&new.path) {
            Some(held) => held.bytes.clone(),
            None => file.read()?,
        };
        if endpoint.credential.is_some() && file.is_open_to_others() {
            notes.push(format!(
                "Other users of this machine can read {}, and the password will stand in it; `chmod 600` closes it.",
                places.shown(file.path())
            ));
        }
        changes.push(FileChange::new(adapter, new.slot, file, before, new.bytes, new.keys));
    }
    Ok(SwitchPlan {
        adapter,
        places: places.clone(),
        network: network.clone(),
        endpoint: Endpoint {
            credential: None,
            ..endpoint.clone()
        },
        changes,
        notes,
    })
}

/// Whether two hosts are the same. A wallet that takes no names has the number of this machine for `localhost`.
fn is_same_host(seen: &str, wanted: &str) -> bool {
    seen.eq_ignore_ascii_case(wanted) || seen == "127.0.0.1" && wanted.eq_ignore_ascii_case("localhost")
}

/// Where the settings would be.
fn first_place(slots: &[Slot], places: &Places) -> PathBuf {
    let place = slots.first().and_then(|slot| slot.places.last());
    place.unwrap_or(&places.home).clone()
}

/// A sentence for each environment variable that is set and beats the wallet's files.
pub(crate) fn overridden(adapter: &dyn Adapter, places: &Places) -> Vec<String> {
    let is_set = |one: &&Override| places.env.get(one.variable).is_some_and(|value| !value.is_empty());
    adapter
        .overrides()
        .iter()
        .filter(is_set)
        .map(|one| {
            format!(
                "The environment variable {} is set and {}. Take it out of your shell's settings for the file to count.",
                one.variable, one.effect
            )
        })
        .collect()
}

/// An adapter's error with what a person needs to know about it.
pub(crate) fn failure(
    adapter: &dyn Adapter,
    path: PathBuf,
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
