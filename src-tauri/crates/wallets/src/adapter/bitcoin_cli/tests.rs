//! Claims about what bitcoin-cli uses, and about what an edit does to the file.

use super::{BITCOIN_CLI, DOGECOIN_CLI, LITECOIN_CLI};
use crate::adapter::{Adapter, AdapterError, ChangedFile, Login};
use crate::files::Files;
use crate::slot::SETTINGS;
use freehold_model::{Credential, Endpoint, Network, Secret};

fn network(name: &str) -> Network {
    Network::try_new(name).unwrap()
}

fn endpoint(port: u16, password: Option<&str>) -> Endpoint {
    let mut endpoint: Endpoint = format!("bitcoin+http://127.0.0.1:{port}").parse().unwrap();
    endpoint.credential = password.map(|password| Credential {
        user: "bitcoin-cli".into(),
        password: Secret::new(password),
    });
    endpoint
}

fn seen(text: &str, on: &str) -> (String, Login) {
    let found = BITCOIN_CLI
        .inspect(&Files::single(Some(text.as_bytes())), &network(on))
        .unwrap()
        .endpoint
        .unwrap();
    (found.text, found.login)
}

fn planned(text: &str, on: &str, password: Option<&str>) -> String {
    let plan = BITCOIN_CLI
        .plan(
            &Files::single(Some(text.as_bytes())),
            &network(on),
            &endpoint(28332, password),
        )
        .unwrap();
    String::from_utf8(plan.settings_bytes().to_vec()).unwrap()
}

#[test]
fn the_endpoint_in_use_follows_cores_rules() {
    let at = |text: &str| text.to_owned();
    assert_eq!(
        seen("", "mainnet"),
        (at("bitcoin+http://127.0.0.1:8332"), Login::Cookie)
    );
    assert_eq!(seen("rpcport=5\n", "mainnet").0, "bitcoin+http://127.0.0.1:5");
    assert_eq!(
        seen("rpcport=5\n", "regtest").0,
        "bitcoin+http://127.0.0.1:18443",
        "a common rpcport is mainnet's"
    );
    assert_eq!(
        seen("rpcport=5\nrpcconnect=10.0.0.2\n[regtest]\nrpcport=7\n", "regtest").0,
        "bitcoin+http://10.0.0.2:7"
    );
    assert_eq!(
        seen("rpcconnect=Node.Example:7\n", "signet").0,
        "bitcoin+http://node.example:7"
    );
    assert_eq!(seen("rpcconnect=[::1]:7\n", "mainnet").0, "bitcoin+http://[::1]:7");
    assert_eq!(seen("rpcconnect=::1\n", "mainnet").0, "bitcoin+http://[::1]:8332");
    assert_eq!(
        seen("rpcpassword=x\nrpccookiefile=/c\n", "mainnet").1,
        Login::Password,
        "a password beats a cookie"
    );
}

#[test]
fn other_networks_keep_their_endpoint() {
    let before = "rpcuser=me\nrpcpassword=old\nrpcconnect=10.0.0.2\n";
    let after = planned(before, "mainnet", Some("new"));
    assert!(after.starts_with(before), "the common part stays: {after}");
    for other in ["testnet", "testnet4", "signet", "regtest"] {
        assert_eq!(seen(&after, other), seen(before, other), "{other} is not switched");
    }
    assert_eq!(seen(&after, "mainnet").0, "bitcoin+http://127.0.0.1:28332");
}

#[test]
fn an_endpoint_that_is_in_use_already_leaves_the_file_alone() {
    let common = "rpcconnect=127.0.0.1\nrpcport=28332\nrpcuser=bitcoin-cli\nrpcpassword=pw\n";
    assert_eq!(planned(common, "mainnet", Some("pw")), common);
}

#[test]
fn without_a_login_the_present_one_stays() {
    assert_eq!(
        planned("", "regtest", None),
        "[regtest]\nrpcconnect=127.0.0.1\nrpcport=28332\n"
    );
}

#[test]
fn what_would_beat_the_edit_is_named_or_refused() {
    let notes = |text: &str| {
        BITCOIN_CLI
            .plan(
                &Files::single(Some(text.as_bytes())),
                &network("regtest"),
                &endpoint(1, Some("x")),
            )
            .unwrap()
            .notes
    };
    assert!(
        notes("includeconf=more.conf\n")
            .iter()
            .any(|note| note.starts_with("Line 1 includes another file"))
    );
    assert!(
        notes("rpccookiefile=/c\n")
            .iter()
            .any(|note| note.contains("rpccookiefile"))
    );
    assert!(
        notes("").iter().any(|note| note.contains("bitcoin-cli -regtest")),
        "the network must be named"
    );
    assert!(
        !notes("regtest=1\n")
            .iter()
            .any(|note| note.contains("bitcoin-cli -regtest")),
        "the file selects it"
    );
    assert!(
        !notes("chain=regtest\n")
            .iter()
            .any(|note| note.contains("bitcoin-cli -regtest")),
        "the file selects it"
    );
    let ipc = BITCOIN_CLI.plan(
        &Files::single(Some(b"ipcconnect=unix\n")),
        &network("regtest"),
        &endpoint(1, None),
    );
    assert!(
        matches!(ipc, Err(AdapterError::Conflict { .. })),
        "bitcoin-cli refuses both keys together"
    );
}

#[test]
fn a_login_that_the_file_cannot_carry_is_refused() {
    for password in ["a#b", "a\nb", " a", "a\u{0}", ""] {
        let plan = BITCOIN_CLI.plan(&Files::single(None), &network("regtest"), &endpoint(1, Some(password)));
        assert!(matches!(plan, Err(AdapterError::Endpoint { .. })), "{password:?}");
    }
}

#[test]
fn only_our_settings_go_back_in_a_file_that_changed() {
    let before = "server=1\n[regtest]\nrpcport=18443\n";
    let switched = planned(before, "regtest", Some("pw"));
    let current = switched
        .replace("rpcconnect=127.0.0.1", "rpcconnect=10.0.0.9")
        .replace("server=1", "server=1\ntxindex=1");
    let restored = BITCOIN_CLI
        .restore_keys(
            &ChangedFile {
                slot: SETTINGS,
                current: current.as_bytes(),
                original: Some(before.as_bytes()),
                switched: switched.as_bytes(),
            },
            &network("regtest"),
        )
        .unwrap();
    assert_eq!(
        restored.bytes.as_slice(),
        b"server=1\ntxindex=1\n[regtest]\nrpcport=18443\nrpcconnect=10.0.0.9\n"
    );
    assert_eq!(restored.kept, ["[regtest] rpcconnect"]);
}

#[test]
fn a_section_that_the_switch_made_goes_again() {
    let switched = planned("server=1\n", "regtest", Some("pw"));
    let current = format!("listen=0\n{switched}");
    let restored = BITCOIN_CLI
        .restore_keys(
            &ChangedFile {
                slot: SETTINGS,
                current: current.as_bytes(),
                original: Some(b"server=1\n"),
                switched: switched.as_bytes(),
            },
            &network("regtest"),
        )
        .unwrap();
    assert_eq!(restored.bytes.as_slice(), b"listen=0\nserver=1\n");
}

#[test]
fn no_password_is_shown_not_even_from_a_comment() {
    let text = "#rpcpassword=hunter2\nrpcpassword=hunter2\nrpcauth=u:hunter2$hash\nproxy=http://u:hunter2@h\n";
    let shown = BITCOIN_CLI.masked(SETTINGS, text.as_bytes());
    assert!(!shown.contains("hunter2"), "{shown}");
    let plan = BITCOIN_CLI.plan(
        &Files::single(Some(text.replace('#', ";=").as_bytes())),
        &network("mainnet"),
        &endpoint(1, Some("topsecret")),
    );
    assert!(!format!("{plan:?}").contains("topsecret"), "a plan can be printed");
}

#[test]
fn litecoin_has_its_own_ports_and_sections() {
    let at = |on: &str| {
        let found = LITECOIN_CLI.inspect(&Files::single(Some(b"")), &network(on)).unwrap();
        found.endpoint.unwrap().text
    };
    assert_eq!(at("mainnet"), "bitcoin+http://127.0.0.1:9332");
    assert_eq!(at("testnet"), "bitcoin+http://127.0.0.1:19332");
    assert_eq!(at("regtest"), "bitcoin+http://127.0.0.1:19443");
    assert!(!LITECOIN_CLI.networks().contains(&"testnet4"));
}

#[test]
fn dogecoin_has_one_endpoint_for_every_network_and_knows_no_sections() {
    let at = |text: &str, on: &str| {
        let found = DOGECOIN_CLI
            .inspect(&Files::single(Some(text.as_bytes())), &network(on))
            .unwrap();
        found.endpoint.unwrap().text
    };
    assert_eq!(at("", "mainnet"), "bitcoin+http://127.0.0.1:22555");
    assert_eq!(at("", "testnet"), "bitcoin+http://127.0.0.1:44555");
    let text = "rpcport=5\n[test]\nrpcport=7\n";
    assert_eq!(at(text, "mainnet"), "bitcoin+http://127.0.0.1:5");
    assert_eq!(
        at(text, "testnet"),
        "bitcoin+http://127.0.0.1:5",
        "a section is not read"
    );
    let plan = DOGECOIN_CLI
        .plan(
            &Files::single(Some(text.as_bytes())),
            &network("mainnet"),
            &endpoint(28332, Some("pw")),
        )
        .unwrap();
    let after = String::from_utf8_lossy(plan.settings_bytes()).into_owned();
    assert!(after.starts_with("rpcport=28332\nrpcconnect=127.0.0.1\n"), "{after}");
    assert!(after.ends_with("[test]\nrpcport=7\n"), "{after}");
    assert!(
        plan.notes.iter().any(|note| note.contains("for every one of them")),
        "{:?}",
        plan.notes
    );
}
