//! Claims about the scanner and its edits.

use super::{Object, array_with, array_without};

fn with(text: &str, name: &str, raw: &str) -> String {
    Object::parse(text.as_bytes()).unwrap().with(name, raw)
}

fn without(text: &str, name: &str) -> String {
    Object::parse(text.as_bytes()).unwrap().without(name)
}

#[test]
fn a_value_is_replaced_in_place() {
    let text = "\u{feff}{ \"a\" : 1.50e+3,\r\n\t\"b\\u0041\":\"x\\/y\" }\r\n";
    assert_eq!(
        with(text, "bA", "2"),
        "\u{feff}{ \"a\" : 1.50e+3,\r\n\t\"b\\u0041\":2 }\r\n"
    );
}

#[test]
fn a_new_member_follows_in_the_files_own_style() {
    assert_eq!(
        with("{\n  \"a\": 1,\n  \"b\": 2\n}", "c", "3"),
        "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}"
    );
    assert_eq!(
        with("{\r\n\t\"a\" : 1\r\n}", "c", "3"),
        "{\r\n\t\"a\" : 1,\r\n\t\"c\" : 3\r\n}"
    );
    assert_eq!(with("{\"a\":1}", "c", "3"), "{\"a\":1,\"c\":3}");
    assert_eq!(with("{ }", "c", "3"), "{\"c\": 3 }");
}

#[test]
fn removing_undoes_adding() {
    for text in [
        "{}",
        "{ }",
        "{\"a\":1}",
        "{ \"a\" : 1 , \"b\":2 }",
        "{\n  \"a\": 1\n}\n",
    ] {
        assert_eq!(without(&with(text, "new", "[1]"), "new"), text);
    }
    assert_eq!(without("{ \"a\": 1, \"b\": 2 }", "a"), "{ \"b\": 2 }");
}

#[test]
fn lists_are_edited_in_their_own_style() {
    assert_eq!(array_with("[]", "1").unwrap(), "[1]");
    assert_eq!(
        array_with("[\n  \"a\",\n  \"b\"\n]", "1").unwrap(),
        "[\n  \"a\",\n  \"b\",\n  1\n]"
    );
    assert_eq!(array_without("[\n  1,\n  2\n]", 1).unwrap(), "[\n  1\n]");
    assert_eq!(array_without("[1, 2]", 0).unwrap(), "[2]");
    assert_eq!(array_without("[1]", 0).unwrap(), "[]");
}

#[test]
fn what_is_not_strict_json_is_refused_with_its_place() {
    for (text, line, reason) in [
        ("", 1, "the file is empty"),
        (" \n", 2, "the file is empty"),
        ("[]", 1, "not a JSON object"),
        ("{\n\"a\": 1,\n}", 3, "expected `\"`"),
        ("{\"a\": 1", 1, "the file ends too early"),
        ("{\"a\": \"x", 1, "the file ends inside a text"),
        ("{\"a\": 1}\n{}", 2, "something follows the object"),
        ("{\"a\": 1,\n\"\\u0061\": 2}", 2, "the name `a` stands twice"),
        ("{'a': 1}", 1, "expected `\"`"),
        ("{\"a\": 01}", 1, "expected `,` or `}`"),
        ("{\"a\": nul}", 1, "expected `null`"),
        ("{\"a\": \"\\x\"}", 1, "a broken escape inside a text"),
        ("{\"a\": \"\n\"}", 1, "a control character inside a text"),
        ("// c\n{}", 1, "not a JSON object"),
    ] {
        let error = Object::parse(text.as_bytes()).map(|_| ()).unwrap_err();
        assert_eq!((error.line, error.reason.as_str()), (line, reason), "{text:?}");
    }
    assert!(Object::parse(b"{\"a\": \"\xff\"}").is_err(), "not UTF-8");
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(5000), "]".repeat(5000));
    assert!(
        Object::parse(deep.as_bytes()).is_err(),
        "nesting is bounded, so the scanner cannot run out of stack"
    );
}
