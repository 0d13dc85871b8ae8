//! The probe against real programs other than Bitcoin Core. Each test runs when its environment variable names the program,
//! else says that it was left out:
//!
//! | variable | program |
//! | --- | --- |
//! | `FREEHOLD_TEST_LITECOIND` | litecoind |
//! | `FREEHOLD_TEST_MONEROD` | monerod |
//! | `FREEHOLD_TEST_ANVIL` | anvil |
//! | `FREEHOLD_TEST_ELECTRS` with `FREEHOLD_TEST_BITCOIND` | electrs and the bitcoind that it follows |
//! | `FREEHOLD_TEST_TOR` | tor |
//! | `FREEHOLD_TEST_ETHEREUMJS`, `FREEHOLD_TEST_ARLOCAL` | the JavaScript file that Node.js runs |
//! | `FREEHOLD_TEST_NOSTR_RELAY` | nostr-rs-relay |

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail by panicking, as the test does"
)]

mod bitcoin;
mod ethereum;
mod monero;
mod program;
mod services;
