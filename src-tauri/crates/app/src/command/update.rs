//! Updates of a node, never without being asked for, and the way back.

use freehold_contract::{ConfirmedNodeRequest, NodeRequest, NodeView, ServiceChangeView, UpdatePreview};
use freehold_model::spec::{DataChange, NodeSpec};
use freehold_model::{Fault, FaultCode, ImageReference, NodeRecord, NodeStatus, PendingUpdate, UpdatePhase, Version};
use freehold_plan::ResolvedOptions;
use freehold_store::{ActivityChange, ActivityKind};
use freehold_supervisor::{NodeSnapshot, option_fault};

use super::change::refuse_while_busy;
use super::node::supervisor_fault;
use super::prepare::Images;
use crate::App;

impl App {
    /// What an update would change. Changes nothing.
    pub async fn node_update_preview(&self, request: NodeRequest) -> Result<UpdatePreview, Fault> {
        self.0.shelf.refresh();
        let node = self.find_node(&request.node)?;
        let (spec, options) = self.entry_of(&node)?;
        let services = self.service_changes(&spec, &options, &node.record)?;
        let way_back = rollback_refused(&spec, &node.record);
        Ok(UpdatePreview {
            node: node.record.id.to_string(),
            available: !services.is_empty(),
            data: data_name(spec.update.data).to_owned(),
            note: spec.update.note.clone(),
            release_notes: spec.release_notes.clone(),
            previous: node.record.previous.as_ref().map(|previous| {
                let change = |(service, now): (&freehold_model::ServiceName, &ImageReference)| {
                    let then = previous.images.get(service)?;
                    Some(service_change(
                        service.as_str(),
                        Some(now),
                        &then.tag,
                        Some(then.digest.as_str()),
                    ))
                };
                node.record.images.iter().filter_map(change).collect()
            }),
            rollback_refused: way_back,
            expires: spec.expires.clone(),
            services,
        })
    }

    /// Updates a node to what the catalog names. Returns once that is recorded; progress comes as events.
    pub async fn node_update(&self, request: ConfirmedNodeRequest) -> Result<NodeView, Fault> {
        let _order = self.0.orders.lock().await;
        self.0.shelf.refresh();
        let node = self.find_node(&request.node)?;
        let (spec, options) = self.entry_of(&node)?;
        let services = self.service_changes(&spec, &options, &node.record)?;
        if services.is_empty() {
            return Err(Fault::new(FaultCode::NothingToUpdate).with("node", &node.record.name));
        }
        let mut images = Images::new();
        for service in freehold_plan::active_services(&spec, &options) {
            let image = match self.known_image(&service.image)? {
                Some(image) => image,
                None => self.ask_for_image(&self.engine()?, &service.image).await?.0,
            };
            images.insert(service.name.clone(), image);
        }
        if !request.confirmed {
            let versions: Vec<String> = images
                .values()
                .map(|image| format!("{} ({})", image.tag, image.digest))
                .collect();
            let way_back = match spec.update.data {
                DataChange::TwoWay => "The version before can be gone back to",
                DataChange::OneWay => "The new version changes the data so that the one before cannot read it",
                DataChange::Unknown => "Whether the version before can read the data afterwards is not known",
            };
            let what = format!("{} is updated to {}. {way_back}", node.record.name, versions.join(", "));
            return Err(Fault::new(FaultCode::ConfirmationNeeded).with("what", what));
        }
        self.keep_pins(&spec, &images)?;
        self.order_version(&node, images, None).await
    }

    /// Goes back to the version before the last update.
    pub async fn node_rollback(&self, request: ConfirmedNodeRequest) -> Result<NodeView, Fault> {
        let _order = self.0.orders.lock().await;
        let node = self.find_node(&request.node)?;
        let (spec, _) = self.entry_of(&node)?;
        let refused = |what: String| Fault::new(FaultCode::RollbackImpossible).with("what", what);
        if let Some(why) = rollback_refused(&spec, &node.record) {
            return Err(refused(why));
        }
        let Some(previous) = node.record.previous.clone() else {
            return Err(refused(format!("{} has not been updated", node.record.name)));
        };
        if !request.confirmed {
            let versions: Vec<&str> = previous.images.values().map(|image| image.tag.as_str()).collect();
            let what = format!("{} goes back to {}", node.record.name, versions.join(", "));
            return Err(Fault::new(FaultCode::ConfirmationNeeded).with("what", what));
        }
        let images = previous.images.clone();
        self.order_version(&node, images, Some(previous)).await
    }

    async fn order_version(
        &self,
        node: &NodeSnapshot,
        images: Images,
        back_to: Option<Version>,
    ) -> Result<NodeView, Fault> {
        let is_rollback = back_to.is_some();
        let id = node.record.id.clone();
        let was_ready = matches!(node.status, NodeStatus::Ready);
        let versions: Vec<String> = images.values().map(|image| image.tag.clone()).collect();
        let changes: Vec<ActivityChange> = images
            .iter()
            .filter(|(service, image)| node.record.images.get(*service) != Some(*image))
            .map(|(service, image)| ActivityChange {
                what: format!("image of {service}"),
                old: node.record.images.get(service).map(ToString::to_string),
                new: Some(image.to_string()),
            })
            .collect();
        self.0
            .fleet
            .edit(&id, move |record| {
                refuse_while_busy(record)?;
                record.update = Some(PendingUpdate {
                    images,
                    back_to,
                    phase: UpdatePhase::Fetching,
                    was_ready,
                    is_rollback,
                });
                Ok(())
            })
            .await
            .map_err(|error| supervisor_fault(&error))?;
        let what = if is_rollback { "going back to" } else { "an update to" };
        let text = format!("{}: {what} {} was asked for", node.record.name, versions.join(", "));
        self.note_change(ActivityKind::Node, Some(id.as_str()), &text, &changes);
        Ok(self.view_of(&self.find_node(id.as_str())?))
    }

    /// Services whose image in the catalog is another than the one that the node runs.
    pub(crate) fn service_changes(
        &self,
        spec: &NodeSpec,
        options: &ResolvedOptions,
        record: &NodeRecord,
    ) -> Result<Vec<ServiceChangeView>, Fault> {
        let mut changes = Vec::new();
        for service in freehold_plan::active_services(spec, options) {
            let now = record.images.get(&service.name);
            let then = self.known_image(&service.image)?;
            let is_same = match (&then, now) {
                (Some(then), Some(now)) => then.digest == now.digest,
                // Without a digest only another tag shows that there is something newer.
                (None, Some(now)) => service.image.tag == now.tag,
                (_, None) => false,
            };
            if !is_same {
                let digest = then.as_ref().map(|then| then.digest.as_str());
                changes.push(service_change(service.name.as_str(), now, &service.image.tag, digest));
            }
        }
        Ok(changes)
    }

    /// Whether the catalog names other images than the node runs.
    pub(crate) fn has_update(&self, node: &NodeSnapshot) -> bool {
        let changes = self
            .entry_of(node)
            .and_then(|(spec, options)| self.service_changes(&spec, &options, &node.record));
        changes.is_ok_and(|changes| !changes.is_empty())
    }

    /// The catalog's entry of a node, with the node's options.
    pub(crate) fn entry_of(&self, node: &NodeSnapshot) -> Result<(std::sync::Arc<NodeSpec>, ResolvedOptions), Fault> {
        let record = &node.record;
        if record.external.is_some() {
            return Err(Fault::new(FaultCode::NotSupported).with(
                "what",
                format_args!("{} is run by somebody else, who updates it", record.name),
            ));
        }
        let spec = self.0.shelf.find(record.client.as_str())?;
        let options = freehold_plan::resolve(&spec, &record.network, &record.options)
            .map_err(|error| option_fault(&spec.id, &error))?;
        Ok((spec, options))
    }
}

fn service_change(
    service: &str,
    from: Option<&ImageReference>,
    version: &str,
    digest: Option<&str>,
) -> ServiceChangeView {
    ServiceChangeView {
        service: service.to_owned(),
        from_version: from.map(|image| image.tag.clone()).unwrap_or_default(),
        from_digest: from.map(|image| image.digest.to_string()).unwrap_or_default(),
        to_version: version.to_owned(),
        to_digest: digest.map(str::to_owned),
    }
}

/// Why the version before cannot be gone back to; `None` where it can, and where there is none.
fn rollback_refused(spec: &NodeSpec, record: &NodeRecord) -> Option<String> {
    record.previous.as_ref()?;
    match spec.update.data {
        DataChange::TwoWay => None,
        DataChange::OneWay => Some(format!(
            "The newer {} has changed the data so that the version before cannot read it",
            spec.name
        )),
        DataChange::Unknown => Some(format!(
            "Nobody has said that an older {} can read what a newer one has written",
            spec.name
        )),
    }
}

/// The name on the wire.
pub(crate) fn data_name(data: DataChange) -> &'static str {
    match data {
        DataChange::TwoWay => "two-way",
        DataChange::OneWay => "one-way",
        DataChange::Unknown => "unknown",
    }
}
