//! Claims about the list of nodes and the program's modes.

use freehold_model::{Endpoint, Network};

use super::MoneroGui;
use crate::adapter::{Adapter, AdapterError, ChangedFile};
use crate::files::Files;
use crate::slot::SETTINGS;

fn mainnet() -> Network {
    Network::mainnet()
}

fn files(text: &str) -> Files {
    Files::single(Some(text.as_bytes()))
}

fn own() -> Endpoint {
    "monero+http://127.0.0.1:18081".parse().unwrap()
}

/// A file as QSettings writes it, with these nodes.
fn file(selected: usize, addresses: &[&str]) -> String {
    let node = |address: &&str| {
        format!(r#"{{\"address\":\"{address}\",\"username\":\"\",\"password\":\"\",\"trusted\":true}}"#)
    };
    let nodes: Vec<String> = addresses.iter().map(node).collect();
    format!(
        "[General]\nlanguage=en\nremoteNodesSerialized=\"{{\\\"selected\\\":{selected},\\\"nodes\\\":[{}]}}\"\nuseRemoteNode=true\n",
        nodes.join(",")
    )
}

#[test]
fn the_endpoint_in_use_follows_mode_and_list() {
    let seen = |text: &str| MoneroGui.inspect(&files(text), &mainnet()).unwrap();
    let endpoint = |text: &str| seen(text).endpoint.map(|found| found.text);
    let public = file(0, &["node.example:18089"]);
    assert_eq!(endpoint(&public).as_deref(), Some("monero+http://node.example:18089"));
    assert_eq!(
        endpoint(&file(5, &["a:1", "b"])).as_deref(),
        Some("monero+http://b:18081"),
        "5 modulo 2, default port"
    );
    assert_eq!(endpoint(&file(0, &[])), None);
    let local = public.replace("Node=true", "Node=false");
    assert_eq!(endpoint(&local).as_deref(), Some("monero+http://localhost:18081"));
    let bootstrap = seen(&format!("{local}bootstrapNodeAddress=auto\n"));
    assert_eq!(bootstrap.leans_on.as_deref(), Some("strangers' Monero nodes"));
    let simple = seen(&format!("{public}walletMode=0\n"));
    assert_eq!((simple.endpoint.is_none(), simple.leans_on.is_some()), (true, true));
    assert_eq!(
        endpoint(&format!("{public}nettype=2\n")),
        None,
        "set to another network"
    );
}

#[test]
fn a_list_of_another_kind_is_refused() {
    for list in [
        "[]",
        "7",
        r#"{\"nodes\":7}"#,
        r#"{\"nodes\":[{}],\"selected\":0}"#,
        r#"{\"nodes\":[],\"selected\":-1}"#,
        "{",
    ] {
        let text = format!("remoteNodesSerialized=\"{list}\"\n");
        let refused = MoneroGui.plan(&files(&text), &mainnet(), &own()).map(|_| ());
        assert!(
            matches!(refused, Err(AdapterError::Malformed { line: 1, .. })),
            "{list}: {refused:?}"
        );
    }
}

#[test]
fn a_revert_leaves_the_nodes_that_the_user_added_since() {
    let original = file(0, &["a.example:18089", "b.example:18089"]);
    let plan = MoneroGui.plan(&files(&original), &mainnet(), &own()).unwrap();
    let switched = plan.settings_bytes();
    let restore = |current: &str| {
        let changed = ChangedFile {
            slot: SETTINGS,
            current: current.as_bytes(),
            original: Some(original.as_bytes()),
            switched,
        };
        let restored = MoneroGui.restore_keys(&changed, &mainnet()).unwrap();
        (
            String::from_utf8(restored.bytes.as_slice().to_vec()).unwrap(),
            restored.kept,
        )
    };
    assert_eq!(
        switched,
        file(2, &["a.example:18089", "b.example:18089", "127.0.0.1:18081"]).as_bytes()
    );
    // The user put a node in front and one behind; ours is still the chosen one.
    let added = file(
        3,
        &[
            "new.example:1",
            "a.example:18089",
            "b.example:18089",
            "127.0.0.1:18081",
            "last.example:1",
        ],
    );
    let back = file(
        1,
        &["new.example:1", "a.example:18089", "b.example:18089", "last.example:1"],
    );
    assert_eq!(restore(&added), (back, Vec::new()));
    // The program writes the members of a node in another order: nobody has changed anything.
    let reordered = String::from_utf8(switched.to_vec()).unwrap().replace(
        r#"\"username\":\"\",\"password\":\"\",\"trusted\":true"#,
        r#"\"trusted\":true,\"username\":\"\",\"password\":\"\""#,
    );
    assert_ne!(reordered.as_bytes(), switched);
    assert_eq!(
        restore(&reordered.replace("=en", "=de")),
        (original.replace("=en", "=de"), Vec::new())
    );
    // The user chose another node: that is his, and nothing goes back.
    let chosen = file(0, &["a.example:18089", "b.example:18089", "127.0.0.1:18081"]);
    let (text, kept) = restore(&chosen);
    assert_eq!(text, chosen);
    assert!(kept.contains(&"remoteNodesSerialized".to_owned()), "{kept:?}");
}

#[test]
fn a_login_inside_the_list_is_never_shown() {
    let with_login = file(0, &["a.example:18089"]).replace(r#"password\":\"\""#, r#"password\":\"hunter2\""#);
    let shown = MoneroGui.masked(SETTINGS, with_login.as_bytes());
    assert!(
        !shown.contains("hunter2") && shown.contains("a.example:18089"),
        "{shown}"
    );
    let plan = MoneroGui.plan(&files(&with_login), &mainnet(), &own()).unwrap();
    assert!(!format!("{:?}", plan.files[0].keys).contains("hunter2"));
}
