//! Sparrow's settings, which are JSON.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| freehold_fuzz::wallet_json(data));
