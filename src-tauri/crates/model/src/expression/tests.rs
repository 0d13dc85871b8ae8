//! Claims about the language, by example and by property.

use std::collections::BTreeMap;

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};
use serde_json::{Value, json};

use super::{DEEPEST, Expression, LONGEST, Scope, check};
use crate::spec::JsonProbe;

/// 2026-01-01T00:00:00Z.
const NOW: f64 = 1_767_225_600.0;

struct Answers(BTreeMap<&'static str, Value>);

impl Scope for Answers {
    fn answer(&self, request: &str) -> Option<&Value> {
        self.0.get(request)
    }
    fn named(&self, name: &str) -> Value {
        if name == "height" { json!(900) } else { Value::Null }
    }
    fn now(&self) -> f64 {
        NOW
    }
}

fn answers() -> Answers {
    let status = json!({"height": 1200, "hex": "0x4b0", "text": "1200", "time": "2025-12-31T23:59:00Z",
        "peers": ["a", "b"], "a-b": {"c.d": 7}, "odd key": 8, "done": false, "none": null});
    Answers(BTreeMap::from([("status", status), ("bare", json!(41))]))
}

fn value(text: &str) -> Value {
    Expression::parse(text).unwrap().evaluate(&answers())
}

#[test]
fn examples() {
    for (text, expected) in [
        ("1 + 2 * 3", json!(7)),
        ("(1 + 2) * 3", json!(9)),
        ("7 % 4 - -1", json!(4)),
        ("10 / 4", json!(2.5)),
        ("status#/height", json!(1200)),
        ("bare# + 1", json!(42)),
        ("status#/a-b/c.d", json!(7)),
        ("status#'/odd key' + 0", json!(8)),
        ("status#/peers/1", json!("b")),
        ("height / status#/height * 100", json!(75)),
        ("num(status#/hex) == num(status#/text)", json!(true)),
        ("num('12.5') + hex('ff') + hex('0xff')", json!(522.5)),
        ("len(status#/peers) + len('four')", json!(6)),
        ("min(3, 2) + max(3, 2)", json!(5)),
        ("if(status#/done, 1, 2)", json!(2)),
        ("exists(status#/none) || exists(status#/nowhere)", json!(false)),
        ("age(status#/time)", json!(60)),
        ("age('2026-01-01T02:00:00.5+02:00')", json!(0)),
        ("age('2025-12-31T12:00:00-11:00')", json!(3600)),
        ("age(1767225500)", json!(100)),
        ("round(2.5) + round(1.4)", json!(4)),
        (
            "contains('it''s here', '''s') && contains(status#/peers, 'a')",
            json!(true),
        ),
        ("'v' + text(12)", json!("v12")),
        ("!(1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 1 != 2)", json!(false)),
        ("true || 1 == 2 && false", json!(true)),
        ("'1' == 1", json!(false)),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn what_is_unknown_stays_unknown() {
    for text in [
        "null + 1",
        "1 / 0",
        "0 / 0",
        "5 % 0",
        "status#/nowhere * 2",
        "nobody#/x",
        "null == null",
        "null < 1",
        "!null",
        "-'text'",
        "if(null, 1, 2)",
        "true && null",
        "null || false",
        "min(null, 1)",
        "num('')",
        "num('0x')",
        "num('12 monkeys')",
        "num('inf')",
        "num(true)",
        "hex('+1')",
        "'a' < 'b'",
        "'a' - 1",
        "age('yesterday')",
        "len(1)",
        "text(status#/peers)",
    ] {
        assert_eq!(value(text), Value::Null, "{text}");
    }
    assert_eq!(value("false && null"), json!(false), "one side settles it");
    assert_eq!(value("null || true"), json!(true), "one side settles it");
    assert_eq!(value("hex('')"), Value::Null);
}

#[test]
fn what_is_no_expression_is_refused_with_place_and_reason() {
    for (text, at, reason) in [
        ("", 0, "missing"),
        ("1 +", 3, "missing"),
        ("1 2", 2, "operator"),
        ("(1", 2, "`)`"),
        ("1 < 2 < 3", 6, "chain"),
        ("a = 1", 2, "`==`"),
        ("\"a\"", 0, "single quotes"),
        ("'a", 0, "closing quote"),
        ("nim(1)", 0, "there are num"),
        ("min(1)", 0, "takes 2"),
        ("a#b", 0, "begins with `/`"),
        ("1.2.3", 0, "not a number"),
        ("1 ; 2", 2, "means nothing"),
    ] {
        let error = Expression::parse(text).unwrap_err();
        assert_eq!(error.at, at, "{text}: {error}");
        assert!(error.reason.contains(reason), "{text}: {error}");
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Expression::parse(&nested(DEEPEST)).is_ok());
    assert!(Expression::parse(&nested(DEEPEST + 1)).is_err());
    assert!(Expression::parse(&"!".repeat(500)).is_err());
    assert!(Expression::parse(&vec!["1"; 100].join("+")).is_ok());
    assert!(Expression::parse(&vec!["1"; 900].join("+")).is_err());
    assert!(Expression::parse(&" ".repeat(LONGEST + 1)).is_err());
}

fn probe(value: Value) -> JsonProbe {
    serde_json::from_value(value).unwrap()
}

#[test]
fn a_good_probe_passes() {
    let good = probe(json!({
        "requests": {"status": {"path": "/status"}},
        "height": "num(status#/result/sync_info/latest_block_height)",
        "ready": "status#/result/sync_info/catching_up == false && height > 0 && (peers_out > 0 || !needs_peers)",
        "peers_out": "num(status#/n)",
    }));
    assert_eq!(check(&good), Ok(()));
}

#[test]
fn every_problem_is_named_with_its_key() {
    let bad = probe(json!({
        "requests": {"sta-tus": {}, "net": {"path": "x", "method": "PUT", "params": [1]}, "b": {"rpc": "m", "body": 1}},
        "height": "nett#/height",
        "target": "hieght + 1",
        "percent": "percent * 2",
        "ready": "tip == 'x'",
        "version": "1 +",
    }));
    let problems = check(&bad).unwrap_err();
    let find = |key: &str| {
        &problems
            .iter()
            .find(|(found, _)| found == key)
            .unwrap_or_else(|| panic!("{key}"))
            .1
    };
    assert!(find("requests.sta-tus").contains("letters"));
    assert!(find("requests.net.path").contains("begins with `/`"));
    assert!(find("requests.net.method").contains("GET"));
    assert!(find("requests.net.params").contains("rpc"));
    assert!(find("requests.b.body").contains("not both"));
    assert!(find("height").contains("did you mean `net`"));
    assert!(find("target").contains("did you mean `height`"));
    assert!(find("percent").contains("made of itself"));
    assert!(find("ready").contains("no expression of its own"));
    assert!(find("version").contains("character 4"));
    assert!(check(&probe(json!({"requests": {}}))).is_err());
}

/// Texts that are nearly expressions.
fn nearly() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("status#/height"),
        Just("bare#"),
        Just("height"),
        Just("1"),
        Just("0"),
        Just("0.5"),
        Just("'a'"),
        Just("null"),
        Just("true"),
        Just("("),
        Just(")"),
        Just(","),
        Just("+"),
        Just("-"),
        Just("*"),
        Just("/"),
        Just("%"),
        Just("=="),
        Just("!="),
        Just("<"),
        Just(">="),
        Just("&&"),
        Just("||"),
        Just("!"),
        Just("min("),
        Just("if("),
        Just("num("),
        Just("hex("),
        Just("age("),
        Just("len("),
        Just("text("),
        Just("round("),
        Just("contains("),
        Just("exists("),
    ];
    prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-z/~]{0,4}", inner), 0..4).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in ".{0,200}", answer in any_json()) {
        if let Ok(expression) = Expression::parse(&text) {
            expression.evaluate(&Answers(BTreeMap::from([("status", answer)])));
        }
    }

    #[test]
    fn whatever_parses_evaluates(text in nearly(), answer in any_json()) {
        if let Ok(expression) = Expression::parse(&text) {
            let value = expression.evaluate(&Answers(BTreeMap::from([("status", json!({"height": answer}))])));
            prop_assert!(value.as_f64().is_none_or(f64::is_finite), "{value}");
            expression.references();
        }
    }

    #[test]
    fn every_function_takes_anything(answer in any_json(), function in 0_usize..11) {
        let function = super::Function::ALL[function];
        let arguments = vec!["status#"; function.arguments()].join(", ");
        let expression = Expression::parse(&format!("{}({arguments})", function.name())).unwrap();
        expression.evaluate(&Answers(BTreeMap::from([("status", answer)])));
    }

    #[test]
    fn arithmetic_is_that_of_numbers(a in -1e9_f64..1e9, b in 1_i32..1000) {
        let scope = Answers(BTreeMap::from([("status", json!({"a": a, "b": b}))]));
        let of = |text: &str| Expression::parse(text).unwrap().evaluate(&scope).as_f64().unwrap();
        prop_assert!((of("status#/a / status#/b * status#/b") - a).abs() <= a.abs() * 1e-12);
        prop_assert!((of("status#/a - status#/b + status#/b") - a).abs() <= 1e-3);
    }
}
