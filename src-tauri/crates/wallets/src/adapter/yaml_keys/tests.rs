use super::{Yaml, YamlDocument, masked, quoted};
use crate::adapter::ChangedFile;
use crate::adapter::keys::{Document, put_back, set};

const BROWNIE: &str = "live:\n- name: Ethereum\n  networks:\n  - chainid: 1 # main\n    host: https://mainnet.infura.io/v3/$KEY\n    id: \
                       mainnet\n  - chainid: 11155111\n    id: sepolia\n- name: Other\n  networks:\n  - id: mainnet\n    host: x\n";

/// Sets and puts back, and gives what stood between.
fn round(before: &str, wanted: &[(&str, Option<&str>)]) -> String {
    let wanted: Vec<(&str, Option<String>)> = wanted
        .iter()
        .map(|(key, value)| (*key, value.map(str::to_owned)))
        .collect();
    let names: Vec<&str> = wanted.iter().map(|(key, _)| *key).collect();
    let (after, changes) = set::<Yaml>(before.as_bytes(), &wanted).unwrap();
    assert!(!changes.is_empty());
    assert_eq!(
        set::<Yaml>(&after, &wanted).unwrap(),
        (after.clone(), Vec::new()),
        "twice is once"
    );
    let file = ChangedFile {
        slot: "settings",
        current: &after,
        original: Some(before.as_bytes()),
        switched: &after,
    };
    let restored = put_back::<Yaml>(&file, &[&names]).unwrap();
    assert_eq!(
        String::from_utf8_lossy(restored.bytes.as_slice()),
        before,
        "put back to the byte"
    );
    String::from_utf8(after).unwrap()
}

#[test]
fn an_item_of_a_list_is_chosen_by_its_field() {
    let path = "live/[name=Ethereum]/networks/[id=mainnet]/host";
    for mark in ["", "\u{feff}"] {
        for text in [BROWNIE.to_owned(), BROWNIE.replace('\n', "\r\n")] {
            let before = format!("{mark}{text}");
            let after = round(&before, &[(path, Some("http://127.0.0.1:8545"))]);
            assert_eq!(
                after,
                before.replace("https://mainnet.infura.io/v3/$KEY", "http://127.0.0.1:8545")
            );
        }
    }
    let after = round(
        BROWNIE,
        &[("live/[name=Ethereum]/networks/[id=sepolia]/host", Some("h"))],
    );
    assert_eq!(after, BROWNIE.replace("id: sepolia\n", "id: sepolia\n    host: h\n"));
    let document = YamlDocument::parse(BROWNIE.as_bytes()).unwrap();
    let error = document
        .with("live/[name=Ethereum]/networks/[id=hoodi]/host", "h")
        .unwrap_err();
    assert!(error.to_string().contains("no item [id=hoodi]"), "{error}");
}

#[test]
fn names_above_a_new_setting_are_made_and_go_again() {
    let wanted = [
        ("node/ethereum/mainnet/uri", Some("u")),
        ("ethereum/mainnet/p", Some("node")),
    ];
    let made = "node:\n  ethereum:\n    mainnet:\n      uri: u\nethereum:\n  mainnet:\n    p: node\n";
    assert_eq!(round("", &wanted), made);
    assert_eq!(round("# mine\n", &wanted), format!("# mine\n{made}"));
    assert_eq!(round("---\n", &wanted), format!("---\n{made}"));
    assert_eq!(round("a: 1 # x", &[("b/c", Some("2"))]), "a: 1 # x\nb:\n  c: 2");
    assert_eq!(
        round(
            "node:\n    ethereum:\n        sepolia:\n            uri: x # k\n\n# end\n",
            &[("node/ethereum/mainnet/uri", Some("u"))]
        ),
        "node:\n    ethereum:\n        sepolia:\n            uri: x # k\n        mainnet:\n          uri: u\n\n# end\n"
    );
    assert_eq!(
        round("a:\n- 1\n- 2\nb: |\n  t\n  u\n", &[("c", Some("3"))]),
        "a:\n- 1\n- 2\nb: |\n  t\n  u\nc: 3\n"
    );
    let document = YamlDocument::parse(b"node: # none yet\nx: 1\n").unwrap();
    assert_eq!(
        document.with("node/a", "1").unwrap(),
        b"node: # none yet\n  a: 1\nx: 1\n"
    );
}

#[test]
fn empty_and_quoted_values_are_set_and_come_back() {
    let before = "json_rpc_url: \"https://h\" # mine\nwebsocket_url: 'wss://h'\nkeypair_path: /k\n";
    let wanted = [
        ("json_rpc_url", Some("http://127.0.0.1:8899")),
        ("websocket_url", Some("''")),
    ];
    assert_eq!(
        round(before, &wanted),
        "json_rpc_url: http://127.0.0.1:8899 # mine\nwebsocket_url: ''\nkeypair_path: /k\n"
    );
    assert_eq!(round("a:\nb: 1\n", &[("a", Some("x"))]), "a: x\nb: 1\n");
    assert_eq!(
        round("n: {e: {uri: 'x', k: 1}}\n", &[("n/e/uri", Some("http://h:1"))]),
        "n: {e: {uri: http://h:1, k: 1}}\n"
    );
    let document = YamlDocument::parse(b"a: ~\nb: ''\nc: 'null'\nd:\ne: 7\n").unwrap();
    let texts: Vec<Option<String>> = ["a", "b", "c", "d", "e"]
        .iter()
        .map(|path| document.text(path).unwrap())
        .collect();
    assert_eq!(
        texts,
        [None, Some(String::new()), Some("null".into()), None, Some("7".into())]
    );
}

#[test]
fn what_cannot_be_edited_safely_is_refused() {
    for (text, path) in [
        ("a: &x 1\nb: *x\n", "b"),
        ("a: &x 1\n", "a"),
        ("a: {b: 1}\n", "a/c"),
        ("a: |\n  text\n", "a"),
        ("d: &d {u: 1}\na:\n  <<: *d\n", "a/u"),
        ("a: 1\n", "a/b"),
        ("a: [1]\n", "a"),
        ("? a\n: 1\n", "a"),
    ] {
        let document = YamlDocument::parse(text.as_bytes()).unwrap();
        let error = document.with(path, "2").err().filter(|_| !text.starts_with('?'));
        assert!(error.is_some() || text.starts_with('?'), "{text:?} {path}");
    }
    assert!(YamlDocument::parse(b"a: 1\n---\na: 2\n").is_err());
    assert!(YamlDocument::parse(b"a: 1\n\xff").is_err());
}

#[test]
fn values_are_compared_by_what_they_mean() {
    assert!(YamlDocument::is_same("http://h:1", "\"http://h:1\""));
    assert!(!YamlDocument::is_same("1", "'1'") && !YamlDocument::is_same("", "''"));
    assert_eq!(quoted("http://127.0.0.1:1"), "http://127.0.0.1:1");
    assert_eq!(quoted("http://[::1]:1"), "'http://[::1]:1'");
    assert_eq!(quoted("true"), "'true'");
}

#[test]
fn secrets_are_hidden_line_by_line() {
    let text = b"test:\n  mnemonic: hunter2 a b\n  other: 1\nsecret: |\n  hunter2\n  x\nurl: https://u:hunter2@h/v3/0123456789abcdef0123456789abcdef\nx: {password: hunter2}\n# token: hunter2\n";
    let shown = masked(text);
    assert!(
        !shown.contains("hunter2") && !shown.contains("0123456789abcdef"),
        "{shown}"
    );
    assert_eq!(shown.lines().count(), 9);
    assert!(shown.contains("  other: 1\n"), "{shown}");
}
