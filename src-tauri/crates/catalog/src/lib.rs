//! The catalog: every client that Freehold can install, read from TOML.
//!
//! The entries of `assets/catalog` are built into the program; the user's overlay folder can add or replace an entry
//! and override image references. The one rule: what leaves this crate is valid, and a file that is not becomes a
//! [`CatalogProblem`] with file, line and reason, never a crash.

mod catalog;
mod check;
mod common;
mod document;
mod expand;
mod overlay;
mod problem;
mod read;
mod schema;
mod shape;

pub use catalog::{Catalog, CatalogEntry, Origin};
pub use overlay::check_dir;
pub use problem::{CatalogError, CatalogProblem};
pub use schema::schema;
