//! The connection to an engine: one small HTTP client that bollard and our own tolerant readers share.
//!
//! bollard says everything that is said (its request types are exact). What is heard is read here as plain JSON or
//! lines, because engines disagree about enums and missing fields, and a strict reader would turn a new word into a
//! dead node. The one rule: every request names its operation and has a limit.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Empty, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use serde_json::Value;

use crate::EngineError;
use crate::error::{Asked, classify};

mod line;
#[cfg_attr(unix, path = "wire/unix.rs")]
#[cfg_attr(windows, path = "wire/windows.rs")]
mod socket;

pub(crate) use line::Lines;

/// Replies are read whole only up to here; the longest honest one (a list of many containers) is far below.
const LONGEST_REPLY: usize = 32 << 20;
/// A connection to this machine is there at once or never.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// Connections kept open between requests, so that a ping costs no new one.
const KEPT_CONNECTIONS: usize = 4;
const KEPT_FOR: Duration = Duration::from_secs(30);

type BoxError = Box<dyn std::error::Error + Send + Sync>;
pub(crate) type Body = UnsyncBoxBody<Bytes, BoxError>;

/// Where an engine listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A unix socket or a Windows pipe.
    Socket(PathBuf),
    /// Plain HTTP.
    Tcp { host: String, port: u16 },
}

impl Address {
    /// Reads `unix://…`, `npipe://…` and `tcp://…`.
    pub(crate) fn parse(text: &str) -> Result<Self, EngineError> {
        let not_supported = |what: String| EngineError::NotSupported { what };
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(not_supported(format!(
                "`{text}` is not an engine address; write for example unix:///var/run/docker.sock"
            )));
        };
        match scheme {
            "unix" | "npipe" if !rest.is_empty() => Ok(Self::Socket(socket::path(rest))),
            "tcp" | "http" => {
                let rest = rest.trim_end_matches('/');
                let (host, port) = match rest.rsplit_once(':') {
                    Some((host, port)) => (host, port.parse().ok()),
                    None => (rest, Some(2375)),
                };
                let host = host.trim_start_matches('[').trim_end_matches(']');
                match port {
                    Some(port) if !host.is_empty() => Ok(Self::Tcp {
                        host: host.to_owned(),
                        port,
                    }),
                    Some(_) | None => Err(not_supported(format!("`{text}` names no host and port"))),
                }
            }
            "ssh" => Err(not_supported(format!(
                "Freehold cannot reach an engine over SSH yet ({text})"
            ))),
            "https" => Err(not_supported(format!(
                "Freehold cannot reach an engine over TLS yet ({text})"
            ))),
            _ => Err(not_supported(format!(
                "`{text}` is not an engine address that Freehold knows"
            ))),
        }
    }
}

/// The client. Clones share its connections.
#[derive(Clone)]
pub(crate) struct Wire {
    client: Client<Dial, Body>,
    authority: String,
    shown: Arc<str>,
    version: Arc<OnceLock<String>>,
}

impl Wire {
    /// A client for the address; `shown` is how errors name it. Connects only when asked something.
    pub(crate) fn new(address: Address, shown: &str) -> Self {
        let authority = match &address {
            Address::Socket(_) => "localhost".to_owned(),
            Address::Tcp { host, port } if host.contains(':') => format!("[{host}]:{port}"),
            Address::Tcp { host, port } => format!("{host}:{port}"),
        };
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT_FOR)
            .pool_max_idle_per_host(KEPT_CONNECTIONS)
            .build(Dial(Arc::new(address)));
        Self {
            client,
            authority,
            shown: shown.into(),
            version: Arc::new(OnceLock::new()),
        }
    }

    /// The address as errors name it.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    /// From now on every request asks for this API version, so that an engine's update changes no reply under us.
    pub(crate) fn speak(&self, version: &str) {
        // A second call would be a second engine behind one connection; the first answer stands.
        let _ = self.version.set(version.to_owned());
    }

    /// Sends a request whose URI is a path (`/containers/json?...`) or one made by bollard.
    pub(crate) async fn send(
        &self,
        request: Request<Body>,
    ) -> Result<Response<Incoming>, hyper_util::client::legacy::Error> {
        let (mut parts, body) = request.into_parts();
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let is_versioned = path.starts_with("/v") && path[2..].starts_with(|c: char| c.is_ascii_digit());
        let prefix = match self.version.get() {
            Some(version) if !is_versioned => format!("/v{version}"),
            Some(_) | None => String::new(),
        };
        if let Ok(uri) = format!("http://{}{prefix}{path}", self.authority).parse::<Uri>() {
            parts.uri = uri;
        }
        self.client.request(Request::from_parts(parts, body)).await
    }

    /// Asks and returns the answer once its head is there; an answer that is not a success is an error.
    pub(crate) async fn open(
        &self,
        method: Method,
        path: &str,
        asked: Asked<'_>,
    ) -> Result<Response<Incoming>, EngineError> {
        let body = Empty::new().map_err(|never| match never {}).boxed_unsync();
        let mut request = Request::new(body);
        *request.method_mut() = method;
        self.answer(request, path, asked).await
    }

    /// Hands over a JSON document with POST; the answer's body is not looked at.
    pub(crate) async fn post(&self, path: &str, document: &Value, asked: Asked<'_>) -> Result<(), EngineError> {
        let body = Full::new(Bytes::from(document.to_string()));
        let mut request = Request::new(body.map_err(|never| match never {}).boxed_unsync());
        *request.method_mut() = Method::POST;
        request
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let whole = async {
            let response = self.answer(request, path, asked).await?;
            read_whole(response, asked).await.map(|_| ())
        };
        tokio::time::timeout(asked.limit, whole)
            .await
            .map_err(|_| asked.timed_out())?
    }

    async fn answer(
        &self,
        mut request: Request<Body>,
        path: &str,
        asked: Asked<'_>,
    ) -> Result<Response<Incoming>, EngineError> {
        *request.uri_mut() = path.parse().map_err(|_| EngineError::Refused {
            operation: asked.operation,
            reason: "the request holds a name that cannot be part of an address".to_owned(),
        })?;
        let response = tokio::time::timeout(asked.limit, self.send(request))
            .await
            .map_err(|_| asked.timed_out())?
            .map_err(|error| asked.unreachable(&error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let bytes = read_whole(response, asked).await?;
        Err(refusal(asked.operation, status, &bytes))
    }

    /// Asks for a JSON document.
    pub(crate) async fn json(&self, path: &str, asked: Asked<'_>) -> Result<Value, EngineError> {
        let whole = async {
            let response = self.open(Method::GET, path, asked).await?;
            read_whole(response, asked).await
        };
        let bytes = tokio::time::timeout(asked.limit, whole)
            .await
            .map_err(|_| asked.timed_out())??;
        serde_json::from_slice(&bytes).map_err(|error| asked.unreadable(error))
    }
}

async fn read_whole(response: Response<Incoming>, asked: Asked<'_>) -> Result<Bytes, EngineError> {
    let collected = Limited::new(response.into_body(), LONGEST_REPLY).collect();
    match tokio::time::timeout(asked.limit, collected).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) => Err(asked.broke_off(&*error)),
        Err(_) => Err(asked.timed_out()),
    }
}

/// Docker says `{"message":…}`, Podman adds `cause`; a proxy in between may say anything.
fn refusal(operation: &'static str, status: StatusCode, bytes: &[u8]) -> EngineError {
    let text = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value
            .get("message")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).chars().take(300).collect(),
    };
    classify::answer(operation, status.as_u16(), &text)
}

/// A path with a query; every value is percent-encoded.
pub(crate) fn path_with_query(path: &str, query: &[(&str, &str)]) -> String {
    let mut text = path.to_owned();
    for (index, (name, value)) in query.iter().enumerate() {
        let _ = write!(text, "{}{name}={}", if index == 0 { '?' } else { '&' }, encoded(value));
    }
    text
}

/// Percent-encodes everything but letters, digits and `-._~`.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The `filters` value of list and event requests.
pub(crate) fn filters(filters: &[(&str, &[String])]) -> String {
    let map: BTreeMap<&str, &[String]> = filters.iter().copied().collect();
    serde_json::to_string(&map).unwrap_or_default()
}

/// Makes connections for hyper's client.
#[derive(Clone)]
struct Dial(Arc<Address>);

impl tower_service::Service<Uri> for Dial {
    type Response = Line;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Line>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let address = Arc::clone(&self.0);
        Box::pin(async move {
            let connect = async {
                match &*address {
                    Address::Socket(path) => socket::open(path).await,
                    Address::Tcp { host, port } => {
                        let stream = tokio::net::TcpStream::connect((host.as_str(), *port)).await?;
                        stream.set_nodelay(true)?;
                        Ok(Box::new(stream) as Box<dyn Duplex>)
                    }
                }
            };
            let stream = tokio::time::timeout(CONNECT_LIMIT, connect)
                .await
                .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
            Ok(Line(TokioIo::new(stream)))
        })
    }
}

/// A byte stream in both directions.
trait Duplex: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin {}
impl<T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin> Duplex for T {}

/// One open connection.
struct Line(TokioIo<Box<dyn Duplex>>);

impl Connection for Line {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl Read for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl Write for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, encoded, path_with_query};

    #[test]
    fn addresses_that_can_be_used_are_read_and_the_others_say_why_not() {
        for good in [
            "unix:///var/run/docker.sock",
            "tcp://127.0.0.1:2375",
            "tcp://[::1]:2375",
            "http://engine:80/",
        ] {
            assert!(Address::parse(good).is_ok(), "{good} can be used");
        }
        for bad in [
            "",
            "unix://",
            "/var/run/docker.sock",
            "tcp://:1",
            "tcp://host:many",
            "ssh://host",
            "https://host",
        ] {
            let error = Address::parse(bad).expect_err("cannot be used");
            assert!(error.to_string().contains(bad), "`{bad}` is named in: {error}");
        }
    }

    #[test]
    fn query_values_cannot_break_out_of_their_place() {
        assert_eq!(encoded("a b&c=d/%"), "a%20b%26c%3Dd%2F%25");
        assert_eq!(path_with_query("/x", &[("a", "1"), ("b", "{}")]), "/x?a=1&b=%7B%7D");
    }
}
