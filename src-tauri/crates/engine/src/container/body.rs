//! From a container plan to the engine's request. Pure.
//!
//! The one rule: closed by default. Every container gets no privileges, no capabilities beyond the plan's, no new
//! privileges, a bounded number of processes and a bounded log; a plan can only open what has a field for it.

use std::collections::HashMap;

use bollard::models::{
    ContainerCreateBody, EndpointSettings, HealthConfig, HostConfig, HostConfigLogConfig, Mount, MountType,
    MountVolumeOptions, NetworkingConfig, PortBinding, RestartPolicy, RestartPolicyNameEnum,
};
use freehold_model::plan::MountSource;
use freehold_model::{ContainerPlan, EngineKind};

use super::hash_map;
use crate::EngineError;
use crate::image::ImageId;

/// Fifty megabytes hold days of a node's log; three files of it bound the disk.
const LOG_SIZE: &str = "50m";
const LOG_FILES: &str = "3";
/// Temporary folders are for lock files and sockets; more would be memory taken from the node.
const TMPFS_OPTIONS: &str = "rw,nosuid,nodev,noexec,size=64m,mode=1777";

/// The request for one container.
pub(super) fn container(
    plan: &ContainerPlan,
    image: &ImageId,
    kind: EngineKind,
    has_selinux: bool,
) -> Result<ContainerCreateBody, EngineError> {
    let (mounts, binds) = mounts(plan, has_selinux)?;
    let host_config = HostConfig {
        mounts: Some(mounts),
        binds: Some(binds).filter(|binds| !binds.is_empty()),
        port_bindings: Some(port_bindings(plan)),
        network_mode: Some(plan.network.clone()),
        // The supervisor restarts, with backoff and a reason; an engine that restarts too would hide both.
        restart_policy: Some(RestartPolicy {
            name: Some(RestartPolicyNameEnum::NO),
            maximum_retry_count: None,
        }),
        log_config: Some(log_config(kind)),
        privileged: Some(false),
        readonly_rootfs: Some(plan.read_only_root),
        cap_drop: Some(vec!["ALL".to_owned()]),
        cap_add: Some(plan.cap_add.clone()).filter(|kept| !kept.is_empty()),
        security_opt: Some(vec!["no-new-privileges".to_owned()]),
        pids_limit: Some(i64::from(plan.pids_limit)),
        tmpfs: Some(
            plan.tmpfs
                .iter()
                .map(|path| (path.clone(), TMPFS_OPTIONS.to_owned()))
                .collect(),
        ),
        userns_mode: plan.keep_id.then(|| "keep-id".to_owned()),
        // No init process: it needs a helper program that Debian's packages of both engines leave out, and node
        // programs install their own handlers for the stop signal, which is all an init would be for.
        init: None,
        ..HostConfig::default()
    };
    let endpoint = EndpointSettings {
        aliases: Some(plan.aliases.clone()),
        ..EndpointSettings::default()
    };
    Ok(ContainerCreateBody {
        image: Some(image.as_str().to_owned()),
        entrypoint: Some(plan.entrypoint.clone()).filter(|program| !program.is_empty()),
        cmd: Some(plan.args.clone()),
        env: Some(plan.env.clone()),
        user: Some(plan.user.clone()).filter(|user| !user.is_empty()),
        labels: Some(hash_map(&plan.labels)),
        exposed_ports: Some(plan.ports.iter().map(|port| tcp(port.container)).collect()),
        stop_signal: Some(plan.stop_signal.clone()),
        // So that `docker stop` in a terminal and the machine's shutdown leave the node its time too.
        stop_timeout: Some(i64::try_from(plan.stop_grace.as_secs()).unwrap_or(i64::MAX)),
        // An image's own health check would run programs inside the node; Freehold asks from outside.
        healthcheck: match kind {
            EngineKind::Docker => Some(HealthConfig {
                test: Some(vec!["NONE".to_owned()]),
                ..HealthConfig::default()
            }),
            // Podman's translation of this field differs between versions; without it nothing runs by itself there.
            EngineKind::Podman => None,
        },
        host_config: Some(host_config),
        networking_config: Some(NetworkingConfig {
            endpoints_config: Some(HashMap::from([(plan.network.clone(), endpoint)])),
        }),
        ..ContainerCreateBody::default()
    })
}

fn tcp(port: u16) -> String {
    format!("{port}/tcp")
}

fn log_config(kind: EngineKind) -> HostConfigLogConfig {
    let (driver, options): (_, &[(&str, &str)]) = match kind {
        EngineKind::Docker => ("json-file", &[("max-size", LOG_SIZE), ("max-file", LOG_FILES)]),
        // Podman's file format rotates into one older file by itself and knows no count.
        EngineKind::Podman => ("k8s-file", &[("max-size", LOG_SIZE)]),
    };
    let config = options
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    HostConfigLogConfig {
        typ: Some(driver.to_owned()),
        config: Some(config),
    }
}

fn port_bindings(plan: &ContainerPlan) -> HashMap<String, Option<Vec<PortBinding>>> {
    let mut bindings: HashMap<String, Option<Vec<PortBinding>>> = HashMap::new();
    for port in &plan.ports {
        let binding = PortBinding {
            host_ip: Some(port.address.to_string()),
            host_port: Some(port.host.to_string()),
        };
        bindings
            .entry(tcp(port.container))
            .or_default()
            .get_or_insert_default()
            .push(binding);
    }
    bindings
}

/// Folders as mounts, which fail where the folder is missing (a bind string would make it, owned by root). Only a bind
/// string can ask for SELinux labels, so there it is used; the supervisor has made the folder by then.
fn mounts(plan: &ContainerPlan, has_selinux: bool) -> Result<(Vec<Mount>, Vec<String>), EngineError> {
    let (mut mounts, mut binds) = (Vec::new(), Vec::new());
    for mount in &plan.mounts {
        match &mount.source {
            MountSource::Folder(path) => {
                let refused = |reason: &str| EngineError::Refused {
                    operation: "Making the container",
                    reason: format!("the folder {} {reason}", path.display()),
                };
                let source = path.to_str().ok_or_else(|| refused("has a name that is not UTF-8"))?;
                if !has_selinux {
                    mounts.push(Mount {
                        typ: Some(MountType::BIND),
                        source: Some(source.to_owned()),
                        target: Some(mount.target.clone()),
                        ..Mount::default()
                    });
                } else if source.contains(':') {
                    return Err(refused(
                        "has a colon in its name, which this engine cannot label for SELinux",
                    ));
                } else {
                    // Shared label: the services of one node may share a folder.
                    binds.push(format!("{source}:{}:z", mount.target));
                }
            }
            MountSource::Volume(name) => mounts.push(Mount {
                typ: Some(MountType::VOLUME),
                source: Some(name.clone()),
                target: Some(mount.target.clone()),
                volume_options: Some(MountVolumeOptions {
                    labels: Some(hash_map(&plan.labels)),
                    ..MountVolumeOptions::default()
                }),
                ..Mount::default()
            }),
        }
    }
    Ok((mounts, binds))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use freehold_model::plan::{MountPlan, PortPlan};
    use freehold_model::{ImageReference, ServiceName};
    use serde_json::json;

    use super::{ContainerPlan, EngineKind, ImageId, MountSource, container};

    fn plan() -> ContainerPlan {
        ContainerPlan {
            name: "freehold-a-bitcoind".to_owned(),
            service: ServiceName::try_new("bitcoind").expect("a name"),
            image: ImageReference {
                repository: "docker.io/bitcoin/bitcoin".to_owned(),
                tag: "31.0".to_owned(),
                digest: format!("sha256:{}", "ab".repeat(32)).parse().expect("a digest"),
                platforms: vec!["linux/amd64".to_owned()],
            },
            entrypoint: vec!["/opt/bitcoind".to_owned()],
            args: vec!["-regtest".to_owned()],
            env: vec![],
            user: "1000:1000".to_owned(),
            keep_id: false,
            mounts: vec![MountPlan {
                source: MountSource::Folder("/data/a".into()),
                target: "/home/bitcoin".to_owned(),
            }],
            ports: vec![PortPlan {
                name: "rpc".to_owned(),
                container: 8332,
                address: "127.0.0.1".parse().expect("an address"),
                host: 41_000,
            }],
            network: "freehold".to_owned(),
            aliases: vec!["bitcoind".to_owned()],
            tmpfs: vec!["/tmp".to_owned()],
            read_only_root: true,
            cap_add: vec![],
            pids_limit: 512,
            stop_signal: "SIGTERM".to_owned(),
            stop_grace: Duration::from_secs(930),
            labels: BTreeMap::from([("freehold.node".to_owned(), "a".to_owned())]),
        }
    }

    #[test]
    fn a_container_is_closed_by_default() {
        let body = container(&plan(), &ImageId::new("sha256:1"), EngineKind::Docker, false).expect("a body");
        let body = serde_json::to_value(body).expect("JSON");
        let host = &body["HostConfig"];
        assert_eq!(host["CapDrop"], json!(["ALL"]));
        assert_eq!(host["SecurityOpt"], json!(["no-new-privileges"]));
        assert_eq!(
            (&host["ReadonlyRootfs"], &host["Privileged"], &host["PidsLimit"]),
            (&json!(true), &json!(false), &json!(512))
        );
        assert_eq!(host["RestartPolicy"]["Name"], "no");
        assert_eq!(
            host["LogConfig"],
            json!({"Type": "json-file", "Config": {"max-size": "50m", "max-file": "3"}})
        );
        assert_eq!(
            host["PortBindings"],
            json!({"8332/tcp": [{"HostIp": "127.0.0.1", "HostPort": "41000"}]})
        );
        assert!(
            host.get("CapAdd").is_none() && host.get("UsernsMode").is_none(),
            "nothing is opened that was not asked for"
        );
        assert_eq!(
            (&body["Image"], &body["StopTimeout"], &body["User"]),
            (&json!("sha256:1"), &json!(930), &json!("1000:1000"))
        );
    }

    #[test]
    fn folders_are_mounts_and_only_selinux_needs_bind_strings() {
        let image = ImageId::new("sha256:1");
        let plain = container(&plan(), &image, EngineKind::Docker, false)
            .expect("a body")
            .host_config
            .expect("a part");
        let mount = &plain.mounts.expect("mounts")[0];
        assert_eq!(
            (mount.source.as_deref(), mount.target.as_deref()),
            (Some("/data/a"), Some("/home/bitcoin"))
        );
        assert_eq!(plain.binds, None);

        let labelled = container(&plan(), &image, EngineKind::Podman, true)
            .expect("a body")
            .host_config
            .expect("a part");
        assert_eq!(labelled.binds, Some(vec!["/data/a:/home/bitcoin:z".to_owned()]));
        let mut odd = plan();
        odd.mounts[0].source = MountSource::Folder("/data/a:b".into());
        let error = container(&odd, &image, EngineKind::Podman, true).expect_err("cannot be said in a bind string");
        assert!(error.to_string().contains("/data/a:b"), "{error}");
    }

    #[test]
    fn rootless_podman_keeps_the_caller_s_id_when_the_plan_says_so() {
        let keeping = ContainerPlan {
            keep_id: true,
            ..plan()
        };
        let host = container(&keeping, &ImageId::new("1"), EngineKind::Podman, false)
            .expect("a body")
            .host_config;
        let host = host.expect("a part");
        assert_eq!(host.userns_mode.as_deref(), Some("keep-id"));
        assert_eq!(host.log_config.and_then(|log| log.typ).as_deref(), Some("k8s-file"));
    }
}
