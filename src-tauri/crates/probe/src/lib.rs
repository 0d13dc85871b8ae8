//! Asks a node how it is; the only crate that speaks node RPC.
//!
//! [`Probe`] reads one node again and again over one kept connection, [`identify`] asks once before a wallet is pointed
//! at an endpoint, [`SyncHistory`] turns readings into an estimate. Each kind of node has one file under `kind`; all make
//! the same report. The one rule: every wait is bounded, and a node that starts, refuses the password, follows another
//! chain, is silent or is no node at all are five different answers.

mod excerpt;
mod history;
mod http;
mod identity;
mod kind;
mod pair;
mod peers;
mod probe;
mod report;
pub mod rpc;
mod socket;
mod target;
mod websocket;

pub use history::{BoundBy, SyncHistory};
pub use identity::{Identity, identify, identify_at};
pub use kind::{METHODS, percent};
pub use peers::{Direction, Peer, Peers, Untold};
pub use probe::Probe;
pub use target::Target;
