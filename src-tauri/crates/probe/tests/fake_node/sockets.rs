//! WebSockets: kaspad's wRPC, and new blocks of an EVM chain. The answers are written by hand after the documents.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use freehold_model::spec::ProbeKind;
use freehold_model::{Endpoint, ProbeFailure, Protocol, Stage};
use freehold_probe::{Probe, Target, identify};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use crate::answers::{NOW, ago, identity, node};

struct SocketServer {
    address: SocketAddr,
    news: broadcast::Sender<String>,
    _tasks: JoinSet<()>,
}

impl SocketServer {
    async fn start(script: impl Fn(&Value) -> Value + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (news, _) = broadcast::channel::<String>(8);
        let (script, sender) = (Arc::new(script), news.clone());
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (script, mut news) = (Arc::clone(&script), sender.subscribe());
                open.spawn(async move {
                    let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
                    loop {
                        let text = tokio::select! {
                            message = socket.next() => match message {
                                Some(Ok(Message::Text(text))) => script(&serde_json::from_str(&text).unwrap()).to_string(),
                                Some(Ok(_)) => continue,
                                _ => return,
                            },
                            news = news.recv() => news.unwrap(),
                        };
                        if socket.send(Message::text(text)).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Self {
            address,
            news,
            _tasks: tasks,
        }
    }

    fn target(&self, kind: ProbeKind) -> Target {
        Target::new(kind, "127.0.0.1", self.address.port())
    }
}

async fn kaspad(synced: bool, peers: usize, age: i64, blocks: u64) -> SocketServer {
    SocketServer::start(move |call| {
        let params = match call["method"].as_str().unwrap() {
            "getServerInfo" => {
                json!({"rpcApiVersion": 1, "serverVersion": "2.0.1", "networkId": "mainnet", "isSynced": synced,
                "virtualDaaScore": 12_345_678})
            }
            "getBlockDagInfo" => {
                json!({"network": "mainnet", "blockCount": blocks, "headerCount": 1000, "virtualDaaScore": 12_345_678,
                "pastMedianTime": ago(age) * 1000, "sink": "5a1f"})
            }
            "getConnectedPeerInfo" => json!({"peerInfo": vec![json!({"isOutbound": true}); peers]}),
            _ => return json!({"id": call["id"], "error": {"code": 0, "message": "no such method"}}),
        };
        json!({"id": call["id"], "method": call["method"], "params": params})
    })
    .await
}

#[tokio::test]
async fn kaspad_is_ready_when_synced_with_peers_and_a_young_tip() {
    let server = kaspad(true, 8, 60, 1000).await;
    let mut target = server.target(ProbeKind::Kaspad);
    target.identity = vec![identity(
        "getBlockDagInfo",
        json!([]),
        Some("/network"),
        json!("mainnet"),
    )];
    let report = Probe::new(target.clone()).read(NOW).await.unwrap();
    assert_eq!(
        (report.stage, report.height, report.peers_out, report.version.as_str()),
        (Stage::Ready, 12_345_678, 8, "2.0.1")
    );
    target.identity[0].equals = json!("testnet-10");
    let wrong = Probe::new(target).read(NOW).await.unwrap_err();
    assert!(matches!(wrong, ProbeFailure::WrongChain { .. }), "{wrong}");

    for (synced, peers, age, blocks) in [(true, 0, 60, 1000), (true, 8, 90_000, 1000), (false, 8, 60, 250)] {
        let server = kaspad(synced, peers, age, blocks).await;
        let report = Probe::new(server.target(ProbeKind::Kaspad)).read(NOW).await.unwrap();
        assert_eq!(report.stage, Stage::Blocks, "{synced} {peers} {age}");
        assert_eq!(report.percent, (blocks == 250).then_some(25.0));
    }
    let server =
        SocketServer::start(|call| json!({"id": call["id"], "error": {"code": 0, "message": "nothing here"}})).await;
    let failure = Probe::new(server.target(ProbeKind::Kaspad))
        .read(NOW)
        .await
        .unwrap_err();
    assert!(
        matches!(failure, ProbeFailure::Unreadable { ref reason } if reason.contains("nothing here")),
        "{failure}"
    );
}

#[tokio::test]
async fn an_evm_node_tells_of_a_block_by_itself() {
    let http = node(json!({
        "eth_syncing": false, "eth_blockNumber": "0x1", "eth_chainId": "0x1",
        "eth_getBlockByNumber": {"hash": "0xone", "timestamp": format!("0x{:x}", ago(5))},
    }))
    .await;
    let push =
        SocketServer::start(|call| json!({"jsonrpc": "2.0", "id": call["id"], "result": "0xsubscription"})).await;
    let probe = Probe::new(Target {
        push_port: Some(push.address.port()),
        ..http.of_kind(ProbeKind::EthereumExecution)
    });
    assert_eq!(probe.read(NOW).await.unwrap().tip, "0xone");
    let start = Instant::now();
    let telling = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        for hash in ["0xone", "0xtwo"] {
            let news = json!({"jsonrpc": "2.0", "method": "eth_subscription", "params": {"subscription": "0xsubscription",
                "result": {"hash": hash, "number": "0x2"}}});
            push.news.send(news.to_string()).unwrap();
        }
    };
    let (waited, ()) = tokio::join!(probe.wait_for_change("0xone", Duration::from_secs(20)), telling);
    waited.unwrap();
    let took = start.elapsed();
    assert!(
        took >= Duration::from_millis(190) && took < Duration::from_millis(900),
        "{took:?}"
    );
    probe.wait_for_change("0xother", Duration::from_secs(20)).await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(2), "the tip is another already");
}

#[tokio::test]
async fn without_a_socket_an_evm_node_is_polled() {
    let http = node(json!({"eth_getBlockByNumber": {"hash": "0xone"}})).await;
    let probe = Probe::new(http.of_kind(ProbeKind::EthereumExecution));
    let start = Instant::now();
    probe
        .wait_for_change("0xone", Duration::from_millis(1500))
        .await
        .unwrap();
    assert!(
        start.elapsed() >= Duration::from_millis(1400),
        "no news, so the whole time passes"
    );
    assert!(
        http.asked().len() >= 2,
        "asked at once and after a second: {:?}",
        http.asked()
    );
}

#[tokio::test]
async fn an_evm_socket_is_identified() {
    let server = SocketServer::start(|call| {
        let result = match call["method"].as_str().unwrap() {
            "eth_chainId" => json!("0x1"),
            "eth_blockNumber" => json!("0x64"),
            _ => json!("Geth/v1.17.5-stable/linux-amd64/go1.24.1"),
        };
        json!({"jsonrpc": "2.0", "id": call["id"], "result": result})
    })
    .await;
    let endpoint = Endpoint {
        protocol: Protocol::EvmWs,
        host: "127.0.0.1".to_owned(),
        port: server.address.port(),
        credential: None,
    };
    let found = identify(&endpoint, &[identity("eth_chainId", json!([]), None, json!("0x1"))])
        .await
        .unwrap();
    assert_eq!((found.chain.as_str(), found.height), ("1", 100));
    let wrong = identify(&endpoint, &[identity("eth_chainId", json!([]), None, json!("0x2"))])
        .await
        .unwrap_err();
    assert!(matches!(wrong, ProbeFailure::WrongChain { .. }), "{wrong}");
}
