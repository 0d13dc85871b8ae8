use super::{Toml, TomlDocument, masked, part, quoted};
use crate::adapter::keys::{Document, put_back, set};
use crate::adapter::{AdapterError, ChangedFile};

const LIANA: &str = "# Liana\r\ndaemon = false\r\nmain_descriptor = \"wsh(a#x)\" # never touch\r\n\r\n[bitcoin_config]\r\n\
                     network = 'bitcoin'\r\npoll_interval_secs = 30\r\n\r\n[bitcoind_config]\r\naddr = '127.0.0.1:8332'\r\n\
                     cookie_path = \"/x/.cookie\"\r\n";

/// Sets and puts back, and gives what stood between.
fn round(before: &str, wanted: &[(&str, Option<&str>)]) -> String {
    let wanted: Vec<(&str, Option<String>)> = wanted
        .iter()
        .map(|(key, value)| (*key, value.map(str::to_owned)))
        .collect();
    let names: Vec<&str> = wanted.iter().map(|(key, _)| *key).collect();
    let (after, changes) = set::<Toml>(before.as_bytes(), &wanted).unwrap();
    assert!(!changes.is_empty());
    assert_eq!(
        set::<Toml>(&after, &wanted).unwrap(),
        (after.clone(), Vec::new()),
        "twice is once"
    );
    let file = ChangedFile {
        slot: "settings",
        current: &after,
        original: Some(before.as_bytes()),
        switched: &after,
    };
    let restored = put_back::<Toml>(&file, &[&names]).unwrap();
    assert_eq!(
        String::from_utf8_lossy(restored.bytes.as_slice()),
        before,
        "put back to the byte"
    );
    String::from_utf8(after).unwrap()
}

#[test]
fn a_value_is_replaced_and_nothing_else_with_every_line_end_and_mark() {
    for mark in ["", "\u{feff}"] {
        for text in [LIANA.to_owned(), LIANA.replace("\r\n", "\n")] {
            let before = format!("{mark}{text}");
            let after = round(&before, &[("bitcoind_config.addr", Some("\"127.0.0.1:18443\""))]);
            assert_eq!(after, before.replace("'127.0.0.1:8332'", "\"127.0.0.1:18443\""));
        }
    }
}

#[test]
fn a_new_setting_follows_the_last_of_its_table() {
    let after = round(
        LIANA,
        &[
            ("bitcoin_config.x", Some("1")),
            ("bitcoind_config.auth", Some("\"u:p\"")),
        ],
    );
    let wanted = LIANA.replace("= 30\r\n", "= 30\r\nx = 1\r\n") + "auth = \"u:p\"\r\n";
    assert_eq!(after, wanted);
    assert_eq!(
        round("[a]\n\n[b]\nc = 1", &[("b.d", Some("2"))]),
        "[a]\n\n[b]\nc = 1\nd = 2"
    );
    assert_eq!(
        round("# x\n[a] # y\n[b]\n", &[("top", Some("2"))]),
        "top = 2\n# x\n[a] # y\n[b]\n"
    );
    assert_eq!(
        round("  a = [\n1,\n] # c\n", &[("b", Some("2"))]),
        "  a = [\n1,\n] # c\n  b = 2\n"
    );
}

#[test]
fn a_new_table_stands_at_the_end_and_goes_again() {
    assert_eq!(
        round("", &[("a.b", Some("1")), ("a.c", Some("2"))]),
        "[a]\nb = 1\nc = 2\n"
    );
    assert_eq!(
        round("x = 1", &[("a.\"b.c\".d", Some("1"))]),
        "x = 1\n\n[a.\"b.c\"]\nd = 1"
    );
    assert_eq!(
        round("x = 1\r\n\r\n", &[("a.b", Some("1"))]),
        "x = 1\r\n\r\n\r\n[a]\r\nb = 1\r\n"
    );
    assert_eq!(
        round("[profile.ci]\nx = 1\n", &[("profile.default.url", Some("1"))]),
        "[profile.ci]\nx = 1\n\n[profile.default]\nurl = 1\n"
    );
    assert_eq!(round("# only a word\n", &[("a", Some("1"))]), "# only a word\na = 1\n");
    assert_eq!(round("# only a word", &[("a", Some("1"))]), "# only a word\na = 1");
}

#[test]
fn a_table_of_the_user_stays_when_a_comment_stands_in_it() {
    let document = TomlDocument::parse(b"[a]\n# mine\nb = 1\n").unwrap();
    assert_eq!(document.without("a.b").unwrap(), b"[a]\n# mine\n");
}

#[test]
fn inline_tables_and_dotted_keys_keep_their_form() {
    assert_eq!(
        round(
            "e = { a = 'x', b = 2 }\n",
            &[("e.a", Some("\"y\"")), ("e.c", Some("3"))]
        ),
        "e = { a = \"y\", b = 2, c = 3 }\n"
    );
    let document = TomlDocument::parse(b"e = { a = 1, b = 2 }\n").unwrap();
    assert_eq!(document.without("e.a").unwrap(), b"e = { b = 2 }\n");
    assert_eq!(document.without("e.b").unwrap(), b"e = { a = 1 }\n");
    assert_eq!(
        round("profile.default.src = 'x' # c\n", &[("profile.default.url", Some("1"))]),
        "profile.default.src = 'x' # c\nprofile.default.url = 1\n"
    );
    assert_eq!(
        round("e = {}\n[b]\n", &[("e.a.b", Some("1"))]),
        "e = { a.b = 1 }\n[b]\n"
    );
}

#[test]
fn what_cannot_be_edited_is_refused_with_its_place() {
    let error = TomlDocument::parse(b"a = 1\nb = 'x\nc = 2").unwrap_err();
    assert!(matches!(error, AdapterError::Malformed { line: 2, .. }), "{error}");
    assert!(TomlDocument::parse(b"a = 1\na = 2\n").is_err(), "a name twice");
    assert!(matches!(
        TomlDocument::parse(b"a = 1\n\xff").unwrap_err(),
        AdapterError::Malformed { line: 2, byte: 6, .. }
    ));
    let document = TomlDocument::parse(b"a = 1\n[[t]]\nx = 1\n[s]\n").unwrap();
    for path in ["a.b", "t.x", "s"] {
        assert!(document.with(path, "1").is_err(), "{path}");
    }
    let message = document.text("a").unwrap_err().to_string();
    assert!(message.contains("`a` is not a text"), "{message}");
    assert_eq!(document.names(""), ["a", "t", "s"]);
    assert!(document.is_table("s") && !document.is_table("a"));
}

#[test]
fn a_text_is_quoted_as_it_must_be() {
    assert_eq!(quoted("http://h:1"), "\"http://h:1\"");
    assert_eq!(part("a.b"), "\"a.b\"");
    assert_eq!(TomlDocument::shown(&quoted("a\"b\\c")), "a\"b\\c");
    assert!(TomlDocument::is_same("'a'", "\"a\"") && !TomlDocument::is_same("'a'", "\"b\""));
}

#[test]
fn secrets_are_hidden_and_the_lines_stay() {
    let text = b"a = 1 # rpcpassword = hunter2\n[etherscan]\nmainnet = { key = \"hunter2\" }\n[bitcoind_config]\nauth = \"u:hunter2\"\n\
                 eth_rpc_jwt = \"\"\"\nhunter2\"\"\"\n[rpc_endpoints]\nx = \"https://h/v3/0123456789abcdef0123456789abcdef\"\n[[t]]\nsecret = 'hunter2'\n";
    let shown = masked(text);
    assert!(
        !shown.contains("hunter2") && !shown.contains("0123456789abcdef"),
        "{shown}"
    );
    assert_eq!(shown.lines().count(), 11, "{shown}");
    assert!(!masked(b"auth = \"hunter2").contains("hunter2"));
}
