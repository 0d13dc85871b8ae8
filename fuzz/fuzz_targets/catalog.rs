//! Catalog entries: anybody may write one.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| freehold_fuzz::catalog(data));
