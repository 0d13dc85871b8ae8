//! Fills a guide's steps in for one node, or says in words what belongs there.

use freehold_model::{Endpoint, Protocol};

use super::{Guide, Step, With, evm_chain};

/// Where a node can be reached, as far as a step names it. Holds no password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideEndpoint {
    /// The endpoint, without a credential.
    pub endpoint: Endpoint,
    /// Its path, for example `/ext/bc/C/rpc`; empty for none.
    pub path: String,
    /// The user name that it asks for.
    pub user: Option<String>,
    /// The node's name.
    pub node: String,
    /// The node's network.
    pub network: String,
    /// The id of an EVM chain.
    pub chain_id: Option<u64>,
}

/// A step as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledStep {
    /// What to do.
    pub text: String,
    /// What to copy.
    pub copy: Option<String>,
}

/// The placeholders, each with what a text says where no node is known.
pub(super) const PLACEHOLDERS: [(&str, &str); 13] = [
    ("url", "the address of your node"),
    ("origin", "the address of your node"),
    ("authority", "the host and port of your node"),
    ("electrum", "the address of your Electrum server"),
    ("host", "the host of your node"),
    ("port", "the port of your node"),
    ("transport", "the scheme"),
    ("user", "its user name"),
    ("node", "your node"),
    ("network", "its network"),
    ("chain_id", "that your node has"),
    ("symbol", "its symbol"),
    ("coin", "its coin"),
];

/// The steps for these endpoints of one node; without any, in words. A value to copy that cannot be filled in is left out.
pub fn fill(guide: &Guide, steps: &[Step], endpoints: &[GuideEndpoint]) -> Vec<FilledStep> {
    steps
        .iter()
        .filter_map(|step| fill_step(guide, step, endpoints))
        .collect()
}

fn fill_step(guide: &Guide, step: &Step, endpoints: &[GuideEndpoint]) -> Option<FilledStep> {
    let wanted: &[Protocol] = step.protocol.as_ref().map_or(&guide.protocols, std::slice::from_ref);
    let found = wanted
        .iter()
        .find_map(|protocol| endpoints.iter().find(|seen| seen.endpoint.protocol == *protocol));
    let is_meant = match (found, step.with) {
        // Nothing is known of the node: every step is shown.
        _ if endpoints.is_empty() => true,
        (None, _) => false,
        (Some(found), Some(With::User)) => found.user.is_some(),
        (Some(_), None) => true,
    };
    let text = |name: &str| {
        let known = found.and_then(|found| value(name, found));
        known.or_else(|| {
            PLACEHOLDERS
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, words)| (*words).to_owned())
        })
    };
    let copy = step.copy.as_deref().and_then(|copy| {
        let mut is_whole = true;
        let filled = replace(copy, |name| {
            let known = found.and_then(|found| value(name, found));
            is_whole &= known.is_some();
            known
        });
        is_whole.then_some(filled)
    });
    is_meant.then(|| FilledStep {
        text: replace(&step.text, text),
        copy,
    })
}

fn value(name: &str, seen: &GuideEndpoint) -> Option<String> {
    let endpoint = &seen.endpoint;
    Some(match name {
        "url" => format!("{}{}", endpoint.url(), seen.path),
        "origin" => endpoint.url(),
        "authority" => endpoint.authority(),
        "electrum" => {
            let tls = match endpoint.protocol {
                Protocol::ElectrumTcp => "t",
                Protocol::ElectrumSsl => "s",
                _ => return None,
            };
            format!("{}:{tls}", endpoint.authority())
        }
        "host" => endpoint.host.clone(),
        "port" => endpoint.port.to_string(),
        "transport" => endpoint.protocol.transport().to_owned(),
        "user" => seen.user.clone()?,
        "node" => seen.node.clone(),
        "network" => seen.network.clone(),
        "chain_id" => seen.chain_id?.to_string(),
        "symbol" => evm_chain(seen.chain_id?)?.symbol.clone(),
        "coin" => evm_chain(seen.chain_id?)?.coin.clone(),
        _ => return None,
    })
}

/// The names in `{}` of a text, and whether every brace belongs to one.
pub(super) fn names(text: &str) -> (Vec<&str>, bool) {
    let (mut names, mut rest, mut is_clean) = (Vec::new(), text, true);
    while let Some((before, after)) = rest.split_once('{') {
        is_clean &= !before.contains('}');
        let Some((name, later)) = after.split_once('}') else {
            return (names, false);
        };
        names.push(name);
        rest = later;
    }
    (names, is_clean && !rest.contains('}'))
}

fn replace(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, later)) = after.split_once('}') else {
            rest = after;
            break;
        };
        filled.push_str(&value(name).unwrap_or_default());
        rest = later;
    }
    filled.push_str(rest);
    filled
}
