//! Running containers that are not Freehold's: what a node that already runs looks like, so that it can be taken over.
//!
//! The one rule: they are only looked at.

use std::net::IpAddr;

use freehold_model::plan::label;
use futures_util::{StreamExt as _, stream};
use serde_json::Value;

use crate::{Engine, EngineError};

/// As in `observe`: enough to hide the engine's latency, few enough not to be felt by it.
const AT_ONCE: usize = 8;

/// A running container without Freehold's label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignContainer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The image as whoever made it named it, for example `lncm/bitcoind:v27.0`.
    pub image: String,
    /// The engine's word for its state, for example `running` or `paused`.
    pub state: String,
    /// Ports that it publishes on the engine's machine.
    pub ports: Vec<ForeignPort>,
    /// What is mounted into it.
    pub mounts: Vec<ForeignMount>,
}

/// A published port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignPort {
    /// Port in the container.
    pub container: u16,
    /// `tcp` or `udp`.
    pub protocol: String,
    /// Address on the engine's machine; `None` where the engine names none, which means all of them.
    pub address: Option<IpAddr>,
    /// Port on the engine's machine.
    pub host: u16,
}

/// A folder or volume in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignMount {
    /// Path on the engine's machine; for a volume where the engine keeps it.
    pub source: String,
    /// Path in the container.
    pub target: String,
    /// The volume's name, where it is one.
    pub volume: Option<String>,
}

impl Engine {
    /// Every running container of the engine that has no label of any Freehold.
    pub async fn list_foreign(&self) -> Result<Vec<ForeignContainer>, EngineError> {
        let list = self.read("Listing containers", "/containers/json").await?;
        let entries = list.as_array().map(Vec::as_slice).unwrap_or_default();
        let ids: Vec<String> = entries
            .iter()
            .filter(|entry| entry.get("Labels").is_none_or(|labels| !is_ours(labels)))
            .filter_map(|entry| entry.get("Id")?.as_str())
            .map(str::to_owned)
            .collect();
        // Podman leaves mounts and addresses out of its list.
        let mut inspections =
            stream::iter(ids.into_iter().map(|id| async move { self.inspect(&id).await })).buffered(AT_ONCE);
        let mut found = Vec::new();
        while let Some(inspection) = inspections.next().await {
            found.extend(inspection?.as_ref().and_then(foreign));
        }
        Ok(found)
    }
}

fn is_ours(labels: &Value) -> bool {
    labels.get(label::INSTANCE).is_some() || labels.get(label::NODE).is_some()
}

/// Reads an `inspect` reply; `None` for one of ours or without an id.
fn foreign(container: &Value) -> Option<ForeignContainer> {
    if container.pointer("/Config/Labels").is_some_and(is_ours) {
        return None;
    }
    let text = |pointer: &str| container.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let ports = container.pointer("/NetworkSettings/Ports").and_then(Value::as_object);
    let mounts = container.get("Mounts").and_then(Value::as_array);
    Some(ForeignContainer {
        id: container.get("Id")?.as_str()?.to_owned(),
        name: text("/Name").trim_start_matches('/').to_owned(),
        image: text("/Config/Image").to_owned(),
        state: text("/State/Status").to_owned(),
        ports: ports
            .into_iter()
            .flatten()
            .flat_map(|(name, bindings)| {
                let bindings = bindings.as_array().map(Vec::as_slice).unwrap_or_default();
                bindings.iter().filter_map(|binding| port(name, binding))
            })
            .collect(),
        mounts: mounts.into_iter().flatten().filter_map(mount).collect(),
    })
}

/// `"8332/tcp"` and `{"HostIp": "127.0.0.1", "HostPort": "8332"}`.
fn port(name: &str, binding: &Value) -> Option<ForeignPort> {
    let (container, protocol) = name.split_once('/').unwrap_or((name, "tcp"));
    let text = |field: &str| binding.get(field).and_then(Value::as_str);
    Some(ForeignPort {
        container: container.parse().ok()?,
        protocol: protocol.to_owned(),
        address: text("HostIp").and_then(|address| address.parse().ok()),
        host: text("HostPort")?.parse().ok()?,
    })
}

fn mount(mount: &Value) -> Option<ForeignMount> {
    let text = |name: &str| mount.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let is_volume = text("Type") == Some("volume");
    Some(ForeignMount {
        source: text("Source")?.to_owned(),
        target: text("Destination")?.to_owned(),
        volume: text("Name").filter(|_| is_volume).map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ForeignMount, ForeignPort, foreign};

    #[test]
    fn ports_and_mounts_are_read_and_ours_are_left_out() {
        let reply = json!({
            "Id": "c1", "Name": "/btc", "State": {"Status": "running"},
            "Config": {"Image": "lncm/bitcoind:v27.0", "Labels": {"com.example": "x"}},
            "NetworkSettings": {"Ports": {
                "8332/tcp": [{"HostIp": "127.0.0.1", "HostPort": "18332"}], "8333/tcp": null,
                "9999/udp": [{"HostIp": "", "HostPort": "9999"}]
            }},
            "Mounts": [
                {"Type": "bind", "Source": "/srv/btc", "Destination": "/data/.bitcoin"},
                {"Type": "volume", "Name": "v1", "Source": "/var/lib/docker/volumes/v1/_data", "Destination": "/log"},
                {"Type": "tmpfs", "Source": "", "Destination": "/tmp"}
            ]
        });
        let found = foreign(&reply).expect("somebody else's");
        assert_eq!(
            (found.name.as_str(), found.image.as_str()),
            ("btc", "lncm/bitcoind:v27.0")
        );
        let port = |container, protocol: &str, address: Option<&str>, host| ForeignPort {
            container,
            protocol: protocol.to_owned(),
            address: address.map(|text| text.parse().expect("an address")),
            host,
        };
        assert_eq!(
            found.ports,
            [
                port(8332, "tcp", Some("127.0.0.1"), 18332),
                port(9999, "udp", None, 9999)
            ]
        );
        let mount = |source: &str, target: &str, volume: Option<&str>| ForeignMount {
            source: source.to_owned(),
            target: target.to_owned(),
            volume: volume.map(str::to_owned),
        };
        assert_eq!(
            found.mounts,
            [
                mount("/srv/btc", "/data/.bitcoin", None),
                mount("/var/lib/docker/volumes/v1/_data", "/log", Some("v1"))
            ]
        );
        assert_eq!(
            foreign(&json!({"Id": "c2", "Config": {"Labels": {"freehold.node": "a"}}})),
            None
        );
    }
}
