//! The rules of the house that a compiler does not check: who may import whom, and how long a file may be.

mod bundle;
mod crates;
mod files;
mod window;
