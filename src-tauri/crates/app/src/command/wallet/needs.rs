//! What a node lacks of what a wallet needs: told before the switch, with the change of the node that mends it.

use std::collections::BTreeMap;

use freehold_contract::{ChangeRequest, LackView, NodeFix};
use freehold_model::{Fault, FaultCode, NodeNeed};
use freehold_plan::Lack;
use freehold_probe::Identity;
use freehold_supervisor::NodeSnapshot;
use freehold_wallets::Adapter;

use super::destination::Destination;
use crate::App;

impl App {
    /// What the node lacks that the wallet needs there. `identity` is what the endpoint said of itself, where it was asked.
    pub(super) async fn lacks(
        &self,
        adapter: &dyn Adapter,
        destination: &Destination,
        identity: Option<&Identity>,
    ) -> Vec<LackView> {
        let needs = adapter.needs(destination.endpoint.protocol);
        let found = match &destination.node {
            Some(node) => lacks_of_node(node, needs, identity),
            None => lacks_of_stranger(needs, identity),
        };
        let mut views = Vec::new();
        for lack in found {
            views.push(self.lack_view(adapter, destination, lack).await);
        }
        views.extend(built_without_wallets(adapter, destination, identity, &views));
        views
    }

    async fn lack_view(&self, adapter: &dyn Adapter, destination: &Destination, lack: Lack) -> LackView {
        let fix = match &destination.node {
            Some(node) if !lack.mend.is_empty() => self.fix(node, &lack).await,
            _ => None,
        };
        LackView {
            need: lack.need.id().to_owned(),
            sentence: sentence(adapter.name(), &destination.label, &lack),
            blocks: lack.is_certain && destination.node.is_some(),
            fix,
        }
    }

    /// The change of options, with what it means for the node.
    async fn fix(&self, node: &NodeSnapshot, lack: &Lack) -> Option<NodeFix> {
        let set: BTreeMap<String, String> = lack
            .mend
            .iter()
            .map(|(option, value)| (option.to_string(), value.clone()))
            .collect();
        let id = node.record.id.to_string();
        let request = ChangeRequest {
            node: id.clone(),
            options: set.clone(),
            confirmed: false,
        };
        // A change that is not possible is no way out.
        let preview = self.node_change_preview(request).await.ok()?;
        let pairs: Vec<String> = set.iter().map(|(option, value)| format!("{option}={value}")).collect();
        Some(NodeFix {
            command: format!("freehold set {id} {}", pairs.join(" ")),
            node: id,
            set,
            effect: preview.effect,
            consequences: preview
                .changes
                .into_iter()
                .filter_map(|change| change.because)
                .collect(),
            restarts: preview.restarts,
        })
    }
}

/// The refusal of a switch to a node that is set so that the wallet cannot use it.
pub(super) fn needs_fault(lacks: &[LackView]) -> Option<Fault> {
    let blocking: Vec<&LackView> = lacks.iter().filter(|lack| lack.blocks).collect();
    if blocking.is_empty() {
        return None;
    }
    let sentences: Vec<&str> = blocking.iter().map(|lack| lack.sentence.as_str()).collect();
    let fault = Fault::new(FaultCode::WalletNeeds).with("lacks", sentences.join(" "));
    let fixes = blocking.iter().filter_map(|lack| lack.fix.as_ref());
    Some(fixes.fold(fault, |fault, fix| fault.hint(format!("Run `{}`.", fix.command))))
}

fn lacks_of_node(node: &NodeSnapshot, needs: &[NodeNeed], identity: Option<&Identity>) -> Vec<Lack> {
    let record = &node.record;
    let major = version_of(node, identity);
    let Some(spec) = node.spec.as_deref().filter(|_| record.external.is_none()) else {
        return unsure(needs, major);
    };
    freehold_plan::lacks(spec, &record.network, &record.options, major, needs).unwrap_or_else(|_| unsure(needs, major))
}

fn lacks_of_stranger(needs: &[NodeNeed], identity: Option<&Identity>) -> Vec<Lack> {
    let major = identity.and_then(|identity| major_of(&identity.version));
    let has_wallets = identity.and_then(|identity| identity.is_wallet_enabled);
    let mut found = unsure(needs, major);
    // Whether it keeps wallets it says itself.
    found.retain(|lack| lack.need != NodeNeed::WalletFunctions || has_wallets.is_none());
    found
}

/// Nobody knows how the node is set: only its version can be judged.
fn unsure(needs: &[NodeNeed], major: Option<u32>) -> Vec<Lack> {
    let lack = |need: NodeNeed| {
        let is_certain = match (need, major) {
            (NodeNeed::AtLeastVersion { major: wanted }, Some(found)) if found >= wanted => return None,
            (NodeNeed::AtLeastVersion { .. }, Some(_)) => true,
            _ => false,
        };
        Some(Lack {
            need,
            is_certain,
            mend: BTreeMap::new(),
        })
    };
    needs.iter().copied().filter_map(lack).collect()
}

/// A node whose settings allow wallets, and whose program was built without them, is known by its answer only.
fn built_without_wallets(
    adapter: &dyn Adapter,
    destination: &Destination,
    identity: Option<&Identity>,
    told: &[LackView],
) -> Option<LackView> {
    let need = NodeNeed::WalletFunctions;
    let is_needed = adapter.needs(destination.endpoint.protocol).contains(&need);
    let is_missing = identity.is_some_and(|identity| identity.is_wallet_enabled == Some(false));
    let is_told = told.iter().any(|lack| lack.need == need.id());
    (is_needed && is_missing && !is_told).then(|| LackView {
        need: need.id().to_owned(),
        sentence: format!(
            "{} answers that it has no wallet functions: it was started without them, or its program was built without \
             them. {} needs them to follow your addresses.",
            destination.label,
            adapter.name()
        ),
        blocks: false,
        fix: None,
    })
}

fn sentence(wallet: &str, node: &str, lack: &Lack) -> String {
    match (lack.need, lack.is_certain) {
        (NodeNeed::AtLeastVersion { .. }, true) => {
            format!("{wallet} needs {}, and {node} is older: update it.", lack.need)
        }
        (need, true) => format!("{wallet} needs {need}, and {node} is set without."),
        (need, false) => format!("{wallet} needs {need}. Whether {node} has that is not known."),
    }
}

/// The first part of the version that runs: as it says itself, else as its image is called.
fn version_of(node: &NodeSnapshot, identity: Option<&Identity>) -> Option<u32> {
    let said = identity.map(|identity| identity.version.as_str());
    let read = node.probe.report.as_ref().map(|report| report.version.as_str());
    let spec = node.spec.as_deref();
    let service = spec.and_then(|spec| spec.services_called(&spec.probe.service).next());
    let image = service.and_then(|service| node.record.images.get(&service.name));
    let tag = image.map(|image| image.tag.as_str());
    [said, read, tag].into_iter().flatten().find_map(major_of)
}

/// The first number of a version such as `31.1.0`, `v29.0.0` or `/Satoshi:31.1.0/`.
fn major_of(version: &str) -> Option<u32> {
    let digits = version
        .find(|c: char| c.is_ascii_digit())
        .and_then(|at| version.get(at..))?;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use freehold_contract::{LackView, NodeFix};
    use freehold_model::{FaultCode, NodeNeed};
    use freehold_probe::Identity;

    use super::{lacks_of_stranger, major_of, needs_fault};

    #[test]
    fn the_first_part_of_a_version_is_found_however_it_is_written() {
        for (text, major) in [
            ("31.1.0", Some(31)),
            ("v29.0.0", Some(29)),
            ("/Satoshi:0.21.0/", Some(0)),
            ("", None),
            ("unknown", None),
        ] {
            assert_eq!(major_of(text), major, "{text}");
        }
    }

    #[test]
    fn a_strangers_node_is_judged_by_what_it_says_of_itself() {
        let identity = |version: &str, is_wallet_enabled| Identity {
            chain: "main".to_owned(),
            height: 1,
            version: version.to_owned(),
            subversion: String::new(),
            is_wallet_enabled,
        };
        let needs = [
            NodeNeed::AtLeastVersion { major: 24 },
            NodeNeed::WalletFunctions,
            NodeNeed::BlockFilters,
        ];
        let judged = |identity: Option<&Identity>| {
            let found = lacks_of_stranger(&needs, identity);
            found
                .iter()
                .map(|lack| (lack.need.id(), lack.is_certain))
                .collect::<Vec<_>>()
        };
        let filters = ("block-filters", false);
        assert_eq!(judged(Some(&identity("24.0.1", Some(true)))), [filters]);
        assert_eq!(
            judged(Some(&identity("23.2.0", Some(true)))),
            [("at-least-version", true), filters]
        );
        assert_eq!(
            judged(None),
            [("at-least-version", false), ("wallet-functions", false), filters]
        );
    }

    #[test]
    fn a_refusal_names_the_command_that_mends_it() {
        let lack = |blocks| LackView {
            need: "block-filters".to_owned(),
            sentence: "Wasabi needs block filters, and mine is set without.".to_owned(),
            blocks,
            fix: Some(NodeFix {
                node: "mine".to_owned(),
                set: [("blockfilterindex".to_owned(), "on".to_owned())].into(),
                effect: "reindex".to_owned(),
                consequences: Vec::new(),
                restarts: vec!["mine".to_owned()],
                command: "freehold set mine blockfilterindex=on".to_owned(),
            }),
        };
        assert_eq!(
            needs_fault(&[lack(false)]),
            None,
            "what nobody is sure of refuses nothing"
        );
        let fault = needs_fault(&[lack(true)]).unwrap();
        assert_eq!(fault.code, FaultCode::WalletNeeds);
        assert!(
            fault.message().contains("Wasabi needs block filters"),
            "{}",
            fault.message()
        );
        assert!(
            fault
                .steps()
                .iter()
                .any(|step| step.contains("freehold set mine blockfilterindex=on"))
        );
    }
}
