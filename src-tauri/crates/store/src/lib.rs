//! Freehold's own folder: its layout, its lock, settings, node records, secrets and what was done.
//!
//! The one rule: whatever is written here is whole after a crash at any instant (temporary file, fsync, rename; or one
//! SQLite transaction), and a file that cannot be read is set aside under a dated name, never deleted.

mod activity;
mod database;
mod error;
pub mod file;
mod layout;
mod lock;
mod node;
pub mod secret;
mod settings;

pub use activity::{Activity, ActivityKind};
pub use database::Store;
pub use error::StoreError;
pub use layout::Layout;
pub use lock::DataLock;
pub use settings::{LoadedSettings, OnQuit, SetAside, Settings, Theme};
