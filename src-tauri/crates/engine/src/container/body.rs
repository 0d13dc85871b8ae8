//! From a container plan to the engine's request. Pure.
//!
//! The one rule: closed by default. Every container gets no privileges, no capabilities beyond the plan's, no new
//! privileges, a bounded number of processes and a bounded log; a plan can only open what has a field for it.

use std::collections::HashMap;

use bollard::models::{
    ContainerCreateBody, EndpointSettings, HealthConfig, HostConfig, HostConfigLogConfig, NetworkingConfig,
    PortBinding, RestartPolicy, RestartPolicyNameEnum,
};
use freehold_model::plan::PortPlan;
use freehold_model::{ContainerPlan, EngineKind};

use super::{hash_map, limits};
use crate::EngineError;
use crate::image::ImageId;

mod mounts;

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
    let (mounts, binds) = mounts::mounts(plan, has_selinux)?;
    let mut host_config = HostConfig {
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
    limits::apply(plan.limits, &mut host_config);
    let endpoint = EndpointSettings {
        aliases: Some(plan.aliases.clone()),
        ..EndpointSettings::default()
    };
    Ok(ContainerCreateBody {
        image: Some(image.as_str().to_owned()),
        // Left out where the plan names none: the image's own program then runs.
        entrypoint: Some(plan.entrypoint.clone()).filter(|program| !program.is_empty()),
        cmd: Some(plan.args.clone()),
        env: Some(plan.env.clone()),
        user: Some(plan.user.clone()).filter(|user| !user.is_empty()),
        labels: Some(hash_map(&plan.labels)),
        exposed_ports: Some(plan.ports.iter().flat_map(names).collect()),
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

/// The port in the engine's words, once for each protocol.
fn names(port: &PortPlan) -> impl Iterator<Item = String> {
    let number = port.container;
    let protocols = if port.udp { &["tcp", "udp"][..] } else { &["tcp"] };
    protocols.iter().map(move |protocol| format!("{number}/{protocol}"))
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
        for name in names(port) {
            let binding = PortBinding {
                host_ip: Some(port.address.to_string()),
                host_port: Some(port.host.to_string()),
            };
            bindings.entry(name).or_default().get_or_insert_default().push(binding);
        }
    }
    bindings
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use freehold_model::plan::{FilePlan, Limits, MountPlan, MountSource, PortPlan};
    use freehold_model::{ByteSize, ImageReference, Secret, ServiceName};
    use serde_json::json;

    use super::{ContainerPlan, EngineKind, ImageId, container};

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
            files: vec![],
            limits: Limits::default(),
            ports: vec![PortPlan {
                name: "rpc".to_owned(),
                container: 8332,
                address: "127.0.0.1".parse().expect("an address"),
                host: 41_000,
                udp: false,
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

    #[test]
    fn a_file_can_be_read_by_the_container_and_never_written() {
        let with_file = ContainerPlan {
            files: vec![FilePlan {
                target: "/etc/node.conf".to_owned(),
                source: "/data/a.conf".into(),
                hash: String::new(),
                content: Secret::new("x"),
            }],
            ..plan()
        };
        let host = |has_selinux| {
            let body = container(&with_file, &ImageId::new("1"), EngineKind::Docker, has_selinux);
            body.expect("a body").host_config.expect("a part")
        };
        let mounts = host(false).mounts.expect("mounts");
        let file = mounts
            .iter()
            .find(|mount| mount.target.as_deref() == Some("/etc/node.conf"))
            .expect("the file");
        assert_eq!(
            (file.source.as_deref(), file.read_only),
            (Some("/data/a.conf"), Some(true))
        );
        let binds = host(true).binds.expect("binds");
        assert!(
            binds.contains(&"/data/a.conf:/etc/node.conf:ro,z".to_owned()),
            "{binds:?}"
        );
    }

    #[test]
    fn limits_udp_ports_and_the_image_s_own_program_are_said_only_where_wished() {
        let mut open = plan();
        open.entrypoint.clear();
        open.ports[0].udp = true;
        open.limits.memory = Some(ByteSize(1 << 30));
        let json = |plan: &ContainerPlan| {
            let body = container(plan, &ImageId::new("1"), EngineKind::Docker, false).expect("a body");
            serde_json::to_value(body).expect("JSON")
        };
        let (body, closed) = (json(&open), json(&plan()));
        assert_eq!(
            (body.get("Entrypoint"), body["HostConfig"].get("CpuQuota")),
            (None, None)
        );
        assert_eq!(body["HostConfig"]["Memory"], json!(1 << 30));
        let ports = &body["HostConfig"]["PortBindings"];
        assert_eq!(ports["8332/udp"], ports["8332/tcp"]);
        assert_eq!(closed["Entrypoint"], json!(["/opt/bitcoind"]));
        assert_eq!(closed["HostConfig"]["PortBindings"].get("8332/udp"), None);
        assert_eq!(closed["HostConfig"].get("Memory"), None);
    }
}
