//! Makes a node's plan: its options, secrets and the nodes that it needs, put together.

use std::collections::BTreeMap;

use freehold_model::spec::{DependencySpec, NodeSpec, OptionKind, OptionValue};
use freehold_model::{Fault, FaultCode, NodePlan, Secret};
use freehold_plan::{NeededNode, PlanInput, ResolvedOptions, RpcCredential};
use freehold_store::secret;

use super::Hands;
use crate::fault::{option_fault, plan_fault};

/// The secret under which the password of a node that somebody else runs is kept.
pub const EXTERNAL_PASSWORD: &str = "external";

/// A node's containers, and the options that they were made from.
pub(crate) struct Made {
    pub(crate) node: NodePlan,
    pub(crate) options: ResolvedOptions,
}

impl Hands<'_> {
    /// The node's plan with today's catalog entry.
    pub(crate) fn plan(&self) -> Result<Made, Fault> {
        let spec = self.spec.ok_or_else(|| {
            Fault::new(FaultCode::ClientUnknown)
                .with("client", &self.record.client)
                .with("known", "see the catalog")
        })?;
        let options = freehold_plan::resolve(spec, &self.record.network, &self.record.options)
            .map_err(|error| option_fault(&spec.id, &error))?;
        let input = PlanInput {
            spec,
            record: self.record,
            options: &options,
            credentials: &self.credentials(spec)?,
            secrets: &self.secrets(spec, &options)?,
            needs: &self.needed_nodes(spec)?,
            files_dir: &self.context.layout.container_files(&self.record.id),
            engine: self.engine.facts(),
            uid: self.context.uid,
            gid: self.context.gid,
            instance: &self.context.instance,
        };
        let node = freehold_plan::plan(&input).map_err(|error| plan_fault(&error))?;
        Ok(Made { node, options })
    }

    fn credentials(&self, spec: &NodeSpec) -> Result<Vec<RpcCredential>, Fault> {
        // One that was taken back has no password any more, and gets none by the way.
        let wanted = spec.credentials.iter();
        let wanted = wanted.filter(|wanted| !self.record.is_revoked(&wanted.consumer));
        let found = wanted.map(|wanted| {
            secret::load_or_make(&self.context.layout, &self.record.id, &wanted.consumer).map(|kept| RpcCredential {
                consumer: kept.consumer,
                user: wanted.consumer.clone(),
                password: kept.password,
                salt: kept.salt,
            })
        });
        found.collect::<Result<_, _>>().map_err(|error| error.to_fault())
    }

    /// The entry's own secrets, made at first use, and those that the user gave as options.
    fn secrets(&self, spec: &NodeSpec, options: &ResolvedOptions) -> Result<BTreeMap<String, Secret>, Fault> {
        let layout = &self.context.layout;
        let mut secrets = BTreeMap::new();
        for wanted in &spec.secrets {
            let kept = secret::load_or_make_named(layout, &self.record.id, &wanted.name, wanted.form);
            secrets.insert(wanted.name.clone(), kept.map_err(|error| error.to_fault())?);
        }
        for option in &spec.options {
            if let OptionKind::Secret { .. } = option.kind {
                // One that was taken away again counts no more, whatever file is left of it.
                let is_set = options.value(&option.id) == Some(&OptionValue::Secret(true));
                let kept = if is_set {
                    let kept = secret::load_named(layout, &self.record.id, option.id.as_str());
                    kept.map_err(|error| error.to_fault())?
                } else {
                    None
                };
                secrets.insert(option.id.to_string(), kept.unwrap_or_default());
            }
        }
        Ok(secrets)
    }

    fn needed_nodes(&self, spec: &NodeSpec) -> Result<BTreeMap<String, NeededNode>, Fault> {
        let mut needed = BTreeMap::new();
        for dependency in &spec.dependencies {
            // One that the record does not name is not needed with these options.
            if let Some(node) = self.record.needs.get(&dependency.name) {
                needed.insert(dependency.name.clone(), self.needed_node(dependency, node)?);
            }
        }
        Ok(needed)
    }

    fn needed_node(&self, dependency: &DependencySpec, id: &freehold_model::NodeId) -> Result<NeededNode, Fault> {
        let missing =
            || Fault::new(FaultCode::NeedUnmet).because(format_args!("the node `{id}`, which it needs, is not there"));
        let (record, spec) = self
            .fleet
            .with_node(id, |node| (node.record.clone(), node.spec.clone()))
            .ok_or_else(missing)?;
        let spec = spec.as_deref().ok_or_else(missing)?;
        let ports = spec
            .network(&record.network)
            .map(|network| network.ports.clone())
            .ok_or_else(missing)?;
        let options = freehold_plan::resolve(spec, &record.network, &record.options)
            .map_err(|error| option_fault(&spec.id, &error))?;
        let password = match &dependency.consumer {
            Some(consumer) if record.is_revoked(consumer) => {
                return Err(Fault::new(FaultCode::CredentialRevoked)
                    .with("node", &record.name)
                    .with("consumer", consumer));
            }
            Some(consumer) => {
                let kept = secret::load_or_make(&self.context.layout, id, consumer);
                Some(kept.map_err(|error| error.to_fault())?.password)
            }
            None => None,
        };
        Ok(NeededNode {
            host: id.to_string(),
            ports,
            hosts: freehold_plan::hosts_by_port(spec, &record, &options),
            user: dependency.consumer.clone(),
            password,
        })
    }
}
