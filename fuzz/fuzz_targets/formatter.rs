//! See `tests/fuzzed/targets/formatter.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("formatter", bytes));
