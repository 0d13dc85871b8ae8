//! Shared by the tests of this package.

pub mod browser;
pub mod cpu;
pub mod desktop;
pub mod disk;
mod driver_command;
pub mod emulation;
pub mod evidence;
pub mod fake_host;
pub mod frames;
pub mod home;
pub mod host;
pub mod http;
pub mod json_rpc;
pub mod kernel;
pub mod keyboard;
pub mod look;
pub mod node_rpc;
pub mod outside;
pub mod page;
pub mod picture;
pub mod process;
pub mod registry;
pub mod screens;
pub mod server;
pub mod steps;
pub mod timers;
pub mod wait;

pub use freehold_testkit::{environment, image, overlay, relay, sandbox};
