//! The core with a real engine and real nodes, through the command line.
//!
//! These run under `cargo xtask test`, which starts an engine and builds the node images; elsewhere each says that it was
//! skipped.

#![expect(clippy::disallowed_methods, reason = "a test's own files need not survive a crash")]

mod bad_input;
mod crash;
mod engine_gone;
mod journey;
