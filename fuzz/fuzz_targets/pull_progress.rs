//! The lines that an engine sends while it pulls.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| freehold_fuzz::pull_progress(data));
