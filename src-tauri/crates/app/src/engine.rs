//! What the application needs around the engine link.

pub(crate) mod guide;
mod order;
mod run;
pub(crate) mod setup;
mod surroundings;

pub use setup::Elevation;
