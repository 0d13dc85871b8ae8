//! What the engine says about our containers now: found by label, told by `inspect`.
//!
//! The one rule: a word that is not known never makes a container vanish. Engines add states; the flags beside them
//! (`Running`, `Paused`) are older than any of us and decide then.

use freehold_model::plan::label;
use freehold_model::state::ServiceObservation;
use freehold_model::{EngineKind, NodeId, ObservedState, ServiceName, Timestamp};
use futures_util::StreamExt as _;
use futures_util::stream;
use serde_json::Value;

use crate::container::limits_of;
use crate::facts::instant;
use crate::wire::{encoded, filters, path_with_query};
use crate::{Engine, EngineError};

/// Enough to hide the engine's latency, few enough not to be felt by it.
const AT_ONCE: usize = 8;
/// The exit code of a program that was killed: 128 and the number of SIGKILL.
const KILLED: i64 = 137;

impl Engine {
    /// Every container of this instance, running or not.
    pub async fn observe(&self, instance: &str) -> Result<Vec<(NodeId, ServiceObservation)>, EngineError> {
        self.observe_labelled(&[format!("{}={instance}", label::INSTANCE)])
            .await
    }

    /// Every container of one node of this instance.
    pub async fn observe_node(&self, instance: &str, node: &NodeId) -> Result<Vec<ServiceObservation>, EngineError> {
        let labels = [
            format!("{}={instance}", label::INSTANCE),
            format!("{}={node}", label::NODE),
        ];
        let found = self.observe_labelled(&labels).await?;
        Ok(found
            .into_iter()
            .filter(|(id, _)| id == node)
            .map(|(_, service)| service)
            .collect())
    }

    /// The containers that were seen before, looked at again; `None` where one of them is gone. To find one among all
    /// containers costs the engine as much as it has containers, and this does not.
    pub async fn observe_again(&self, containers: &[String]) -> Result<Option<Vec<ServiceObservation>>, EngineError> {
        let mut found = Vec::with_capacity(containers.len());
        for container in containers {
            let seen = self.observe_one(container).await?;
            let Some((_, service)) = seen else { return Ok(None) };
            found.push(service);
        }
        Ok(Some(found))
    }

    /// One container; `None` where it is gone or not ours.
    async fn observe_one(&self, container: &str) -> Result<Option<(NodeId, ServiceObservation)>, EngineError> {
        let Some(container) = self.inspect(container).await? else {
            return Ok(None);
        };
        let mut seen = observation(&container, self.facts().shares_machine);
        if self.misses_memory()
            && let Some((_, service)) = &mut seen
        {
            suppose_memory(service);
        }
        Ok(seen)
    }

    async fn observe_labelled(&self, labels: &[String]) -> Result<Vec<(NodeId, ServiceObservation)>, EngineError> {
        let of_ours = filters(&[("label", labels)]);
        let path = path_with_query("/containers/json", &[("all", "true"), ("filters", &of_ours)]);
        let list = self.read("Listing containers", &path).await?;
        let entries = list.as_array().map(Vec::as_slice).unwrap_or_default();
        let ids: Vec<String> = entries
            .iter()
            .filter_map(|entry| entry.get("Id")?.as_str())
            .map(str::to_owned)
            .collect();
        let mut looks =
            stream::iter(ids.into_iter().map(|id| async move { self.observe_one(&id).await })).buffered(AT_ONCE);
        let mut found = Vec::new();
        while let Some(seen) = looks.next().await {
            found.extend(seen?);
        }
        Ok(found)
    }

    /// Podman does not notice what the kernel ends for want of memory where control groups are of version 1.
    fn misses_memory(&self) -> bool {
        self.facts().kind == EngineKind::Podman && self.facts().cgroup_version == "1"
    }

    /// What the engine says about a container; `None` where it is gone.
    pub(crate) async fn inspect(&self, container: &str) -> Result<Option<Value>, EngineError> {
        match self
            .read(
                "Looking at a container",
                &format!("/containers/{}/json", encoded(container)),
            )
            .await
        {
            Ok(reply) => Ok(Some(reply)),
            Err(EngineError::NoSuchContainer { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Reads an `inspect` reply; `None` for a container without valid labels of ours.
fn observation(container: &Value, shares_machine: bool) -> Option<(NodeId, ServiceObservation)> {
    let text = |pointer: &str| {
        container
            .pointer(pointer)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let labels = container.pointer("/Config/Labels")?;
    let labelled = |name: &str| labels.get(name).and_then(Value::as_str);
    let node = NodeId::try_new(labelled(label::NODE)?).ok()?;
    let service = ServiceName::try_new(labelled(label::SERVICE)?).ok()?;
    let pid = container
        .pointer("/State/Pid")
        .and_then(Value::as_u64)
        .filter(|pid| *pid > 0 && shares_machine);
    let observation = ServiceObservation {
        service,
        state: state(container),
        container: text("/Id").map(str::to_owned),
        spec: labelled(label::SPEC).map(str::to_owned),
        image: text("/Image").map(str::to_owned),
        pid: pid.and_then(|pid| u32::try_from(pid).ok()),
        limits: limits_of(container),
    };
    Some((node, observation))
}

/// Takes a kill of a container with a memory limit for the kernel's: nothing else kills one, but for Freehold, which
/// knows when it did, and a person at a terminal.
fn suppose_memory(seen: &mut ServiceObservation) {
    if let ObservedState::Exited {
        code: KILLED,
        oom_killed,
        ..
    } = &mut seen.state
    {
        *oom_killed |= seen.limits.memory.is_some();
    }
}

fn state(container: &Value) -> ObservedState {
    let state = &container["State"];
    let flag = |name: &str| state.get(name).and_then(Value::as_bool).unwrap_or_default();
    let time = |name: &str| state.get(name).and_then(Value::as_str).and_then(instant);
    let created = container.get("Created").and_then(Value::as_str).and_then(instant);
    let error = state.get("Error").and_then(Value::as_str).unwrap_or_default();
    let running = || ObservedState::Running {
        since: time("StartedAt").or(created).unwrap_or(Timestamp(0)),
    };
    let exited = || ObservedState::Exited {
        code: state.get("ExitCode").and_then(Value::as_i64).unwrap_or_default(),
        oom_killed: flag("OOMKilled"),
        at: time("FinishedAt").or(created).unwrap_or(Timestamp(0)),
        error: error.to_owned(),
    };
    match state.get("Status").and_then(Value::as_str).unwrap_or_default() {
        "running" => running(),
        // Docker leaves a container whose start failed as made, with the reason beside it.
        "created" | "configured" | "initialized" if error.is_empty() => ObservedState::Created,
        "created" | "configured" | "initialized" | "exited" | "stopped" | "dead" | "bad" => exited(),
        "paused" => ObservedState::Paused,
        "restarting" | "removing" | "stopping" => ObservedState::Changing,
        _ if flag("Paused") => ObservedState::Paused,
        _ if flag("Restarting") => ObservedState::Changing,
        _ if flag("Running") => running(),
        _ => exited(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{ObservedState, Timestamp, observation, suppose_memory};

    fn container(state: Value) -> Value {
        json!({"Id": "c1", "Image": "sha256:1", "Created": "2026-11-22T08:00:00.5Z", "State": state, "Config": {"Labels": {
            "freehold.node": "bitcoin-core-regtest", "freehold.service": "bitcoind", "freehold.spec": "s1",
            "freehold.instance": "i1"}}})
    }

    fn state(state: Value) -> ObservedState {
        observation(&container(state), true).expect("our labels").1.state
    }

    #[test]
    fn every_state_that_engines_write_is_understood() {
        let started = "2026-11-22T08:00:01Z";
        let at = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().expect("a time").as_millisecond());
        let running = state(json!({"Status": "running", "Running": true, "Pid": 77, "StartedAt": started}));
        assert_eq!(running, ObservedState::Running { since: at(started) });
        let killed =
            state(json!({"Status": "exited", "ExitCode": 137, "OOMKilled": true, "FinishedAt": started, "Error": ""}));
        assert_eq!(
            killed,
            ObservedState::Exited {
                code: 137,
                oom_killed: true,
                at: at(started),
                error: String::new()
            }
        );
        assert_eq!(state(json!({"Status": "created", "Error": ""})), ObservedState::Created);
        let never =
            json!({"Status": "created", "ExitCode": 128, "FinishedAt": "0001-01-01T00:00:00Z", "Error": "port taken"});
        let expected = ObservedState::Exited {
            code: 128,
            oom_killed: false,
            at: at("2026-11-22T08:00:00.5Z"),
            error: "port taken".to_owned(),
        };
        assert_eq!(state(never), expected, "a start that failed is an end with a reason");
        assert_eq!(state(json!({"Status": "configured"})), ObservedState::Created, "Podman");
        assert!(
            matches!(
                state(json!({"Status": "stopped", "ExitCode": 0})),
                ObservedState::Exited { code: 0, .. }
            ),
            "Podman"
        );
        assert_eq!(
            state(json!({"Status": "stopping", "Running": true})),
            ObservedState::Changing,
            "Podman 5"
        );
    }

    #[test]
    fn only_a_kill_of_a_container_with_a_memory_limit_may_be_the_kernels() {
        let is_supposed = |code: i64, memory: u64| {
            let mut container = container(json!({"Status": "exited", "ExitCode": code, "OOMKilled": false}));
            container["HostConfig"] = json!({"Memory": memory});
            let (_, mut seen) = observation(&container, true).expect("our labels");
            suppose_memory(&mut seen);
            matches!(seen.state, ObservedState::Exited { oom_killed: true, .. })
        };
        assert!(is_supposed(137, 1 << 20));
        assert!(!is_supposed(137, 0) && !is_supposed(143, 1 << 20) && !is_supposed(0, 1 << 20));
    }

    #[test]
    fn an_unknown_word_is_decided_by_the_flags() {
        let at = json!({"Status": "hibernating", "Running": true, "StartedAt": "2026-11-22T08:00:01Z"});
        assert!(matches!(state(at), ObservedState::Running { .. }));
        assert!(matches!(
            state(json!({"Status": "vanished", "Running": false})),
            ObservedState::Exited { .. }
        ));
        assert!(
            matches!(state(json!({})), ObservedState::Exited { .. }),
            "nothing at all is not running"
        );
    }

    #[test]
    fn the_process_id_is_told_only_where_it_is_one_of_this_machine() {
        let running = container(json!({"Status": "running", "Pid": 77}));
        assert_eq!(observation(&running, true).expect("ours").1.pid, Some(77));
        assert_eq!(observation(&running, false).expect("ours").1.pid, None);
    }

    #[test]
    fn a_container_without_our_labels_is_not_ours() {
        assert!(
            observation(
                &json!({"Id": "c1", "Config": {"Labels": {"freehold.node": "NOT VALID"}}}),
                true
            )
            .is_none()
        );
        assert!(observation(&json!({"Id": "c1", "Config": {"Labels": null}}), true).is_none());
    }
}
