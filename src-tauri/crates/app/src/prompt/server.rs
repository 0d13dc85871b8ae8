//! Serves one page on loopback until it was used or its time is over.
//!
//! Every request passes the same gate before anything is looked at: one `Host` header that names this listener, no foreign
//! `Origin`, and the token in the path. There is no CORS header, no redirect and no second page.

use std::convert::Infallible;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use freehold_contract::PromptState;
use freehold_model::{Fault, FaultCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::Deserialize;
use serde_json::json;
use subtle::ConstantTimeEq;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::page::{Page, SCRIPT, STYLE};
use super::{Progress, Prompt};

/// A browser sends its headers at once.
const HEADERS_WITHIN: Duration = Duration::from_secs(5);
/// And its body, which is one short line.
const BODY_WITHIN: Duration = Duration::from_secs(5);
/// A connection carries one request; the node is asked once in between.
const CONNECTION_WITHIN: Duration = Duration::from_secs(30);
/// Largest body: an outcome and 300 characters.
const MOST_BODY: usize = 4096;
/// Largest head of a request.
const MOST_HEAD: usize = 16 * 1024;
/// Connections at once. A browser opens six.
const MOST_CONNECTIONS: usize = 16;
/// Longest text of a wallet that is kept, in characters.
const MOST_SAID: usize = 300;

/// What the page says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outcome {
    pub(crate) outcome: OutcomeKind,
    /// The wallet's own words.
    #[serde(default)]
    pub(crate) said: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OutcomeKind {
    /// The button was pressed.
    Asking,
    Approved,
    Refused,
    NoWallet,
    WrongChain,
    Failed,
}

/// What the page is told about an outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reply {
    /// After an approval: the node's height, where it answered.
    pub(crate) height: Option<u64>,
}

/// A listener on a free port of 127.0.0.1.
pub(crate) async fn bind() -> Result<(TcpListener, SocketAddr), Fault> {
    let failed = |error: std::io::Error| Fault::new(FaultCode::Internal).with("reason", error);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

struct Gate<F> {
    page: Page,
    token: String,
    /// What `Host` may say.
    hosts: [String; 2],
    prompt: Arc<Prompt>,
    /// Called once for each outcome; only an approval takes time.
    answer: F,
    /// Held while an outcome is taken, so that two at once cannot both count.
    turn: tokio::sync::Mutex<()>,
}

/// Serves until the page was used, its time is over, or it is ended.
pub(crate) async fn serve<F, A>(
    listener: TcpListener,
    address: SocketAddr,
    token: String,
    page: Page,
    prompt: Arc<Prompt>,
    lifetime: Duration,
    answer: F,
) where
    F: Fn(Outcome) -> A + Send + Sync + 'static,
    A: Future<Output = Reply> + Send + 'static,
{
    let end = Instant::now() + lifetime;
    let mut progress = prompt.progress.subscribe();
    let gate = Arc::new(Gate {
        page,
        token,
        hosts: [
            format!("127.0.0.1:{}", address.port()),
            format!("localhost:{}", address.port()),
        ],
        prompt: prompt.clone(),
        answer,
        turn: tokio::sync::Mutex::new(()),
    });
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if connections.len() < MOST_CONNECTIONS => {
                    connections.spawn(tokio::time::timeout(CONNECTION_WITHIN, connection(stream, gate.clone())));
                }
                // Too many at once: this one is closed, and a browser tries again.
                Ok(_) => {}
                // Out of file descriptors, most likely: later there may be some.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            () = is_over(&mut progress) => break,
            () = tokio::time::sleep_until(end) => break,
            () = prompt.end.cancelled() => break,
        }
    }
    drop(listener);
    prompt.progress.send_if_modified(|progress| {
        let expires = !progress.is_over();
        if expires {
            *progress = Progress::at(PromptState::Expired);
        }
        expires
    });
    // The page that was told of the outcome is still reading it.
    let last = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(BODY_WITHIN, last).await;
}

async fn is_over(progress: &mut tokio::sync::watch::Receiver<Progress>) {
    // Its sender lives as long as the page.
    let _over = progress.wait_for(Progress::is_over).await.is_ok();
}

async fn connection<F, A>(stream: tokio::net::TcpStream, gate: Arc<Gate<F>>)
where
    F: Fn(Outcome) -> A + Send + Sync + 'static,
    A: Future<Output = Reply> + Send + 'static,
{
    let service = service_fn(|request: Request<Incoming>| {
        let gate = gate.clone();
        async move { Ok::<_, Infallible>(secured(gate.respond(request).await)) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(MOST_HEAD)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection to a wallet page ended early");
    }
}

impl<F, A> Gate<F>
where
    F: Fn(Outcome) -> A,
    A: Future<Output = Reply>,
{
    async fn respond<B>(&self, request: Request<B>) -> Response<Full<Bytes>>
    where
        B: Body<Data = Bytes> + Unpin,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let Some(own) = self.own_host(&request) else {
            return plain(StatusCode::MISDIRECTED_REQUEST);
        };
        if !is_own_origin(request.headers(), &own) {
            return plain(StatusCode::FORBIDDEN);
        }
        let Some(rest) = self.below_token(request.uri().path()) else {
            return plain(StatusCode::NOT_FOUND);
        };
        if self.prompt.progress.borrow().is_over() {
            return plain(StatusCode::GONE);
        }
        match (request.method(), rest) {
            (&Method::GET, "") => {
                self.prompt.progress.send_if_modified(|progress| {
                    let is_first = progress.state == PromptState::Waiting;
                    if is_first {
                        *progress = Progress::at(PromptState::Opened);
                    }
                    is_first
                });
                content("text/html; charset=utf-8", self.page.html.clone())
            }
            (&Method::GET, "page.js") => content("text/javascript; charset=utf-8", SCRIPT),
            (&Method::GET, "page.css") => content("text/css; charset=utf-8", STYLE),
            (&Method::POST, "outcome") => self.outcome(request).await,
            (_, "" | "page.js" | "page.css" | "outcome") => plain(StatusCode::METHOD_NOT_ALLOWED),
            _ => plain(StatusCode::NOT_FOUND),
        }
    }

    /// The one `Host` of the request, if it is this listener's. A request line with a host of its own is for a proxy.
    fn own_host<B>(&self, request: &Request<B>) -> Option<String> {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let (host, None) = (hosts.next()?.to_str().ok()?, hosts.next()) else {
            return None;
        };
        let is_own = request.uri().authority().is_none() && self.hosts.iter().any(|known| known == host);
        is_own.then(|| host.to_owned())
    }

    fn below_token<'p>(&self, path: &'p str) -> Option<&'p str> {
        let (token, rest) = path.strip_prefix('/')?.split_once('/')?;
        let is_known: bool = token.as_bytes().ct_eq(self.token.as_bytes()).into();
        is_known.then_some(rest)
    }

    async fn outcome<B>(&self, request: Request<B>) -> Response<Full<Bytes>>
    where
        B: Body<Data = Bytes> + Unpin,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let headers = request.headers();
        // A form or an image of another page can send neither of these.
        if !headers.contains_key(header::ORIGIN) {
            return plain(StatusCode::FORBIDDEN);
        }
        if headers
            .get(header::CONTENT_TYPE)
            .is_none_or(|kind| kind != "application/json")
        {
            return plain(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        let body = Limited::new(request.into_body(), MOST_BODY).collect();
        let bytes = match tokio::time::timeout(BODY_WITHIN, body).await {
            Err(_) => return plain(StatusCode::REQUEST_TIMEOUT),
            Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
                return plain(StatusCode::PAYLOAD_TOO_LARGE);
            }
            Ok(Err(_)) => return plain(StatusCode::BAD_REQUEST),
            Ok(Ok(whole)) => whole.to_bytes(),
        };
        let Ok(mut outcome) = serde_json::from_slice::<Outcome>(&bytes) else {
            return plain(StatusCode::BAD_REQUEST);
        };
        outcome.said = outcome.said.as_deref().map(cleaned).filter(|said| !said.is_empty());
        let _turn = self.turn.lock().await;
        if self.prompt.progress.borrow().is_over() {
            return plain(StatusCode::GONE);
        }
        let reply = (self.answer)(outcome.clone()).await;
        let state = match outcome.outcome {
            OutcomeKind::Asking => PromptState::Opened,
            OutcomeKind::Approved => PromptState::Approved,
            OutcomeKind::Refused => PromptState::Refused,
            OutcomeKind::NoWallet => PromptState::NoWallet,
            OutcomeKind::WrongChain => PromptState::WrongChain,
            OutcomeKind::Failed => PromptState::Failed,
        };
        self.prompt.progress.send_if_modified(|progress| {
            let counts = !progress.is_over();
            if counts {
                *progress = Progress {
                    state,
                    said: outcome.said,
                    height: reply.height,
                };
            }
            counts
        });
        content("application/json", json!({ "height": reply.height }).to_string())
    }
}

/// No `Origin`, or this page's own; and nothing that another site caused, where the browser tells. Opening the page by a
/// link from anywhere is fine: whoever has the link has the token.
fn is_own_origin(headers: &HeaderMap, host: &str) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let is_own = match (origins.next(), origins.next()) {
        (None, _) => true,
        (Some(origin), None) => origin.to_str().is_ok_and(|origin| origin == format!("http://{host}")),
        (Some(_), Some(_)) => false,
    };
    let told = |name: &'static str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_same_site = match told("sec-fetch-site") {
        None | Some("same-origin" | "none") => true,
        Some(_) => told("sec-fetch-mode") == Some("navigate") && told("sec-fetch-dest") == Some("document"),
    };
    is_own && is_same_site
}

/// A text of a wallet without control characters, shortened.
fn cleaned(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(MOST_SAID).collect::<String>().trim().to_owned()
}

fn content(media_type: &'static str, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

fn plain(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = content("text/plain; charset=utf-8", format!("{status}\n"));
    *response.status_mut() = status;
    response
}

/// Headers on everything: nothing foreign is loaded, nobody frames it, nothing is kept or passed on.
fn secured(mut response: Response<Full<Bytes>>) -> Response<Full<Bytes>> {
    const HEADERS: [(HeaderName, &str); 8] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CONNECTION, "close"),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
