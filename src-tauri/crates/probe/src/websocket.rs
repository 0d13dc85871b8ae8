//! JSON over a WebSocket, bounded in size and time.

use std::fmt;

use freehold_model::ProbeFailure;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::error::{Error, ProtocolError};
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::tungstenite::protocol::{Message, WebSocketConfig};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::excerpt::{excerpt, shorten};
use crate::http::LARGEST_ANSWER;
use crate::rpc::{CallError, reply};
use crate::socket::{in_time, io_failure, silent};

/// An open connection.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next_id: u64,
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket").finish_non_exhaustive()
    }
}

impl Socket {
    /// Connects to `ws://host:port/path`.
    pub(crate) async fn connect(url: &str) -> Result<Self, ProbeFailure> {
        let config = WebSocketConfig::default()
            .max_message_size(Some(LARGEST_ANSWER))
            .max_frame_size(Some(LARGEST_ANSWER));
        in_time(async {
            let connected = tokio_tungstenite::connect_async_with_config(url, Some(config), true).await;
            let (stream, _) = connected.map_err(failure)?;
            Ok(Self { stream, next_id: 1 })
        })
        .await
    }

    /// Calls a method of JSON-RPC 2.0; news that come meanwhile are dropped.
    pub(crate) async fn call(&mut self, method: &str, params: Value) -> Result<Value, ProbeFailure> {
        let answer = self
            .exchange(json!({"jsonrpc": "2.0", "method": method, "params": params}))
            .await?;
        let outcome = reply::single(answer).ok_or_else(|| ProbeFailure::Unreadable {
            reason: format!("`{method}` is answered with neither result nor error"),
        })?;
        outcome.map_err(CallError::into)
    }

    /// Sends a question with an id and waits for the message with the same one.
    pub(crate) async fn exchange(&mut self, mut question: Value) -> Result<Value, ProbeFailure> {
        let id = self.next_id;
        self.next_id += 1;
        question["id"] = json!(id);
        in_time(async {
            self.stream
                .send(Message::text(question.to_string()))
                .await
                .map_err(failure)?;
            loop {
                let message = self.next().await?;
                if message.get("id").and_then(Value::as_u64) == Some(id) {
                    return Ok(message);
                }
            }
        })
        .await
    }

    /// The next message. Giving up waiting loses nothing.
    pub(crate) async fn next(&mut self) -> Result<Value, ProbeFailure> {
        loop {
            let message = self
                .stream
                .next()
                .await
                .ok_or_else(|| silent("the connection broke off"))?;
            let text = match message.map_err(failure)? {
                Message::Text(text) => text,
                Message::Close(_) => return Err(silent("the connection was closed")),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => continue,
            };
            return serde_json::from_str(&text).map_err(|_| ProbeFailure::Unreadable {
                reason: format!("`{}`", excerpt(text.as_bytes(), &[])),
            });
        }
    }
}

fn failure(error: Error) -> ProbeFailure {
    match error {
        Error::Io(error) => io_failure(&error),
        Error::ConnectionClosed | Error::AlreadyClosed => silent("the connection was closed"),
        Error::Protocol(ProtocolError::HandshakeIncomplete | ProtocolError::ResetWithoutClosingHandshake) => {
            silent("the connection broke off")
        }
        Error::Http(response) => match response.status() {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ProbeFailure::AuthenticationFailed,
            status => {
                let body = response.body().as_deref().unwrap_or_default();
                ProbeFailure::Unreadable {
                    reason: format!("HTTP {}, `{}`", status.as_u16(), excerpt(body, &[])),
                }
            }
        },
        error => ProbeFailure::Unreadable {
            reason: shorten(&error.to_string()),
        },
    }
}
