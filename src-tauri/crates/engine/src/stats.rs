//! What a container uses, by the engine's own account. For engines whose control groups cannot be read from here.
//!
//! The one rule: unknown is `None`, never zero.

use std::time::Duration;

use freehold_model::ByteSize;
use serde_json::Value;

use crate::wire::{encoded, path_with_query};
use crate::{Engine, EngineError};

/// Docker takes two samples a second apart before it answers.
const STATS_LIMIT: Duration = Duration::from_secs(10);
/// Processor time is counted in steps of 10 ms by some kernels; over half a second that is two percent.
const BETWEEN_SAMPLES: Duration = Duration::from_millis(500);
/// Measuring volumes walks through every file of theirs.
const DISK_LIMIT: Duration = Duration::from_mins(5);

/// What a container uses now.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ContainerStats {
    /// Processor use over the last second; 100 is one core.
    pub cpu_percent: Option<f64>,
    /// Memory in use, without the file cache that the kernel can drop.
    pub memory_bytes: Option<u64>,
    /// Bytes received and sent over all its networks since its start.
    pub network_received: Option<u64>,
    /// Bytes sent, likewise.
    pub network_sent: Option<u64>,
    /// Bytes read from disks since its start.
    pub disk_read: Option<u64>,
    /// Bytes written to disks, likewise.
    pub disk_written: Option<u64>,
}

impl Engine {
    /// One measurement; takes the engine about a second.
    pub async fn stats(&self, container: &str) -> Result<ContainerStats, EngineError> {
        let first = self.sample(container).await?;
        let stats = measured(&first, None);
        if stats.cpu_percent.is_some() || stats.memory_bytes.is_none() {
            return Ok(stats);
        }
        // Podman takes one sample; a container that does not run has none.
        tokio::time::sleep(BETWEEN_SAMPLES).await;
        Ok(measured(&self.sample(container).await?, Some(&first)))
    }

    async fn sample(&self, container: &str) -> Result<Value, EngineError> {
        let path = path_with_query(
            &format!("/containers/{}/stats", encoded(container)),
            &[("stream", "false")],
        );
        self.wire()
            .json(&path, self.asked("Measuring a container", STATS_LIMIT))
            .await
    }

    /// The size of a named volume; `None` where the engine does not know it. Slow: the engine walks through its files.
    pub async fn disk_usage_of_volume(&self, name: &str) -> Result<Option<ByteSize>, EngineError> {
        // `type` keeps newer engines from measuring everything else too; older ones ignore it.
        let path = path_with_query("/system/df", &[("type", "volume")]);
        let reply = self
            .wire()
            .json(&path, self.asked("Measuring volumes", DISK_LIMIT))
            .await?;
        let volumes = reply
            .get("Volumes")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let volume = volumes
            .iter()
            .find(|volume| volume.get("Name").and_then(Value::as_str) == Some(name));
        // Docker says -1 where it did not measure.
        Ok(volume
            .and_then(|volume| volume.pointer("/UsageData/Size")?.as_u64())
            .map(ByteSize))
    }
}

/// Reads a reply; `before` is the sample before it where the engine itself takes only one.
fn measured(reply: &Value, before: Option<&Value>) -> ContainerStats {
    let number = |pointer: &str| reply.pointer(pointer).and_then(Value::as_u64);
    let networks = || {
        reply
            .get("networks")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(serde_json::Map::values)
    };
    let over_networks = |name: &str| {
        networks()
            .filter_map(|network| network.get(name)?.as_u64())
            .reduce(u64::saturating_add)
    };
    let disk = |kind: &str| {
        let entries = reply
            .pointer("/blkio_stats/io_service_bytes_recursive")
            .and_then(Value::as_array)?;
        let of_kind = entries.iter().filter(|entry| {
            entry
                .get("op")
                .and_then(Value::as_str)
                .is_some_and(|op| op.eq_ignore_ascii_case(kind))
        });
        of_kind
            .filter_map(|entry| entry.get("value")?.as_u64())
            .reduce(u64::saturating_add)
    };
    // Version 2 of control groups, then version 1.
    let cache =
        number("/memory_stats/stats/inactive_file").or_else(|| number("/memory_stats/stats/total_inactive_file"));
    ContainerStats {
        cpu_percent: cpu_percent(reply, before),
        memory_bytes: number("/memory_stats/usage").map(|used| used.saturating_sub(cache.unwrap_or_default())),
        network_received: over_networks("rx_bytes"),
        network_sent: over_networks("tx_bytes"),
        disk_read: disk("read"),
        disk_written: disk("write"),
    }
}

/// Processor time over wall time between the two samples. The engines' own percentage is of all cores and differs
/// between them.
fn cpu_percent(reply: &Value, before: Option<&Value>) -> Option<f64> {
    let time = |from: &Value, name: &str| {
        let time: jiff::Timestamp = from.get(name)?.as_str()?.parse().ok()?;
        Some(time.as_nanosecond()).filter(|nanos| *nanos > 0)
    };
    let used = |from: &Value, pointer: &str| from.pointer(pointer).and_then(Value::as_u64);
    let (start, used_before) = match before {
        Some(before) => (time(before, "read")?, used(before, "/cpu_stats/cpu_usage/total_usage")?),
        None => (
            time(reply, "preread")?,
            used(reply, "/precpu_stats/cpu_usage/total_usage")?,
        ),
    };
    let used_after = used(reply, "/cpu_stats/cpu_usage/total_usage")?;
    let span = time(reply, "read")?.checked_sub(start).filter(|span| *span > 0)?;
    Some(used_after.saturating_sub(used_before) as f64 * 100.0 / span as f64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ContainerStats, measured};

    #[test]
    fn processor_use_is_of_one_core_and_memory_without_cache() {
        let stats = measured(
            &json!({
                "read": "2026-11-22T08:00:02Z", "preread": "2026-11-22T08:00:00Z",
                "cpu_stats": {"cpu_usage": {"total_usage": 4_000_000_000_u64}, "online_cpus": 8},
                "precpu_stats": {"cpu_usage": {"total_usage": 1_000_000_000_u64}},
                "memory_stats": {"usage": 1000, "stats": {"inactive_file": 300}},
                "networks": {"eth0": {"rx_bytes": 5, "tx_bytes": 7}, "eth1": {"rx_bytes": 1, "tx_bytes": 1}},
                "blkio_stats": {"io_service_bytes_recursive": [{"op": "Read", "value": 3}, {"op": "write", "value": 4}]}
            }),
            None,
        );
        assert_eq!(stats.cpu_percent, Some(150.0), "three seconds of work in two");
        assert_eq!(stats.memory_bytes, Some(700));
        assert_eq!((stats.network_received, stats.network_sent), (Some(6), Some(8)));
        assert_eq!((stats.disk_read, stats.disk_written), (Some(3), Some(4)));
    }

    #[test]
    fn what_is_not_told_is_unknown_and_not_zero() {
        let stopped = measured(
            &json!({"read": "0001-01-01T00:00:00Z", "preread": "0001-01-01T00:00:00Z",
            "cpu_stats": {"cpu_usage": {"total_usage": 0}}, "memory_stats": {}, "blkio_stats": {"io_service_bytes_recursive": null}}),
            None,
        );
        assert_eq!(stopped, ContainerStats::default());
    }

    #[test]
    fn an_engine_that_takes_one_sample_is_asked_twice() {
        let sample = |second: u32, used: u64| {
            json!({"read": format!("2026-11-22T08:00:0{second}Z"), "preread": "0001-01-01T00:00:00Z",
                "cpu_stats": {"cpu_usage": {"total_usage": used}}, "precpu_stats": {"cpu_usage": {"total_usage": 0}}})
        };
        let (first, second) = (sample(1, 1_000_000_000), sample(2, 1_500_000_000));
        assert_eq!(measured(&first, None).cpu_percent, None, "one sample tells no rate");
        assert_eq!(measured(&second, Some(&first)).cpu_percent, Some(50.0));
    }
}
