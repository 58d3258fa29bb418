//! See `tests/fuzzed/targets/intake.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("intake", bytes));
