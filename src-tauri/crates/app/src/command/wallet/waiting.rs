//! Changes of wallets that run now: made when they close.
//!
//! Kept in a file of their own, so that they are still meant after a restart. The one rule: what is kept is the request,
//! never a plan; it is thought through anew when its time has come.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use freehold_contract::{Change, RevertRequest, SwitchRequest};
use freehold_model::{Fault, FaultCode};
use freehold_store::{ActivityKind, file};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::App;

/// How often it is looked whether a wallet has closed, while any is waited for.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A change that waits for a wallet to close.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WaitingChange {
    /// To be pointed at a node.
    Switch(SwitchRequest),
    /// To be put back.
    Revert(RevertRequest),
}

impl WaitingChange {
    fn wallet(&self) -> &str {
        match self {
            Self::Switch(request) => &request.wallet,
            Self::Revert(request) => &request.wallet,
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::Switch(request) => {
                let to = request.node.as_deref().or(request.to.as_deref()).unwrap_or("its node");
                format!("When it closes it is pointed at {to}.")
            }
            Self::Revert(_) => "When it closes it is put back.".to_owned(),
        }
    }
}

/// One change and the network that it is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Waiting {
    /// The network.
    pub(super) network: String,
    /// What is to be done.
    pub(super) change: WaitingChange,
}

/// Every change that waits.
#[derive(Default)]
pub(crate) struct WaitingList {
    list: Mutex<Vec<Waiting>>,
    grown: Notify,
}

impl WaitingList {
    fn list(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for WaitingList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WaitingList({} changes)", self.list().len())
    }
}

impl App {
    /// Keeps a change for the moment at which its wallet closes; a newer one for the same wallet and network takes the
    /// place of the older.
    pub(super) fn wait_for_close(&self, network: &str, change: WaitingChange) -> Result<(), Fault> {
        let wallet = change.wallet().to_owned();
        self.change_waiting(|list| {
            list.retain(|waiting| waiting.change.wallet() != wallet || waiting.network != network);
            list.push(Waiting {
                network: network.to_owned(),
                change,
            });
        })?;
        self.0.waiting.grown.notify_one();
        Ok(())
    }

    /// Forgets what waits for a wallet and network. False: nothing did.
    pub(super) fn stop_waiting(&self, wallet: &str, network: &str) -> Result<bool, Fault> {
        let mut was_there = false;
        self.change_waiting(|list| {
            let before = list.len();
            list.retain(|waiting| waiting.change.wallet() != wallet || waiting.network != network);
            was_there = list.len() != before;
        })?;
        Ok(was_there)
    }

    /// What waits for a wallet and network, in a sentence.
    pub(super) fn waiting_sentence(&self, wallet: &str, network: &str) -> Option<String> {
        let list = self.0.waiting.list();
        let found = list
            .iter()
            .find(|waiting| waiting.change.wallet() == wallet && waiting.network == network);
        found.map(|waiting| waiting.change.sentence())
    }

    fn change_waiting(&self, change: impl FnOnce(&mut Vec<Waiting>)) -> Result<(), Fault> {
        let mut list = self.0.waiting.list();
        let mut next = list.clone();
        change(&mut next);
        let failed = |error: serde_json::Error| Fault::new(FaultCode::Internal).with("reason", error);
        let bytes = serde_json::to_vec_pretty(&next).map_err(failed)?;
        file::write_atomic(&self.0.layout.waiting_wallets(), &bytes, file::PRIVATE)
            .map_err(|error| error.to_fault())?;
        *list = next;
        drop(list);
        self.0.hub.send(Change::Wallets {});
        Ok(())
    }

    /// Makes the changes whose wallets have closed, until the application ends.
    pub(crate) async fn serve_waiting_wallets(self) {
        self.load_waiting();
        loop {
            if self.0.waiting.list().is_empty() {
                self.0.waiting.grown.notified().await;
            }
            let list = self.0.waiting.list().clone();
            for waiting in list {
                self.try_waiting(waiting).await;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn load_waiting(&self) {
        let kept = file::read_if_there(&self.0.layout.waiting_wallets());
        let list = kept.ok().flatten().map(|bytes| serde_json::from_slice(&bytes));
        match list {
            Some(Ok(list)) => *self.0.waiting.list() = list,
            Some(Err(error)) => tracing::warn!(%error, "the list of wallets that are waited for cannot be read"),
            None => {}
        }
    }

    async fn try_waiting(&self, waiting: Waiting) {
        let outcome = match waiting.change.clone() {
            WaitingChange::Switch(request) => {
                let now = SwitchRequest {
                    when_closed: false,
                    ..request
                };
                self.wallet_switch(now).await.map(drop)
            }
            WaitingChange::Revert(request) => {
                let now = RevertRequest {
                    when_closed: false,
                    ..request
                };
                self.wallet_revert(now).await.map(drop)
            }
        };
        let fault = match outcome {
            Ok(()) => None,
            // It runs still, or its node does not answer for the moment: both pass.
            Err(fault)
                if matches!(
                    fault.code,
                    FaultCode::WalletRunning
                        | FaultCode::EndpointSilent
                        | FaultCode::EndpointWarmingUp
                        | FaultCode::EngineUnreachable
                ) =>
            {
                return;
            }
            Err(fault) => Some(fault),
        };
        let wallet = waiting.change.wallet();
        if let Err(error) = self.stop_waiting(wallet, &waiting.network) {
            tracing::warn!(error = %error.message(), "a change that was waited for could not be crossed off");
        }
        if let Some(fault) = fault {
            let text = format!("{wallet} has closed, but was not changed: {}", fault.message());
            self.note(ActivityKind::Fault, Some(wallet), &text);
        }
    }
}
