//! Putting wallets back with nothing but the journal: for when Freehold's database is damaged or gone, or it cannot start for
//! another reason. No engine, no node and no settings are asked.

use freehold_contract::{FaultView, RevertAllReport, RevertFailure, RevertRequest, WalletChange, WalletDiff};
use freehold_model::{Fault, Network, WalletId};
use freehold_store::{DataLock, Layout};
use freehold_wallets::{Adapter, Journal, RevertPlan, SystemProcesses, WalletError};

use super::view::{diff_view, file_names};
use super::{find_adapter, places, running_fault};
use crate::AppConfig;

/// The journal of a folder that nobody else uses now.
#[derive(Debug)]
pub struct WalletsAlone {
    config: AppConfig,
    journal: Journal,
    _lock: DataLock,
}

impl WalletsAlone {
    /// Takes the folder and finishes what an interrupted change left in the journal.
    pub fn open(config: AppConfig) -> Result<Self, Fault> {
        let layout = Layout::new(&config.data_dir);
        let lock = DataLock::take(&layout).map_err(|error| error.to_fault())?;
        let journal = Journal::open(layout.wallet_journal()).map_err(|error| WalletError::from(error).to_fault())?;
        super::recover_wallets(&journal, &places(&config))?;
        Ok(Self {
            config,
            journal,
            _lock: lock,
        })
    }

    /// The switches that `request` means; all of them without one.
    fn meant(&self, request: Option<&RevertRequest>) -> Result<Vec<(WalletId, Network, RevertRequest)>, Fault> {
        let switched = self
            .journal
            .switched()
            .map_err(|error| WalletError::from(error).to_fault())?;
        let is_meant = |wallet: &WalletId, network: &Network, file: &str| {
            request.is_none_or(|request| {
                request.wallet == wallet.as_str()
                    && request
                        .network
                        .as_deref()
                        .is_none_or(|wanted| wanted == network.as_str())
                    && request.file.as_deref().is_none_or(|wanted| wanted == file)
            })
        };
        Ok(switched
            .into_iter()
            .filter_map(|(wallet, network, file)| {
                let file = file.display().to_string();
                is_meant(&wallet, &network, &file).then(|| {
                    let takes_file = freehold_wallets::adapter(wallet.as_str()).is_some_and(Adapter::takes_file);
                    let request = RevertRequest {
                        wallet: wallet.to_string(),
                        network: Some(network.to_string()),
                        file: takes_file.then_some(file),
                        when_closed: false,
                    };
                    (wallet, network, request)
                })
            })
            .collect())
    }

    fn plan(&self, request: &RevertRequest, network: &Network) -> Result<RevertPlan, Fault> {
        let adapter = find_adapter(&request.wallet)?;
        let places = places(&self.config).choosing(request.file.as_deref().map(std::path::PathBuf::from));
        freehold_wallets::plan_revert(adapter, &places, network, &self.journal).map_err(|error| error.to_fault())
    }

    /// What putting back would change. Changes nothing. Empty where nothing is switched.
    pub fn diffs(&self, request: Option<&RevertRequest>) -> Result<Vec<WalletDiff>, Fault> {
        let meant = self.meant(request)?;
        let diff = |(_, network, request): &(WalletId, Network, RevertRequest)| {
            let plan = self.plan(request, network)?;
            let blocked = running_fault(plan.adapter, &plan.places, network);
            Ok(WalletDiff {
                blocked: blocked.as_ref().map(FaultView::from),
                exact: plan.is_exact(),
                ..diff_view(
                    plan.adapter,
                    network,
                    plan.files.iter().map(|file| &file.change),
                    &plan.notes,
                )
            })
        };
        meant.iter().map(diff).collect()
    }

    /// Puts the wallets back.
    pub fn revert(&self, request: Option<&RevertRequest>) -> Result<RevertAllReport, Fault> {
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        for (wallet, network, request) in self.meant(request)? {
            match self.revert_one(&request, &network) {
                Ok(change) => done.push(change),
                Err(fault) => failed.push(RevertFailure {
                    wallet: wallet.to_string(),
                    network: network.to_string(),
                    fault: FaultView::from(&fault),
                }),
            }
        }
        Ok(RevertAllReport { done, failed })
    }

    fn revert_one(&self, request: &RevertRequest, network: &Network) -> Result<WalletChange, Fault> {
        let plan = self.plan(request, network)?;
        let (now, checkpoint) = (self.config.clock.now(), &self.config.checkpoint);
        let entry = freehold_wallets::revert(&plan, &self.journal, &SystemProcesses, now, checkpoint)
            .map_err(|error| error.to_fault())?;
        Ok(WalletChange {
            wallet: request.wallet.clone(),
            network: network.to_string(),
            files: file_names(entry.as_ref(), plan.files.iter().map(|file| &file.change)),
            waiting: false,
            changed: entry.is_some(),
            exact: plan.is_exact(),
            height: None,
            notes: plan.notes.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use freehold_contract::RevertRequest;
    use freehold_model::{Checkpoint, Network};
    use freehold_store::Layout;
    use freehold_wallets::{Journal, SystemProcesses, adapter, apply, plan_switch};

    use super::{WalletsAlone, places};
    use crate::{AppConfig, Overrides};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a damaged file is what this is about")]
    fn a_damaged_database_does_not_keep_wallets_from_being_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let config = || {
            AppConfig::from_environment(Overrides {
                data_dir: Some(folder.path().join("data")),
                home: Some(folder.path().join("home")),
                ..Overrides::default()
            })
            .unwrap()
        };
        let settings = folder.path().join("home/.foundry/foundry.toml");
        std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
        let before = "# mine\r\n[profile.default]\r\neth_rpc_url = \"https://mainnet.infura.io/v3/x\"\r\n";
        std::fs::write(&settings, before).unwrap();
        let layout = Layout::new(folder.path().join("data"));
        {
            let journal = Journal::open(layout.wallet_journal()).unwrap();
            let to = "evm+http://127.0.0.1:8545".parse().unwrap();
            let (foundry, config) = (adapter("foundry").unwrap(), config());
            let (at, view) = (places(&config), SystemProcesses);
            let plan = plan_switch(foundry, &at, &Network::mainnet(), &to, &view).unwrap();
            apply(&plan, &journal, &view, config.clock.now(), &Checkpoint::none())
                .unwrap()
                .unwrap();
        }
        std::fs::write(layout.database(), "this is no database").unwrap();
        assert_ne!(std::fs::read_to_string(&settings).unwrap(), before);

        let alone = WalletsAlone::open(config()).unwrap();
        let other = RevertRequest {
            wallet: "sparrow".to_owned(),
            ..RevertRequest::default()
        };
        assert_eq!(alone.diffs(Some(&other)).unwrap(), []);
        let diffs = alone.diffs(None).unwrap();
        assert!(
            diffs.len() == 1 && diffs[0].exact && diffs[0].blocked.is_none(),
            "{diffs:?}"
        );
        let report = alone.revert(None).unwrap();
        assert!(report.failed.is_empty() && report.done[0].exact, "{report:?}");
        assert_eq!(std::fs::read_to_string(&settings).unwrap(), before);
        assert_eq!(alone.diffs(None).unwrap(), []);
    }
}
