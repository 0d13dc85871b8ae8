//! Every way in which a port may answer that is not a reading.

use std::path::Path;
use std::time::Duration;

use crate::server::{Answer, FakeNode, endpoint, json_rpc};
use freehold_model::{Endpoint, ProbeFailure, Protocol, Timestamp};
use freehold_probe::rpc::{CallError, Client};
use freehold_probe::{Probe, identify};
use serde_json::json;

/// What reading and identifying both make of a node that always answers the same.
async fn failure_of(answer: impl Fn() -> Answer + Send + Sync + 'static) -> ProbeFailure {
    let node = FakeNode::start(move |_| answer()).await;
    let read = Probe::new(node.target(true)).read(Timestamp(0)).await.unwrap_err();
    let identified = identify(&node.endpoint(), &[]).await.unwrap_err();
    assert_eq!(read, identified, "both ways to ask give the same answer");
    assert!(!read.to_string().contains("hunter2"), "no password in an error");
    read
}

fn captured(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

fn unreadable(failure: ProbeFailure) -> String {
    match failure {
        ProbeFailure::Unreadable { reason } => reason,
        other => panic!("expected an unreadable answer, got {other}"),
    }
}

fn silent(failure: ProbeFailure) -> String {
    match failure {
        ProbeFailure::Silent { reason } => reason,
        other => panic!("expected silence, got {other}"),
    }
}

#[tokio::test]
async fn a_node_that_starts_says_so_in_a_batch_and_alone() {
    let node = FakeNode::start(|question| {
        let is_batch = question.body.is_array();
        // bitcoind gives 200 for a batch of errors and 500 for a single one.
        let (status, file) = if is_batch {
            (200, "warming-up-batch.json")
        } else {
            (500, "warming-up.json")
        };
        Answer::Http(status, captured(&format!("bitcoind-31/{file}")))
    })
    .await;
    let expected = ProbeFailure::WarmingUp {
        message: "Loading banlist…".to_owned(),
    };
    assert_eq!(
        Probe::new(node.target(true)).read(Timestamp(0)).await.unwrap_err(),
        expected
    );
    assert_eq!(identify(&node.endpoint(), &[]).await.unwrap_err(), expected);
}

#[tokio::test]
async fn a_wrong_password_is_not_silence() {
    assert_eq!(
        failure_of(|| Answer::Http(401, Vec::new())).await,
        ProbeFailure::AuthenticationFailed
    );
}

#[tokio::test]
async fn a_method_that_is_not_allowed_is_told_from_an_address_that_is_not() {
    let whitelisted = FakeNode::start(|question| {
        let has_password = question.head.to_ascii_lowercase().contains("authorization: basic ");
        Answer::Http(if has_password { 403 } else { 401 }, Vec::new())
    })
    .await;
    let reason = unreadable(
        Probe::new(whitelisted.target(true))
            .read(Timestamp(0))
            .await
            .unwrap_err(),
    );
    assert!(reason.contains("method is not allowed for this user"), "{reason}");

    let reason = unreadable(failure_of(|| Answer::Http(403, Vec::new())).await);
    assert!(reason.contains("address is not allowed"), "{reason}");
}

#[tokio::test]
async fn a_full_work_queue_is_a_busy_node() {
    let reason = silent(failure_of(|| Answer::Http(503, b"Work queue depth exceeded".to_vec())).await);
    assert!(reason.contains("busy"), "{reason}");
}

#[tokio::test]
async fn nobody_listens() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let reason = silent(identify(&endpoint(free), &[]).await.unwrap_err());
    assert!(reason.contains("connection refused"), "{reason}");
}

#[tokio::test]
async fn a_connection_that_ends_early_is_silence() {
    for bytes in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"result\":",
    ] {
        let reason = silent(failure_of(|| Answer::Bytes(bytes.as_bytes().to_vec())).await);
        assert!(reason.contains("broke off"), "{bytes}: {reason}");
    }
}

#[tokio::test]
async fn an_answer_that_never_comes_is_given_up() {
    let node = FakeNode::start(|_| Answer::Silence).await;
    let limit = Duration::from_millis(200);
    let error = Client::new(&node.endpoint())
        .call_within("uptime", json!([]), limit)
        .await
        .unwrap_err();
    assert!(matches!(error, CallError::Late { .. }), "{error}");
    assert!(silent(error.into()).contains("no answer within"), "late is silence");
}

#[tokio::test]
async fn another_program_at_the_port_is_named_by_its_first_words() {
    let page = format!(
        "<!DOCTYPE html>\n<html>\n<title>Router</title>\n{}",
        "<p>log in</p>\n".repeat(200)
    );
    for status in [200, 404, 502, 503] {
        let page = page.clone();
        let reason = unreadable(failure_of(move || Answer::Http(status, page.clone().into_bytes())).await);
        assert!(
            reason.contains("<!DOCTYPE html> <html> <title>Router</title> <p>log in</p>"),
            "{reason}"
        );
        assert!(
            reason.contains(&status.to_string()) && reason.len() < 120,
            "short, with its status: {reason}"
        );
    }
}

#[tokio::test]
async fn a_program_that_does_not_speak_http_is_unreadable() {
    let reason = unreadable(failure_of(|| Answer::Bytes(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n".to_vec())).await);
    assert!(reason.contains("not HTTP"), "{reason}");
}

#[tokio::test]
async fn json_that_no_node_says_is_unreadable() {
    for body in [
        "null",
        "[]",
        "{}",
        "7",
        "{\"ok\":true}",
        "{\"result\":{}}",
        "{\"result\":{\"blocks\":\"x\"}}",
        "[{\"result\":null,\"id\":0}]",
    ] {
        let reason = match failure_of_any(body).await {
            ProbeFailure::Unreadable { reason } => reason,
            other => panic!("{body}: {other}"),
        };
        assert!(reason.len() < 160, "{reason}");
    }
}

/// A batch and a single call may find fault with different things in the same bytes; both must be unreadable.
async fn failure_of_any(body: &'static str) -> ProbeFailure {
    let node = FakeNode::start(move |_| Answer::Http(200, body.as_bytes().to_vec())).await;
    let identified = identify(&node.endpoint(), &[]).await.unwrap_err();
    assert!(
        matches!(identified, ProbeFailure::Unreadable { .. }),
        "{body}: {identified}"
    );
    Probe::new(node.target(true)).read(Timestamp(0)).await.unwrap_err()
}

#[tokio::test]
async fn an_endless_answer_is_cut_at_16_mib() {
    let reason = unreadable(failure_of(|| Answer::Http(200, vec![b' '; 17 << 20])).await);
    assert!(reason.contains("larger than 16 MiB"), "{reason}");
}

#[tokio::test]
async fn a_server_that_sends_our_request_back_does_not_reveal_the_password() {
    let node = FakeNode::start(|question| {
        let head = question
            .head
            .lines()
            .filter(|line| line.to_ascii_lowercase().starts_with("authorization"));
        Answer::Http(200, head.collect::<String>().into_bytes())
    })
    .await;
    let reason = unreadable(identify(&node.endpoint(), &[]).await.unwrap_err());
    assert!(
        reason.contains("<redacted>") && !reason.contains("dTpodW50ZXIy"),
        "{reason}"
    );
    let client = Client::new(&node.endpoint());
    assert!(
        !format!("{client:?}").contains("dTpodW50ZXIy"),
        "nor does the debug form"
    );
}

#[tokio::test]
async fn a_connection_closed_between_two_readings_is_opened_again() {
    let node = FakeNode::start(|question| match json_rpc(|_, _| Ok(json!(7)))(question) {
        // Ends after one answer without saying so beforehand, as a node does that restarts or tidies up.
        Answer::Http(_, body) => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            Answer::Bytes([head.into_bytes(), body].concat())
        }
        other => other,
    })
    .await;
    let client = Client::new(&node.endpoint());
    for _ in 0..5 {
        assert_eq!(client.call("uptime", json!([])).await.unwrap(), json!(7));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(node.connections(), 5, "each call found the old connection closed");
}

#[tokio::test]
async fn an_endpoint_of_another_protocol_is_refused_in_words() {
    for (protocol, why) in [(Protocol::ElectrumSsl, "TLS"), (Protocol::LightwalletdHttp, "gRPC")] {
        let endpoint = Endpoint {
            protocol,
            host: "127.0.0.1".to_owned(),
            port: 1,
            credential: None,
        };
        let reason = unreadable(identify(&endpoint, &[]).await.unwrap_err());
        assert!(reason.contains(why), "{reason}");
    }
}

#[tokio::test]
async fn what_the_node_does_not_let_this_user_ask_about_wallets_is_unknown() {
    for (code, expected) in [(-18, Some(true)), (-19, Some(true)), (-32601, Some(false))] {
        let node = FakeNode::start(json_rpc(move |method, _| match method {
            "getblockchaininfo" => Ok(json!({"chain": "main", "blocks": 5, "headers": 5, "bestblockhash": "00"})),
            "getnetworkinfo" => Ok(json!({"version": 310_100, "subversion": "/Satoshi:31.1.0/"})),
            _ => Err(code),
        }))
        .await;
        assert_eq!(
            identify(&node.endpoint(), &[]).await.unwrap().is_wallet_enabled,
            expected,
            "{code}"
        );
    }
}
