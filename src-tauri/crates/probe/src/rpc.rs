//! JSON-RPC over HTTP, single and batched. Nothing here knows what a method means.

use std::time::Duration;

use freehold_model::Endpoint;
use hyper::StatusCode;
use serde_json::{Value, json};

use crate::http::access::Access;
use crate::http::{Answer, Http, Question};

mod error;
pub(crate) mod reply;

pub use error::CallError;
pub(crate) use error::WARMING_UP;

/// Longest wait for one answer. A node that verifies blocks on a slow disk holds its main lock for seconds; beyond ten
/// the person looking at the window is better told that nothing comes.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(10);

/// One method with its parameters.
pub(crate) type Call<'a> = (&'a str, Value);

/// A caller of one JSON-RPC server.
#[derive(Debug)]
pub struct Client {
    http: Http,
    path: String,
    /// What the requests call themselves: bitcoind of every version takes `1.0`, the others want `2.0`.
    dialect: &'static str,
}

impl Client {
    /// A caller of the bitcoind at `endpoint`. Connects with the first call.
    pub fn new(endpoint: &Endpoint) -> Self {
        let access = Access::basic(endpoint.credential.as_ref());
        Self {
            http: Http::new(&endpoint.authority(), access),
            path: "/".to_owned(),
            dialect: "1.0",
        }
    }

    /// A caller of a server of JSON-RPC 2.0 at `path`.
    pub(crate) fn version_2(http: Http, path: &str) -> Self {
        Self {
            http,
            path: if path.is_empty() {
                "/".to_owned()
            } else {
                path.to_owned()
            },
            dialect: "2.0",
        }
    }

    /// The transport below.
    pub(crate) fn http(&self) -> &Http {
        &self.http
    }

    /// Calls one method and waits up to [`CALL_TIMEOUT`].
    pub async fn call(&self, method: &str, params: Value) -> Result<Value, CallError> {
        self.call_within(method, params, CALL_TIMEOUT).await
    }

    /// Calls one method and waits up to `limit`.
    pub async fn call_within(&self, method: &str, params: Value, limit: Duration) -> Result<Value, CallError> {
        let question = self.question(self.one(0, method, params));
        let answer = self.http.send(&question, limit).await?;
        match read(&answer) {
            Err(CallError::Forbidden) => Err(self.explain_forbidden().await),
            read => reply::single(read?).ok_or_else(|| answer.unreadable())?,
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
            .map(|(id, (method, params))| self.one(id, method, params))
            .collect();
        let answer = self.http.ask(&self.question(Value::Array(body))).await?;
        match read(&answer) {
            Err(CallError::Forbidden) => Err(self.explain_forbidden().await),
            read => reply::several(read?).ok_or_else(|| answer.unreadable())?,
        }
    }

    fn one(&self, id: usize, method: &str, params: Value) -> Value {
        json!({"jsonrpc": self.dialect, "id": id, "method": method, "params": params})
    }

    fn question(&self, body: Value) -> Question {
        Question::post(self.path.clone(), Some(body))
    }

    /// bitcoind says an empty 403 both to a refused address and to a method outside the user's list, but it looks at the
    /// address first and at the password before the method: without a password a welcome address gets 401.
    async fn explain_forbidden(&self) -> CallError {
        if self.dialect != "1.0" {
            return CallError::Forbidden;
        }
        let question = self.question(self.one(0, "uptime", json!([])));
        match self.http.send_openly(&question).await.map(|answer| answer.status) {
            Ok(StatusCode::UNAUTHORIZED) => CallError::MethodForbidden,
            Ok(StatusCode::FORBIDDEN) => CallError::AddressForbidden,
            Ok(_) | Err(_) => CallError::Forbidden,
        }
    }
}

/// What the status says, else the answer as JSON.
fn read(answer: &Answer) -> Result<Value, CallError> {
    match answer.status {
        StatusCode::UNAUTHORIZED => return Err(CallError::Unauthorized),
        StatusCode::FORBIDDEN => return Err(CallError::Forbidden),
        // bitcoind's words are `Work queue depth exceeded`; a page is some other server's.
        StatusCode::SERVICE_UNAVAILABLE if !answer.body.trim_ascii_start().starts_with(b"<") => {
            return Err(CallError::Busy);
        }
        _ => {}
    }
    answer.json()
}
