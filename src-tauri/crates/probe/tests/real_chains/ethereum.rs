//! anvil, and EthereumJS as an execution client without peers.

use std::time::{Duration, Instant};

use freehold_model::spec::ProbeKind;
use freehold_model::{Endpoint, ProbeFailure, Protocol, Stage};
use freehold_probe::{Probe, Target, identify};
use serde_json::json;

use crate::program::{Program, free_port, identity, is_ready, named, now, post, read_until};

fn endpoint(protocol: Protocol, port: u16) -> Endpoint {
    Endpoint {
        protocol,
        host: "127.0.0.1".to_owned(),
        port,
        credential: None,
    }
}

#[tokio::test]
async fn anvil_is_ready_at_once_and_tells_of_each_block() {
    let Some(anvil) = named("FREEHOLD_TEST_ANVIL") else {
        return;
    };
    let port = free_port();
    let _anvil = Program::start(&anvil, |_| {
        vec!["--port".to_owned(), port.to_string(), "--silent".to_owned()]
    });
    let mut target = Target::new(ProbeKind::EthereumExecution, "127.0.0.1", port);
    target.needs_peers = false;
    target.identity = identity("eth_chainId", json!([]), "", json!("0x7a69"));
    let probe = Probe::new(target.clone());
    let (mut report, ..) = read_until(&probe, is_ready).await;
    assert_eq!(
        (report.height, report.chain.as_str(), report.warnings.len()),
        (0, "31337", 0),
        "{report:?}"
    );

    let mut slowest = Duration::ZERO;
    for height in 1..=20 {
        let mining = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            let call = json!({"jsonrpc": "2.0", "id": 0, "method": "evm_mine", "params": []});
            assert!(post(port, "/", &call).await["result"].is_string());
            Instant::now()
        };
        let waiting = async {
            probe
                .wait_for_change(&report.tip, Duration::from_secs(20))
                .await
                .unwrap();
            let after = probe.read(now()).await.unwrap();
            (Instant::now(), after)
        };
        let (mined, (seen, after)) = tokio::join!(mining, waiting);
        assert_eq!(after.height, height);
        report = after;
        slowest = slowest.max(seen.saturating_duration_since(mined));
    }
    println!("anvil: slowest of 20 blocks: {slowest:?}");
    assert!(slowest < Duration::from_millis(300), "{slowest:?}");

    target.identity = identity("eth_chainId", json!([]), "", json!("0x1"));
    let wrong = Probe::new(target).read(now()).await.unwrap_err();
    assert!(
        matches!(wrong, ProbeFailure::WrongChain { ref found, .. } if found == "0x7a69"),
        "{wrong}"
    );
    for protocol in [Protocol::EvmHttp, Protocol::EvmWs] {
        let found = identify(
            &endpoint(protocol, port),
            &identity("eth_chainId", json!([]), "", json!("0x7a69")),
        )
        .await
        .unwrap();
        assert_eq!((found.chain.as_str(), found.height), ("31337", 20), "{protocol}");
    }
}

#[tokio::test]
async fn an_execution_client_without_peers_looks_for_them() {
    let Some(script) = named("FREEHOLD_TEST_ETHEREUMJS") else {
        return;
    };
    let [rpc, p2p, engine] = std::array::from_fn(|_| free_port());
    let _client = Program::start(std::path::Path::new("node"), |folder| {
        [
            script.display().to_string(),
            "--network=sepolia".to_owned(),
            "--rpc".to_owned(),
            format!("--rpcPort={rpc}"),
            format!("--port={p2p}"),
            format!("--rpcEnginePort={engine}"),
            "--discDns=false".to_owned(),
            "--discV4=false".to_owned(),
            format!("--dataDir={}", folder.display()),
        ]
        .to_vec()
    });
    let mut target = Target::new(ProbeKind::EthereumExecution, "127.0.0.1", rpc);
    target.identity = identity("eth_chainId", json!([]), "", json!("0xaa36a7"));
    let (report, ..) = read_until(&Probe::new(target), |_| true).await;
    assert_eq!(
        (report.stage, report.percent, report.height),
        (Stage::PreHeaders, Some(0.0), 0),
        "{report:?}"
    );
    assert_eq!(report.version, "0.10.5");
}
