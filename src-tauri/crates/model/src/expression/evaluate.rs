//! Evaluates an expression. Total: what cannot be known, a division by zero included, is `null`.

use serde_json::Value;

use super::{Function, Node, Operator, Scope};

/// Longest text that an expression makes, in bytes.
const LONGEST_TEXT: usize = 4096;

/// Whole numbers up to here are exact in the arithmetic used.
const EXACT: f64 = 9_007_199_254_740_992.0;

pub(super) fn value(node: &Node, scope: &dyn Scope) -> Value {
    match node {
        Node::Constant(constant) => constant.clone(),
        Node::Answer(request, pointer) => scope
            .answer(request)
            .and_then(|answer| answer.pointer(pointer))
            .cloned()
            .unwrap_or_default(),
        Node::Name(name) => scope.named(name),
        Node::Not(inner) => match value(inner, scope) {
            Value::Bool(truth) => Value::Bool(!truth),
            _ => Value::Null,
        },
        Node::Negative(inner) => value(inner, scope).as_f64().map_or(Value::Null, |value| number(-value)),
        Node::Binary(Operator::And, left, right) => both(&value(left, scope), || value(right, scope), false),
        Node::Binary(Operator::Or, left, right) => both(&value(left, scope), || value(right, scope), true),
        Node::Binary(operator, left, right) => binary(*operator, &value(left, scope), &value(right, scope)),
        Node::Call(Function::If, arguments) => {
            let (Some(condition), Some(yes), Some(no)) = (arguments.first(), arguments.get(1), arguments.get(2)) else {
                return Value::Null;
            };
            match value(condition, scope) {
                Value::Bool(true) => value(yes, scope),
                Value::Bool(false) => value(no, scope),
                _ => Value::Null,
            }
        }
        Node::Call(function, arguments) => {
            let arguments: Vec<Value> = arguments.iter().map(|argument| value(argument, scope)).collect();
            function.of(&arguments, scope.now())
        }
    }
}

/// `&&` and `||`, which one `decisive` side settles whatever the other is.
fn both(left: &Value, right: impl FnOnce() -> Value, decisive: bool) -> Value {
    if left.as_bool() == Some(decisive) {
        return Value::Bool(decisive);
    }
    match (left.as_bool(), right().as_bool()) {
        (_, Some(right)) if right == decisive => Value::Bool(decisive),
        (Some(_), Some(_)) => Value::Bool(!decisive),
        _ => Value::Null,
    }
}

fn binary(operator: Operator, left: &Value, right: &Value) -> Value {
    if left.is_null() || right.is_null() {
        return Value::Null;
    }
    match operator {
        Operator::Equal => return Value::Bool(equal(left, right)),
        Operator::Different => return Value::Bool(!equal(left, right)),
        Operator::Add => {
            if let (Value::String(left), Value::String(right)) = (left, right) {
                return Value::String(cut(format!("{left}{right}")));
            }
        }
        _ => {}
    }
    let (Some(left), Some(right)) = (left.as_f64(), right.as_f64()) else {
        return Value::Null;
    };
    match operator {
        Operator::Add => number(left + right),
        Operator::Subtract => number(left - right),
        Operator::Multiply => number(left * right),
        Operator::Divide => number(left / right),
        Operator::Remainder => number(left % right),
        Operator::Less => Value::Bool(left < right),
        Operator::AtMost => Value::Bool(left <= right),
        Operator::More => Value::Bool(left > right),
        Operator::AtLeast => Value::Bool(left >= right),
        Operator::Equal | Operator::Different | Operator::And | Operator::Or => Value::Null,
    }
}

/// Numbers are equal by value, whether written `1` or `1.0`.
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(a), Some(b)) => left == right || (a - b).abs() < f64::EPSILON * a.abs().max(b.abs()),
        _ => left == right,
    }
}

/// A number; a whole one as such. Not finite (a division by zero) is unknown.
pub(super) fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    if value.fract() == 0.0 && value.abs() < EXACT {
        return Value::from(value as i64);
    }
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// At most [`LONGEST_TEXT`] bytes of a text.
pub(super) fn cut(mut text: String) -> String {
    let end = (0..=LONGEST_TEXT.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or(0));
    text
}
