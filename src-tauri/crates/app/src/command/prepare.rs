//! Everything about an install that can be decided before anything is done: which nodes, with what, and what speaks
//! against it.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use freehold_contract::InstallRequest;
use freehold_engine::Engine;
use freehold_host::data_dir;
use freehold_model::spec::{NodeSpec, OptionKind};
use freehold_model::{
    DesiredState, Fault, FaultCode, Finding, GoodUntil, ImageReference, Network, NodeId, NodeRecord, OptionId, Secret,
    ServiceName, Severity, Timestamp,
};
use freehold_plan::{ClockSkew, DataDirState, PreflightInput, ResolvedOptions};
use freehold_supervisor::{NodeSnapshot, option_fault, plan_fault};

use crate::App;

mod adopt;
mod images;
mod name;
mod structure;

pub(crate) use adopt::markers_in;
pub(crate) use structure::{NeededChange, Structure, change_views, counts, effect_name};

/// The private ports are begun at one of so many places, so many ports apart.
const LANES: u16 = 50;
const PORTS_OF_A_LANE: u16 = 20;
/// Lower numbers may be opened by root only.
const FIRST_OPEN_PORT: u16 = 1024;
const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// An install with everything decided that can be decided.
pub(crate) struct Prepared {
    /// The new nodes; each after those that it needs, the one that was asked for last.
    pub(crate) nodes: Vec<PreparedNode>,
    /// What would be changed on nodes that are there already.
    pub(crate) changes: Vec<NeededChange>,
    /// What was found about all of it, worst first.
    pub(crate) findings: Vec<Finding>,
    /// How the nodes hang together, for people.
    pub(crate) structure: Structure,
}

/// One new node.
pub(crate) struct PreparedNode {
    pub(crate) spec: Arc<NodeSpec>,
    pub(crate) record: NodeRecord,
    pub(crate) options: ResolvedOptions,
    /// Secrets that the user gave, by option.
    pub(crate) secrets: BTreeMap<OptionId, Secret>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) disk_available: Option<u64>,
}

impl Prepared {
    /// The node that was asked for.
    pub(crate) fn asked_for(&self) -> Result<&PreparedNode, Fault> {
        self.nodes
            .last()
            .ok_or_else(|| Fault::new(FaultCode::Internal).with("reason", "an install without a node"))
    }
}

impl App {
    /// Decides everything about an install and looks for what speaks against it.
    pub(crate) async fn prepare(&self, request: &InstallRequest) -> Result<Prepared, Fault> {
        self.settle(std::time::Duration::from_secs(5)).await;
        let structure = self.find_structure(request)?;
        let engine = self.engine().ok();
        let mut nodes: Vec<PreparedNode> = Vec::new();
        for planned in &structure.nodes {
            let taken: Vec<u16> = nodes
                .iter()
                .flat_map(|node| node.record.ports.values().copied())
                .collect();
            nodes.push(self.prepare_one(planned, &taken, engine.as_ref()).await?);
        }
        let mut findings = structure.findings.clone();
        for (index, node) in nodes.iter().enumerate() {
            let is_asked_for = index + 1 == nodes.len();
            for finding in &node.findings {
                let mut finding = finding.clone();
                if !is_asked_for {
                    finding.message = format!("{}: {}", node.record.name, finding.message);
                }
                // What is said about the machine is said once.
                if !findings
                    .iter()
                    .any(|known| known.check == finding.check && known.message.ends_with(&finding.message))
                {
                    findings.push(finding);
                }
            }
        }
        findings.extend(together(&nodes));
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        Ok(Prepared {
            nodes,
            changes: structure.changes.clone(),
            findings,
            structure,
        })
    }

    async fn prepare_one(
        &self,
        planned: &structure::Planned,
        taken: &[u16],
        engine: Option<&Engine>,
    ) -> Result<PreparedNode, Fault> {
        let spec = planned.spec.clone();
        let (chosen, secrets) = split_secrets(&spec, planned.options.clone());
        let options =
            freehold_plan::resolve(&spec, &planned.network, &chosen).map_err(|error| option_fault(&spec.id, &error))?;
        let given: Vec<u16> = self.given_ports();
        let mut is_free =
            |port| !taken.contains(&port) && !given.contains(&port) && freehold_host::port::is_free(LOOPBACK, port);
        let mut ports = freehold_plan::choose_ports(&spec, &planned.network, self.first_port(), &mut is_free)
            .map_err(|error| plan_fault(&error))?;
        give_ports(&mut ports, &planned.ports, &given)?;
        let mut findings = Vec::new();
        let images = self.find_images(&spec, &options, engine, &mut findings).await;
        let adopted = self.find_adopted(planned, &spec, engine, &mut findings);
        let mut record = NodeRecord::new(
            planned.node.clone(),
            spec.id.clone(),
            planned.network.clone(),
            planned.data_dir.clone(),
            self.0.config.clock.now(),
        );
        record.name.clone_from(&planned.name);
        record.options = options.chosen_texts();
        record.ports = ports;
        record.images = images;
        record.needs.clone_from(&planned.needs);
        record.desired = DesiredState::Running;
        let (date, height) = spec.good_until(&planned.network);
        record.good_until = GoodUntil {
            date: date.map(str::to_owned),
            height,
        };
        if let Some(adopted) = adopted {
            record.adopted = adopted.folders;
            record.run_as = adopted.run_as;
        }
        let (found, disk_available) = self.look_for_trouble(&spec, &options, &record, engine).await;
        findings.extend(found);
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        Ok(PreparedNode {
            spec,
            record,
            options,
            secrets,
            findings,
            disk_available,
        })
    }

    /// Where the search for private ports begins. Another Freehold on this machine (another user's) begins elsewhere, so
    /// that neither takes the ports of the other's nodes while those are stopped.
    pub(crate) fn first_port(&self) -> u16 {
        let start = *freehold_plan::PRIVATE_PORTS.start();
        let instance = freehold_store::secret::instance_id(&self.0.layout).unwrap_or_default();
        let number = instance
            .get(..4)
            .and_then(|digits| u16::from_str_radix(digits, 16).ok());
        start + number.unwrap_or(0) % LANES * PORTS_OF_A_LANE
    }

    /// Ports that nodes have been given.
    pub(crate) fn given_ports(&self) -> Vec<u16> {
        let nodes = self.0.fleet.snapshots();
        nodes
            .iter()
            .flat_map(|other| other.record.ports.values().copied())
            .collect()
    }

    async fn look_for_trouble(
        &self,
        spec: &NodeSpec,
        options: &ResolvedOptions,
        record: &NodeRecord,
        engine: Option<&Engine>,
    ) -> (Vec<Finding>, Option<u64>) {
        // The folder is the container's: it is looked at as the user that the container will run as.
        let (uid, gid) = match self.0.config.uid {
            0 => (0, 0),
            uid => (uid, self.0.config.gid),
        };
        let folder = data_dir::inspect(&record.data_dir, uid, gid);
        let data_dir_state = self.folder_state(spec, &record.data_dir, folder.state);
        let machine = freehold_host::machine_facts();
        let now = self.0.config.clock.now();
        let skew = match engine {
            Some(engine) => engine.system_time().await.ok().map(|theirs| (now.0 - theirs.0) / 1000),
            None => None,
        };
        let mut image_present = engine.is_some();
        for image in record.images.values() {
            let found = match engine {
                Some(engine) => matches!(engine.find_image(image).await, Ok(Some(_))),
                None => false,
            };
            image_present &= found;
        }
        let findings = freehold_plan::preflight(&PreflightInput {
            spec,
            network: &record.network,
            options,
            ports: &record.ports,
            machine: &machine,
            engine: engine.map(Engine::facts),
            data_dir: &record.data_dir,
            data_dir_state: &data_dir_state,
            disk: folder.disk.as_ref(),
            taken_ports: &taken_ports(spec, options, &record.ports),
            clock_skew: skew.map(|seconds| ClockSkew {
                seconds,
                source: "the container engine",
            }),
            today: &iso_date(now),
            image_present,
        });
        (findings, folder.disk.map(|disk| disk.available.bytes()))
    }

    fn folder_state(&self, spec: &NodeSpec, data_dir: &Path, found: data_dir::DataDirState) -> DataDirState {
        let mut mounts = spec.services.iter().flat_map(|service| &service.mounts);
        let overlap = || mounts.find_map(|mount| self.user_of_mount(&data_dir.join(&mount.name)));
        if let Some(node) = self.user_of(data_dir).or_else(overlap) {
            return DataDirState::InUseBy { node: node.to_string() };
        }
        match found {
            data_dir::DataDirState::Missing { is_creatable } => DataDirState::Missing {
                writable_parent: is_creatable,
            },
            data_dir::DataDirState::Empty => DataDirState::Empty,
            data_dir::DataDirState::HasData => DataDirState::HasData {
                bytes: freehold_host::folder_size(data_dir).unwrap_or(0),
            },
            data_dir::DataDirState::NotAFolder => DataDirState::NotWritable {
                reason: "it is a file, not a folder".to_owned(),
            },
            data_dir::DataDirState::NotWritable => DataDirState::NotWritable {
                reason: "it may not be written".to_owned(),
            },
            data_dir::DataDirState::OwnedByOther { owner } => DataDirState::OwnedBy { owner },
        }
    }

    /// The node whose data folder this is, or one that this is inside of: another node here would write into its data.
    pub(crate) fn user_of(&self, folder: &Path) -> Option<NodeId> {
        let asked = resolved(folder);
        self.find_user(|node| {
            let is_its_folder = data_folders(&node.record).any(|used| resolved(used) == asked);
            is_its_folder || mounts_of(node).iter().any(|used| asked.starts_with(used))
        })
    }

    /// The node whose data overlaps with this folder, which is to be mounted itself.
    pub(crate) fn user_of_mount(&self, folder: &Path) -> Option<NodeId> {
        let asked = resolved(folder);
        self.find_user(|node| {
            mounts_of(node)
                .iter()
                .any(|used| asked.starts_with(used) || used.starts_with(&asked))
        })
    }

    fn find_user(&self, uses: impl Fn(&NodeSnapshot) -> bool) -> Option<NodeId> {
        let nodes = self.0.fleet.snapshots();
        let found = nodes
            .into_iter()
            .filter(|node| node.record.external.is_none())
            .find(uses);
        found.map(|node| node.record.id)
    }
}

/// Puts the user's own numbers in the place of the usual ones.
fn give_ports(ports: &mut BTreeMap<String, u16>, wanted: &BTreeMap<String, u16>, given: &[u16]) -> Result<(), Fault> {
    let refuse = |reason: String| Err(Fault::new(FaultCode::BadRequest).with("reason", reason));
    for (name, number) in wanted {
        if *number < FIRST_OPEN_PORT {
            return refuse(format!(
                "port {number} belongs to the system; take one from {FIRST_OPEN_PORT} on"
            ));
        }
        if given.contains(number) || ports.iter().any(|(other, taken)| other != name && taken == number) {
            return refuse(format!("port {number} has been given already"));
        }
        match ports.get_mut(name) {
            Some(port) => *port = *number,
            None => return refuse(format!("the node publishes no port named `{name}`")),
        }
    }
    Ok(())
}

/// The folders that a node's mounts are in, on the way of a move both.
fn data_folders(record: &NodeRecord) -> impl Iterator<Item = &PathBuf> {
    let moving = record.moving.iter().flat_map(|moving| [&moving.to, &moving.from]);
    std::iter::once(&record.data_dir).chain(moving)
}

/// Every folder that a node mounts, or mounted before a move that is not done.
fn mounts_of(node: &NodeSnapshot) -> Vec<PathBuf> {
    let record = &node.record;
    let spec = node.spec.as_deref();
    let names: Vec<&str> = spec
        .into_iter()
        .flat_map(|spec| &spec.services)
        .flat_map(|service| &service.mounts)
        .map(|mount| mount.name.as_str())
        .collect();
    let before = record.moving.iter().flat_map(|moving| moving.from_adopted.values());
    let mut mounts: Vec<PathBuf> = record
        .adopted
        .values()
        .chain(before)
        .map(|used| resolved(used))
        .collect();
    for folder in data_folders(record) {
        let folder = resolved(folder);
        if names.is_empty() {
            // Without its entry nobody knows what is in it.
            mounts.push(folder);
        } else {
            mounts.extend(names.iter().map(|name| folder.join(name)));
        }
    }
    mounts
}

/// The path without links, as far as it is there already.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    for above in path.ancestors() {
        if let Ok(real) = above.canonicalize() {
            return match path.strip_prefix(above) {
                Ok(rest) if rest.as_os_str().is_empty() => real,
                Ok(rest) => real.join(rest),
                Err(_) => real,
            };
        }
    }
    path.to_owned()
}

/// The options without their secrets, and the secrets. A secret leaves only a mark that it is there.
pub(crate) fn split_secrets(
    spec: &NodeSpec,
    options: BTreeMap<OptionId, String>,
) -> (BTreeMap<OptionId, String>, BTreeMap<OptionId, Secret>) {
    let mut secrets = BTreeMap::new();
    let chosen = options
        .into_iter()
        .map(|(id, value)| {
            let is_secret = spec
                .option(&id)
                .is_some_and(|option| matches!(option.kind, OptionKind::Secret { .. }));
            if is_secret && !value.is_empty() {
                secrets.insert(id.clone(), Secret::new(value));
                return (id, "set".to_owned());
            }
            (id, value)
        })
        .collect();
    (chosen, secrets)
}

/// Nodes that fit the disk one by one may not fit it together.
fn together(nodes: &[PreparedNode]) -> Option<Finding> {
    if nodes.len() < 2 {
        return None;
    }
    let available = nodes
        .iter()
        .map(|node| node.disk_available)
        .collect::<Option<Vec<_>>>()?;
    // Only where they share one disk, as far as the same free space tells.
    let first = *available.first()?;
    if available.iter().any(|free| *free != first) {
        return None;
    }
    let needed = nodes.iter().filter_map(|node| {
        freehold_plan::needs(&node.spec, &node.record.network, &node.options)
            .ok()
            .map(|(needs, _)| needs.disk.bytes())
    });
    let needed: u64 = needed.sum();
    (needed > first).then(|| Finding {
        severity: Severity::Blocker,
        check: "disk".to_owned(),
        message: format!(
            "Together they need {}; the disk has {} free.",
            freehold_model::ByteSize(needed),
            freehold_model::ByteSize(first)
        ),
        hint: Some("Choose another disk with `--data`.".to_owned()),
        fault: Some(FaultCode::DiskTooSmall),
    })
}

/// Ports of the plan that somebody else holds now.
fn taken_ports(spec: &NodeSpec, options: &ResolvedOptions, ports: &BTreeMap<String, u16>) -> Vec<(u16, String)> {
    let mut taken = Vec::new();
    for wanted in freehold_plan::active_services(spec, options).flat_map(|service| &service.ports) {
        // Without consent the port is not published, so nobody is in its way.
        let Some(address) = freehold_plan::publish_address(wanted, options) else {
            continue;
        };
        let address = IpAddr::V4(address);
        if let Some(port) = ports.get(&wanted.name)
            && !freehold_host::port::is_free(address, *port)
        {
            let owner = freehold_host::port::owner(*port).unwrap_or_else(|| "another program".to_owned());
            taken.push((*port, owner));
        }
    }
    taken
}

/// The day in UTC, `YYYY-MM-DD`.
pub(crate) fn iso_date(now: Timestamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%d").to_string()
}

pub(crate) type Images = BTreeMap<ServiceName, ImageReference>;
pub(crate) type Folders = BTreeMap<String, PathBuf>;

/// The network that a person named; the entry's first when none.
pub(crate) fn choose_network(spec: &NodeSpec, wanted: Option<&str>) -> Result<Network, Fault> {
    let known = || {
        spec.networks
            .iter()
            .map(|network| network.id.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    match wanted {
        None => spec.networks.first().map(|network| network.id.clone()),
        Some(text) => spec
            .networks
            .iter()
            .find(|network| network.id.as_str() == text)
            .map(|network| network.id.clone()),
    }
    .ok_or_else(|| {
        Fault::new(FaultCode::NetworkUnknown)
            .with("network", wanted.unwrap_or(""))
            .with("known", known())
    })
}

/// The options that a person gave, by id.
pub(crate) fn read_options(
    spec: &NodeSpec,
    given: &BTreeMap<String, String>,
) -> Result<BTreeMap<OptionId, String>, Fault> {
    given
        .iter()
        .map(|(id, value)| match OptionId::try_new(id.as_str()) {
            Ok(id) => Ok((id, value.clone())),
            Err(error) => Err(Fault::new(FaultCode::OptionInvalid)
                .with("client", &spec.id)
                .with("option", id)
                .with("reason", error)),
        })
        .collect()
}
