//! What can go wrong with an engine, told apart by what a person would do about it.
//!
//! The one rule: a caller decides on the variant, never on a text. Engine texts are read in one place, [`classify`].

use std::io;
use std::time::Duration;

use bollard::errors::Error as BollardError;
use hyper_util::client::legacy::Error as ClientError;

pub(crate) mod classify;
mod fault;

/// Why the engine did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// Nothing that could be an engine exists on this machine.
    #[error("no container engine was found; looked at {}", looked_at.join(", "))]
    Missing {
        /// Every place that was tried.
        looked_at: Vec<String>,
    },
    /// The engine's socket is there, but closed for this user.
    #[error("user {user} may not open {address}")]
    Permission {
        /// Address of the engine.
        address: String,
        /// The user.
        user: String,
    },
    /// Nobody answers at the address, or the connection broke.
    #[error("{address} does not answer: {reason}")]
    Unreachable {
        /// Address of the engine.
        address: String,
        /// Why, in a few words.
        reason: String,
    },
    /// The engine is older than Freehold can use.
    #[error("the engine's version {version} is too old; {needed} or later is needed")]
    TooOld {
        /// Its version.
        version: String,
        /// The oldest usable one.
        needed: &'static str,
    },
    /// This way of reaching an engine is not built.
    #[error("{what}")]
    NotSupported {
        /// What, as a sentence.
        what: String,
    },
    /// The engine refused a request.
    #[error("{operation}: {reason}")]
    Refused {
        /// What was asked.
        operation: &'static str,
        /// The engine's own words.
        reason: String,
    },
    /// The engine's reply is not what its API promises.
    #[error("{operation}: the reply could not be read")]
    Unreadable {
        /// What was asked.
        operation: &'static str,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// The registry does not answer.
    #[error("the registry {registry} cannot be reached: {reason}")]
    RegistryUnreachable {
        /// Its host.
        registry: String,
        /// The engine's own words.
        reason: String,
    },
    /// The registry answers and does not have the image.
    #[error("{registry} does not have {image}")]
    ImageMissing {
        /// The image as it was asked for.
        image: String,
        /// The registry's host.
        registry: String,
    },
    /// What the engine holds after a pull is not what was asked for.
    #[error("expected the digest {expected}, found {found}")]
    DigestMismatch {
        /// The pinned digest.
        expected: String,
        /// What the engine holds.
        found: String,
    },
    /// The image is not made for the engine's platform.
    #[error("{image} does not run on {platform}; it offers {offered}")]
    PlatformMissing {
        /// The image.
        image: String,
        /// The engine's platform, for example `linux/amd64`.
        platform: String,
        /// What the image offers.
        offered: String,
    },
    /// A pull failed for another reason.
    #[error("{image} could not be pulled: {reason}")]
    PullFailed {
        /// The image.
        image: String,
        /// The engine's own words.
        reason: String,
    },
    /// The disk on which the engine works is full.
    #[error("no space left at {path}: {reason}")]
    DiskFull {
        /// Where, as far as the engine says.
        path: String,
        /// The engine's own words.
        reason: String,
    },
    /// A port that should be published is taken.
    #[error("port {port} on {address} is taken: {reason}")]
    PortTaken {
        /// The port; 0 where the engine does not say.
        port: u16,
        /// The address.
        address: String,
        /// The engine's own words.
        reason: String,
    },
    /// The container is gone.
    #[error("there is no container {container}")]
    NoSuchContainer {
        /// Its id.
        container: String,
    },
    /// The image is not on the engine; it is never pulled by accident.
    #[error("the engine does not hold the image {image}")]
    NoSuchImage {
        /// Its id.
        image: String,
    },
    /// The engine did not answer in time.
    #[error("{operation} took longer than {} s", limit.as_secs())]
    TimedOut {
        /// What was asked.
        operation: &'static str,
        /// How long it was waited for.
        limit: Duration,
    },
}

impl EngineError {
    /// True where the engine itself is away, so that waiting for it makes sense.
    pub fn is_engine_away(&self) -> bool {
        matches!(
            self,
            Self::Missing { .. } | Self::Permission { .. } | Self::Unreachable { .. }
        )
    }
}

/// Where a request was going: what an error needs to name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) operation: &'static str,
    pub(crate) address: &'a str,
    pub(crate) limit: Duration,
}

impl Asked<'_> {
    /// Turns bollard's error into ours.
    pub(crate) fn failed(self, error: BollardError) -> EngineError {
        match error {
            BollardError::DockerResponseServerError { status_code, message } => {
                classify::answer(self.operation, status_code, &message)
            }
            BollardError::RequestTimeoutError => self.timed_out(),
            BollardError::JsonSerdeError { err } => EngineError::Unreadable {
                operation: self.operation,
                source: err,
            },
            BollardError::HyperLegacyError { err } => self.unreachable(&err),
            other => EngineError::Unreachable {
                address: self.address.to_owned(),
                reason: root_cause(&other),
            },
        }
    }

    /// The connection could not be made or broke.
    pub(crate) fn unreachable(self, error: &ClientError) -> EngineError {
        EngineError::Unreachable {
            address: self.address.to_owned(),
            reason: root_cause(error),
        }
    }

    /// The reply broke off.
    pub(crate) fn broke_off(self, error: &(dyn std::error::Error + 'static)) -> EngineError {
        EngineError::Unreachable {
            address: self.address.to_owned(),
            reason: root_cause(error),
        }
    }

    /// Nothing came in time.
    pub(crate) fn timed_out(self) -> EngineError {
        EngineError::TimedOut {
            operation: self.operation,
            limit: self.limit,
        }
    }

    /// The reply is not JSON or not of the promised form.
    pub(crate) fn unreadable(self, source: serde_json::Error) -> EngineError {
        EngineError::Unreadable {
            operation: self.operation,
            source,
        }
    }
}

/// The innermost cause in a few words; an IO error in the words of this program rather than of the system's C library.
fn root_cause(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
        Some(io::ErrorKind::NotFound) => "the socket does not exist".to_owned(),
        Some(io::ErrorKind::ConnectionRefused) => "the connection was refused".to_owned(),
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof) => {
            "the connection was cut".to_owned()
        }
        Some(io::ErrorKind::TimedOut) => "the connection timed out".to_owned(),
        Some(_) | None => cause.to_string(),
    }
}
