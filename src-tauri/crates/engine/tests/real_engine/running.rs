//! What can be done to a container that runs, and containers that are not ours.

use std::time::Duration;

use freehold_engine::LimitsSet;
use freehold_model::plan::{FilePlan, Limits};
use freehold_model::{ByteSize, EngineKind, ObservedState, Secret};

use super::corner::{node_user, query, with_engine};

const MEMORY: u64 = 400 << 20;

/// The kernel's own account of a limit, by the process's control groups; `None` where there is none.
fn kernel_limits(pid: u32) -> (Option<u64>, Option<u64>) {
    let groups = std::fs::read_to_string(format!("/proc/{pid}/cgroup")).expect("its control groups");
    let file = |controller: &str, version_1: &str, version_2: &str| {
        let folder = groups.lines().find_map(|line| {
            let mut parts = line.splitn(3, ':');
            let (_, names, path) = (parts.next()?, parts.next()?, parts.next()?);
            match names {
                "" if !groups.contains(&format!(":{controller}")) => Some(format!("/sys/fs/cgroup{path}/{version_2}")),
                names if names.split(',').any(|name| name == controller) => {
                    Some(format!("/sys/fs/cgroup/{controller}{path}/{version_1}"))
                }
                _ => None,
            }
        })?;
        let text = std::fs::read_to_string(folder).expect("the kernel's account");
        text.split_whitespace().next()?.parse::<i64>().ok()
    };
    let memory = file("memory", "memory.limit_in_bytes", "memory.max").and_then(|bytes| u64::try_from(bytes).ok());
    let quota = file("cpu", "cpu.cfs_quota_us", "cpu.max").and_then(|quota| u64::try_from(quota).ok());
    // Version 1 writes a huge number for none.
    (memory.filter(|bytes| *bytes < 1 << 60), quota)
}

#[test]
fn limits_hold_from_the_start_and_are_changed_and_taken_away_while_it_runs() {
    with_engine("limits", |corner| async move {
        let engine = &corner.engine;
        let mut plan = corner.node_plan();
        plan.limits = Limits {
            millicpus: Some(500),
            memory: Some(ByteSize(MEMORY)),
        };
        let container = corner.create(&plan).await;
        engine.start(&container).await.expect("started");
        let running = corner
            .wait_for("runs", |state| matches!(state, ObservedState::Running { .. }))
            .await;
        let pid = running.pid.expect("this machine's process id");
        if engine.facts().rootless && engine.facts().cgroup_version == "1" {
            let set = engine.set_limits(&container, plan.limits).await.expect("an answer");
            assert_eq!(
                (kernel_limits(pid), set),
                ((None, None), LimitsSet::NotPossible),
                "said rather than pretended"
            );
            return;
        }
        assert_eq!(kernel_limits(pid), (Some(MEMORY), Some(50_000)));

        let expected = match engine.facts().kind {
            EngineKind::Docker => LimitsSet::Kept,
            EngineKind::Podman => LimitsSet::UntilStopped,
        };
        let change = async |millicpus: Option<u32>, memory: Option<u64>| {
            let limits = Limits {
                millicpus,
                memory: memory.map(ByteSize),
            };
            engine.set_limits(&container, limits).await.expect("set")
        };
        for (millicpus, memory) in [
            (Some(1500), Some(MEMORY * 2)),
            (Some(250), Some(MEMORY / 2)),
            (None, Some(MEMORY)),
            (Some(250), None),
            (Some(300), Some(MEMORY)),
            (None, None),
        ] {
            assert_eq!(change(millicpus, memory).await, expected);
            let quota = millicpus.map(|millicpus| u64::from(millicpus) * 100);
            assert_eq!(kernel_limits(pid), (memory, quota), "{millicpus:?} {memory:?}");
        }
        engine.stop(&container, super::GRACE).await.expect("stopped");
        let stopped = change(Some(700), Some(MEMORY)).await;
        engine.start(&container).await.expect("started again");
        let again = corner
            .wait_for("runs", |state| matches!(state, ObservedState::Running { .. }))
            .await;
        if stopped == LimitsSet::NotRunning {
            change(Some(700), Some(MEMORY)).await;
        }
        assert_eq!(
            kernel_limits(again.pid.expect("a process")),
            (Some(MEMORY), Some(70_000))
        );
    });
}

#[test]
fn a_file_is_read_only_and_a_signal_arrives() {
    with_engine("file", |corner| async move {
        let engine = &corner.engine;
        let folder = tempfile::tempdir().expect("a folder");
        let source = folder.path().join("node.conf");
        write_for_node(&source, "regtest=1\nuacomment=from-the-file\n");
        let mut plan = corner.node_plan();
        plan.args.retain(|arg| arg != "-regtest");
        plan.args.push("-conf=/etc/node.conf".to_owned());
        plan.files = vec![FilePlan {
            target: "/etc/node.conf".to_owned(),
            source,
            hash: String::new(),
            content: Secret::default(),
        }];
        let container = corner.create(&plan).await;
        engine.start(&container).await.expect("started");
        let running = corner
            .wait_for("runs", |state| matches!(state, ObservedState::Running { .. }))
            .await;
        let pid = running.pid.expect("this machine's process id");
        let mounts = std::fs::read_to_string(format!("/proc/{pid}/mounts")).expect("its mounts");
        let file = mounts
            .lines()
            .map(|line| line.split(' ').collect::<Vec<_>>())
            .find(|parts| parts[1] == "/etc/node.conf")
            .expect("the file is mounted");
        assert!(file[3].split(',').any(|option| option == "ro"), "{file:?}");
        let mut log = String::new();
        for _ in 0..100 {
            let page = engine
                .logs(&container, &query(None, Duration::ZERO))
                .await
                .expect("a log");
            log = page.lines.into_iter().map(|line| line.text + "\n").collect();
            if log.contains("Done loading") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert!(log.contains("from-the-file"), "the node reads the file: {log}");

        engine
            .kill(&container, "SIGTERM")
            .await
            .expect("the signal is on its way");
        let ended = corner
            .wait_for("ended", |state| matches!(state, ObservedState::Exited { .. }))
            .await;
        assert!(
            matches!(ended.state, ObservedState::Exited { code: 0, .. }),
            "not the signal that kills: {ended:?}"
        );
    });
}

/// A file as the supervisor writes it: for the node's user alone.
#[expect(clippy::disallowed_methods, reason = "a test's own file")]
fn write_for_node(path: &std::path::Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, text).expect("a file");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("a mode");
    if nix::unistd::geteuid().is_root() {
        std::os::unix::fs::chown(path, Some(node_user()), Some(node_user())).expect("root may give files away");
    }
}

#[test]
fn a_node_that_somebody_else_runs_is_found_with_its_ports_and_folders() {
    with_engine("foreign", |corner| async move {
        let engine = &corner.engine;
        let mut plan = corner.node_plan();
        let ours = corner.create(&plan).await;
        engine.start(&ours).await.expect("started");
        plan.name = format!("{}-foreign", plan.name);
        plan.labels.clear();
        plan.ports[0].host = super::free_port();
        plan.ports[0].udp = true;
        plan.mounts[0].target = "/other".to_owned();
        plan.args.retain(|arg| arg != "-datadir=/data");
        plan.args.push("-datadir=/tmp".to_owned());
        let theirs = corner.create(&plan).await;
        let started = engine.start(&theirs).await;
        let found = engine.list_foreign().await;
        engine.kill(&theirs, "SIGKILL").await.expect("killed");
        engine.remove(&theirs).await.expect("removed");
        started.expect("started");
        let found = found.expect("an answer");
        assert!(
            found.iter().all(|container| container.id != ours),
            "ours is not foreign"
        );
        let it = found
            .into_iter()
            .find(|container| container.id == theirs)
            .expect("it is found");
        assert_eq!((it.name.as_str(), it.state.as_str()), (plan.name.as_str(), "running"));
        assert!(!it.image.is_empty(), "{it:?}");
        for protocol in ["tcp", "udp"] {
            let port = it
                .ports
                .iter()
                .find(|port| port.protocol == protocol && port.container == 18443)
                .expect(protocol);
            assert_eq!((port.host, port.address), (plan.ports[0].host, Some(super::LOOPBACK)));
        }
        let folder = it
            .mounts
            .iter()
            .find(|mount| mount.target == "/other")
            .expect("mounted");
        assert!(
            folder.volume.is_none() && std::path::Path::new(&folder.source).is_dir(),
            "{it:?}"
        );
    });
}
