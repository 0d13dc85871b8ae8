//! The probe against a made-up node: real and hand-written replies, and every way in which an answer can be wrong.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail by panicking, as the test does"
)]

mod answers;
mod captured;
mod chains;
mod declared;
mod failures;
mod kinds;
mod lightning;
mod lines;
mod peers;
mod reading;
mod server;
mod services;
mod sockets;
