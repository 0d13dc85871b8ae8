//! Reads anything that answers JSON over HTTP, as the catalog declares.

use std::cell::RefCell;
use std::collections::BTreeMap;

use freehold_model::expression::{Expression, Scope};
use freehold_model::spec::{BodyForm, IdentityCheck, JsonProbe, JsonRequest};
use freehold_model::{ProbeFailure, ProbeReport, Timestamp};
use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::{Kind, Look, Pending};
use crate::excerpt::shorten;
use crate::http::{Answer, Http, Question};
use crate::rpc::{CallError, reply};

mod made;

/// A service that the catalog describes.
#[derive(Debug)]
pub(crate) struct Json {
    http: Http,
    declared: Option<JsonProbe>,
}

/// The answers of one reading, and the values that are made of them.
struct Answers<'a> {
    given: BTreeMap<&'a str, Value>,
    values: BTreeMap<&'a str, Expression>,
    needs_peers: bool,
    upstream: Option<u64>,
    now: Timestamp,
    /// What was made so far; what is being made is unknown, so that a value made of itself ends.
    made: RefCell<BTreeMap<String, Value>>,
}

impl Scope for Answers<'_> {
    fn answer(&self, request: &str) -> Option<&Value> {
        self.given.get(request)
    }

    fn named(&self, name: &str) -> Value {
        match name {
            "needs_peers" => return Value::Bool(self.needs_peers),
            "upstream" => return self.upstream.map_or(Value::Null, Value::from),
            _ => {}
        }
        let Some(expression) = self.values.get(name) else {
            return Value::Null;
        };
        if let Some(made) = self.made.borrow().get(name) {
            return made.clone();
        }
        self.made.borrow_mut().insert(name.to_owned(), Value::Null);
        let value = expression.evaluate(self);
        self.made.borrow_mut().insert(name.to_owned(), value.clone());
        value
    }

    fn now(&self) -> f64 {
        self.now.0 as f64 / 1000.0
    }
}

impl Json {
    pub(crate) fn new(http: Http, declared: Option<JsonProbe>) -> Self {
        Self { http, declared }
    }

    fn declared(&self) -> Result<&JsonProbe, ProbeFailure> {
        self.declared.as_ref().ok_or_else(|| ProbeFailure::Unreadable {
            reason: "the catalog does not say what to ask".to_owned(),
        })
    }

    async fn answers(&self, look: Option<Look<'_>>) -> Result<Answers<'_>, ProbeFailure> {
        let declared = self.declared()?;
        let mut answers = BTreeMap::new();
        for (name, request) in &declared.requests {
            let answer = self.ask_one(name, request).await;
            match answer {
                Ok(answer) => {
                    answers.insert(name.as_str(), answer);
                }
                // The node that is not there is not there for any request.
                Err(failure @ ProbeFailure::Silent { .. }) if !request.optional || answers.is_empty() => {
                    return Err(failure);
                }
                Err(failure) if !request.optional => return Err(failure),
                Err(_) => {}
            }
        }
        let mut values = BTreeMap::new();
        for (key, text) in declared.expressions() {
            values.insert(key, parse(key, text)?);
        }
        Ok(Answers {
            given: answers,
            values,
            needs_peers: look.is_none_or(|look| look.target.needs_peers),
            upstream: look.and_then(|look| look.target.upstream()),
            now: look.map_or(Timestamp(0), |look| look.now),
            made: RefCell::default(),
        })
    }

    async fn ask_one(&self, name: &str, request: &JsonRequest) -> Result<Value, ProbeFailure> {
        let mut question = Question {
            post: request.rpc.is_some() || request.body.is_some() || request.method.as_deref() == Some("POST"),
            path: request.path.clone(),
            headers: Vec::new(),
            body: request.body.clone(),
        };
        if let Some(method) = &request.rpc {
            let params = request.params.clone().unwrap_or_else(|| json!([]));
            question.body = Some(json!({"jsonrpc": "2.0", "id": 0, "method": method, "params": params}));
        }
        for (header, value) in &request.headers {
            let made = HeaderName::from_bytes(header.as_bytes())
                .ok()
                .zip(HeaderValue::from_str(value).ok());
            let made = made.ok_or_else(|| ProbeFailure::Unreadable {
                reason: format!("the catalog's header `{}` cannot be sent", shorten(header)),
            })?;
            question.headers.push(made);
        }
        if request.answer == BodyForm::Text {
            return text_of(&self.http.ask(&question).await?);
        }
        if request.rpc.is_none() {
            return self.http.json(&question).await;
        }
        let answer = self.http.ask(&question).await?;
        if matches!(answer.status, StatusCode::UNAUTHORIZED) {
            return Err(ProbeFailure::AuthenticationFailed);
        }
        // Many servers put an error of the method into HTTP 500 as well.
        let outcome = reply::single(answer.json()?).ok_or_else(|| answer.unreadable())?;
        outcome.map_err(|error| match error {
            CallError::Rpc { code, message, .. } => match ProbeFailure::from(CallError::Rpc {
                code,
                message: message.clone(),
                data: Value::Null,
            }) {
                ProbeFailure::Unreadable { .. } => ProbeFailure::Unreadable {
                    reason: shorten(&format!("`{name}`: error {code}: {message}")),
                },
                failure => failure,
            },
            error => error.into(),
        })
    }
}

/// A plain text as an answer.
fn text_of(answer: &Answer) -> Result<Value, ProbeFailure> {
    let text = std::str::from_utf8(&answer.body).ok().map(str::trim);
    match (answer.status, text) {
        (StatusCode::OK, Some(text)) if !text.starts_with('<') => Ok(Value::String(text.to_owned())),
        (StatusCode::UNAUTHORIZED, _) => Err(ProbeFailure::AuthenticationFailed),
        _ => Err(answer.unreadable().into()),
    }
}

fn parse(key: &str, text: &str) -> Result<Expression, ProbeFailure> {
    Expression::parse(text).map_err(|error| ProbeFailure::Unreadable {
        reason: shorten(&format!("the catalog's `{key}` cannot be read {error}")),
    })
}

impl Kind for Json {
    fn read<'a>(&'a self, look: Look<'a>) -> Pending<'a, ProbeReport> {
        Box::pin(async move {
            let answers = self.answers(Some(look)).await?;
            made::report(&answers, self.declared()?, look)
        })
    }

    fn ask<'a>(&'a self, question: &'a IdentityCheck) -> Pending<'a, Value> {
        Box::pin(async move {
            let expression = parse("identity", &question.method)?;
            let answers = self.answers(None).await?;
            Ok(expression.evaluate(&answers))
        })
    }
}
