//! Wallets that are pointed at a node by hand: steps, a page for the browser, links for telephones.

use freehold_contract::{GuideNode, GuideRequest, WalletGuide, WalletStep};
use freehold_model::spec::EndpointSpec;
use freehold_model::{Endpoint, Fault, FaultCode, Protocol};
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{FilledStep, Guide, GuideEndpoint, RunsOn, Switchable, WalletError};
use serde_json::Value;

use crate::App;

pub(crate) mod link;
mod phone;
mod prompt;
mod rows;

pub(super) use rows::guided_rows;

impl App {
    /// The steps by which a wallet without an editable file is pointed at a node.
    pub async fn wallet_guide(&self, request: GuideRequest) -> Result<WalletGuide, Fault> {
        let guide = find_guide(&request.wallet)?;
        let nodes = self.0.fleet.snapshots();
        let fitting: Vec<&NodeSnapshot> = nodes.iter().filter(|node| fits(guide, node)).collect();
        let named = match &request.node {
            Some(name) => {
                let node = self.find_node(name)?;
                if !fits(guide, &node) {
                    return Err(not_for(guide, &node));
                }
                Some(node)
            }
            None => fitting.first().map(|node| (*node).clone()),
        };
        let endpoints = match &named {
            Some(node) if guide.runs_on == RunsOn::Phone => phone::reachable(node),
            Some(node) => endpoints(node),
            None => Vec::new(),
        };
        let mut steps = steps(freehold_wallets::fill(guide, &guide.steps, &endpoints));
        if guide.runs_on == RunsOn::Phone && guide.how != Switchable::No && endpoints.is_empty() {
            steps.insert(0, phone::first_step(named.as_ref()));
        }
        let endpoint = guide
            .protocols
            .iter()
            .find_map(|protocol| endpoints.iter().find(|seen| seen.endpoint.protocol == *protocol));
        Ok(WalletGuide {
            wallet: guide.id.clone(),
            name: guide.name.clone(),
            how: how(guide).to_owned(),
            runs_on: guide.runs_on.as_str().to_owned(),
            has_link: guide.link.is_some(),
            summary: guide.summary.clone(),
            node: named.as_ref().map(guide_node),
            nodes: fitting.into_iter().map(guide_node).collect(),
            endpoint: endpoint.map(|seen| seen.endpoint.to_string()),
            steps,
            revert: self::steps(freehold_wallets::fill(guide, &guide.revert, &endpoints)),
            notes: guide.notes.clone(),
            unverified: guide.unverified.clone(),
            hosted: guide.hosted.clone(),
            leftovers: guide.leftovers.clone(),
        })
    }
}

/// The guide of a wallet, or why there is none.
fn find_guide(wallet: &str) -> Result<&'static Guide, Fault> {
    if let Some(guide) = freehold_wallets::guide(wallet) {
        return Ok(guide);
    }
    if let Some(adapter) = freehold_wallets::adapter(wallet) {
        let reason = format!(
            "{} needs no steps: Freehold switches it by itself with `freehold wallet switch {wallet}`",
            adapter.name()
        );
        return Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
    }
    Err(WalletError::Unknown {
        wallet: wallet.to_owned(),
    }
    .to_fault())
}

/// Whether a wallet could use a node: its chain, its network, and something that both speak.
fn fits(guide: &Guide, node: &NodeSnapshot) -> bool {
    let Some(spec) = node.spec.as_deref() else {
        return false;
    };
    let network = node.record.network.as_str();
    guide.chains.iter().any(|chain| chain == spec.chain.as_str())
        && (guide.networks.is_empty() || guide.networks.iter().any(|known| known == network))
        && offers(node)
            .iter()
            .any(|offer| guide.protocols.contains(&offer.protocol))
}

/// What a node offers with its options.
pub(in crate::command) fn offers(node: &NodeSnapshot) -> Vec<EndpointSpec> {
    let Some(spec) = node.spec.as_deref() else {
        return Vec::new();
    };
    if node.record.external.is_some() {
        return spec.endpoints.clone();
    }
    let options = freehold_plan::resolve(spec, &node.record.network, &node.record.options).unwrap_or_default();
    freehold_plan::active_endpoints(spec, &options).cloned().collect()
}

/// A node's endpoints as steps name them.
fn endpoints(node: &NodeSnapshot) -> Vec<GuideEndpoint> {
    let record = &node.record;
    let external = record.external.as_ref();
    let seat = |offer: EndpointSpec| {
        let port = external.map(|external| external.port);
        Some(GuideEndpoint {
            endpoint: Endpoint {
                protocol: offer.protocol,
                host: external.map_or_else(|| "127.0.0.1".to_owned(), |external| external.host.clone()),
                port: port.or_else(|| record.ports.get(&offer.port).copied())?,
                credential: None,
            },
            path: offer.path,
            user: match external {
                Some(external) => external.user.clone(),
                None => offer.secret.as_ref().and(offer.user),
            },
            node: record.name.clone(),
            network: record.network.to_string(),
            chain_id: evm_chain_id(node),
        })
    };
    offers(node).into_iter().filter_map(seat).collect()
}

/// The id of an EVM chain, from what proves the node's identity.
fn evm_chain_id(node: &NodeSnapshot) -> Option<u64> {
    let network = node.spec.as_deref()?.network(&node.record.network)?;
    let proof = network.identity.iter().find(|proof| proof.method == "eth_chainId")?;
    match &proof.equals {
        Value::String(text) => u64::from_str_radix(text.strip_prefix("0x")?, 16).ok(),
        _ => None,
    }
}

fn not_for(guide: &Guide, node: &NodeSnapshot) -> Fault {
    let spoken: Vec<&str> = guide.protocols.iter().map(|protocol| protocol.scheme()).collect();
    let offered: Vec<&str> = offers(node)
        .iter()
        .map(|offer| Protocol::scheme(offer.protocol))
        .collect();
    Fault::new(FaultCode::WalletProtocol)
        .because(format_args!(
            "{} speaks {} on {}; {} offers {} on {}",
            guide.name,
            spoken.join(", "),
            guide.chains.join(", "),
            node.record.name,
            if offered.is_empty() {
                "nothing".to_owned()
            } else {
                offered.join(", ")
            },
            node.record.network
        ))
        .with("wallet", &guide.name)
}

fn how(guide: &Guide) -> &'static str {
    match guide.how {
        Switchable::File => "file",
        Switchable::Prompt => "prompt",
        Switchable::Guide => "guide",
        Switchable::No => "no",
    }
}

fn guide_node(node: &NodeSnapshot) -> GuideNode {
    GuideNode {
        id: node.record.id.to_string(),
        name: node.record.name.clone(),
        network: node.record.network.to_string(),
    }
}

fn steps(filled: Vec<FilledStep>) -> Vec<WalletStep> {
    let view = |step: FilledStep| WalletStep {
        text: step.text,
        copy: step.copy,
    };
    filled.into_iter().map(view).collect()
}
