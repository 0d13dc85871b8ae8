//! Finding the engine: tries every candidate in order and, when none is there, says which failure matters most.
//!
//! The one rule: the first engine that answers is taken. A Podman service is started only where there is no socket of
//! any engine at all, so that a stopped Docker is never silently replaced by another engine that knows no nodes.

use std::path::Path;

use crate::candidate::{self, Candidate, Environment};
use crate::facts::MachineIdentity;
use crate::own_podman::OwnPodman;
use crate::{Engine, EngineError, candidates};

impl Engine {
    /// Finds an engine and connects to it. `explicit` (the user's `--engine`) is then the only place looked at.
    ///
    /// Errors: [`EngineError::Missing`] where nothing exists, [`EngineError::Permission`] where a socket is closed to
    /// this user, [`EngineError::Unreachable`], [`EngineError::TooOld`], [`EngineError::NotSupported`].
    pub async fn discover(environment: &Environment, explicit: Option<&str>) -> Result<Self, EngineError> {
        let this = MachineIdentity::read();
        if let Some(address) = explicit {
            return Self::attempt(address, environment, &this)
                .await
                .map_err(|error| match error {
                    // The user named this place: that it is empty says more than that there is no engine.
                    EngineError::Missing { .. } => EngineError::Unreachable {
                        address: address.to_owned(),
                        reason: "there is no socket".to_owned(),
                    },
                    other => other,
                });
        }
        let places = candidates(environment);
        let mut failures = Vec::new();
        for Candidate { address, origin } in &places {
            match Self::attempt(address, environment, &this).await {
                Ok(engine) => {
                    tracing::info!(address = engine.address(), origin, "found the engine");
                    return Ok(engine);
                }
                Err(error) => {
                    tracing::debug!(address, origin, %error, "no engine here");
                    failures.push(error);
                }
            }
        }
        let mut looked_at: Vec<String> = places.into_iter().map(|place| place.address).collect();
        if let Some(worst) = most_telling(failures) {
            return Err(worst);
        }
        if let (Some(program), Some(folder)) = (candidate::find_podman(environment), &environment.private_dir) {
            return Self::over_own_podman(&program, folder, &this).await;
        }
        looked_at.push("`podman` in PATH".to_owned());
        Err(EngineError::Missing { looked_at })
    }

    /// Starts a Podman service of our own and connects to it.
    async fn over_own_podman(program: &Path, folder: &Path, this: &MachineIdentity) -> Result<Self, EngineError> {
        let service = OwnPodman::start(program, folder).await?;
        let address = service.address();
        Self::greet(&address, Some(service), this).await
    }

    /// Connects to one address. A socket that is absent is [`EngineError::Missing`], a closed one
    /// [`EngineError::Permission`].
    async fn attempt(address: &str, environment: &Environment, this: &MachineIdentity) -> Result<Self, EngineError> {
        if let Some(path) = address.strip_prefix("unix://").filter(|path| !path.is_empty()) {
            probe_socket(Path::new(path))
                .await
                .map_err(|kind| from_socket(kind, address, &environment.user))?;
        }
        Self::greet(address, None, this).await
    }
}

/// Opens the socket and closes it again, to see whether it exists and is open to this user.
#[cfg(unix)]
async fn probe_socket(path: &Path) -> Result<(), std::io::ErrorKind> {
    let limit = std::time::Duration::from_secs(5);
    match tokio::time::timeout(limit, tokio::net::UnixStream::connect(path)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(error.kind()),
        Err(_) => Err(std::io::ErrorKind::TimedOut),
    }
}

#[cfg(not(unix))]
async fn probe_socket(_: &Path) -> Result<(), std::io::ErrorKind> {
    Ok(())
}

fn from_socket(kind: std::io::ErrorKind, address: &str, user: &str) -> EngineError {
    let unreachable = |reason: &str| EngineError::Unreachable {
        address: address.to_owned(),
        reason: reason.to_owned(),
    };
    match kind {
        std::io::ErrorKind::NotFound => EngineError::Missing {
            looked_at: vec![address.to_owned()],
        },
        std::io::ErrorKind::PermissionDenied => EngineError::Permission {
            address: address.to_owned(),
            user: user.to_owned(),
        },
        std::io::ErrorKind::ConnectionRefused => unreachable("the engine is not running"),
        std::io::ErrorKind::TimedOut => unreachable("the connection timed out"),
        _ => unreachable("the socket cannot be opened"),
    }
}

/// The failure that a person can do most about; `None` where nothing exists anywhere.
fn most_telling(failures: Vec<EngineError>) -> Option<EngineError> {
    let rank = |error: &EngineError| match error {
        EngineError::Permission { .. } => 0,
        EngineError::TooOld { .. } => 1,
        EngineError::Missing { .. } => 9,
        EngineError::Unreachable { .. } => 3,
        EngineError::NotSupported { .. } => 4,
        // A candidate that answered strangely is an engine all the same.
        EngineError::Refused { .. }
        | EngineError::Unreadable { .. }
        | EngineError::TimedOut { .. }
        | EngineError::RegistryUnreachable { .. }
        | EngineError::ImageMissing { .. }
        | EngineError::DigestMismatch { .. }
        | EngineError::PlatformMissing { .. }
        | EngineError::PullFailed { .. }
        | EngineError::DiskFull { .. }
        | EngineError::PortTaken { .. }
        | EngineError::NoSuchContainer { .. }
        | EngineError::NoSuchImage { .. } => 2,
    };
    failures.into_iter().filter(|error| rank(error) < 9).min_by_key(rank)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::{from_socket, most_telling};
    use crate::EngineError;

    #[test]
    fn a_closed_socket_matters_more_than_a_silent_one_and_absence_least() {
        let failures = || {
            [
                ErrorKind::NotFound,
                ErrorKind::ConnectionRefused,
                ErrorKind::PermissionDenied,
            ]
            .map(|kind| from_socket(kind, "unix:///s", "ada"))
        };
        let [missing, silent, closed] = failures();
        let told = most_telling(vec![missing, silent, closed]);
        assert!(
            matches!(told, Some(EngineError::Permission { ref user, .. }) if user == "ada"),
            "{told:?}"
        );
        let [missing, silent, _] = failures();
        let told = most_telling(vec![missing, silent]);
        assert!(matches!(told, Some(EngineError::Unreachable { .. })), "{told:?}");
        let [missing, ..] = failures();
        assert!(
            most_telling(vec![missing]).is_none(),
            "nothing exists, so nothing is told"
        );
    }
}
