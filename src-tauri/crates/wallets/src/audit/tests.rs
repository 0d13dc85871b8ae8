use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use freehold_model::{Checkpoint, Credential, Endpoint, Network, Secret, Timestamp};
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_oneof, proptest};

use super::{Audit, AuditInput, AuditRow, NodeAsks, NodeUse, SourceKind, UserKind, Verdict, audit};
use crate::journal::Journal;
use crate::place::{Os, Places};
use crate::process::{ProcessEntry, ProcessView};
use crate::{adapter, apply, find, plan_switch};

#[derive(Debug)]
struct NoProcesses;

impl ProcessView for NoProcesses {
    fn processes(&self) -> Option<Vec<ProcessEntry>> {
        Some(Vec::new())
    }
}

pub(super) fn places(home: &Path) -> Places {
    Places {
        home: home.to_owned(),
        env: BTreeMap::new(),
        os: Os::Linux,
        is_own_home: false,
        uid: None,
        chosen: None,
    }
}

pub(super) fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn run(places: &Places, journal: Option<&Journal>, nodes: &[NodeUse]) -> Audit {
    let own = |host: &str, port: u16| host == "127.0.0.1" && port == 18332;
    let wallets = find(places, &NoProcesses, journal, &own, &|_, _| false);
    let input = AuditInput {
        places,
        wallets: &wallets,
        guided: &[],
        journal,
        nodes,
        own: &own,
    };
    audit(input)
}

/// What a row comes to, in one line.
fn line(row: &AuditRow) -> String {
    format!(
        "{:?} {} {} {:?} {}{}",
        row.kind,
        row.who,
        row.now.endpoint.as_deref().unwrap_or("-"),
        row.now.verdict,
        row.now.provider.map_or("-", |provider| provider.id.as_str()),
        if row.now.counted { "" } else { " (not counted)" }
    )
}

const SPARROW: &str = r#"{
  "mode": "ONLINE",
  "serverType": "PUBLIC_ELECTRUM_SERVER",
  "publicElectrumServer": "ssl://electrum.blockstream.info:50002"
}"#;

#[test]
fn a_whole_home_is_audited_and_every_place_is_named() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    put(&at(".sparrow/config"), SPARROW);
    put(
        &at(".bashrc"),
        "alias ll='ls -l'\nexport ETH_RPC_URL=https://eth-mainnet.g.alchemy.com/v2/k3yk3yk3yk3y\nexport INFURA_API_KEY=0123456789abcdef\n",
    );
    put(
        &at(".profile"),
        "export ETH_RPC_URL=https://eth-mainnet.g.alchemy.com/v2/k3yk3yk3yk3y\nexport ELECTRUMDIR=/data/electrum\n",
    );
    put(
        &at(".config/environment.d/10-nodes.conf"),
        "SOLANA_RPC_URL=http://127.0.0.1:8899\nBTC_RPC_HOST=nas.local\nBTC_RPC_PORT=8332\n",
    );
    put(
        &at("mesc.json"),
        r#"{"default_endpoint":"a","endpoints":{"a":{"url":"https://rpc.ankr.com/eth/abc","chain_id":"1"}}}"#,
    );
    let mut places = places(home.path());
    places
        .env
        .insert("WEB3_PROVIDER_URI".into(), "https://203.0.113.9/secret".into());
    places.env.insert("PATH".into(), "/bin".into());
    let node = |asks, is_lasting| NodeUse {
        node: "op".into(),
        name: "My OP".into(),
        network: "mainnet".into(),
        asks,
        note: None,
        is_lasting,
    };
    let nodes = [
        node(NodeAsks::Node("eth".into()), true),
        node(NodeAsks::Address("https://mainnet.checkpoint.sigp.io".into()), false),
    ];
    let found = run(&places, None, &nodes);
    let lines: Vec<String> = found.rows.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "Wallet Sparrow electrum+ssl://electrum.blockstream.info:50002 Others blockstream",
            "Tool MESC endpoint a https://rpc.ankr.com/•••• Others ankr (not counted)",
            "Environment WEB3_PROVIDER_URI https://203.0.113.9/•••• Unknown -",
            "Environment ETH_RPC_URL https://eth-mainnet.g.alchemy.com/•••• Others alchemy",
            "Environment INFURA_API_KEY - Others infura",
            "Environment SOLANA_RPC_URL http://127.0.0.1:8899 Own -",
            "Environment BTC_RPC_HOST nas.local:8332 Own -",
            "Node My OP your node eth Own -",
            "Node My OP https://mainnet.checkpoint.sigp.io Others sigma-prime (not counted)",
        ]
    );
    let variable = found.rows.iter().find(|row| row.who == "ETH_RPC_URL").unwrap();
    let read_from: Vec<_> = variable
        .read_from
        .iter()
        .map(|source| {
            (
                source.kind,
                source.path.as_deref().and_then(Path::file_name).unwrap(),
                source.line.unwrap(),
            )
        })
        .collect();
    assert_eq!(
        read_from,
        [
            (SourceKind::ShellFile, ".profile".as_ref(), 1),
            (SourceKind::ShellFile, ".bashrc".as_ref(), 2)
        ],
        "one row for the same value in two places"
    );
    assert_eq!(found.now().sentence(), "3 of 7 endpoints stand on your own ground.");
    assert_eq!(
        (found.now().points(), found.now()),
        (Some(42), found.before()),
        "nothing was switched"
    );
    let unread: Vec<_> = found.unread.iter().map(|file| file.why.as_str()).collect();
    assert_eq!(
        unread,
        ["line 2 sets `ELECTRUMDIR`, and Freehold was started without it: the folder that it names was not looked at"]
    );
    let here: Vec<_> = found
        .providers_here()
        .iter()
        .map(|provider| provider.id.as_str())
        .collect();
    assert_eq!(here, ["infura", "alchemy", "ankr", "blockstream", "sigma-prime"]);
    assert!(found.is_cloud_here(crate::Cloud::Amazon) && !found.is_cloud_here(crate::Cloud::Cloudflare));
}

#[test]
fn the_score_before_is_what_the_journal_kept() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join(".sparrow/config");
    put(&config, SPARROW);
    let places = places(home.path());
    let journal = Journal::open(home.path().join("journal")).unwrap();
    for port in [18332, 18333] {
        let mut endpoint: Endpoint = format!("bitcoin+http://127.0.0.1:{port}").parse().unwrap();
        endpoint.credential = Some(Credential {
            user: "sparrow".into(),
            password: Secret::new("word-of-the-wallet"),
        });
        let sparrow = adapter("sparrow").unwrap();
        let plan = plan_switch(sparrow, &places, &Network::mainnet(), &endpoint, &NoProcesses).unwrap();
        let entry = apply(&plan, &journal, &NoProcesses, Timestamp(port), &Checkpoint::none()).unwrap();
        assert!(entry.is_some(), "it was switched");
    }
    let found = run(&places, Some(&journal), &[]);
    let row = found
        .rows
        .iter()
        .find(|row| row.wallet.as_deref() == Some("sparrow"))
        .unwrap();
    assert_eq!(row.now.endpoint.as_deref(), Some("bitcoin+http://127.0.0.1:18333"));
    let before = row.before.as_ref().unwrap();
    assert_eq!(
        before.endpoint.as_deref(),
        Some("electrum+ssl://electrum.blockstream.info:50002"),
        "before the first switch"
    );
    assert_eq!((found.before().points(), found.now().points()), (Some(0), Some(100)));
}

#[test]
fn two_values_of_one_variable_are_two_rows_and_say_so() {
    let home = tempfile::tempdir().unwrap();
    put(
        &home.path().join(".zshrc"),
        "export ETH_RPC_URL=http://127.0.0.1:8545\n",
    );
    let mut places = places(home.path());
    places
        .env
        .insert("ETH_RPC_URL".into(), "https://eth.llamarpc.com".into());
    let rows = run(&places, None, &[]).rows;
    let verdicts: Vec<_> = rows.iter().map(|row| (row.id.as_str(), row.now.verdict)).collect();
    assert_eq!(
        verdicts,
        [
            ("environment:ETH_RPC_URL:1", Verdict::Others),
            ("environment:ETH_RPC_URL:2", Verdict::Own)
        ]
    );
    for row in &rows {
        assert!(
            row.notes.iter().any(|note| note.contains("Another place sets it")),
            "{row:?}"
        );
        assert_eq!(row.kind, UserKind::Environment);
    }
}

#[test]
fn a_mesc_file_that_nobody_may_open_is_named_and_not_opened() {
    let home = tempfile::tempdir().unwrap();
    let keys = home.path().join(".ethereum/keystore/key.json");
    put(&keys, r#"{"endpoints":{"a":{"url":"https://eth.llamarpc.com"}}}"#);
    let mut places = places(home.path());
    places.env.insert("MESC_PATH".into(), keys.display().to_string());
    let found = run(&places, None, &[]);
    assert_eq!(found.rows, []);
    assert!(
        found.unread.iter().any(|file| file.why.contains("a folder for keys")),
        "{:?}",
        found.unread
    );
}

/// The code behind an audit has no way to the network: not by a socket, not by a look-up of a name.
#[test]
fn nothing_in_the_audit_can_open_a_connection() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![
        sources.join("audit.rs"),
        sources.join("provider.rs"),
        sources.join("locality.rs"),
    ];
    for entry in fs::read_dir(sources.join("audit")).unwrap() {
        files.push(entry.unwrap().path());
    }
    assert!(files.len() > 10, "the files were found");
    let ways = [
        "TcpStream",
        "UdpSocket",
        "ToSocketAddrs",
        "to_socket_addrs",
        "lookup",
        "UnixStream",
        "Command::new",
        "freehold_probe",
    ];
    for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
        let text = fs::read_to_string(file).unwrap();
        for way in ways {
            assert!(!text.contains(way), "{} names {way}", file.display());
        }
    }
    let manifest = fs::read_to_string(sources.with_file_name("Cargo.toml")).unwrap();
    for library in [
        "tokio",
        "hyper",
        "reqwest",
        "ureq",
        "hickory",
        "socket2",
        "curl",
        "freehold-probe",
    ] {
        assert!(!manifest.contains(library), "the crate names {library}");
    }
}

/// A key of a provider, as they are handed out.
fn key() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_-]{12,48}".prop_map(|text| format!("k3y{text}"))
}

/// An address with the key in one of the places where keys stand.
fn address(key: String) -> impl Strategy<Value = String> {
    prop_oneof![
        Just(format!("https://mainnet.infura.io/v3/{key}")),
        Just(format!("https://user:{key}@h.example:8545/x")),
        Just(format!("http://{key}@127.0.0.1:8545")),
        Just(format!("wss://h.example/?apikey={key}&x=1")),
        Just(format!("https://h.example/a/b?x#{key}")),
        Just(format!("https://name.quiknode.pro/{key}/")),
        Just(format!("{key}:{key}@node.example:18081")),
        Just(format!("http://user:a/{key}@h.example")),
        Just(format!("https://h.example:{key}")),
        Just(format!("{key}://h.example/")),
        Just(format!("/home/u/{key}.ipc")),
        Just(format!("/ip4/127.0.0.1/tcp/{key}")),
        Just(format!("https://h.example/${{A:-{key}}}")),
        Just(key),
    ]
}

proptest! {
    #[test]
    fn no_key_ever_appears_in_a_report(
        (key, text) in key().prop_flat_map(|key| (Just(key.clone()), address(key))),
        name in prop_oneof![
            Just("ETH_RPC_URL"), Just("INFURA_API_KEY"), Just("ALCHEMY_API_KEY"), Just("BTC_RPC_HOST"), Just("IPFS_GATEWAY"),
            Just("SOLANA_RPC_URL"), Just("MESC_PATH"), Just("ELECTRUMDIR"), Just("BTC_RPC_PORT")
        ],
        in_process in any::<bool>(),
    ) {
        let home = tempfile::tempdir().unwrap();
        let mut places = places(home.path());
        if in_process {
            places.env.insert(name.to_owned(), text.clone());
        } else {
            put(&home.path().join(".bashrc"), &format!("export {name}='{text}'\n"));
        }
        put(&home.path().join(".config/environment.d/a.conf"), &format!("BTC_RPC_HOST={text}\nBTC_RPC_PORT={text}\n"));
        let quoted = serde_json::to_string(&text).unwrap();
        put(&home.path().join("mesc.json"), &format!("{{\"endpoints\":{{{quoted}:{{\"url\":{quoted},\"chain_id\":{quoted}}}}}}}"));
        let node = NodeUse {
            node: "n".into(), name: "n".into(), network: "mainnet".into(), asks: NodeAsks::Address(text.clone()), note: None,
            is_lasting: true,
        };
        let found = run(&places, None, &[node]);
        // `Debug` prints every text of the report.
        let all = format!("{found:?}").to_lowercase();
        prop_assert!(!all.contains(&key.to_lowercase()), "{text}: {all}");
    }
}
