//! See `tests/fuzzed/targets/plans.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("plans", bytes));
