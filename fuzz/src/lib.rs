//! What each fuzz target does with its bytes, and what must be true of it whatever they are.
//!
//! Without libFuzzer, so that `cargo test` runs every target over its seeds on a stable compiler. A parser that its crate
//! keeps to itself is compiled in from its file as it stands.

#[path = "../../src-tauri/crates/probe/src/excerpt.rs"]
#[expect(dead_code, reason = "only what replies need of it is used")]
mod excerpt;
mod language;
mod pull;
mod reply;
#[path = "../../src-tauri/crates/probe/src/report.rs"]
#[expect(dead_code, reason = "only what replies need of it is used")]
mod report;
mod wallet;

pub use language::{catalog, expression, placeholder};
pub use pull::pull_progress;
pub use reply::rpc_reply;
pub use wallet::wallet_settings;
