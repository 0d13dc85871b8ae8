//! Docker and Podman behind one small interface; the only crate that names bollard.
//!
//! [`EngineLink`] finds the engine and keeps the connection; [`Engine`] does things with images, containers, networks
//! and logs. The one rule: making or starting a container never contacts a registry, and what an engine says is
//! believed only after it was looked at (`inspect` after events, digests after pulls).

mod candidate;
mod connect;
mod container;
mod engine;
mod error;
mod event;
mod facts;
mod foreign;
mod greeting;
mod image;
mod link;
mod log;
mod network;
mod observe;
mod own_podman;
mod pull;
mod stats;
mod tag;
mod wire;

pub use candidate::{Candidate, Environment, candidates};
pub use container::LimitsSet;
pub use engine::Engine;
pub use error::EngineError;
pub use event::EngineEvent;
pub use facts::{MachineIdentity, shares_machine};
pub use foreign::{ForeignContainer, ForeignMount, ForeignPort};
pub use image::{ImageId, ImageRemoval};
pub use link::{EngineLink, EngineState};
pub use log::{LogLine, LogPage, LogQuery, LogStream};
pub use stats::ContainerStats;
pub use tag::{ResolvedBy, ResolvedTag};
