//! Journeys through the interface in a real browser, against the headless host, a real engine and a real node.
//!
//! Each test has a Freehold, a host and a browser of its own, leaves nothing behind, and saves what explains a failure.

mod accessibility;
mod attach;
mod change;
mod disk_full;
mod engine_back;
mod fake_stage;
mod gallery;
mod journey;
mod keyboard;
mod layout;
mod needs;
mod security;
mod speed;
mod stage;
mod version;
mod wallet_prompt;
