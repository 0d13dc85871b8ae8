//! What the application needs around the engine link.

pub(crate) mod guide;
