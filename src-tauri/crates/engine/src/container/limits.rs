//! What a container may use of the machine: as fields of the request that makes it, and changed while it runs.
//!
//! The one rule: a limit is told as quota of a period, never as a number of processors, because only a quota can be
//! taken away again from a running container; memory and swap get the same limit, so that a node is never swapped.

use bollard::models::{ContainerUpdateBody, HostConfig};
use freehold_model::plan::Limits;
use freehold_model::{ByteSize, EngineKind};
use serde_json::{Value, json};

use crate::engine::CHANGE_LIMIT;
use crate::wire::encoded;
use crate::{Engine, EngineError};

/// The kernel's usual period for processor quotas, in microseconds.
const PERIOD: i64 = 100_000;
/// Microseconds of a period for a thousandth of a processor.
const PER_MILLICPU: i64 = PERIOD / 1000;
/// The kernel knows no quota under a millisecond.
const SMALLEST_QUOTA: i64 = 1000;
/// Takes a quota away.
const NO_QUOTA: i64 = -1;
/// The largest multiple of a page: what control groups call unlimited. Docker's update refuses -1 for memory.
const ALL_MEMORY: i64 = i64::MAX & !0xfff;

const OPERATION: &str = "Setting the container's limits";

/// How long limits hold that were set on a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitsSet {
    /// The engine keeps them with the container.
    Kept,
    /// Until the container stops; set them again after its next start (Podman).
    UntilStopped,
    /// Nothing was set: this engine can do it only while the container runs (Podman). Set them after the start.
    NotRunning,
    /// Nothing was set: see [`freehold_model::EngineFacts::can_limit`].
    NotPossible,
}

/// Puts limits into the request that makes a container.
pub(super) fn apply(limits: Limits, host: &mut HostConfig) {
    if let Some(quota) = quota(limits) {
        (host.cpu_period, host.cpu_quota) = (Some(PERIOD), Some(quota));
    }
    if let Some(memory) = memory(limits) {
        (host.memory, host.memory_swap) = (Some(memory), Some(memory));
    }
}

impl Engine {
    /// Whether the limits that are observed are those that hold. Podman tells those that the container was made with.
    pub fn tells_limits(&self) -> bool {
        match self.facts().kind {
            EngineKind::Docker => true,
            EngineKind::Podman => false,
        }
    }

    /// Sets the limits of a container that may run; a limit that is `None` is taken away.
    ///
    /// Errors: [`EngineError::Refused`] where the engine cannot do it, for example because the container uses more
    /// memory already than the new limit.
    pub async fn set_limits(&self, container: &str, limits: Limits) -> Result<LimitsSet, EngineError> {
        if !self.facts().can_limit() {
            return Ok(LimitsSet::NotPossible);
        }
        match self.facts().kind {
            EngineKind::Docker => {
                let body = update(limits, &self.facts().cgroup_version);
                self.change(OPERATION, CHANGE_LIMIT, |docker| async move {
                    docker.update_container(container, body).await
                })
                .await?;
                Ok(LimitsSet::Kept)
            }
            EngineKind::Podman => self.set_podman_limits(container, limits).await,
        }
    }

    /// Podman has this only in its own API, in the words of the OCI runtime.
    async fn set_podman_limits(&self, container: &str, limits: Limits) -> Result<LimitsSet, EngineError> {
        let Some(now) = self.inspect(container).await? else {
            return Err(EngineError::NoSuchContainer {
                container: container.to_owned(),
            });
        };
        if now.pointer("/State/Running") != Some(&json!(true)) {
            return Ok(LimitsSet::NotRunning);
        }
        let memory = memory(limits).unwrap_or(-1);
        let resources = json!({
            "memory": {"limit": memory, "swap": memory},
            "cpu": {"period": PERIOD, "quota": quota(limits).unwrap_or(NO_QUOTA)},
        });
        let path = format!("/v4.0.0/libpod/containers/{}/update", encoded(container));
        self.wire()
            .post(&path, &resources, self.asked(OPERATION, CHANGE_LIMIT))
            .await?;
        Ok(LimitsSet::UntilStopped)
    }
}

/// Docker's request. A field that is left out is left as it is, so every field is there.
fn update(limits: Limits, cgroup_version: &str) -> ContainerUpdateBody {
    let memory = memory(limits);
    let swap = memory.unwrap_or(match cgroup_version {
        // Version 1 counts swap with memory, and its limit may not be under memory's.
        "1" => ALL_MEMORY,
        _ => -1,
    });
    ContainerUpdateBody {
        cpu_period: Some(PERIOD),
        cpu_quota: Some(quota(limits).unwrap_or(NO_QUOTA)),
        memory: Some(memory.unwrap_or(ALL_MEMORY)),
        memory_swap: Some(swap),
        ..ContainerUpdateBody::default()
    }
}

/// The limits in an `inspect` reply. Podman tells those that a container was made with.
pub(crate) fn limits_of(container: &Value) -> Limits {
    let number = |name: &str| {
        container
            .pointer(&format!("/HostConfig/{name}"))
            .and_then(Value::as_i64)
    };
    let quota = number("CpuQuota").filter(|quota| *quota > 0);
    let period = number("CpuPeriod").filter(|period| *period > 0).unwrap_or(PERIOD);
    let memory = number("Memory").filter(|memory| (1..ALL_MEMORY).contains(memory));
    Limits {
        millicpus: quota.and_then(|quota| u32::try_from(quota.saturating_mul(1000) / period).ok()),
        memory: memory.and_then(|memory| u64::try_from(memory).ok()).map(ByteSize),
    }
}

fn quota(limits: Limits) -> Option<i64> {
    limits
        .millicpus
        .map(|millicpus| (i64::from(millicpus) * PER_MILLICPU).max(SMALLEST_QUOTA))
}

fn memory(limits: Limits) -> Option<i64> {
    limits
        .memory
        .map(|memory| i64::try_from(memory.bytes()).map_or(ALL_MEMORY, |bytes| bytes.min(ALL_MEMORY)))
}

#[cfg(test)]
mod tests {
    use freehold_model::ByteSize;

    use serde_json::json;

    use super::{ALL_MEMORY, HostConfig, Limits, apply, limits_of, update};

    #[test]
    fn a_limit_is_a_quota_and_memory_without_swap() {
        let limits = Limits {
            millicpus: Some(1500),
            memory: Some(ByteSize(1 << 30)),
        };
        let mut host = HostConfig::default();
        apply(limits, &mut host);
        assert_eq!((host.cpu_period, host.cpu_quota), (Some(100_000), Some(150_000)));
        assert_eq!((host.memory, host.memory_swap), (Some(1 << 30), Some(1 << 30)));
        assert_eq!(host.nano_cpus, None, "it could not be taken away again");
        assert_eq!(limits_of(&json!({ "HostConfig": host })), limits, "as it is read back");
        let mut free = HostConfig::default();
        apply(Limits::default(), &mut free);
        assert_eq!(free, HostConfig::default());
    }

    #[test]
    fn taking_limits_away_says_so_in_every_field() {
        let gone = update(Limits::default(), "1");
        assert_eq!(
            (gone.cpu_quota, gone.memory, gone.memory_swap),
            (Some(-1), Some(ALL_MEMORY), Some(ALL_MEMORY))
        );
        let read = json!({ "HostConfig": { "CpuQuota": gone.cpu_quota, "Memory": gone.memory } });
        assert_eq!(limits_of(&read), Limits::default(), "all of it is no limit");
        assert_eq!(ALL_MEMORY, 9_223_372_036_854_771_712, "the kernel's own word for it");
        assert_eq!(update(Limits::default(), "2").memory_swap, Some(-1));
        let tiny = Limits {
            millicpus: Some(1),
            memory: Some(ByteSize(u64::MAX)),
        };
        let tiny = update(tiny, "2");
        assert_eq!((tiny.cpu_quota, tiny.memory), (Some(1000), Some(ALL_MEMORY)));
    }
}
