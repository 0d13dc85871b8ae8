//! The list of wallets: one row for each wallet and network, with the endpoint in use and who runs it.

use freehold_model::Network;
use freehold_wallets::{Switchable, WalletRow, find};

use crate::home::{Home, Processes, own_core};

fn rows(home: &Home) -> Vec<WalletRow> {
    rows_with_node_on(home, &[])
}

/// The rows, where a node on each of these networks offers itself to every wallet.
fn rows_with_node_on(home: &Home, networks: &[&str]) -> Vec<WalletRow> {
    let own = |host: &str, port: u16| host == "127.0.0.1" && port == 28332;
    let offered = |_: &str, network: &Network| networks.contains(&network.as_str());
    find(&home.places, &Processes::default(), Some(&home.journal), &own, &offered)
}

fn row(home: &Home, id: &str, network: &str) -> WalletRow {
    let found = rows(home)
        .into_iter()
        .find(|row| row.id == id && row.network.as_str() == network);
    found.unwrap_or_else(|| panic!("there is a row for {id} on {network}"))
}

#[test]
fn a_wallet_that_is_not_there_has_one_row_that_says_so() {
    let home = Home::new();
    let rows = rows(&home);
    for adapter in freehold_wallets::adapters() {
        let own: Vec<_> = rows.iter().filter(|row| row.id == adapter.id()).collect();
        assert!(
            matches!(own.as_slice(), [only] if !only.found),
            "{}: {own:?}",
            adapter.id()
        );
    }
    let switchable = |id: &str| row(&home, id, "mainnet").switchable;
    assert_eq!(switchable("bitcoin-cli"), Switchable::File, "bitcoin.conf can be made");
    assert_eq!(switchable("sparrow"), Switchable::No, "Sparrow must be started once");
    assert!(rows.iter().all(|row| row.endpoint.is_none() && !row.why.is_empty()));
    assert_eq!(home.listing(), Vec::<String>::new(), "looking makes nothing");
}

#[test]
fn a_network_of_an_own_node_has_a_row_where_the_wallet_can_be_pointed_there() {
    let home = Home::new();
    home.put(".bitcoin/bitcoin.conf", "server=1\n");
    let short = |rows: Vec<WalletRow>| -> Vec<_> {
        let name = |row: &WalletRow| format!("{} {}", row.id, row.network);
        let is_meant = |row: &&WalletRow| ["bitcoin-cli", "sparrow"].contains(&row.id.as_str());
        rows.iter().filter(is_meant).map(name).collect()
    };
    assert_eq!(short(rows(&home)), ["bitcoin-cli mainnet", "sparrow mainnet"]);
    assert_eq!(
        short(rows_with_node_on(&home, &["regtest"])),
        ["bitcoin-cli mainnet", "bitcoin-cli regtest", "sparrow mainnet"],
        "Sparrow has no settings on regtest, and Freehold does not make them"
    );
}

#[test]
fn a_hosted_endpoint_is_named_with_who_runs_it() {
    let home = Home::new();
    let config = r#"{"mode":"ONLINE","serverType":"PUBLIC_ELECTRUM_SERVER","publicElectrumServer":"ssl://electrum.blockstream.info:50002"}"#;
    home.put(".sparrow/config", config);
    let found = row(&home, "sparrow", "mainnet");
    assert_eq!(
        found.endpoint.as_deref(),
        Some("electrum+ssl://electrum.blockstream.info:50002")
    );
    assert_eq!(
        (found.provider.as_deref(), found.hosted),
        (Some("Blockstream Esplora and Electrum"), Some(true))
    );
    home.put(
        ".sparrow/config",
        config.replace("electrum.blockstream.info", "node.example.org"),
    );
    let unknown = row(&home, "sparrow", "mainnet");
    assert_eq!(
        (unknown.provider, unknown.hosted),
        (None, None),
        "a remote host that nobody knows is not called own"
    );
    home.put(
        ".sparrow/config",
        config.replace("electrum.blockstream.info", "192.168.1.5"),
    );
    assert_eq!(row(&home, "sparrow", "mainnet").hosted, Some(false));
}

#[test]
fn the_networks_that_a_shared_file_names_have_rows() {
    let home = Home::new();
    home.put(
        ".bitcoin/bitcoin.conf",
        "rpcuser=me\nrpcpassword=hunter2\n[regtest]\nrpcport=5\n[signet]\n",
    );
    let all = rows(&home);
    let networks: Vec<_> = all
        .iter()
        .filter(|row| row.id == "bitcoin-cli")
        .map(|row| row.network.as_str())
        .collect();
    assert_eq!(networks, ["mainnet", "regtest"]);
    assert!(!format!("{all:?}").contains("hunter2"), "no secret in a row");
}

#[test]
fn a_switched_wallet_says_so_until_it_is_put_back() {
    let home = Home::new();
    home.switch("bitcoin-cli", "regtest", &own_core(28332)).unwrap();
    let found = row(&home, "bitcoin-cli", "regtest");
    assert!(
        found.switched_by_us && found.own && found.hosted == Some(false),
        "{found:?}"
    );
    assert_eq!(found.endpoint.as_deref(), Some("bitcoin+http://127.0.0.1:28332"));
    assert!(!row(&home, "bitcoin-cli", "mainnet").switched_by_us);
    home.revert("bitcoin-cli", "regtest").unwrap();
    assert!(rows(&home).iter().all(|row| !row.switched_by_us));
}

#[test]
fn a_file_that_cannot_be_read_is_shown_with_the_reason() {
    let home = Home::new();
    home.put(".sparrow/config", "{\"mode\":");
    home.put(".bitcoin/bitcoin.conf", "broken\n");
    for id in ["sparrow", "bitcoin-cli"] {
        let found = row(&home, id, "mainnet");
        assert!(found.found && found.switchable == Switchable::No && found.endpoint.is_none());
        assert!(found.why.contains("line 1"), "{}", found.why);
    }
    let broken = rows(&home).into_iter().filter(|row| row.found).count();
    assert_eq!(broken, 2, "a shared file is not reported for each network");
}

#[test]
fn sparrows_newer_folder_is_used_where_it_exists() {
    let home = Home::new();
    home.put(".sparrow/config", "{}");
    home.put(
        ".config/sparrow/config",
        r#"{"mode":"ONLINE","serverType":"ELECTRUM_SERVER","electrumServer":"tcp://127.0.0.1:50001"}"#,
    );
    let found = row(&home, "sparrow", "mainnet");
    assert_eq!(found.files, [home.path(".config/sparrow/config")]);
    assert_eq!(found.endpoint.as_deref(), Some("electrum+tcp://127.0.0.1:50001"));
}
