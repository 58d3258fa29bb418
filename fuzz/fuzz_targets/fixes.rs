//! See `tests/fuzzed/targets/fixes.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("fixes", bytes));
