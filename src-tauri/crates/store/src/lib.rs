//! Freehold's own folder: its layout, its lock, settings, node records, secrets, histories and what was done.
//!
//! The one rule: whatever is written here is whole after a crash at any instant (temporary file, fsync, rename; or one
//! SQLite transaction), and a file that cannot be read is set aside under a dated name, never deleted.

mod activity;
mod crash;
mod database;
mod disk_space;
mod error;
pub mod file;
mod layout;
mod lock;
mod node;
mod pin;
mod registry;
pub mod secret;
mod series;
mod settings;
mod sync_progress;
#[cfg(test)]
mod test_store;
mod thin;
mod usage;

pub use activity::{Activity, ActivityChange, ActivityFilter, ActivityKind};
pub use crash::Crash;
pub use database::Store;
pub use disk_space::{DiskSpacePoint, DiskSpaceSample};
pub use error::StoreError;
pub use layout::Layout;
pub use lock::DataLock;
pub use pin::Pin;
pub use registry::RegistryContact;
pub use series::Subject;
pub use settings::{Language, LoadedSettings, Notifications, OnQuit, SetAside, Settings, Theme};
pub use sync_progress::{SyncPoint, SyncReading};
pub use usage::{UsageFigures, UsagePoint, UsageSample};
