//! Keeps every node in the state its user asked for.
//!
//! One task per node: observe, [`decide`](decide::decide) (pure), act (idempotent), look again. Engine events only wake
//! the task; truth comes from inspecting the engine. The one rule: what the user asked for is on the disk before
//! anything is done about it, so a process that is killed anywhere carries on at its next start.

pub mod decide;
pub mod history;
pub mod hold;
pub mod status;

mod act;
mod cause;
mod ending;
mod fault;
mod fleet;
mod folder;
pub mod marker;
mod needs;
mod probing;
mod relocate;
mod snapshot;
mod task;

pub use act::EXTERNAL_PASSWORD;
pub use ending::warnings as ending_warnings;
pub use fault::{option_fault, plan_fault};
pub use fleet::{Clock, Crash, Fleet, FleetContext, FleetEvent, FleetEventKind, SupervisorError};
pub use hold::Conditions;
pub use snapshot::{NodeSnapshot, ProbeView};
