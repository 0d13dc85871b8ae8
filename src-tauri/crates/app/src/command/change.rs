//! Changes a node's options, and says first what that means.

use std::collections::BTreeMap;

use freehold_contract::{ChangePreview, ChangeRequest, NodeView, OptionChangeView};
use freehold_model::spec::{Effect, NodeSpec};
use freehold_model::{DesiredState, Fault, FaultCode, Finding, NodeId, NodeRecord, OptionId, Secret, Severity};
use freehold_plan::ResolvedOptions;
use freehold_store::{ActivityChange, ActivityKind, secret};
use freehold_supervisor::{NodeSnapshot, option_fault, plan_fault};

use super::install::{accept_warnings, add_once, blocker_fault};
use super::node::supervisor_fault;
use super::preflight::finding_view;
use super::prepare::{Images, change_views, counts, effect_name, read_options, split_secrets};
use crate::App;

/// A look takes milliseconds; an engine that is away should not hold a command up.
const LOOK_WITHIN: std::time::Duration = std::time::Duration::from_secs(3);

/// A change of options, thought through.
struct Thought {
    node: NodeSnapshot,
    options: BTreeMap<OptionId, String>,
    secrets: BTreeMap<OptionId, Secret>,
    images: Images,
    ports: BTreeMap<String, u16>,
    needs: BTreeMap<String, NodeId>,
    once_args: Vec<String>,
    effect: Effect,
    changes: Vec<OptionChangeView>,
    restarts: Vec<NodeId>,
    findings: Vec<Finding>,
}

impl App {
    /// What changing options would mean. Changes nothing.
    pub async fn node_change_preview(&self, request: ChangeRequest) -> Result<ChangePreview, Fault> {
        let thought = self.think_through(&request).await?;
        Ok(ChangePreview {
            node: thought.node.record.id.to_string(),
            changes: thought.changes,
            effect: effect_name(thought.effect).to_owned(),
            restarts: thought.restarts.iter().map(ToString::to_string).collect(),
            findings: thought.findings.iter().map(finding_view).collect(),
        })
    }

    /// Changes options of a node, and restarts it where that is needed.
    pub async fn node_change(&self, request: ChangeRequest) -> Result<NodeView, Fault> {
        let _order = self.0.orders.lock().await;
        let thought = self.think_through(&request).await?;
        let id = thought.node.record.id.clone();
        refuse_while_busy(&thought.node.record)?;
        if let Some(blocker) = thought
            .findings
            .iter()
            .find(|finding| finding.severity == Severity::Blocker)
        {
            return Err(blocker_fault(blocker, thought.node.record.client.as_str()));
        }
        accept_warnings(&thought.findings, request.confirmed)?;
        for (option, value) in &thought.secrets {
            secret::set_named(&self.0.layout, &id, option.as_str(), value).map_err(|error| error.to_fault())?;
        }
        if let Some(spec) = &thought.node.spec {
            self.keep_pins(spec, &thought.images)?;
        }
        let restarts = thought.effect > Effect::None;
        let known = thought.node.record.clone();
        let Thought {
            options,
            images,
            ports,
            needs,
            once_args,
            ..
        } = thought;
        self.0
            .fleet
            .edit(&id, move |record| {
                refuse_while_busy(record)?;
                if record.options != known.options || record.images != known.images {
                    return Err(Fault::new(FaultCode::NodeBusy).with("node", &record.name));
                }
                record.options = options;
                record.images = images;
                record.ports = ports;
                record.needs = needs;
                add_once(&mut record.once_args, once_args);
                record.restart_pending |= restarts && record.desired == DesiredState::Running;
                Ok(())
            })
            .await
            .map_err(|error| supervisor_fault(&error))?;
        self.wait_for_look(&id).await;
        let changed: Vec<String> = thought
            .changes
            .iter()
            .map(|change| format!("{} is now {}", change.option, change.to))
            .collect();
        let text = format!("{}: {}", thought.node.record.name, changed.join(", "));
        let changes: Vec<_> = thought.changes.iter().map(activity_change).collect();
        self.note_change(ActivityKind::Node, Some(id.as_str()), &text, &changes);
        Ok(self.view_of(&self.find_node(id.as_str())?))
    }

    /// Waits, a few seconds at most, until the node's task has looked at it with the new record: what holds at once is
    /// then in place before a one-shot command ends.
    async fn wait_for_look(&self, node: &NodeId) {
        let asked = self.0.config.clock.now();
        let Some(mut view) = self.0.fleet.watch(node) else {
            return;
        };
        let looked = view.wait_for(|node| node.checked_at.is_some_and(|at| at >= asked));
        let _ = tokio::time::timeout(LOOK_WITHIN, looked).await;
    }

    async fn think_through(&self, request: &ChangeRequest) -> Result<Thought, Fault> {
        self.settle(std::time::Duration::from_secs(5)).await;
        let node = self.find_node(&request.node)?;
        let record = node.record.clone();
        if record.external.is_some() {
            return Err(Fault::new(FaultCode::NotSupported).with(
                "what",
                format_args!("{} is run by somebody else, who sets its options", record.name),
            ));
        }
        let spec = node.spec.clone().ok_or_else(|| {
            Fault::new(FaultCode::ClientUnknown)
                .with("client", &record.client)
                .with("known", "see the catalog")
        })?;
        let resolve = |options: &BTreeMap<OptionId, String>| {
            freehold_plan::resolve(&spec, &record.network, options).map_err(|error| option_fault(&spec.id, &error))
        };
        let before = resolve(&record.options)?;
        let mut options = record.options.clone();
        let (given, secrets) = split_secrets(&spec, read_options(&spec, &request.options)?);
        for (option, value) in given {
            if value.is_empty() {
                // Also checks that there is such an option.
                resolve(&BTreeMap::from([(option.clone(), default_of(&spec, &option))]))?;
                options.remove(&option);
            } else {
                options.insert(option, value);
            }
        }
        let after = resolve(&options)?;
        let (mut changes, mut effect, once_args) = change_views(&spec, &before, &after);
        let mut findings = Vec::new();
        self.mind_idle_limits(&after, &mut changes, &mut findings);
        if !secrets.is_empty() {
            effect = effect.max(Effect::Restart);
        }
        if services(&spec, &before) != services(&spec, &after) {
            effect = effect.max(Effect::Resync);
            if let Some(change) = changes.first_mut() {
                effect_name(Effect::Resync).clone_into(&mut change.effect);
                change.because.get_or_insert_with(|| {
                    "another client keeps data of its own and fetches the chain again; the old data stays".to_owned()
                });
            }
        }
        let images = self.images_after(&spec, &record, &after, &mut findings).await;
        for service in freehold_plan::active_services(&spec, &after) {
            if !images.contains_key(&service.name) {
                findings.push(Finding {
                    severity: Severity::Blocker,
                    check: "image".to_owned(),
                    message: format!(
                        "The image of {} is not known without the container engine.",
                        service.name
                    ),
                    hint: Some("Start the engine and try again.".to_owned()),
                    fault: Some(FaultCode::EngineMissing),
                });
            }
        }
        let ports = self.ports_after(&spec, &record)?;
        let needs = self.needs_after(&spec, &record, &after)?;
        self.refuse_what_others_need(&node, &after, &mut findings);
        findings.extend(meaning(&changes, effect));
        let restarts = if effect > Effect::None {
            self.0.fleet.needed_by(&record.id)
        } else {
            Vec::new()
        };
        Ok(Thought {
            options: after.chosen_texts(),
            node,
            secrets,
            images,
            ports,
            needs,
            once_args,
            effect,
            changes,
            restarts,
            findings,
        })
    }

    /// Says so where new limits would not hold.
    fn mind_idle_limits(&self, after: &ResolvedOptions, changes: &mut [OptionChangeView], findings: &mut Vec<Finding>) {
        let engine = self.engine().ok();
        let Some(why) = engine.and_then(|engine| freehold_plan::idle_limits(after, engine.facts())) else {
            return;
        };
        let mut new = changes
            .iter_mut()
            .filter(|change| freehold_plan::is_limit(&change.option))
            .peekable();
        if new.peek().is_none() {
            return;
        }
        findings.push(Finding {
            severity: Severity::Warning,
            check: "limits".to_owned(),
            message: why,
            hint: None,
            fault: None,
        });
        // The entry's words are about limits that hold.
        new.for_each(|change| change.because = None);
    }

    /// Images that the node has stay; a service that the change brings gets the catalog's.
    async fn images_after(
        &self,
        spec: &NodeSpec,
        record: &NodeRecord,
        after: &ResolvedOptions,
        findings: &mut Vec<Finding>,
    ) -> Images {
        let engine = self.engine().ok();
        let mut images = record.images.clone();
        let mut new = spec.clone();
        new.services.retain(|service| !images.contains_key(&service.name));
        images.extend(self.find_images(&new, after, engine.as_ref(), findings).await);
        images.retain(|name, _| freehold_plan::active_services(spec, after).any(|service| service.name == *name));
        images
    }

    fn ports_after(&self, spec: &NodeSpec, record: &NodeRecord) -> Result<BTreeMap<String, u16>, Fault> {
        let given = self.given_ports();
        let loopback = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
        let mut is_free = |port| !given.contains(&port) && freehold_host::port::is_free(loopback, port);
        let mut ports = freehold_plan::choose_ports(spec, &record.network, self.first_port(), &mut is_free)
            .map_err(|error| plan_fault(&error))?;
        ports.extend(record.ports.clone());
        Ok(ports)
    }

    /// A change may bring another need; only a node that is there already can meet it here.
    fn needs_after(
        &self,
        spec: &NodeSpec,
        record: &NodeRecord,
        after: &ResolvedOptions,
    ) -> Result<BTreeMap<String, NodeId>, Fault> {
        let mut needs = BTreeMap::new();
        for dependency in spec
            .dependencies
            .iter()
            .filter(|dependency| counts(dependency, spec, &record.network, after))
        {
            let kept = record.needs.get(&dependency.name);
            let node = match kept.filter(|node| self.0.fleet.watch(node).is_some()) {
                Some(node) => node.clone(),
                None => self.first_fitting(dependency, &record.network).ok_or_else(|| {
                    let clients: Vec<&str> = dependency
                        .clients
                        .iter()
                        .map(freehold_model::ClientId::as_str)
                        .collect();
                    Fault::new(FaultCode::NeedUnmet).with(
                        "what",
                        format_args!(
                            "with these options it needs one of {} on {}; install that first",
                            clients.join(", "),
                            record.network
                        ),
                    )
                })?,
            };
            needs.insert(dependency.name.clone(), node);
        }
        Ok(needs)
    }

    fn refuse_what_others_need(&self, node: &NodeSnapshot, after: &ResolvedOptions, findings: &mut Vec<Finding>) {
        let Some(spec) = &node.spec else { return };
        for other in self.0.fleet.snapshots() {
            let Some(other_spec) = &other.spec else { continue };
            for dependency in &other_spec.dependencies {
                if other.record.needs.get(&dependency.name) != Some(&node.record.id) {
                    continue;
                }
                let broken = dependency.options.iter().find(|needed| {
                    let wanted = spec
                        .option(&needed.option)
                        .and_then(|option| option.kind.parse(&needed.equals).ok());
                    wanted.is_some() && after.value(&needed.option) != wanted.as_ref()
                });
                if let Some(needed) = broken {
                    findings.push(Finding {
                        severity: Severity::Blocker,
                        check: "needs".to_owned(),
                        message: format!(
                            "{} needs `{}={}`: {}",
                            other.record.name, needed.option, needed.equals, needed.because
                        ),
                        hint: Some(format!("Remove {} first.", other.record.name)),
                        fault: Some(FaultCode::NodeNeeded),
                    });
                }
            }
        }
    }
}

/// What the user has to agree to.
fn meaning(changes: &[OptionChangeView], effect: Effect) -> Option<Finding> {
    let finding = |severity, message: String| {
        Some(Finding {
            severity,
            check: "options".to_owned(),
            message,
            hint: None,
            fault: (severity == Severity::Blocker).then_some(FaultCode::NotSupported),
        })
    };
    let because: Vec<&str> = changes.iter().filter_map(|change| change.because.as_deref()).collect();
    let because = because.join(" ");
    match effect {
        Effect::None => None,
        Effect::Restart => finding(
            Severity::Warning,
            format!("The node is stopped cleanly and started again. {because}")
                .trim()
                .to_owned(),
        ),
        Effect::Reindex => finding(
            Severity::Warning,
            format!("The node is restarted and builds an index. {because}")
                .trim()
                .to_owned(),
        ),
        Effect::Resync => finding(
            Severity::Warning,
            format!("The node fetches its data again. {because}").trim().to_owned(),
        ),
        Effect::Never => finding(
            Severity::Blocker,
            format!("This cannot be changed on a node that has data. {because}")
                .trim()
                .to_owned(),
        ),
    }
}

/// A node whose version or folder is just being changed takes no other change.
pub(crate) fn refuse_while_busy(record: &NodeRecord) -> Result<(), Fault> {
    let what = match (&record.update, &record.moving) {
        (Some(_), _) => "is being updated",
        (_, Some(_)) => "has its data moved",
        (None, None) => return Ok(()),
    };
    Err(Fault::new(FaultCode::NodeChanging)
        .with("node", &record.name)
        .with("what", what))
}

fn services(spec: &NodeSpec, options: &ResolvedOptions) -> Vec<freehold_model::ServiceName> {
    freehold_plan::active_services(spec, options)
        .map(|service| service.name.clone())
        .collect()
}

fn default_of(spec: &NodeSpec, option: &OptionId) -> String {
    spec.option(option)
        .map(|option| option.kind.default_value().to_string())
        .unwrap_or_default()
}

/// A change of an option among the activities; a secret's value stands in neither.
fn activity_change(change: &OptionChangeView) -> ActivityChange {
    ActivityChange {
        what: change.label.clone(),
        old: Some(change.from.clone()).filter(|value| !value.is_empty()),
        new: Some(change.to.clone()).filter(|value| !value.is_empty()),
    }
}
