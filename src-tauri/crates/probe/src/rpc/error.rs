//! Why a call came back without a result.

use std::error::Error;
use std::io;
use std::time::Duration;

use freehold_model::ProbeFailure;
use hyper_util::client::legacy;
use serde_json::Value;

use crate::excerpt::shorten;

/// bitcoind's code while it loads its block index.
pub(crate) const WARMING_UP: i64 = -28;

/// Codes by which servers refuse a caller inside an answer: by the HTTP status, besu's, and that of some gateways.
const UNAUTHORIZED: [i64; 3] = [401, -40_100, -32_604];

/// Why a call came back without a result.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The address is none.
    #[error("`{url}` is not an address")]
    BadAddress {
        /// As built.
        url: String,
    },
    /// No connection came about.
    #[error("{reason}")]
    NoConnection {
        /// In a few words.
        reason: String,
        /// The client's error.
        #[source]
        source: legacy::Error,
    },
    /// The connection ended in the middle.
    #[error("the connection broke off")]
    BrokenOff {
        /// The client's error.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// What came was not HTTP.
    #[error("what came back is not HTTP")]
    NotHttp {
        /// The client's error.
        #[source]
        source: legacy::Error,
    },
    /// Nothing came in time.
    #[error("no answer within {} s", limit.as_secs())]
    Late {
        /// How long was waited.
        limit: Duration,
    },
    /// All of the server's workers are taken (HTTP 503).
    #[error("it is busy with other requests")]
    Busy,
    /// Wrong user or password (HTTP 401).
    #[error("user or password is wrong")]
    Unauthorized,
    /// Refused without a visible reason (HTTP 403).
    #[error("access is not allowed (HTTP 403)")]
    Forbidden,
    /// The user may not call the method (`rpcwhitelist`).
    #[error("a method is not allowed for this user (`rpcwhitelist`)")]
    MethodForbidden,
    /// The caller's address may not call at all (`rpcallowip`).
    #[error("this address is not allowed (`rpcallowip`)")]
    AddressForbidden,
    /// The answer is larger than any honest one.
    #[error("the answer is larger than 16 MiB")]
    TooLarge,
    /// The answer is not JSON-RPC.
    #[error("HTTP {status}, `{beginning}`")]
    NoAnswer {
        /// HTTP status.
        status: u16,
        /// Its first printable characters.
        beginning: String,
    },
    /// The server's own error.
    #[error("error {code}: {message}")]
    Rpc {
        /// Its code.
        code: i64,
        /// Its words.
        message: String,
        /// What it adds, where it does.
        data: Value,
    },
    /// A file that the node writes cannot be read.
    #[error("the file `{name}` of the node cannot be read ({kind})")]
    Token {
        /// The file's name, without its folder.
        name: String,
        /// Why.
        kind: io::ErrorKind,
    },
}

impl CallError {
    /// Sorts the HTTP client's errors.
    pub(crate) fn from_transport(source: legacy::Error) -> Self {
        if source.is_connect() {
            let kind = find::<io::Error>(&source).map(io::Error::kind);
            let reason = match kind {
                Some(io::ErrorKind::ConnectionRefused) => "nothing listens there (connection refused)".to_owned(),
                Some(io::ErrorKind::TimedOut) => "no connection within 5 s".to_owned(),
                Some(kind) => format!("no connection ({kind})"),
                None => "no connection".to_owned(),
            };
            return Self::NoConnection { reason, source };
        }
        match find::<hyper::Error>(&source) {
            Some(error) if error.is_parse() => Self::NotHttp { source },
            _ => Self::BrokenOff {
                source: Box::new(source),
            },
        }
    }
}

/// The first error of a kind in a chain of causes.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(|error| error.downcast_ref())
}

impl From<CallError> for ProbeFailure {
    fn from(error: CallError) -> Self {
        let reason = error.to_string();
        match error {
            CallError::NoConnection { .. }
            | CallError::BrokenOff { .. }
            | CallError::Late { .. }
            | CallError::Busy
            | CallError::BadAddress { .. } => Self::Silent { reason },
            CallError::Unauthorized => Self::AuthenticationFailed,
            CallError::Rpc { code, .. } if UNAUTHORIZED.contains(&code) => Self::AuthenticationFailed,
            CallError::Rpc {
                code: WARMING_UP,
                message,
                ..
            } => Self::WarmingUp {
                message: shorten(&message),
            },
            // The node writes it at its start.
            CallError::Token {
                name,
                kind: io::ErrorKind::NotFound,
            } => Self::WarmingUp {
                message: format!("it has not written its file `{name}` yet"),
            },
            CallError::NotHttp { .. }
            | CallError::Token { .. }
            | CallError::Forbidden
            | CallError::MethodForbidden
            | CallError::AddressForbidden
            | CallError::TooLarge
            | CallError::NoAnswer { .. }
            | CallError::Rpc { .. } => Self::Unreadable { reason },
        }
    }
}
