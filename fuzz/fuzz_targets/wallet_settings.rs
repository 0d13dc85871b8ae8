//! Settings of every wallet: the same bytes are given to each.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| freehold_fuzz::wallet_settings(data));
