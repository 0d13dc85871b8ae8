//! Journeys through the interface in a real browser, against the headless host, a real engine and a real node.
//!
//! Each test has a Freehold, a host and a browser of its own, leaves nothing behind, and saves what explains a failure.

mod accessibility;
mod attach;
mod change;
mod journey;
mod needs;
mod security;
mod stage;
mod version;
mod wallet_prompt;
