//! Cuts an expression into words.

use super::{InvalidExpression, LONGEST, Operator};

/// One word of an expression, and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) word: Word,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    Number(f64),
    Text(String),
    Name(String),
    /// `REQUEST#/json/pointer`.
    Answer(String, String),
    Operator(Operator),
    Not,
    Open,
    Close,
    Comma,
}

struct Lexer<'a> {
    text: &'a [char],
    at: usize,
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, InvalidExpression> {
    if text.len() > LONGEST {
        return Err(InvalidExpression {
            at: 0,
            reason: format!("an expression has at most {LONGEST} bytes"),
        });
    }
    let text: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { text: &text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let start = self.at;
        while self.peek().is_some_and(&belongs) {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default().iter().collect()
    }

    /// Takes the next character when it is `wanted`.
    fn takes(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn next(&mut self) -> Result<Option<Token>, InvalidExpression> {
        self.take_while(char::is_whitespace);
        let at = self.at;
        let Some(first) = self.peek() else { return Ok(None) };
        let refuse = |reason: &str| InvalidExpression {
            at,
            reason: reason.to_owned(),
        };
        let word = match first {
            '0'..='9' => {
                let digits = self.take_while(|c| c.is_ascii_digit() || c == '.');
                let number: f64 = digits.parse().map_err(|_| refuse("this is not a number"))?;
                if !number.is_finite() {
                    return Err(refuse("the number is too large"));
                }
                Word::Number(number)
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let name = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
                if self.takes('#') {
                    Word::Answer(name, self.pointer(at)?)
                } else {
                    Word::Name(name)
                }
            }
            '\'' => Word::Text(self.text(at)?),
            _ => {
                self.at += 1;
                self.sign(first).ok_or_else(|| match first {
                    '=' => refuse("write `==` to compare"),
                    '&' => refuse("write `&&`"),
                    '|' => refuse("write `||`"),
                    '"' => refuse("write texts in single quotes"),
                    other => refuse(&format!("`{}` means nothing here", other.escape_debug())),
                })?
            }
        };
        Ok(Some(Token { at, word }))
    }

    fn sign(&mut self, first: char) -> Option<Word> {
        Some(match first {
            '(' => Word::Open,
            ')' => Word::Close,
            ',' => Word::Comma,
            '+' => Word::Operator(Operator::Add),
            '-' => Word::Operator(Operator::Subtract),
            '*' => Word::Operator(Operator::Multiply),
            '/' => Word::Operator(Operator::Divide),
            '%' => Word::Operator(Operator::Remainder),
            '<' if self.takes('=') => Word::Operator(Operator::AtMost),
            '<' => Word::Operator(Operator::Less),
            '>' if self.takes('=') => Word::Operator(Operator::AtLeast),
            '>' => Word::Operator(Operator::More),
            '!' if self.takes('=') => Word::Operator(Operator::Different),
            '!' => Word::Not,
            '=' if self.takes('=') => Word::Operator(Operator::Equal),
            '&' if self.takes('&') => Word::Operator(Operator::And),
            '|' if self.takes('|') => Word::Operator(Operator::Or),
            _ => return None,
        })
    }

    /// A text in single quotes; a quote inside is written twice.
    fn text(&mut self, at: usize) -> Result<String, InvalidExpression> {
        self.at += 1;
        let mut text = String::new();
        loop {
            text += &self.take_while(|c| c != '\'');
            if !self.takes('\'') {
                return Err(InvalidExpression {
                    at,
                    reason: "the text has no closing quote".to_owned(),
                });
            }
            if !self.takes('\'') {
                return Ok(text);
            }
            text.push('\'');
        }
    }

    /// A JSON pointer: up to a blank or an operator, or in single quotes.
    fn pointer(&mut self, at: usize) -> Result<String, InvalidExpression> {
        let pointer = if self.peek() == Some('\'') {
            self.text(self.at)?
        } else {
            self.take_while(|c| c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '.' | '~' | ':' | '@' | '$'))
        };
        if pointer.is_empty() || pointer.starts_with('/') {
            Ok(pointer)
        } else {
            Err(InvalidExpression {
                at,
                reason: "after `#` comes a JSON pointer, which begins with `/`, or nothing for the whole answer"
                    .to_owned(),
            })
        }
    }
}
