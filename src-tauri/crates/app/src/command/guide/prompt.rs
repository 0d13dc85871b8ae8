//! The page that asks a browser's wallet: made for one node, after the node has proven its chain.

use std::sync::Arc;

use freehold_contract::{Change, PromptPage, PromptRequest, PromptState, PromptStatus, PromptStatusRequest};
use freehold_model::spec::IdentityCheck;
use freehold_model::{Endpoint, Fault, FaultCode, ProbeFailure, Protocol};
use freehold_probe::Identity;
use freehold_store::ActivityKind;
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{EvmChain, Guide, GuideEndpoint, PromptWords};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{endpoints, find_guide, fits, not_for, steps};
use crate::App;
use crate::prompt::{LIFETIME, Outcome, OutcomeKind, Page, PageFacts, Progress, Prompt, Reply, bind, serve};

/// Random bytes in a page's address.
const TOKEN_BYTES: usize = 32;

/// A node as the page asks for it.
#[derive(Debug, Clone)]
struct Asked {
    endpoint: Endpoint,
    path: String,
    identity: Vec<IdentityCheck>,
    node: String,
    node_id: String,
}

impl App {
    /// Opens a page on this machine that asks a browser's wallet to use a node.
    pub async fn wallet_prompt(&self, request: PromptRequest) -> Result<PromptPage, Fault> {
        let guide = find_guide(&request.wallet)?;
        let Some(words) = &guide.prompt else {
            let what = format!("a page for {}. {}", guide.name, guide.summary);
            return Err(Fault::new(FaultCode::NotSupported)
                .with("what", what)
                .hint(format!("`freehold wallet guide {}` has the steps.", guide.id)));
        };
        let node = self.find_node(&request.node)?;
        if !fits(guide, &node) {
            return Err(not_for(guide, &node));
        }
        let seen = endpoints(&node)
            .into_iter()
            .find(|seen| seen.endpoint.protocol == Protocol::EvmHttp)
            .ok_or_else(|| not_for(guide, &node))?;
        let chain = coin_of(guide, &node, &seen)?;
        let asked = asked(&node, &seen);
        let identity = prove(&asked).await?;
        let page = self.open_page(guide, words, chain, &seen, asked.clone()).await?;
        Ok(PromptPage {
            id: page.0,
            url: page.1,
            expires_in_s: u32::try_from(LIFETIME.as_secs()).unwrap_or(u32::MAX),
            node: asked.node_id,
            chain_id: format!("{:#x}", chain.id),
            height: identity.height,
        })
    }

    async fn open_page(
        &self,
        guide: &'static Guide,
        words: &PromptWords,
        chain: &EvmChain,
        seen: &GuideEndpoint,
        asked: Asked,
    ) -> Result<(String, String), Fault> {
        let random = |bytes| freehold_store::secret::random_hex(bytes).map_err(|error| error.to_fault());
        let (id, token) = (random(8)?, random(TOKEN_BYTES)?);
        let (listener, address) = bind().await?;
        let revert = freehold_wallets::fill(guide, &guide.revert, std::slice::from_ref(seen));
        let page = Page::new(&PageFacts {
            words,
            chain,
            node: &asked.node,
            url: &format!("{}{}", asked.endpoint.url(), asked.path),
            revert: &revert,
        });
        let prompt = Arc::new(Prompt {
            id: id.clone(),
            wallet: guide.id.clone(),
            node: asked.node_id.clone(),
            progress: watch::Sender::new(Progress::at(PromptState::Waiting)),
            end: CancellationToken::new(),
        });
        self.0.prompts.add(prompt.clone());
        let url = format!("http://{address}/{token}/");
        self.spawn_while_alive(|app| {
            let answer = move |outcome| app.clone().take_outcome(guide, asked.clone(), outcome);
            serve(listener, address, token, page, prompt, LIFETIME, answer)
        });
        Ok((id, url))
    }

    /// Keeps what the page told; after an approval the node itself is asked whether it is there.
    async fn take_outcome(self, guide: &'static Guide, asked: Asked, outcome: Outcome) -> Reply {
        let name = &guide.name;
        match outcome.outcome {
            OutcomeKind::Asking | OutcomeKind::NoWallet => Reply::default(),
            OutcomeKind::Approved => {
                let height = prove(&asked).await.ok().map(|identity| identity.height);
                let proof = match height {
                    Some(height) => format!("; the node answers at height {height}"),
                    None => ", but the node does not answer now".to_owned(),
                };
                let text = format!("{name} was allowed by you to use {}{proof}", asked.node);
                self.note(ActivityKind::Wallet, Some(&guide.id), &text);
                self.0.hub.send(Change::Wallets {});
                Reply { height }
            }
            OutcomeKind::Refused | OutcomeKind::WrongChain | OutcomeKind::Failed => {
                let text = format!("{name} was not pointed at {}: {}", asked.node, outcome_words(&outcome));
                self.note(ActivityKind::Wallet, Some(&guide.id), &text);
                Reply::default()
            }
        }
    }

    /// How such a page went.
    pub async fn wallet_prompt_status(&self, request: PromptStatusRequest) -> Result<PromptStatus, Fault> {
        let Some(prompt) = self.0.prompts.find(&request.id) else {
            let reason = "there is no such page; it may be of an earlier start of Freehold";
            return Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
        };
        let guide = find_guide(&prompt.wallet)?;
        let progress = prompt.progress.borrow().clone();
        let revert = if progress.state == PromptState::Approved {
            let seen = self.find_node(&prompt.node).map(|node| endpoints(&node));
            steps(freehold_wallets::fill(guide, &guide.revert, &seen.unwrap_or_default()))
        } else {
            Vec::new()
        };
        Ok(PromptStatus {
            id: prompt.id.clone(),
            state: progress.state,
            text: state_text(guide, &progress),
            height: progress.height,
            revert,
        })
    }
}

fn asked(node: &NodeSnapshot, seen: &GuideEndpoint) -> Asked {
    let network = node.spec.as_ref().and_then(|spec| spec.network(&node.record.network));
    Asked {
        endpoint: seen.endpoint.clone(),
        path: seen.path.clone(),
        identity: network.map(|network| network.identity.clone()).unwrap_or_default(),
        node: node.record.name.clone(),
        node_id: node.record.id.to_string(),
    }
}

/// The coin that the wallet has stored for the node's chain: with another one it would refuse.
fn coin_of(guide: &Guide, node: &NodeSnapshot, seen: &GuideEndpoint) -> Result<&'static EvmChain, Fault> {
    seen.chain_id.and_then(freehold_wallets::evm_chain).ok_or_else(|| {
        let what = format!(
            "a page for {}: Freehold does not know which coin {} has stored for this chain",
            node.record.name, guide.name
        );
        Fault::new(FaultCode::NotSupported)
            .with("what", what)
            .hint("Add the address by hand in the wallet's list of networks.")
    })
}

/// Asks the node for its chain. Dead, warming up and wrong are three faults.
async fn prove(asked: &Asked) -> Result<Identity, Fault> {
    let fault = |code| Fault::new(code).with("endpoint", &asked.endpoint);
    let identified = freehold_probe::identify_at(&asked.endpoint, &asked.path, &asked.identity).await;
    identified.map_err(|failure| match failure {
        ProbeFailure::WarmingUp { message } => fault(FaultCode::EndpointWarmingUp).with("message", message),
        ProbeFailure::AuthenticationFailed => fault(FaultCode::EndpointAuth).with("user", "(none)"),
        ProbeFailure::WrongChain { expected, found } => fault(FaultCode::EndpointWrongChain)
            .with("expected", expected)
            .with("found", found),
        ProbeFailure::Silent { reason } => fault(FaultCode::EndpointSilent).with("reason", reason),
        ProbeFailure::Unreadable { reason } => fault(FaultCode::EndpointUnreadable).with("reason", reason),
    })
}

fn outcome_words(outcome: &Outcome) -> String {
    let reason = match outcome.outcome {
        OutcomeKind::Refused => "you refused it there",
        OutcomeKind::WrongChain => "it found another chain there",
        OutcomeKind::Asking | OutcomeKind::Approved | OutcomeKind::NoWallet | OutcomeKind::Failed => {
            "it answered with an error"
        }
    };
    match &outcome.said {
        Some(said) if outcome.outcome != OutcomeKind::Refused => format!("{reason} ({said})"),
        _ => reason.to_owned(),
    }
}

fn state_text(guide: &Guide, progress: &Progress) -> String {
    let name = &guide.name;
    match progress.state {
        PromptState::Waiting => "The page has not been opened yet.".to_owned(),
        PromptState::Opened => format!("The page is open in a browser; {name} asks there."),
        PromptState::Approved => match progress.height {
            Some(height) => format!("{name} took the node, which answers at height {height}."),
            None => format!("{name} took the node, but the node does not answer now."),
        },
        PromptState::Refused => format!("You refused it in {name}. Nothing was changed."),
        PromptState::NoWallet => {
            format!("The browser that opened the page has no {name}. Open it in the one that has.")
        }
        PromptState::WrongChain => format!("{name} says that the node is on another chain. Nothing was changed."),
        PromptState::Failed => {
            let said = progress.said.as_deref().unwrap_or("nothing more");
            format!("{name} answered with an error and changed nothing. It said: {said}")
        }
        PromptState::Expired => "The page was not used in time and is gone.".to_owned(),
    }
}
