//! The wire: every command and event that crosses from the core to a window, a browser or the command line.
//!
//! Names are `snake_case`, times are milliseconds since 1970 or seconds (`_s`), sizes are bytes. No type of the engine or
//! of a node leaks in here. [`for_each_command`] is the one list: the router of the headless host, the Tauri commands,
//! the command line's client and the TypeScript are all made from it, so a missing handler does not compile.

mod commands;
pub mod typescript;
pub mod wire;

pub use wire::*;
