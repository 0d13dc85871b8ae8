//! Lines over a socket that is kept, for the protocols that are not HTTP. Bounded in size and time.

use std::io;
use std::time::Duration;

use freehold_model::ProbeFailure;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::http::{CONNECT_TIMEOUT, LARGEST_ANSWER};
use crate::rpc::CALL_TIMEOUT;

/// A connection on which both sides write lines.
#[derive(Debug)]
pub(crate) struct Lines<S> {
    stream: S,
    /// What has come and is not read yet. Kept here, so that giving up waiting loses nothing.
    come: Vec<u8>,
}

pub(crate) fn silent(reason: impl Into<String>) -> ProbeFailure {
    ProbeFailure::Silent { reason: reason.into() }
}

/// Why a connection did not come about or ended.
pub(crate) fn io_failure(error: &io::Error) -> ProbeFailure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => silent("nothing listens there (connection refused)"),
        io::ErrorKind::TimedOut => silent("no connection within 5 s"),
        kind => silent(format!("no connection ({kind})")),
    }
}

/// Waits for an answer, at most [`CALL_TIMEOUT`].
pub(crate) async fn in_time<T>(answer: impl Future<Output = Result<T, ProbeFailure>>) -> Result<T, ProbeFailure> {
    tokio::time::timeout(CALL_TIMEOUT, answer)
        .await
        .unwrap_or_else(|_| Err(silent(format!("no answer within {} s", CALL_TIMEOUT.as_secs()))))
}

/// A TCP connection.
pub(crate) async fn connect(host: &str, port: u16) -> Result<TcpStream, ProbeFailure> {
    let stream = connect_within(host, port, CONNECT_TIMEOUT).await?;
    // Without it a question waits for the answer to the one before; with an error it is only slower.
    let _slower = stream.set_nodelay(true);
    Ok(stream)
}

async fn connect_within(host: &str, port: u16, limit: Duration) -> Result<TcpStream, ProbeFailure> {
    match tokio::time::timeout(limit, TcpStream::connect((host, port))).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(io_failure(&error)),
        Err(_) => Err(silent("no connection within 5 s")),
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Lines<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self {
            stream,
            come: Vec::new(),
        }
    }

    /// Sends a text as it is.
    pub(crate) async fn send(&mut self, text: &str) -> Result<(), ProbeFailure> {
        self.stream.write_all(text.as_bytes()).await.map_err(|_| broken())?;
        self.stream.flush().await.map_err(|_| broken())
    }

    /// The next line, without its end. Giving up waiting loses nothing.
    pub(crate) async fn next(&mut self) -> Result<Vec<u8>, ProbeFailure> {
        let mut searched = 0;
        loop {
            let end = self.come.iter().skip(searched).position(|byte| *byte == b'\n');
            if let Some(end) = end.map(|end| searched + end) {
                let mut line: Vec<u8> = self.come.drain(..=end).collect();
                line.truncate(line.trim_ascii_end().len());
                return Ok(line);
            }
            searched = self.come.len();
            self.more().await?;
        }
    }

    /// Reads until what has come is one whole JSON value; it may have line ends inside.
    pub(crate) async fn next_json(&mut self) -> Result<serde_json::Value, ProbeFailure> {
        loop {
            let mut values = serde_json::Deserializer::from_slice(&self.come).into_iter();
            match values.next() {
                Some(Ok(value)) => {
                    let end = values.byte_offset();
                    self.come.drain(..end);
                    return Ok(value);
                }
                Some(Err(error)) if !error.is_eof() => {
                    return Err(ProbeFailure::Unreadable {
                        reason: format!("`{}`", crate::excerpt::excerpt(&self.come, &[])),
                    });
                }
                Some(Err(_)) | None => self.more().await?,
            }
        }
    }

    async fn more(&mut self) -> Result<(), ProbeFailure> {
        if self.come.len() > LARGEST_ANSWER {
            return Err(ProbeFailure::Unreadable {
                reason: "the answer is larger than 16 MiB".to_owned(),
            });
        }
        match self.stream.read_buf(&mut self.come).await {
            Ok(0) | Err(_) => Err(broken()),
            Ok(_) => Ok(()),
        }
    }
}

fn broken() -> ProbeFailure {
    silent("the connection broke off")
}
