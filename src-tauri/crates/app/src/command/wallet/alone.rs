//! Putting wallets back with nothing but the journal: for when Freehold's database is damaged or gone, or it cannot start for
//! another reason. No engine, no node and no settings are asked.

use std::path::Path;

use freehold_contract::{RevertAllReport, RevertRequest, WalletDiff};
use freehold_model::Fault;
use freehold_store::{DataLock, Layout};
use freehold_wallets::{Journal, WalletError};

use super::places;
use super::revert::{Reverting, report, revert_view};
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

    fn reverting(&self) -> Reverting<'_> {
        Reverting {
            config: &self.config,
            journal: &self.journal,
        }
    }

    /// The switches that `wanted` means; all of them without one.
    fn meant(&self, wanted: Option<&RevertRequest>) -> Result<Vec<RevertRequest>, Fault> {
        let is_meant = |open: &RevertRequest, file: &Path| {
            wanted.is_none_or(|wanted| {
                wanted.wallet == open.wallet
                    && (wanted.network.is_none() || wanted.network == open.network)
                    && wanted.file.as_ref().is_none_or(|wanted| Path::new(wanted) == file)
            })
        };
        let open = self.reverting().open_switches(false)?;
        let meant = open.into_iter().filter(|(request, file)| is_meant(request, file));
        Ok(meant.map(|(request, _)| request).collect())
    }

    /// What putting back would change. Changes nothing. Empty where nothing is switched.
    pub fn diffs(&self, wanted: Option<&RevertRequest>) -> Result<Vec<WalletDiff>, Fault> {
        let meant = self.meant(wanted)?;
        let diff = |request| self.reverting().plan(request).map(|plan| revert_view(&plan));
        meant.iter().map(diff).collect()
    }

    /// Puts the wallets back.
    pub fn revert(&self, wanted: Option<&RevertRequest>) -> Result<RevertAllReport, Fault> {
        let meant = self.meant(wanted)?;
        let put_back = |request: RevertRequest| {
            let plan = self.reverting().plan(&request);
            let outcome = plan.and_then(|plan| self.reverting().write(&plan));
            (request, outcome)
        };
        Ok(report(meant.into_iter().map(put_back)))
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
