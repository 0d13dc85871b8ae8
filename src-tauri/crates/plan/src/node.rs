//! The plan of a node: its containers, exactly as the engine is asked for them.
//!
//! Images come from the node's record, not from the catalog: what runs changes only when the user asks for an update.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;

use freehold_model::plan::{FilePlan, MountPlan, MountSource, PortPlan, label};
use freehold_model::spec::{NetworkSpec, NodeSpec, Publish, ServiceSpec};
use freehold_model::{ContainerPlan, EngineFacts, EngineKind, NodePlan, NodeRecord, Secret, ServiceName};
use sha2::{Digest as _, Sha256};

use crate::fill::{Values, alias};
use crate::limits::limits;
use crate::ports::{find_network, publish_address};
use crate::rpcauth::{hex, rpcauth};
use crate::service::active_services;
use crate::{PlanError, ResolvedOptions, RpcCredential};

/// Most processes and threads of a container that names no number of its own: a node uses some 50, a fork bomb more.
const PIDS_LIMIT: u32 = 512;
/// The user that containers run as where Freehold itself runs as root: nothing in a container needs to be root.
const UNPRIVILEGED: (u32, u32) = (1000, 1000);

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// The catalog entry.
    pub spec: &'a NodeSpec,
    /// The node's record.
    pub record: &'a NodeRecord,
    /// Its options.
    pub options: &'a ResolvedOptions,
    /// Its RPC users; those of consumers that the entry does not name are left out.
    pub credentials: &'a [RpcCredential],
    /// Its secrets by name, those of secret options among them.
    pub secrets: &'a BTreeMap<String, Secret>,
    /// The nodes that it needs, by the dependency's name.
    pub needs: &'a BTreeMap<String, NeededNode>,
    /// The folder on this machine for files that its containers mount.
    pub files_dir: &'a Path,
    /// The engine.
    pub engine: &'a EngineFacts,
    /// The user Freehold runs as.
    pub uid: u32,
    /// Their group.
    pub gid: u32,
    /// The id of Freehold's data folder.
    pub instance: &'a str,
}

/// A node that another one needs, as that one reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeededNode {
    /// Its name on the network that all nodes share.
    pub host: String,
    /// Its ports in the container, by name.
    pub ports: BTreeMap<String, u16>,
    /// The name under which the service with a port is reached, by the port's name.
    pub hosts: BTreeMap<String, String>,
    /// The user that the needing node is there.
    pub user: Option<String>,
    /// That user's password.
    pub password: Option<Secret>,
}

impl PlanInput<'_> {
    /// Enough of the instance to tell two Freeholds on one engine apart.
    fn short_instance(&self) -> &str {
        self.instance.get(..8).unwrap_or(self.instance)
    }
}

/// The containers of a node. The same input gives the same plan.
pub fn plan(input: &PlanInput<'_>) -> Result<NodePlan, PlanError> {
    let network = find_network(input.spec, &input.record.network)?;
    let (rpcauth, rpcwhitelist) = rpc_users(input)?;
    one_for_each_role(input)?;
    let containers = active_services(input.spec, input.options).map(|service| {
        let values = Values {
            spec: input.spec,
            record: input.record,
            network,
            service,
            options: input.options,
            credentials: input.credentials,
            secrets: input.secrets,
            needs: input.needs,
            rpcauth: &rpcauth,
            rpcwhitelist: &rpcwhitelist,
        };
        container(input, network, service, &values)
    });
    Ok(NodePlan {
        node: input.record.id.clone(),
        containers: containers.collect::<Result<_, _>>()?,
    })
}

fn one_for_each_role(input: &PlanInput<'_>) -> Result<(), PlanError> {
    let mut roles: BTreeMap<&ServiceName, &ServiceName> = BTreeMap::new();
    for service in active_services(input.spec, input.options) {
        let Some(role) = &service.role else { continue };
        if let Some(first) = roles.insert(role, &service.name) {
            return Err(PlanError::RoleTwice {
                role: role.clone(),
                first: first.clone(),
                second: service.name.clone(),
            });
        }
    }
    Ok(())
}

/// `-rpcauth` and `-rpcwhitelist` of each credential that was not taken back, in the entry's order.
fn rpc_users(input: &PlanInput<'_>) -> Result<(Vec<String>, Vec<String>), PlanError> {
    let mut users = (Vec::new(), Vec::new());
    let known = |consumer: &str| !input.record.is_revoked(consumer);
    for wanted in input.spec.credentials.iter().filter(|wanted| known(&wanted.consumer)) {
        let credential = input
            .credentials
            .iter()
            .find(|credential| credential.consumer == wanted.consumer)
            .ok_or_else(|| PlanError::CredentialMissing {
                consumer: wanted.consumer.clone(),
            })?;
        let methods = input
            .spec
            .method_classes
            .get(&wanted.class)
            .map(|methods| methods.join(","))
            .unwrap_or_default();
        users
            .0
            .push(rpcauth(&credential.user, &credential.salt, &credential.password));
        users.1.push(format!("{}:{methods}", credential.user));
    }
    Ok(users)
}

fn container(
    input: &PlanInput<'_>,
    network: &NetworkSpec,
    service: &ServiceSpec,
    values: &Values<'_>,
) -> Result<ContainerPlan, PlanError> {
    let record = input.record;
    let image = record
        .images
        .get(&service.name)
        .ok_or_else(|| PlanError::ImageMissing {
            service: service.name.clone(),
        })?;
    let (user, keep_id) = user(input);
    // The network's arguments speak to the node program itself: the service that is probed. So do those of options that
    // name no other service.
    let is_main = service.is_called(&input.spec.probe.service);
    let mut args = values.args(&service.args)?;
    let mut aliases = vec![alias(record, &service.name)];
    aliases.extend(service.role.as_ref().map(|role| alias(record, role)));
    if is_main {
        args.extend(values.args(&network.args)?);
        aliases.insert(0, record.id.to_string());
    }
    args.extend(option_args(input, service, is_main, values)?);
    if is_main {
        args.extend(record.once_args.iter().cloned());
    }
    let mut tmpfs = vec!["/tmp".to_owned()];
    tmpfs.extend(service.hardening.tmpfs.iter().filter(|path| *path != "/tmp").cloned());
    let mut plan = ContainerPlan {
        name: format!("freehold-{}-{}-{}", record.id, service.name, input.short_instance()),
        service: service.name.clone(),
        image: image.clone(),
        entrypoint: service.entrypoint.clone(),
        args,
        env: values.env(&service.env)?,
        user,
        keep_id,
        mounts: mounts(input, service),
        files: files(input, service, values)?,
        limits: limits(input.options),
        ports: ports(input, network, service)?,
        network: format!("freehold-{}", input.short_instance()),
        aliases,
        tmpfs,
        read_only_root: !service.hardening.writable_root,
        cap_add: service.hardening.cap_add.clone(),
        pids_limit: service.hardening.pids_limit.unwrap_or(PIDS_LIMIT),
        stop_signal: service.stop.signal.clone(),
        stop_grace: service.stop.grace.duration(),
        labels: BTreeMap::from([
            (label::NODE.to_owned(), record.id.to_string()),
            (label::SERVICE.to_owned(), service.name.to_string()),
            (label::INSTANCE.to_owned(), input.instance.to_owned()),
        ]),
    };
    let spec = fingerprint(&plan);
    plan.labels.insert(label::SPEC.to_owned(), spec);
    Ok(plan)
}

/// Who owns a node's data folder on this machine, as `(uid, gid)`: whoever makes the folder gives it to them, or the
/// container could not write there. The user Freehold runs as, and an unprivileged one where that is root.
pub fn data_owner(engine: &EngineFacts, uid: u32, gid: u32) -> (u32, u32) {
    if !engine.rootless && uid == 0 {
        UNPRIVILEGED
    } else {
        (uid, gid)
    }
}

/// `uid:gid` inside the container, and whether Podman must map the caller's id to itself.
fn user(input: &PlanInput<'_>) -> (String, bool) {
    if let Some((uid, gid)) = input.record.run_as {
        return (format!("{uid}:{gid}"), input.engine.rootless);
    }
    let (uid, gid) = data_owner(input.engine, input.uid, input.gid);
    match (input.engine.rootless, input.engine.kind) {
        (true, EngineKind::Podman) => (format!("{uid}:{gid}"), true),
        // Root inside is the user outside; any other id would be one that the user's files do not belong to.
        (true, EngineKind::Docker) => ("0:0".to_owned(), false),
        (false, EngineKind::Docker | EngineKind::Podman) => (format!("{uid}:{gid}"), false),
    }
}

/// The arguments of the options that speak to this service.
fn option_args(
    input: &PlanInput<'_>,
    service: &ServiceSpec,
    is_main: bool,
    values: &Values<'_>,
) -> Result<Vec<String>, PlanError> {
    let mut args = Vec::new();
    let speaks_to = |called: Option<&ServiceName>| called.map_or(is_main, |called| service.is_called(called));
    for option in input
        .spec
        .options
        .iter()
        .filter(|option| input.options.is_active(&option.id) && speaks_to(option.service.as_ref()))
    {
        let Some(value) = input.options.value(&option.id) else {
            continue;
        };
        let texts = option.kind.argument_texts(value);
        args.extend(values.option_args(option.kind.args_for(value), &texts)?);
    }
    Ok(args)
}

/// Files are numbered by their place in the entry, so that no two of a node share a path on this machine.
fn files(input: &PlanInput<'_>, service: &ServiceSpec, values: &Values<'_>) -> Result<Vec<FilePlan>, PlanError> {
    let plans = service.files.iter().enumerate().map(|(index, file)| {
        let content = values.file(&file.content)?;
        let name = file.target.rsplit('/').next().unwrap_or_default();
        Ok(FilePlan {
            target: file.target.clone(),
            source: input.files_dir.join(format!("{}-{index}-{name}", service.name)),
            hash: hex(&Sha256::digest(content.expose().as_bytes())),
            content,
        })
    });
    plans.collect()
}

/// A mount of one name is one place, also when two services of the node name it.
fn mounts(input: &PlanInput<'_>, service: &ServiceSpec) -> Vec<MountPlan> {
    let source = |name: &str| {
        if let Some(folder) = input.record.adopted.get(name) {
            return MountSource::Folder(folder.clone());
        }
        if input.engine.shares_machine {
            MountSource::Folder(input.record.data_dir.join(name))
        } else {
            MountSource::Volume(format!(
                "freehold-{}-{}-{name}",
                input.short_instance(),
                input.record.id
            ))
        }
    };
    service
        .mounts
        .iter()
        .map(|mount| MountPlan {
            source: source(&mount.name),
            target: mount.target.clone(),
        })
        .collect()
}

fn ports(input: &PlanInput<'_>, network: &NetworkSpec, service: &ServiceSpec) -> Result<Vec<PortPlan>, PlanError> {
    let mut plans = Vec::new();
    for port in &service.ports {
        let missing = || PlanError::PortMissing {
            port: port.name.clone(),
        };
        let container = *network.ports.get(&port.name).ok_or_else(missing)?;
        let chosen = input.record.ports.get(&port.name).copied();
        let Some(address) = publish_address(port, input.options) else {
            continue;
        };
        let host = match port.publish {
            Publish::Loopback => chosen.ok_or_else(missing)?,
            Publish::Public => chosen.unwrap_or(container),
        };
        plans.push(PortPlan {
            name: port.name.clone(),
            container,
            address: IpAddr::V4(address),
            host,
            udp: port.udp,
        });
    }
    Ok(plans)
}

/// Short hash of everything in the plan, so that a container made from another plan is recognised.
fn fingerprint(plan: &ContainerPlan) -> String {
    // Field order is fixed and maps are sorted, so the text is canonical. Serialising plain data does not fail.
    let text = serde_json::to_string(plan).unwrap_or_default();
    hex(&Sha256::digest(text.as_bytes())).chars().take(16).collect()
}
