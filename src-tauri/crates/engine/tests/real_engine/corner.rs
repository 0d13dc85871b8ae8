//! A test's own corner of a real engine, removed at the end whatever happens.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use freehold_engine::{Engine, Environment, ImageId, LogQuery};
use freehold_model::plan::{Limits, MountPlan, MountSource, PortPlan, label};
use freehold_model::state::ServiceObservation;
use freehold_model::{ContainerPlan, EngineKind, ImageReference, NodeId, ObservedState, ServiceName};
use futures_util::FutureExt as _;

pub(super) const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
pub(super) const GRACE: Duration = Duration::from_secs(30);

/// One test's own corner of the engine: an instance and a network of its own, removed at the end whatever happens.
pub(super) struct Corner {
    pub(super) engine: Engine,
    pub(super) image: ImageReference,
    pub(super) instance: String,
    pub(super) volumes: Mutex<Vec<String>>,
    /// The node's data, on this machine; owned by the user the node runs as.
    data: tempfile::TempDir,
}

/// Runs a test body in a corner and cleans up after it. One test at a time: they measure times.
pub(super) fn with_engine<F: Future<Output = ()>>(name: &str, body: impl FnOnce(Arc<Corner>) -> F) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let variables = (
        std::env::var("FREEHOLD_TEST_ENGINE"),
        std::env::var("FREEHOLD_TEST_IMAGES"),
    );
    let (Ok(address), Ok(images)) = variables else {
        eprintln!("skipped: {name} needs FREEHOLD_TEST_ENGINE and FREEHOLD_TEST_IMAGES");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let engine = Engine::discover(&Environment::default(), Some(&address))
            .await
            .expect("the test engine answers");
        let corner = Arc::new(Corner {
            engine,
            image: read_image(&images),
            instance: format!("test-{name}-{}", std::process::id()),
            volumes: Mutex::new(Vec::new()),
            data: data_folder(),
        });
        let ended = AssertUnwindSafe(body(Arc::clone(&corner))).catch_unwind().await;
        corner.clean_up().await;
        if let Err(panic) = ended {
            std::panic::resume_unwind(panic);
        }
    });
}

/// A folder for the node's user, who is nobody in particular where the tests run as root.
fn data_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    if nix::unistd::geteuid().is_root() {
        std::os::unix::fs::chown(folder.path(), Some(1000), Some(1000)).expect("root may give folders away");
    }
    folder
}

/// The user that the node runs as: the one that owns its data.
pub(super) fn node_user() -> u32 {
    let own = nix::unistd::geteuid();
    if own.is_root() { 1000 } else { own.as_raw() }
}

pub(super) fn read_image(path: &str) -> ImageReference {
    let text = std::fs::read_to_string(path).expect("the list of test images");
    let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let images = list
        .get("images")
        .and_then(serde_json::Value::as_array)
        .or_else(|| list.as_array())
        .expect("a list");
    let field = |name: &str| images[0][name].as_str().unwrap_or_default().to_owned();
    ImageReference {
        repository: field("repository"),
        tag: field("tag"),
        digest: field("digest").parse().expect("a digest"),
        platforms: vec!["linux/amd64".to_owned()],
    }
}

impl Corner {
    pub(super) async fn pulled(&self) -> ImageId {
        if let Some(id) = self.engine.find_image(&self.image).await.expect("an answer") {
            return id;
        }
        self.engine
            .pull(&self.image, &mut |_| {})
            .await
            .expect("the image is pulled")
    }

    /// A plan for Bitcoin Core on a private chain, closed as the catalog closes it.
    pub(super) fn plan(&self, service: &str, args: &[&str]) -> ContainerPlan {
        ContainerPlan {
            name: format!("freehold-{}-{service}", self.instance),
            service: ServiceName::try_new(service).expect("a name"),
            image: self.image.clone(),
            entrypoint: vec![format!("/opt/bitcoin-{}/bin/bitcoind", self.image.tag)],
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            env: vec![],
            user: format!("{0}:{0}", node_user()),
            // As the plan says it: the caller's own data belongs to the caller inside too.
            keep_id: self.engine.facts().kind == EngineKind::Podman && self.engine.facts().rootless,
            mounts: vec![],
            files: vec![],
            limits: Limits::default(),
            ports: vec![],
            network: self.instance.clone(),
            aliases: vec![service.to_owned()],
            tmpfs: vec!["/tmp".to_owned()],
            read_only_root: true,
            cap_add: vec![],
            pids_limit: 256,
            stop_signal: "SIGTERM".to_owned(),
            stop_grace: GRACE,
            labels: BTreeMap::from([
                (label::INSTANCE.to_owned(), self.instance.clone()),
                (label::NODE.to_owned(), node().to_string()),
                (label::SERVICE.to_owned(), service.to_owned()),
                (label::SPEC.to_owned(), "spec-1".to_owned()),
            ]),
        }
    }

    /// A node that runs until it is stopped.
    pub(super) fn node_plan(&self) -> ContainerPlan {
        let mut plan = self.plan(
            "bitcoind",
            &[
                "-regtest",
                "-server",
                "-datadir=/data",
                "-listen=0",
                "-printtoconsole",
                "-dbcache=4",
                "-maxmempool=5",
            ],
        );
        let folder = MountSource::Folder(self.data.path().to_owned());
        plan.mounts = vec![MountPlan {
            source: folder,
            target: "/data".to_owned(),
        }];
        plan.ports = vec![PortPlan {
            name: "rpc".to_owned(),
            container: 18443,
            address: LOOPBACK,
            host: free_port(),
            udp: false,
        }];
        plan
    }

    pub(super) async fn create(&self, plan: &ContainerPlan) -> String {
        let image = self.pulled().await;
        self.create_network(plan).await;
        self.engine.create(plan, &image).await.expect("a container")
    }

    pub(super) async fn create_network(&self, plan: &ContainerPlan) {
        let labels = BTreeMap::from([(label::INSTANCE.to_owned(), self.instance.clone())]);
        self.engine
            .ensure_network(&plan.network, &labels)
            .await
            .expect("a network");
    }

    pub(super) async fn observe(&self) -> ServiceObservation {
        let mut found = self
            .engine
            .observe_node(&self.instance, &node())
            .await
            .expect("an answer");
        assert_eq!(found.len(), 1, "one container: {found:?}");
        found.remove(0)
    }

    pub(super) async fn wait_for(&self, what: &str, is_it: impl Fn(&ObservedState) -> bool) -> ServiceObservation {
        let start = Instant::now();
        loop {
            let observation = self.observe().await;
            if is_it(&observation.state) {
                return observation;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "{what}: {observation:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    pub(super) async fn clean_up(&self) {
        for (_, service) in self.engine.observe(&self.instance).await.unwrap_or_default() {
            if let Some(container) = service.container {
                let _ = self.engine.kill(&container, "SIGKILL").await;
                let _ = self.engine.remove(&container).await;
            }
        }
        let volumes = self.volumes.lock().map(|volumes| volumes.clone()).unwrap_or_default();
        for volume in volumes {
            let _ = self.engine.remove_volume(&volume).await;
        }
        let _ = self.engine.remove_network_if_unused(&self.instance).await;
        let left = self.engine.observe(&self.instance).await.unwrap_or_default();
        assert!(left.is_empty(), "nothing is left behind: {left:?}");
    }
}

/// The node of every corner; corners are told apart by their instance.
pub(super) fn node() -> NodeId {
    NodeId::try_new("test-node").expect("an id")
}

pub(super) fn free_port() -> u16 {
    TcpListener::bind((LOOPBACK, 0))
        .and_then(|listener| listener.local_addr())
        .expect("a port")
        .port()
}

pub(super) fn query(after: Option<String>, wait: Duration) -> LogQuery {
    LogQuery {
        after,
        tail: 2000,
        wait,
    }
}
