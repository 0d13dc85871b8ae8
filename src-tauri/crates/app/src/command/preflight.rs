//! What an install would come to, before anything is pulled.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use freehold_contract::{FindingView, InstallRequest, NeedsView, PreflightReport, ResolvedOptionView};
use freehold_engine::Engine;
use freehold_host::data_dir;
use freehold_model::spec::{NodeSpec, Publish};
use freehold_model::{
    Fault, FaultCode, Finding, ImageReference, Network, NodeId, OptionId, ServiceName, Severity, Timestamp,
};
use freehold_plan::{ClockSkew, DataDirState, PreflightInput, ResolvedOptions};
use freehold_supervisor::{option_fault, plan_fault};

use crate::App;

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const EVERYWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// An install with everything decided that can be decided.
pub(crate) struct Prepared {
    pub(crate) spec: Arc<NodeSpec>,
    pub(crate) node: NodeId,
    pub(crate) name: String,
    pub(crate) network: Network,
    pub(crate) options: ResolvedOptions,
    pub(crate) data_dir: PathBuf,
    pub(crate) ports: BTreeMap<String, u16>,
    pub(crate) images: BTreeMap<ServiceName, ImageReference>,
    pub(crate) findings: Vec<Finding>,
    disk_available: Option<u64>,
}

impl App {
    /// What an install would come to and what speaks against it. Changes nothing.
    pub async fn preflight(&self, request: InstallRequest) -> Result<PreflightReport, Fault> {
        let prepared = self.prepare(&request).await?;
        let (needs, requirement) = freehold_plan::needs(&prepared.spec, &prepared.network, &prepared.options)
            .map_err(|error| plan_fault(&error))?;
        let options = prepared
            .options
            .texts()
            .into_iter()
            .map(|(option, value)| ResolvedOptionView {
                because: prepared
                    .options
                    .applied_rules()
                    .iter()
                    .find(|rule| rule.option == option)
                    .map(|rule| rule.because.clone()),
                offered: prepared.options.is_active(&option),
                id: option.to_string(),
                value,
            })
            .collect();
        Ok(PreflightReport {
            node: prepared.node.to_string(),
            network: prepared.network.to_string(),
            can_install: prepared
                .findings
                .iter()
                .all(|finding| finding.severity != Severity::Blocker),
            findings: prepared.findings.iter().map(finding_view).collect(),
            needs: NeedsView {
                disk: needs.disk.bytes(),
                disk_per_month: needs.disk_per_month.bytes(),
                ram: needs.ram.bytes(),
                download: needs.download.bytes(),
                first_sync: requirement.first_sync.clone(),
                as_of: requirement.as_of.clone(),
            },
            data_dir: prepared.data_dir.display().to_string(),
            disk_available: prepared.disk_available,
            options,
            images: prepared.images.values().map(ToString::to_string).collect(),
            ports: prepared.ports,
        })
    }

    /// Decides everything about an install and looks for what speaks against it.
    pub(crate) async fn prepare(&self, request: &InstallRequest) -> Result<Prepared, Fault> {
        self.settle(std::time::Duration::from_secs(5)).await;
        let spec = self.0.shelf.find(&request.client)?;
        let network = choose_network(&spec, request.network.as_deref())?;
        let chosen = read_options(&spec, &request.options)?;
        let options =
            freehold_plan::resolve(&spec, &network, &chosen).map_err(|error| option_fault(&spec.id, &error))?;
        let (node, name) = self.choose_name(&spec, &network, request.name.as_deref())?;
        let data_dir = self.choose_folder(&node, request.data_dir.as_deref())?;
        let engine = self.engine().ok();
        let taken: Vec<u16> = self
            .0
            .fleet
            .snapshots()
            .iter()
            .flat_map(|other| other.record.ports.values().copied())
            .collect();
        let mut is_free = |port| !taken.contains(&port) && freehold_host::port::is_free(LOOPBACK, port);
        let ports = freehold_plan::choose_ports(&spec, &network, &mut is_free).map_err(|error| plan_fault(&error))?;
        let images: BTreeMap<_, _> = spec
            .services
            .iter()
            .map(|service| (service.name.clone(), service.image.clone()))
            .collect();
        let (findings, disk_available) = self
            .look_for_trouble(&spec, &network, &options, &ports, &data_dir, engine.as_ref(), &images)
            .await;
        Ok(Prepared {
            spec,
            node,
            name,
            network,
            options,
            data_dir,
            ports,
            images,
            findings,
            disk_available,
        })
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one call, right above; a struct would only repeat the names"
    )]
    async fn look_for_trouble(
        &self,
        spec: &NodeSpec,
        network: &Network,
        options: &ResolvedOptions,
        ports: &BTreeMap<String, u16>,
        data_dir: &Path,
        engine: Option<&Engine>,
        images: &BTreeMap<ServiceName, ImageReference>,
    ) -> (Vec<Finding>, Option<u64>) {
        // The folder is the container's: it is looked at as the user that the container will run as.
        let (uid, gid) = match self.0.config.uid {
            0 => (0, 0),
            uid => (uid, self.0.config.gid),
        };
        let folder = data_dir::inspect(data_dir, uid, gid);
        let data_dir_state = self.folder_state(data_dir, folder.state);
        let machine = freehold_host::machine_facts();
        let now = self.0.config.clock.now();
        let skew = match engine {
            Some(engine) => engine.system_time().await.ok().map(|theirs| (now.0 - theirs.0) / 1000),
            None => None,
        };
        let mut image_present = engine.is_some();
        for image in images.values() {
            let found = match engine {
                Some(engine) => matches!(engine.find_image(image).await, Ok(Some(_))),
                None => false,
            };
            image_present &= found;
        }
        let findings = freehold_plan::preflight(&PreflightInput {
            spec,
            network,
            options,
            ports,
            machine: &machine,
            engine: engine.map(Engine::facts),
            data_dir,
            data_dir_state: &data_dir_state,
            disk: folder.disk.as_ref(),
            taken_ports: &taken_ports(spec, options, ports),
            clock_skew: skew.map(|seconds| ClockSkew {
                seconds,
                source: "the container engine",
            }),
            today: &iso_date(now),
            image_present,
        });
        (findings, folder.disk.map(|disk| disk.available.bytes()))
    }

    fn folder_state(&self, data_dir: &Path, found: data_dir::DataDirState) -> DataDirState {
        let owner = self
            .0
            .fleet
            .snapshots()
            .into_iter()
            .find(|node| node.record.data_dir == data_dir);
        if let Some(node) = owner {
            return DataDirState::InUseBy {
                node: node.record.id.to_string(),
            };
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

    /// The node's id and name: the user's, or made from client and network, with a number where that is taken.
    fn choose_name(&self, spec: &NodeSpec, network: &Network, wanted: Option<&str>) -> Result<(NodeId, String), Fault> {
        let nodes = self.0.fleet.snapshots();
        let is_taken = |id: &NodeId| nodes.iter().any(|node| node.record.id == *id);
        if let Some(name) = wanted.map(str::trim).filter(|name| !name.is_empty()) {
            let id =
                NodeId::try_new(slug(name)).map_err(|error| Fault::new(FaultCode::BadRequest).with("reason", error))?;
            let has_name = nodes.iter().any(|node| node.record.name.eq_ignore_ascii_case(name));
            if is_taken(&id) || has_name {
                return Err(Fault::new(FaultCode::NodeExists).with("node", name));
            }
            return Ok((id, name.to_owned()));
        }
        let label = spec
            .network(network)
            .map_or_else(|| network.to_string(), |network| network.label.clone());
        for number in 1..1000 {
            let (suffix, count) = if number == 1 {
                (String::new(), String::new())
            } else {
                (format!("-{number}"), format!(" {number}"))
            };
            let id = NodeId::try_new(format!("{}-{network}{suffix}", spec.id))
                .map_err(|error| Fault::new(FaultCode::BadRequest).with("reason", error))?;
            if !is_taken(&id) {
                return Ok((id, format!("{} {label}{count}", spec.name)));
            }
        }
        Err(Fault::new(FaultCode::NodeExists).with("node", &spec.id))
    }

    fn choose_folder(&self, node: &NodeId, wanted: Option<&str>) -> Result<PathBuf, Fault> {
        match wanted.map(str::trim).filter(|folder| !folder.is_empty()) {
            Some(folder) if Path::new(folder).is_absolute() => Ok(PathBuf::from(folder)),
            Some(folder) => Err(Fault::new(FaultCode::DataDirUnusable)
                .with("path", folder)
                .with("reason", "it is not a whole path")),
            None => Ok(match &self.settings().chain_data_dir {
                Some(base) => base.join(node.as_str()),
                None => self.0.layout.chain_data(node),
            }),
        }
    }
}

fn choose_network(spec: &NodeSpec, wanted: Option<&str>) -> Result<Network, Fault> {
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

fn read_options(spec: &NodeSpec, given: &BTreeMap<String, String>) -> Result<BTreeMap<OptionId, String>, Fault> {
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

/// Ports of the plan that somebody else holds now.
fn taken_ports(spec: &NodeSpec, options: &ResolvedOptions, ports: &BTreeMap<String, u16>) -> Vec<(u16, String)> {
    let mut taken = Vec::new();
    for wanted in spec.services.iter().flat_map(|service| &service.ports) {
        let address = match wanted.publish {
            Publish::Loopback => LOOPBACK,
            // Without consent the port is not published, so nobody is in its way.
            Publish::Public if wanted.consent.as_ref().is_some_and(|consent| options.is_on(consent)) => EVERYWHERE,
            Publish::Public => continue,
        };
        if let Some(port) = ports.get(&wanted.name)
            && !freehold_host::port::is_free(address, *port)
        {
            let owner = freehold_host::port::owner(*port).unwrap_or_else(|| "another program".to_owned());
            taken.push((*port, owner));
        }
    }
    taken
}

fn finding_view(finding: &Finding) -> FindingView {
    FindingView {
        severity: match finding.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Blocker => "blocker",
        }
        .to_owned(),
        check: finding.check.clone(),
        message: finding.message.clone(),
        hint: finding.hint.clone(),
        code: finding.fault.map(|code| code.as_str().to_owned()),
    }
}

/// `My node!` becomes `my-node`.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").chars().take(63).collect()
}

/// The day in UTC, `YYYY-MM-DD`.
fn iso_date(now: Timestamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_name_becomes_an_id() {
        assert_eq!(slug("My node!"), "my-node");
        assert_eq!(slug("  Größe 2 "), "gr-e-2");
        assert_eq!(slug("!!!"), "");
    }
}
