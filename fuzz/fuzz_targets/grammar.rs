//! See `tests/fuzzed/targets/grammar.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("grammar", bytes));
