//! JSON-RPC over HTTP with Basic authentication, over a connection that is kept between calls.
//!
//! Nothing here knows what a method means. Answers are bounded in size and time, because the port may be held by any
//! program.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use freehold_model::Endpoint;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, StatusCode};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serde_json::{Value, json};

mod error;
mod reply;

pub use error::CallError;

/// Longest wait for one answer. A node that verifies blocks on a slow disk holds its main lock for seconds; beyond ten
/// the person looking at the window is better told that nothing comes.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(10);

/// Longest wait for a connection. Nodes run on this machine or in its network.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long an idle connection is kept. bitcoind closes one after 30 s (`-rpcservertimeout`); leaving earlier avoids
/// writing into a connection that is just being closed.
const KEEP_IDLE: Duration = Duration::from_secs(20);

/// Largest answer that is read: far above the largest honest one (a raw block is 4 MB, 8 MB as hex).
const LARGEST_ANSWER: usize = 16 * 1024 * 1024;

/// One method with its parameters.
pub(crate) type Call<'a> = (&'a str, Value);

/// A caller of one JSON-RPC server.
#[derive(Clone)]
pub struct Client {
    http: HttpClient<HttpConnector, Full<Bytes>>,
    url: String,
    authorization: Option<HeaderValue>,
    /// Texts that must not show up in an error: the password and its encoded form.
    secrets: Vec<String>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Client {
    /// A caller of the server at `endpoint`. Connects with the first call.
    pub fn new(endpoint: &Endpoint) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let http = HttpClient::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEEP_IDLE)
            .build(connector);
        let mut secrets = Vec::new();
        let authorization = endpoint.credential.as_ref().and_then(|credential| {
            let token = STANDARD.encode(format!("{}:{}", credential.user, credential.password.expose()));
            let mut value = HeaderValue::from_str(&format!("Basic {token}")).ok()?;
            value.set_sensitive(true);
            secrets.extend([token, credential.password.expose().to_owned()]);
            Some(value)
        });
        Self {
            http,
            url: format!("http://{}/", endpoint.authority()),
            authorization,
            secrets,
        }
    }

    /// Calls one method and waits up to [`CALL_TIMEOUT`].
    pub async fn call(&self, method: &str, params: Value) -> Result<Value, CallError> {
        self.call_within(method, params, CALL_TIMEOUT).await
    }

    /// Calls one method and waits up to `limit`.
    pub async fn call_within(&self, method: &str, params: Value, limit: Duration) -> Result<Value, CallError> {
        let body = json!({"jsonrpc": "1.0", "id": 0, "method": method, "params": params});
        let (status, answer) = self.send(&body, self.authorization.as_ref(), limit).await?;
        match self.read(status, &answer) {
            Err(CallError::Forbidden) => Err(self.explain_forbidden().await),
            read => reply::single(read?).ok_or_else(|| self.no_answer(status, &answer))?,
        }
    }

    /// Like [`Client::call`], for calls that may be repeated: once more when a kept connection turned out to be closed.
    pub(crate) async fn ask(&self, method: &str, params: Value) -> Result<Value, CallError> {
        match self.call(method, params.clone()).await {
            Err(CallError::BrokenOff { .. }) => self.call(method, params).await,
            answered => answered,
        }
    }

    /// Asks several things in one request. One entry's error is that entry's own; answers come in the order asked.
    pub(crate) async fn ask_all<const N: usize>(
        &self,
        calls: [Call<'_>; N],
    ) -> Result<[Result<Value, CallError>; N], CallError> {
        let body: Vec<Value> = calls
            .into_iter()
            .enumerate()
            .map(|(id, (method, params))| json!({"jsonrpc": "1.0", "id": id, "method": method, "params": params}))
            .collect();
        let body = Value::Array(body);
        let mut sent = self.send(&body, self.authorization.as_ref(), CALL_TIMEOUT).await;
        if matches!(sent, Err(CallError::BrokenOff { .. })) {
            sent = self.send(&body, self.authorization.as_ref(), CALL_TIMEOUT).await;
        }
        let (status, answer) = sent?;
        match self.read(status, &answer) {
            Err(CallError::Forbidden) => Err(self.explain_forbidden().await),
            read => reply::several(read?).ok_or_else(|| self.no_answer(status, &answer))?,
        }
    }

    /// What the status says, else the answer as JSON.
    fn read(&self, status: StatusCode, answer: &Bytes) -> Result<Value, CallError> {
        match status {
            StatusCode::UNAUTHORIZED => return Err(CallError::Unauthorized),
            StatusCode::FORBIDDEN => return Err(CallError::Forbidden),
            // bitcoind's words are `Work queue depth exceeded`; a page is some other server's.
            StatusCode::SERVICE_UNAVAILABLE if !answer.trim_ascii_start().starts_with(b"<") => {
                return Err(CallError::Busy);
            }
            _ => {}
        }
        serde_json::from_slice(answer).map_err(|_| self.no_answer(status, answer))
    }

    fn no_answer(&self, status: StatusCode, answer: &Bytes) -> CallError {
        let secrets: Vec<&str> = self.secrets.iter().map(String::as_str).collect();
        CallError::NoAnswer {
            status: status.as_u16(),
            beginning: crate::excerpt::excerpt(answer, &secrets),
        }
    }

    /// bitcoind says an empty 403 both to a refused address and to a method outside the user's list, but it looks at the
    /// address first and at the password before the method: without a password a welcome address gets 401.
    async fn explain_forbidden(&self) -> CallError {
        let body = json!({"jsonrpc": "1.0", "id": 0, "method": "uptime", "params": []});
        match self.send(&body, None, CALL_TIMEOUT).await {
            Ok((StatusCode::UNAUTHORIZED, _)) => CallError::MethodForbidden,
            Ok((StatusCode::FORBIDDEN, _)) => CallError::AddressForbidden,
            Ok(_) | Err(_) => CallError::Forbidden,
        }
    }

    async fn send(
        &self,
        body: &Value,
        authorization: Option<&HeaderValue>,
        limit: Duration,
    ) -> Result<(StatusCode, Bytes), CallError> {
        tokio::time::timeout(limit, self.exchange(body, authorization))
            .await
            .unwrap_or(Err(CallError::Late { limit }))
    }

    async fn exchange(
        &self,
        body: &Value,
        authorization: Option<&HeaderValue>,
    ) -> Result<(StatusCode, Bytes), CallError> {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(&self.url)
            .header(CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body.to_string())))
            .map_err(|_| CallError::BadAddress { url: self.url.clone() })?;
        if let Some(value) = authorization {
            request.headers_mut().insert(AUTHORIZATION, value.clone());
        }
        let response = self.http.request(request).await.map_err(CallError::from_transport)?;
        let status = response.status();
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
        Ok((status, body.to_bytes()))
    }
}
