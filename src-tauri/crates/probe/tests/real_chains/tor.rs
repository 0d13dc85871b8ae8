//! tor: from its first circuit to an onion service that answers, in a network of its own.

use std::path::Path;
use std::time::{Duration, Instant};

use freehold_model::spec::ProbeKind;
use freehold_model::{Credential, ProbeFailure, Secret, Stage};
use freehold_probe::{Probe, Target};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::program::{Program, free_port, is_ready, named, now, read_until};
use crate::tor_network::TorNetwork;

/// The port of the onion service.
const ONION_PORT: u16 = 8332;
const NO_WAY: &str = "It has no way through the Tor network at present.";

#[tokio::test]
async fn tor_without_a_network_stays_at_the_beginning() {
    let Some(tor) = named("FREEHOLD_TEST_TOR") else { return };
    let [socks, control] = std::array::from_fn(|_| free_port());
    let tor = Program::start(&tor, |folder| {
        let pairs = [
            ("--DataDirectory", folder.join("data").display().to_string()),
            ("--SocksPort", socks.to_string()),
            ("--ControlPort", control.to_string()),
            ("--CookieAuthentication", "1".to_owned()),
            (
                "--DirAuthority",
                "nobody orport=1 127.0.0.1:1 FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF".to_owned(),
            ),
        ];
        let mut args = vec![
            "-f".to_owned(),
            folder.join("none").display().to_string(),
            "--ignore-missing-torrc".to_owned(),
        ];
        args.extend(pairs.into_iter().flat_map(|(name, value)| [name.to_owned(), value]));
        args
    });
    let mut target = Target::new(ProbeKind::Tor, "127.0.0.1", control);
    target.token = Some(tor.folder.path().join("data/control_auth_cookie"));
    let (report, ..) = read_until(&Probe::new(target.clone()), |_| true).await;
    assert_eq!(report.stage, Stage::PreHeaders, "{report:?}");
    assert!(
        report.percent.is_some_and(|percent| percent < 50.0) && !report.version.is_empty(),
        "{report:?}"
    );
    target.token = None;
    let failure = Probe::new(target).read(now()).await.unwrap_err();
    assert_eq!(failure, ProbeFailure::AuthenticationFailed, "without its cookie");
}

#[tokio::test]
async fn tor_is_ready_when_it_is_through_and_a_node_answers_behind_its_onion_service() {
    let Some((tor, bitcoind)) = named("FREEHOLD_TEST_TOR").zip(named("FREEHOLD_TEST_BITCOIND")) else {
        return;
    };
    let start = Instant::now();
    let [rpc, socks, control] = std::array::from_fn(|_| free_port());
    let _node = Program::start(&bitcoind, |folder| {
        let fixed = ["-regtest", "-server", "-rpcuser=u", "-rpcpassword=hunter2", "-listen=0"];
        let mut args = fixed.map(str::to_owned).to_vec();
        args.extend([format!("-rpcport={rpc}"), format!("-datadir={}", folder.display())]);
        args
    });
    let network = TorNetwork::start(&tor);
    let folder = tempfile::tempdir().unwrap();
    let onion = folder.path().join("onion");
    let service = format!(
        "SocksPort 0\nHiddenServiceDir {}\nHiddenServicePort {ONION_PORT} 127.0.0.1:{rpc}\n",
        onion.display()
    );
    let _service = network.member(folder, &service);
    let client = format!("SocksPort 127.0.0.1:{socks}\nControlPort 127.0.0.1:{control}\nCookieAuthentication 1\n");
    let client = network.member(tempfile::tempdir().unwrap(), &client);

    let cookie = client.folder.path().join("data/control_auth_cookie");
    let mut target = Target::new(ProbeKind::Tor, "127.0.0.1", control);
    target.token = Some(cookie.clone());
    let probe = Probe::new(target);
    let (ready, reports, failures) = read_until(&probe, is_ready).await;
    println!(
        "tor: through after {:?}, {} readings before",
        start.elapsed(),
        reports.len()
    );
    assert_eq!(
        (ready.percent, ready.detail.as_deref()),
        (Some(100.0), None),
        "{ready:?}"
    );
    assert!(
        reports
            .iter()
            .all(|report| report.stage == Stage::PreHeaders && report.percent.is_some_and(|percent| percent < 100.0)),
        "{reports:?}"
    );
    assert!(
        reports.iter().any(|report| report.detail.is_some()),
        "it says what it does: {reports:?}"
    );
    assert!(
        failures
            .iter()
            .all(|failure| matches!(failure, ProbeFailure::Silent { .. } | ProbeFailure::WarmingUp { .. })),
        "{failures:?}"
    );

    let onion = std::fs::read_to_string(onion.join("hostname")).unwrap();
    let mut passage = Passage::open(socks, onion.trim().to_owned()).await;
    let mut node = Target::new(ProbeKind::Bitcoind, "127.0.0.1", passage.port);
    node.needs_peers = false;
    let credential = |password: &str| {
        Some(Credential {
            user: "u".to_owned(),
            password: Secret::new(password),
        })
    };
    node.credential = credential("hunter2");
    let (behind, ..) = read_until(&Probe::new(node.clone()), is_ready).await;
    println!(
        "tor: the node behind the onion service read after {:?}",
        start.elapsed()
    );
    assert_eq!((behind.chain.as_str(), behind.height), ("regtest", 0), "{behind:?}");
    node.credential = credential("wrong");
    let refused = Probe::new(node).read(now()).await.unwrap_err();
    assert_eq!(refused, ProbeFailure::AuthenticationFailed, "the node's own answer");
    passage.tasks.shutdown().await;

    let is_cut_off = |report: &freehold_model::ProbeReport| report.warnings.iter().any(|warning| warning == NO_WAY);
    command(control, &cookie, "SETCONF DisableNetwork=1").await;
    read_until(&probe, is_cut_off).await;
    command(control, &cookie, "SETCONF DisableNetwork=0").await;
    read_until(&probe, |report| is_ready(report) && report.warnings.is_empty()).await;
    let all = start.elapsed();
    println!("tor: all of it took {all:?}");
    assert!(all < Duration::from_secs(90), "{all:?}");
}

/// A port of this machine that leads to the onion service through tor's SOCKS port.
struct Passage {
    port: u16,
    tasks: JoinSet<()>,
}

impl Passage {
    async fn open(socks: u16, onion: String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                let onion = onion.clone();
                open.spawn(async move {
                    // Until the service's descriptor is published, tor refuses: the probe then sees a connection that ends.
                    if let Some(mut far) = through(socks, &onion).await {
                        let _ended = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                    }
                });
            }
        });
        Self { port, tasks }
    }
}

/// A connection by SOCKS 5 to a name that only tor knows.
async fn through(socks: u16, onion: &str) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", socks)).await.ok()?;
    // Version 5, one method, none; then CONNECT to a name.
    stream.write_all(&[5, 1, 0]).await.ok()?;
    let mut method = [0; 2];
    stream.read_exact(&mut method).await.ok()?;
    let length = u8::try_from(onion.len()).ok()?;
    let request = [&[5, 1, 0, 3, length], onion.as_bytes(), &ONION_PORT.to_be_bytes()].concat();
    stream.write_all(&request).await.ok()?;
    let mut answer = [0; 10];
    stream.read_exact(&mut answer).await.ok()?;
    (method == [5, 0] && answer[1] == 0).then_some(stream)
}

/// One command over tor's control port.
async fn command(control: u16, cookie: &Path, command: &str) {
    let cookie = std::fs::read(cookie).unwrap();
    let cookie = cookie
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", control)).await.unwrap());
    for line in [&format!("AUTHENTICATE {cookie}"), command] {
        stream.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_line(&mut answer).await.unwrap();
        assert_eq!(answer, "250 OK\r\n", "{line}");
    }
}
