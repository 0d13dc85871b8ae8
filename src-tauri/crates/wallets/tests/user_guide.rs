//! The table of wallets in the user guide is what the adapters and the wallets without a file say.
//!
//! `UPDATE_GUIDE=1 cargo test -p freehold-wallets --test user_guide` writes it again.

use std::path::Path;

use freehold_model::Protocol;
use freehold_wallets::{Guide, RunsOn, Switchable, adapters, guides};

const PAGE: &str = "../../../ui/help/which-wallets.md";
/// Everything below this heading is written by this test.
const HEADING: &str = "## All of them\n";

/// What a person would call it.
const fn spoken(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::BitcoinHttp => "a node of Bitcoin Core's family",
        Protocol::ElectrumTcp | Protocol::ElectrumSsl => "an Electrum server",
        Protocol::EvmHttp | Protocol::EvmWs => "an Ethereum-like node",
        Protocol::MoneroHttp => "a Monero node",
        Protocol::SolanaHttp => "a Solana node",
        Protocol::IpfsHttp | Protocol::IpfsGatewayHttp => "an IPFS node",
        Protocol::LightwalletdHttp => "a Zcash server for light wallets",
        Protocol::BeaconHttp => "an Ethereum consensus client",
        Protocol::ArweaveHttp => "an Arweave gateway",
        Protocol::KaspaWs => "a Kaspa node",
        Protocol::NostrWs => "a Nostr relay",
        Protocol::TorSocks5 => "Tor",
        Protocol::LndHttp => "LND",
        Protocol::WebHttp => "a page of a node",
    }
}

/// Everything that it can ask, the preferred first, each once.
fn asks(protocols: &[Protocol]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for protocol in protocols {
        if !names.contains(&spoken(*protocol)) {
            names.push(spoken(*protocol));
        }
    }
    names.join(" or ")
}

fn how(guide: &Guide) -> &'static str {
    match guide.how {
        Switchable::Prompt => "the wallet asks you",
        Switchable::Guide if guide.link.is_some() => "steps, with a code for the telephone",
        Switchable::Guide if guide.runs_on == RunsOn::Phone => "steps, on the telephone",
        Switchable::Guide => "steps",
        Switchable::No => "not at all; what to do instead is shown",
        Switchable::File => "Freehold changes its file",
    }
}

fn table() -> String {
    let own = adapters().iter().map(|adapter| {
        let how = match (adapter.by_hand(), adapter.takes_file()) {
            (Some(_), _) => "steps; Freehold reads its file",
            (None, true) => "Freehold changes its file; you name the file",
            (None, false) => "Freehold changes its file",
        };
        row(adapter.name(), adapter.id(), adapter.protocols(), how)
    });
    let guided = guides()
        .iter()
        .map(|guide| row(&guide.name, &guide.id, &guide.protocols, how(guide)));
    let head = "\n| wallet | `freehold` calls it | it asks | how it is switched |\n| --- | --- | --- | --- |\n";
    [head.to_owned()].into_iter().chain(own).chain(guided).collect()
}

fn row(name: &str, id: &str, protocols: &[Protocol], how: &str) -> String {
    format!("| {name} | `{id}` | {} | {how} |\n", asks(protocols))
}

#[test]
fn the_table_of_the_guide_is_the_one_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = std::fs::read_to_string(&path).unwrap();
    let (intro, found) = page.split_once(HEADING).expect("the page has the heading");
    let wanted = table();
    assert!(wanted.lines().count() > 40, "only some wallets were found");
    if std::env::var_os("UPDATE_GUIDE").is_some() {
        #[expect(clippy::disallowed_methods, reason = "a generated file of the source tree")]
        std::fs::write(&path, format!("{intro}{HEADING}{wanted}")).unwrap();
        return;
    }
    assert_eq!(
        found, wanted,
        "write it again: UPDATE_GUIDE=1 cargo test -p freehold-wallets --test user_guide"
    );
}
