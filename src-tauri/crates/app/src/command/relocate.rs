//! Moves a node's data to another folder.

use std::path::Path;

use freehold_contract::{MoveRequest, NodeView};
use freehold_host::data_dir::{self, DataDirState};
use freehold_model::{ByteSize, Fault, FaultCode, MovePhase, NodeRecord, PendingMove};
use freehold_store::{ActivityChange, ActivityKind};
use freehold_supervisor::{NodeSnapshot, marker};

use super::change::refuse_while_busy;
use super::node::supervisor_fault;
use super::prepare::resolved;
use crate::App;

impl App {
    /// Moves a node's data to another folder. Returns once that is recorded; progress comes as events.
    pub async fn node_move(&self, request: MoveRequest) -> Result<NodeView, Fault> {
        let _order = self.0.orders.lock().await;
        let node = self.find_node(&request.node)?;
        let record = &node.record;
        refuse_while_busy(record)?;
        let to = resolved(Path::new(request.data_dir.trim()));
        self.refuse_move(record, &to)?;
        let bytes = self.data_bytes(&node).await;
        if let Ok(disk) = freehold_host::disk_at(&to)
            && disk.available.bytes() < bytes
        {
            return Err(Fault::new(FaultCode::DiskTooSmall)
                .with("path", disk.mount_point.display())
                .with("available", disk.available)
                .with("needed", ByteSize(bytes)));
        }
        if !request.confirmed {
            let what = format!(
                "{} is stopped while {} are copied to {} and checked; the old folder is erased once the node has answered from the new one",
                record.name,
                ByteSize(bytes),
                to.display()
            );
            return Err(Fault::new(FaultCode::ConfirmationNeeded).with("what", what));
        }
        let mounts = mounts_with_data(&node);
        marker::set(&to, &record.id).map_err(|(path, error)| {
            Fault::new(FaultCode::DataDirUnusable)
                .with("path", path.display())
                .with("reason", error)
        })?;
        let text = format!("{}: its data goes to {}", record.name, to.display());
        let change = ActivityChange {
            what: "folder of the chain data".to_owned(),
            old: Some(record.data_dir.display().to_string()),
            new: Some(to.display().to_string()),
        };
        self.0
            .fleet
            .edit(&record.id, move |record| {
                refuse_while_busy(record)?;
                record.moving = Some(PendingMove {
                    to,
                    from: record.data_dir.clone(),
                    mounts,
                    from_adopted: record.adopted.clone(),
                    phase: MovePhase::Copying,
                });
                Ok(())
            })
            .await
            .map_err(|error| supervisor_fault(&error))?;
        self.note_change(ActivityKind::Node, Some(record.id.as_str()), &text, &[change]);
        Ok(self.view_of(&self.find_node(record.id.as_str())?))
    }

    /// What makes a move impossible, before anything is stopped.
    fn refuse_move(&self, record: &NodeRecord, to: &Path) -> Result<(), Fault> {
        let unusable = |reason: &str| {
            Fault::new(FaultCode::DataDirUnusable)
                .with("path", to.display())
                .with("reason", reason)
        };
        if record.external.is_some() {
            return Err(Fault::new(FaultCode::NotSupported).with(
                "what",
                format_args!("{} is run by somebody else, and so is its data", record.name),
            ));
        }
        if !self.engine()?.facts().shares_machine {
            return Err(Fault::new(FaultCode::NotSupported)
                .with("what", "The engine runs in a virtual machine and keeps the data there"));
        }
        if !to.is_absolute() {
            return Err(unusable("it is not a whole path"));
        }
        let inside = |inner: &Path, outer: &Path| inner.starts_with(outer);
        let folders = std::iter::once(&record.data_dir).chain(record.adopted.values());
        for folder in folders {
            if inside(to, folder) || inside(folder, to) {
                return Err(unusable("it and the folder of the data now are inside each other"));
            }
        }
        if let Some(user) = self.user_of(to).filter(|user| *user != record.id) {
            return Err(Fault::new(FaultCode::DataDirInUse)
                .with("path", to.display())
                .with("owner", user));
        }
        let (uid, gid) = match self.0.config.uid {
            0 => (0, 0),
            uid => (uid, self.0.config.gid),
        };
        match data_dir::inspect(to, uid, gid).state {
            DataDirState::Empty | DataDirState::Missing { is_creatable: true } => Ok(()),
            // A copy that was cut off earlier goes on where it was.
            DataDirState::HasData if marker::is_set(to, &record.id) => Ok(()),
            DataDirState::HasData => Err(unusable("it holds other files")),
            DataDirState::Missing { is_creatable: false } | DataDirState::NotWritable => {
                Err(unusable("it may not be written"))
            }
            DataDirState::NotAFolder => Err(unusable("it is a file, not a folder")),
            DataDirState::OwnedByOther { owner } => Err(unusable(&format!("it belongs to {owner}"))),
        }
    }
}

/// The node's mounts that hold something now. An empty list is fine: a node that never ran has no data.
fn mounts_with_data(node: &NodeSnapshot) -> Vec<String> {
    let record = &node.record;
    let spec = node.spec.as_deref();
    let names = spec
        .into_iter()
        .flat_map(|spec| &spec.services)
        .flat_map(|service| &service.mounts)
        .map(|mount| mount.name.clone());
    let mut names: Vec<String> = names
        .filter(|name| {
            let folder = record
                .adopted
                .get(name)
                .cloned()
                .unwrap_or_else(|| record.data_dir.join(name));
            folder.exists()
        })
        .collect();
    names.dedup();
    names
}
