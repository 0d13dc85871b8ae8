//! Shared by the tests of this package.

pub mod browser;
pub mod disk;
mod driver_command;
pub mod evidence;
pub mod home;
pub mod host;
pub mod http;
pub mod json_rpc;
pub mod kernel;
pub mod look;
pub mod node_rpc;
pub mod outside;
pub mod page;
pub mod process;
pub mod registry;
pub mod server;
pub mod steps;
pub mod wait;

pub use freehold_testkit::{environment, image, overlay, relay, sandbox};
