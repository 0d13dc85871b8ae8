//! The interface for a browser on this machine: loopback only, one-time link, checked Host and Origin.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use freehold_model::{Fault, FaultCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::http::{api, fault_response, json_response};
use super::session::Sessions;
use crate::App;

/// A file of the interface, built into the program.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Path from the root, without a leading slash.
    pub path: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// The host's listener and link.
#[derive(Debug)]
pub struct WebHost {
    listener: TcpListener,
    address: SocketAddr,
    gate: Arc<Gate>,
    assets: &'static [Asset],
}

/// What every request must pass.
#[derive(Debug)]
struct Gate {
    sessions: Sessions,
    hosts: Vec<String>,
}

impl WebHost {
    /// Listens. Refuses any address that is not loopback: the interface can start and erase nodes.
    pub async fn bind(address: SocketAddr, assets: &'static [Asset]) -> Result<Self, Fault> {
        if !address.ip().is_loopback() {
            return Err(Fault::new(FaultCode::NotSupported)
                .with(
                    "what",
                    format_args!(
                        "{address} can be reached from other machines; the interface is served on loopback only"
                    ),
                )
                .hint("Use `--listen 127.0.0.1:PORT`, and an SSH tunnel from another machine."));
        }
        let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => Fault::new(FaultCode::PortInUse)
                .with("port", address.port())
                .with("address", address.ip())
                .with(
                    "owner",
                    freehold_host::port::owner(address.port()).unwrap_or_else(|| "another program".to_owned()),
                ),
            _ => {
                Fault::new(FaultCode::NotSupported).with("what", format_args!("listening on {address} failed: {error}"))
            }
        })?;
        let address = listener
            .local_addr()
            .map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))?;
        let port = address.port();
        let hosts = vec![
            format!("127.0.0.1:{port}"),
            format!("localhost:{port}"),
            format!("[::1]:{port}"),
        ];
        Ok(Self {
            listener,
            address,
            gate: Arc::new(Gate {
                sessions: Sessions::default(),
                hosts,
            }),
            assets,
        })
    }

    /// A link that works once. The token stands behind `#`, which browsers do not send to any server.
    pub fn link(&self) -> Result<String, Fault> {
        Ok(format!(
            "http://{}/#token={}",
            self.address,
            self.gate.sessions.issue()?
        ))
    }

    /// Serves until `end` completes.
    pub async fn serve(self, app: App, end: impl Future<Output = ()> + Send + 'static) -> Result<(), Fault> {
        let assets = self.assets;
        let guarded = api(app).layer(from_fn_with_state(self.gate.clone(), need_session));
        let router = Router::new()
            .route("/api/session", post(open_session).with_state(self.gate.clone()))
            .merge(guarded)
            .fallback(move |request: Request| async move { asset(assets, &request) })
            .layer(from_fn_with_state(self.gate.clone(), check_origin));
        axum::serve(self.listener, router)
            .with_graceful_shutdown(end)
            .await
            .map_err(|error| Fault::new(FaultCode::Internal).with("reason", error))
    }
}

/// Refuses requests that a page elsewhere could have caused: another Host (DNS rebinding) or another Origin.
async fn check_origin(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| gate.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))) {
        let fault = Fault::new(FaultCode::BadRequest).with("reason", "the request names another host");
        return secured(fault_response(StatusCode::MISDIRECTED_REQUEST, &fault));
    }
    let foreign = request.headers().get(header::ORIGIN).is_some_and(|origin| {
        let origin = origin.to_str().unwrap_or("").strip_prefix("http://").unwrap_or("");
        !gate.hosts.iter().any(|known| known.eq_ignore_ascii_case(origin))
    });
    if foreign {
        let fault = Fault::new(FaultCode::BadRequest).with("reason", "the request comes from another page");
        return secured(fault_response(StatusCode::FORBIDDEN, &fault));
    }
    secured(next.run(request).await)
}

async fn need_session(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let bearer = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if bearer.is_some_and(|session| gate.sessions.knows(session)) {
        return next.run(request).await;
    }
    let fault = Fault::new(FaultCode::BadRequest).with("reason", "open the link that `freehold serve` printed");
    fault_response(StatusCode::UNAUTHORIZED, &fault)
}

async fn open_session(State(gate): State<Arc<Gate>>, body: Bytes) -> Response {
    let token = serde_json::from_slice::<Value>(&body).ok();
    let token = token
        .as_ref()
        .and_then(|value| value.get("token"))
        .and_then(Value::as_str)
        .unwrap_or("");
    match gate.sessions.redeem(token) {
        Ok(session) => json_response(StatusCode::OK, Bytes::from(json!({ "session": session }).to_string())),
        Err(fault) => fault_response(StatusCode::UNAUTHORIZED, &fault),
    }
}

fn asset(assets: &'static [Asset], request: &Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let found = assets.iter().find(|asset| asset.path == path);
    match found {
        Some(asset) if request.method() == Method::GET || request.method() == Method::HEAD => {
            ([(header::CONTENT_TYPE, asset.media_type)], asset.bytes).into_response()
        }
        Some(_) => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        None if path == "index.html" => (
            StatusCode::SERVICE_UNAVAILABLE,
            "This freehold was built without its interface. Run `cargo xtask run`.\n",
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Headers on everything: no framing, no foreign content, no guessing of types.
fn secured(mut response: Response) -> Response {
    const HEADERS: [(HeaderName, &str); 4] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src 'self' data:; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Serves the API on a Unix socket of the caller's choice (mode 0600), until `end` completes.
#[cfg(unix)]
pub async fn serve_control_at(
    path: &std::path::Path,
    app: App,
    end: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Fault> {
    super::control::ControlSocket::bind(path)?.serve(app, end).await
}
