//! A node's life.

use std::time::Duration;

use freehold_contract::{Empty, EraseRequest, NodeList, NodeRequest, NodeView, RemovalReport};
use freehold_model::{DesiredState, Fault, FaultCode, NodeId};
use freehold_supervisor::{NodeSnapshot, SupervisorError};

use crate::App;

/// A view asked for right after the start waits this long for the first look at everything.
const FIRST_LOOK: Duration = Duration::from_secs(5);

impl App {
    /// Every node.
    pub async fn node_list(&self, _: Empty) -> Result<NodeList, Fault> {
        self.settle(FIRST_LOOK).await;
        self.freshen().await;
        Ok(NodeList {
            nodes: self.0.fleet.snapshots().iter().map(|node| self.view_of(node)).collect(),
        })
    }

    /// One node.
    pub async fn node_show(&self, request: NodeRequest) -> Result<NodeView, Fault> {
        self.settle(FIRST_LOOK).await;
        self.freshen().await;
        Ok(self.view_of(&self.find_node(&request.node)?))
    }

    /// Asks for a node to run.
    pub async fn node_start(&self, request: NodeRequest) -> Result<NodeView, Fault> {
        self.order(&request, DesiredState::Running).await
    }

    /// Asks for a node to stop cleanly.
    pub async fn node_stop(&self, request: NodeRequest) -> Result<NodeView, Fault> {
        self.order(&request, DesiredState::Stopped).await
    }

    /// Stops and starts a node.
    pub async fn node_restart(&self, request: NodeRequest) -> Result<NodeView, Fault> {
        let node = self.find_node(&request.node)?;
        self.0
            .fleet
            .restart(&node.record.id)
            .await
            .map_err(|error| supervisor_fault(&error))?;
        Ok(self.view_of(&self.find_node(node.record.id.as_str())?))
    }

    /// Removes container and record; chain data stays.
    pub async fn node_remove(&self, request: NodeRequest) -> Result<RemovalReport, Fault> {
        self.let_go(&request.node, false).await
    }

    /// Removes container, record and chain data.
    pub async fn node_erase(&self, request: EraseRequest) -> Result<RemovalReport, Fault> {
        self.refuse_erasing_what_is_not_ours(&request.node)?;
        if !request.confirmed {
            let node = self.find_node(&request.node)?;
            let bytes = self.data_bytes(&node).await;
            let what = format!(
                "Erasing {} deletes {} of chain data",
                node.record.name,
                freehold_model::ByteSize(bytes)
            );
            return Err(Fault::new(FaultCode::ConfirmationNeeded).with("what", what));
        }
        self.let_go(&request.node, true).await
    }

    /// Data that was there before Freehold, and nodes that somebody else runs, are not Freehold's to erase.
    fn refuse_erasing_what_is_not_ours(&self, text: &str) -> Result<(), Fault> {
        let record = self.find_node(text)?.record;
        let what = if record.external.is_some() {
            format!(
                "{} is run by somebody else; `remove` only stops watching it",
                record.name
            )
        } else if let Some(folder) = record.adopted.values().next() {
            format!(
                "{} was there before {} was added; `remove` leaves it, and you can delete it yourself",
                folder.display(),
                record.name
            )
        } else {
            return Ok(());
        };
        Err(Fault::new(FaultCode::NotSupported).with("what", what))
    }

    async fn let_go(&self, text: &str, erase_data: bool) -> Result<RemovalReport, Fault> {
        let node = self.find_node(text)?;
        let others = self.0.fleet.needed_by(&node.record.id);
        if !others.is_empty() {
            let others: Vec<&str> = others.iter().map(NodeId::as_str).collect();
            return Err(Fault::new(FaultCode::NodeNeeded)
                .with("node", &node.record.name)
                .with("others", others.join(", ")));
        }
        let data_bytes = self.data_bytes(&node).await;
        self.desire(&node.record.id, DesiredState::Removed { erase_data })
            .await?;
        Ok(RemovalReport {
            node: node.record.id.to_string(),
            done: self.0.fleet.watch(&node.record.id).is_none(),
            data_dir: node.record.data_dir.display().to_string(),
            data_bytes,
            erased: erase_data,
        })
    }

    pub(crate) async fn data_bytes(&self, node: &NodeSnapshot) -> u64 {
        let record = node.record.clone();
        let measure = move || {
            let folders = std::iter::once(&record.data_dir).chain(record.adopted.values());
            folders
                .map(|folder| freehold_host::folder_size(folder).unwrap_or(0))
                .sum()
        };
        let measured = tokio::task::spawn_blocking(measure).await;
        measured.unwrap_or(0)
    }

    async fn order(&self, request: &NodeRequest, desired: DesiredState) -> Result<NodeView, Fault> {
        let node = self.find_node(&request.node)?;
        self.desire(&node.record.id, desired).await?;
        Ok(self.view_of(&self.find_node(node.record.id.as_str())?))
    }

    pub(crate) async fn desire(&self, node: &NodeId, desired: DesiredState) -> Result<(), Fault> {
        self.0
            .fleet
            .desire(node, desired)
            .await
            .map_err(|error| supervisor_fault(&error))
    }

    /// The node that a person named: by id first, then by its name.
    pub(crate) fn find_node(&self, text: &str) -> Result<NodeSnapshot, Fault> {
        let nodes = self.0.fleet.snapshots();
        let by_id = nodes.iter().find(|node| node.record.id.as_str() == text);
        let found = by_id.or_else(|| nodes.iter().find(|node| node.record.name.eq_ignore_ascii_case(text)));
        found.cloned().ok_or_else(|| {
            let known = nodes
                .iter()
                .map(|node| node.record.id.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            let known = if known.is_empty() { "none yet".to_owned() } else { known };
            Fault::new(FaultCode::NodeUnknown)
                .with("node", text)
                .with("known", known)
        })
    }
}

/// An order that was refused.
pub(crate) fn supervisor_fault(error: &SupervisorError) -> Fault {
    match error {
        SupervisorError::NoSuchNode(node) => Fault::new(FaultCode::NodeUnknown)
            .with("node", node)
            .with("known", "see `freehold status`"),
        SupervisorError::Exists(node) => Fault::new(FaultCode::NodeExists).with("node", node),
        SupervisorError::BeingRemoved(node) => Fault::new(FaultCode::NodeBusy).with("node", node),
        SupervisorError::Store(error) => error.to_fault(),
        SupervisorError::Refused(fault) => fault.clone(),
        SupervisorError::TaskEnded(_) => Fault::new(FaultCode::Internal).with("reason", error),
    }
}
