//! Keeps every node in the state its user asked for.
//!
//! One task per node: observe, [`decide`](decide::decide) (pure), act (idempotent), look again. Engine events only wake
//! the task; truth comes from inspecting the engine. The one rule: what the user asked for is on the disk before
//! anything is done about it, so a process that is killed anywhere carries on at its next start.

pub mod decide;
pub mod history;
pub mod status;

mod act;
mod cause;
mod fault;
mod fleet;
mod folder;
mod probing;
mod snapshot;
mod task;

pub use fault::{option_fault, plan_fault};
pub use fleet::{Clock, Fleet, FleetContext, FleetEvent, FleetEventKind, SupervisorError};
pub use snapshot::{NodeSnapshot, ProbeView};
