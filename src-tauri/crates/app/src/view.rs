//! From the core's own types to the wire.

mod catalog;
mod engine;
mod node;

pub(crate) use catalog::{entry_view, problem_view};
pub(crate) use engine::engine_view;
pub(crate) use node::{Around, endpoints, node_view};
