//! Container events of the engine, as wake-up calls.
//!
//! The one rule: an event says that something may have changed, never what is true now; truth comes from `observe`.

use freehold_model::plan::label;
use freehold_model::{EngineKind, NodeId, ServiceName};
use hyper::Method;
use serde_json::Value;

use crate::engine::READ_LIMIT;
use crate::wire::{Lines, filters, path_with_query};
use crate::{Engine, EngineError};

const OPERATION: &str = "Listening to the engine's events";

/// Something happened to a container of some Freehold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineEvent {
    /// Its node; `None` where the label is not one of ours, and after a reconnection, when anything may have changed.
    pub node: Option<NodeId>,
    /// Its service.
    pub service: Option<ServiceName>,
    /// The engine's word for it, for example `die`; `connected` after a (re)connection.
    pub action: String,
}

/// The engine's event stream. Dropping it ends it.
pub(crate) struct Events {
    engine: Engine,
    lines: Lines,
}

impl Engine {
    /// Opens the stream of events of labelled containers.
    pub(crate) async fn listen(&self) -> Result<Events, EngineError> {
        let containers = ["container".to_owned()];
        let ours = match self.facts().kind {
            EngineKind::Docker => filters(&[("type", &containers), ("label", &[label::INSTANCE.to_owned()])]),
            // Podman 4.3 knows labels here only with a value; what is not ours is dropped when it is read.
            EngineKind::Podman => filters(&[("type", &containers)]),
        };
        let path = path_with_query("/events", &[("filters", &ours)]);
        let response = self
            .wire()
            .open(Method::GET, &path, self.asked(OPERATION, READ_LIMIT))
            .await?;
        Ok(Events {
            engine: self.clone(),
            lines: Lines::new(response),
        })
    }
}

impl Events {
    /// The next event; an error when the engine went away. Waits as long as nothing happens.
    pub(crate) async fn next(&mut self) -> Result<EngineEvent, EngineError> {
        loop {
            let line = self.lines.next(self.engine.asked(OPERATION, READ_LIMIT)).await?;
            let Some(line) = line else {
                return Err(EngineError::Unreachable {
                    address: self.engine.address().to_owned(),
                    reason: "it closed the connection".to_owned(),
                });
            };
            if let Some(event) = read(&line) {
                return Ok(event);
            }
        }
    }
}

/// Reads an event; `None` for those of other programs' containers and those that change nothing we look at (programs
/// run inside, health checks).
fn read(line: &Value) -> Option<EngineEvent> {
    // `Action` since API 1.22; Docker 29 has dropped the older `status`.
    let action = line
        .get("Action")
        .or_else(|| line.get("status"))
        .and_then(Value::as_str)?;
    let is_noise = ["exec_", "health_status", "top", "attach", "detach", "resize"]
        .iter()
        .any(|part| action.starts_with(part));
    let labelled = |name: &str| line.pointer("/Actor/Attributes")?.get(name)?.as_str();
    if is_noise || labelled(label::INSTANCE).is_none() {
        return None;
    }
    Some(EngineEvent {
        node: labelled(label::NODE).and_then(|text| NodeId::try_new(text).ok()),
        service: labelled(label::SERVICE).and_then(|text| ServiceName::try_new(text).ok()),
        action: action.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn an_event_names_its_node_by_label() {
        let event = read(
            &json!({"status": "die", "id": "c1", "Type": "container", "Action": "die", "Actor": {"ID": "c1",
            "Attributes": {"exitCode": "1", "freehold.instance": "i", "freehold.node": "a", "freehold.service": "bitcoind"}}, "time": 1}),
        )
        .expect("an event");
        assert_eq!(
            (event.node.map(String::from).as_deref(), event.action.as_str()),
            (Some("a"), "die")
        );
        assert_eq!(event.service.map(String::from).as_deref(), Some("bitcoind"));
    }

    #[test]
    fn programs_run_inside_and_other_people_s_containers_wake_nobody() {
        let event = |action: &str, label: &str| json!({"Action": action, "Actor": {"Attributes": {label: "i"}}});
        assert!(
            read(&event("start", "freehold.instance")).is_some(),
            "the same event, ours and of use"
        );
        assert_eq!(read(&event("exec_start: /bin/sh", "freehold.instance")), None);
        assert_eq!(read(&event("health_status: healthy", "freehold.instance")), None);
        assert_eq!(read(&event("start", "com.example")), None);
        assert_eq!(read(&json!({"unrelated": true})), None);
    }
}
