//! What plans, options, ports and preflight promise, on the shipped entry of Bitcoin Core.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by failing"
)]

mod fixture;
mod lack;
mod neighbours;
mod node;
mod options;
mod preflight;
mod properties;
