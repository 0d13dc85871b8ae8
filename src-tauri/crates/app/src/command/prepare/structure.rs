//! Which nodes an install makes: the one that was asked for, and those that it needs and that are not there yet.
//!
//! A needed node is one of the user's that fits, else a new one. Two nodes that need the same thing share it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use freehold_contract::{DependencyView, InstallRequest, OptionChangeView};
use freehold_model::spec::{DependencySpec, Effect, NodeSpec, OptionValue};
use freehold_model::{DesiredState, Fault, FaultCode, Finding, Network, NodeId, NodeRecord, OptionId, Severity};
use freehold_plan::ResolvedOptions;
use freehold_supervisor::{NodeSnapshot, option_fault};

use super::{choose_network, read_options, split_secrets};
use crate::App;

/// Needs of needs; deeper than any chain of real programs.
const DEEPEST: usize = 6;

/// A new node, before its ports and images are chosen.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) spec: Arc<NodeSpec>,
    pub(crate) node: NodeId,
    pub(crate) name: String,
    pub(crate) network: Network,
    pub(crate) options: BTreeMap<OptionId, String>,
    pub(crate) data_dir: PathBuf,
    /// Numbers that the user gave published ports, by name.
    pub(crate) ports: BTreeMap<String, u16>,
    pub(crate) needs: BTreeMap<String, NodeId>,
    pub(crate) adopt: Option<PathBuf>,
}

/// Options that are changed on a node that is there already.
#[derive(Debug, Clone)]
pub(crate) struct NeededChange {
    pub(crate) node: NodeId,
    pub(crate) options: BTreeMap<OptionId, String>,
    pub(crate) once_args: Vec<String>,
}

/// How the nodes of an install hang together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Structure {
    /// New nodes, each after those that it needs.
    pub(crate) nodes: Vec<Planned>,
    /// Changes of nodes that are there.
    pub(crate) changes: Vec<NeededChange>,
    /// What is said about the needs of the node that was asked for.
    pub(crate) dependencies: Vec<DependencyView>,
    /// What was found meanwhile.
    pub(crate) findings: Vec<Finding>,
}

impl App {
    pub(super) fn find_structure(&self, request: &InstallRequest) -> Result<Structure, Fault> {
        let mut structure = Structure::default();
        let spec = self.0.shelf.find(&request.client)?;
        let network = choose_network(&spec, request.network.as_deref())?;
        let options = read_options(&spec, &request.options)?;
        let (node, name) = self.choose_name(&spec, &network, request.name.as_deref(), &structure)?;
        let data_dir = self.choose_folder(&node, request.data_dir.as_deref())?;
        let base = request.data_dir.as_ref().map(|_| data_dir.clone());
        let planned = Planned {
            spec,
            node,
            name,
            network,
            options,
            data_dir,
            ports: request.ports.clone(),
            needs: BTreeMap::new(),
            adopt: request.adopt.as_ref().map(PathBuf::from),
        };
        self.add(planned, &request.needs, base, 0, &mut structure)?;
        Ok(structure)
    }

    /// Adds a node after those that it needs.
    fn add(
        &self,
        mut planned: Planned,
        wanted: &BTreeMap<String, String>,
        base: Option<PathBuf>,
        depth: usize,
        structure: &mut Structure,
    ) -> Result<(), Fault> {
        if depth > DEEPEST {
            return Err(Fault::new(FaultCode::Internal).with("reason", "the catalog's dependencies go in a circle"));
        }
        let (chosen, _) = split_secrets(&planned.spec, planned.options.clone());
        let options = freehold_plan::resolve(&planned.spec, &planned.network, &chosen)
            .map_err(|error| option_fault(&planned.spec.id, &error))?;
        if let Some(unknown) = wanted.keys().find(|name| {
            !planned
                .spec
                .dependencies
                .iter()
                .any(|dependency| dependency.name == **name)
        }) {
            return Err(need_unmet(format!(
                "`{}` needs nothing named `{unknown}`",
                planned.spec.id
            )));
        }
        let spec = planned.spec.clone();
        let needed: Vec<&DependencySpec> = spec
            .dependencies
            .iter()
            .filter(|dependency| is_needed(dependency, &planned, &options))
            .collect();
        for dependency in needed {
            let choice = wanted.get(&dependency.name).map(String::as_str);
            let view = self.meet(dependency, &planned, choice, base.clone(), depth, structure)?;
            let id = NodeId::try_new(view.node.as_str())
                .map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
            planned.needs.insert(dependency.name.clone(), id);
            if depth == 0 {
                structure.findings.push(said(&view));
                structure.dependencies.push(view);
            }
        }
        structure.nodes.push(planned);
        Ok(())
    }

    /// Finds the node for a dependency, or plans a new one.
    fn meet(
        &self,
        dependency: &DependencySpec,
        planned: &Planned,
        choice: Option<&str>,
        base: Option<PathBuf>,
        depth: usize,
        structure: &mut Structure,
    ) -> Result<DependencyView, Fault> {
        // One that this very install makes serves the next need too.
        let shared = structure
            .nodes
            .iter_mut()
            .find(|new| dependency.clients.contains(&new.spec.id) && new.network == planned.network);
        if let (Some(shared), None) = (shared, choice) {
            for needed in &dependency.options {
                shared.options.insert(needed.option.clone(), needed.equals.clone());
            }
            return Ok(view_of_new(dependency, shared));
        }
        let fitting = self.fitting(dependency, &planned.network);
        let others: Vec<String> = fitting.iter().map(|fit| fit.node.record.id.to_string()).collect();
        let existing = match choice {
            Some("new") => None,
            Some(named) => {
                let node = self.find_node(named)?;
                let fit = fitting.into_iter().find(|fit| fit.node.record.id == node.record.id);
                Some(fit.ok_or_else(|| need_unmet(why_not(dependency, &node, &planned.network)))?)
            }
            None => fitting.into_iter().next(),
        };
        let Some(fit) = existing else {
            let new = self.plan_new(dependency, planned, base.clone(), structure)?;
            let view = view_of_new(dependency, &new);
            self.add(new, &BTreeMap::new(), base, depth + 1, structure)?;
            return Ok(DependencyView { others, ..view });
        };
        let id = fit.node.record.id.clone();
        if !fit.changes.is_empty() {
            structure.changes.push(NeededChange {
                node: id.clone(),
                options: fit.options,
                once_args: fit.once_args,
            });
        }
        Ok(DependencyView {
            name: dependency.name.clone(),
            client: fit.node.record.client.to_string(),
            purpose: dependency.purpose.clone(),
            node: id.to_string(),
            is_new: false,
            changes: fit.changes,
            others: others.into_iter().filter(|other| *other != id.as_str()).collect(),
        })
    }

    fn plan_new(
        &self,
        dependency: &DependencySpec,
        planned: &Planned,
        base: Option<PathBuf>,
        structure: &Structure,
    ) -> Result<Planned, Fault> {
        let client = dependency
            .clients
            .first()
            .ok_or_else(|| Fault::new(FaultCode::Internal).with("reason", "a dependency without a client"))?;
        let spec = self.0.shelf.find(client.as_str())?;
        let network = spec
            .network(&planned.network)
            .map(|network| network.id.clone())
            .ok_or_else(|| need_unmet(format!("{} has no network `{}`", spec.name, planned.network)))?;
        let (node, name) = self.choose_name(&spec, &network, None, structure)?;
        let data_dir = match base {
            Some(base) => base.join(node.as_str()),
            None => self.choose_folder(&node, None)?,
        };
        let options = dependency
            .options
            .iter()
            .map(|needed| (needed.option.clone(), needed.equals.clone()))
            .collect();
        Ok(Planned {
            spec,
            node,
            name,
            network,
            options,
            data_dir,
            ports: BTreeMap::new(),
            needs: BTreeMap::new(),
            adopt: None,
        })
    }

    /// A node of the user's that meets a need without being changed.
    pub(crate) fn first_fitting(&self, dependency: &DependencySpec, network: &Network) -> Option<NodeId> {
        let fitting = self.fitting(dependency, network).into_iter().next()?;
        fitting.changes.is_empty().then_some(fitting.node.record.id)
    }

    /// The user's nodes that can be used, those first that need no change.
    fn fitting(&self, dependency: &DependencySpec, network: &Network) -> Vec<Fit> {
        let nodes = self.0.fleet.snapshots();
        let mut fitting: Vec<Fit> = nodes
            .into_iter()
            .filter_map(|node| fit(dependency, node, network))
            .collect();
        let rank = |fit: &Fit| {
            let preference = dependency
                .clients
                .iter()
                .position(|client| *client == fit.node.record.client);
            (!fit.changes.is_empty(), preference, fit.node.record.created)
        };
        fitting.sort_by_key(rank);
        fitting
    }
}

/// One of the user's nodes, and what would be changed on it.
struct Fit {
    node: NodeSnapshot,
    options: BTreeMap<OptionId, String>,
    changes: Vec<OptionChangeView>,
    once_args: Vec<String>,
}

fn fit(dependency: &DependencySpec, node: NodeSnapshot, network: &Network) -> Option<Fit> {
    let record = &node.record;
    let is_usable = dependency.clients.contains(&record.client)
        && record.network == *network
        && record.external.is_none()
        && !matches!(record.desired, DesiredState::Removed { .. });
    let spec = node.spec.clone().filter(|_| is_usable)?;
    let mut options = record.options.clone();
    for needed in &dependency.options {
        options.insert(needed.option.clone(), needed.equals.clone());
    }
    let before = freehold_plan::resolve(&spec, network, &record.options).ok()?;
    let after = freehold_plan::resolve(&spec, network, &options).ok()?;
    // A rule may win over what is needed (a pruned node has no transaction index).
    let holds = |needed: &freehold_model::spec::NeededOption| {
        let wanted = spec.option(&needed.option)?.kind.parse(&needed.equals).ok()?;
        Some(after.value(&needed.option) == Some(&wanted))
    };
    if !dependency.options.iter().all(|needed| holds(needed) == Some(true)) {
        return None;
    }
    let (changes, effect, once_args) = change_views(&spec, &before, &after);
    // Whatever would throw the data away is not done for another node's sake.
    (effect <= Effect::Reindex).then_some(Fit {
        node,
        options: if changes.is_empty() { BTreeMap::new() } else { options },
        changes,
        once_args,
    })
}

/// Every option that differs, with what the change takes; the heaviest effect; and arguments of the next start only.
pub(crate) fn change_views(
    spec: &NodeSpec,
    before: &ResolvedOptions,
    after: &ResolvedOptions,
) -> (Vec<OptionChangeView>, Effect, Vec<String>) {
    let mut views = Vec::new();
    let mut effect = Effect::None;
    let mut once_args = Vec::new();
    for option in &spec.options {
        let active = |options: &ResolvedOptions| {
            options
                .value(&option.id)
                .filter(|_| options.is_active(&option.id))
                .cloned()
        };
        let (from, to) = (active(before), active(after));
        if from == to {
            continue;
        }
        let shown = |value: &Option<OptionValue>| value.as_ref().map(ToString::to_string).unwrap_or_default();
        let default = option.kind.default_value();
        let change = freehold_plan::change(
            option,
            from.as_ref().unwrap_or(&default),
            to.as_ref().unwrap_or(&default),
        );
        effect = effect.max(change.effect);
        once_args.extend(change.once_args);
        views.push(OptionChangeView {
            option: option.id.to_string(),
            label: option.label.clone(),
            from: shown(&from),
            to: shown(&to),
            effect: effect_name(change.effect).to_owned(),
            because: change.because,
        });
    }
    (views, effect, once_args)
}

/// The effect's name on the wire.
pub(crate) fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::None => "none",
        Effect::Restart => "restart",
        Effect::Reindex => "reindex",
        Effect::Resync => "resync",
        Effect::Never => "never",
    }
}

/// Whether a dependency counts with these options on this network.
pub(crate) fn counts(
    dependency: &DependencySpec,
    spec: &NodeSpec,
    network: &Network,
    options: &ResolvedOptions,
) -> bool {
    (dependency.networks.is_empty() || dependency.networks.contains(network))
        && dependency.when.as_ref().is_none_or(|test| options.holds(spec, test))
}

fn is_needed(dependency: &DependencySpec, planned: &Planned, options: &ResolvedOptions) -> bool {
    counts(dependency, &planned.spec, &planned.network, options)
}

fn view_of_new(dependency: &DependencySpec, new: &Planned) -> DependencyView {
    DependencyView {
        name: dependency.name.clone(),
        client: new.spec.id.to_string(),
        purpose: dependency.purpose.clone(),
        node: new.node.to_string(),
        is_new: true,
        changes: Vec::new(),
        others: Vec::new(),
    }
}

/// What an install says about a node that it needs. A change of a node that is there needs consent.
fn said(view: &DependencyView) -> Finding {
    let purpose = view.purpose.trim_end_matches('.');
    let (severity, message) = if view.is_new {
        let message = format!(
            "It needs {}, which is installed too as `{}`: it {purpose}.",
            view.client, view.node
        );
        (Severity::Note, message)
    } else if view.changes.is_empty() {
        (
            Severity::Note,
            format!("It uses your node `{}`: it {purpose}.", view.node),
        )
    } else {
        let changes: Vec<String> = view
            .changes
            .iter()
            .map(|change| {
                let because = change
                    .because
                    .as_ref()
                    .map(|because| format!(" ({because})"))
                    .unwrap_or_default();
                format!(
                    "`{}` becomes {} instead of {}{because}",
                    change.option, change.to, change.from
                )
            })
            .collect();
        let message = format!(
            "It uses your node `{}`, which is restarted with other options: {}.",
            view.node,
            changes.join("; ")
        );
        (Severity::Warning, message)
    };
    Finding {
        severity,
        check: "needs".to_owned(),
        message,
        hint: Some(format!(
            "Choose with `--with {}=NODE` or `--with {}=new`.",
            view.name, view.name
        )),
        fault: None,
    }
}

pub(crate) fn need_unmet(what: String) -> Fault {
    Fault::new(FaultCode::NeedUnmet).with("what", what)
}

/// Why a node that the user named cannot be used.
fn why_not(dependency: &DependencySpec, node: &NodeSnapshot, network: &Network) -> String {
    let record: &NodeRecord = &node.record;
    let name = &record.name;
    if !dependency.clients.contains(&record.client) {
        let clients: Vec<&str> = dependency
            .clients
            .iter()
            .map(freehold_model::ClientId::as_str)
            .collect();
        return format!(
            "{name} is {}, and one of {} is needed",
            record.client,
            clients.join(", ")
        );
    }
    if record.network != *network {
        return format!("{name} is on {}, and {network} is needed", record.network);
    }
    if record.external.is_some() {
        return format!("{name} is run by somebody else, so containers cannot reach it");
    }
    let options: Vec<String> = dependency
        .options
        .iter()
        .map(|needed| {
            format!(
                "`{}={}` ({})",
                needed.option,
                needed.equals,
                needed.because.trim_end_matches('.')
            )
        })
        .collect();
    format!(
        "{name} would have to fetch its data again to have {}",
        options.join(" and ")
    )
}
