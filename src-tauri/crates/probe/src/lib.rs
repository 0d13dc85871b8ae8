//! Asks a node how it is; the only crate that speaks node RPC.
//!
//! [`Probe`] reads one node again and again over one kept connection, [`identify`] asks once before a wallet is pointed
//! at an endpoint, [`SyncHistory`] turns readings into an estimate. The one rule: every wait is bounded, and a node that
//! starts, refuses the password, follows another chain, is silent or is no node at all are five different answers.

mod bitcoind;
mod excerpt;
mod history;
mod identity;
mod probe;
pub mod rpc;
mod target;

pub use bitcoind::METHODS;
pub use bitcoind::progress::percent;
pub use history::{BoundBy, SyncHistory};
pub use identity::{Identity, identify};
pub use probe::Probe;
pub use target::Target;
