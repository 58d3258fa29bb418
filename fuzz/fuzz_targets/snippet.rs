//! See `tests/fuzzed/targets/snippet.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("snippet", bytes));
