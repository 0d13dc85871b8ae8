//! Adds a node.

use freehold_contract::{Change, InstallRequest, NodeView};
use freehold_model::{DesiredState, Fault, FaultCode, Finding, NodeRecord, Severity};
use freehold_store::ActivityKind;

use super::node::supervisor_fault;
use crate::App;

impl App {
    /// Adds a node and starts it. Returns once that is recorded; progress comes as events.
    ///
    /// Refused while a blocker stands, and while a warning stands that the user has not accepted.
    pub async fn install(&self, request: InstallRequest) -> Result<NodeView, Fault> {
        let prepared = self.prepare(&request).await?;
        // Why there is no engine says more than that there is none.
        self.engine()?;
        if let Some(blocker) = prepared
            .findings
            .iter()
            .find(|finding| finding.severity == Severity::Blocker)
        {
            return Err(blocker_fault(blocker));
        }
        let warnings: Vec<&str> = prepared
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Warning)
            .map(|finding| finding.message.as_str())
            .collect();
        if !warnings.is_empty() && !request.accept_warnings {
            return Err(
                Fault::new(FaultCode::ConfirmationNeeded).with("what", warnings.join(" ").trim_end_matches('.'))
            );
        }
        self.remember_engine(&self.engine()?)?;
        let record = NodeRecord {
            id: prepared.node.clone(),
            name: prepared.name,
            client: prepared.spec.id.clone(),
            network: prepared.network,
            options: prepared.options.chosen_texts(),
            data_dir: prepared.data_dir,
            ports: prepared.ports,
            images: prepared.images,
            desired: DesiredState::Running,
            created: self.0.config.clock.now(),
            restart_pending: false,
        };
        let text = format!("{} was added", record.name);
        self.0.fleet.install(record).map_err(|error| supervisor_fault(&error))?;
        self.note(ActivityKind::Node, Some(prepared.node.as_str()), &text);
        self.0.hub.send(Change::Wallets {});
        Ok(self.view_of(&self.find_node(prepared.node.as_str())?))
    }
}

/// A blocker as the fault that the install ends with.
fn blocker_fault(blocker: &Finding) -> Fault {
    let fault = Fault::new(blocker.fault.unwrap_or(FaultCode::NotSupported)).because(&blocker.message);
    match &blocker.hint {
        Some(hint) => fault.hint(hint.clone()),
        None => fault,
    }
}
