//! js-ipfs: a second implementation of Kubo's HTTP interface.

use std::path::Path;

use freehold_model::spec::ProbeKind;
use freehold_model::{Endpoint, ProbeFailure, Protocol, Stage};
use freehold_probe::{Probe, Target, identify};
use serde_json::{Value, json};

use crate::program::{Program, free_port, is_ready, named, now, post, read_until};

struct Ports {
    api: u16,
    swarm: u16,
}

fn start(daemon: &Path, ports: &Ports) -> Program {
    Program::start(Path::new("node"), |folder| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/js-ipfs-by-hand/start.mjs");
        let repo = folder.join("repo");
        let [script, daemon, repo] = [&script, daemon, &repo].map(|path| path.display().to_string());
        let ports = [ports.api, ports.swarm, free_port()].map(|port| port.to_string());
        [[script, daemon, repo], ports].concat()
    })
}

fn probe(ports: &Ports, needs_peers: bool) -> Probe {
    Probe::new(Target {
        needs_peers,
        ..Target::new(ProbeKind::Kubo, "127.0.0.1", ports.api)
    })
}

#[tokio::test]
async fn js_ipfs_is_ready_alone_and_with_a_peer_but_not_before_one() {
    let Some(daemon) = named("FREEHOLD_TEST_IPFS") else {
        return;
    };
    let [first, second] = [(), ()].map(|()| Ports {
        api: free_port(),
        swarm: free_port(),
    });
    let (_first, _second) = (start(&daemon, &first), start(&daemon, &second));
    let (alone, _, failures) = read_until(&probe(&first, false), is_ready).await;
    assert_eq!(
        (
            alone.version.as_str(),
            alone.chain.as_str(),
            alone.peers_in + alone.peers_out
        ),
        ("0.18.1", "ipfs", 0),
        "{alone:?}"
    );
    assert!(alone.size_on_disk.is_some_and(|size| size.bytes() > 0), "{alone:?}");
    assert!(alone.warnings.is_empty(), "{alone:?}");
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure, ProbeFailure::Silent { .. })),
        "{failures:?}"
    );
    let asking = probe(&second, true);
    let (lonely, ..) = read_until(&asking, |_| true).await;
    assert_eq!(
        (lonely.stage, lonely.percent),
        (Stage::PreHeaders, Some(0.0)),
        "{lonely:?}"
    );

    let peer = post(first.api, "/api/v0/id", &Value::Null).await;
    let peer = format!(
        "/ip4/127.0.0.1/tcp/{}/p2p/{}",
        first.swarm,
        peer["ID"].as_str().unwrap()
    );
    let connected = post(second.api, &format!("/api/v0/swarm/connect?arg={peer}"), &json!(null)).await;
    assert!(connected["Strings"].is_array(), "{connected}");
    let (ready, ..) = read_until(&asking, is_ready).await;
    assert_eq!((ready.peers_in, ready.peers_out), (0, 1), "{ready:?}");
    let listed = asking.peers(now()).await;
    assert!(listed.told, "{listed:?}");
    assert_eq!(listed.list.len(), 1, "{listed:?}");
    assert!(listed.list[0].address.contains(&first.swarm.to_string()), "{listed:?}");
    assert_eq!(probe(&first, true).read(now()).await.unwrap().stage, Stage::Ready);

    let endpoint = Endpoint {
        protocol: Protocol::IpfsHttp,
        host: "127.0.0.1".to_owned(),
        port: first.api,
        credential: None,
    };
    assert_eq!(identify(&endpoint, &[]).await.unwrap().version, "0.18.1");
}
