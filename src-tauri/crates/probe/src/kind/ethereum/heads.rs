//! New blocks of an EVM chain, told over a WebSocket; where there is none, asked for every second.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use freehold_model::ProbeFailure;
use serde_json::{Value, json};

use crate::Target;
use crate::kind::POLL;
use crate::report::text;
use crate::rpc::Client;
use crate::websocket::Socket;

/// How long a server that has no WebSocket is not asked for one again.
const TRY_AGAIN: Duration = Duration::from_mins(1);

/// The subscription.
pub(crate) struct Heads {
    url: String,
    socket: tokio::sync::Mutex<Option<Socket>>,
    failed: Mutex<Option<Instant>>,
}

impl fmt::Debug for Heads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Heads").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Heads {
    /// Of a target: on its push port, else on its own.
    pub(crate) fn new(target: &Target) -> Self {
        let port = target.push_port.unwrap_or(target.port);
        let mut endpoint = target.endpoint();
        endpoint.port = port;
        Self {
            url: format!("ws://{}{}", endpoint.authority(), target.path),
            socket: tokio::sync::Mutex::default(),
            failed: Mutex::default(),
        }
    }

    /// Waits until the tip is not `tip`, at most for `timeout`.
    pub(crate) async fn wait(&self, client: &Client, tip: &str, timeout: Duration) -> Result<(), ProbeFailure> {
        let news = async {
            let mut socket = self.socket.lock().await;
            if socket.is_none() {
                *socket = self.subscribe().await;
            }
            // A block may have come between the reading and the subscription.
            if latest(client).await? != tip {
                return Ok(());
            }
            if let Some(subscribed) = socket.as_mut() {
                if self.listen(subscribed, tip).await.is_ok() {
                    return Ok(());
                }
                *socket = None;
            }
            drop(socket);
            loop {
                tokio::time::sleep(POLL).await;
                if latest(client).await? != tip {
                    return Ok(());
                }
            }
        };
        tokio::time::timeout(timeout, news).await.unwrap_or(Ok(()))
    }

    async fn subscribe(&self) -> Option<Socket> {
        let failed = *self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_some_and(|at| at.elapsed() < TRY_AGAIN) {
            return None;
        }
        let made = async {
            let mut socket = Socket::connect(&self.url).await?;
            socket.call("eth_subscribe", json!(["newHeads"])).await?;
            Ok::<_, ProbeFailure>(socket)
        };
        let made = made.await.ok();
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = made.is_none().then(Instant::now);
        made
    }

    async fn listen(&self, socket: &mut Socket, tip: &str) -> Result<(), ProbeFailure> {
        loop {
            let message = socket.next().await?;
            match message.pointer("/params/result/hash").map(text) {
                Some(hash) if hash != tip => return Ok(()),
                Some(_) | None => {}
            }
        }
    }
}

/// Hash of the last block.
async fn latest(client: &Client) -> Result<String, ProbeFailure> {
    let block = client.ask("eth_getBlockByNumber", json!(["latest", false])).await?;
    Ok(text(block.get("hash").unwrap_or(&Value::Null)))
}
