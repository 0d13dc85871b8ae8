//! The engine crate against a real engine and a real node image.
//!
//! `FREEHOLD_TEST_ENGINE` names the engine (`unix://…`), `FREEHOLD_TEST_IMAGES` a file that lists images in a registry
//! which that engine reaches. Without them the tests say so and pass.

#![cfg(unix)]
#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test that cannot go on ends, and says what it skips"
)]

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::time::{Duration, Instant, SystemTime};

use freehold_engine::{EngineError, EngineLink, EngineState, Environment, ImageId, LogPage, LogQuery, LogStream};
use freehold_model::plan::{MountPlan, MountSource, label};
use freehold_model::state::LayerPhase;
use freehold_model::{EngineKind, ImageReference, ObservedState, PullProgress, Timestamp};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

#[path = "real_engine/corner.rs"]
mod corner;
#[path = "real_engine/images.rs"]
mod images;
#[path = "real_engine/registry.rs"]
mod registry;
#[path = "real_engine/running.rs"]
mod running;

use corner::{GRACE, LOOPBACK, free_port, node, node_user, query, with_engine};

#[test]
fn the_engine_tells_what_it_is() {
    with_engine("facts", |corner| async move {
        let facts = corner.engine.facts();
        assert!(
            !facts.version.is_empty() && !facts.api_version.is_empty() && facts.cpus > 0 && facts.memory.bytes() > 0,
            "{facts:?}"
        );
        assert!(facts.platform.starts_with("linux/"), "{facts:?}");
        assert!(facts.shares_machine, "the test engine runs on this machine: {facts:?}");
        corner.engine.ping().await.expect("it answers");
        let off = corner.engine.system_time().await.expect("a time").0 - Timestamp::from_system(SystemTime::now()).0;
        assert!(off.abs() < 60_000, "one machine, one clock: {off} ms");
    });
}

#[test]
fn a_pull_brings_exactly_the_pinned_image() {
    with_engine("pull", |corner| async move {
        let was_there = corner
            .engine
            .find_image(&corner.image)
            .await
            .expect("an answer")
            .is_some();
        let mut reports: Vec<PullProgress> = Vec::new();
        let start = Instant::now();
        let id = corner
            .engine
            .pull(&corner.image, &mut |progress| reports.push(progress))
            .await
            .expect("pulled");
        let took = start.elapsed();
        assert_eq!(
            corner.engine.find_image(&corner.image).await.expect("an answer"),
            Some(id),
            "what was pulled is found"
        );
        let most = took.as_millis() / 100 + 3;
        assert!(
            u128::try_from(reports.len()).expect("few") <= most,
            "{} reports in {took:?}",
            reports.len()
        );
        let last = reports.last().expect("at least the first and the last report");
        if !was_there {
            assert!(!last.layers.is_empty(), "a real pull names layers");
            assert!(
                last.layers.iter().all(|layer| layer.phase == LayerPhase::Done),
                "{last:?}"
            );
            if corner.engine.facts().kind == EngineKind::Docker {
                assert!(
                    last.downloaded > 1_000_000 && last.total == Some(last.downloaded),
                    "{last:?}"
                );
            }
        }
        eprintln!("pulled in {took:?}, present before: {was_there}, last report: {last:?}");
    });
}

#[test]
fn a_silent_registry_and_an_unknown_image_are_told_apart() {
    with_engine("no-image", |corner| async move {
        let unknown = ImageReference {
            digest: format!("sha256:{}", "00".repeat(32)).parse().expect("a digest"),
            ..corner.image.clone()
        };
        let error = corner
            .engine
            .pull(&unknown, &mut |_| {})
            .await
            .expect_err("no such digest");
        assert!(matches!(error, EngineError::ImageMissing { .. }), "{error}");
        let nowhere = ImageReference {
            repository: format!("127.0.0.1:{}/a/b", free_port()),
            ..unknown
        };
        let error = corner
            .engine
            .pull(&nowhere, &mut |_| {})
            .await
            .expect_err("nobody there");
        assert!(matches!(error, EngineError::RegistryUnreachable { .. }), "{error}");
        assert_eq!(corner.engine.find_image(&nowhere).await.expect("an answer"), None);
    });
}

#[test]
fn making_a_container_never_asks_a_registry() {
    with_engine("no-pull", |corner| async move {
        let registry = TcpListener::bind((LOOPBACK, 0)).expect("a port");
        registry.set_nonblocking(true).expect("a listener");
        let address = registry.local_addr().expect("an address");
        let labels = BTreeMap::from([(label::INSTANCE.to_owned(), corner.instance.clone())]);
        corner
            .engine
            .ensure_network(&corner.instance, &labels)
            .await
            .expect("a network");
        let mut plan = corner.node_plan();
        plan.image.repository = format!("{address}/a/b");
        let by_id = ImageId::new(format!("sha256:{}", "12".repeat(32)));
        // Podman knows an image by its digest under any name, so the name needs a digest that nobody has.
        plan.image.digest = format!("sha256:{}", "34".repeat(32)).parse().expect("a digest");
        let by_name = ImageId::new(plan.image.pinned());
        for absent in [by_id, by_name] {
            let error = corner
                .engine
                .create(&plan, &absent)
                .await
                .expect_err("the image is not there");
            assert!(matches!(error, EngineError::NoSuchImage { .. }), "{absent}: {error}");
        }
        assert!(registry.accept().is_err(), "nobody knocked at the registry");
    });
}

#[test]
fn a_node_lives_and_ends_in_order() {
    with_engine("life", |corner| async move {
        let mut plan = corner.node_plan();
        let port = plan.ports[0].host;
        plan.args
            .extend(["-rpcbind=0.0.0.0".to_owned(), "-rpcallowip=0.0.0.0/0".to_owned()]);
        let container = corner.create(&plan).await;
        assert_eq!(corner.observe().await.state, ObservedState::Created);
        for _ in 0..2 {
            corner
                .engine
                .start(&container)
                .await
                .expect("starting twice is starting once");
        }
        let running = corner
            .wait_for("runs", |state| matches!(state, ObservedState::Running { .. }))
            .await;
        assert_eq!(
            (running.spec.as_deref(), running.container.as_deref()),
            (Some("spec-1"), Some(container.as_str()))
        );
        let pid = running.pid.expect("this machine's process id");
        check_hardening(pid);
        wait_for_port(port).await;

        let stats = corner.engine.stats(&container).await.expect("stats");
        eprintln!("stats: {stats:?}");
        assert!(stats.memory_bytes.is_some_and(|bytes| bytes > 1_000_000), "{stats:?}");
        assert!(
            stats.cpu_percent.is_some_and(|percent| (0.0..800.0).contains(&percent)),
            "{stats:?}"
        );

        corner
            .engine
            .remove_network_if_unused(&corner.instance)
            .await
            .expect("left alone");
        let refused = corner.engine.remove(&container).await;
        assert!(
            matches!(refused, Err(EngineError::Refused { .. })),
            "a running node is not removed: {refused:?}"
        );

        corner.engine.stop(&container, GRACE).await.expect("stopped");
        let ended = corner
            .wait_for("ended", |state| matches!(state, ObservedState::Exited { .. }))
            .await;
        assert!(
            matches!(
                ended.state,
                ObservedState::Exited {
                    code: 0,
                    oom_killed: false,
                    ..
                }
            ),
            "a clean end: {ended:?}"
        );
        corner
            .engine
            .stop(&container, GRACE)
            .await
            .expect("stopping twice is stopping once");
        corner
            .engine
            .kill(&container, "SIGKILL")
            .await
            .expect("killing what does not run is nothing");
        corner
            .engine
            .remove_network_if_unused(&corner.instance)
            .await
            .expect("kept for the stopped container");
        corner
            .engine
            .start(&container)
            .await
            .expect("it starts again on its network");
        corner.engine.stop(&container, GRACE).await.expect("stopped");
        for _ in 0..2 {
            corner
                .engine
                .remove(&container)
                .await
                .expect("removing twice is removing once");
        }
        assert!(
            corner
                .engine
                .observe(&corner.instance)
                .await
                .expect("an answer")
                .is_empty()
        );
    });
}

/// What the kernel says about the process.
fn check_hardening(pid: u32) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("the process is one of this machine");
    let field = |name: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .map(str::trim)
            .unwrap_or_default()
            .to_owned()
    };
    for set in ["CapEff:", "CapPrm:", "CapBnd:"] {
        assert_eq!(field(set).trim_start_matches('0'), "", "no capabilities in {set}");
    }
    assert_eq!(field("NoNewPrivs:"), "1");
    assert!(field("Uid:").starts_with(&node_user().to_string()), "{}", field("Uid:"));
    let mounts = std::fs::read_to_string(format!("/proc/{pid}/mounts")).expect("its mounts");
    let root = mounts
        .lines()
        .find(|line| line.split(' ').nth(1) == Some("/"))
        .expect("a root");
    assert!(
        root.split(' ')
            .nth(3)
            .is_some_and(|options| options.split(',').any(|option| option == "ro")),
        "{root}"
    );
}

async fn wait_for_port(port: u16) {
    let start = Instant::now();
    while tokio::net::TcpStream::connect((LOOPBACK, port)).await.is_err() {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "port {port} is published on this machine"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[test]
fn a_taken_port_is_named() {
    with_engine("port", |corner| async move {
        let taken = TcpListener::bind((LOOPBACK, 0)).expect("a port");
        let mut plan = corner.node_plan();
        plan.ports[0].host = taken.local_addr().expect("an address").port();
        let container = corner.create(&plan).await;
        let error = corner.engine.start(&container).await.expect_err("taken");
        assert!(
            matches!(error, EngineError::PortTaken { port, .. } if port == plan.ports[0].host),
            "{error}"
        );
        let seen = corner.observe().await;
        eprintln!("after a start that failed: {seen:?}");
        assert!(!matches!(seen.state, ObservedState::Running { .. }), "{seen:?}");
        drop(taken);
        corner
            .engine
            .start(&container)
            .await
            .expect("the same container starts once the port is free");
    });
}

#[test]
fn a_program_that_ends_by_itself_tells_its_code_and_last_words() {
    with_engine("exit", |corner| async move {
        let container = corner
            .create(&corner.plan("bitcoind", &["-regtest", "-no-such-option"]))
            .await;
        corner
            .engine
            .start(&container)
            .await
            .expect("it starts, if only to end");
        let ended = corner
            .wait_for("ended", |state| matches!(state, ObservedState::Exited { .. }))
            .await;
        assert!(
            matches!(ended.state, ObservedState::Exited { code: 1, .. }),
            "{ended:?}"
        );
        // Podman may say that it ended before the last of its log is written.
        let start = Instant::now();
        let page = loop {
            let page = corner
                .engine
                .logs(&container, &query(None, Duration::ZERO))
                .await
                .expect("a log");
            let is_there = page.lines.iter().any(|line| line.text.contains("no-such-option"));
            if is_there || start.elapsed() > Duration::from_secs(5) {
                break page;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        let words = page.lines.last().expect("last words");
        assert!(
            words.text.contains("no-such-option") && words.stream == LogStream::Err,
            "{page:?}"
        );
    });
}

#[test]
fn log_pages_join_without_gap_or_repetition_while_the_node_writes() {
    with_engine("log", |corner| async move {
        let container = corner.create(&corner.node_plan()).await;
        corner.engine.start(&container).await.expect("started");
        let mut pages: Vec<LogPage> = Vec::new();
        let mut cursor = None;
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(4) {
            let page = corner
                .engine
                .logs(&container, &query(cursor.clone(), Duration::from_millis(700)))
                .await
                .expect("a page");
            cursor.clone_from(&page.cursor);
            pages.push(page);
        }
        // A reader that waits sees the last words of a node that is being stopped.
        let waiting = query(cursor.clone(), Duration::from_secs(20));
        let reading = corner.engine.logs(&container, &waiting);
        let stopping = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            corner.engine.stop(&container, GRACE).await.expect("stopped");
        };
        let start = Instant::now();
        let (page, ()) = tokio::join!(reading, stopping);
        let page = page.expect("a page");
        assert!(
            !page.lines.is_empty() && start.elapsed() < Duration::from_secs(15),
            "the wait ended with a line: {page:?}"
        );
        cursor.clone_from(&page.cursor);
        pages.push(page);
        loop {
            let page = corner
                .engine
                .logs(&container, &query(cursor.clone(), Duration::ZERO))
                .await
                .expect("a page");
            cursor.clone_from(&page.cursor);
            if page.lines.is_empty() {
                break;
            }
            pages.push(page);
        }
        let filled = pages.iter().filter(|page| !page.lines.is_empty()).count();
        let joined: Vec<_> = pages.into_iter().flat_map(|page| page.lines).collect();
        let whole = corner
            .engine
            .logs(&container, &query(None, Duration::ZERO))
            .await
            .expect("the whole log")
            .lines;
        eprintln!("{} lines in {filled} pages", joined.len());
        assert!(filled >= 2 && joined.len() > 20, "{filled} pages");
        assert_eq!(joined, whole, "the pages together are the log");
        assert!(
            whole.iter().any(|line| line.text.contains("Shutdown")),
            "the last words are there"
        );

        let tail = corner
            .engine
            .logs(
                &container,
                &LogQuery {
                    after: None,
                    tail: 3,
                    wait: Duration::ZERO,
                },
            )
            .await
            .expect("a tail");
        assert_eq!(tail.lines, whole[whole.len() - 3..]);
        let quiet = Instant::now();
        let nothing = corner
            .engine
            .logs(&container, &query(cursor.clone(), Duration::from_millis(1200)))
            .await
            .expect("a page");
        assert!(nothing.lines.is_empty() && nothing.cursor == cursor, "{nothing:?}");
        assert!(
            quiet.elapsed() >= Duration::from_millis(1200),
            "an empty page takes its time: {:?}",
            quiet.elapsed()
        );
    });
}

#[test]
fn a_named_volume_outlives_its_container_and_can_be_measured_and_erased() {
    with_engine("volume", |corner| async move {
        let volume = format!("{}-data", corner.instance);
        corner.volumes.lock().expect("no panic while held").push(volume.clone());
        let mut plan = corner.plan(
            "bitcoind",
            &["-regtest", "-datadir=/data", "-listen=0", "-dbcache=4", "-daemon=0"],
        );
        // A new volume belongs to root.
        plan.user = "0:0".to_owned();
        plan.mounts = vec![MountPlan {
            source: MountSource::Volume(volume.clone()),
            target: "/data".to_owned(),
        }];
        let container = corner.create(&plan).await;
        corner.engine.start(&container).await.expect("started");
        let start = Instant::now();
        while corner
            .engine
            .logs(&container, &query(None, Duration::ZERO))
            .await
            .expect("a log")
            .lines
            .iter()
            .all(|line| !line.text.contains("Done loading"))
        {
            assert!(start.elapsed() < Duration::from_secs(30), "the node loads");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        corner.engine.stop(&container, GRACE).await.expect("stopped");
        let held = corner.engine.remove_volume(&volume).await;
        assert!(
            matches!(held, Err(EngineError::Refused { .. })),
            "a volume in use is not erased: {held:?}"
        );
        corner.engine.remove(&container).await.expect("removed");
        let size = corner
            .engine
            .disk_usage_of_volume(&volume)
            .await
            .expect("an answer")
            .expect("the volume is still there");
        assert!(size.bytes() > 100_000, "chain data: {size}");
        for _ in 0..2 {
            corner
                .engine
                .remove_volume(&volume)
                .await
                .expect("erasing twice is erasing once");
        }
        assert_eq!(
            corner.engine.disk_usage_of_volume(&volume).await.expect("an answer"),
            None
        );
    });
}

#[test]
fn what_happens_to_a_container_wakes_the_listener() {
    with_engine("events", |corner| async move {
        let (tracker, token) = (TaskTracker::new(), CancellationToken::new());
        let link = EngineLink::start(
            Environment::default(),
            Some(corner.engine.address().to_owned()),
            &tracker,
            token.clone(),
        );
        let mut events = link.events();
        let mut state = link.state();
        let up = tokio::time::timeout(
            Duration::from_secs(10),
            state.wait_for(|state| matches!(state, EngineState::Connected(_))),
        )
        .await;
        assert!(up.is_ok_and(|up| up.is_ok()), "connected");
        let container = corner
            .create(&corner.plan("bitcoind", &["-regtest", "-no-such-option"]))
            .await;
        corner.engine.start(&container).await.expect("started");
        // Podman reports an end through a helper of its own, which gives up where the machine has no system log.
        let expected = match corner.engine.facts().kind {
            EngineKind::Docker => "die",
            EngineKind::Podman => "start",
        };
        let seen = async {
            loop {
                let event = events.recv().await.expect("the link lives");
                if event.node == Some(node()) && event.action == expected {
                    return event;
                }
            }
        };
        let event = tokio::time::timeout(Duration::from_secs(10), seen)
            .await
            .expect("what happened is an event");
        assert_eq!(
            event.service.map(|service| service.to_string()).as_deref(),
            Some("bitcoind")
        );
        token.cancel();
        tracker.close();
        tracker.wait().await;
    });
}
