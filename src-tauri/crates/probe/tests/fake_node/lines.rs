//! Electrum servers and tor: line by line. What electrs 0.10.10 says is captured; the rest is written by hand.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use freehold_model::spec::ProbeKind;
use freehold_model::{Credential, Endpoint, ProbeFailure, Protocol, Secret, Stage};
use freehold_probe::{Probe, Target, identify};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio::task::JoinSet;

use crate::answers::{NOW, identity};

/// A server that answers lines by `script` and sends what comes on the channel by itself.
struct LineServer {
    port: u16,
    news: broadcast::Sender<String>,
    connections: Arc<AtomicU64>,
    _tasks: JoinSet<()>,
}

impl LineServer {
    async fn start(script: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (news, _) = broadcast::channel::<String>(8);
        let (script, sender, connections) = (Arc::new(script), news.clone(), Arc::new(AtomicU64::new(0)));
        let count = Arc::clone(&connections);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                count.fetch_add(1, Ordering::SeqCst);
                let (script, mut news) = (Arc::clone(&script), sender.subscribe());
                open.spawn(async move {
                    let (reader, mut writer) = stream.into_split();
                    let mut lines = BufReader::new(reader).lines();
                    loop {
                        let text = tokio::select! {
                            line = lines.next_line() => match line {
                                Ok(Some(line)) => script(&line),
                                _ => return,
                            },
                            news = news.recv() => news.unwrap(),
                        };
                        if writer.write_all(text.as_bytes()).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Self {
            port,
            news,
            connections,
            _tasks: tasks,
        }
    }

    fn target(&self, kind: ProbeKind) -> Target {
        Target::new(kind, "127.0.0.1", self.port)
    }
}

/// A header that a regtest chain might have, told apart by its nonce.
fn header(height: u64) -> Value {
    json!({"height": height, "hex": format!("{}{:02x}", "00".repeat(79), height % 256)})
}

/// What an electrs at `height` answers.
fn electrs(height: &Arc<AtomicU64>) -> impl Fn(&str) -> String + Send + Sync + 'static {
    let height = Arc::clone(height);
    move |line| {
        let call: Value = serde_json::from_str(line).unwrap();
        let result = match call["method"].as_str().unwrap() {
            "server.version" => json!({"result": ["electrs/0.10.10", "1.4"]}),
            "server.features" => json!({"result": {"genesis_hash": "0f9188f1"}}),
            "blockchain.headers.subscribe" => json!({"result": header(height.load(Ordering::SeqCst))}),
            _ => json!({"error": {"code": -32601, "message": "unknown method"}}),
        };
        let mut answer = result;
        answer["id"] = call["id"].clone();
        answer["jsonrpc"] = json!("2.0");
        format!("{answer}\n")
    }
}

#[tokio::test]
async fn an_electrum_server_is_as_far_as_its_node() {
    let height = Arc::new(AtomicU64::new(3000));
    let server = LineServer::start(electrs(&height)).await;
    let upstream = Arc::new(AtomicU64::new(6000));
    let mut target = server.target(ProbeKind::Electrum);
    target.upstream_height = Some(Arc::clone(&upstream));
    target.identity = vec![identity(
        "server.features",
        json!([]),
        Some("/genesis_hash"),
        json!("0f9188f1"),
    )];
    let probe = Probe::new(target);
    let half = probe.read(NOW).await.unwrap();
    assert_eq!(
        (half.stage, half.percent, half.target),
        (Stage::Indexing, Some(50.0), Some(6000))
    );
    assert_eq!(
        (half.version.as_str(), half.chain.as_str()),
        ("electrs/0.10.10", "0f9188f1")
    );
    height.store(6000, Ordering::SeqCst);
    let done = probe.read(NOW).await.unwrap();
    assert_eq!((done.stage, done.percent), (Stage::Ready, Some(100.0)));
    upstream.store(6001, Ordering::SeqCst);
    assert_eq!(
        probe.read(NOW).await.unwrap().stage,
        Stage::Ready,
        "one block on its way does not take that back"
    );
    assert_eq!(server.connections.load(Ordering::SeqCst), 1, "over one connection");
}

#[tokio::test]
async fn without_a_node_to_compare_with_an_old_tip_is_no_tip() {
    let server = LineServer::start(electrs(&Arc::new(AtomicU64::new(3000)))).await;
    let report = Probe::new(server.target(ProbeKind::Electrum)).read(NOW).await.unwrap();
    assert_eq!((report.stage, report.percent), (Stage::Indexing, None));
    let mut private = server.target(ProbeKind::Electrum);
    private.needs_peers = false;
    assert_eq!(Probe::new(private).read(NOW).await.unwrap().stage, Stage::Ready);
}

#[tokio::test]
async fn an_electrum_server_tells_of_a_block_by_itself() {
    let height = Arc::new(AtomicU64::new(7));
    let server = LineServer::start(electrs(&height)).await;
    let mut target = server.target(ProbeKind::Electrum);
    target.needs_peers = false;
    let probe = Probe::new(target);
    let report = probe.read(NOW).await.unwrap();
    let start = Instant::now();
    probe
        .wait_for_change(&report.tip, Duration::from_millis(300))
        .await
        .unwrap();
    assert!(
        start.elapsed() >= Duration::from_millis(290),
        "no news, so the whole time passes"
    );
    let start = Instant::now();
    let telling = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        height.store(8, Ordering::SeqCst);
        let news =
            json!({"jsonrpc": "2.0", "method": "blockchain.headers.subscribe", "params": [header(8)]}).to_string();
        // In two parts, as a network may deliver it.
        let (first, second) = news.split_at(20);
        server.news.send(first.to_owned()).unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        server.news.send(format!("{second}\n")).unwrap();
    };
    let (waited, ()) = tokio::join!(probe.wait_for_change(&report.tip, Duration::from_secs(20)), telling);
    waited.unwrap();
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    let after = probe.read(NOW).await.unwrap();
    assert_eq!(after.height, 8);
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn electrum_failures_are_told_apart() {
    let server = LineServer::start(electrs(&Arc::new(AtomicU64::new(3000)))).await;
    let endpoint = Endpoint {
        protocol: Protocol::ElectrumTcp,
        host: "127.0.0.1".to_owned(),
        port: server.port,
        credential: None,
    };
    let found = identify(&endpoint, &[]).await.unwrap();
    assert_eq!(
        (found.height, found.chain.as_str(), found.version.as_str()),
        (3000, "0f9188f1", "electrs/0.10.10")
    );
    let check = identity(
        "server.features",
        json!([]),
        Some("/genesis_hash"),
        json!("000000000019d6"),
    );
    let wrong = identify(&endpoint, &[check]).await.unwrap_err();
    assert!(
        matches!(wrong, ProbeFailure::WrongChain { ref found, .. } if found == "0f9188f1"),
        "{wrong}"
    );

    // electrs says this while it builds its first index.
    let busy = LineServer::start(|line| {
        let call: Value = serde_json::from_str(line).unwrap();
        format!(
            "{}\n",
            json!({"id": call["id"], "error": {"code": -32603, "message": "unavailable index"}})
        )
    })
    .await;
    let failure = Probe::new(busy.target(ProbeKind::Electrum))
        .read(NOW)
        .await
        .unwrap_err();
    assert!(
        matches!(failure, ProbeFailure::WarmingUp { ref message } if message == "unavailable index"),
        "{failure}"
    );
}

/// A tor whose phase is `phase` and whose cookie is that of the fixtures.
async fn tor(phase: &'static str) -> LineServer {
    LineServer::start(move |line| match line {
        "PROTOCOLINFO 1" => {
            "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"/x\"\r\n250 OK\r\n".to_owned()
        }
        "AUTHENTICATE 5f5f636f6f6b69655f5f3a38633266396164310a" | "AUTHENTICATE \"hunter2\"" => "250 OK\r\n".to_owned(),
        "GETINFO version" => "250-version=0.4.9.11\r\n250 OK\r\n".to_owned(),
        "GETINFO status/bootstrap-phase" => format!("250-status/bootstrap-phase={phase}\r\n250 OK\r\n"),
        "GETINFO status/circuit-established" => "250-status/circuit-established=1\r\n250 OK\r\n".to_owned(),
        "QUIT" => "250 closing connection\r\n".to_owned(),
        _ => "515 Authentication failed: Wrong length on authentication cookie.\r\n".to_owned(),
    })
    .await
}

fn cookie() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/zebra-by-hand/cookie")
}

#[tokio::test]
async fn tor_is_ready_when_it_has_bootstrapped() {
    for (phase, stage, percent) in [
        (
            "NOTICE BOOTSTRAP PROGRESS=5 TAG=conn SUMMARY=\"Connecting to a relay\"",
            Stage::PreHeaders,
            5.0,
        ),
        (
            "NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY=\"Done\"",
            Stage::Ready,
            100.0,
        ),
    ] {
        let server = tor(phase).await;
        let mut target = server.target(ProbeKind::Tor);
        target.token = Some(cookie());
        let report = Probe::new(target).read(NOW).await.unwrap();
        assert_eq!(
            (report.stage, report.percent, report.version.as_str()),
            (stage, Some(percent), "0.4.9.11")
        );
    }
}

#[tokio::test]
async fn tor_takes_a_password_and_refuses_a_wrong_one() {
    let server = tor("NOTICE BOOTSTRAP PROGRESS=100").await;
    let mut target = server.target(ProbeKind::Tor);
    assert_eq!(
        Probe::new(target.clone()).read(NOW).await.unwrap_err(),
        ProbeFailure::AuthenticationFailed
    );
    target.credential = Some(Credential {
        user: String::new(),
        password: Secret::new("hunter2"),
    });
    assert_eq!(Probe::new(target.clone()).read(NOW).await.unwrap().stage, Stage::Ready);
    target.token = Some("/nowhere/control_auth_cookie".into());
    let failure = Probe::new(target).read(NOW).await.unwrap_err();
    assert!(matches!(failure, ProbeFailure::WarmingUp { .. }), "{failure}");
}
