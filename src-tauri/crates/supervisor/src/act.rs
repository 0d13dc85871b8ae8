//! Carries out one step. Every step may be repeated: after a crash the same step is chosen again.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use freehold_engine::{Engine, EngineError};
use freehold_host::Inhibitor;
use freehold_model::plan::{ContainerPlan, MountSource, label};
use freehold_model::{
    Fault, FaultCode, ImageReference, NodeRecord, NodeSpec, PullProgress, ServiceName, ServiceObservation,
};
use freehold_store::secret;

use crate::fleet::{Fleet, FleetContext};
use crate::{folder, marker};

mod copy;
mod plan;
pub use plan::EXTERNAL_PASSWORD;

/// A container whose catalog entry is gone gets the longest grace that any entry asks for: bitcoind's.
pub(crate) const GRACE_OF_UNKNOWN: Duration = Duration::from_secs(930);
/// A stop that may take longer than this holds off a shutdown of the machine; a shorter one is done in time anyway.
const WORTH_HOLDING_OFF: Duration = Duration::from_secs(5);

/// What is needed to carry out a step.
pub(crate) struct Hands<'a> {
    pub(crate) context: &'a FleetContext,
    pub(crate) fleet: &'a Fleet,
    pub(crate) engine: &'a Engine,
    pub(crate) record: &'a NodeRecord,
    pub(crate) spec: Option<&'a NodeSpec>,
}

impl Hands<'_> {
    fn container_plan(&self, service: &ServiceName) -> Result<ContainerPlan, Fault> {
        let plan = self.plan()?.node;
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

    /// Fetches an image of the version that is to be updated to.
    pub(crate) async fn fetch(
        &self,
        service: &ServiceName,
        on_progress: &mut (dyn FnMut(PullProgress) + Send),
    ) -> Result<(), StepError> {
        let update = self.record.update.as_ref();
        let Some(image) = update.and_then(|update| update.images.get(service)) else {
            return Ok(());
        };
        self.context.checkpoint.reached("update.fetching");
        self.ask_registry(image, on_progress).await?;
        self.context.checkpoint.reached("update.fetched");
        Ok(())
    }

    pub(crate) async fn pull(
        &self,
        service: &ServiceName,
        on_progress: &mut (dyn FnMut(PullProgress) + Send),
    ) -> Result<(), StepError> {
        let image = self.image(service)?;
        self.context.checkpoint.reached("pull.begun");
        self.ask_registry(image, on_progress).await?;
        self.context.checkpoint.reached("pull.done");
        Ok(())
    }

    /// Pulls, and notes whether the registry was there: people see it in the settings.
    async fn ask_registry(
        &self,
        image: &ImageReference,
        on_progress: &mut (dyn FnMut(PullProgress) + Send),
    ) -> Result<(), EngineError> {
        let outcome = self.engine.pull(image, on_progress).await;
        let (store, now) = (&self.context.store, self.context.clock.now());
        let noted = match &outcome {
            Ok(_) => store.note_registry_reached(image.registry(), now),
            Err(EngineError::RegistryUnreachable { reason, .. }) => {
                store.note_registry_failed(image.registry(), now, reason)
            }
            Err(_) => Ok(()),
        };
        if let Err(error) = noted {
            tracing::warn!(%error, "when the registry was reached could not be kept");
        }
        outcome.map(|_| ())
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
        folder::prepare(&plan, self.context.uid).map_err(data_fault)?;
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
            let grace = self.grace(service);
            let holding_off = hold_off_shutdown(&self.record.name, grace).await;
            self.context.checkpoint.reached("container.stopping");
            self.engine.stop(container, grace).await?;
            if let Some(inhibitor) = holding_off {
                // Letting go waits for a helper program; nothing depends on when that has ended.
                drop(tokio::task::spawn_blocking(move || drop(inhibitor)));
            }
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
        folder::forget_files(&self.context.layout.container_files(&self.record.id)).map_err(data_fault)?;
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
        let names = mount_names(self.spec);
        let plan = match self.spec {
            // A plan that cannot be made names no volumes.
            Some(_) => self.plan().map(|made| made.node.containers).unwrap_or_default(),
            None => Vec::new(),
        };
        for mount in plan.iter().flat_map(|container| &container.mounts) {
            if let MountSource::Volume(volume) = &mount.source {
                self.engine.remove_volume(volume).await?;
            }
        }
        let folders = self.folders_to_erase(&names);
        on_files(move || {
            folders
                .iter()
                .try_for_each(|(folder, mounts)| folder::erase(folder, mounts))
        })
        .await
    }

    /// The folders that hold this node's data, with the mounts in each that are Freehold's to erase: also both ends of a
    /// move that is not done. What was adopted is nobody's but its owner's.
    fn folders_to_erase(&self, names: &[String]) -> Vec<(PathBuf, Vec<String>)> {
        let without = |kept: &BTreeMap<String, PathBuf>| -> Vec<String> {
            names.iter().filter(|name| !kept.contains_key(*name)).cloned().collect()
        };
        let record = self.record;
        let mut folders = vec![(record.data_dir.clone(), without(&record.adopted))];
        if let Some(moving) = &record.moving {
            if moving.from != record.data_dir {
                folders.push((moving.from.clone(), without(&moving.from_adopted)));
            }
            if moving.to != record.data_dir && marker::is_set(&moving.to, &record.id) {
                let mut half_copied = names.to_vec();
                half_copied.push(marker::FILE.to_owned());
                folders.push((moving.to.clone(), half_copied));
            }
        }
        folders
    }

    /// Erases the folder that the data was in before it was moved. A folder that was adopted is not Freehold's to erase.
    pub(crate) async fn erase_old(&self) -> Result<(), StepError> {
        let Some(moving) = &self.record.moving else {
            return Ok(());
        };
        let mounts: Vec<String> = mount_names(self.spec)
            .into_iter()
            .filter(|mount| !moving.from_adopted.contains_key(mount))
            .collect();
        let (from, now) = (moving.from.clone(), self.record.data_dir.clone());
        on_files(move || {
            folder::erase(&from, &mounts)?;
            // A kill right after the switch may have left the mark in what is the node's own folder now.
            marker::clear(&now)
        })
        .await
    }
}

/// Works on a node's files: hundreds of gigabytes in thousands of them, so not on a runtime thread.
async fn on_files(
    work: impl FnOnce() -> Result<(), (PathBuf, std::io::Error)> + Send + 'static,
) -> Result<(), StepError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| data_fault(error).into()),
        Err(error) => Err(Fault::new(FaultCode::Internal).with("reason", error).into()),
    }
}

/// Holds off a shutdown of the machine. Without logind, or where it refuses, the system's own patience has to do.
async fn hold_off_shutdown(node: &str, grace: Duration) -> Option<Inhibitor> {
    if grace <= WORTH_HOLDING_OFF {
        return None;
    }
    let why = format!("{node} writes its state to disk");
    let taken = tokio::task::spawn_blocking(move || Inhibitor::take(&why)).await;
    taken.ok()?.ok()
}

fn data_fault((path, error): (PathBuf, std::io::Error)) -> Fault {
    let code = if error.kind() == std::io::ErrorKind::StorageFull {
        FaultCode::DiskFull
    } else {
        FaultCode::DataDirUnusable
    };
    Fault::new(code)
        .with("path", path.display())
        .with("reason", error)
        .with("available", "nothing")
}

/// The names of the folders below a node's data folder.
pub(crate) fn mount_names(spec: Option<&NodeSpec>) -> Vec<String> {
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
