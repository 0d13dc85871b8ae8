//! Puts words together. Operators bind, from loose to tight: `||`, `&&`, comparisons, `+ -`, `* / %`, `! -`.

use serde_json::{Value, json};

use super::evaluate::number;
use super::lexer::{Token, Word, tokens};
use super::{DEEPEST, Function, InvalidExpression, Node, Operator};

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    /// Where the text ends, in characters.
    end: usize,
}

pub(super) fn parse(text: &str) -> Result<Node, InvalidExpression> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
        end: text.chars().count(),
    };
    let root = parser.level(0)?;
    match parser.peek() {
        None => Ok(root),
        Some(_) => Err(parser.refuse("an operator is missing before this")),
    }
}

/// The operators of each level, loose to tight.
const LEVELS: [&[Operator]; 5] = [
    &[Operator::Or],
    &[Operator::And],
    &[
        Operator::Equal,
        Operator::Different,
        Operator::Less,
        Operator::AtMost,
        Operator::More,
        Operator::AtLeast,
    ],
    &[Operator::Add, Operator::Subtract],
    &[Operator::Multiply, Operator::Divide, Operator::Remainder],
];

/// The level of comparisons, which do not chain.
const COMPARISONS: usize = 2;

impl Parser {
    fn peek(&self) -> Option<&Word> {
        self.tokens.get(self.next).map(|token| &token.word)
    }

    fn refuse(&self, reason: impl Into<String>) -> InvalidExpression {
        InvalidExpression {
            at: self.tokens.get(self.next).map_or(self.end, |token| token.at),
            reason: reason.into(),
        }
    }

    /// Takes the next word when it is `wanted`.
    fn takes(&mut self, wanted: &Word) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.next += usize::from(is_there);
        is_there
    }

    fn level(&mut self, level: usize) -> Result<Node, InvalidExpression> {
        let Some(operators) = LEVELS.get(level) else {
            return self.signed();
        };
        let mut left = self.level(level + 1)?;
        let mut has_compared = false;
        while let Some(Word::Operator(operator)) = self.peek() {
            let operator = *operator;
            if !operators.contains(&operator) {
                break;
            }
            if has_compared {
                return Err(self.refuse("comparisons do not chain: join them with `&&`"));
            }
            has_compared = level == COMPARISONS;
            self.next += 1;
            // A chain of operators makes a tree as deep as it is long.
            self.descend()?;
            let right = self.level(level + 1)?;
            left = Node::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    /// One step deeper into the tree. Never taken back: what counts is how much there is in all.
    fn descend(&mut self) -> Result<(), InvalidExpression> {
        self.depth += 1;
        if self.depth > DEEPEST * 4 {
            return Err(self.refuse("the expression is too long"));
        }
        Ok(())
    }

    fn nested<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, InvalidExpression>,
    ) -> Result<T, InvalidExpression> {
        // Each bracket costs four, so that the depth of brackets alone ends at DEEPEST.
        self.depth += 4;
        if self.depth > DEEPEST * 4 {
            return Err(self.refuse("the expression is nested too deeply"));
        }
        let made = inner(self)?;
        self.depth -= 4;
        Ok(made)
    }

    fn signed(&mut self) -> Result<Node, InvalidExpression> {
        if self.takes(&Word::Not) {
            return self.nested(|parser| Ok(Node::Not(Box::new(parser.signed()?))));
        }
        if self.takes(&Word::Operator(Operator::Subtract)) {
            return self.nested(|parser| Ok(Node::Negative(Box::new(parser.signed()?))));
        }
        self.operand()
    }

    fn operand(&mut self) -> Result<Node, InvalidExpression> {
        let Some(word) = self.peek().cloned() else {
            return Err(self.refuse("something is missing here"));
        };
        let node = match word {
            Word::Number(value) => Node::Constant(number(value)),
            Word::Text(text) => Node::Constant(Value::String(text)),
            Word::Answer(request, pointer) => Node::Answer(request, pointer),
            Word::Name(name) => return self.name(name),
            Word::Open => {
                self.next += 1;
                let inner = self.nested(|parser| parser.level(0))?;
                return self.close(inner);
            }
            Word::Operator(_) | Word::Not | Word::Close | Word::Comma => {
                return Err(self.refuse("a value is missing before this"));
            }
        };
        self.next += 1;
        Ok(node)
    }

    fn close(&mut self, node: Node) -> Result<Node, InvalidExpression> {
        if self.takes(&Word::Close) {
            Ok(node)
        } else {
            Err(self.refuse("`)` is missing here"))
        }
    }

    fn name(&mut self, name: String) -> Result<Node, InvalidExpression> {
        let is_call = matches!(self.tokens.get(self.next + 1), Some(Token { word: Word::Open, .. }));
        if !is_call {
            self.next += 1;
            return Ok(match name.as_str() {
                "true" => Node::Constant(json!(true)),
                "false" => Node::Constant(json!(false)),
                "null" => Node::Constant(Value::Null),
                _ => Node::Name(name),
            });
        }
        let Some(function) = Function::named(&name) else {
            let known = Function::ALL.map(Function::name).join(", ");
            return Err(self.refuse(format!("there is no function `{name}`; there are {known}")));
        };
        let start = self.next;
        self.next += 2;
        let arguments = self.nested(Self::arguments)?;
        if arguments.len() == function.arguments() {
            Ok(Node::Call(function, arguments))
        } else {
            self.next = start;
            Err(self.refuse(format!("`{name}` takes {} in brackets", function.arguments())))
        }
    }

    fn arguments(&mut self) -> Result<Vec<Node>, InvalidExpression> {
        let mut arguments = Vec::new();
        if self.takes(&Word::Close) {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.level(0)?);
            if self.takes(&Word::Close) {
                return Ok(arguments);
            }
            if !self.takes(&Word::Comma) {
                return Err(self.refuse("`,` or `)` is missing here"));
            }
        }
    }
}
