//! What every kind must make of silence, refusal, and programs that are no node.

use freehold_model::spec::ProbeKind;
use freehold_model::{ProbeFailure, ProbeReport};
use freehold_probe::{Probe, Target};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use proptest::test_runner::Config;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::answers::NOW;
use crate::server::{Answer, FakeNode};

/// The kinds that speak HTTP.
const HTTP: [ProbeKind; 11] = [
    ProbeKind::EthereumExecution,
    ProbeKind::EthereumBeacon,
    ProbeKind::OpNode,
    ProbeKind::Monerod,
    ProbeKind::Zebra,
    ProbeKind::Kubo,
    ProbeKind::Arweave,
    ProbeKind::Solana,
    ProbeKind::Avalanche,
    ProbeKind::Lnd,
    ProbeKind::Json,
];

/// The others that connect to a port.
const OTHERS: [ProbeKind; 3] = [ProbeKind::Electrum, ProbeKind::Kaspad, ProbeKind::Tor];

fn target(node: &FakeNode, kind: ProbeKind) -> Target {
    let declared =
        json!({"requests": {"status": {"path": "/status"}}, "height": "status#/height", "target": "status#/best"});
    Target {
        json: Some(serde_json::from_value(declared).unwrap()),
        ..node.of_kind(kind)
    }
}

async fn read(
    kind: ProbeKind,
    answer: impl Fn() -> Answer + Send + Sync + 'static,
) -> Result<ProbeReport, ProbeFailure> {
    let node = FakeNode::start(move |_| answer()).await;
    Probe::new(target(&node, kind)).read(NOW).await
}

async fn failure(kind: ProbeKind, answer: impl Fn() -> Answer + Send + Sync + 'static) -> ProbeFailure {
    read(kind, answer).await.unwrap_err()
}

/// Reads a program that says `bytes` to whoever connects, without listening, and ends the connection.
async fn read_speaker(kind: ProbeKind, bytes: Vec<u8>) -> Result<ProbeReport, ProbeFailure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            // The client may have gone already; that is its answer.
            let _gone = stream.write_all(&bytes).await;
            let _gone = stream.shutdown().await;
            let _gone = stream.read_to_end(&mut Vec::new()).await;
        }
    });
    Probe::new(Target::new(kind, "127.0.0.1", port)).read(NOW).await
}

#[tokio::test]
async fn nothing_listens() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    for kind in HTTP.into_iter().chain(OTHERS).chain([ProbeKind::Port]) {
        let probe = Probe::new(Target {
            json: Some(serde_json::from_value(json!({"requests": {"a": {}}, "height": "a#"})).unwrap()),
            ..Target::new(kind, "127.0.0.1", free)
        });
        let failure = probe.read(NOW).await.unwrap_err();
        let ProbeFailure::Silent { reason } = failure else {
            panic!("{kind:?}: {failure}")
        };
        assert!(reason.contains("connection refused"), "{kind:?}: {reason}");
    }
}

#[tokio::test]
async fn a_refusal_is_not_silence() {
    for kind in HTTP.into_iter().chain([ProbeKind::Kaspad]) {
        let failure = failure(kind, || Answer::Http(401, b"Unauthorized".to_vec())).await;
        assert_eq!(failure, ProbeFailure::AuthenticationFailed, "{kind:?}");
    }
}

#[tokio::test]
async fn a_page_of_another_server_is_shown_by_its_first_words() {
    let page = format!(
        "<!DOCTYPE html>\n<title>Router</title>\n{}",
        "<p>log in</p>\n".repeat(200)
    );
    for kind in HTTP {
        for status in [200, 404, 502, 503] {
            let page = page.clone();
            let failure = failure(kind, move || Answer::Http(status, page.clone().into_bytes())).await;
            let ProbeFailure::Unreadable { reason } = failure else {
                panic!("{kind:?} {status}: {failure}")
            };
            assert!(reason.len() < 160 && reason.contains("Router"), "{kind:?}: {reason}");
        }
    }
    let head = format!(
        "HTTP/1.1 400 Bad Request\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    );
    for kind in OTHERS {
        let failure = read_speaker(kind, head.clone().into_bytes()).await.unwrap_err();
        let ProbeFailure::Unreadable { reason } = failure else {
            panic!("{kind:?}: {failure}")
        };
        assert!(reason.len() < 160 && reason.contains("400"), "{kind:?}: {reason}");
    }
}

#[tokio::test]
async fn a_program_with_a_greeting_of_its_own_is_unreadable() {
    let greeting = || b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n".to_vec();
    for kind in HTTP {
        let failure = failure(kind, move || Answer::Bytes(greeting())).await;
        assert!(
            matches!(failure, ProbeFailure::Unreadable { .. }),
            "{kind:?}: {failure}"
        );
    }
    for kind in OTHERS {
        let failure = read_speaker(kind, greeting()).await.unwrap_err();
        assert!(
            matches!(failure, ProbeFailure::Unreadable { .. }),
            "{kind:?}: {failure}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_ends_is_silence() {
    for kind in HTTP {
        let failure = failure(kind, || Answer::Bytes(Vec::new())).await;
        // zebrad closes the connection on a wrong cookie.
        let is_expected = match kind {
            ProbeKind::Zebra => failure == ProbeFailure::AuthenticationFailed,
            _ => matches!(failure, ProbeFailure::Silent { .. }),
        };
        assert!(is_expected, "{kind:?}: {failure}");
    }
    for kind in OTHERS {
        let failure = read_speaker(kind, Vec::new()).await.unwrap_err();
        assert!(matches!(failure, ProbeFailure::Silent { .. }), "{kind:?}: {failure}");
    }
}

#[tokio::test]
async fn json_that_no_node_says_is_unreadable() {
    for kind in HTTP {
        for body in [
            "null",
            "[]",
            "{}",
            "7",
            "\"ok\"",
            "{\"ok\":true}",
            "{\"result\":{}}",
            "[{\"result\":null,\"id\":0}]",
        ] {
            let failure = failure(kind, || Answer::Http(200, body.as_bytes().to_vec())).await;
            assert!(
                matches!(failure, ProbeFailure::Unreadable { .. }),
                "{kind:?} {body}: {failure}"
            );
        }
    }
}

#[tokio::test]
async fn our_own_words_sent_back_do_not_show_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let cookie = folder.path().join("cookie");
    std::fs::copy(
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/zebra-by-hand/cookie"),
        &cookie,
    )
    .unwrap();
    for kind in [ProbeKind::Zebra, ProbeKind::Kubo, ProbeKind::EthereumExecution] {
        let node =
            FakeNode::start(|question| Answer::Http(200, question.head.lines().rev().collect::<String>().into_bytes()))
                .await;
        let failure = Probe::new(Target {
            token: Some(cookie.clone()),
            credential: node.endpoint().credential,
            ..target(&node, kind)
        })
        .read(NOW)
        .await
        .unwrap_err()
        .to_string();
        assert!(
            !failure.contains("dTpodW50ZXIy") && !failure.contains("X19jb29raWVfXzo"),
            "{kind:?}: {failure}"
        );
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(0x)?[0-9a-f]{0,20}".prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "height",
        "blocks",
        "headers",
        "currentBlock",
        "highestBlock",
        "stages",
        "data",
        "head_slot",
        "sync_distance",
        "number",
        "hash",
        "timestamp",
        "unsafe_l2",
        "target_height",
        "status",
        "chain",
        "state",
        "block_height",
        "Version",
        "Peers",
        "network",
        "peers",
        "isBootstrapped",
        "best",
        "is_syncing",
        "estimatedheight",
    ]);
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names.clone().prop_map(str::to_owned), inner, 0..8)
                .prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

/// Answers that have the form of the protocol and anything inside.
fn dressed(value: &Value, question: &crate::server::Question) -> Answer {
    let one = |call: &Value| json!({"result": value, "id": call["id"]});
    let body = match &question.body {
        Value::Array(calls) => calls.iter().map(one).collect(),
        call @ Value::Object(_) if call["method"].is_string() => one(call),
        _ => value.clone(),
    };
    Answer::Http(200, body.to_string().into_bytes())
}

proptest! {
    #![proptest_config(Config::with_cases(24))]

    #[test]
    fn whatever_an_answer_holds_the_percent_is_one(value in any_json()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for kind in HTTP.into_iter().chain([ProbeKind::Bitcoind]) {
                let value = value.clone();
                let node = FakeNode::start(move |question| dressed(&value, question)).await;
                if let Ok(report) = Probe::new(target(&node, kind)).read(NOW).await {
                    assert!(report.percent.is_none_or(|percent| (0.0..=100.0).contains(&percent)), "{kind:?} {report:?}");
                }
            }
        });
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), as_body in any::<bool>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            for kind in HTTP.into_iter().chain([ProbeKind::Bitcoind]) {
                let bytes = bytes.clone();
                let answer = move || if as_body { Answer::Http(200, bytes.clone()) } else { Answer::Bytes(bytes.clone()) };
                let read = read(kind, answer).await;
                assert!(read.is_err(), "no node says that: {kind:?} {read:?}");
            }
            for kind in OTHERS {
                let read = read_speaker(kind, bytes.clone()).await;
                assert!(read.is_err(), "no node says that: {kind:?} {read:?}");
            }
        });
    }
}
