//! See `tests/fuzzed/targets/typed.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("typed", bytes));
