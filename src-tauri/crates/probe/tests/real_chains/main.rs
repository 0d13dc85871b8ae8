//! The probe against real programs other than Bitcoin Core. Each test runs when its environment variable names the program,
//! else says that it was left out:
//!
//! | variable | program |
//! | --- | --- |
//! | `FREEHOLD_TEST_LITECOIND` | litecoind |
//! | `FREEHOLD_TEST_MONEROD` | monerod |
//! | `FREEHOLD_TEST_ANVIL` | anvil |
//! | `FREEHOLD_TEST_ELECTRS` with `FREEHOLD_TEST_BITCOIND` | electrs and the bitcoind that it follows |
//! | `FREEHOLD_TEST_TOR`; with `FREEHOLD_TEST_BITCOIND` | tor, with `tor-gencert` beside it; and what answers behind its onion service |
//! | `FREEHOLD_TEST_BCOIN`, `FREEHOLD_TEST_ETHEREUMJS`, `FREEHOLD_TEST_ARLOCAL`, `FREEHOLD_TEST_IPFS` | the JavaScript file that Node.js runs |
//! | `FREEHOLD_TEST_NOSTR_RELAY` | nostr-rs-relay |
//! | `FREEHOLD_TEST_ZEBRAD`, `FREEHOLD_TEST_SOLANA` | zebrad, solana-test-validator |

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail by panicking, as the test does"
)]

mod bcoin;
mod bitcoin;
mod ethereum;
mod ipfs;
mod monero;
mod program;
mod release;
mod services;
mod tor;
mod tor_network;
