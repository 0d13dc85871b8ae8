//! Commands and events over HTTP, the same for a browser and for the control socket.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use freehold_contract::FaultView;
use freehold_model::{Fault, FaultCode};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::asked::{Answer, Asked, REQUEST_ID};
use crate::App;

/// Largest request: options of an install are a few kilobytes.
const MOST_BYTES: usize = 256 * 1024;
/// A blank line this often shows a listener that the stream lives, and the host that the listener does.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// `POST /api/COMMAND` and `GET /api/events` (newline-delimited JSON).
pub fn api(app: App) -> Router {
    Router::new()
        .route("/api/events", get(events))
        .route("/api/{command}", post(command))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(Api {
            app,
            asked: Arc::default(),
        })
}

/// What every request needs.
#[derive(Clone)]
struct Api {
    app: App,
    asked: Arc<Asked>,
}

async fn command(State(api): State<Api>, Path(command): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = match headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()) {
        Some(id) => {
            let question = format!("{id} {command}");
            let begin = |say: oneshot::Sender<Answer>| {
                api.app.spawn_while_alive(|app| async move {
                    // Who asked may be gone.
                    let _ = say.send(answer(app, command, body).await);
                });
            };
            api.asked.once(question, begin).await
        }
        None => answer(api.app, command, body).await,
    };
    match answer {
        Ok(response) => json_response(StatusCode::OK, response),
        Err(fault) => fault_response(StatusCode::UNPROCESSABLE_ENTITY, &fault),
    }
}

async fn answer(app: App, command: String, body: Bytes) -> Answer {
    let request = if body.is_empty() {
        Ok(Value::Null)
    } else {
        serde_json::from_slice(&body)
    };
    match request {
        Ok(request) => Ok(Bytes::from(app.call(&command, request).await?.to_string())),
        Err(error) => {
            Err(Fault::new(FaultCode::BadRequest).with("reason", format_args!("the body is not JSON: {error}")))
        }
    }
}

/// A fault as a response.
pub(crate) fn fault_response(status: StatusCode, fault: &Fault) -> Response {
    json_response(
        status,
        Bytes::from(json!({ "fault": FaultView::from(fault) }).to_string()),
    )
}

/// JSON that no cache keeps and no page of another origin can read.
pub(crate) fn json_response(status: StatusCode, json: Bytes) -> Response {
    let mut response = (status, json).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn events(State(api): State<Api>) -> Response {
    let events = api.app.subscribe();
    let stream = futures_util::stream::unfold(Some(events), |events| async move {
        let mut events = events?;
        let line = match tokio::time::timeout(HEARTBEAT, events.next()).await {
            Err(_) => "\n".to_owned(),
            Ok(Some(event)) => match serde_json::to_string(&*event) {
                Ok(text) => text + "\n",
                Err(_) => return None,
            },
            // Fell behind or the application ends: the listener reconnects and asks for the snapshot.
            Ok(None) => return None,
        };
        Some((Ok::<_, Infallible>(Bytes::from(line)), Some(events)))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from_stream(stream)).into_response()
}
