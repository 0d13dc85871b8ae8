//! Whom the probe asks: the node's probes from the catalog, with ports, credentials and files of this node.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use freehold_model::spec::{NodeSpec, ProbeSpec};
use freehold_model::{Credential, NodeId, Secret};
use freehold_plan::ResolvedOptions;
use freehold_probe::Target;
use freehold_store::secret;

use super::NodeTask;
use crate::EXTERNAL_PASSWORD;

impl NodeTask {
    /// The node's probe with those of its other services. `None` while it has none of the ports.
    pub(super) fn target(&self) -> Option<Target> {
        let spec = self.spec.as_deref()?;
        let network = spec.network(&self.record.network)?;
        let mut target = if let Some(external) = &self.record.external {
            let mut target = Target::new(spec.probe.kind, &external.host, external.port);
            target.credential = external.user.clone().map(|user| Credential {
                user,
                password: self.named_secret(EXTERNAL_PASSWORD).unwrap_or_default(),
            });
            target
        } else {
            let options = self.options.as_ref()?;
            let mut probes = freehold_plan::active_probes(spec, options);
            let mut main = self.one_target(spec, options, probes.next()?)?;
            main.companions = probes
                .filter_map(|probe| self.one_target(spec, options, probe))
                .collect();
            main
        };
        target.identity.clone_from(&network.identity);
        target.needs_peers = self.needs_peers();
        for companion in &mut target.companions {
            companion.needs_peers = target.needs_peers;
        }
        Some(target)
    }

    fn one_target(&self, spec: &NodeSpec, options: &ResolvedOptions, probe: &ProbeSpec) -> Option<Target> {
        let port = |name: &str| self.record.ports.get(name).copied();
        let mut target = Target::new(probe.kind, "127.0.0.1", port(&probe.port)?);
        target.label = freehold_plan::active_service(spec, options, &probe.service)?
            .name
            .to_string();
        target.path.clone_from(&probe.path);
        target.push_port = probe.push_port.as_deref().and_then(port);
        target.credential = self.credential(probe);
        target.token = self.token(spec, options, probe);
        target.json.clone_from(&probe.json);
        target.upstream_height = probe.follows.as_ref().and_then(|name| self.height_of(name));
        Some(target)
    }

    fn credential(&self, probe: &ProbeSpec) -> Option<Credential> {
        if let Some(consumer) = &probe.consumer {
            let kept = secret::load_or_make(&self.context.layout, &self.record.id, consumer).ok()?;
            return Some(Credential {
                user: consumer.clone(),
                password: kept.password,
            });
        }
        let password = self.named_secret(probe.secret.as_deref()?)?;
        Some(Credential {
            user: probe.user.clone().unwrap_or_default(),
            password,
        })
    }

    fn named_secret(&self, name: &str) -> Option<Secret> {
        secret::load_named(&self.context.layout, &self.record.id, name)
            .ok()
            .flatten()
    }

    /// Where a file that the node writes is on this machine; `None` where the engine keeps it elsewhere.
    fn token(&self, spec: &NodeSpec, options: &ResolvedOptions, probe: &ProbeSpec) -> Option<PathBuf> {
        use freehold_model::plan::MountSource;
        let token = probe.token.as_ref()?;
        let service = freehold_plan::active_service(spec, options, &probe.service)?;
        let mount = service.mounts.iter().find(|mount| mount.name == token.mount)?;
        let planned = self
            .plan
            .as_ref()?
            .containers
            .iter()
            .find(|made| made.service == service.name)?;
        let source = planned.mounts.iter().find(|made| made.target == mount.target)?;
        let MountSource::Folder(folder) = &source.source else {
            return None;
        };
        let network = spec.network(&self.record.network)?;
        let mut path = token.path.replace("{network}", network.id.as_str());
        for (word, value) in &network.words {
            path = path.replace(&format!("{{network.{word}}}"), value);
        }
        Some(folder.join(path))
    }

    /// The height of a node that this one follows, kept up to date by that node's task.
    fn height_of(&self, dependency: &str) -> Option<Arc<AtomicU64>> {
        let id: &NodeId = self.record.needs.get(dependency)?;
        self.fleet.height(id)
    }
}
