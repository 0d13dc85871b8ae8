//! Pages that ask a browser's wallet to use a node: one listener on loopback for each, one use, ten minutes.
//!
//! A page holds no secret of the node. Its address holds 256 random bits, and every request is checked for Host, Origin
//! and those bits before anything else, so that no other page and no rebound name gets at it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use freehold_contract::PromptState;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

mod page;
mod server;
#[cfg(test)]
mod tests;

pub(crate) use page::{Page, PageFacts};
pub(crate) use server::{Outcome, OutcomeKind, Reply, bind, serve};

/// How long a page waits for its one use.
pub(crate) const LIFETIME: Duration = Duration::from_mins(10);
/// Pages that are remembered, so that their outcome can be asked for. A person makes one after the other.
const MOST: usize = 16;

/// How a page went so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) state: PromptState,
    /// What the wallet said, shortened.
    pub(crate) said: Option<String>,
    /// After an approval: the node's height.
    pub(crate) height: Option<u64>,
}

impl Progress {
    pub(crate) fn at(state: PromptState) -> Self {
        Self {
            state,
            said: None,
            height: None,
        }
    }

    /// Nothing comes after it.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.state, PromptState::Approved | PromptState::Expired)
    }
}

/// One page that was made.
#[derive(Debug)]
pub(crate) struct Prompt {
    pub(crate) id: String,
    pub(crate) wallet: String,
    pub(crate) node: String,
    pub(crate) progress: watch::Sender<Progress>,
    /// Ends the page before its time.
    pub(crate) end: CancellationToken,
}

/// Every page that was made, the newest last.
#[derive(Debug, Default)]
pub(crate) struct Prompts(Mutex<VecDeque<Arc<Prompt>>>);

impl Prompts {
    /// Keeps a new page. One for the same wallet and node that still waits is ended: two would confuse.
    pub(crate) fn add(&self, prompt: Arc<Prompt>) {
        let mut kept = self.kept();
        for same in kept
            .iter()
            .filter(|known| known.wallet == prompt.wallet && known.node == prompt.node)
        {
            same.end.cancel();
        }
        kept.push_back(prompt);
        if kept.len() > MOST
            && let Some(oldest) = kept.pop_front()
        {
            oldest.end.cancel();
        }
    }

    pub(crate) fn find(&self, id: &str) -> Option<Arc<Prompt>> {
        self.kept().iter().find(|prompt| prompt.id == id).cloned()
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Arc<Prompt>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
