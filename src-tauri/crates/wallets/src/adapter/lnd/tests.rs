//! Claims about what LND asks, and about what a person is told.

use super::Lnd;
use crate::adapter::Adapter;
use crate::files::Files;
use freehold_model::{Credential, Endpoint, Network, Secret};

fn files(text: &str) -> Files {
    Files::single(Some(text.as_bytes()))
}

fn ours() -> Endpoint {
    let mut endpoint: Endpoint = "bitcoin+http://127.0.0.1:8332".parse().unwrap();
    endpoint.credential = Some(Credential {
        user: "u".into(),
        password: Secret::new("pw"),
    });
    endpoint
}

#[test]
fn the_node_counts_only_where_lnd_is_told_to_use_one() {
    let on = Network::mainnet();
    let seen = |text: &str| Lnd.inspect(&files(text), &on).unwrap();
    assert_eq!(
        seen("bitcoin.node=neutrino\nneutrino.addpeer=a.example\n").endpoint,
        None
    );
    assert!(seen("bitcoin.node=neutrino\nneutrino.addpeer=a.example\n").notes[1].contains("a.example"));
    let found = seen("[Bitcoin]\nbitcoin.node=\"bitcoind\"\nbitcoind.rpchost=\"h:9\"\n")
        .endpoint
        .unwrap();
    assert_eq!(found.text, "bitcoin+http://h:9");
    assert_eq!(
        seen("bitcoin.node=bitcoind\n").endpoint.unwrap().text,
        "bitcoin+http://localhost:8332"
    );
    assert_eq!(
        seen("bitcoin.testnet=1\nbitcoin.node=bitcoind\n").endpoint,
        None,
        "it is set to another network"
    );
}

#[test]
fn going_over_from_neutrino_comes_with_a_warning() {
    let on = Network::mainnet();
    let notes = |text: &str| Lnd.plan(&files(text), &on, &ours()).unwrap().notes.join(" ");
    assert!(notes("bitcoin.node=neutrino\n").contains("back up `channel.backup`"));
    assert!(!notes("bitcoin.node=bitcoind\n").contains("channel.backup"));
    assert!(Lnd.plan(&files("bitcoin.node=nochainbackend\n"), &on, &ours()).is_err());
}

#[test]
fn the_password_of_the_file_is_hidden() {
    let shown = Lnd.masked("settings", b"bitcoind.rpcpass=hunter2\n;bitcoind.rpcpass = hunter2\n");
    assert!(!shown.contains("hunter2"), "{shown}");
}
