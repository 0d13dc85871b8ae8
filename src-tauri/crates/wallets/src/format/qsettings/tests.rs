//! Claims about files of `QSettings`: read as Qt reads them, written as Qt writes them, and otherwise left alone.

use std::collections::BTreeMap;
use std::process::Command;

use serde::Deserialize;

use super::value::{Value, encode};
use super::{QSettings, name};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/qsettings");

/// What `record.py` tells about the real `QSettings`.
#[derive(Deserialize)]
struct Recording {
    qt: String,
    read: Vec<Read>,
    texts: Vec<(String, String)>,
    names: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Read {
    bytes: String,
    error: bool,
    settings: BTreeMap<String, Seen>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Seen {
    Text(String),
    List(Vec<String>),
    Nothing(bool),
    Other(bool),
}

fn ours(bytes: &[u8]) -> Option<BTreeMap<String, Seen>> {
    let settings = QSettings::parse(bytes).ok()?;
    let seen = |value| match value {
        Value::Text(text) => Seen::Text(text),
        Value::List(texts) => Seen::List(texts),
        Value::Nothing => Seen::Nothing(true),
        Value::Other => Seen::Other(true),
    };
    let all = settings.settings().iter();
    Some(
        all.map(|one| (one.name.clone(), seen(Value::decode(settings.raw(one).unwrap()))))
            .collect(),
    )
}

fn compare(recording: &Recording) {
    assert!(recording.read.len() > 40, "a whole recording");
    for case in &recording.read {
        let found = ours(case.bytes.as_bytes());
        if case.error {
            assert_eq!(found, None, "Qt {} refuses {:?}", recording.qt, case.bytes);
        } else {
            assert_eq!(
                found.as_ref(),
                Some(&case.settings),
                "Qt {}: {:?}",
                recording.qt,
                case.bytes
            );
        }
    }
    for (text, written) in &recording.texts {
        assert_eq!(&encode(text), written, "Qt {} writes {text:?} so", recording.qt);
    }
    for (setting, written) in &recording.names {
        let made = QSettings::parse(b"").unwrap().with(setting, "1");
        assert_eq!(
            String::from_utf8_lossy(&made),
            *written,
            "Qt {} writes {setting} so",
            recording.qt
        );
    }
}

#[test]
fn files_are_read_and_written_as_qt_does() {
    let recording = std::fs::read(format!("{FOLDER}/by-qt6.json")).unwrap();
    compare(&serde_json::from_slice(&recording).unwrap());
}

#[test]
fn files_are_read_and_written_as_this_machines_qt_does() {
    let Some(python) = std::env::var_os("FREEHOLD_TEST_PYSIDE6") else {
        println!("left out: FREEHOLD_TEST_PYSIDE6 names no Python with PySide6-Essentials");
        return;
    };
    let output = Command::new(python)
        .arg(format!("{FOLDER}/record.py"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    compare(&serde_json::from_slice(&output.stdout).unwrap());
}

fn set(text: &str, key: &str, raw: &str) -> String {
    let made = QSettings::parse(text.as_bytes()).unwrap().with(key, raw);
    let read = ours(&made).unwrap();
    assert_eq!(read.get(key), Some(&Seen::Text(raw.to_owned())), "{key} is read back");
    String::from_utf8(made).unwrap()
}

fn unset(text: &str, key: &str) -> String {
    String::from_utf8(QSettings::parse(text.as_bytes()).unwrap().without(key)).unwrap()
}

#[test]
fn a_value_is_replaced_and_nothing_else() {
    assert_eq!(
        set("a = 1 ; note\r\nb=@Variant(\\0\\0)\r\n", "a", "2"),
        "a = 2 ; note\r\nb=@Variant(\\0\\0)\r\n"
    );
    assert_eq!(set("[s]\nx=1\n[t]\nx=1", "t/x", "2"), "[s]\nx=1\n[t]\nx=2");
    assert_eq!(set("a=\n", "a", "2"), "a=2\n");
    assert_eq!(set("\u{feff}a=\"b\nc\"\n", "a", "2"), "\u{feff}a=2\n");
}

#[test]
fn a_new_setting_stands_where_qt_would_sort_it() {
    for (before, key, after) in [
        (
            "[General]\na=1\nc=1\n\n[s]\nx=1\n",
            "b",
            "[General]\na=1\nb=2\nc=1\n\n[s]\nx=1\n",
        ),
        ("[General]\nc=1\n", "b", "[General]\nb=2\nc=1\n"),
        (
            "[General]\r\na=1 ; x\r\n; y\r\n\r\n[s]\r\nx=1",
            "b",
            "[General]\r\na=1 ; x\r\nb=2\r\n; y\r\n\r\n[s]\r\nx=1",
        ),
        ("a=1", "b", "a=1\nb=2"),
        ("a=1\n[s]\n", "b", "a=1\nb=2\n[s]\n"),
        ("", "b", "[General]\nb=2\n"),
        ("\u{feff}", "b", "\u{feff}[General]\nb=2\n"),
        ("[s]\nx=1\n", "b", "[General]\nb=2\n\n[s]\nx=1\n"),
        ("[General]\na=1\n", "a@b.c/x", "[General]\na=1\n\n[a%40b.c]\nx=2\n"),
        ("[General]\na=1", "a@b.c/x", "[General]\na=1\n\n[a%40b.c]\nx=2\n"),
        (
            "[a%40b.c]\ny=1\n\n[z]\na=1\n",
            "a@b.c/x",
            "[a%40b.c]\nx=2\ny=1\n\n[z]\na=1\n",
        ),
    ] {
        assert_eq!(set(before, key, "2"), after, "{before:?}");
        let back = unset(after, key);
        assert_eq!(back.trim_end(), before.trim_end(), "and goes without a trace");
    }
}

#[test]
fn a_header_without_settings_means_nothing_and_may_go() {
    assert_eq!(set("[s]", "s/x", "2"), "[s]\nx=2");
    assert_eq!(unset("[s]\nx=2", "s/x"), "");
}

#[test]
fn what_others_wrote_stays_when_a_setting_goes() {
    assert_eq!(unset("a=1\n  b=2 ; why\nc=3\n", "b"), "a=1\n; why\nc=3\n");
    assert_eq!(unset("[s]\n; mine\nb=2\n", "s/b"), "[s]\n; mine\n");
    assert_eq!(unset("a=1\n", "b"), "a=1\n");
}

#[test]
fn what_qt_takes_for_an_error_is_refused_with_its_place() {
    for (text, line, reason) in [
        ("a=1\nk\n", 2, "not a section, comment or `name=value`"),
        ("a=1\n\n[s\n", 3, "a section without `]`"),
        ("a=1\nb=\"x\n", 2, "a quoted text without an end"),
        ("a=1\n[General]\na=2\n", 3, "the name `a` stands twice"),
    ] {
        let error = QSettings::parse(text.as_bytes()).unwrap_err();
        assert_eq!((error.line, error.reason.as_str()), (line, reason), "{text:?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_kept_and_never_shown_as_text() {
    let bytes = b"a=\xff\nb=1\n";
    let settings = QSettings::parse(bytes).unwrap();
    assert!(settings.raw(settings.setting("a").unwrap()).is_err());
    assert_eq!(settings.with("b", "2"), b"a=\xff\nb=2\n");
}

#[test]
fn names_go_both_ways() {
    for plain in ["enableCoreRPC", "a@b.c/x", "é", "€", "a b", "100%", "deep/er/name"] {
        let (section, rest) = name::split(plain);
        assert_eq!(
            format!("{section}{}", name::decode(name::encode(rest).as_bytes())),
            plain
        );
    }
}
