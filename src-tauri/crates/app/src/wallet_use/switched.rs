//! The wallets that Freehold has switched, from the journal.

use std::collections::BTreeMap;
use std::path::PathBuf;

use freehold_model::{Endpoint, Network, Timestamp};
use freehold_wallets::{Adapter, Entry, EntryId, EntryKind, EntryState, Places};

/// One wallet on one network, with its settings file.
pub(super) type Key = (String, String, PathBuf);

/// A wallet that was switched and not put back.
#[derive(Debug, Clone)]
pub(super) struct Switched {
    /// What is known about the wallet.
    pub(super) adapter: &'static dyn Adapter,
    /// The network.
    pub(super) network: Network,
    /// Its settings file.
    pub(super) path: PathBuf,
    /// Every file that was written, its settings first.
    pub(super) files: Vec<PathBuf>,
    /// Where it was pointed last.
    pub(super) endpoint: Endpoint,
    /// When.
    pub(super) at: Timestamp,
    /// The journal's entry of that.
    pub(super) entry: EntryId,
}

impl Switched {
    /// What tells it from others.
    pub(super) fn key(&self) -> Key {
        (
            self.adapter.id().to_owned(),
            self.network.to_string(),
            self.path.clone(),
        )
    }

    /// Where its files are.
    pub(super) fn places(&self, places: &Places) -> Places {
        places.choosing(self.adapter.takes_file().then(|| self.path.clone()))
    }
}

/// The wallets that are switched according to the journal's entries, oldest first. A wallet whose change is under way is
/// left out: its files are neither the old nor the new ones.
pub(super) fn switched(entries: &[Entry]) -> Vec<Switched> {
    let mut found: BTreeMap<Key, Switched> = BTreeMap::new();
    for entry in entries {
        let is_open = entry.kind == EntryKind::Switch && entry.state == EntryState::Applied;
        let adapter = freehold_wallets::adapter(entry.wallet.as_str());
        let endpoint = entry.endpoint.as_deref().and_then(|text| text.parse().ok());
        if let (true, Some(adapter), Some(endpoint)) = (is_open, adapter, endpoint) {
            let one = Switched {
                adapter,
                network: entry.network.clone(),
                path: entry.path().to_owned(),
                files: entry.files.iter().map(|file| file.path.clone()).collect(),
                endpoint,
                at: entry.created,
                entry: entry.id.clone(),
            };
            found.insert(one.key(), one);
        }
    }
    let under_way = |one: &Switched| {
        let mut prepared = entries.iter().filter(|entry| entry.state == EntryState::Prepared);
        prepared.any(|entry| entry.wallet.as_str() == one.adapter.id() && entry.file(&one.path).is_some())
    };
    found.into_values().filter(|one| !under_way(one)).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::Switched;
    use freehold_model::{Network, Timestamp};
    use serde_json::json;

    /// A wallet on mainnet that was switched to this port.
    pub(in crate::wallet_use) fn switched(wallet: &str, port: u16) -> Switched {
        let adapter = freehold_wallets::adapter(wallet).unwrap();
        let scheme = adapter.protocols()[0].scheme();
        Switched {
            adapter,
            network: Network::mainnet(),
            path: format!("/h/{wallet}").into(),
            files: vec![format!("/h/{wallet}").into()],
            endpoint: format!("{scheme}://127.0.0.1:{port}").parse().unwrap(),
            at: Timestamp(1000),
            entry: serde_json::from_value(json!("an-entry")).unwrap(),
        }
    }
}
