//! Whom the user's nodes ask: other nodes, and addresses in their options and arguments.

use std::collections::{BTreeMap, BTreeSet};

use freehold_model::spec::{Effect, NetworkSpec, NodeSpec, OptionKind, OptionSpec, OptionValue};
use freehold_model::{DesiredState, NodeId};
use freehold_plan::ResolvedOptions;
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::{NodeAsks, NodeUse};

/// An address and what is known about it.
struct Asked {
    address: String,
    note: Option<String>,
    is_lasting: bool,
}

/// Whom the nodes that should run ask. What somebody else runs is not known.
pub(super) fn node_uses(nodes: &[NodeSnapshot]) -> Vec<NodeUse> {
    let names: BTreeMap<&NodeId, &str> = nodes
        .iter()
        .map(|node| (&node.record.id, node.record.name.as_str()))
        .collect();
    nodes
        .iter()
        .filter(|node| node.record.desired == DesiredState::Running && node.record.external.is_none())
        .flat_map(|node| uses(node, &names))
        .collect()
}

fn uses(node: &NodeSnapshot, names: &BTreeMap<&NodeId, &str>) -> Vec<NodeUse> {
    let Some(spec) = node.spec.as_deref() else {
        return Vec::new();
    };
    let record = &node.record;
    let one = |asks, note, is_lasting| NodeUse {
        node: record.id.to_string(),
        name: record.name.clone(),
        network: record.network.to_string(),
        asks,
        note,
        is_lasting,
    };
    let needed = record.needs.iter().map(|(role, id)| {
        let purpose = spec.dependencies.iter().find(|dependency| dependency.name == *role);
        let note = purpose.map(|dependency| format!("It {}.", dependency.purpose));
        let name = names.get(id).map_or_else(|| id.to_string(), |name| (*name).to_owned());
        one(NodeAsks::Node(name), note, true)
    });
    let options = freehold_plan::resolve(spec, &record.network, &record.options).unwrap_or_default();
    let addresses = spec
        .network(&record.network)
        .map(|network| addresses(spec, network, &options))
        .unwrap_or_default();
    let asked = addresses
        .into_iter()
        .map(|asked| one(NodeAsks::Address(asked.address), asked.note, asked.is_lasting));
    needed.chain(asked).collect()
}

/// The addresses of others in options and arguments, each once.
fn addresses(spec: &NodeSpec, network: &NetworkSpec, options: &ResolvedOptions) -> Vec<Asked> {
    let chosen = spec
        .options
        .iter()
        .filter(|option| options.is_active(&option.id))
        .flat_map(|option| of_option(option, network, options));
    let fixed = freehold_plan::active_services(spec, options)
        .flat_map(|service| service.args.iter().chain(service.env.values()))
        .flat_map(|argument| found_in(&filled(argument, network, options)))
        .map(|address| Asked {
            note: purpose_of(spec, &address),
            address,
            is_lasting: true,
        });
    let mut seen = BTreeSet::new();
    chosen
        .chain(fixed)
        .filter(|asked| seen.insert(asked.address.clone()))
        .collect()
}

fn of_option(option: &OptionSpec, network: &NetworkSpec, options: &ResolvedOptions) -> Vec<Asked> {
    let texts: Vec<String> = match (&option.kind, options.value(&option.id)) {
        (OptionKind::Choice { choices, .. }, Some(OptionValue::Choice(value))) => {
            let chosen = choices.iter().filter(|choice| choice.value == *value);
            chosen.flat_map(|choice| choice.args.iter().cloned()).collect()
        }
        (_, Some(OptionValue::Text(text))) => vec![text.clone()],
        (_, Some(OptionValue::List(entries))) => entries.clone(),
        _ => Vec::new(),
    };
    // What changes without a restart or a new sync is not asked while the node runs.
    let first_start = option.consequences.iter().find(|one| one.effect == Effect::None);
    let asked = |address| Asked {
        address,
        note: first_start
            .map(|one| one.because.clone())
            .or_else(|| Some(format!("Option {}.", option.label))),
        is_lasting: first_start.is_none(),
    };
    texts
        .iter()
        .flat_map(|text| found_in(&filled(text, network, options)))
        .map(asked)
        .collect()
}

/// The text with words of the network and values of options put in; other placeholders stay.
fn filled(text: &str, network: &NetworkSpec, options: &ResolvedOptions) -> String {
    let mut filled = text.to_owned();
    for (word, value) in &network.words {
        filled = filled.replace(&format!("{{network.{word}}}"), value);
    }
    for (option, value) in options.texts() {
        filled = filled.replace(&format!("{{option.{option}}}"), &value);
    }
    filled
}

/// The addresses in an argument that name a host of others: none with a placeholder left, none that the node listens at.
fn found_in(text: &str) -> Vec<String> {
    let ends = |c: char| c.is_whitespace() || "\"'<>,;".contains(c);
    let mut found = Vec::new();
    for piece in text.split(ends) {
        let Some((before, after)) = piece.split_once("://") else {
            continue;
        };
        let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let start = before.rfind(|c| !is_scheme(c)).map_or(0, |at| at + 1);
        let Some(scheme) = before.get(start..).filter(|scheme| !scheme.is_empty()) else {
            continue;
        };
        let is_listening = ["0.0.0.0", "127.0.0.1", "localhost", "[::"]
            .iter()
            .any(|own| after.starts_with(own));
        if !is_listening && !after.contains('{') && matches!(scheme, "http" | "https" | "ws" | "wss" | "tcp" | "ssl") {
            found.push(format!("{scheme}://{after}"));
        }
    }
    found
}

/// What the entry says about a host that its client contacts.
fn purpose_of(spec: &NodeSpec, address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', ':', '?']).next()?;
    let contact = spec.contacts.iter().find(|contact| contact.host.contains(host))?;
    Some(format!("It {}.", contact.purpose))
}

#[cfg(test)]
mod tests {
    use super::{addresses, found_in};
    use freehold_catalog::Catalog;
    use freehold_model::{ClientId, Network};
    use std::collections::BTreeMap;

    #[test]
    fn addresses_are_cut_out_of_arguments() {
        for (text, expected) in [
            (
                "--checkpoint-sync-url=https://a.example/x",
                &["https://a.example/x"][..],
            ),
            ("https://a.example", &["https://a.example"]),
            ("-zmqpubrawblock=tcp://0.0.0.0:28332", &[]),
            ("--l1=http://{needs.ethereum.host}:8545", &[]),
            ("--http-allowed-origins=http://localhost", &[]),
            (
                "proxy_pass http://b.example, wss://c.example;",
                &["http://b.example", "wss://c.example"],
            ),
            ("nothing", &[]),
        ] {
            assert_eq!(found_in(text), expected, "{text}");
        }
    }

    /// `address` and whether it lasts, of an entry of the real catalog with its defaults on mainnet.
    fn of_entry(id: &str) -> Vec<(String, bool)> {
        let catalog = Catalog::built_in().unwrap();
        let spec = &catalog.find(&ClientId::try_new(id).unwrap()).unwrap().spec;
        let network = Network::mainnet();
        let options = freehold_plan::resolve(spec, &network, &BTreeMap::new()).unwrap();
        let found = addresses(spec, spec.network(&network).unwrap(), &options).into_iter();
        found.map(|asked| (asked.address, asked.is_lasting)).collect()
    }

    #[test]
    fn nodes_of_the_catalog_say_whom_they_ask() {
        let one = |address: &str, is_lasting| vec![(address.to_owned(), is_lasting)];
        assert_eq!(of_entry("bitcoin-core"), []);
        assert_eq!(of_entry("optimism"), one("https://mainnet-sequencer.optimism.io", true));
        assert_eq!(of_entry("ar-io"), one("https://arweave.net", true));
        assert_eq!(
            of_entry("ethereum"),
            one("https://mainnet.checkpoint.sigp.io", false),
            "asked at the first start only"
        );
    }
}
