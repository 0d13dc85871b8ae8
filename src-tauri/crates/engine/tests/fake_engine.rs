//! The engine crate against sockets that behave badly: old, slow, talking garbage, cut off, gone and back again.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test that cannot go on ends")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use freehold_engine::{Engine, EngineError, EngineLink, EngineState, Environment, ImageRemoval, LogQuery, ResolvedBy};
use freehold_model::{ImageReference, NodeId, ObservedState};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const VERSION: &str =
    r#"{"Version":"20.10.24","ApiVersion":"1.41","Os":"linux","Arch":"amd64","Components":[{"Name":"Engine"}]}"#;
const INFO: &str = r#"{"NCPU":2,"MemTotal":1000,"SystemTime":"2026-11-22T08:00:00Z","Name":"x","KernelVersion":"y"}"#;

/// What the fake answers to a request line such as `GET /v1.41/info`; `None` hangs.
type Answer = dyn Fn(&str) -> Option<String> + Send + Sync;

/// A fake engine on a socket; gone when dropped.
struct FakeEngine {
    socket: PathBuf,
    /// Connections that the other side closed.
    hung_up: Arc<AtomicU32>,
    _tasks: JoinSet<()>,
}

impl FakeEngine {
    fn start(socket: &Path, answer: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        let _ = std::fs::remove_file(socket);
        let listener = UnixListener::bind(socket).expect("a socket");
        let answer: Arc<Answer> = Arc::new(answer);
        let hung_up = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&hung_up);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&answer), Arc::clone(&counter)));
            }
        });
        Self {
            socket: socket.to_owned(),
            hung_up,
            _tasks: tasks,
        }
    }

    fn address(&self) -> String {
        format!("unix://{}", self.socket.display())
    }

    async fn connect(&self) -> Result<Engine, EngineError> {
        Engine::discover(&Environment::default(), Some(&self.address())).await
    }
}

impl Drop for FakeEngine {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.socket);
    }
}

async fn serve(mut stream: UnixStream, answer: Arc<Answer>, hung_up: Arc<AtomicU32>) {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    while let Ok(count) = stream.read(&mut part).await {
        request.extend_from_slice(&part[..count]);
        if count == 0 {
            hung_up.fetch_add(1, Ordering::SeqCst);
            return;
        }
        if request.windows(4).any(|end| end == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&request).into_owned();
            let line: Vec<&str> = text.split_whitespace().take(2).collect();
            match answer(&line.join(" ")) {
                Some(reply) => {
                    let _ = stream.write_all(reply.as_bytes()).await;
                    if reply.contains("Connection: close") {
                        return;
                    }
                }
                None => std::future::pending().await,
            }
            request.clear();
        }
    }
}

fn reply(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// A reply whose end never comes.
fn opened(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n",
        body.len()
    )
}

/// A reply that is shorter than it says.
fn cut_off(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n{body}")
}

/// What a healthy engine answers, so that a test only says what is wrong.
#[expect(clippy::unnecessary_wraps, reason = "the form of every answer")]
fn healthy(line: &str) -> Option<String> {
    Some(match line {
        line if line.ends_with("/version") => reply("200 OK", VERSION),
        line if line.ends_with("/info") => reply("200 OK", INFO),
        line if line.ends_with("/_ping") => reply("200 OK", "OK"),
        line if line.contains("/events") => opened("\n"),
        _ => reply("404 Not Found", r#"{"message":"page not found"}"#),
    })
}

fn image() -> ImageReference {
    ImageReference {
        repository: "127.0.0.1:5000/bitcoin/bitcoin".to_owned(),
        tag: "31.0".to_owned(),
        digest: format!("sha256:{}", "ab".repeat(32)).parse().expect("a digest"),
        platforms: vec!["linux/amd64".to_owned()],
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[tokio::test]
async fn an_old_engine_is_refused_with_its_version() {
    let folder = folder();
    let fake = FakeEngine::start(&folder.path().join("s"), |line| match line {
        line if line.ends_with("/version") => Some(reply("200 OK", r#"{"Version":"18.09.1","ApiVersion":"1.39"}"#)),
        line => healthy(line),
    });
    let error = fake.connect().await.expect_err("too old");
    assert!(
        matches!(error, EngineError::TooOld { ref version, .. } if version == "18.09.1"),
        "{error}"
    );
}

#[tokio::test]
async fn garbage_a_web_page_and_a_cut_off_reply_are_no_engine() {
    let folder = folder();
    let socket = folder.path().join("s");
    for (name, text) in [
        ("garbage", "\u{0}\u{1}\u{2} not HTTP at all\r\n\r\n".to_owned()),
        ("a web page", reply("200 OK", "<html>hello</html>")),
        ("a cut-off reply", cut_off(&VERSION[..40])),
        ("a refusal", reply("502 Bad Gateway", "<html>proxy</html>")),
    ] {
        let fake = FakeEngine::start(&socket, move |_| Some(text.clone()));
        let error = fake.connect().await.expect_err(name);
        let is_told = matches!(
            error,
            EngineError::Unreadable { .. } | EngineError::Unreachable { .. } | EngineError::Refused { .. }
        );
        assert!(is_told && !error.to_fault().message().is_empty(), "{name}: {error}");
    }
}

#[tokio::test]
async fn an_absent_socket_and_one_without_a_listener_are_two_things() {
    let folder = folder();
    let absent = format!("unix://{}", folder.path().join("none").display());
    let error = Engine::discover(&Environment::default(), Some(&absent))
        .await
        .expect_err("absent");
    assert!(
        matches!(error, EngineError::Unreachable { ref address, ref reason } if *address == absent && reason.contains("no socket")),
        "{error}"
    );
    let dead = folder.path().join("dead");
    drop(UnixListener::bind(&dead).expect("a socket"));
    let address = format!("unix://{}", dead.display());
    let error = Engine::discover(&Environment::default(), Some(&address))
        .await
        .expect_err("dead");
    assert!(matches!(error, EngineError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn ssh_is_said_to_be_missing_rather_than_unreachable() {
    let error = Engine::discover(&Environment::default(), Some("ssh://me@host"))
        .await
        .expect_err("not built");
    assert!(matches!(error, EngineError::NotSupported { .. }), "{error}");
}

#[tokio::test]
async fn a_new_word_in_a_reply_does_not_lose_a_container() {
    let folder = folder();
    let fake = FakeEngine::start(&folder.path().join("s"), |line| match line {
        line if line.contains("/containers/json") => {
            Some(reply("200 OK", r#"[{"Id":"c1","State":"dozing"},{"Id":"gone"}]"#))
        }
        line if line.contains("/containers/c1/json") => Some(reply(
            "200 OK",
            r#"{"Id":"c1","State":{"Status":"dozing","Running":true,"StartedAt":"2026-11-22T08:00:00Z","Health":7},
                "Config":{"Entrypoint":"/bin/x","Labels":{"freehold.node":"a","freehold.service":"b"}}}"#,
        )),
        line if line.contains("/containers/gone/json") => {
            Some(reply("404 Not Found", r#"{"message":"No such container: gone"}"#))
        }
        line => healthy(line),
    });
    let engine = fake.connect().await.expect("an engine");
    let found = engine.observe("i").await.expect("an answer");
    let node = NodeId::try_new("a").expect("an id");
    assert_eq!(found.len(), 1, "the one that vanished in between is left out");
    assert!(
        found[0].0 == node && matches!(found[0].1.state, ObservedState::Running { .. }),
        "{found:?}"
    );
    let again = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let seen = engine.observe_again(&again(&["c1"])).await.expect("an answer");
    assert_eq!(seen, Some(vec![found[0].1.clone()]), "the same, without a list");
    let seen = engine.observe_again(&again(&["c1", "gone"])).await.expect("an answer");
    assert_eq!(seen, None, "all must be found anew");
}

#[tokio::test]
async fn the_log_of_a_container_that_is_being_removed_is_at_its_end() {
    // Docker 20.10: the words of its refusal while a container is removed.
    const REFUSED: &str = r#"{"message":"can not get logs from container which is dead or marked for removal"}"#;
    let folder = folder();
    for (status, is_over) in [("removing", true), ("dead", true), ("running", false)] {
        let fake = FakeEngine::start(&folder.path().join("s"), move |line| match line {
            line if line.contains("/containers/c1/logs") => Some(reply("409 Conflict", REFUSED)),
            line if line.contains("/containers/c1/json") => {
                let seen = format!(r#"{{"Id":"c1","State":{{"Status":"{status}"}}}}"#);
                Some(reply("200 OK", &seen))
            }
            line => healthy(line),
        });
        let engine = fake.connect().await.expect("an engine");
        let query = LogQuery {
            after: Some("2026-11-22T08:00:00Z".to_owned()),
            tail: 10,
            wait: Duration::ZERO,
        };
        match engine.logs("c1", &query).await {
            Ok(page) => assert!(
                is_over && page.lines.is_empty() && page.cursor == query.after,
                "{status}: {page:?}"
            ),
            Err(error) => assert!(!is_over && error.to_string().contains("marked for removal"), "{error}"),
        }
    }
}

#[tokio::test]
async fn a_pull_fails_by_the_stream_s_error_line_and_by_a_cut() {
    let folder = folder();
    let socket = folder.path().join("s");
    let waiting = "{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"a\"}\r\n";
    let refused =
        "{\"errorDetail\":{\"message\":\"dial tcp 127.0.0.1:5000: connect: connection refused\"},\"error\":\"x\"}\r\n";
    let body = format!("{waiting}{refused}");
    let fake = FakeEngine::start(&socket, move |line| match line {
        line if line.starts_with("POST") => Some(reply("200 OK", &body)),
        line => healthy(line),
    });
    let engine = fake.connect().await.expect("an engine");
    let error = engine.pull(&image(), &mut |_| {}).await.expect_err("refused");
    assert!(
        matches!(error, EngineError::RegistryUnreachable { ref registry, .. } if registry == "127.0.0.1:5000"),
        "{error}"
    );

    let fake = FakeEngine::start(&socket, move |line| match line {
        line if line.starts_with("POST") => Some(cut_off(waiting)),
        line => healthy(line),
    });
    let engine = fake.connect().await.expect("an engine");
    let error = engine.pull(&image(), &mut |_| {}).await.expect_err("cut");
    assert!(matches!(error, EngineError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn a_pull_that_says_it_went_well_is_not_believed() {
    let folder = folder();
    let fake = FakeEngine::start(&folder.path().join("s"), |line| match line {
        line if line.starts_with("POST") => {
            Some(reply("200 OK", "{\"status\":\"Status: Downloaded newer image\"}\r\n"))
        }
        line if line.contains("/images/json") => Some(reply("200 OK", "[]")),
        line if line.contains("/images/") => Some(reply(
            "200 OK",
            r#"{"Id":"sha256:1","Os":"linux","Architecture":"amd64","RepoDigests":["127.0.0.1:5000/bitcoin/bitcoin@sha256:00"]}"#,
        )),
        line => healthy(line),
    });
    let engine = fake.connect().await.expect("an engine");
    let error = engine.pull(&image(), &mut |_| {}).await.expect_err("another digest");
    assert!(matches!(error, EngineError::DigestMismatch { .. }), "{error}");
}

#[tokio::test]
async fn dropping_the_future_ends_the_pull() {
    let folder = folder();
    let socket = folder.path().join("s");
    let fake = FakeEngine::start(&socket, |line| match line {
        line if line.starts_with("POST") => Some(opened("{\"status\":\"Waiting\",\"id\":\"a\"}\r\n")),
        line => healthy(line),
    });
    let engine = fake.connect().await.expect("an engine");
    let before = fake.hung_up.load(Ordering::SeqCst);
    let image = image();
    let mut reports = 0;
    let mut count = |_| reports += 1;
    let pull = engine.pull(&image, &mut count);
    let ended = tokio::time::timeout(Duration::from_millis(500), pull).await;
    assert!(
        ended.is_err() && reports >= 2,
        "the pull goes on, with {reports} reports"
    );
    let start = Instant::now();
    while fake.hung_up.load(Ordering::SeqCst) == before {
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "the engine sees the connection close, which ends its pull"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

struct Linked {
    link: EngineLink,
    tracker: TaskTracker,
    token: CancellationToken,
}

impl Linked {
    fn start(environment: Environment, explicit: Option<String>) -> Self {
        let (tracker, token) = (TaskTracker::new(), CancellationToken::new());
        let link = EngineLink::start(environment, explicit, &tracker, token.clone());
        tracker.close();
        Self { link, tracker, token }
    }

    /// Waits for a state and returns how long that took.
    async fn wait(&self, what: &str, is_it: impl Fn(&EngineState) -> bool) -> Duration {
        let start = Instant::now();
        let mut state = self.link.state();
        let reached = tokio::time::timeout(Duration::from_secs(20), state.wait_for(|state| is_it(state))).await;
        assert!(reached.is_ok_and(|reached| reached.is_ok()), "{what} within 20 s");
        start.elapsed()
    }

    async fn end(self) {
        self.token.cancel();
        let ended = tokio::time::timeout(Duration::from_secs(2), self.tracker.wait()).await;
        assert!(ended.is_ok(), "the link's task ends with its token");
    }
}

fn is_up(state: &EngineState) -> bool {
    matches!(state, EngineState::Connected(_))
}

fn is_down(state: &EngineState) -> bool {
    matches!(state, EngineState::Down { .. })
}

#[tokio::test]
async fn an_engine_that_goes_away_is_noticed_and_found_again() {
    let folder = folder();
    let socket = folder.path().join("s");
    let fake = FakeEngine::start(&socket, healthy);
    let linked = Linked::start(Environment::default(), Some(fake.address()));
    linked.wait("connected", is_up).await;
    drop(fake);
    let noticed = linked.wait("down", is_down).await;
    assert!(noticed < Duration::from_secs(3), "noticed after {noticed:?}");
    let _fake = FakeEngine::start(&socket, healthy);
    let found = linked.wait("connected again", is_up).await;
    assert!(found < Duration::from_secs(3), "found after {found:?}");
    linked.end().await;
}

#[tokio::test]
async fn an_engine_that_hangs_is_noticed_too() {
    let folder = folder();
    let hangs = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&hangs);
    let fake = FakeEngine::start(&folder.path().join("s"), move |line| {
        if switch.load(Ordering::SeqCst) {
            None
        } else {
            healthy(line)
        }
    });
    let linked = Linked::start(Environment::default(), Some(fake.address()));
    linked.wait("connected", is_up).await;
    hangs.store(true, Ordering::SeqCst);
    let noticed = linked.wait("down", is_down).await;
    assert!(noticed < Duration::from_secs(5), "noticed after {noticed:?}");
    linked.end().await;
}

#[tokio::test]
async fn an_engine_that_works_is_seldom_asked() {
    let folder = folder();
    let pings = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&pings);
    let fake = FakeEngine::start(&folder.path().join("s"), move |line| {
        if line.ends_with("/_ping") {
            counter.fetch_add(1, Ordering::SeqCst);
        }
        healthy(line)
    });
    let linked = Linked::start(Environment::default(), Some(fake.address()));
    linked.wait("connected", is_up).await;
    // The greeting has one of its own.
    pings.store(0, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(6500)).await;
    let asked = pings.load(Ordering::SeqCst);
    assert!((2..=3).contains(&asked), "asked {asked} times in 6.5 s");
    linked.link.check_now();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(
        pings.load(Ordering::SeqCst),
        asked + 1,
        "and at once where somebody wishes it"
    );
    assert!(is_up(&linked.link.state().borrow()));
    linked.end().await;
}

#[tokio::test]
async fn the_link_never_goes_over_to_another_engine() {
    let folder = folder();
    let (first, second) = (folder.path().join("first"), folder.path().join("docker.sock"));
    let fake = FakeEngine::start(&first, healthy);
    let _other = FakeEngine::start(&second, healthy);
    let environment = Environment {
        docker_host: Some(fake.address()),
        xdg_runtime_dir: Some(folder.path().to_owned()),
        ..Environment::default()
    };
    let linked = Linked::start(environment, None);
    linked.wait("connected", is_up).await;
    drop(fake);
    linked.wait("down", is_down).await;
    linked.link.check_now();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(
        is_down(&linked.link.state().borrow()),
        "the other engine knows none of our containers"
    );
    linked.end().await;
}

#[tokio::test]
async fn a_tag_is_asked_for_and_its_errors_are_those_of_a_pull() {
    let folder = folder();
    let digest = format!("sha256:{}", "cd".repeat(32));
    let known = format!(
        r#"{{"Descriptor":{{"digest":"{digest}"}},"Platforms":[{{"architecture":"arm64","os":"linux","variant":"v8"}},{{"architecture":"unknown","os":"unknown"}}]}}"#
    );
    let fake = FakeEngine::start(&folder.path().join("s"), move |line| match line {
        line if line.contains("/distribution/127.0.0.1%3A5000/bitcoin/bitcoin%3A31.0/json") => {
            Some(reply("200 OK", &known))
        }
        line if line.contains("%3Aempty/json") => Some(reply("200 OK", r#"{"Descriptor":{}}"#)),
        line if line.contains("%3Aunknown/json") => Some(reply(
            "404 Not Found",
            r#"{"message":"manifest unknown: manifest unknown"}"#,
        )),
        line if line.contains("/distribution/") => Some(reply(
            "500 Internal Server Error",
            r#"{"message":"Get \"http://127.0.0.1:5000/v2/\": dial tcp 127.0.0.1:5000: connect: connection refused"}"#,
        )),
        line => healthy(line),
    });
    let engine = fake.connect().await.expect("an engine");
    let repository = "127.0.0.1:5000/bitcoin/bitcoin";
    let found = engine.resolve_tag(repository, "31.0").await.expect("a digest");
    assert_eq!(
        (found.digest.as_str(), found.how),
        (digest.as_str(), ResolvedBy::Asking)
    );
    assert_eq!(found.platforms, ["linux/arm64"]);
    let error = engine.resolve_tag(repository, "unknown").await.expect_err("unknown");
    assert!(
        matches!(error, EngineError::ImageMissing { ref image, .. } if image.ends_with(":unknown")),
        "{error}"
    );
    let error = engine.resolve_tag(repository, "silent").await.expect_err("silent");
    assert!(
        matches!(error, EngineError::RegistryUnreachable { ref registry, .. } if registry == "127.0.0.1:5000"),
        "{error}"
    );
    let error = engine.resolve_tag(repository, "empty").await.expect_err("no digest");
    assert!(matches!(error, EngineError::Refused { .. }), "{error}");
}

#[tokio::test]
async fn an_image_in_use_and_an_absent_one_are_answers() {
    let folder = folder();
    let fake = FakeEngine::start(&folder.path().join("s"), |line| match line {
        line if line.starts_with("DELETE") && line.contains("/used@") => Some(reply(
            "409 Conflict",
            r#"{"message":"conflict: unable to remove repository reference \"a\" (must force) - container 1 is using its referenced image 2"}"#,
        )),
        line if line.starts_with("DELETE") && line.contains("/absent@") => Some(reply(
            "404 Not Found",
            r#"{"message":"No such image: a/absent@sha256:00"}"#,
        )),
        line if line.starts_with("DELETE") && line.contains("/odd@") => Some(reply(
            "500 Internal Server Error",
            r#"{"message":"the disk is on fire"}"#,
        )),
        line if line.starts_with("DELETE") && line.contains("force=false") => Some(reply("200 OK", "[]")),
        line => healthy(line),
    });
    let engine = fake.connect().await.expect("an engine");
    let of = |name: &str| ImageReference {
        repository: format!("127.0.0.1:5000/{name}"),
        ..image()
    };
    for (name, expected) in [
        ("held", ImageRemoval::Removed),
        ("used", ImageRemoval::InUse),
        ("absent", ImageRemoval::Absent),
    ] {
        assert_eq!(engine.remove_image(&of(name)).await.expect(name), expected, "{name}");
    }
    let error = engine.remove_image(&of("odd")).await.expect_err("another refusal");
    assert!(matches!(error, EngineError::Refused { .. }), "{error}");
}

#[tokio::test]
async fn podman_is_asked_to_remove_only_what_has_this_very_name() {
    const PODMAN: &str = r#"{"ApiVersion":"1.41","Os":"linux","Arch":"amd64","Components":[{"Name":"Podman Engine","Version":"4.3.1"}]}"#;
    let folder = folder();
    let removals = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&removals);
    let names = format!(r#"[{{"Names":["localhost/mine:1","{}"]}}]"#, image().pinned());
    let fake = FakeEngine::start(&folder.path().join("s"), move |line| match line {
        line if line.ends_with("/version") => Some(reply("200 OK", PODMAN)),
        line if line.ends_with("/libpod/images/json") => Some(reply("200 OK", &names)),
        line if line.starts_with("DELETE") => {
            counter.fetch_add(1, Ordering::SeqCst);
            Some(reply("200 OK", "[]"))
        }
        line => healthy(line),
    });
    let engine = fake.connect().await.expect("an engine");
    let elsewhere = ImageReference {
        repository: "127.0.0.1:5001/bitcoin/bitcoin".to_owned(),
        ..image()
    };
    let removed = engine.remove_image(&elsewhere).await.expect("an answer");
    assert_eq!((removed, removals.load(Ordering::SeqCst)), (ImageRemoval::Absent, 0));
    let removed = engine.remove_image(&image()).await.expect("an answer");
    assert_eq!((removed, removals.load(Ordering::SeqCst)), (ImageRemoval::Removed, 1));
}
