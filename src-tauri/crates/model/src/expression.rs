//! The small language of a declarative probe: expressions over the JSON answers of a node.
//!
//! Pure and total: every text is either refused with a reason or evaluates to a JSON value, whatever the answers are.
//! What is not known is `null`, and whatever is made of it is `null` too. Length and depth are bounded.

use std::fmt;

use serde_json::Value;

mod check;
mod evaluate;
mod function;
mod lexer;
mod parser;
mod time;

pub use check::{NAMES, check, check_identity};
pub use evaluate::equal;
pub use function::Function;

/// Longest expression, in bytes.
pub const LONGEST: usize = 2000;

/// Deepest nesting of brackets, calls and signs.
pub const DEEPEST: usize = 32;

/// An expression that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    root: Node,
}

/// What an expression may look at.
pub trait Scope {
    /// The answer to a request; `None` where there is none.
    fn answer(&self, request: &str) -> Option<&Value>;
    /// The value of a name; `Value::Null` where it is unknown.
    fn named(&self, name: &str) -> Value;
    /// Seconds since 1970.
    fn now(&self) -> f64;
}

/// What an expression refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// A request, by name.
    Request(String),
    /// A value, by name.
    Name(String),
}

/// Why a text is no expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {}: {reason}", at + 1)]
pub struct InvalidExpression {
    /// Where, in characters from 0.
    pub at: usize,
    /// In a few words.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Constant(Value),
    /// A request's answer and a JSON pointer into it.
    Answer(String, String),
    Name(String),
    Not(Box<Node>),
    Negative(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    Different,
    Less,
    AtMost,
    More,
    AtLeast,
    And,
    Or,
}

impl Expression {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Self, InvalidExpression> {
        parser::parse(text).map(|root| Self { root })
    }

    /// Its value; `null` where it is unknown.
    pub fn evaluate(&self, scope: &dyn Scope) -> Value {
        evaluate::value(&self.root, scope)
    }

    /// Every request and name that it refers to, in order, each once.
    pub fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        collect(&self.root, &mut found);
        found.sort();
        found.dedup();
        found
    }
}

fn collect(node: &Node, found: &mut Vec<Reference>) {
    match node {
        Node::Constant(_) => {}
        Node::Answer(request, _) => found.push(Reference::Request(request.clone())),
        Node::Name(name) => found.push(Reference::Name(name.clone())),
        Node::Not(inner) | Node::Negative(inner) => collect(inner, found),
        Node::Binary(_, left, right) => {
            collect(left, found);
            collect(right, found);
        }
        Node::Call(_, arguments) => {
            for argument in arguments {
                collect(argument, found);
            }
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(name) => write!(f, "{name}#"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests;
