//! Carries out one step. Every step may be repeated: after a crash the same step is chosen again.

use std::time::Duration;

use freehold_engine::{Engine, EngineError};
use freehold_model::plan::{ContainerPlan, MountSource, NodePlan, label};
use freehold_model::{
    Fault, FaultCode, ImageReference, NodeRecord, NodeSpec, PullProgress, ServiceName, ServiceObservation,
};
use freehold_plan::{PlanInput, RpcCredential};
use freehold_store::secret;

use crate::fault::{option_fault, plan_fault};
use crate::fleet::FleetContext;
use crate::folder;

/// A container whose catalog entry is gone gets the longest grace that any entry asks for: bitcoind's.
pub(crate) const GRACE_OF_UNKNOWN: Duration = Duration::from_secs(930);

/// What is needed to carry out a step.
pub(crate) struct Hands<'a> {
    pub(crate) context: &'a FleetContext,
    pub(crate) engine: &'a Engine,
    pub(crate) record: &'a NodeRecord,
    pub(crate) spec: Option<&'a NodeSpec>,
}

impl Hands<'_> {
    /// The node's plan with today's catalog entry.
    pub(crate) fn plan(&self) -> Result<NodePlan, Fault> {
        let spec = self.spec.ok_or_else(|| {
            Fault::new(FaultCode::ClientUnknown)
                .with("client", &self.record.client)
                .with("known", "see the catalog")
        })?;
        let credentials = spec
            .credentials
            .iter()
            .map(|wanted| {
                secret::load_or_make(&self.context.layout, &self.record.id, &wanted.consumer).map(|kept| {
                    RpcCredential {
                        consumer: kept.consumer,
                        user: wanted.consumer.clone(),
                        password: kept.password,
                        salt: kept.salt,
                    }
                })
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| error.to_fault())?;
        let options = freehold_plan::resolve(spec, &self.record.network, &self.record.options)
            .map_err(|error| option_fault(&spec.id, &error))?;
        let input = PlanInput {
            spec,
            record: self.record,
            options: &options,
            credentials: &credentials,
            engine: self.engine.facts(),
            uid: self.context.uid,
            gid: self.context.gid,
            instance: &self.context.instance,
        };
        freehold_plan::plan(&input).map_err(|error| plan_fault(&error))
    }

    fn container_plan(&self, service: &ServiceName) -> Result<ContainerPlan, Fault> {
        let plan = self.plan()?;
        plan.containers
            .into_iter()
            .find(|container| container.service == *service)
            .ok_or_else(|| {
                Fault::new(FaultCode::Internal).with("reason", format_args!("the plan lacks the service {service}"))
            })
    }

    fn image(&self, service: &ServiceName) -> Result<&ImageReference, Fault> {
        self.record.images.get(service).ok_or_else(|| {
            Fault::new(FaultCode::Internal).with("reason", format_args!("the record lacks the image of {service}"))
        })
    }

    /// Whether the service's image is on the engine.
    pub(crate) async fn has_image(&self, service: &ServiceName) -> Result<bool, EngineError> {
        match self.record.images.get(service) {
            Some(image) => Ok(self.engine.find_image(image).await?.is_some()),
            None => Ok(false),
        }
    }

    pub(crate) async fn pull(
        &self,
        service: &ServiceName,
        on_progress: &mut (dyn FnMut(PullProgress) + Send),
    ) -> Result<(), StepError> {
        let image = self.image(service)?;
        self.context.checkpoint.reached("pull.begun");
        self.engine.pull(image, on_progress).await?;
        self.context.checkpoint.reached("pull.done");
        Ok(())
    }

    pub(crate) async fn create(&self, service: &ServiceName) -> Result<(), StepError> {
        let plan = self.container_plan(service)?;
        let image = self.image(service)?;
        let Some(image_id) = self.engine.find_image(image).await? else {
            // Somebody removed the image meanwhile; the next decision pulls it.
            return Ok(());
        };
        let labels = [(label::INSTANCE.to_owned(), self.context.instance.clone())].into();
        self.engine.ensure_network(&plan.network, &labels).await?;
        self.context.checkpoint.reached("network.ensured");
        folder::prepare(&plan, self.context.uid).map_err(|(path, error)| {
            let code = if error.kind() == std::io::ErrorKind::StorageFull {
                FaultCode::DiskFull
            } else {
                FaultCode::DataDirUnusable
            };
            Fault::new(code)
                .with("path", path.display())
                .with("reason", error)
                .with("available", "nothing")
        })?;
        self.context.checkpoint.reached("folder.prepared");
        self.engine.create(&plan, &image_id).await?;
        self.context.checkpoint.reached("container.created");
        Ok(())
    }

    pub(crate) async fn start(&self, service: &ServiceName, seen: &[ServiceObservation]) -> Result<(), StepError> {
        if let Some(container) = container_of(service, seen) {
            self.context.checkpoint.reached("container.starting");
            self.engine.start(container).await?;
            self.context.checkpoint.reached("container.started");
        }
        Ok(())
    }

    /// The time that a service may take to stop.
    pub(crate) fn grace(&self, service: &ServiceName) -> Duration {
        let spec = self.spec.and_then(|spec| spec.service(service));
        spec.map_or(GRACE_OF_UNKNOWN, |service| service.stop.grace.duration())
    }

    pub(crate) async fn stop(&self, service: &ServiceName, seen: &[ServiceObservation]) -> Result<(), StepError> {
        if let Some(container) = container_of(service, seen) {
            self.context.checkpoint.reached("container.stopping");
            self.engine.stop(container, self.grace(service)).await?;
            self.context.checkpoint.reached("container.stopped");
        }
        Ok(())
    }

    pub(crate) async fn remove(&self, service: &ServiceName, seen: &[ServiceObservation]) -> Result<(), StepError> {
        if let Some(container) = container_of(service, seen) {
            self.context.checkpoint.reached("container.removing");
            self.engine.remove(container).await?;
            self.context.checkpoint.reached("container.removed");
        }
        Ok(())
    }

    /// Removes what a node leaves beside its containers; the record goes last, so that a crash repeats this.
    pub(crate) async fn forget(&self, erase_data: bool) -> Result<(), StepError> {
        let instance8 = self.context.instance.get(..8).unwrap_or(&self.context.instance);
        self.engine
            .remove_network_if_unused(&format!("freehold-{instance8}"))
            .await?;
        self.context.checkpoint.reached("network.removed");
        if erase_data {
            self.erase().await?;
            self.context.checkpoint.reached("data.erased");
            // Passwords stay with the chain data: a node installed on it again lets the same wallets in.
            secret::forget(&self.context.layout, &self.record.id).map_err(|error| error.to_fault())?;
            self.context.checkpoint.reached("secrets.removed");
        }
        self.context
            .store
            .forget_node(&self.record.id)
            .map_err(|error| error.to_fault())?;
        self.context.checkpoint.reached("record.removed");
        Ok(())
    }

    async fn erase(&self) -> Result<(), StepError> {
        // Without the catalog entry (an overlay that is gone) nobody knows what the folders and volumes are called: they
        // stay, rather than that a removal never ends.
        let mounts = mount_names(self.spec);
        let plan = match self.spec {
            Some(_) => self.plan()?.containers,
            None => Vec::new(),
        };
        for mount in plan.iter().flat_map(|container| &container.mounts) {
            if let MountSource::Volume(volume) = &mount.source {
                self.engine.remove_volume(volume).await?;
            }
        }
        let data_dir = self.record.data_dir.clone();
        // Hundreds of gigabytes in thousands of files: not on a runtime thread.
        let erased = tokio::task::spawn_blocking(move || folder::erase(&data_dir, &mounts)).await;
        match erased {
            Ok(Ok(())) => Ok(()),
            Ok(Err((path, error))) => Err(Fault::new(FaultCode::DataDirUnusable)
                .with("path", path.display())
                .with("reason", error)
                .into()),
            Err(error) => Err(Fault::new(FaultCode::Internal).with("reason", error).into()),
        }
    }
}

/// The names of the folders below a node's data folder.
fn mount_names(spec: Option<&NodeSpec>) -> Vec<String> {
    spec.into_iter()
        .flat_map(|spec| &spec.services)
        .flat_map(|service| &service.mounts)
        .map(|mount| mount.name.clone())
        .collect()
}

fn container_of<'a>(service: &ServiceName, seen: &'a [ServiceObservation]) -> Option<&'a str> {
    seen.iter()
        .find(|observed| observed.service == *service)?
        .container
        .as_deref()
}

/// Why a step failed.
#[derive(Debug)]
pub(crate) enum StepError {
    /// The engine went away; nobody's fault, and no failure of the node.
    EngineAway,
    /// Anything else.
    Fault(Fault),
}

impl From<Fault> for StepError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<EngineError> for StepError {
    fn from(error: EngineError) -> Self {
        if error.is_engine_away() {
            return Self::EngineAway;
        }
        let mut fault = error.to_fault();
        if fault.code == FaultCode::PortInUse {
            let owner = fault
                .params
                .get("port")
                .and_then(|port| port.parse().ok())
                .and_then(freehold_host::port::owner);
            fault = fault.with("owner", owner.unwrap_or_else(|| "another program".to_owned()));
        }
        Self::Fault(fault)
    }
}
