//! Claims about the two files of Core Lightning.

use super::{CoreLightning, GENERAL, OWN};
use crate::adapter::Adapter;
use crate::file::FileBytes;
use crate::files::{Files, HeldFile};
use crate::slot::SETTINGS;
use freehold_model::Network;
use std::path::PathBuf;

fn files(general: &str, own: Option<&str>) -> Files {
    let held = |slot, path: &str, text: Option<&str>| HeldFile {
        slot,
        path: PathBuf::from(path),
        bytes: text.map(|text| FileBytes::new(text.as_bytes().to_vec())),
    };
    Files::of(vec![
        held(SETTINGS, "/g", Some(general)),
        held(OWN, "/o", own),
        held(GENERAL, "/g", Some(general)),
    ])
}

#[test]
fn the_networks_own_file_counts_more_than_the_general_one() {
    let seen = |general: &str, own: Option<&str>| {
        let found = CoreLightning
            .inspect(&files(general, own), &Network::mainnet())
            .unwrap();
        found.endpoint.map(|found| found.text)
    };
    let general = "bitcoin-rpcconnect=a.example\nbitcoin-rpcport=7\n";
    assert_eq!(seen(general, None).as_deref(), Some("bitcoin+http://a.example:7"));
    assert_eq!(
        seen(general, Some("bitcoin-rpcport=8\n")).as_deref(),
        Some("bitcoin+http://a.example:8")
    );
    assert_eq!(seen("", None).as_deref(), Some("bitcoin+http://127.0.0.1:8332"));
}

#[test]
fn a_plugin_in_the_place_of_bitcoind_is_named() {
    for (general, own) in [
        ("important-plugin=/usr/lib/trustedcoin_0.8\n", None),
        ("disable-plugin=bcli\n", None),
        ("", Some("plugin=sauron.py\n")),
    ] {
        let found = CoreLightning
            .inspect(&files(general, own), &Network::mainnet())
            .unwrap();
        assert_eq!(found.endpoint, None, "{general}");
        assert!(found.leans_on.is_some(), "{general}");
    }
    let other = CoreLightning
        .inspect(&files("plugin=/opt/summary.py\n", None), &Network::mainnet())
        .unwrap();
    assert_eq!(other.leans_on, None);
}
