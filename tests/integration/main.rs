//! The core with a real engine and real nodes, through the command line.
//!
//! These run under `cargo xtask test`, which starts an engine and builds the node images; elsewhere each says that it was
//! skipped.

#![expect(clippy::disallowed_methods, reason = "a test's own files need not survive a crash")]

mod adopt;
mod audit;
mod bad_input;
mod chains;
mod change;
mod crash;
mod crash_changes;
mod credentials;
mod digest;
mod engine_gone;
mod faults;
mod journey;
mod needs;
mod new_chain;
mod relocate;
mod update;
mod wallet_use;
mod wallet_waits;
