//! Adds nodes.

use freehold_contract::{Change, InstallRequest, NodeView};
use freehold_model::{Fault, FaultCode, Finding, Severity};
use freehold_store::{ActivityKind, secret};

use super::change::refuse_while_busy;
use super::node::supervisor_fault;
use super::prepare::{NeededChange, Prepared};
use crate::App;

impl App {
    /// Adds a node, with those that it needs, and starts it. Returns once that is recorded; progress comes as events.
    ///
    /// Refused while a blocker stands, and while a warning stands that the user has not accepted.
    pub async fn install(&self, request: InstallRequest) -> Result<NodeView, Fault> {
        let _order = self.0.orders.lock().await;
        let prepared = self.prepare(&request).await?;
        let engine = self.engine();
        // What cannot be installed at all is said before that there is no engine; why there is none says more than that.
        let is_about_engine = |finding: &&Finding| finding.check == "engine";
        let blockers = || {
            prepared
                .findings
                .iter()
                .filter(|finding| finding.severity == Severity::Blocker)
        };
        if let Some(blocker) = blockers().find(|finding| !is_about_engine(finding)) {
            return Err(blocker_fault(blocker, &request.client));
        }
        let engine = engine?;
        if let Some(blocker) = blockers().next() {
            return Err(blocker_fault(blocker, &request.client));
        }
        accept_warnings(&prepared.findings, request.accept_warnings)?;
        self.remember_engine(&engine)?;
        let id = prepared.asked_for()?.record.id.clone();
        self.carry_out(prepared).await?;
        self.0.hub.send(Change::Wallets {});
        Ok(self.view_of(&self.find_node(id.as_str())?))
    }

    /// Changes what has to be changed on nodes that are there, then adds the new ones, each after those that it needs. A
    /// crash in between leaves nodes that stand on their own.
    async fn carry_out(&self, prepared: Prepared) -> Result<(), Fault> {
        for change in prepared.changes {
            self.change_for_another(change).await?;
        }
        for node in prepared.nodes {
            make_data_folder(&node.record.data_dir)?;
            for (option, value) in &node.secrets {
                secret::set_named(&self.0.layout, &node.record.id, option.as_str(), value)
                    .map_err(|error| error.to_fault())?;
            }
            self.keep_pins(&node.spec, &node.record.images)?;
            let (id, text) = (node.record.id.clone(), format!("{} was added", node.record.name));
            self.0
                .fleet
                .install(node.record)
                .map_err(|error| supervisor_fault(&error))?;
            self.note(ActivityKind::Node, Some(id.as_str()), &text);
        }
        Ok(())
    }

    async fn change_for_another(&self, change: NeededChange) -> Result<(), Fault> {
        let NeededChange {
            node,
            options,
            once_args,
        } = change;
        let name = self.find_node(node.as_str())?.record.name;
        self.0
            .fleet
            .edit(&node, move |record| {
                refuse_while_busy(record)?;
                record.options = options;
                add_once(&mut record.once_args, once_args);
                record.restart_pending |= record.desired == freehold_model::DesiredState::Running;
                Ok(())
            })
            .await
            .map_err(|error| supervisor_fault(&error))?;
        self.note(
            ActivityKind::Node,
            Some(node.as_str()),
            &format!("{name} got other options, which a node that needs it asked for"),
        );
        Ok(())
    }
}

/// The folder is made once, when the node is added. Where it is missing later, its disk is not there.
fn make_data_folder(folder: &std::path::Path) -> Result<(), Fault> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Fault::new(FaultCode::DataDirUnusable)
            .with("path", folder.display())
            .with("reason", error)
    })
}

/// Adds arguments of the next start to those that wait for it already.
pub(crate) fn add_once(waiting: &mut Vec<String>, more: Vec<String>) {
    for arg in more {
        if !waiting.contains(&arg) {
            waiting.push(arg);
        }
    }
}

/// Refuses while a warning stands that the user has not accepted.
pub(crate) fn accept_warnings(findings: &[Finding], accepted: bool) -> Result<(), Fault> {
    let warnings: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Warning)
        .map(|finding| finding.message.as_str())
        .collect();
    if warnings.is_empty() || accepted {
        return Ok(());
    }
    Err(Fault::new(FaultCode::ConfirmationNeeded).with("what", warnings.join(" ").trim_end_matches('.')))
}

/// A blocker as the fault that the order ends with.
pub(crate) fn blocker_fault(blocker: &Finding, client: &str) -> Fault {
    let fault = Fault::new(blocker.fault.unwrap_or(FaultCode::NotSupported))
        .because(&blocker.message)
        .with("client", client);
    match &blocker.hint {
        Some(hint) => fault.hint(hint.clone()),
        None => fault,
    }
}
