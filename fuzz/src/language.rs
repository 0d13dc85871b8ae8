//! What catalog authors write: entries, expressions, placeholders.

use std::fs::File;
use std::io::Write as _;

use freehold_catalog::check_dir;
use freehold_model::expression::{DEEPEST, Expression, LONGEST, Scope};
use freehold_model::spec::placeholder::{Piece, pieces};
use serde_json::{Value, json};

/// Checks the bytes as a catalog entry.
///
/// A problem has a reason and stands in the file that was given.
///
/// # Panics
///
/// When that is not so, or the temporary folder cannot be written.
pub fn catalog(data: &[u8]) {
    let folder = tempfile::Builder::new().tempdir().expect("a temporary folder");
    let client = folder.path().join("bitcoin-core");
    std::fs::create_dir(&client).expect("a folder in it");
    let mut file = File::create(client.join("node.toml")).expect("a file in it");
    file.write_all(data).expect("the file can be written");
    for problem in check_dir(&client) {
        assert!(!problem.to_string().trim().is_empty(), "a problem says what it is");
    }
}

/// What a probe could know.
struct Known(Value);

impl Scope for Known {
    fn answer(&self, request: &str) -> Option<&Value> {
        (request != "none").then_some(&self.0)
    }

    fn named(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or_default()
    }

    fn now(&self) -> f64 {
        1.7e9
    }
}

/// Reads the bytes as an expression and evaluates it over an odd answer.
///
/// # Panics
///
/// When a text longer than allowed is taken, or a second reading gives something else.
pub fn expression(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(read) = Expression::parse(text) else { return };
    assert!(text.len() <= LONGEST, "{} bytes were taken", text.len());
    assert_eq!(Expression::parse(text).as_ref(), Ok(&read));
    let mut deep = json!(-1);
    for _ in 0..DEEPEST {
        deep =
            json!([deep, "2024-02-30T25:61:61Z", 1e308, u64::MAX, i64::MIN, "0x", "0xffffffffffffffffff", {"a": null}]);
    }
    let scope = Known(json!({"result": deep, "height": 0, "target": -0.0, "": ""}));
    let first = read.evaluate(&scope);
    assert_eq!(first, read.evaluate(&scope), "the same question has the same answer");
    let _names = read.references();
}

/// Splits the bytes at their placeholders.
///
/// # Panics
///
/// When a text without braces is not one piece that stands for itself.
pub fn placeholder(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(found) = pieces(text) else { return };
    let is_plain = !text.contains(['{', '}']);
    if is_plain && !text.is_empty() {
        assert_eq!(found, [Piece::Text(text)]);
    }
    let kept: usize = found
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.len(),
            Piece::Placeholder(_) => 0,
        })
        .sum();
    assert!(kept <= text.len(), "more text than was given");
}
