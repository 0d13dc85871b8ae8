//! From a catalog entry, the user's choices and facts about the machine to what will be made, and what speaks against it.
//!
//! Everything here is pure: same input, same output; no file, clock, engine or random number is touched. The one rule: a
//! password goes into the text of a file that a container mounts, never into an argument or the environment.

mod consequence;
mod date;
mod error;
mod fill;
mod lack;
mod limits;
mod needs;
mod node;
mod ports;
mod preflight;
mod resolve;
mod rpcauth;
mod service;

pub use consequence::{Change, change};
pub use date::day_number;
pub use error::{OptionError, PlanError};
pub use lack::{Lack, lacks};
pub use limits::{idle_limits, is_limit};
pub use needs::needs;
pub use node::{NeededNode, PlanInput, data_owner, plan};
pub use ports::{PRIVATE_PORTS, choose_ports, publish_address};
pub use preflight::{ClockSkew, DataDirState, PreflightInput, preflight};
pub use resolve::{AppliedRule, ResolvedOptions, resolve};
pub use rpcauth::{RpcCredential, rpcauth};
pub use service::{active_endpoints, active_probes, active_service, active_services, asks_for_user, hosts_by_port};
