//! From a catalog entry, the user's choices and facts about the machine to what will be made, and what speaks against it.
//!
//! Everything here is pure: same input, same output; no file, clock, engine or random number is touched. The one rule: a
//! plan never holds a password, only the salted hash that the node is given.

mod date;
mod error;
mod fill;
mod needs;
mod node;
mod ports;
mod preflight;
mod resolve;
mod rpcauth;

pub use error::{OptionError, PlanError};
pub use needs::needs;
pub use node::{PlanInput, data_owner, plan};
pub use ports::{PRIVATE_PORTS, choose_ports};
pub use preflight::{ClockSkew, DataDirState, PreflightInput, preflight};
pub use resolve::{AppliedRule, ResolvedOptions, resolve};
pub use rpcauth::{RpcCredential, rpcauth};
