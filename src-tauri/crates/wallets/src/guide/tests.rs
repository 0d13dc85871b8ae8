//! The built-in guides are whole, and every value to copy can be filled in for every protocol that they claim.

use std::collections::{BTreeMap, BTreeSet};

use freehold_model::{Endpoint, Protocol};

use super::*;
use crate::place::{Os, Places};

fn endpoint(protocol: Protocol) -> GuideEndpoint {
    GuideEndpoint {
        endpoint: Endpoint {
            protocol,
            host: "127.0.0.1".to_owned(),
            port: 23_001,
            credential: None,
        },
        path: "/path".to_owned(),
        user: Some("somebody".to_owned()),
        node: "My node".to_owned(),
        network: "mainnet".to_owned(),
        chain_id: Some(43_114),
    }
}

#[test]
fn every_file_is_read_and_whole() {
    let mut ids = BTreeSet::new();
    for (stem, text) in TEXTS {
        let guide = read(text).unwrap_or_else(|error| panic!("{stem}.toml: {error}"));
        assert_eq!(check::check(stem, &guide), Vec::<String>::new(), "{stem}.toml");
        assert!(ids.insert(guide.id), "{stem} is there twice");
    }
    assert_eq!(guides().len(), TEXTS.len());
    for adapter in crate::adapter::adapters() {
        assert!(
            guide(adapter.id()).is_none(),
            "{} has an adapter and a guide",
            adapter.id()
        );
    }
}

#[test]
fn what_must_be_there_is_there() {
    for id in [
        "rabby",
        "core-wallet",
        "trezor-suite",
        "cake",
        "cake-mobile",
        "wander",
        "metamask",
        "brave-wallet",
        "ipfs-companion",
        "arkb",
        "avalanche-cli",
        "ywallet",
        "zashi",
        "phantom",
        "solflare",
        "backpack",
        "ledger-live",
        "phoenix",
        "bluewallet",
        "zeus",
        "fully-noded",
        "green-mobile",
        "nunchuk-mobile",
    ] {
        assert!(guide(id).is_some(), "{id}");
    }
    assert_eq!(guide("ledger-live").unwrap().how, Switchable::No);
    assert_eq!(guide("metamask").unwrap().how, Switchable::Prompt);
}

#[test]
fn every_value_to_copy_is_filled_in_for_every_protocol() {
    for guide in guides() {
        for protocol in &guide.protocols {
            let endpoints = [endpoint(*protocol)];
            for step in guide.steps.iter().chain(&guide.revert) {
                let Some(filled) = fill(guide, std::slice::from_ref(step), &endpoints).pop() else {
                    let other = step.protocol.is_some_and(|wanted| wanted != *protocol);
                    assert!(other, "{}: `{}` vanished for {protocol}", guide.id, step.text);
                    continue;
                };
                assert_eq!(
                    filled.copy.is_some(),
                    step.copy.is_some(),
                    "{}: `{}` for {protocol}",
                    guide.id,
                    step.text
                );
                let shown = format!("{} {}", filled.text, filled.copy.unwrap_or_default());
                assert!(!shown.contains(['{', '}']), "{}: {shown}", guide.id);
            }
        }
    }
}

#[test]
fn without_a_node_the_words_say_what_belongs_there() {
    let trezor = guide("trezor-suite").unwrap();
    let steps = fill(trezor, &trezor.steps, &[]);
    assert_eq!(steps.len(), trezor.steps.len());
    assert!(
        steps.iter().all(|step| step.copy.is_none() && !step.text.contains('{')),
        "{steps:?}"
    );
    let brave = guide("brave-wallet").unwrap();
    let steps = fill(brave, &brave.steps, &[]);
    assert_eq!(steps[0].copy.as_deref(), Some("brave://settings/wallet/networks"));
}

#[test]
fn values_have_the_form_that_the_wallet_takes() {
    let copies = |id: &str, protocols: &[Protocol]| {
        let guide = guide(id).unwrap();
        let endpoints: Vec<_> = protocols.iter().map(|protocol| endpoint(*protocol)).collect();
        let steps = fill(guide, &guide.steps, &endpoints);
        steps.into_iter().filter_map(|step| step.copy).collect::<Vec<_>>()
    };
    assert_eq!(copies("trezor-suite", &[Protocol::ElectrumTcp]), ["127.0.0.1:23001:t"]);
    assert_eq!(copies("rabby", &[Protocol::EvmHttp]), ["http://127.0.0.1:23001/path"]);
    assert_eq!(
        copies("avalanche-cli", &[Protocol::EvmHttp]),
        ["--endpoint http://127.0.0.1:23001"]
    );
    assert_eq!(
        copies("cake", &[Protocol::MoneroHttp]),
        ["127.0.0.1", "23001", "somebody"]
    );
    let both = [Protocol::IpfsHttp, Protocol::IpfsGatewayHttp];
    assert_eq!(copies("ipfs-companion", &both).len(), 2);
    assert_eq!(copies("ipfs-companion", &both[..1]).len(), 1);
    let cake = guide("cake").unwrap();
    let mut open = endpoint(Protocol::ElectrumTcp);
    open.user = None;
    let steps = fill(cake, &cake.steps, &[open]);
    assert!(!steps.iter().any(|step| step.text.contains("Password")), "{steps:?}");
}

#[test]
fn symbols_fit_what_a_wallet_takes() {
    let chains = read_chains().unwrap();
    assert_eq!(chains.schema_version, SCHEMA_VERSION);
    let ids: BTreeSet<_> = chains.chains.iter().map(|chain| chain.id).collect();
    assert_eq!(ids.len(), chains.chains.len(), "a chain is there twice");
    for chain in &chains.chains {
        // MetaMask: one to six characters. Longer ones are its own for test networks.
        let fits = (1..=6).contains(&chain.symbol.len());
        assert!(fits || chain.unverified, "{}", chain.symbol);
    }
    assert_eq!(evm_chain(43_114).unwrap().symbol, "AVAX");
}

fn places(home: &std::path::Path) -> Places {
    Places {
        home: home.to_owned(),
        env: BTreeMap::new(),
        os: Os::Linux,
        is_own_home: false,
        uid: None,
        chosen: None,
    }
}

fn found(home: &std::path::Path) -> Vec<&'static str> {
    let all = find_guided(&places(home));
    assert_eq!(all.len(), guides().len());
    all.into_iter()
        .filter(|(_, path)| path.is_some())
        .map(|(guide, _)| guide.id.as_str())
        .collect()
}

#[test]
fn a_wallet_is_found_by_its_folder_or_its_extension_alone() {
    assert_eq!(detect::read_browsers().unwrap().schema_version, SCHEMA_VERSION);
    let home = tempfile::tempdir().unwrap();
    assert!(found(home.path()).is_empty());
    for folder in [
        ".config/@trezor/suite-desktop",
        ".config/chromium/Profile 2/Extensions/nkbihfbeogaeaoehlefnkodbefgpgknn",
        ".config/google-chrome/Default/Extensions/acmacodkjbdgmoleebolmdjonilkdbch",
        ".mozilla/firefox/abc.default/extensions",
    ] {
        std::fs::create_dir_all(home.path().join(folder)).unwrap();
    }
    assert_eq!(found(home.path()), ["metamask", "rabby", "trezor-suite"]);
    let file = home
        .path()
        .join(".mozilla/firefox/abc.default/extensions/ipfs-firefox-addon@lidel.org.xpi");
    std::fs::File::create(file).unwrap();
    assert_eq!(
        found(home.path()),
        ["ipfs-companion", "metamask", "rabby", "trezor-suite"]
    );
}

#[test]
fn mistakes_are_told() {
    let text = TEXTS.iter().find(|(stem, _)| *stem == "rabby").unwrap().1;
    let with = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    for (text, told) in [
        (with("{url}", "{address}"), "`{address}` is not known"),
        (with("{url}", "{url"), "a stray brace"),
        (
            with("id = \"rabby\"", "id = \"other\""),
            "the id is not the file's name",
        ),
        (with("how = \"guide\"", "how = \"file\""), "have an adapter"),
        (with("how = \"guide\"", "how = \"prompt\""), "needs its words"),
        (
            with("copy = \"{url}\"", "copy = \"{url}\"\nprotocol = \"solana+http\""),
            "does not speak",
        ),
    ] {
        let wrong = check::check("rabby", &read(&text).unwrap());
        assert!(wrong.iter().any(|wrong| wrong.contains(told)), "{told}: {wrong:?}");
    }
    assert!(read(&with("how = ", "hwo = ")).is_err());
}
