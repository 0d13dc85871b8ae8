//! The application: wires catalog, engine, supervisor, wallets and store, and implements every command of the contract as
//! a plain async function.
//!
//! Hosts (the window, the headless host, the command line) only carry requests in and responses out. The one rule: every
//! error that leaves this crate is a [`Fault`](freehold_model::Fault).

mod auto_update;
mod catalog;
mod command;
mod conditions;
mod config;
mod engine;
mod estimate;
mod forecast;
mod glance;
mod history_keeper;
pub mod host;
mod hub;
mod log;
mod measure;
mod notify;
mod prompt;
mod router;
mod start;
#[cfg(test)]
mod test_node;
mod usage;
mod view;
mod wallet_use;

pub use command::{WalletsAlone, check_folder};
pub use config::{AppConfig, Overrides};
pub use engine::Elevation;
pub use glance::{Glance, NodeGlance};
pub use hub::EventStream;
pub use log::{log_to_folder, log_to_stderr};
pub use start::App;

/// Where the owner of a folder listens, whether one runs or not.
pub fn control_socket_of(data_dir: &std::path::Path) -> std::path::PathBuf {
    freehold_store::Layout::new(data_dir).control_socket()
}
