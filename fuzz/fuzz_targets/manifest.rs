//! See `tests/fuzzed/targets/manifest.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("manifest", bytes));
