//! What an engine says about itself, from `/version` and `/info`.
//!
//! Pure: replies in, facts out. The one rule: what an engine does not say stays empty, it is never guessed.

use freehold_model::{ByteSize, EngineFacts, EngineKind, Timestamp};
use serde_json::Value;

use crate::EngineError;

/// Docker 20.10 is the oldest in wide use (API 1.41); older ones lack what hardening needs.
const OLDEST_DOCKER: (u32, u32) = (20, 10);
const OLDEST_PODMAN: (u32, u32) = (4, 3);
/// The newest API version that is asked for. Docker 25 to 29 and later speak it; an older engine's own is used there.
const NEWEST_API: (u32, u32) = (1, 44);

/// What tells this machine from another: the engine names both of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MachineIdentity {
    /// The kernel's release, for example `6.1.0-13-amd64`; empty where there is no Linux kernel.
    pub kernel: String,
    /// The host name.
    pub host_name: String,
}

impl MachineIdentity {
    /// Reads the running kernel's own files; empty on other systems, where an engine always runs in a virtual machine.
    pub fn read() -> Self {
        let read = |path: &str| {
            std::fs::read_to_string(path)
                .map(|text| text.trim().to_owned())
                .unwrap_or_default()
        };
        Self {
            kernel: read("/proc/sys/kernel/osrelease"),
            host_name: read("/proc/sys/kernel/hostname"),
        }
    }
}

/// True where folders and control groups of this machine are also the engine's.
///
/// A socket of this machine may still lead into a virtual machine (Docker Desktop, Colima, `podman machine`), whose
/// kernel differs, or out of a container, whose host name differs.
pub fn shares_machine(address: &str, operating_system: &str, engine: &MachineIdentity, this: &MachineIdentity) -> bool {
    let is_known = !this.kernel.is_empty() && !this.host_name.is_empty();
    address.starts_with("unix://") && is_known && !operating_system.contains("Docker Desktop") && engine == this
}

/// Facts, and what only this crate needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) shared: EngineFacts,
    /// Folders must be labelled for containers.
    pub(crate) has_selinux: bool,
    /// Where the engine keeps images, on its own machine; empty where it does not say.
    pub(crate) storage: String,
}

/// The API version to speak with this engine; an engine that names none is asked without one.
pub(crate) fn api_version(version: &Value) -> Option<String> {
    let offered = text(version, "ApiVersion");
    let number = two_numbers(&offered)?;
    let (major, minor) = number.min(NEWEST_API);
    Some(format!("{major}.{minor}"))
}

/// Refuses an engine that is too old; an unreadable version (a development build) is let through.
pub(crate) fn check_version(version: &Value) -> Result<(), EngineError> {
    let (kind, found) = kind_and_version(version);
    let (oldest, needed) = match kind {
        EngineKind::Docker => (OLDEST_DOCKER, "Docker 20.10"),
        EngineKind::Podman => (OLDEST_PODMAN, "Podman 4.3"),
    };
    match two_numbers(&found) {
        Some(number) if number < oldest => Err(EngineError::TooOld { version: found, needed }),
        Some(_) | None => Ok(()),
    }
}

/// Puts the two replies together.
pub(crate) fn facts(address: &str, version: &Value, info: &Value, this: &MachineIdentity) -> Facts {
    let (kind, number) = kind_and_version(version);
    let engine = MachineIdentity {
        kernel: text(info, "KernelVersion"),
        host_name: text(info, "Name"),
    };
    let security: Vec<&str> = strings(info, "SecurityOptions").collect();
    let has = |name: &str| security.iter().any(|option| option.split(',').any(|part| part == name));
    let shared = EngineFacts {
        kind,
        version: number,
        api_version: api_version(version).unwrap_or_default(),
        // Podman before 5 has a field of its own for it.
        rootless: has("name=rootless") || info.get("Rootless").and_then(Value::as_bool) == Some(true),
        shares_machine: shares_machine(address, &text(info, "OperatingSystem"), &engine, this),
        address: address.to_owned(),
        platform: platform(version, info),
        cpus: info.get("NCPU").and_then(Value::as_u64).unwrap_or_default(),
        memory: ByteSize(info.get("MemTotal").and_then(Value::as_u64).unwrap_or_default()),
        cgroup_version: text(info, "CgroupVersion"),
        warnings: strings(info, "Warnings")
            .map(|warning| warning.trim_start_matches("WARNING: ").to_owned())
            .collect(),
    };
    Facts {
        shared,
        has_selinux: has("name=selinux"),
        storage: text(info, "DockerRootDir"),
    }
}

/// The engine's clock in its `/info` reply.
pub(crate) fn system_time(info: &Value) -> Option<Timestamp> {
    instant(info.get("SystemTime")?.as_str()?)
}

/// An RFC 3339 time of an engine. Docker's `0001-01-01T00:00:00Z` means never.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let time: jiff::Timestamp = text.parse().ok()?;
    let millis = time.as_millisecond();
    (millis > 0).then_some(Timestamp(millis))
}

fn kind_and_version(version: &Value) -> (EngineKind, String) {
    let components = version
        .get("Components")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    match components
        .iter()
        .find(|component| text(component, "Name").contains("Podman"))
    {
        Some(podman) => (EngineKind::Podman, text(podman, "Version")),
        None => (EngineKind::Docker, text(version, "Version")),
    }
}

/// `linux/amd64`, in the names that image registries use.
fn platform(version: &Value, info: &Value) -> String {
    let or = |first: String, second: String| if first.is_empty() { second } else { first };
    let os = or(text(version, "Os"), text(info, "OSType"));
    let architecture = or(text(version, "Arch"), text(info, "Architecture"));
    let architecture = match architecture.as_str() {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("{os}/{architecture}")
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn strings<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// `20.10.24+dfsg1` is `(20, 10)`.
fn two_numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim_start_matches('v').split(|c: char| !c.is_ascii_digit());
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{EngineKind, MachineIdentity, api_version, check_version, facts, instant, shares_machine};

    fn identity(kernel: &str, host_name: &str) -> MachineIdentity {
        MachineIdentity {
            kernel: kernel.to_owned(),
            host_name: host_name.to_owned(),
        }
    }

    #[test]
    fn docker_and_podman_are_told_apart_by_their_components() {
        let docker = json!({"Version": "20.10.24+dfsg1", "ApiVersion": "1.41", "Os": "linux", "Arch": "amd64",
            "Components": [{"Name": "Engine", "Version": "20.10.24+dfsg1"}]});
        let info = json!({"NCPU": 2, "MemTotal": 8_000_000_000_u64, "SecurityOptions": ["name=seccomp,profile=default"],
            "KernelVersion": "6.1", "Name": "box", "OperatingSystem": "Debian", "CgroupVersion": "1", "Warnings": null});
        let found = facts("unix:///s", &docker, &info, &identity("6.1", "box")).shared;
        assert_eq!(
            (found.kind, found.version.as_str(), found.rootless),
            (EngineKind::Docker, "20.10.24+dfsg1", false)
        );
        assert!(found.shares_machine, "same kernel and name behind a unix socket");
        assert_eq!((found.platform.as_str(), found.cpus), ("linux/amd64", 2));

        let podman = json!({"Version": "4.3.1", "ApiVersion": "1.41", "Os": "linux", "Arch": "amd64",
            "Components": [{"Name": "Podman Engine", "Version": "4.3.1"}, {"Name": "Conmon", "Version": "2.1.6"}]});
        let info = json!({"SecurityOptions": ["name=seccomp,profile=default", "name=rootless"]});
        let found = facts("unix:///s", &podman, &info, &identity("6.1", "box")).shared;
        assert_eq!(
            (found.kind, found.version.as_str(), found.rootless),
            (EngineKind::Podman, "4.3.1", true)
        );
        let rootless = |is: bool| {
            let info = json!({"SecurityOptions": ["name=seccomp,profile=default"], "Rootless": is});
            facts("unix:///s", &podman, &info, &identity("", "")).shared.rootless
        };
        assert!(rootless(true) && !rootless(false), "as Podman 4.3 says it");
        assert!(
            !found.shares_machine,
            "an engine that does not name its kernel shares nothing"
        );
    }

    #[test]
    fn an_engine_in_a_virtual_machine_or_behind_a_network_does_not_share_the_machine() {
        let here = identity("6.1", "box");
        assert!(shares_machine("unix:///s", "Debian", &here, &here), "the plain case");
        assert!(
            !shares_machine("tcp://10.0.0.1:2375", "Debian", &here, &here),
            "over the network"
        );
        assert!(
            !shares_machine("unix:///s", "Docker Desktop", &here, &here),
            "Docker Desktop's own machine"
        );
        assert!(
            !shares_machine("unix:///s", "Alpine", &identity("6.6-lima", "box"), &here),
            "another kernel"
        );
        assert!(
            !shares_machine("unix:///s", "Debian", &identity("6.1", "outer"), &here),
            "another host name"
        );
        let unknown = identity("", "");
        assert!(
            !shares_machine("unix:///s", "Debian", &unknown, &unknown),
            "unknown is not the same"
        );
    }

    #[test]
    fn old_engines_are_refused_and_development_builds_let_through() {
        for (version, is_good) in [
            ("19.03.15", false),
            ("20.10.0", true),
            ("20.9", false),
            ("29.0.1", true),
            ("dev", true),
        ] {
            assert_eq!(
                check_version(&json!({"Version": version})).is_ok(),
                is_good,
                "Docker {version}"
            );
        }
        for (version, is_good) in [("3.4.4", false), ("4.2.1", false), ("4.3.1", true), ("5.7.0-rc1", true)] {
            let podman = json!({"Version": version, "Components": [{"Name": "Podman Engine", "Version": version}]});
            assert_eq!(check_version(&podman).is_ok(), is_good, "Podman {version}");
        }
    }

    #[test]
    fn no_newer_api_is_spoken_than_the_one_that_was_tried() {
        assert_eq!(api_version(&json!({"ApiVersion": "1.41"})).as_deref(), Some("1.41"));
        assert_eq!(api_version(&json!({"ApiVersion": "1.53"})).as_deref(), Some("1.44"));
        assert_eq!(api_version(&json!({})), None);
    }

    #[test]
    fn never_is_not_an_instant() {
        assert_eq!(instant("0001-01-01T00:00:00Z"), None);
        assert_eq!(instant("1970-01-01T00:00:01.5Z").map(|time| time.0), Some(1500));
        assert_eq!(
            instant("1970-01-01T01:00:01.123456789+01:00").map(|time| time.0),
            Some(1123)
        );
        assert_eq!(instant("soon"), None);
    }
}
