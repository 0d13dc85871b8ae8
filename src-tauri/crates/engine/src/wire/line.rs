//! A reply that comes line by line: pulls and events.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::Response;
use hyper::body::Incoming;
use serde_json::Value;

use crate::EngineError;
use crate::error::Asked;

/// A longer line is not from an engine.
const LONGEST_LINE: usize = 1 << 20;

/// Reads JSON documents, one a line. Dropping it closes the connection, which ends the request on the engine.
pub(crate) struct Lines {
    body: Incoming,
    buffer: BytesMut,
    is_over: bool,
}

impl Lines {
    pub(crate) fn new(response: Response<Incoming>) -> Self {
        Self {
            body: response.into_body(),
            buffer: BytesMut::new(),
            is_over: false,
        }
    }

    /// The next document, `None` at the end. The caller limits the wait; dropping the future loses nothing.
    pub(crate) async fn next(&mut self, asked: Asked<'_>) -> Result<Option<Value>, EngineError> {
        loop {
            while let Some(line) = self.take_line() {
                if !line.trim_ascii().is_empty() {
                    return serde_json::from_slice(&line)
                        .map(Some)
                        .map_err(|error| asked.unreadable(error));
                }
            }
            if self.is_over {
                let rest = self.buffer.split();
                return match rest.trim_ascii() {
                    [] => Ok(None),
                    rest => serde_json::from_slice(rest)
                        .map(Some)
                        .map_err(|error| asked.unreadable(error)),
                };
            }
            if self.buffer.len() > LONGEST_LINE {
                return Err(EngineError::Refused {
                    operation: asked.operation,
                    reason: "its reply has no line ends".to_owned(),
                });
            }
            match self.body.frame().await {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        self.buffer.extend_from_slice(&data);
                    }
                }
                Some(Err(error)) => return Err(asked.broke_off(&error)),
                None => self.is_over = true,
            }
        }
    }

    fn take_line(&mut self) -> Option<Bytes> {
        let end = self.buffer.iter().position(|byte| *byte == b'\n')?;
        Some(self.buffer.split_to(end + 1).freeze())
    }
}
