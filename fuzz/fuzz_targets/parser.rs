//! See `tests/fuzzed/targets/parser.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("parser", bytes));
