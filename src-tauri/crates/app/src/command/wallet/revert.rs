//! Wallets put back: one, or all of them.

use std::path::PathBuf;

use freehold_contract::{
    Change, Empty, FaultView, RevertAllReport, RevertFailure, RevertRequest, WalletChange, WalletDiff,
};
use freehold_model::{Fault, FaultCode, Network, WalletId};
use freehold_store::ActivityKind;
use freehold_wallets::{Adapter, Journal, RevertPlan, SystemProcesses, WalletError};

use super::view::{diff_view, file_names};
use super::waiting::WaitingChange;
use super::{asked_now, endpoint_change, find_adapter, places, running_fault, waiting_change, wallet_id};
use crate::{App, AppConfig};

/// The journal and where wallets are looked for: all that putting back needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reverting<'a> {
    pub(super) config: &'a AppConfig,
    pub(super) journal: &'a Journal,
}

impl Reverting<'_> {
    /// A request and the file for each switch that was not put back yet.
    pub(super) fn open_switches(self, when_closed: bool) -> Result<Vec<(RevertRequest, PathBuf)>, Fault> {
        let switched = self.journal.switched().map_err(journal_fault)?;
        let request = |(wallet, network, file): (WalletId, Network, PathBuf)| {
            let takes_file = freehold_wallets::adapter(wallet.as_str()).is_some_and(Adapter::takes_file);
            let request = RevertRequest {
                wallet: wallet.to_string(),
                network: Some(network.to_string()),
                file: takes_file.then(|| file.display().to_string()),
                when_closed,
            };
            (request, file)
        };
        Ok(switched.into_iter().map(request).collect())
    }

    /// What putting back would do. Without a network: the only one that was switched.
    pub(super) fn plan(self, request: &RevertRequest) -> Result<RevertPlan, Fault> {
        let adapter = find_adapter(&request.wallet)?;
        let network = self.network(adapter, request.network.as_deref())?;
        let places = places(self.config).choosing(request.file.as_deref().map(PathBuf::from));
        freehold_wallets::plan_revert(adapter, &places, &network, self.journal).map_err(|error| error.to_fault())
    }

    /// Writes it.
    pub(super) fn write(self, plan: &RevertPlan) -> Result<WalletChange, Fault> {
        let (now, checkpoint) = (self.config.clock.now(), &self.config.checkpoint);
        let entry = freehold_wallets::revert(plan, self.journal, &SystemProcesses, now, checkpoint)
            .map_err(|error| error.to_fault())?;
        Ok(WalletChange {
            wallet: plan.adapter.id().to_owned(),
            network: plan.network.to_string(),
            files: file_names(entry.as_ref(), plan.files.iter().map(|file| &file.change)),
            waiting: false,
            changed: entry.is_some(),
            exact: plan.is_exact(),
            height: None,
            notes: plan.notes.clone(),
        })
    }

    /// The network of a revert: the one asked for, or the only one that was switched.
    fn network(self, adapter: &dyn Adapter, wanted: Option<&str>) -> Result<Network, Fault> {
        if let Some(text) = wanted {
            return Network::try_new(text).map_err(|error| Fault::new(FaultCode::BadRequest).with("reason", error));
        }
        let id = wallet_id(adapter)?;
        let networks = adapter
            .networks()
            .iter()
            .filter_map(|name| Network::try_new(*name).ok());
        let mut switched = Vec::new();
        for network in networks {
            let open = self.journal.open_switches(&id, &network);
            if !open.map_err(journal_fault)?.is_empty() {
                switched.push(network);
            }
        }
        match switched.as_slice() {
            [only] => Ok(only.clone()),
            [] => Err(Fault::new(FaultCode::NothingToRevert)
                .with("wallet", adapter.id())
                .with("network", "any network")),
            several => {
                let names = several.iter().map(Network::as_str).collect::<Vec<_>>().join(", ");
                let reason = format!("{} was switched on {names}; say which with `--network`", adapter.name());
                Err(Fault::new(FaultCode::BadRequest).with("reason", reason))
            }
        }
    }
}

/// What would change in the wallet's files, and what keeps it from being changed now.
pub(super) fn revert_view(plan: &RevertPlan) -> WalletDiff {
    let blocked = running_fault(plan.adapter, &plan.places, &plan.network);
    let changes = plan.files.iter().map(|file| &file.change);
    WalletDiff {
        blocked: blocked.as_ref().map(FaultView::from),
        exact: plan.is_exact(),
        ..diff_view(plan.adapter, &plan.network, changes, &plan.notes)
    }
}

/// What became of each request.
pub(super) fn report(
    outcomes: impl IntoIterator<Item = (RevertRequest, Result<WalletChange, Fault>)>,
) -> RevertAllReport {
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for (request, outcome) in outcomes {
        match outcome {
            Ok(change) => done.push(change),
            Err(fault) => failed.push(RevertFailure {
                wallet: request.wallet,
                network: request.network.unwrap_or_default(),
                fault: FaultView::from(&fault),
            }),
        }
    }
    RevertAllReport { done, failed }
}

fn journal_fault(error: freehold_wallets::JournalError) -> Fault {
    WalletError::from(error).to_fault()
}

impl App {
    fn reverting(&self) -> Reverting<'_> {
        Reverting {
            config: &self.0.config,
            journal: &self.0.journal,
        }
    }

    /// What a revert would change. Changes nothing.
    pub async fn wallet_revert_diff(&self, request: RevertRequest) -> Result<WalletDiff, Fault> {
        Ok(revert_view(&self.reverting().plan(&request)?))
    }

    /// Puts a wallet's settings back.
    pub async fn wallet_revert(&self, request: RevertRequest) -> Result<WalletChange, Fault> {
        let plan = self.reverting().plan(&request)?;
        let (adapter, network) = (plan.adapter, plan.network.clone());
        if let Some(fault) = running_fault(adapter, &plan.places, &network) {
            if !request.when_closed {
                return Err(fault);
            }
            self.wait_for_close(network.as_str(), WaitingChange::Revert(request))?;
            return Ok(waiting_change(adapter, network.to_string()));
        }
        let before = asked_now(adapter, &plan.places, &network);
        let change = self.reverting().write(&plan)?;
        let after = asked_now(adapter, &plan.places, &network);
        let how = if change.exact {
            "as it was, byte for byte"
        } else {
            "with the endpoint's settings as they were"
        };
        self.note_change(
            ActivityKind::Wallet,
            Some(adapter.id()),
            &format!("{} on {network} is back {how}", adapter.name()),
            &[endpoint_change(before, after)],
        );
        self.0.hub.send(Change::Wallets {});
        self.0.wallet_use.wake();
        self.stop_waiting_quietly(adapter.id(), network.as_str());
        Ok(change)
    }

    /// Puts every wallet back that Freehold has switched; one that runs is put back when it closes.
    pub async fn wallet_revert_all(&self, _: Empty) -> Result<RevertAllReport, Fault> {
        let mut outcomes = Vec::new();
        for (request, _) in self.reverting().open_switches(true)? {
            let outcome = self.wallet_revert(request.clone()).await;
            outcomes.push((request, outcome));
        }
        Ok(report(outcomes))
    }
}
