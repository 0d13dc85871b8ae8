//! Claims about the node that Specter has chosen.

use super::{NODES, OURS, Specter};
use crate::adapter::{Adapter, Lock, Login};
use crate::file::FileBytes;
use crate::files::{Files, HeldFile};
use crate::place::{Os, Places};
use crate::slot::SETTINGS;
use freehold_model::Network;
use std::path::PathBuf;

fn held(slot: &'static str, path: &str, text: &str) -> HeldFile {
    HeldFile {
        slot,
        path: PathBuf::from(path),
        bytes: Some(FileBytes::new(text.as_bytes().to_vec())),
    }
}

#[test]
fn the_endpoint_is_that_of_the_node_in_use() {
    let on = Network::mainnet();
    let seen = |alias: &str, node: &str| {
        let config = format!(r#"{{"active_node_alias":"{alias}"}}"#);
        let files = Files::of(vec![
            held(SETTINGS, "/s/config.json", &config),
            held(NODES, "/s/nodes/spectrum_node.json", node),
        ]);
        Specter.inspect(&files, &on).unwrap()
    };
    let spectrum = r#"{"python_class":"x.SpectrumNode","host":"Electrum.Example","port":50002,"ssl":true}"#;
    assert_eq!(
        seen("spectrum_node", spectrum).endpoint.unwrap().text,
        "electrum+ssl://electrum.example:50002"
    );
    let core = r#"{"python_class":"cryptoadvance.specter.node.Node","host":"h"}"#;
    let found = seen("spectrum_node", core);
    assert_eq!(
        found.endpoint.unwrap().login,
        Login::Cookie,
        "where nothing is said it looks by itself"
    );
    assert!(
        seen("spectrum_node", r#"{"python_class":"x.Other"}"#)
            .endpoint
            .is_none()
    );
    let own = seen("my_umbrel", spectrum);
    assert!(own.endpoint.is_none() && own.notes[0].contains("does not open"));
}

#[test]
fn a_page_of_another_home_is_no_evidence_and_the_folder_moves() {
    let mut places = Places {
        home: PathBuf::from("/h"),
        env: [("SPECTER_DATA_FOLDER".to_owned(), "/d".to_owned())].into(),
        os: Os::Linux,
        is_own_home: true,
        uid: None,
        chosen: None,
    };
    let on = Network::mainnet();
    assert_eq!(Specter.locks(&places, &on), [Lock::Port(25441)]);
    let slots = Specter.slots(&places, &on);
    assert_eq!(slots[1].places, [PathBuf::from(format!("/d/nodes/{OURS}.json"))]);
    assert!(slots[1].may_create && slots[1].whole);
    places.is_own_home = false;
    assert_eq!(Specter.locks(&places, &on), []);
}
