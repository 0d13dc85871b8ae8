//! The probe against a made-up node: real and hand-written replies, and every way in which an answer can be wrong.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail by panicking, as the test does"
)]

mod failures;
mod reading;
mod server;
