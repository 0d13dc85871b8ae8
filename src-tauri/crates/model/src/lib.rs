//! Freehold's nouns: what every other crate talks about.
//!
//! Nothing here does IO, reads a clock or knows an engine. A type lives here when more than one crate needs it.
//! The one rule: a value that exists is valid (ids, digests, ports and sizes are checked when they are made).

pub mod access;
pub mod checkpoint;
pub mod endpoint;
pub mod expression;
pub mod fault;
pub mod id;
pub mod image;
pub mod machine;
pub mod nearest;
pub mod need;
pub mod plan;
pub mod probe;
pub mod record;
pub mod secret;
pub mod spec;
pub mod state;
pub mod time;
pub mod unit;

pub use access::{Access, Rotation, RotationPhase};
pub use checkpoint::Checkpoint;
pub use endpoint::{Credential, Endpoint, Protocol};
pub use fault::{Fault, FaultCode};
pub use id::{Chain, ClientId, InvalidId, Network, NodeId, OptionId, ServiceName, WalletId};
pub use image::{Digest, ImageReference};
pub use machine::{EngineFacts, EngineKind, MachineFacts};
pub use nearest::nearest;
pub use need::NodeNeed;
pub use plan::{ContainerPlan, Finding, Limits, NodePlan, Severity};
pub use probe::{ProbeFailure, ProbeReport, Stage};
pub use record::{ExternalNode, GoodUntil, MovePhase, NodeRecord, PendingMove, PendingUpdate, UpdatePhase, Version};
pub use secret::Secret;
pub use spec::NodeSpec;
pub use state::{DesiredState, EtaRange, NodeStatus, ObservedState, PullProgress, ServiceObservation};
pub use time::Timestamp;
pub use unit::ByteSize;
