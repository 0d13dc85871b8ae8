//! `bitcoin.conf`, as `bitcoin-cli` reads it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| freehold_fuzz::wallet_conf(data));
