//! Claims about reading and editing; each rule was also checked against the real bitcoin-cli.

use super::{Conf, is_double_negative};

fn value(text: &str, section: &str, name: &str) -> Option<String> {
    let conf = Conf::parse(text.as_bytes()).unwrap();
    conf.effective(section, name).map(|found| conf.text(found).into_owned())
}

fn with(text: &str, section: &str, name: &str, value: &str) -> String {
    let conf = Conf::parse(text.as_bytes()).unwrap();
    String::from_utf8(conf.with(section, name, value)).unwrap()
}

#[test]
fn the_first_value_wins_and_sections_are_prefixes() {
    assert_eq!(value("rpcport=5\nrpcport=6\n", "", "rpcport").as_deref(), Some("5"));
    assert_eq!(
        value("regtest.rpcport=9\n[regtest]\nrpcport=7\n", "regtest", "rpcport").as_deref(),
        Some("9")
    );
    assert_eq!(
        value("[regtest] # x\n rpcport = 7 # y\r\n", "regtest", "rpcport").as_deref(),
        Some("7")
    );
    assert_eq!(value("[regtest]\nrpcport=7\n", "", "rpcport"), None);
    assert_eq!(
        value("[ regtest]\nrpcport=7\n", "regtest", "rpcport"),
        None,
        "spaces belong to a section's name"
    );
}

#[test]
fn a_no_takes_back_what_stands_before_it() {
    assert_eq!(value("rpcport=7\nnorpcport=1\n", "", "rpcport"), None);
    assert_eq!(value("norpcport=1\nrpcport=7\n", "", "rpcport").as_deref(), Some("7"));
    assert!(
        Conf::parse(b"[main]\nnorpcport=1\n")
            .unwrap()
            .is_switched_off("main", "rpcport")
    );
    assert!(
        !Conf::parse(b"norpcport=0\n").unwrap().is_switched_off("", "rpcport"),
        "a double negative is a yes"
    );
    for (text, is_double) in [
        ("0", true),
        ("00", true),
        ("abc", true),
        ("1", false),
        ("", false),
        ("01", false),
    ] {
        assert_eq!(is_double_negative(text), is_double, "no…={text}");
    }
}

#[test]
fn what_core_refuses_is_refused_with_its_line() {
    for (text, line) in [
        ("a=1\nbroken\n", 2),
        ("-server=1\n", 1),
        ("\n\nrpcpassword=a#b\n", 3),
        ("rpcpassword=a # b\n", 1),
        ("[x\n", 1),
    ] {
        assert_eq!(
            Conf::parse(text.as_bytes()).map(|_| ()).unwrap_err().line,
            line,
            "{text:?}"
        );
    }
}

#[test]
fn an_edit_changes_the_value_and_nothing_else() {
    assert_eq!(
        with("a=1 # one\r\n  rpcport =  5   # mine\r\n", "", "rpcport", "77"),
        "a=1 # one\r\n  rpcport =  77   # mine\r\n"
    );
    assert_eq!(with("rpcport=", "", "rpcport", "77"), "rpcport=77");
}

#[test]
fn a_new_line_goes_behind_the_last_setting_of_its_section() {
    assert_eq!(
        with(
            "[regtest]\na=1\n\n# about main\n[main]\nb=2\n",
            "regtest",
            "rpcport",
            "7"
        ),
        "[regtest]\na=1\nrpcport=7\n\n# about main\n[main]\nb=2\n"
    );
    assert_eq!(with("[main]", "main", "rpcport", "7"), "[main]\nrpcport=7\n");
    assert_eq!(
        with("[main]\r\na=1", "main", "rpcport", "7"),
        "[main]\r\na=1\r\nrpcport=7\r\n"
    );
    assert_eq!(with("a=1", "signet", "rpcport", "7"), "a=1\n[signet]\nrpcport=7\n");
    assert_eq!(with("", "signet", "rpcport", "7"), "[signet]\nrpcport=7\n");
    assert_eq!(
        with(
            "[regtest]\nrpcport=1\n[main]\n[regtest]\nnorpcport=1\n",
            "regtest",
            "rpcport",
            "7"
        ),
        "[regtest]\nrpcport=1\n[main]\n[regtest]\nnorpcport=1\nrpcport=7\n",
        "it must stand behind the `no`"
    );
    assert_eq!(with("norpcport=0\n", "", "rpcport", "7"), "rpcport=7\n");
    assert_eq!(
        with("[regtest.x]\na=1\n", "regtest", "rpcport", "7"),
        "[regtest.x]\na=1\n[regtest]\nrpcport=7\n",
        "a section with a longer name is another one"
    );
}

#[test]
fn removing_takes_the_line_and_an_empty_header() {
    let conf = b"a=1\n[regtest]\nrpcport=7\n";
    let without = Conf::parse(conf).unwrap().without("regtest", "rpcport");
    assert_eq!(without, b"a=1\n[regtest]\n");
    assert_eq!(Conf::parse(&without).unwrap().without_empty("regtest"), b"a=1\n");
    let kept = b"[regtest]\n# mine\n";
    assert_eq!(
        Conf::parse(kept).unwrap().without_empty("regtest"),
        kept,
        "a comment keeps its header"
    );
}

#[test]
fn a_byte_order_mark_spoils_only_the_first_line() {
    let text = "\u{feff}rpcport=1\nrpcport=2\n";
    assert_eq!(
        value(text, "", "rpcport").as_deref(),
        Some("2"),
        "Core takes the mark for a part of the name"
    );
    let comment = "\u{feff}# c = d\nrpcport=2\n";
    assert!(Conf::parse(comment.as_bytes()).unwrap().has_bom());
    assert_eq!(with(comment, "", "rpcport", "3"), "\u{feff}# c = d\nrpcport=3\n");
    assert_eq!(
        with("\u{feff}", "main", "rpcport", "3"),
        "\u{feff}\n[main]\nrpcport=3\n"
    );
    assert_eq!(
        value("\u{feff}[main]\nrpcport=3\n", "main", "rpcport").as_deref(),
        Some("3")
    );
}
