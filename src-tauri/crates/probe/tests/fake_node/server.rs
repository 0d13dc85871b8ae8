//! A made-up node: answers HTTP as a script says, well or badly, and counts its connections.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use freehold_model::spec::ProbeKind;
use freehold_model::{Credential, Endpoint, Protocol, Secret};
use freehold_probe::Target;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What was asked.
pub(crate) struct Question {
    /// The request's head, as sent.
    pub(crate) head: String,
    /// Its body; null where there is none.
    pub(crate) body: Value,
}

impl Question {
    /// `GET /path`.
    pub(crate) fn line(&self) -> &str {
        let line = self.head.lines().next().unwrap();
        line.rsplit_once(' ').unwrap().0
    }
}

/// What is answered.
pub(crate) enum Answer {
    /// A status and a body.
    Http(u16, Vec<u8>),
    /// These bytes, then the connection ends.
    Bytes(Vec<u8>),
    /// Nothing, with the connection open.
    Silence,
}

/// The node. Ends with the value.
pub(crate) struct FakeNode {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl FakeNode {
    /// Starts a node that answers by `script`.
    pub(crate) async fn start(script: impl Fn(&Question) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (connections, asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (script, count, log) = (Arc::new(script), Arc::clone(&connections), Arc::clone(&asked));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                count.fetch_add(1, Ordering::SeqCst);
                open.spawn(serve(stream, Arc::clone(&script), Arc::clone(&log)));
            }
        });
        Self {
            address,
            connections,
            asked,
            _tasks: tasks,
        }
    }

    /// How many connections were opened so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Methods asked so far, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn endpoint(&self) -> Endpoint {
        endpoint(self.address)
    }

    /// The node as a target of some kind, without a credential.
    pub(crate) fn of_kind(&self, kind: ProbeKind) -> Target {
        Target::new(kind, self.address.ip().to_string(), self.address.port())
    }

    /// The node as a probe's target, without identity checks.
    pub(crate) fn target(&self, needs_peers: bool) -> Target {
        Target {
            credential: self.endpoint().credential,
            needs_peers,
            ..Target::new(ProbeKind::Bitcoind, self.address.ip().to_string(), self.address.port())
        }
    }
}

/// User `u` with password `hunter2`.
pub(crate) fn endpoint(address: SocketAddr) -> Endpoint {
    Endpoint {
        protocol: Protocol::BitcoinHttp,
        host: address.ip().to_string(),
        port: address.port(),
        credential: Some(Credential {
            user: "u".to_owned(),
            password: Secret::new("hunter2"),
        }),
    }
}

/// A script that answers single and batched calls by `reply`, which gives `Ok(result)` or `Err(code)` for a method.
pub(crate) fn json_rpc(
    reply: impl Fn(&str, &Value) -> Result<Value, i64> + Send + Sync + 'static,
) -> impl Fn(&Question) -> Answer + Send + Sync + 'static {
    move |question| {
        let one = |call: &Value| match reply(call["method"].as_str().unwrap(), &call["params"]) {
            Ok(result) => json!({"result": result, "error": null, "id": call["id"]}),
            Err(code) => json!({"result": null, "error": {"code": code, "message": "no"}, "id": call["id"]}),
        };
        let answer = match &question.body {
            Value::Array(calls) => calls.iter().map(one).collect(),
            call => one(call),
        };
        Answer::Http(200, answer.to_string().into_bytes())
    }
}

async fn serve(
    mut stream: TcpStream,
    script: Arc<impl Fn(&Question) -> Answer + Send + Sync + 'static>,
    log: Arc<Mutex<Vec<String>>>,
) {
    while let Some(question) = read_question(&mut stream).await {
        let calls = question
            .body
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![question.body.clone()]);
        let methods = calls
            .iter()
            .filter_map(|call| call["method"].as_str().map(str::to_owned));
        log.lock().unwrap().extend(methods);
        match script(&question) {
            Answer::Http(status, body) => {
                let head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\n\r\n", body.len());
                if stream.write_all(head.as_bytes()).await.is_err() || stream.write_all(&body).await.is_err() {
                    return;
                }
            }
            Answer::Bytes(bytes) => {
                // The client may have gone already; that is its answer.
                let _gone = stream.write_all(&bytes).await;
                return;
            }
            Answer::Silence => std::future::pending().await,
        }
    }
}

async fn read_question(stream: &mut TcpStream) -> Option<Question> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let body = &bytes[end + 4..];
            if body.len() >= length.unwrap_or(0) {
                return Some(Question {
                    head,
                    body: serde_json::from_slice(body).unwrap_or_default(),
                });
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
