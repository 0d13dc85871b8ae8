//! Shared by the tests of this package.

pub mod browser;
mod driver_command;
pub mod evidence;
pub mod home;
pub mod host;
pub mod http;
pub mod node_rpc;
pub mod page;
pub mod process;
pub mod steps;
pub mod wait;

pub use freehold_testkit::{environment, relay, sandbox};
