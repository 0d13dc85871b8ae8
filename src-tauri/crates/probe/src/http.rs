//! HTTP to a node, over a connection that is kept between calls. Knows no client and no method.
//!
//! Answers are bounded in size and time, because the port may be held by any program.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use freehold_model::ProbeFailure;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, WWW_AUTHENTICATE};
use hyper::{Method, Request, StatusCode};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serde_json::Value;

use crate::rpc::{CALL_TIMEOUT, CallError};

pub(crate) mod access;

use access::Access;

/// Longest wait for a connection. Nodes run on this machine or in its network.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long an idle connection is kept. bitcoind closes one after 30 s (`-rpcservertimeout`); leaving earlier avoids
/// writing into a connection that is just being closed.
const KEEP_IDLE: Duration = Duration::from_secs(20);

/// Largest answer that is read: far above the largest honest one (a raw block is 4 MB, 8 MB as hex).
pub(crate) const LARGEST_ANSWER: usize = 16 * 1024 * 1024;

/// One server.
pub(crate) struct Http {
    client: HttpClient<HttpConnector, Full<Bytes>>,
    /// `http://host:port`.
    base: String,
    access: Access,
}

/// What is asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Question {
    /// GET without a body, else POST.
    pub(crate) post: bool,
    /// With its leading slash.
    pub(crate) path: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// JSON, or nothing.
    pub(crate) body: Option<Value>,
}

impl Question {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..Self::default()
        }
    }

    pub(crate) fn post(path: impl Into<String>, body: Option<Value>) -> Self {
        Self {
            post: true,
            path: path.into(),
            body,
            ..Self::default()
        }
    }
}

/// A status with its body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
    challenges: HeaderMap,
    /// Texts of the request that must not show up in an error.
    secrets: Vec<String>,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Answer {
    /// The error that says: no answer that a node gives, with the beginning of this one.
    pub(crate) fn unreadable(&self) -> CallError {
        let secrets: Vec<&str> = self.secrets.iter().map(String::as_str).collect();
        CallError::NoAnswer {
            status: self.status.as_u16(),
            beginning: crate::excerpt::excerpt(&self.body, &secrets),
        }
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<Value, CallError> {
        serde_json::from_slice(&self.body).map_err(|_| self.unreadable())
    }
}

impl Http {
    /// A caller of `authority` (`host:port`). Connects with the first call.
    pub(crate) fn new(authority: &str, access: Access) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let client = HttpClient::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEEP_IDLE)
            .build(connector);
        Self {
            client,
            base: format!("http://{authority}"),
            access,
        }
    }

    /// Where it calls, with a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{}", self.base, if path.is_empty() { "/" } else { path })
    }

    /// Asks once, and once more where the server wants a digest.
    pub(crate) async fn send(&self, question: &Question, limit: Duration) -> Result<Answer, CallError> {
        tokio::time::timeout(limit, async {
            let answer = self.exchange(question, true).await?;
            if answer.status == StatusCode::UNAUTHORIZED && self.access.learns_from(&answer.challenges) {
                return self.exchange(question, true).await;
            }
            Ok(answer)
        })
        .await
        .unwrap_or(Err(CallError::Late { limit }))
    }

    /// Asks without any credential.
    pub(crate) async fn send_openly(&self, question: &Question) -> Result<Answer, CallError> {
        tokio::time::timeout(CALL_TIMEOUT, self.exchange(question, false))
            .await
            .unwrap_or(Err(CallError::Late { limit: CALL_TIMEOUT }))
    }

    /// Asks something that may be repeated: once more when a kept connection turned out to be closed.
    pub(crate) async fn ask(&self, question: &Question) -> Result<Answer, CallError> {
        match self.send(question, CALL_TIMEOUT).await {
            Err(CallError::BrokenOff { .. }) => self.send(question, CALL_TIMEOUT).await,
            answered => answered,
        }
    }

    /// The JSON of a successful answer. A refusal, a node that starts and a page are told apart.
    pub(crate) async fn json(&self, question: &Question) -> Result<Value, ProbeFailure> {
        let answer = self.ask(question).await?;
        match answer.status {
            StatusCode::OK => Ok(answer.json()?),
            StatusCode::UNAUTHORIZED => Err(ProbeFailure::AuthenticationFailed),
            StatusCode::FORBIDDEN if self.access.is_some() => Err(ProbeFailure::AuthenticationFailed),
            StatusCode::FORBIDDEN => Err(CallError::Forbidden.into()),
            // A starting server says so in its own JSON; a page is a proxy's.
            StatusCode::SERVICE_UNAVAILABLE => match answer.json().ok().as_ref().and_then(words) {
                Some(message) => Err(ProbeFailure::WarmingUp { message }),
                None => Err(answer.unreadable().into()),
            },
            _ => Err(answer.unreadable().into()),
        }
    }

    async fn exchange(&self, question: &Question, with_credential: bool) -> Result<Answer, CallError> {
        let url = self.url(&question.path);
        let body = question
            .body
            .as_ref()
            .map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
        let method = if question.post { Method::POST } else { Method::GET };
        let mut request = Request::builder()
            .method(method.clone())
            .uri(&url)
            .body(Full::new(body))
            .map_err(|_| CallError::BadAddress { url: url.clone() })?;
        let headers = request.headers_mut();
        if question.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in &question.headers {
            headers.insert(name, value.clone());
        }
        let mut secrets = Vec::new();
        if with_credential && let Some(shown) = self.access.header(method.as_str(), &question.path).await? {
            headers.insert(shown.name, shown.value);
            secrets = shown.secrets;
        }
        let response = self.client.request(request).await.map_err(CallError::from_transport)?;
        let status = response.status();
        let mut challenges = HeaderMap::new();
        for value in response.headers().get_all(WWW_AUTHENTICATE) {
            challenges.append(WWW_AUTHENTICATE, value.clone());
        }
        let body = Limited::new(response.into_body(), LARGEST_ANSWER)
            .collect()
            .await
            .map_err(|source| {
                if source.is::<LengthLimitError>() {
                    CallError::TooLarge
                } else {
                    CallError::BrokenOff { source }
                }
            })?;
        Ok(Answer {
            status,
            body: body.to_bytes(),
            challenges,
            secrets,
        })
    }
}

/// The words in a JSON error of a server: `message`, `error` or both, one in the other.
fn words(error: &Value) -> Option<String> {
    ["/message", "/error/message", "/error", "/Message"]
        .into_iter()
        .filter_map(|pointer| error.pointer(pointer)?.as_str())
        .map(crate::excerpt::shorten)
        .find(|text| !text.is_empty())
}
