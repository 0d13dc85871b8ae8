//! A connected engine. Cheap to clone; clones share one connection.
//!
//! The one rule: an `Engine` is bound to the address it was found at for all its life. When that engine goes away its
//! calls fail; finding it again is [`crate::EngineLink`]'s work.

use std::sync::Arc;
use std::time::Duration;

use bollard::errors::Error as BollardError;
use bollard::{API_DEFAULT_VERSION, BollardRequest, Docker};
use freehold_model::{EngineFacts, Timestamp};
use http_body_util::BodyExt as _;
use hyper::Method;
use serde_json::Value;

use crate::EngineError;
use crate::error::Asked;
use crate::error::classify::Place;
use crate::facts::{self, Facts, MachineIdentity};
use crate::greeting;
use crate::own_podman::OwnPodman;
use crate::wire::{Address, Wire};

/// Plain questions are answered from the engine's memory; this long only on a machine that is about to give up.
pub(crate) const READ_LIMIT: Duration = Duration::from_secs(30);
/// Making, starting and removing touch the disk, and layered file systems on slow disks take their time.
pub(crate) const CHANGE_LIMIT: Duration = Duration::from_mins(3);
/// An engine that works answers within a few milliseconds, a busy one within a second.
const PING_LIMIT: Duration = Duration::from_millis(1500);
/// The first question to a candidate.
const GREET_LIMIT: Duration = Duration::from_secs(10);

/// A connected engine.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    wire: Wire,
    docker: Docker,
    facts: Facts,
    /// Networks are made one at a time: Docker lets two of one name come into being.
    network_lock: tokio::sync::Mutex<()>,
    /// The service that Freehold started itself, ended with the last clone.
    own_podman: Option<OwnPodman>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("address", &self.address())
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// Connects to one address and reads the engine's facts.
    pub(crate) async fn greet(
        address: &str,
        own_podman: Option<OwnPodman>,
        this: &MachineIdentity,
    ) -> Result<Self, EngineError> {
        let wire = Wire::new(Address::parse(address)?, address);
        let asked = Asked {
            operation: "Greeting the engine",
            address,
            limit: GREET_LIMIT,
        };
        let version = greeting::version(&wire, asked).await?;
        facts::check_version(&version)?;
        if let Some(api_version) = facts::api_version(&version) {
            wire.speak(&api_version);
        }
        let info = wire.json("/info", asked).await?;
        let facts = facts::facts(address, &version, &info, this);
        let docker = bollard_over(&wire, asked)?;
        let inner = Inner {
            wire,
            docker,
            facts,
            network_lock: tokio::sync::Mutex::new(()),
            own_podman,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What is known about the engine, as of the connection.
    pub fn facts(&self) -> &EngineFacts {
        &self.inner.facts.shared
    }

    /// Its address, for example `unix:///var/run/docker.sock`.
    pub fn address(&self) -> &str {
        self.inner.wire.shown()
    }

    /// Asks whether the engine is there; waits at most one and a half seconds.
    pub async fn ping(&self) -> Result<(), EngineError> {
        let asked = self.asked("Asking whether the engine is there", PING_LIMIT);
        let whole = async {
            let response = self.wire().open(Method::GET, "/_ping", asked).await?;
            // The body is read so that the connection can be used again.
            response
                .into_body()
                .collect()
                .await
                .map(|_| ())
                .map_err(|error| asked.broke_off(&error))
        };
        tokio::time::timeout(asked.limit, whole)
            .await
            .map_err(|_| asked.timed_out())?
    }

    /// The engine's clock, from its `/info`.
    pub async fn system_time(&self) -> Result<Timestamp, EngineError> {
        let info = self.read("Reading the engine's clock", "/info").await?;
        facts::system_time(&info).ok_or_else(|| EngineError::Refused {
            operation: "Reading the engine's clock",
            reason: "it does not tell the time".to_owned(),
        })
    }

    /// True where Freehold started the engine's service itself, so that a new start has another address.
    pub(crate) fn is_own_service(&self) -> bool {
        self.inner.own_podman.is_some()
    }

    pub(crate) fn wire(&self) -> &Wire {
        &self.inner.wire
    }

    pub(crate) fn has_selinux(&self) -> bool {
        self.inner.facts.has_selinux
    }

    /// What the engine says about itself, for reading its texts.
    pub(crate) fn place(&self) -> Place<'_> {
        Place {
            platform: &self.inner.facts.shared.platform,
            storage: &self.inner.facts.storage,
        }
    }

    pub(crate) fn network_lock(&self) -> &tokio::sync::Mutex<()> {
        &self.inner.network_lock
    }

    pub(crate) fn asked(&self, operation: &'static str, limit: Duration) -> Asked<'_> {
        Asked {
            operation,
            address: self.address(),
            limit,
        }
    }

    /// Asks for a JSON document.
    pub(crate) async fn read(&self, operation: &'static str, path: &str) -> Result<Value, EngineError> {
        self.wire().json(path, self.asked(operation, READ_LIMIT)).await
    }

    /// Lets bollard do something, with a limit over the whole of it.
    pub(crate) async fn change<T, F>(
        &self,
        operation: &'static str,
        limit: Duration,
        work: impl FnOnce(Docker) -> F,
    ) -> Result<T, EngineError>
    where
        F: Future<Output = Result<T, BollardError>>,
    {
        let asked = self.asked(operation, limit);
        // bollard's own limit (on the head of a reply) is put beyond ours, so that ours is the one that counts.
        let docker = self.inner.docker.clone().with_timeout(limit + Duration::from_secs(1));
        match tokio::time::timeout(limit, work(docker)).await {
            Ok(done) => done.map_err(|error| asked.failed(error)),
            Err(_) => Err(asked.timed_out()),
        }
    }
}

/// bollard over our own connection.
fn bollard_over(wire: &Wire, asked: Asked<'_>) -> Result<Docker, EngineError> {
    let wire = wire.clone();
    let transport = move |request: BollardRequest| {
        let wire = wire.clone();
        async move {
            let request = request.map(|body| body.map_err(Into::into).boxed_unsync());
            wire.send(request).await.map_err(BollardError::from)
        }
    };
    Docker::connect_with_custom_transport(
        transport,
        Some("http://localhost"),
        READ_LIMIT.as_secs(),
        API_DEFAULT_VERSION,
    )
    .map_err(|error| asked.failed(error))
}
