//! A node on an ordinary machine; each test changes what it is about.

use std::collections::BTreeMap;
use std::path::PathBuf;

use freehold_model::machine::{DiskFacts, MachineFacts};
use freehold_model::{
    ByteSize, EngineFacts, EngineKind, Network, NodeId, NodePlan, NodeRecord, NodeSpec, OptionId, Secret, Timestamp,
};
use freehold_plan::{NeededNode, PlanError, PlanInput, ResolvedOptions, RpcCredential, plan, resolve};

/// The password that must never appear in a plan.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

pub(crate) fn bitcoin_core() -> NodeSpec {
    toml::from_str(include_str!("../../../../../assets/catalog/bitcoin-core/node.toml")).unwrap()
}

pub(crate) fn network(id: &str) -> Network {
    Network::try_new(id).unwrap()
}

pub(crate) fn option(id: &str) -> OptionId {
    OptionId::try_new(id).unwrap()
}

pub(crate) fn chosen(pairs: &[(&str, &str)]) -> BTreeMap<OptionId, String> {
    pairs
        .iter()
        .map(|(id, value)| (option(id), (*value).to_owned()))
        .collect()
}

pub(crate) fn options(spec: &NodeSpec, on: &str, pairs: &[(&str, &str)]) -> ResolvedOptions {
    resolve(spec, &network(on), &chosen(pairs)).unwrap()
}

pub(crate) fn engine(kind: EngineKind, rootless: bool) -> EngineFacts {
    EngineFacts {
        kind,
        version: "28.1.0".to_owned(),
        api_version: "1.47".to_owned(),
        rootless,
        shares_machine: true,
        address: "unix:///run/engine.sock".to_owned(),
        platform: "linux/amd64".to_owned(),
        cpus: 4,
        memory: ByteSize::gb(16),
        cgroup_version: "2".to_owned(),
        warnings: Vec::new(),
    }
}

pub(crate) fn machine() -> MachineFacts {
    MachineFacts {
        memory: ByteSize::gb(16),
        memory_available: ByteSize::gb(12),
        cpus: 4,
        uid: 1001,
        gid: 1002,
        disks: vec![disk("/", 100), disk("/mnt/big", 2000)],
    }
}

pub(crate) fn disk(mount_point: &str, available_gb: u64) -> DiskFacts {
    DiskFacts {
        mount_point: PathBuf::from(mount_point),
        name: "disk".to_owned(),
        file_system: "ext4".to_owned(),
        kind: "ssd".to_owned(),
        total: ByteSize::gb(4000),
        available: ByteSize::gb(available_gb),
    }
}

pub(crate) fn credentials(spec: &NodeSpec) -> Vec<RpcCredential> {
    let credential = |consumer: &String| RpcCredential {
        consumer: consumer.clone(),
        user: consumer.clone(),
        password: Secret::new(PASSWORD),
        salt: "7d9ba5ae63c3d4dc30583ff4fe65a67e".to_owned(),
    };
    spec.credentials
        .iter()
        .map(|wanted| credential(&wanted.consumer))
        .collect()
}

pub(crate) fn record(spec: &NodeSpec, on: &str) -> NodeRecord {
    let mut record = NodeRecord::new(
        NodeId::try_new("bitcoin-core-regtest").unwrap(),
        spec.id.clone(),
        network(on),
        PathBuf::from("/data/bitcoin-core-regtest"),
        Timestamp(0),
    );
    record.ports = BTreeMap::from([("rpc".to_owned(), 23_000), ("p2p".to_owned(), 18_444)]);
    record.images = spec
        .services
        .iter()
        .map(|service| (service.name.clone(), service.image.pinned().unwrap()))
        .collect();
    record
}

/// Everything a plan needs, owned, so that a test can change one part.
pub(crate) struct Case {
    pub(crate) spec: NodeSpec,
    pub(crate) record: NodeRecord,
    pub(crate) options: ResolvedOptions,
    pub(crate) credentials: Vec<RpcCredential>,
    pub(crate) secrets: BTreeMap<String, Secret>,
    pub(crate) needs: BTreeMap<String, NeededNode>,
    pub(crate) engine: EngineFacts,
    pub(crate) user: (u32, u32),
}

impl Case {
    pub(crate) fn new(on: &str, pairs: &[(&str, &str)]) -> Self {
        let spec = bitcoin_core();
        Self {
            record: record(&spec, on),
            options: options(&spec, on, pairs),
            credentials: credentials(&spec),
            secrets: BTreeMap::new(),
            needs: BTreeMap::new(),
            engine: engine(EngineKind::Docker, false),
            user: (1001, 1002),
            spec,
        }
    }

    pub(crate) fn try_plan(&self) -> Result<NodePlan, PlanError> {
        plan(&PlanInput {
            spec: &self.spec,
            record: &self.record,
            options: &self.options,
            credentials: &self.credentials,
            secrets: &self.secrets,
            needs: &self.needs,
            files_dir: std::path::Path::new("/files"),
            engine: &self.engine,
            uid: self.user.0,
            gid: self.user.1,
            instance: "0123456789abcdef",
        })
    }

    pub(crate) fn plan(&self) -> NodePlan {
        self.try_plan().unwrap()
    }
}
