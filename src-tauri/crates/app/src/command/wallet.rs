//! Wallets: shown, switched, put back.

use freehold_contract::{
    Change, Empty, FaultView, SwitchRequest, WaitingRequest, WalletChange, WalletDiff, WalletHistory,
    WalletHistoryEntry, WalletList, WalletRequest, WalletView,
};
use freehold_model::{Fault, FaultCode, Network, WalletId};
use freehold_probe::Identity;
use freehold_store::{ActivityChange, ActivityKind};
use freehold_wallets::{Adapter, EntryState, Journal, Os, Places, Running, SwitchPlan, SystemProcesses, WalletError};

use self::destination::Destination;
use self::needs::needs_fault;
use self::view::{diff_view, file_names, offers, own_node, wallet_view};
use self::waiting::WaitingChange;
use crate::App;
use crate::command::guide::guided_rows;

mod alone;
mod audit;
mod destination;
mod drill;
mod login;
mod needs;
mod revert;
mod view;
mod waiting;

pub use alone::WalletsAlone;
pub(crate) use waiting::WaitingList;

/// Asked right after the start, the nodes are looked at first.
const FIRST_LOOK: std::time::Duration = std::time::Duration::from_secs(5);

/// Finishes what an earlier process left unfinished in the journal. Returns what only the user can decide.
pub(crate) fn recover_wallets(journal: &Journal, places: &Places) -> Result<Vec<Fault>, Fault> {
    let recovery = journal
        .recover(places, &SystemProcesses)
        .map_err(|error| WalletError::from(error).to_fault())?;
    let undecided = recovery.undecided.iter().map(|(entry, path)| {
        Fault::new(FaultCode::WalletFileChanged)
            .because(format_args!(
                "{} changed while an earlier switch was interrupted",
                path.display()
            ))
            .with("path", path.display())
            .hint(format!(
                "The file as it was before is kept in the journal as `{entry}`."
            ))
    });
    let damaged = recovery.damaged.iter().map(|error| {
        Fault::new(FaultCode::WalletJournal)
            .with("path", error.path().display())
            .with("reason", error.reason())
    });
    Ok(undecided.chain(damaged).collect())
}

impl App {
    /// Every wallet on this machine.
    pub async fn wallet_list(&self, _: Empty) -> Result<WalletList, Fault> {
        self.settle(FIRST_LOOK).await;
        self.freshen_use().await;
        let app = self.clone();
        // Reading files and the process table is quick, but not for a runtime thread.
        let rows = tokio::task::spawn_blocking(move || app.wallet_rows()).await;
        let wallets = rows.map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
        Ok(WalletList { wallets })
    }

    pub(super) fn wallet_rows(&self) -> Vec<WalletView> {
        let nodes = self.0.fleet.snapshots();
        let own = |host: &str, port: u16| own_node(&nodes, host, port).is_some();
        let offered = |wallet: &str, network: &Network| nodes.iter().any(|node| offers(node, wallet, network));
        freehold_wallets::find(&self.places(), &SystemProcesses, Some(&self.0.journal), &own, &offered)
            .into_iter()
            .map(|row| WalletView {
                waiting: self.waiting_sentence(&row.id, row.network.as_str()),
                ..self.with_use(wallet_view(row, &nodes), &nodes)
            })
            .chain(guided_rows(&self.places(), &nodes))
            .collect()
    }

    /// What a switch would change. Changes nothing.
    pub async fn wallet_diff(&self, request: SwitchRequest) -> Result<WalletDiff, Fault> {
        let (plan, destination) = self.plan_switch(&request).await?;
        let blocked = running_fault(plan.adapter, &plan.places, &plan.network);
        // What it says of itself completes what is known of it; without an answer, that stays unknown here.
        let has_needs = !plan.adapter.needs(destination.endpoint.protocol).is_empty();
        let identity = if has_needs {
            self.prove(&destination).await.ok()
        } else {
            None
        };
        Ok(WalletDiff {
            blocked: blocked.as_ref().map(FaultView::from),
            endpoint: Some(destination.endpoint.to_string()),
            lacks: self.lacks(plan.adapter, &destination, identity.as_ref()).await,
            ..diff_view(plan.adapter, &plan.network, plan.changes.iter(), &plan.notes)
        })
    }

    async fn plan_switch(&self, request: &SwitchRequest) -> Result<(SwitchPlan, Destination), Fault> {
        let adapter = find_adapter(&request.wallet)?;
        self.settle(FIRST_LOOK).await;
        let destination = self.destination(adapter, request)?;
        let (network, endpoint) = (&destination.network, &destination.endpoint);
        let places = self
            .places()
            .choosing(request.file.as_deref().map(std::path::PathBuf::from));
        freehold_wallets::plan_switch(adapter, &places, network, endpoint, &SystemProcesses)
            .map(|plan| (plan, destination))
            .map_err(|error| error.to_fault())
    }

    /// Points a wallet at a node: the endpoint is asked for its chain first, and again after the file was written.
    pub async fn wallet_switch(&self, request: SwitchRequest) -> Result<WalletChange, Fault> {
        let (plan, destination) = self.plan_switch(&request).await?;
        let adapter = plan.adapter;
        if let Some(fault) = running_fault(adapter, &plan.places, &plan.network) {
            if !request.when_closed {
                return Err(fault);
            }
            let identity = self.prove(&destination).await?;
            self.refuse_lacks(adapter, &destination, &identity, request.anyway)
                .await?;
            let network = plan.network.to_string();
            self.wait_for_close(&network, WaitingChange::Switch(request))?;
            return Ok(waiting_change(adapter, network));
        }
        let identity = self.prove(&destination).await?;
        let lacks = self
            .refuse_lacks(adapter, &destination, &identity, request.anyway)
            .await?;
        let before = asked_now(adapter, &plan.places, &plan.network);
        let entry = freehold_wallets::apply(
            &plan,
            &self.0.journal,
            &SystemProcesses,
            self.0.config.clock.now(),
            &self.0.config.checkpoint,
        )
        .map_err(|error| error.to_fault())?;
        let mut notes = plan.notes.clone();
        notes.extend(lacks);
        let height = match self.prove(&destination).await {
            Ok(identity) => Some(identity.height),
            Err(fault) => {
                notes.push(format!(
                    "The file was written, but the endpoint stopped answering: {}",
                    fault.message()
                ));
                None
            }
        };
        if entry.is_some() {
            let text = format!(
                "{} on {} was pointed at {}",
                adapter.name(),
                destination.network,
                destination.label
            );
            let change = endpoint_change(before, asked_now(adapter, &plan.places, &plan.network));
            self.note_change(ActivityKind::Wallet, Some(adapter.id()), &text, &[change]);
            self.0.hub.send(Change::Wallets {});
            self.0.wallet_use.wake();
        }
        if let (Some(node), Some(_)) = (&destination.node, &destination.endpoint.credential) {
            self.hand_out(&node.record, adapter.id()).await;
        }
        self.stop_waiting_quietly(adapter.id(), destination.network.as_str());
        Ok(WalletChange {
            wallet: adapter.id().to_owned(),
            network: destination.network.to_string(),
            files: file_names(entry.as_ref(), plan.changes.iter()),
            waiting: false,
            changed: entry.is_some(),
            exact: false,
            height,
            notes,
        })
    }

    /// What the node lacks, in sentences; a fault where that forbids the switch and the user has not asked for it all the
    /// same.
    async fn refuse_lacks(
        &self,
        adapter: &dyn Adapter,
        destination: &Destination,
        identity: &Identity,
        anyway: bool,
    ) -> Result<Vec<String>, Fault> {
        let lacks = self.lacks(adapter, destination, Some(identity)).await;
        match needs_fault(&lacks).filter(|_| !anyway) {
            Some(fault) => Err(fault),
            None => Ok(lacks.into_iter().map(|lack| lack.sentence).collect()),
        }
    }

    /// Gives up a change that waits for a wallet to close.
    pub async fn wallet_stop_waiting(&self, request: WaitingRequest) -> Result<WalletList, Fault> {
        if self.stop_waiting(&request.wallet, &request.network)? {
            self.wallet_list(Empty {}).await
        } else {
            Err(Fault::new(FaultCode::BadRequest).with("reason", "nothing waits for that wallet"))
        }
    }

    /// What was asked for before is done by now, or not wanted any more.
    fn stop_waiting_quietly(&self, wallet: &str, network: &str) {
        if self.waiting_sentence(wallet, network).is_some()
            && let Err(fault) = self.stop_waiting(wallet, network)
        {
            tracing::warn!(fault = %fault.message(), "a change that was waited for could not be crossed off");
        }
    }

    /// What was done to a wallet, newest first.
    pub async fn wallet_history(&self, request: WalletRequest) -> Result<WalletHistory, Fault> {
        let adapter = find_adapter(&request.wallet)?;
        let mut entries = self
            .0
            .journal
            .history(&wallet_id(adapter)?)
            .map_err(|error| WalletError::from(error).to_fault())?;
        entries.reverse();
        let entries = entries
            .into_iter()
            .map(|entry| WalletHistoryEntry {
                id: entry.id.to_string(),
                at: entry.created.0,
                network: entry.network.to_string(),
                files: entry.files.iter().map(|file| file.path.display().to_string()).collect(),
                state: match entry.state {
                    EntryState::Prepared => "prepared",
                    EntryState::Applied => "applied",
                    EntryState::Reverted => "reverted",
                    EntryState::Abandoned => "abandoned",
                }
                .to_owned(),
                endpoint: entry.endpoint,
            })
            .collect();
        Ok(WalletHistory { entries })
    }

    /// Where wallets are looked for.
    fn places(&self) -> Places {
        places(&self.0.config)
    }
}

/// Where wallets are looked for, from what the host passed in.
pub(crate) fn places(config: &crate::AppConfig) -> Places {
    Places {
        home: config.home.clone(),
        env: config.wallet_environment.clone(),
        os: Os::current(),
        is_own_home: config.is_own_home,
        uid: Some(config.uid),
        chosen: None,
    }
}

/// The answer for a change that is made later.
fn waiting_change(adapter: &dyn Adapter, network: String) -> WalletChange {
    WalletChange {
        wallet: adapter.id().to_owned(),
        network,
        files: Vec::new(),
        changed: false,
        waiting: true,
        exact: false,
        height: None,
        notes: vec![format!(
            "{} runs now. The change is made when it closes.",
            adapter.name()
        )],
    }
}

fn find_adapter(wallet: &str) -> Result<&'static dyn Adapter, Fault> {
    freehold_wallets::adapter(wallet).ok_or_else(|| {
        WalletError::Unknown {
            wallet: wallet.to_owned(),
        }
        .to_fault()
    })
}

fn wallet_id(adapter: &dyn Adapter) -> Result<WalletId, Fault> {
    WalletId::try_new(adapter.id()).map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))
}

fn running_fault(adapter: &dyn Adapter, places: &Places, network: &Network) -> Option<Fault> {
    match freehold_wallets::running(adapter, places, network, &SystemProcesses) {
        Running::Yes { evidence } => Some(
            WalletError::Running {
                wallet: adapter.name().to_owned(),
                evidence,
            }
            .to_fault(),
        ),
        Running::No => None,
    }
}

/// Whom a wallet asks now, with keys hidden; `None` where its file names nobody or cannot be read.
fn asked_now(adapter: &dyn Adapter, places: &Places, network: &Network) -> Option<String> {
    let now = freehold_wallets::settings_now(adapter, places, network).ok()?;
    Some(freehold_wallets::mask_urls(&now.endpoint?.text))
}

/// The change of a wallet's endpoint among the activities.
fn endpoint_change(old: Option<String>, new: Option<String>) -> ActivityChange {
    ActivityChange {
        what: "endpoint".to_owned(),
        old,
        new,
    }
}
