//! Claims about reading and editing lines.

use super::{Dialect, Lines};

static PLAIN: Dialect = Dialect {
    comments: b"#",
    is_comment_anywhere: false,
    has_sections: false,
    ignores_sections: false,
    delimiters: b"=",
    ignores_case: false,
    has_bare_names: true,
    has_continuations: false,
    last_counts: true,
};

static SECTIONS: Dialect = Dialect {
    comments: b"#;",
    has_sections: true,
    delimiters: b"=:",
    ignores_case: true,
    has_bare_names: false,
    has_continuations: true,
    ..PLAIN
};

static ANYWHERE: Dialect = Dialect {
    is_comment_anywhere: true,
    has_bare_names: false,
    ..PLAIN
};

fn value(text: &str, dialect: &'static Dialect, section: &str, name: &str) -> Option<String> {
    let lines = Lines::parse(text.as_bytes(), dialect).unwrap();
    lines
        .get(section, name)
        .map(|found| lines.value(found).unwrap_or("(bare)").to_owned())
}

fn with(text: &str, dialect: &'static Dialect, section: &str, name: &str, value: &str) -> String {
    Lines::parse(text.as_bytes(), dialect)
        .unwrap()
        .with(section, name, value)
}

#[test]
fn each_dialect_reads_its_own_comments_sections_and_names() {
    let text = "a=1 # x\n#a=2\nb\n";
    assert_eq!(value(text, &PLAIN, "", "a").as_deref(), Some("1 # x"));
    assert_eq!(value(text, &PLAIN, "", "b").as_deref(), Some("(bare)"));
    assert_eq!(value("a=1 # x\n", &ANYWHERE, "", "a").as_deref(), Some("1"));
    let text = "[A]\r\nName : x = y\r\n; c\r\n[B]\r\nname=2\r\nname=3\r\n";
    assert_eq!(value(text, &SECTIONS, "A", "NAME").as_deref(), Some("x = y"));
    assert_eq!(
        value(text, &SECTIONS, "B", "name").as_deref(),
        Some("3"),
        "the last one counts"
    );
    assert_eq!(value(text, &SECTIONS, "", "name"), None);
    assert_eq!(value("\u{feff}a=1\n", &PLAIN, "", "a").as_deref(), Some("1"));
}

#[test]
fn what_the_program_would_not_read_is_refused_with_its_line() {
    for (text, dialect, line) in [
        ("a=1\nbroken\n", &ANYWHERE, 2),
        ("[A]\na=1\n  b=2\n", &SECTIONS, 3),
        ("[A\n", &SECTIONS, 1),
        ("\n=1\n", &PLAIN, 2),
        ("a=1\rb=2\n", &PLAIN, 1),
    ] {
        assert_eq!(
            Lines::parse(text.as_bytes(), dialect).unwrap_err().line,
            line,
            "{text:?}"
        );
    }
    assert_eq!(Lines::parse(b"a=1\n\xff", &PLAIN).unwrap_err().line, 2);
}

#[test]
fn an_edit_changes_the_value_and_keeps_the_rest() {
    assert_eq!(
        with("a = 1 # x\r\nb = 2", &ANYWHERE, "", "a", "7"),
        "a = 7 # x\r\nb = 2"
    );
    assert_eq!(with("a = 1\r\nb =\r\n", &ANYWHERE, "", "b", "7"), "a = 1\r\nb = 7\r\n");
    assert_eq!(with("a = 1\nb = \n", &ANYWHERE, "", "b", "7"), "a = 1\nb = 7\n");
    assert_eq!(with("b", &PLAIN, "", "b", "7"), "b=7");
    assert_eq!(with("a=1", &PLAIN, "", "c", "7"), "a=1\nc=7\n");
    assert_eq!(with("", &PLAIN, "", "c", "7"), "c=7\n");
    assert_eq!(with("\u{feff}", &PLAIN, "", "c", "7"), "\u{feff}c=7\n");
    assert_eq!(
        with("[A]\na = 1\n\n# about B\n[B]\nb = 2\n", &SECTIONS, "A", "c", "7"),
        "[A]\na = 1\nc = 7\n\n# about B\n[B]\nb = 2\n"
    );
    assert_eq!(
        with("[A]\r\na=1", &SECTIONS, "B", "c", "7"),
        "[A]\r\na=1\r\n[B]\r\nc=7\r\n"
    );
}

#[test]
fn removing_takes_every_line_of_the_name_and_an_emptied_section() {
    let without = |text: &str, section: &str| Lines::parse(text.as_bytes(), &SECTIONS).unwrap().without(section, "c");
    assert_eq!(without("[A]\na=1\nc=2\nc=3\n", "A"), "[A]\na=1\n");
    assert_eq!(without("[A]\na=1\n[B]\nc=7\n", "B"), "[A]\na=1\n");
    assert_eq!(without("[A]\na=1\n[B]\n# mine\nc=7\n", "B"), "[A]\na=1\n[B]\n# mine\n");
}
